"""How a poem is to be written: in whose style, how plainly, how boldly.

Owns what the words for it mean to the network and to the sampling.
Knows no verse. The network was told dynasty and register of half of its poems.
"""

from dataclasses import replace

from poetry_model.decoding import Sampling
from poetry_model.network import Style
from poetry_model.tunes import TUNES

_DYNASTIES = {"唐": 1, "宋": 2}
_REGISTERS = {"plain": 1, "allusive": 3}
_WARMTH = {"steady": 0.8, "even": 1.0, "bold": 1.25}  # times the usual temperature
_STRICTNESS = {"steady": 2.0, "even": 1.0, "bold": 0.5}  # times the usual min_p


def style_ids(dynasty: str | None, register: str | None, usual: Style) -> Style:
    """What the network is told: the usual style where nothing is asked for."""
    usual_dynasty, fame, usual_register = usual
    return (
        _DYNASTIES[dynasty] if dynasty else usual_dynasty,
        fame,
        _REGISTERS[register] if register else usual_register,
    )


def usual_style(form: str, usual: Style) -> Style:
    """词 are of 宋, as those that the network has read."""
    return (_DYNASTIES["宋"], *usual[1:]) if form in TUNES else usual


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
