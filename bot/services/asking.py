"""Reads what people write into what they ask for: words in any order and either script.

Pure. It knows forms, styles and hours by their names; whether a theme can be written is the
poet's to judge. Three rules keep names and themes apart:

- A word that names a form or a style is that, and the others are the theme. A word in
  quotation marks is a theme whatever it says: `“长相思”` is no 词牌. Nor is 长相思 beside 七绝;
  beside 七绝, 五律 is neither form nor theme, and asked about.
- In a couplet one word of exactly five or seven Han characters is a first line to answer,
  unless it stands in quotation marks or another length is asked for. Anything else is a theme.
- Heads and first lines of poems are taken as they stand: there a 词牌 is only characters.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import time

from bot.errors import BotError
from bot.scheduling.next_delivery import EVERY_DAY
from bot.services.form_names import (
    couplet_form,
    is_couplet,
    named_form,
    nearest_form,
    nearest_verse,
)
from bot.services.hours import hours_together, is_named_hour, looks_like_an_hour, read_hour
from bot.services.phrasing import ACROSTIC, forms_apart, plainly
from bot.services.weekdays import read_weekdays
from bot.services.zones import Place, read_place_in_passing, read_places
from poetry_model import FORMS, is_han, is_tune, to_script
from poetry_model.imagery import names_something
from poetry_model.requests import checked_theme

ANY_TUNE = "词"  # some 词牌, whichever
LINE_LENGTHS = (5, 7)
_SHORT_THEME = 12  # characters of a theme that is cut from a long one
_ANY_TUNE_WORDS = {"词", "詞", "宋词", "宋詞"}
_MARKS = re.compile("[，、；,;·・|]|(?<!\\d)[：:]|[：:](?!\\d)")  # 08：00 is one word
_STYLES = {f"{dynasty}{word}": dynasty for dynasty in "唐宋" for word in ("风", "诗", "韵")}

_COUPLET_LENGTH = re.compile(r"([五5５七7７])[言字](?:[对對]?[联聯])?")
_COUPLET_WORD = re.compile(r"[对對][联聯子]|上[联聯]")
_FIVES = set("五5５")
_QUOTED = re.compile("[“”\"「『《‘'](.+)[“”\"」』》’']")


class NotUnderstood(BotError):
    """What was written asks for something there is not; `reason` says what, `word` where."""

    def __init__(self, reason: str, word: str = "") -> None:
        super().__init__(f"{reason}: {word}")
        self.reason = reason
        self.word = word


class NearMiss(NotUnderstood):
    """A word that is no form but looks meant as one: as `suggestion`, or "" for who knows."""

    def __init__(self, word: str, suggestion: str) -> None:
        super().__init__("unknown_form", word)
        self.suggestion = suggestion


class SeveralForms(NotUnderstood):
    """More forms than the one that a poem has."""

    def __init__(self, forms: tuple[str, ...]) -> None:
        super().__init__("several_forms", "、".join(forms))
        self.forms = forms


@dataclass(frozen=True)
class Wish:
    """What somebody asked for; None and "" where they left it open."""

    form: str | None = None
    theme: str = ""
    heads: str | None = None
    first_line: str | None = None
    dynasty: str | None = None


@dataclass(frozen=True)
class DailyWish:
    """What a subscriber asked for; None where they left it open."""

    at: time | None
    form: str | None
    theme: str
    dynasty: str | None = None
    weekdays: int | None = None  # bits, Monday first
    places: tuple[Place, ...] = ()  # where its clock stands; several: one of these


def read_poem(asked: str) -> Wish:
    """`浣溪沙 秋思` and `秋思 浣溪沙` are the same wish.

    >>> read_poem("秋思 宋风 浣溪沙")
    Wish(form='浣溪沙', theme='秋思', heads=None, first_line=None, dynasty='宋')
    """
    text = plainly(asked)
    if text != asked and text.startswith(ACROSTIC):
        return read_heads(text.removeprefix(ACROSTIC))
    words = forms_apart(_apart(text.split(), _names_form_or_style))
    if any(is_couplet(named_form(word)) for word in words):
        return read_couplet(text)
    dynasty, words = _take(words, _style_of)
    form, words = _form_among(words)
    for word in words:
        _refuse(word, nearest_form)
    return Wish(form, " ".join(map(_bare, words)), dynasty=dynasty)


def _form_among(words: list[str]) -> tuple[str | None, list[str]]:
    """The form that is named, and the other words. Raises SeveralForms."""
    form, rest = _only(words, _verse_of)
    if form is None:
        form, rest = _take(words, _form_of)
    if form == ANY_TUNE:  # 词 浣溪沙 is the one that is named
        tune, rest = _take(rest, _tune_of)
        form = tune or form
    return form, rest


def read_couplet(text: str) -> Wish:
    """A theme, or a first line to answer.

    >>> read_couplet("五言 月").theme, read_couplet("海内存知己，").first_line
    ('月', '海内存知己')
    """
    words = _apart([word for word in re.split(r"[\s：:]+", text) if word], _names_couplet)
    dynasty, words = _take(words, _style_of)
    form, words = _take(words, _couplet_of)
    words = [word for word in words if not _only_says_couplet(word)]
    for word in words:
        if named_form(word) in FORMS or nearest_verse(word) is not None:
            raise NotUnderstood("couplet_form", word)
    line = _first_line(words, form)
    if line:
        return Wish(couplet_form(len(line)), first_line=line, dynasty=dynasty)
    return Wish(form or couplet_form(7), " ".join(map(_bare, words)), dynasty=dynasty)


def is_line(text: str) -> bool:
    """Whether a text may be a line of verse: exactly five or seven Han characters."""
    return len(text) in LINE_LENGTHS and all(map(is_han, text))


def _first_line(words: list[str], form: str | None) -> str | None:
    """The one word that is a line of the length asked for, by the rule above."""
    if len(words) != 1 or _QUOTED.fullmatch(words[0]):
        return None
    line = words[0].strip("，。、；！？,.;!?")
    fits = is_line(line) and form in (None, couplet_form(len(line)))
    return line if fits else None


def read_heads(text: str) -> Wish:
    """The heads of an acrostic, spaces and punctuation aside.

    >>> read_heads("七绝 春夏，秋冬").heads
    '春夏秋冬'
    """
    form, heads = _read_characters(text, "heads_missing", _verse_of)
    return Wish(form, heads=heads)


def read_first_line(text: str) -> Wish:
    """A first line, spaces and punctuation aside."""
    form, line = _read_characters(text, "first_line_missing", _continuable)
    tune = next((word for word in text.split() if _tune_of(word)), None)
    if tune and not is_line(line):
        raise NotUnderstood("tune_not_continued", tune)
    return Wish(couplet_form(len(line)) if is_couplet(form) else form, first_line=line)


def read_daily(text: str, here: str | None = None) -> DailyWish:
    """`08:00 月 五绝 工作日 东京` in any order, each of them optional.

    A large city is where the clock stands, unless its clock is that of the zone `here`: then
    it is a theme, as 洛阳 is in China. In quotation marks it is a theme wherever it lies.
    The theme is judged now, by the poet's own BadRequest: tomorrow nobody is there to be told.

    >>> read_daily("月 8点半 周一三五")
    DailyWish(at=datetime.time(8, 30), form=None, theme='月', dynasty=None, weekdays=21, places=())
    """
    hours, words = _hours_of(_daily_words(text))
    weeks = [read_weekdays(word) for word in words]
    words = [word for word, week in zip(words, weeks, strict=True) if week is None]
    places, words = _places_of(words, here)
    wish = read_poem(" ".join(words))
    theme = wish.theme or wish.first_line or ""  # a line answered every day would be dull
    checked_theme(theme)
    return DailyWish(_read_hour(hours), wish.form, theme, wish.dynasty, _union(weeks), places)


def _apart(words: Iterable[str], names: Callable[[str], bool]) -> list[str]:
    """The words cut at their marks where a part of theirs is a name: 浣溪沙·江南, 月，五绝. Marks
    between other words are the theme's own, and so are all in quotation marks.

    >>> _apart(["月，五绝", "风，雨"], lambda word: word == "五绝")
    ['月', '五绝', '风，雨']
    """
    apart: list[str] = []
    for word in words:
        parts = [part for part in _MARKS.split(word) if part]
        cut = not _QUOTED.fullmatch(word) and any(len(part) > 1 and names(part) for part in parts)
        apart += parts if cut else [word]
    return apart


def _names_form_or_style(word: str) -> bool:
    return _form_of(word) is not None or _style_of(word) is not None


def _names_couplet(word: str) -> bool:
    return _couplet_of(word) is not None or _only_says_couplet(word)


def _daily_words(text: str) -> list[str]:
    """The words of a daily poem, its hours and days each a word."""
    words = [
        part
        for word in text.split()
        for part in ([word] if read_weekdays(word) is not None else _apart([word], _names_daily))
    ]
    return hours_together(_days_apart(words))


def _names_daily(word: str) -> bool:
    *_, hour = _days_apart([word])
    is_hour = read_hour(hour) is not None and looks_like_an_hour(hour)
    return is_hour or read_weekdays(word) is not None or _names_form_or_style(word)


def _days_apart(words: Iterable[str]) -> Iterator[str]:
    """每天早上七点 is two words: days, and an hour."""
    for word in words:
        cuts = [
            at
            for at in range(2, len(word))
            if read_weekdays(word[:at]) is not None and looks_like_an_hour(word[at:])
        ]
        yield from (word[: cuts[-1]], word[cuts[-1] :]) if cuts else (word,)


def _hours_of(words: list[str]) -> tuple[list[str], list[str]]:
    """The words that say an hour, an am or pm behind them included, and the others; noon is a
    theme where another word says the hour."""
    hours: list[str] = []
    rest: list[str] = []
    for word in words:
        hour = looks_like_an_hour(word) and nearest_verse(word) is None
        (hours if hour else rest).append(word)
    if any(not is_named_hour(word) for word in hours):
        rest += [word for word in hours if is_named_hour(word) and any(map(is_han, word))]
        hours = [word for word in hours if not is_named_hour(word)]
    half = next((word for word in rest if word.lower() in {"am", "pm"}), None)
    if hours and half:
        hours[0] += half
        rest.remove(half)
    return hours, rest


def _union(weeks: Iterable[int | None]) -> int | None:
    """All the days that were named; every day is none in particular."""
    week = 0
    for each in weeks:
        week |= each or 0
    return None if week in (0, EVERY_DAY) else week


def _places_of(words: list[str], here: str | None) -> tuple[tuple[Place, ...], list[str]]:
    """Where the clock stands, and the words that say nothing about it.

    Themes are Han, or name something the poet knows, as AI and 🌙 do; any other word is a
    place, whatever it is.
    """
    latin = _only_places(words)
    rest = [word for word in words if word not in latin]
    if latin:
        places = read_places(" ".join(latin))
        if not places:
            raise NotUnderstood("unknown_place", " ".join(latin))
        return places, rest
    for word in rest:
        places = () if _is_no_place(word) else read_place_in_passing(word, here)
        if places:
            rest.remove(word)
            return places, rest
    return (), rest


def _only_places(words: Iterable[str]) -> list[str]:
    """Words that can be nothing but a place."""
    return [word for word in words if not any(map(is_han, word)) and not names_something(word)]


def _is_no_place(word: str) -> bool:
    return _QUOTED.fullmatch(word) is not None or named_form(word) is not None


def _read_hour(hours: list[str]) -> time | None:
    if not hours:
        return None
    at = read_hour(hours[0]) if len(hours) == 1 else None
    if at is None:
        raise NotUnderstood("bad_hour", " ".join(hours))
    return at


def reworded(text: str, *, as_theme: bool) -> str:
    """The text with its near miss as the form it was meant to be, or in quotation marks.

    >>> reworded("如夢今 秋", as_theme=False), reworded("如夢今 秋", as_theme=True)
    ('如梦令 秋', '“如夢今” 秋')
    """
    for word in text.split():
        meant = nearest_form(word)
        if meant is not None:
            return text.replace(word, f"“{word}”" if as_theme else meant or word, 1)
    return text


def in_one_form(text: str, form: str) -> str:
    """The text without the names of other forms of 诗, and with this one for a form that is none.

    >>> in_one_form("/poem 五律 七绝 月", "七绝"), in_one_form("/poem 六绝 月", "七绝")
    ('/poem 七绝 月', '/poem 七绝 月')
    """
    apart = _apart(text.split(), _names_form_or_style)
    words = [form if nearest_form(word) == "" else word for word in apart]
    return " ".join(word for word in words if _continuable(word) in (None, form))


def less_of(text: str) -> str:
    """The beginning of a long theme that is short enough for one: its first words, else its
    first characters.

    >>> less_of("七律 " + "江上秋风，" * 20), less_of("x" * 50)
    ('江上秋风', '')
    """
    words = [word for word in text.split() if _form_of(word) is None and _style_of(word) is None]
    return first_phrase(" ".join(words))[:_SHORT_THEME]


def first_phrase(text: str) -> str:
    """The Han characters up to the first mark or space behind them.

    >>> first_phrase("（床前明月光，疑是地上霜。）")
    '床前明月光'
    """
    phrases = ("".join(filter(is_han, each)) for each in re.split(r"[\s\W]+", text))
    return next(filter(None, phrases), "")


def with_less(text: str) -> str:
    """The wish with the beginning of its theme alone; form and style stay.

    >>> with_less("七律 " + "江上秋风，" * 20)
    '七律 江上秋风'
    """
    kept = [word for word in text.split() if _form_of(word) or _style_of(word)]
    return " ".join([*kept, less_of(text)])


def at_another_hour(text: str, hour: str) -> str:
    """The words of a daily poem with this hour in the place of all that looks like one.

    >>> at_another_hour("25:00 月", "08:00")
    '08:00 月'
    """
    _, words = _hours_of(_daily_words(text))
    return " ".join([hour, *words])


def without_places(text: str) -> str:
    """The words of a daily poem without those that can only be a place, known or not.

    >>> without_places("08:00 月 Narnia")
    '08:00 月'
    """
    hours, words = _hours_of(_daily_words(text))
    places = set(_only_places(word for word in words if read_weekdays(word) is None))
    return " ".join([*hours, *(word for word in words if word not in places)])


def characters_of(text: str) -> str:
    """The Han characters of heads or a line, without the name of a form beside them."""
    words = text.split()
    named = [word for word in words if _form_of(word) is not None]
    return "".join(filter(is_han, "".join(w for w in words if len(words) == 1 or w not in named)))


Reading = Callable[[str], str | None]


def _take(words: Iterable[str], reading: Reading) -> tuple[str | None, list[str]]:
    """What the first word means that means anything to `reading`, and the other words."""
    rest = list(words)
    for place, word in enumerate(rest):
        meant = reading(word)
        if meant is not None:
            del rest[place]
            return meant, rest
    return None, rest


def _only(words: list[str], reading: Reading) -> tuple[str | None, list[str]]:
    """What all the words mean that mean anything to `reading`, and the other words. Raises
    SeveralForms where they mean different things."""
    meant = tuple(dict.fromkeys(filter(None, map(reading, words))))
    if len(meant) > 1:
        raise SeveralForms(meant)
    return next(iter(meant), None), [word for word in words if reading(word) is None]


def _style_of(word: str) -> str | None:
    return _STYLES.get(to_script(word, "simplified")) if len(word) == 2 else None


def _form_of(word: str) -> str | None:
    return ANY_TUNE if word in _ANY_TUNE_WORDS else named_form(word)


def _tune_of(word: str) -> str | None:
    form = named_form(word)
    return form if form is not None and is_tune(form) else None


def _verse_of(word: str) -> str | None:
    form = named_form(word)
    return form if form in FORMS else None


def _continuable(word: str) -> str | None:
    form = named_form(word)
    return form if form in FORMS or is_couplet(form) else None


def _couplet_of(word: str) -> str | None:
    """A length; the word 对联 alone says none."""
    match = _COUPLET_LENGTH.fullmatch(word)
    return couplet_form(5 if match[1] in _FIVES else 7) if match else None


def _only_says_couplet(word: str) -> bool:
    return _COUPLET_WORD.fullmatch(word) is not None or is_couplet(named_form(word))


def _refuse(word: str, nearest: Reading) -> None:
    """Asks about a near miss of a form's name."""
    meant = nearest(word)
    if meant is not None:
        raise NearMiss(word, meant)


def _bare(word: str) -> str:
    """A theme without the quotation marks around it."""
    match = _QUOTED.fullmatch(word)
    return match[1] if match else word


def _read_characters(text: str, missing: str, reading: Reading) -> tuple[str | None, str]:
    """A form, where one stands beside other words, and the characters of the others."""
    parts = _apart(text.split(), lambda word: reading(word) is not None)
    plain = [word if _QUOTED.fullmatch(word) else _without_marks(word) for word in parts]
    words = [word for word in plain if word]
    if len(words) < 2:
        characters = "".join(map(_without_marks, words))
        if not characters:
            raise NotUnderstood(missing)
        return None, characters
    others = any(reading(word) is None for word in words)  # else one of the names is meant as heads
    form, rest = (_only if others else _take)(words, reading)
    for word in rest:
        if named_form(word) is None:
            _refuse(word, nearest_verse)
    return form, "".join(map(_without_marks, rest))


def _without_marks(word: str) -> str:
    """The word without punctuation and invisible characters; emoji stay, to be refused."""
    return "".join(
        character
        for character in word
        if is_han(character) or unicodedata.category(character)[0] not in "PZC"
    )
