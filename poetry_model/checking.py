"""`poetry-model check`: the checker over a file of poems, and its tally."""

from collections import Counter
from collections.abc import Iterable, Iterator

from poetry_model.corpus import CI
from poetry_model.poem_rows import PoemRow, read_rows
from poetry_model.prosody import CheckReport, check_poem
from poetry_model.tunes import find_tune


def check_rows(rows: Iterable[str]) -> Iterator[CheckReport]:
    """A report for each poem; raises BadRequest for a row that is none."""
    return (check_poem(rules_of(row), row.lines) for row in read_rows(rows))


def rules_of(row: PoemRow) -> str:
    """The form to judge by: of a 词 its 词牌, which the corpus has for a title."""
    tune = find_tune(row.title) if row.form == CI else None
    return tune or row.form


class Tally:
    """How many of the poems keep each rule."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, report: CheckReport) -> None:
        repeated = any(fault.kind == "repeated" for fault in report.faults)
        kept = {
            "poems": True,
            "form": report.form_valid,
            "tone": report.tone_valid,
            "rhyme": report.rhyme_valid,
            "no repetition": report.form_valid and not repeated,
        }
        self._counts.update(name for name, holds in kept.items() if holds)

    @property
    def line(self) -> str:
        """`form 200/200, tone 200/200, rhyme 200/200, no repetition 200/200`."""
        rules = ("form", "tone", "rhyme", "no repetition")
        total = self._counts["poems"]
        return ", ".join(f"{rule} {self._counts[rule]}/{total}" for rule in rules)
