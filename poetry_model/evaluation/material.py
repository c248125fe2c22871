"""What an evaluation measures on, and how it says how far it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from poetry_model.checkpoints import Model
from poetry_model.corpus import PoemRecord
from poetry_model.poet import Poet

Listen = Callable[[str, int, int], None]  # what is done, how far, of how much


@dataclass(frozen=True)
class Material:
    """The models (`seed` beside `model`), the poet with the same weights as `model`, all
    records, and how many poems of a form to take, human ones from which split."""

    model: Model
    seed: Model | None
    poet: Poet
    records: Sequence[PoemRecord]
    split: str
    poems: int


class Counter:
    """Called after each piece of work, tells the listener how far it is."""

    def __init__(self, listen: Listen, what: str, total: int) -> None:
        self._listen, self._what, self._total, self._done = listen, what, total, 0
        listen(what, 0, total)

    def __call__(self) -> None:
        self._done += 1
        self._listen(self._what, self._done, self._total)
