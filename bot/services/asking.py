"""Reads what people write into what they ask for: words in any order and either script.

Pure. It knows forms and hours; whether a theme is writable is the poet's to judge.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from bot.errors import BotError
from poetry_model import find_form, is_han

LONGEST_THEME = 40  # characters, as the poet takes it

# 七言, 七律诗, 七决, 五古: someone meant a form. 三绝 and 一律 are words, and so themes.
_LOOKS_LIKE_A_FORM = re.compile(
    r"[四五六七八九45678９６７５８]\s?[言字]?[绝絕決决诀律古诗詩句]{0,2}"
)
_FORM_ENDINGS = set("言字绝絕決决诀律古")
_FIVES = set("五5５")
_SEVENS = set("七7７")

_PARTS = "凌晨|清晨|早上|早晨|上午|中午|下午|晚上|傍晚"
_HOUR_WORD = re.compile(rf"({_PARTS})?(\d.*|[零一二两三四五六七八九十]{{1,3}}[点點时時].*)", re.S)
_HOUR = re.compile(
    rf"(?P<part>{_PARTS})?"
    r"(?P<hour>\d{1,2})"
    r"(?:[:.](?P<minute>\d{2})|[点點时時](?:(?P<minute_cn>\d{1,2})分?|(?P<half>半)|整|钟|鐘)?)?"
    r"(?P<half_day>am|pm)?",
    re.I,
)
_AFTERNOON = {"下午", "晚上", "傍晚", "pm"}
_NUMERALS = re.compile("[零一二两三四五六七八九十]+")


class NotUnderstood(BotError):
    """What was written asks for something there is not; `reason` says what, `word` where."""

    def __init__(self, reason: str, word: str = "", suggestion: str = "") -> None:
        super().__init__(f"{reason}: {word}")
        self.reason = reason
        self.word = word
        self.suggestion = suggestion


@dataclass(frozen=True)
class Wish:
    """A form (None: any) and what the other words said."""

    form: str | None
    rest: str


@dataclass(frozen=True)
class DailyWish:
    """What a subscriber asked for; None where they left it open."""

    at: time | None
    form: str | None
    theme: str


def read_theme(text: str) -> Wish:
    """`七律 秋夜` and `秋夜 七律` are the same wish.

    >>> read_theme("秋夜 七律")
    Wish(form='七律', rest='秋夜')
    """
    form, words = _take_form(text.split())
    return Wish(form, " ".join(words))


def read_heads(text: str) -> Wish:
    """The heads of an acrostic, spaces and punctuation aside.

    >>> read_heads("七绝 春夏，秋冬")
    Wish(form='七绝', rest='春夏秋冬')
    """
    return _read_characters(text, "heads_missing")


def read_first_line(text: str) -> Wish:
    """A first line, spaces and punctuation aside."""
    return _read_characters(text, "first_line_missing")


def read_daily(text: str) -> DailyWish:
    """`08:00 月 五绝` in any order, each of them optional.

    >>> read_daily("月 8点半")
    DailyWish(at=datetime.time(8, 30), form=None, theme='月')
    """
    form, words = _take_form(text.split())
    hours = [word for word in words if _HOUR_WORD.fullmatch(_plain(word))]
    rest = [word for word in words if word not in hours]
    if hours and rest and rest[0].lower() in {"am", "pm"}:
        hours[0] += rest.pop(0)
    if len(hours) > 1:
        raise NotUnderstood("bad_hour", " ".join(hours))
    theme = " ".join(rest)
    _refuse_theme(theme)
    return DailyWish(read_hour(hours[0]) if hours else None, form, theme)


def _refuse_theme(theme: str) -> None:
    """A daily theme is judged when it is chosen: tomorrow morning nobody is there to be told."""
    if len(theme) > LONGEST_THEME:
        raise NotUnderstood("theme_too_long")
    if theme and not has_han(theme):
        raise NotUnderstood("theme_without_han")


def read_hour(word: str) -> time:
    """The hour of a day as people write it.

    >>> read_hour("晚上9点"), read_hour("08：05")
    (datetime.time(21, 0), datetime.time(8, 5))
    """
    match = _HOUR.fullmatch(_NUMERALS.sub(_digits, _plain(word)))
    if match is None:
        raise NotUnderstood("bad_hour", word)
    minute = match["minute"] or match["minute_cn"] or ("30" if match["half"] else "0")
    hour = _on_the_clock(int(match["hour"]), (match["half_day"] or match["part"] or "").lower())
    if hour > 23 or int(minute) > 59:
        raise NotUnderstood("bad_hour", word)
    return time(hour, int(minute))


def _on_the_clock(hour: int, half: str) -> int:
    """The hour of 24; 99 where the half of the day contradicts it, as in 13 am."""
    if half in {"am", "pm"} and not 1 <= hour <= 12:
        return 99
    if half in {"am", "凌晨", "晚上"} and hour == 12:
        return 0
    return hour + 12 if half in _AFTERNOON and hour < 12 else hour


def _digits(numeral: re.Match[str]) -> str:
    """二十五 → 25, up to 五十九; what is no such number becomes 99, which no clock shows."""
    tens, ten, ones = numeral.group().rpartition("十")
    units = "零一二三四五六七八九"
    value = units.find(ones.lstrip("零").replace("两", "二") or "零")
    if ten:
        value += 10 * (units.find(tens) if tens else 1)
    return str(value) if 0 <= value <= 59 and len(tens) < 2 else "99"


def _plain(word: str) -> str:
    """Full-width digits and colons become ASCII."""
    return unicodedata.normalize("NFKC", word)


def _take_form(words: Iterable[str]) -> tuple[str | None, list[str]]:
    """The first form among the words, and the words without it."""
    form: str | None = None
    rest = []
    for word in words:
        found = find_form(word)
        if found and form is None:
            form = found
        elif not found:
            _refuse_near_miss(word)
            rest.append(word)
        else:
            rest.append(word)
    return form, rest


def _refuse_near_miss(word: str) -> None:
    if len(word) < 2 or not _LOOKS_LIKE_A_FORM.fullmatch(word):
        return
    if not _FORM_ENDINGS & set(word[1:]):
        return
    raise NotUnderstood("unknown_form", word, _nearest_form(word))


def _nearest_form(word: str) -> str:
    """The form that was probably meant, "" if there is none: 七决 → 七绝."""
    number = "五" if word[0] in _FIVES else "七" if word[0] in _SEVENS else ""
    if not number or "古" in word:
        return ""
    return number + ("律" if "律" in word else "绝")


def _read_characters(text: str, missing: str) -> Wish:
    words = [kept for word in text.split() if (kept := _without_marks(word))]
    if not words:
        raise NotUnderstood(missing)
    if len(words) == 1:
        return Wish(None, words[0])
    form, rest = _take_form(words)
    if not rest:
        raise NotUnderstood(missing)
    return Wish(form, "".join(rest))


def _without_marks(word: str) -> str:
    """The word without punctuation and invisible characters; emoji stay, to be refused."""
    return "".join(
        character
        for character in word
        if is_han(character) or unicodedata.category(character)[0] not in "PZC"
    )


def has_han(text: str) -> bool:
    """Whether there is any Chinese character in `text`."""
    return any(is_han(character) for character in text)
