"""What freshly written poems are like: rules, theme, variety, and what is copied.

The poems are written on twenty themes in turn, seeds 0, 1, 2 …; held-out human poems
stand beside them where the figure means something for them too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from poetry_model.checking import RuleCounts, Tally
from poetry_model.checkpoints import Model
from poetry_model.corpus import PoemRecord
from poetry_model.evaluation.comparison import human_sides
from poetry_model.evaluation.copying import (
    Lines,
    Runs,
    copied_lines,
    runs_across_lines,
    runs_in_lines,
)
from poetry_model.evaluation.material import Counter, Listen, Material
from poetry_model.evaluation.theme import Recognition, holds_theme, prices, recognition
from poetry_model.evaluation.variety import Sharing, distinct, sharing
from poetry_model.poet import Poet
from poetry_model.prosody import check_poem
from poetry_model.requests import Poem, PoemRequest
from poetry_model.script import to_traditional
from poetry_model.verse_forms import FORMS

THEMES = (*"月雨雪秋春山江花酒柳梅竹风云雁夜", "江南", "长安", "秋夜", "春雨")
_TITLE_SETS = 3  # human poems are measured in so many sets of as many titles as themes


@dataclass(frozen=True)
class Copying:
    """What stands in the corpus: whole `lines` (of any split), and the longest run that a
    poem shares with the train split, inside lines and of the poem as one string."""

    lines: int
    in_lines: Runs
    across_lines: Runs
    human_in_lines: Runs | None


@dataclass(frozen=True)
class WrittenFigures:
    """The figures of one form; shares are 0 to 1.

    `human_recognition` and `copied.human_in_lines` are those of held-out human poems,
    None where there are too few.
    """

    rules: RuleCounts
    theme_held: float
    recognition: Recognition
    human_recognition: Recognition | None
    distinct: tuple[float, float, float]
    sharing: Sharing
    copied: Copying


def themed_poems(
    poet: Poet, form: str, count: int, written: Callable[[], None] = lambda: None
) -> list[Poem]:
    """`count` poems of one form, seeds 0 to `count` - 1, themes in turn."""
    poems = []
    for seed in range(count):
        theme = THEMES[seed % len(THEMES)]
        poems.append(poet.write(PoemRequest(form=form, theme=theme, seed=seed)))
        written()
    return poems


def written_figures(material: Material, listen: Listen) -> dict[str, WrittenFigures]:
    """Writes the poems of every form and measures them."""
    count = Counter(listen, "poems on themes", len(FORMS) * material.poems)
    poems = {form: themed_poems(material.poet, form, material.poems, count) for form in FORMS}
    records, split = material.records, material.split
    humans = {form: human_sides(records, split, form, material.poems)[0] for form in FORMS}
    count = Counter(listen, "longest runs copied", 1)
    copied = _copying(poems, humans, records)
    count()
    count = Counter(listen, "themes recognised", len(FORMS) * len(THEMES) * (1 + _TITLE_SETS))
    return {
        form: WrittenFigures(
            rules=_rules(poems[form]),
            theme_held=round(sum(map(holds_theme, poems[form])) / len(poems[form]), 4),
            recognition=recognised_themes(material.model, poems[form], count),
            human_recognition=recognised_titles(material.model, humans[form], count),
            distinct=(distinct(poems[form], 1), distinct(poems[form], 2), distinct(poems[form], 3)),
            sharing=sharing(poems[form]),
            copied=copied[form],
        )
        for form in FORMS
    }


def _rules(poems: Sequence[Poem]) -> RuleCounts:
    tally = Tally()
    for poem in poems:
        tally.add(check_poem(poem.form, poem.lines))
    return tally.counts


def _copying(
    poems: Mapping[str, Sequence[Poem]],
    humans: Mapping[str, Sequence[PoemRecord]],
    records: Sequence[PoemRecord],
) -> dict[str, Copying]:
    train = [record.lines for record in records if record.split == "train"]
    lines = [line for record in records for line in record.lines]
    ours: dict[str, list[Lines]] = {f: [p.lines for p in some] for f, some in poems.items()}
    theirs = {f"human {f}": [record.lines for record in some] for f, some in humans.items()}
    inside, across = runs_in_lines({**ours, **theirs}, train), runs_across_lines(ours, train)
    return {
        form: Copying(
            copied_lines([line for poem in ours[form] for line in poem], lines),
            inside[form],
            across[form],
            inside.get(f"human {form}"),
        )
        for form in poems
    }


def as_record(poem: Poem) -> PoemRecord:
    """The poem as the corpus would hold it."""
    lines = tuple(map(to_traditional, poem.lines))
    return PoemRecord("", poem.form, "", to_traditional(poem.theme), 0.0, lines)


def recognised_themes(
    model: Model, poems: Sequence[Poem], priced: Callable[[], None] = lambda: None
) -> Recognition:
    """How well poems of one form tell their theme among `THEMES`."""
    nats = prices(
        model, [as_record(poem) for poem in poems], list(map(to_traditional, THEMES)), priced
    )
    return recognition(nats, [THEMES.index(poem.theme) for poem in poems])


def recognised_titles(
    model: Model, records: Sequence[PoemRecord], priced: Callable[[], None] = lambda: None
) -> Recognition | None:
    """How well human poems of one form tell their title among as many titles.

    None where there are not enough of them for one set.
    """
    titled = list({record.title: record for record in records}.values())
    size = len(THEMES)
    sets = [titled[start : start + size] for start in range(0, len(titled) - size + 1, size)]
    nats = [prices(model, some, [r.title for r in some], priced) for some in sets[:_TITLE_SETS]]
    if not nats:
        return None
    return recognition(np.concatenate(nats), [*range(size)] * len(nats))
