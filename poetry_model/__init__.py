"""Classical Chinese verse by a two-layer LSTM. Usable alone; knows nothing of any bot.

>>> from poetry_model import Poet, PoemRequest
>>> poem = Poet.load().write(PoemRequest(theme="月", seed=1))
"""

from poetry_model.errors import (
    BadRequest,
    CorpusError,
    NoCharacterFits,
    PoetryModelError,
    WeightsError,
)
from poetry_model.poet import Poet
from poetry_model.requests import Poem, PoemRequest
from poetry_model.script import is_han, to_script
from poetry_model.verse_forms import FORMS, find_form

__all__ = [
    "FORMS",
    "BadRequest",
    "CorpusError",
    "NoCharacterFits",
    "Poem",
    "PoemRequest",
    "Poet",
    "PoetryModelError",
    "WeightsError",
    "find_form",
    "is_han",
    "to_script",
]
