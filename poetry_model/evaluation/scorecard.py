"""The scorecard: everything `poetry-model evaluate` measures, in order.

Owns the figures as dataclasses; `asdict(card)` is the JSON of the command:

```
model, seed_model      names of the weights; seed_model is null where none was given
split, poems, themes   the human poems' split, poems a form, the themes written on
perplexity             {model: {split: {hidden, with_title}}}, per Han character
perplexity_ratio       {split: ours / the seed's, theme hidden}; {} without a seed
written                {form: figures of `poems` poems, the themes in turn}
  rules                {poems, form, tone, rhyme, no_repetition}: how many poems keep each
  theme_held           share of poems with a character of the theme
  recognition          {poems, themes, top1, reciprocal_rank, log_odds}, see `theme`
  human_recognition    the same of held-out human poems among titles; null: too few
  distinct             [distinct-1, distinct-2, distinct-3]
  sharing              {pairs, line, four_characters}: what two poems on one theme share
  copied               {lines: whole lines that stand in the corpus, in any split;
                       in_lines: {median, longest, histogram} of each poem's longest run
                       that a line of the train split has too; across_lines: the same
                       of poems as one string; human_in_lines: in_lines of as many
                       held-out human poems}
classifier             {form or "all": {ours, seed, human: {poems, auc, error} or null,
                       telling: [n-grams of ours, n-grams of human poems]}},
                       see `comparison` and `classifier`
```
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from poetry_model.checkpoints import load_model
from poetry_model.corpus import PoemRecord
from poetry_model.errors import BadRequest
from poetry_model.evaluation.classifier import require_scikit_learn
from poetry_model.evaluation.comparison import (
    ALL_FORMS,
    Separation,
    separate,
    together,
    write_sides,
)
from poetry_model.evaluation.material import Counter, Listen, Material
from poetry_model.evaluation.perplexities import (
    HELD_OUT,
    Figures,
    ratios,
    split_perplexities,
)
from poetry_model.evaluation.written import THEMES, WrittenFigures, written_figures
from poetry_model.poet import Poet
from poetry_model.verse_forms import FORMS


@dataclass(frozen=True)
class Scorecard:
    """Everything `evaluate` measures; see the module's docstring."""

    model: str
    seed_model: str | None
    split: str
    poems: int
    themes: tuple[str, ...]
    perplexity: dict[str, dict[str, Figures]]
    perplexity_ratio: Figures
    written: dict[str, WrittenFigures]
    classifier: dict[str, Separation]


def evaluate_model(
    records: Sequence[PoemRecord],
    folder: Path | None,
    seed_folder: Path | None,
    *,
    poems: int,
    split: str = "test",
    threads: int = 1,
    listen: Listen = lambda *_: None,
) -> Scorecard:
    """The whole scorecard; `threads` as for `Poet.load`.

    Raises BadRequest for a split of no held-out poems, MissingPackage where scikit-learn
    is not installed.
    """
    require_scikit_learn()
    if split not in HELD_OUT:
        message = f"--split takes {', '.join(HELD_OUT)}"
        raise BadRequest("split", "unknown_split", message)
    seed = load_model(seed_folder) if seed_folder else None
    poet = Poet.load(folder, threads)
    material = Material(load_model(folder), seed, poet, records, split, poems)
    perplexity, ratio = _perplexities(material, listen)
    return Scorecard(
        model=material.model.name,
        seed_model=seed.name if seed else None,
        split=split,
        poems=poems,
        themes=THEMES,
        perplexity=perplexity,
        perplexity_ratio=ratio,
        written=written_figures(material, listen),
        classifier=_separations(material, listen),
    )


def _perplexities(
    material: Material, listen: Listen
) -> tuple[dict[str, dict[str, Figures]], Figures]:
    models = [material.model, *([material.seed] if material.seed else [])]
    count = Counter(listen, "perplexity", len(models))
    found = []
    for model in models:
        found.append(split_perplexities(model, material.records))
        count()
    named = {model.name: figures for model, figures in zip(models, found, strict=True)}
    return named, ratios(*found) if len(found) > 1 else {}


def _separations(material: Material, listen: Listen) -> dict[str, Separation]:
    count = Counter(listen, "poems under titles", len(FORMS) * material.poems)
    sides = {form: write_sides(material, form, count) for form in FORMS}
    sides[ALL_FORMS] = together(list(sides.values()))
    count = Counter(listen, "classifiers", len(sides))
    found = {}
    for form, some in sides.items():
        found[form] = separate(some)
        count()
    return found
