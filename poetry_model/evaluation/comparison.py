"""Which poems are set beside which for the classifier.

For each form so many held-out human poems are drawn. Under the title of each the poet
writes one poem, in its form and in the style of its dynasty, so that neither titles nor
dynasties tell the sides apart. The other human poems of the split, as many again, are
the second human side: what human against human gives. Where the split holds fewer than
twice as many, both human sides are half of what it holds.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from poetry_model.checkpoints import Model
from poetry_model.corpus import PoemRecord
from poetry_model.errors import NoCharacterFits
from poetry_model.evaluation.classifier import Auc, TitledText, separability, telling_grams
from poetry_model.evaluation.material import Material
from poetry_model.evaluation.seed_poems import seed_poems
from poetry_model.network import StreamNetwork
from poetry_model.poet import Poet
from poetry_model.requests import LONGEST_THEME, PoemRequest
from poetry_model.verse_forms import verse_form

ALL_FORMS = "all"
_TELLING = 20
Texts = list[TitledText]


@dataclass(frozen=True)
class Sides:
    """The poems of one form: `human` and `ours` title by title, `seed` as many or none,
    and two disjoint halves of human poems."""

    human: Texts
    ours: Texts
    seed: Texts
    halves: tuple[Texts, Texts]


@dataclass(frozen=True)
class Separation:
    """How well each side is told from held-out human poems; None where there are too few.

    `telling` are the n-grams that speak loudest for our poems, and for human ones.
    """

    ours: Auc | None
    seed: Auc | None
    human: Auc | None
    telling: tuple[list[str], list[str]]


def human_sides(
    records: Sequence[PoemRecord], split: str, form: str, count: int
) -> tuple[list[PoemRecord], tuple[list[PoemRecord], list[PoemRecord]]]:
    """`count` titled poems of the split (or all there are), and two disjoint halves."""
    found = [r for r in records if (r.split, r.form) == (split, form) and r.title]
    random.Random(f"{split} {form}").shuffle(found)
    chosen = found[:count]
    size = min(len(chosen), len(found) // 2)
    return chosen, (found[:size], found[size : 2 * size])


def titled_poem(poet: Poet, record: PoemRecord, seed: int) -> TitledText | None:
    """Our poem under the title of a human one; None where the rules left no way."""
    theme, dynasty = record.title[:LONGEST_THEME], record.dynasty
    try:
        poem = poet.write(PoemRequest(record.form, theme, dynasty=dynasty, seed=seed))
    except NoCharacterFits:
        return None
    return TitledText(record.title, poem.lines)


def write_sides(material: Material, form: str, written: Callable[[], None]) -> Sides:
    """Draws the human poems of a form, and writes ours and the seed's."""
    chosen, halves = human_sides(material.records, material.split, form, material.poems)
    ours = []
    for number, record in enumerate(chosen):
        ours.append(titled_poem(material.poet, record, number))
        written()
    return Sides(
        _texts(chosen),
        [poem for poem in ours if poem],
        _seeds_side(material.seed, chosen, form),
        (_texts(halves[0]), _texts(halves[1])),
    )


def _seeds_side(seed: Model | None, chosen: Sequence[PoemRecord], form: str) -> Texts:
    if seed is None or not isinstance(seed.network, StreamNetwork):
        return []
    generator = torch.Generator().manual_seed(1)
    poems = seed_poems(seed.network, seed.vocabulary, verse_form(form), len(chosen), generator)
    return [TitledText(r.title, lines) for r, lines in zip(chosen, poems, strict=False)]


def _texts(records: Sequence[PoemRecord]) -> Texts:
    return [TitledText(record.title, record.lines) for record in records]


def separate(sides: Sides) -> Separation:
    """The figures of one form, or of all taken together."""
    return Separation(
        ours=separability(sides.ours, sides.human),
        seed=separability(sides.seed, sides.human) if sides.seed else None,
        human=separability(*sides.halves),
        telling=telling_grams(sides.ours, sides.human, _TELLING),
    )


def together(sides: Sequence[Sides]) -> Sides:
    """The poems of all forms as one."""

    def joined(name: str) -> Texts:
        return [text for some in sides for text in getattr(some, name)]

    first, second = ([t for some in sides for t in some.halves[half]] for half in (0, 1))
    return Sides(joined("human"), joined("ours"), joined("seed"), (first, second))
