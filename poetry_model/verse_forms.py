"""The forms of regulated verse as data: line lengths, tone patterns, rhyme places.

Owns the four line types, the four patterns that string them together and the names
people use. Knows no characters and no tensors. The rules are those of 王力《诗词格律》
("The Rules of Classical Verse"):

- Four types of line, named by how they open and close. A 七言 line is a 五言 line
  with two characters of the other tone before it.
- 中 marks a place where either tone may stand. Where 一三五不论 would leave a single
  level tone between obliques (孤平) or three level tones at the end (三平尾), the
  place is fixed.
- A 仄起平收… line that must open oblique is mended by a level third character
  (孤平拗救: 仄平平仄平).
- Lines of a couplet are opposed (对), couplets are joined (粘); even lines rhyme on a
  level tone, the first line may.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from poetry_model.rhyme_book import LEVEL, OBLIQUE
from poetry_model.tunes import find_tune
from poetry_model.verse_rules import PINGSHUI

EITHER = "中"
MOST_HEADS = 16

# Five characters; the first string is the rule, the others are accepted liberties.
_FIVE = {
    "仄仄平平仄": ("中仄平平仄", "中仄仄平仄"),
    "平平仄仄平": ("平平中仄平", "仄平平仄平"),
    "平平平仄仄": ("中平平仄仄", "平平仄平仄"),
    "仄仄仄平平": ("中仄仄平平",),
}
# The first line, then the second, third and fourth; a 律诗 goes on from the third.
_A, _B, _C, _D = _FIVE


@dataclass(frozen=True)
class LineType:
    """One of the four types at one length; `name` is its strict 五言 tones."""

    name: str
    length: int

    @property
    def templates(self) -> tuple[str, ...]:
        """Tone templates of 平仄中: the rule first, then accepted liberties."""
        if self.length == 5:
            return _FIVE[self.name]
        opening = OBLIQUE if self.name[1] == LEVEL else LEVEL
        return tuple(EITHER + opening + rest for rest in _FIVE[self.name])

    @property
    def rhymes(self) -> bool:
        return self.name.endswith(LEVEL)

    @property
    def rhyme(self) -> str:
        """All lines that close level are of one rhyme set."""
        return "a" if self.rhymes else ""

    @property
    def entering(self) -> bool:
        return False

    @property
    def echo(self) -> int:
        return 0

    @property
    def rhyming(self) -> "LineType":
        """The type with the same second tone that closes level."""
        return LineType(_D if self.name[1] == OBLIQUE else _B, self.length)


@dataclass(frozen=True)
class TonePattern:
    """How a whole poem goes: 平起 or 仄起 (its second tone), first line rhyming or not."""

    name: str
    lines: tuple[LineType, ...]


# The first couplet of each pattern.
_OPENINGS = ((_A, _B), (_D, _B), (_C, _D), (_B, _D))


def _pattern_name(first: LineType) -> str:
    second = first.templates[0][1]
    return f"{second}起首句{'入' if first.rhymes else '不入'}韵"


def _line_types(opening: tuple[str, ...], count: int) -> tuple[str, ...]:
    # From the second couplet on, the couplets C D and A B take turns: 粘 joins a
    # couplet that ended in B to one that opens with C, and D to A.
    follows = {_B: (_C, _D), _D: (_A, _B)}
    names = list(opening)
    while len(names) < count:
        names += follows[names[-1]]
    return tuple(names[:count])


@dataclass(frozen=True)
class VerseForm:
    """A form of regulated verse: so many lines of so many characters."""

    name: str
    line_count: int
    line_length: int

    @property
    def size(self) -> int:
        return self.line_count * self.line_length

    @property
    def lengths(self) -> tuple[int, ...]:
        return (self.line_length,) * self.line_count

    @property
    def patterns(self) -> tuple[TonePattern, ...]:
        """The four tone patterns. An odd last line closes level, so that it rhymes."""
        found = []
        for opening in _OPENINGS:
            types = [LineType(t, self.line_length) for t in _line_types(opening, self.line_count)]
            if self.line_count % 2:
                types[-1] = types[-1].rhyming
            found.append(TonePattern(_pattern_name(types[0]), tuple(types)))
        return tuple(found)

    @property
    def rhyme_book(self) -> str:
        return PINGSHUI

    @property
    def marks(self) -> tuple[str, ...]:
        """，and 。 in turn; an odd last line closes the sentence too."""
        last = self.line_count - 1
        return tuple("。" if n % 2 or n == last else "，" for n in range(self.line_count))

    def cut(self, lines: Sequence[str]) -> tuple[str, ...] | None:
        """The lines themselves, or None when they have not this shape."""
        return tuple(lines) if tuple(map(len, lines)) == self.lengths else None


FORMS = ("五绝", "七绝", "五律", "七律")
_FORMS = {
    "五绝": VerseForm("五绝", 4, 5),
    "七绝": VerseForm("七绝", 4, 7),
    "五律": VerseForm("五律", 8, 5),
    "七律": VerseForm("七律", 8, 7),
}
# Poems of any other number of lines, as an acrostic may ask for.
OPEN_FORMS = {"五言": 5, "七言": 7}
COUPLETS = {"五言联": 5, "七言联": 7}

_ALIASES = {
    "五绝": ("五絕", "五言绝句", "五言絕句", "五言绝", "五绝句", "五絕句", "wujue"),
    "七绝": (
        *("七絕", "七言绝句", "七言絕句", "七言绝", "七绝句", "七絕句", "绝句", "絕句", "qijue"),
    ),
    "五律": ("五言律诗", "五言律詩", "五律诗", "五律詩", "wulv", "wulü"),
    "七律": ("七言律诗", "七言律詩", "七律诗", "七律詩", "律诗", "律詩", "qilv", "qilü"),
    "五言联": ("五言聯", "五言对联", "五言對聯"),
    "七言联": ("七言聯", "七言对联", "七言對聯", "对联", "對聯", "楹联", "楹聯", "对子", "對子"),
}
_BY_ALIAS = {alias: name for name, aliases in _ALIASES.items() for alias in (name, *aliases)}


def find_form(word: str) -> str | None:
    """The form a word names, a 词牌 or a couplet too, or None.

    >>> find_form("七絕"), find_form("wulv"), find_form("鷓鴣天"), find_form("月")
    ('七绝', '五律', '鹧鸪天', None)
    """
    plain = word.strip().lower().replace("絶", "绝")  # as it is also written
    return _BY_ALIAS.get(plain) or find_tune(word)


def verse_form(name: str, line_count: int | None = None) -> VerseForm:
    """The form of 诗 of this name; 五言 and 七言 need their number of lines.

    Raises KeyError for any other name (a 词牌 or a couplet is found by `forms`).
    """
    if name in OPEN_FORMS:
        return VerseForm(name, line_count or 4, OPEN_FORMS[name])
    return _FORMS[name]


def form_for(line_length: int, line_count: int) -> VerseForm:
    """The named form of this shape, else the open one."""
    for form in _FORMS.values():
        if (form.line_length, form.line_count) == (line_length, line_count):
            return form
    return VerseForm("五言" if line_length == 5 else "七言", line_count, line_length)
