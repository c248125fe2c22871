"""How a poem is to be written: in whose style, how plainly, how boldly.

Owns the words for it, and what they mean for the network and for the sampling.
Knows no verse. The network was told dynasty and register of half of its poems.
"""

from dataclasses import replace

from poetry_model.decoding import Sampling
from poetry_model.errors import BadRequest
from poetry_model.network import Style

DYNASTIES = {"唐": 1, "宋": 2}
REGISTERS = {"plain": 1, "allusive": 3}  # 平易, 典雅
BOLDNESS = ("steady", "even", "bold")  # 稳, 平, 奇
_WARMTH = {"steady": 0.8, "even": 1.0, "bold": 1.25}  # times the usual temperature
_STRICTNESS = {"steady": 2.0, "even": 1.0, "bold": 0.5}  # times the usual min_p


def check_manner(dynasty: str | None, register: str | None, boldness: str) -> None:
    """Raises BadRequest naming the part that there is not."""
    for argument, value, known in (
        ("dynasty", dynasty, (None, *DYNASTIES)),
        ("register", register, (None, *REGISTERS)),
        ("boldness", boldness, BOLDNESS),
    ):
        if value not in known:
            accepted = ", ".join(name for name in known if name)
            raise BadRequest(argument, f"unknown_{argument}", f"{argument}: one of {accepted}")


def style_ids(dynasty: str | None, register: str | None, usual: Style) -> Style:
    """What the network is told: the usual style where nothing is asked for."""
    usual_dynasty, fame, usual_register = usual
    return (
        DYNASTIES[dynasty] if dynasty else usual_dynasty,
        fame,
        REGISTERS[register] if register else usual_register,
    )


def bold_sampling(usual: Sampling, boldness: str) -> Sampling:
    """Steady keeps to the likely characters, bold lets rarer ones in.

    >>> bold_sampling(Sampling(0.8, 0.04), "bold")
    Sampling(temperature=1.0, min_p=0.02)
    """
    return replace(
        usual,
        temperature=usual.temperature * _WARMTH[boldness],
        min_p=min(1.0, usual.min_p * _STRICTNESS[boldness]),
    )
