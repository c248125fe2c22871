"""A poet without a network: the same surface, nonsense verse, done at once.

Deterministic by seed, lines of the right number and length, and the refusals of the real one.
"""

import random
import threading
from dataclasses import dataclass, field

from poetry_model import BadRequest, Poem, PoemRequest, find_form, is_han, is_tune

CHARACTERS = "山水月云花鸟风雨江天春秋夜日人心归来去远近高低"
_LENGTH = {"五": 5, "七": 7}
_TUNE_LINES = 6  # of seven characters, in two stanzas; every 词牌 is one to the fake


@dataclass
class FakePoet:
    """Writes at once, unless `gate` is closed; remembers what it was asked for."""

    name: str = "fake"
    asked: list[PoemRequest] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    failure: Exception | None = None
    reading: tuple[str, ...] = ()  # the images through which it reads every theme

    def __post_init__(self) -> None:
        self.gate.set()

    def write(self, request: PoemRequest) -> Poem:
        """A poem of the form that was asked for."""
        _refuse(request)
        self.gate.wait(30)
        self.asked.append(request)
        if self.failure is not None:
            raise self.failure
        lines = _lines(request)
        form = _form(request)
        return Poem(
            form=form,
            theme=request.theme,
            heads=request.heads,
            first_line=request.first_line,
            lines=lines,
            text=_text(form, lines),
            script=request.script,
            rhyme="第七部" if is_tune(form) else "" if form.endswith("联") else "七阳",
            seed=request.seed,
            model=self.name,
            ms=1.0,
            title=request.theme or request.heads or request.first_line or "无题",
            theme_reading=self.reading if request.theme else (),
        )


def _text(form: str, lines: tuple[str, ...]) -> str:
    if form.endswith("联"):
        return "；".join(lines) + "。"
    if not is_tune(form):
        return "".join(line + "，。"[place % 2] for place, line in enumerate(lines))
    stanzas = (lines[: _TUNE_LINES // 2], lines[_TUNE_LINES // 2 :])
    return "\n".join(f"{first}，{second}。{last}。" for first, second, last in stanzas)


def _lines(request: PoemRequest) -> tuple[str, ...]:
    chance = random.Random(f"{request.seed}/{request.theme}")
    form = _form(request)
    length = 7 if is_tune(form) else _LENGTH[form[0]]
    count = len(request.heads) if request.heads else _count(form)
    lines = ["".join(chance.choices(CHARACTERS, k=length)) for _ in range(count)]
    if request.heads:
        lines = [head + line[1:] for head, line in zip(request.heads, lines, strict=True)]
    if request.first_line:
        lines[0] = request.first_line
    return tuple(lines)


def _count(form: str) -> int:
    if is_tune(form):
        return _TUNE_LINES
    return 2 if form.endswith("联") else 8 if "律" in form else 4


def _form(request: PoemRequest) -> str:
    if request.form:
        return find_form(request.form) or "七绝"
    if request.first_line:
        return "五绝" if len(request.first_line) == 5 else "七绝"
    return "七律" if request.heads and len(request.heads) == 8 else "七绝"


def _refuse(request: PoemRequest) -> None:
    if request.form and find_form(request.form) is None:
        raise BadRequest("form", "unknown_form", "no such form")
    if len(request.theme) > 40:
        raise BadRequest("theme", "theme_too_long", "too long")
    if request.theme and not any(map(is_han, request.theme)):
        raise BadRequest("theme", "theme_without_han", "no Han character")
    if request.heads is not None:
        _refuse_heads(request.heads)
    if request.first_line is not None:
        _refuse_first_line(request.first_line)


def _refuse_heads(heads: str) -> None:
    if not all(map(is_han, heads)):
        raise BadRequest("heads", "heads_not_han", "not Han")
    if not 2 <= len(heads) <= 16:
        raise BadRequest("heads", "heads_count", "2 to 16")


def _refuse_first_line(line: str) -> None:
    if not all(map(is_han, line)):
        raise BadRequest("first_line", "first_line_not_han", "not Han")
    if len(line) not in (5, 7):
        raise BadRequest("first_line", "first_line_length", "5 or 7")
