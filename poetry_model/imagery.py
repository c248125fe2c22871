"""What a poet of old would see in a word of today: 高铁 is 千里, 飛, 長風.

Owns `data/imagery.tsv` and how a text is folded to look words up in it. Knows nothing of
poems or networks.
"""

import functools
import unicodedata
from collections.abc import Iterator

from poetry_model.script import data_lines, to_simplified

_FILE = "imagery.tsv"
_EMOJI_STYLE = "\ufe0f"  # asks for the coloured form of the sign before it


def fold(text: str) -> str:
    """The text as the lexicon is keyed: simplified, small letters, half width.

    >>> fold("寫Ｃｏｄｅ")
    '写code'
    """
    plain = unicodedata.normalize("NFKC", text).replace(_EMOJI_STYLE, "").lower()
    return to_simplified(plain)


@functools.cache
def lexicon() -> dict[str, tuple[str, ...]]:
    """Folded word → its images, aptest first, of one or two traditional characters."""
    return {
        word: tuple(images.split())
        for names, images in data_lines(_FILE)
        for word in fold(names).split()
    }


@functools.cache
def _longest() -> int:
    return max(map(len, lexicon()))


def words_at(folded: str, start: int) -> Iterator[str]:
    """The words of the lexicon that begin there, longest first.

    A word in letters is no part of a longer one: there is no AI in RAIN.
    """
    words = lexicon()
    for size in range(min(_longest(), len(folded) - start), 0, -1):
        word = folded[start : start + size]
        if word in words and not (
            _letters_go_on(folded, start) or _letters_go_on(folded, start + size)
        ):
            yield word


def _letters_go_on(folded: str, place: int) -> bool:
    """Whether letters or digits stand on both sides of the place."""
    around = folded[max(place - 1, 0) : place + 1]
    return 0 < place < len(folded) and around.isascii() and around.isalnum()


def names_something(text: str) -> bool:
    """True when a word of the lexicon stands in the text: AI and 🌙 are themes too."""
    folded = fold(text)
    return any(True for start in range(len(folded)) for _ in words_at(folded, start))
