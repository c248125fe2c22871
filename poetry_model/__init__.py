"""Classical Chinese verse by a two-layer LSTM. Usable alone; knows nothing of any bot.

>>> from poetry_model import Poet, PoemRequest
>>> poem = Poet.load().write(PoemRequest(theme="月", seed=1))
"""

from typing import TYPE_CHECKING

from poetry_model.errors import (
    BadRequest,
    CorpusError,
    NoCharacterFits,
    PoetryModelError,
    WeightsError,
)
from poetry_model.requests import Poem, PoemRequest
from poetry_model.script import as_read, is_han, to_script
from poetry_model.tunes import TUNES, is_tune
from poetry_model.verse_forms import COUPLETS, FORMS, find_form

if TYPE_CHECKING:
    from poetry_model.poet import Poet

__all__ = [
    "COUPLETS",
    "FORMS",
    "TUNES",
    "BadRequest",
    "CorpusError",
    "NoCharacterFits",
    "Poem",
    "PoemRequest",
    "Poet",
    "PoetryModelError",
    "WeightsError",
    "as_read",
    "find_form",
    "is_han",
    "is_tune",
    "to_script",
]


def __getattr__(name: str) -> object:
    """`Poet` brings in PyTorch, a second of work that whoever only asks need not wait for."""
    if name == "Poet":
        from poetry_model.poet import Poet

        return Poet
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
