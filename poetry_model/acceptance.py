"""The last look at a candidate: as the reader will see it, is anything wrong with it?

Owns how a candidate is put into the script asked for, and the verdict. A fault that
the user brought along (a head, a first line) is no fault of ours.
"""

from poetry_model.copies import LineFilter
from poetry_model.prosody import CheckReport, check_poem
from poetry_model.requests import PoemRequest
from poetry_model.script import to_simplified, to_traditional
from poetry_model.verse_rules import Form

# Shorter lines, which only 词 have, are common property: 花落, 人何處.
_SHORTEST_COPY = 5


def as_asked(written: tuple[str, ...], request: PoemRequest) -> tuple[str, ...]:
    """The lines in the script asked for, which what the user gave is in by now."""
    # Already traditional: OpenCC would take 里 and 干 for simplified and change them.
    simplified = request.script == "simplified"
    shown = [to_simplified(line) if simplified else line for line in written]
    for line, head in enumerate(request.heads or ""):
        shown[line] = head + shown[line][1:]
    for line, given in enumerate(request.opening):
        shown[line] = given
    return tuple(shown)


def accepted(
    form: Form, written: tuple[str, ...], request: PoemRequest, corpus_lines: LineFilter
) -> CheckReport | None:
    """The report when nothing is wrong but what the user gave, and no line is copied."""
    own = written[len(request.opening) :]
    if any(len(line) >= _SHORTEST_COPY and line in corpus_lines for line in own):
        return None
    lines = as_asked(written, request)
    report = check_poem(form.name, lines)
    # One simplified character may stand for several; a reader's dictionary takes the
    # likeliest, and the rules should hold for that one too.
    likeliest = check_poem(form.name, [to_traditional(line) for line in lines])
    given = _given_places(form, request)
    faults = (*report.faults, *likeliest.faults)
    ours = any((fault.line, fault.position) not in given for fault in faults)
    return None if ours else report


def _given_places(form: Form, request: PoemRequest) -> set[tuple[int, int]]:
    """Where the user's characters stand, and where the form says them again."""
    given = {(line, 1) for line in range(1, len(request.heads or "") + 1)}
    for line, text in enumerate(request.opening, 1):
        given |= {(line, place) for place in range(1, len(text) + 1)}
        length, echo = form.lengths[line], form.patterns[0].lines[line].echo
        given |= {(line + 1, place) for place in range(length - echo + 1, length + 1)}
    return given
