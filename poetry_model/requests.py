"""What can be asked of the poet, and what comes back.

Owns `PoemRequest`, its validation, and `Poem`. Knows nothing of networks.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from poetry_model.ci_forms import TuneForm, tune_forms
from poetry_model.couplets import CoupletForm, answering, couplet_form
from poetry_model.errors import BadRequest
from poetry_model.imagery import names_something
from poetry_model.readings import line_tones
from poetry_model.script import (
    SCRIPTS,
    as_read,
    han_only,
    is_han,
    to_traditional,
    traditional_forms,
)
from poetry_model.tunes import TUNES
from poetry_model.verse_forms import (
    COUPLETS,
    FORMS,
    MOST_HEADS,
    VerseForm,
    find_form,
    form_for,
    verse_form,
)
from poetry_model.verse_rules import Form

LONGEST_THEME = 40
_LINE_LENGTHS = (5, 7)
DYNASTIES = ("唐", "宋")
REGISTERS = ("plain", "allusive")  # 平易, 典雅
BOLDNESS = ("steady", "even", "bold")  # 稳, 平, 奇


@dataclass(frozen=True)
class PoemRequest:
    """A wish for one poem.

    `form` in either script or None: of 诗, a 词牌, or 对联; `theme` may be empty; `heads`
    are 2 to 16 Han characters, one a line; `first_line` is a line of 5 or 7, or as long
    as the tune has it; `given_lines` are the first lines of a poem to be finished, in the
    place of a first line and heads; all of these may be written in either script, and stand
    in the poem in its own; `seed` makes it repeatable. `dynasty` (唐, 宋),
    `register` (plain, allusive) and `boldness` (steady, even, bold) are its manner; None
    leaves it to the poet.
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
    given_lines: tuple[str, ...] = ()

    @property
    def opening(self) -> tuple[str, ...]:
        """The lines that stand already."""
        return self.given_lines or (() if self.first_line is None else (self.first_line,))


@dataclass(frozen=True)
class Poem:
    """A finished poem in the script asked for. `ms` is how long the writing took; `title`
    is its theme, or one that the network wrote; `theme_reading` the images through which a
    theme was read that cannot stand in verse itself; `theme_taken` how it was taken:
    literally, name, images, freely, or "" where none was given."""

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
    theme_reading: tuple[str, ...] = ()
    theme_taken: str = ""

    def to_json(self) -> dict[str, object]:
        """The fields by the names that `poetry-model generate --json` promises."""
        return asdict(self)


def punctuate(lines: tuple[str, ...], marks: Sequence[str] | None = None) -> str:
    """`punctuate(("春眠不觉晓", "处处闻啼鸟")) == "春眠不觉晓，处处闻啼鸟。"`.

    Without the marks of a form, ，and 。 in turn; an odd last line closes the sentence too.
    """
    last = len(lines) - 1
    in_turn = ["。" if index % 2 or index == last else "，" for index in range(len(lines))]
    marks = in_turn if marks is None else marks
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


def check_request(request: PoemRequest) -> None:
    """Raises BadRequest for what no poet could write, before anyone waits for it."""
    checked_form(request)
    checked_theme(request.theme)
    check_manner(request)


def in_its_script(request: PoemRequest) -> PoemRequest:
    """The request with the heads and lines that are to stand in its poem in the poem's script.

    >>> in_its_script(PoemRequest(heads="万事如意", script="traditional")).heads
    '萬事如意'
    """
    return replace(
        request,
        heads=request.heads and as_read(request.heads, request.script),
        first_line=request.first_line and as_read(request.first_line, request.script),
        given_lines=tuple(as_read(line, request.script) for line in request.given_lines),
    )


def checked_theme(theme: str) -> str:
    """The Han characters of the theme; "" when none was given.

    Raises BadRequest for one that is too long, or has none and names nothing that the
    lexicon of images knows, as AI and 🌙 do.
    """
    if len(theme) > LONGEST_THEME:
        message = f"theme: at most {LONGEST_THEME} characters"
        raise BadRequest("theme", "theme_too_long", message)
    kept = han_only(theme)
    if theme.strip() and not kept and not names_something(theme):
        message = "theme: at least one Chinese character, such as 月"
        raise BadRequest("theme", "theme_without_han", message)
    return kept


