"""A poet without a network: the same surface, nonsense verse, done at once.

Deterministic by seed. It has the forms and the refusals of the real one; its verse keeps no rule.
"""

import random
import threading
from dataclasses import dataclass, field

from poetry_model import COUPLETS, Poem, PoemRequest, is_tune
from poetry_model.requests import check_manner, checked_form, checked_theme, punctuate

CHARACTERS = "山水月云花鸟风雨江天春秋夜日人心归来去远近高低"


@dataclass
class FakePoet:
    """Writes at once, unless `gate` is closed; remembers what it was asked for."""

    name: str = "fake"
    asked: list[PoemRequest] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    failure: Exception | None = None
    failures: list[Exception] = field(default_factory=list)  # one a poem, before all others
    verse: tuple[str, ...] = ()  # the lines of every poem, where a test wants verse by the rules
    waiting: bool = False  # before the gate
    reading: tuple[str, ...] = ()  # the images through which it reads every theme
    taken: str = "literally"  # how it takes every theme

    def __post_init__(self) -> None:
        self.gate.set()

    def write(self, request: PoemRequest) -> Poem:
        """A poem of the form that was asked for."""
        form = checked_form(request)
        checked_theme(request.theme)
        check_manner(request)
        self.waiting = True
        self.gate.wait(30)
        self.waiting = False
        self.asked.append(request)
        if self.failures:
            raise self.failures.pop(0)
        if self.failure is not None:
            raise self.failure
        lines = self.verse or _lines(request, form.lengths)
        lines = (*request.given_lines, *lines[len(request.given_lines) :])
        return Poem(
            form=form.name,
            theme=request.theme,
            heads=request.heads,
            first_line=request.first_line,
            lines=lines,
            text=punctuate(lines, form.marks),
            script=request.script,
            rhyme=_rhyme(form.name),
            seed=request.seed,
            model=self.name,
            ms=1.0,
            title=request.theme or request.heads or request.first_line or "无题",
            theme_reading=self.reading if request.theme else (),
            theme_taken=self.taken if request.theme else "",
        )


def _lines(request: PoemRequest, lengths: tuple[int, ...]) -> tuple[str, ...]:
    chance = random.Random(f"{request.seed}/{request.theme}")
    lines = ["".join(chance.choices(CHARACTERS, k=length)) for length in lengths]
    if request.heads:
        lines = [head + line[1:] for head, line in zip(request.heads, lines, strict=True)]
    if request.first_line:
        lines[0] = request.first_line
    return tuple(lines)


def _rhyme(form: str) -> str:
    if form in COUPLETS:
        return ""
    return "第七部" if is_tune(form) else "七阳"
