"""`poetry-model check`: the checker over a file of poems, and its tally."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from poetry_model.corpus import CI
from poetry_model.poem_rows import PoemRow, read_rows
from poetry_model.prosody import CheckReport, check_poem
from poetry_model.tunes import titled_tune


def check_rows(rows: Iterable[str]) -> Iterator[CheckReport]:
    """A report for each poem; raises BadRequest for a row that is none."""
    return (check_poem(rules_of(row), row.lines) for row in read_rows(rows))


def rules_of(row: PoemRow) -> str:
    """The form to judge by: of a 词 its 词牌, which the corpus has for a title."""
    tune = titled_tune(row.title) if row.form == CI else None
    return tune or row.form


@dataclass(frozen=True)
class RuleCounts:
    """Of so many poems, how many keep each rule."""

    poems: int
    form: int
    tone: int
    rhyme: int
    no_repetition: int


class Tally:
    """Counts poem by poem which rules are kept."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, report: CheckReport) -> None:
        repeated = any(fault.kind == "repeated" for fault in report.faults)
        kept = {
            "poems": True,
            "form": report.form_valid,
            "tone": report.tone_valid,
            "rhyme": report.rhyme_valid,
            "no_repetition": report.form_valid and not repeated,
        }
        self._counts.update(name for name, holds in kept.items() if holds)

    @property
    def counts(self) -> RuleCounts:
        names = ("poems", "form", "tone", "rhyme", "no_repetition")
        return RuleCounts(*(self._counts[name] for name in names))

    @property
    def line(self) -> str:
        """`form 200/200, tone 200/200, rhyme 200/200, no repetition 200/200`."""
        kept = asdict(self.counts)
        total = kept.pop("poems")
        return ", ".join(f"{rule.replace('_', ' ')} {kept[rule]}/{total}" for rule in kept)