def checked_form(request: PoemRequest) -> Form:
    """The form of the request, chosen from heads and first line where none is named.

    Raises BadRequest naming the part that does not fit.
    """
    if request.script not in SCRIPTS:
        message = f"script: {' or '.join(SCRIPTS)}"
        raise BadRequest("script", "unknown_script", message)
    if request.given_lines:
        return _checked_opening(request)
    name = _form_name(request)
    _check_heads(request)
    _check_first_line(request)
    if name in TUNES:
        return _checked_tune(name, request)
    if name in COUPLETS:
        return _checked_couplet(name, request)
    return _checked_verse(verse_form(name) if name else None, request)


def _checked_opening(request: PoemRequest) -> Form:
    """The form that the first of the given lines opens, when it takes the others too."""
    first, *others = lines = request.given_lines
    if request.first_line is not None or request.heads is not None:
        message = "given lines: they stand in the place of a first line and heads"
        raise BadRequest("given_lines", "given_lines_alone", message)
    form = checked_form(replace(request, first_line=first, given_lines=()))
    if not all(map(is_han, "".join(others))):
        message = "given lines: Chinese characters and nothing else"
        raise BadRequest("given_lines", "given_lines_not_han", message)
    lengths = form.lengths[: len(lines)]
    if len(lines) >= len(form.lengths) or tuple(map(len, lines)) != lengths:
        wanted = ", ".join(map(str, form.lengths))
        message = f"given lines: fewer than {form.name} has, of {wanted} characters"
        raise BadRequest("given_lines", "given_lines_form", message)
    return form


def _form_name(request: PoemRequest) -> str | None:
    if request.form is None:
        return None
    found = find_form(request.form)
    if found is None:
        names = " ".join((*FORMS, "对联", *TUNES))
        raise BadRequest("form", "unknown_form", f"form: one of {names}")
    return found


def _checked_verse(named: VerseForm | None, request: PoemRequest) -> VerseForm:
    """A form of 诗; the heads tell how many lines, the first line how long they are."""
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


def _checked_tune(name: str, request: PoemRequest) -> TuneForm:
    """The first variant of a tune that takes the first line and the heads."""
    forms, line = tune_forms(name), request.first_line
    fitting = [form for form in forms if line is None or len(line) == form.lengths[0]]
    if not fitting:
        lengths = " or ".join(str(length) for length in sorted({f.lengths[0] for f in forms}))
        message = f"first line: {name} takes a first line of {lengths} characters"
        raise BadRequest("first_line", "tune_first_line", message)
    if request.heads is None:
        return fitting[0]
    if any(rule.echo == rule.length for rule in fitting[0].lines):
        message = f"heads: {name} says a whole line again, so its lines can have no heads"
        raise BadRequest("heads", "tune_heads", message)
    for form in fitting:
        if len(form.lines) == len(request.heads):
            return form
    message = f"heads: {name} has {len(fitting[0].lines)} lines; at most {MOST_HEADS} have heads"
    raise BadRequest("heads", "tune_heads", message)


def _checked_couplet(name: str, request: PoemRequest) -> CoupletForm:
    """The couplet; a given first line tells its length, unless it was named, and tones."""
    if request.heads is not None and len(request.heads) != 2:
        raise BadRequest("heads", "heads_form_mismatch", f"heads: {name} takes 2 of them")
    line = request.first_line
    if line is None:
        return couplet_form(name)
    length = _first_line_length(request)
    named = (request.form or "").strip()[:1] in ("五", "七")
    if named and length != COUPLETS[name]:
        message = f"first line: {name} takes a first line of {COUPLETS[name]} characters"
        raise BadRequest("first_line", "first_line_length", message)
    name = next(couplet for couplet, size in COUPLETS.items() if size == length)
    return answering(name, line_tones(to_traditional(line)))


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


def _check_first_line(request: PoemRequest) -> None:
    line = request.first_line
    if line is not None and (not line or not all(map(is_han, line))):
        message = "first line: 5 or 7 Chinese characters and nothing else"
        raise BadRequest("first_line", "first_line_not_han", message)


def _first_line_length(request: PoemRequest) -> int | None:
    """5 or 7, as 诗 and couplets have it; None where no line was given."""
    line = request.first_line
    if line is None:
        return None
    if len(line) not in _LINE_LENGTHS:
        message = f"first line: 5 or 7 Chinese characters, not {len(line)}"
        raise BadRequest("first_line", "first_line_length", message)
    return len(line)
