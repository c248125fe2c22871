"""Days of the week as people write them: 周一三五, 工作日, Mon-Fri. Pure.

A week is a number of seven bits, Monday first, as `bot.scheduling.next_delivery` takes it.
"""

import re
import unicodedata
from collections.abc import Iterable

from bot.scheduling.next_delivery import EVERY_DAY

WORKDAYS, WEEKEND = 0b0011111, 0b1100000
_NAMED = {
    EVERY_DAY: "每天 每日 天天 日日 daily everyday",
    WORKDAYS: "工作日 平日 上班日 weekday weekdays workdays",
    WEEKEND: "周末 週末 weekend weekends",
}
_WEEKS = {word: week for week, words in _NAMED.items() for word in words.split()}
_DAYS = {day: place % 7 for place, day in enumerate("一二三四五六日")} | {"天": 6}
_HAN = re.compile(
    r"每?(?:[周週]|星期|礼拜|禮拜)[一二三四五六日天]"
    r"(?:[、,和及]?(?:到|至|-)?(?:[周週]|星期|礼拜|禮拜)?[一二三四五六日天])*"
)
_HAN_STEP = re.compile(r"(到|至|-)?(?:[周週]|星期|礼拜|禮拜)?([一二三四五六日天])")
_ENGLISH = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_ENGLISH_DAY = "mon(?:days?)?|tues?(?:days?)?|wed(?:nesdays?)?|thu(?:rs?(?:days?)?)?|fri(?:days?)?"
_ENGLISH_DAY = rf"(?:{_ENGLISH_DAY}|sat(?:urdays?)?|sun(?:days?)?)"
_LATIN = re.compile(rf"{_ENGLISH_DAY}(?:[,/&-]{_ENGLISH_DAY})*")
_LATIN_STEP = re.compile(rf"(-)?({_ENGLISH_DAY})")


def read_weekdays(word: str) -> int | None:
    """The days a word names; None where it names none.

    >>> [f"{read_weekdays(word):07b}" for word in ("周一三五", "Mon-Fri", "周六、周日", "每天")]
    ['0010101', '0011111', '1100000', '1111111']
    """
    plain = unicodedata.normalize("NFKC", word).lower()
    plain = re.sub("[~—–]|－", "-", plain).rstrip(",、")
    if plain in _WEEKS:
        return _WEEKS[plain]
    if _HAN.fullmatch(plain):
        return _week((to, _DAYS[day]) for to, day in _HAN_STEP.findall(plain))
    if _LATIN.fullmatch(plain):
        return _week((to, _ENGLISH.index(day[:3])) for to, day in _LATIN_STEP.findall(plain))
    return None


def days_of(week: int | None) -> tuple[int, ...]:
    """The days of a week, 0 for Monday; None is every day."""
    return tuple(day for day in range(7) if week is None or week >> day & 1)


def _week(steps: Iterable[tuple[str, int]]) -> int:
    """Each step a day, or a span from the one before: 周五到周一 goes round the week's end."""
    week, last = 0, 0
    for to, day in steps:
        for offset in range((day - last) % 7 if to else 0, -1, -1):
            week |= 1 << (day - offset) % 7
        last = day
    return week
