"""Hours of a day as people write them: 08:00, 8点半, 晚上九点一刻, 8pm, noon. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import time

_PARTS = "凌晨|清晨|早上|早晨|每早|早|上午|中午|下午|午后|午後|傍晚"
_PARTS += "|晚上|每晚|晚|夜里|夜裡|深夜|半夜|午夜"
_HOUR_WORD = re.compile(rf"({_PARTS})?(\d.*|[零一二两三四五六七八九十]{{1,3}}[点點时時].*)", re.S)
_HOUR = re.compile(
    rf"(?P<part>{_PARTS})?"
    r"(?P<hour>\d{1,2})"
    r"(?:[:.](?P<minute>\d{2})(?::00)?"
    r"|[点點时時](?:(?P<minute_cn>\d{1,2})分?|(?P<half>半)|(?P<quarters>[13])刻|整|钟|鐘)?)?"
    r"(?P<half_day>am|pm)?",
    re.I,
)
_PART = re.compile(_PARTS)
_FOUR_DIGITS = re.compile(r"([01]\d|2[0-3])([0-5]\d)")  # 0800
_EVENING = {"晚上", "每晚", "晚"}
_DEEP_NIGHT = {"夜里", "夜裡", "深夜", "半夜", "午夜"}
_AFTERNOON = {"下午", "午后", "午後", "傍晚", "pm"} | _EVENING | _DEEP_NIGHT
_NIGHT = {"am", "凌晨"} | _EVENING | _DEEP_NIGHT  # whose 12 is the day's beginning
_LAST_OF_NOON = 3  # 中午1点 is 13:00, and 中午11点 is 11:00
# Up to which hour a part is the night before the morning: 晚上1点 is 01:00, 晚上5点 is 17:00.
_SMALL_HOURS = dict.fromkeys(_EVENING, 4) | dict.fromkeys(_DEEP_NIGHT, 5)
_NAMED = {
    "noon": time(12),
    "正午": time(12),
    "中午": time(12),
    "midnight": time(0),
    "午夜": time(0),
    "半夜": time(0),
}
_NUMERALS = re.compile("[零一二两兩三四五六七八九十]+")


def looks_like_an_hour(word: str) -> bool:
    """Whether somebody meant an hour, be it one or not."""
    return is_named_hour(word) or _HOUR_WORD.fullmatch(_plain(word)) is not None


def is_named_hour(word: str) -> bool:
    """Whether it is an hour by its name, as noon is; such a word may also be a theme."""
    return _plain(word).lower() in _NAMED


def read_hour(word: str) -> time | None:
    """The hour, or None.

    >>> read_hour("晚上9点"), read_hour("08：05"), read_hour("25:00")
    (datetime.time(21, 0), datetime.time(8, 5), None)
    """
    plain = _plain(word)
    if is_named_hour(word):
        return _NAMED[plain.lower()]
    digits = _NUMERALS.sub(_digits, plain)
    if (four := _FOUR_DIGITS.fullmatch(digits)) is not None:
        return time(int(four[1]), int(four[2]))
    match = _HOUR.fullmatch(digits)
    if match is None:
        return None
    hour = _on_the_clock(int(match["hour"]), (match["half_day"] or match["part"] or "").lower())
    minute = _minute(match)
    return time(hour, minute) if hour <= 23 and minute <= 59 else None


def nearest_hours(text: str) -> tuple[time, ...]:
    """What may have been meant by what is no hour: at most three; () where nobody can tell.

    >>> nearest_hours("24:00"), nearest_hours("8:5"), nearest_hours("08:00 21:00")
    ((datetime.time(0, 0),), (datetime.time(8, 5),), (datetime.time(8, 0), datetime.time(21, 0)))
    """
    hours = [at for word in text.split() if (at := read_hour(word)) is not None]
    if hours:
        return tuple(dict.fromkeys(hours))[:3]
    numbers = [int(each) for each in re.findall(r"\d{1,2}", _plain(text))]
    hour, minute = (*numbers, 0, 0)[:2]
    if not numbers or hour > 24:
        return ()
    if minute > 60:
        return (time(hour % 24),)
    return (time((hour + minute // 60) % 24, minute % 60),)


def hours_together(words: Iterable[str]) -> list[str]:
    """The words with each part of the day put in front of the hour behind it.

    >>> hours_together(["月", "晚上", "9点"]), hours_together(["晚上", "月"])
    (['月', '晚上9点'], ['晚上', '月'])
    """
    together: list[str] = []
    for word in words:
        is_bare = _HOUR_WORD.fullmatch(_plain(word)) is not None and not _PART.match(word)
        if together and is_bare and _PART.fullmatch(together[-1]):
            together[-1] += word
        else:
            together.append(word)
    return together


def _minute(match: re.Match[str]) -> int:
    if match["quarters"]:
        return 15 * int(match["quarters"])
    return int(match["minute"] or match["minute_cn"] or (30 if match["half"] else 0))


def _on_the_clock(hour: int, half: str) -> int:
    """The hour of 24; 99 where the half of the day contradicts it, as in 13 am."""
    if half in {"am", "pm"} and not 1 <= hour <= 12:
        return 99
    if half in _NIGHT and hour == 12:
        return 0
    is_late = half in _AFTERNOON and _SMALL_HOURS.get(half, -1) < hour < 12
    is_past_noon = half == "中午" and 1 <= hour <= _LAST_OF_NOON
    return hour + 12 if is_late or is_past_noon else hour


def _digits(numeral: re.Match[str]) -> str:
    """二十五 → 25, up to 五十九; what is no such number becomes 99, which no clock shows."""
    tens, ten, ones = numeral.group().rpartition("十")
    units = "零一二三四五六七八九"
    value = units.find(re.sub("[两兩]", "二", ones.lstrip("零")) or "零")
    if ten:
        value += 10 * (units.find(tens) if tens else 1)
    return str(value) if 0 <= value <= 59 and len(tens) < 2 else "99"


def _plain(word: str) -> str:
    """Full-width digits and colons become ASCII."""
    return unicodedata.normalize("NFKC", word)
