"""Hours of a day as people write them: 08:00, 8点半, 晚上9点, 8pm. Pure."""

import re
import unicodedata
from datetime import time

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


def looks_like_an_hour(word: str) -> bool:
    """Whether somebody meant an hour, be it one or not."""
    return _HOUR_WORD.fullmatch(_plain(word)) is not None


def read_hour(word: str) -> time | None:
    """The hour, or None.

    >>> read_hour("晚上9点"), read_hour("08：05"), read_hour("25:00")
    (datetime.time(21, 0), datetime.time(8, 5), None)
    """
    match = _HOUR.fullmatch(_NUMERALS.sub(_digits, _plain(word)))
    if match is None:
        return None
    minute = match["minute"] or match["minute_cn"] or ("30" if match["half"] else "0")
    hour = _on_the_clock(int(match["hour"]), (match["half_day"] or match["part"] or "").lower())
    return time(hour, int(minute)) if hour <= 23 and int(minute) <= 59 else None


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
