"""Names of zones, countries and days in the languages we speak, from CLDR (babel).

It knows no sentence.
"""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import format_skeleton

from bot.locales import Language

_LOCALES: dict[Language, str] = {"zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant", "en": "en"}
_FIXED = ("Etc/", "UTC", "GMT")


def zone_name(zone: str, language: Language) -> str:
    """The city a zone is known by; "" for one that is only an offset.

    >>> zone_name("America/New_York", "zh-Hans"), zone_name("Etc/GMT-8", "en")
    ('纽约', '')
    """
    if zone.startswith(_FIXED):
        return ""
    cities = _locale(language).time_zones
    known = next(
        (cities[each]["city"] for each in _alike(zone) if "city" in cities.get(each, {})), None
    )
    return known or zone.rpartition("/")[2].replace("_", " ")


def offset_name(instant: datetime, zone: str) -> str:
    """How far a zone's clock is from Greenwich then.

    >>> from datetime import UTC
    >>> offset_name(datetime(2026, 1, 1, tzinfo=UTC), "Asia/Kathmandu")
    'UTC+5:45'
    """
    offset = instant.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "UTC"


def country_name(code: str, language: Language) -> str:
    """The country of an ISO code.

    >>> country_name("JP", "zh-Hant")
    '日本'
    """
    return str(_locale(language).territories.get(code, code))


def day_name(day: date, language: Language) -> str:
    """A date as one says it: its month, day and weekday.

    >>> day_name(date(2026, 5, 4), "zh-Hans"), day_name(date(2026, 5, 4), "en")
    ('5月4日周一', 'Mon, May 4')
    """
    return format_skeleton("MMMEd", day, locale=_locale(language))


def short_day_name(day: date, language: Language) -> str:
    """The same for a button, which is narrow.

    >>> short_day_name(date(2026, 5, 4), "zh-Hans"), short_day_name(date(2026, 5, 4), "en")
    ('5月4日', 'May 4')
    """
    return format_skeleton("MMMd", day, locale=_locale(language))


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(_LOCALES[language])


def _alike(zone: str) -> list[str]:
    """A zone and its other names: CLDR has each under one of them."""
    aliases = get_global("zone_aliases")
    real = aliases.get(zone, zone)
    return [zone, real, *(old for old, new in aliases.items() if new == real)]
