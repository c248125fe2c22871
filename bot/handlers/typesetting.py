"""Setting verse in a message: Chinese letters are all as wide as U+3000, so that it is the one
reliable measure in a proportional face. Pure; it knows neither poems nor Telegram.
"""

from collections.abc import Iterable, Iterator

WIDE, HALF = "\u3000", "\u2002"  # one letter, and half of one
MEASURE = 13  # letters of the column that verses are centred in: what a phone shows in large type
MARKS = "，。、；！？："


def centred(line: str) -> str:
    """The line in the middle of the column. Its closing mark hangs outside, as in print.

    >>> centred("床前明月光，")
    '\\u3000\\u3000\\u3000\\u3000床前明月光，'
    """
    return indent(len(line.rstrip(MARKS))) + line


def indent(width: int) -> str:
    """What puts `width` letters in the middle of the column."""
    whole, half = divmod(max(0, MEASURE - width), 2)
    return WIDE * whole + HALF * half


def filled(clauses: Iterable[str], width: int) -> Iterator[str]:
    """Clauses, each with its mark, run together into lines of at most `width` letters.

    >>> list(filled(("明月几时有，", "把酒问青天。", "不知天上宫阙，"), 12))
    ['明月几时有，把酒问青天。', '不知天上宫阙，']
    """
    line = ""
    for clause in clauses:
        if line and len((line + clause).rstrip(MARKS)) > width:
            yield line
            line = ""
        line += clause
    if line:
        yield line
