"""`poetry-model tunes`: how many real 词 keep the rules that are written down.

Owns the count. The rules were checked against these very poems, the training split;
the other splits are left alone.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from rich.table import Table

from poetry_model.corpus import CI, PoemRecord
from poetry_model.forms import forms_named
from poetry_model.prosody import CheckReport, check_poem
from poetry_model.tunes import TUNES, titled_tune
from poetry_model.verse_forms import EITHER
from poetry_model.verse_rules import Form


@dataclass(frozen=True)
class TuneFit:
    """How many poems of a tune there are and keep its rules. `lengths`: the lines and
    what the tune says again; `tones` and `rhymes` are counted among those."""

    tune: str
    poems: int
    lengths: int
    tones: int
    rhymes: int
    both: int
    tone_places: float  # share of the places with a tone of their own that have it

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def _tone_places(form: Form) -> int:
    """Places of 平 or 仄 in the rule of the first pattern."""
    lines = form.patterns[0].lines
    return sum(tone != EITHER for line in lines for tone in line.templates[0])


def tune_fit(tune: str, poems: Iterable[PoemRecord]) -> TuneFit:
    """The count for one tune over its poems."""
    counts: Counter[str] = Counter()
    forms = {form.patterns[0].name: form for form in forms_named(tune)}
    for poem in poems:
        report = check_poem(tune, poem.lines)
        counts["poems"] += 1
        if report.form_valid and report.pattern:
            counts.update(_kept(report))
            counts["places"] += _tone_places(forms[report.pattern])
    share = 1 - counts["misplaced"] / max(1, counts["places"])
    return TuneFit(
        tune=tune,
        poems=counts["poems"],
        lengths=counts["lengths"],
        tones=counts["tones"],
        rhymes=counts["rhymes"],
        both=counts["both"],
        tone_places=round(share, 4),
    )


def _kept(report: CheckReport) -> dict[str, int]:
    return {
        "lengths": 1,
        "tones": report.tone_valid,
        "rhymes": report.rhyme_valid,
        "both": report.tone_valid and report.rhyme_valid,
        "misplaced": sum(fault.kind == "tone" for fault in report.faults),
    }


def tune_fits(records: Iterable[PoemRecord]) -> list[TuneFit]:
    """The count for every tune over the training split, in the order of `TUNES`."""
    found: dict[str, list[PoemRecord]] = {tune: [] for tune in TUNES}
    for record in records:
        tune = titled_tune(record.title) if record.form == CI else None
        if tune is not None and record.split == "train":
            found[tune].append(record)
    return [tune_fit(tune, poems) for tune, poems in found.items()]


def tune_table(fits: Iterable[TuneFit]) -> Table:
    """The counts for reading."""
    columns = ("词牌", "poems", "lines fit", "tones", "rhymes", "both", "tone places kept")
    table = Table(*columns, title="词 of the training split that keep the rules")
    for fit in fits:
        numbers = (fit.poems, fit.lengths, fit.tones, fit.rhymes, fit.both)
        table.add_row(fit.tune, *map(str, numbers), f"{fit.tone_places:.1%}")
    return table
