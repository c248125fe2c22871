"""`poetry-model evaluate`: the scorecard of a model on poems it has not seen.

Owns what is measured: perplexity per Han character on every held-out split, with the
theme hidden and told, beside a seed; and of freshly written poems the rules kept,
the theme held and the variety. Never used to tune anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from poetry_model.batches import Encoded, encode
from poetry_model.checking import Tally
from poetry_model.checkpoints import Model, load_model
from poetry_model.corpus import PoemRecord
from poetry_model.poet import Poet
from poetry_model.prosody import check_poem
from poetry_model.requests import Poem, PoemRequest
from poetry_model.script import traditional_forms
from poetry_model.training import perplexity
from poetry_model.verse_forms import FORMS

HELD_OUT = ("validation", "test", "test-public")
TRAIN_SAMPLE = 2_000  # training poems to measure beside the held-out ones
THEMES = (*"月雨雪秋春山江花酒柳梅竹风云雁夜", "江南", "长安", "秋夜", "春雨")

Figures = dict[str, float]


def split_perplexities(model: Model, records: Sequence[PoemRecord]) -> dict[str, Figures]:
    """Perplexity per Han character by split: theme hidden, and title told."""
    found = {}
    for split in ("train", *HELD_OUT):
        chosen = [record for record in records if record.split == split]
        if split == "train":
            chosen = chosen[:: max(1, len(chosen) // TRAIN_SAMPLE)]
        poems = [encode(record, model.vocabulary) for record in chosen]
        if poems:
            found[split] = _two_perplexities(model, poems)
    return found


def _two_perplexities(model: Model, poems: Sequence[Encoded]) -> Figures:
    hidden = perplexity(model.network, poems, model.vocabulary)
    told = perplexity(model.network, poems, model.vocabulary, with_title=True)
    return {"hidden": round(hidden, 2), "with_title": round(told, 2)}


def holds_theme(poem: Poem) -> bool:
    """True when a character of the theme stands in the poem."""
    wanted = {form for character in poem.theme for form in traditional_forms(character)}
    return bool(wanted & {f for c in "".join(poem.lines) for f in traditional_forms(c)})


def distinct(poems: Sequence[Poem], size: int) -> float:
    """Share of different character n-grams among all within lines (distinct-n)."""
    grams = [
        line[i : i + size] for p in poems for line in p.lines for i in range(len(line) - size + 1)
    ]
    return round(len(set(grams)) / len(grams), 4)


@dataclass(frozen=True)
class WrittenFigures:
    """What freshly written poems of one form are like; shares are 0 to 1."""

    rules: str
    theme_held: float
    distinct: tuple[float, float, float]


@dataclass(frozen=True)
class Scorecard:
    """Everything `evaluate` measures. `perplexity` by model name, then split."""

    model: str
    perplexity: dict[str, dict[str, Figures]]
    poems: int
    written: dict[str, WrittenFigures]


def written_figures(poet: Poet, form: str, count: int) -> WrittenFigures:
    """Writes `count` poems of one form, seeds 0 to `count` - 1, themes in turn."""
    poems = [
        poet.write(PoemRequest(form=form, theme=THEMES[seed % len(THEMES)], seed=seed))
        for seed in range(count)
    ]
    tally = Tally()
    for poem in poems:
        tally.add(check_poem(form, poem.lines))
    held = round(sum(map(holds_theme, poems)) / count, 3)
    return WrittenFigures(
        tally.line, held, (distinct(poems, 1), distinct(poems, 2), distinct(poems, 3))
    )


def evaluate_model(
    records: Sequence[PoemRecord], folder: Path | None, seed_folder: Path | None, *, poems: int
) -> Scorecard:
    """The whole scorecard."""
    models = [load_model(folder), *([load_model(seed_folder)] if seed_folder else [])]
    perplexities = {model.name: split_perplexities(model, records) for model in models}
    poet = Poet.load(folder)
    written = {form: written_figures(poet, form, poems) for form in FORMS}
    return Scorecard(poet.name, perplexities, poems, written)


def evaluation_tables(card: Scorecard) -> tuple[Table, Table]:
    """The scorecard for reading: perplexities, then poems."""
    first = Table("model", "split", "theme hidden", "with title", title="perplexity per character")
    for name, splits in card.perplexity.items():
        for split, row in splits.items():
            first.add_row(name, split, str(row["hidden"]), str(row["with_title"]))
    title = f"{card.poems} poems of each form"
    second = Table("form", "rules kept", "theme held", "distinct-1/2/3", title=title)
    for form, figures in card.written.items():
        spread = " ".join(map(str, figures.distinct))
        second.add_row(form, figures.rules, str(figures.theme_held), spread)
    return first, second
