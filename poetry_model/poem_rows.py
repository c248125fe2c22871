"""The line format that `score` and `check` read.

`form<TAB>title<TAB>line/line/…`, either script, title may be empty; or a JSON
object as `generate --json` prints.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from poetry_model.errors import BadRequest
from poetry_model.script import is_han


@dataclass(frozen=True)
class PoemRow:
    """One poem of the file, as it stands there."""

    form: str
    title: str
    lines: tuple[str, ...]


def read_rows(rows: Iterable[str]) -> Iterator[PoemRow]:
    """The poems of the rows; empty rows are passed over.

    Raises BadRequest naming the first row that is none.
    """
    for number, row in enumerate(rows, 1):
        text = row.strip("\n\r\ufeff")
        if text.strip():
            yield _json_row(text, number) if text.startswith("{") else _tabbed_row(text, number)


def _json_row(text: str, number: int) -> PoemRow:
    try:
        poem = json.loads(text)
        lines = tuple(str(line) for line in poem["lines"])
        return _checked(PoemRow(str(poem["form"]), str(poem.get("theme") or ""), lines), number)
    except (ValueError, KeyError, TypeError) as error:
        message = f"FILE: row {number} is no poem as generate --json prints it"
        raise BadRequest("file", "bad_row", message) from error


def _tabbed_row(text: str, number: int) -> PoemRow:
    fields = text.split("\t")
    if len(fields) != 3:
        message = f"FILE: row {number} is not form<TAB>title<TAB>line/line/…"
        raise BadRequest("file", "bad_row", message)
    form, title, lines = fields
    return _checked(PoemRow(form.strip(), title, tuple(lines.strip().split("/"))), number)


def _checked(row: PoemRow, number: int) -> PoemRow:
    if not all(line and all(map(is_han, line)) for line in row.lines):
        message = f"FILE: row {number} has a line that is not all Chinese characters"
        raise BadRequest("file", "bad_row", message)
    return row
