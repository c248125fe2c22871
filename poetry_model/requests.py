"""What can be asked of the poet, and what comes back.

Owns `PoemRequest`, its validation, and `Poem`. Knows nothing of networks.
"""

from dataclasses import asdict, dataclass

from poetry_model.errors import BadRequest
from poetry_model.script import SCRIPTS, han_only, is_han, traditional_forms
from poetry_model.verse_forms import FORMS, MOST_HEADS, VerseForm, find_form, form_for, verse_form

LONGEST_THEME = 40
_LINE_LENGTHS = (5, 7)
DYNASTIES = ("唐", "宋")
REGISTERS = ("plain", "allusive")  # 平易, 典雅
BOLDNESS = ("steady", "even", "bold")  # 稳, 平, 奇


@dataclass(frozen=True)
class PoemRequest:
    """A wish for one poem.

    `form` in either script or None; `theme` may be empty; `heads` are 2 to 16 Han
    characters, one a line; `first_line` is a line of 5 or 7; `seed` makes it
    repeatable. `dynasty` (唐, 宋), `register` (plain, allusive) and `boldness` (steady,
    even, bold) are its manner; None leaves it to the poet.
    """

    form: str | None = None
    theme: str = ""
    heads: str | None = None
    first_line: str | None = None
    script: str = "simplified"
    seed: int = 0
    dynasty: str | None = None
    register: str | None = None
    boldness: str = "even"


@dataclass(frozen=True)
class Poem:
    """A finished poem in the script asked for. `ms` is how long the writing took; `title`
    is its theme, or one that the network wrote."""

    form: str
    theme: str
    heads: str | None
    first_line: str | None
    lines: tuple[str, ...]
    text: str
    script: str
    rhyme: str
    seed: int
    model: str
    ms: float
    title: str = ""

    def to_json(self) -> dict[str, object]:
        """The fields by the names that `poetry-model generate --json` promises."""
        return asdict(self)


def punctuate(lines: tuple[str, ...]) -> str:
    """`punctuate(("春眠不觉晓", "处处闻啼鸟")) == "春眠不觉晓，处处闻啼鸟。"`.

    An odd last line closes the sentence too.
    """
    last = len(lines) - 1
    marks = ("。" if index % 2 or index == last else "，" for index in range(len(lines)))
    return "".join(line + mark for line, mark in zip(lines, marks, strict=True))


def check_manner(request: PoemRequest) -> None:
    """Raises BadRequest naming the part that there is not."""
    for argument, value, known in (
        ("dynasty", request.dynasty, (None, *DYNASTIES)),
        ("register", request.register, (None, *REGISTERS)),
        ("boldness", request.boldness, BOLDNESS),
    ):
        if value not in known:
            accepted = ", ".join(name for name in known if name)
            raise BadRequest(argument, f"unknown_{argument}", f"{argument}: one of {accepted}")


def checked_theme(theme: str) -> str:
    """The Han characters of the theme; "" when none was given.

    Raises BadRequest for one that is too long or has none.
    """
    if len(theme) > LONGEST_THEME:
        message = f"theme: at most {LONGEST_THEME} characters"
        raise BadRequest("theme", "theme_too_long", message)
    kept = han_only(theme)
    if theme.strip() and not kept:
        message = "theme: at least one Chinese character, such as 月"
        raise BadRequest("theme", "theme_without_han", message)
    return kept


def checked_form(request: PoemRequest) -> VerseForm:
    """The form of the request, chosen from heads and first line where none is named.

    Raises BadRequest naming the part that does not fit.
    """
    if request.script not in SCRIPTS:
        message = f"script: {' or '.join(SCRIPTS)}"
        raise BadRequest("script", "unknown_script", message)
    named = _named_form(request)
    _check_heads(request)
    length = _first_line_length(request) or (named.line_length if named else 7)
    if named and named.line_length != length:
        message = f"first line: {named.name} takes a first line of {named.line_length} characters"
        raise BadRequest("first_line", "first_line_length", message)
    if not request.heads:
        return named or form_for(length, 4)
    if named and len(request.heads) != named.line_count:
        message = f"heads: {named.name} takes {named.line_count} of them"
        raise BadRequest("heads", "heads_form_mismatch", message)
    return form_for(length, len(request.heads))


def _named_form(request: PoemRequest) -> VerseForm | None:
    if request.form is None:
        return None
    found = find_form(request.form)
    if found is None:
        raise BadRequest("form", "unknown_form", f"form: one of {' '.join(FORMS)}")
    return verse_form(found)


def _check_heads(request: PoemRequest) -> None:
    heads = request.heads
    if heads is None:
        return
    if not 2 <= len(heads) <= MOST_HEADS:
        message = f"heads: 2 to {MOST_HEADS} Chinese characters"
        raise BadRequest("heads", "heads_count", message)
    if not all(map(is_han, heads)):
        message = f"heads: 2 to {MOST_HEADS} Chinese characters and nothing else"
        raise BadRequest("heads", "heads_not_han", message)
    if request.first_line is not None and not _opens(request.first_line, heads[0]):
        message = "heads: the first of them must open the first line"
        raise BadRequest("heads", "heads_first_line_mismatch", message)


def _opens(line: str, head: str) -> bool:
    """Whether the line begins with the head, in whichever script or variant."""
    return not set(traditional_forms(line[:1])).isdisjoint(traditional_forms(head))


def _first_line_length(request: PoemRequest) -> int | None:
    line = request.first_line
    if line is None:
        return None
    if not line or not all(map(is_han, line)):
        message = "first line: 5 or 7 Chinese characters and nothing else"
        raise BadRequest("first_line", "first_line_not_han", message)
    if len(line) not in _LINE_LENGTHS:
        message = f"first line: 5 or 7 Chinese characters, not {len(line)}"
        raise BadRequest("first_line", "first_line_length", message)
    return len(line)
