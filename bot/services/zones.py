"""Time zones as people write them: a city, a country, an offset, or the IANA name itself. Pure.

`read_places` gives every place that may be meant, the likeliest first: one if it is clear,
several if they show different clocks (Portland), none if nobody can tell. Cities come from
GeoNames (data/cities.tsv), names of countries from CLDR (babel), the clocks from this
machine's zone database: a zone that it does not know is never given.

Names are read in either script, in English and as GeoNames has them, and as pinyin. Of places
of one name, country and clock the largest stands for all; one that is ten times as large as the
next is meant. A country gives the clocks its people live by.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from tzfpy import get_tzs

from bot.services.data import CITIES
from poetry_model import is_han, to_script

MOST_PLACES = 6
LARGE = 1_000_000  # people
_TIMES_LARGER = 10
_ALMOST_ALL = 0.95  # of a country's people

# UTC+8, GMT-5:30, +08:00; behind UTC the plus may be left out.
_OFFSET = re.compile(
    r"(?:utc|gmt)?\s*(?P<sign>[+-]|(?<=utc|gmt))\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?"
)
_HAN_OFFSET = re.compile(r"(?P<sign>[东西])(?P<hours>十[一二]?|[一二三四五六七八九]|\d{1,2})区?")
_ZERO = {"utc", "gmt", "z", "零时区", "中时区"}
# The fixed clocks that are no whole hours, and who lives by them; where only clocks that
# change have such an offset, theirs.
_ODD_OFFSETS = {
    -570: "Pacific/Marquesas",
    -210: "America/St_Johns",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
    630: "Australia/Lord_Howe",
    765: "Pacific/Chatham",
}
# What people call a clock, rather than a place.
_CLOCKS = {
    "美东": "America/New_York",
    "美国东部": "America/New_York",
    "美中": "America/Chicago",
    "美国中部": "America/Chicago",
    "美西": "America/Los_Angeles",
    "美国西部": "America/Los_Angeles",
    "太平洋": "America/Los_Angeles",
    "加州": "America/Los_Angeles",
    "加利福尼亚": "America/Los_Angeles",
    "夏威夷": "Pacific/Honolulu",
    "hawaii": "Pacific/Honolulu",
    "安大略": "America/Toronto",
    "安大略省": "America/Toronto",
    "ontario": "America/Toronto",
    "格林尼治": "Etc/UTC",
    "格林威治": "Etc/UTC",
    "est": "America/New_York",
    "edt": "America/New_York",
    "eastern": "America/New_York",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles",
    "cet": "Europe/Paris",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "hkt": "Asia/Hong_Kong",
    "aest": "Australia/Sydney",
    "la": "America/Los_Angeles",
    "hk": "Asia/Hong_Kong",
}
_COUNTRIES_TOO = {
    "usa": "US",
    "us": "US",
    "america": "US",
    "uk": "GB",
    "england": "GB",
    "korea": "KR",
    "阿联酋": "AE",
}
_NO_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ"}
_HAN_ENDINGS = ("的时间", "时间", "时区")
# In Xinjiang both clocks are lived by, and many mean the one of Beijing.
_ALSO = {"Asia/Urumqi": "Asia/Shanghai"}
_NO_PLACES = {"localtime", "posixrules", "Factory"}
Clock = tuple[timedelta | None, ...]  # the offset of a zone in each month of a year
_MONTHS = tuple(datetime(2026, month, 15, tzinfo=UTC) for month in range(1, 13))


@dataclass(frozen=True)
class Place:
    """Somewhere that has a clock."""

    name: str  # as it was written in Han, else in English; "" for a clock without a place
    country: str  # ISO code of two letters; "" where it is in none
    zone: str  # an IANA name that this machine knows
    people: int = 0


def read_places(text: str) -> tuple[Place, ...]:
    """The places a text may mean, the likeliest first; () for none.

    >>> [place.zone for place in read_places("东京")], read_places("UTC+8")[0].zone
    (['Asia/Tokyo'], 'Etc/GMT-8')
    """
    words = _plain(text)
    for reading in (_by_offset, _by_clock, _by_path, _by_country, _by_city, _by_zone, _by_namesake):
        places = reading(words)
        if places:
            return places
    return ()


def read_place_in_passing(word: str, here: str | None) -> tuple[Place, ...]:
    """As `read_places`, for a word among others that may be a theme as well.

    An offset counts, and what is said to be a time: 北京时间. Else only large cities do, and
    countries of one clock (春日 is a day in spring and not Kasuga), whose clock is not that of
    the zone `here`: in China 洛阳 says nothing about the time. A city that another zone is
    named after does: who writes 台北 means it, even where 北京 shows the same.
    """
    words = _plain(word)
    if not _has_han(words) or _bare(words) != words:
        return read_places(word)
    places = _by_offset(words) or _by_clock(words)
    if places:
        return places
    large = [place for place in _named(words) if place.people >= LARGE]
    places = _by_country(words) or _choice(large)
    if len(places) != 1 or here is None:
        return places if len(places) == 1 else ()
    zone = places[0].zone
    news = not same_clock(zone, here) or (zone != here and _namesakes().get(words) == zone)
    return places if news else ()


def places_at(latitude: float, longitude: float) -> tuple[Place, ...]:
    """The clocks of a point on earth, the likeliest first; at sea that of its longitude.

    >>> places_at(35.68, 139.69)[0].zone
    'Asia/Tokyo'
    """
    zones = [zone for zone in get_tzs(longitude, latitude) if zone in _known()]
    return _choice(Place("", "", zone) for zone in zones)


def zone_at(zone: str) -> ZoneInfo | None:
    """The zone of an IANA name, if this machine knows it.

    >>> zone_at("Asia/Shanghai"), zone_at("Mars/Olympus")
    (zoneinfo.ZoneInfo(key='Asia/Shanghai'), None)
    """
    return ZoneInfo(zone) if zone in _known() else None


def same_clock(one: str, other: str) -> bool:
    """Whether two zones show the same all year round."""
    return _clock(one) == _clock(other)


def folded(name: str) -> str:
    """A Latin name without case, accents and marks.

    >>> folded("Saint-Étienne"), folded("Xi’an")
    ('saint etienne', 'xian')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return " ".join(plain.casefold().replace("-", " ").replace("'", "").split())


def bare_han(name: str) -> str:
    """A Han name without the 市 or 县 that readers may leave out."""
    return name[:-1] if len(name) > 2 and name[-1] in "市县" else name


# Ways to read


def _by_offset(words: str) -> tuple[Place, ...]:
    if words in _ZERO:
        return (Place("", "", "Etc/UTC"),)
    match = _OFFSET.fullmatch(words) or _HAN_OFFSET.fullmatch(_bare(words))
    if match is None:
        return ()
    parts = match.groupdict()
    minutes = _number(parts["hours"]) * 60 + int(parts.get("minutes") or 0)
    zone = _zone_of_offset(-minutes if parts["sign"] in {"-", "西"} else minutes)
    return (Place("", "", zone),) if zone else ()


def _zone_of_offset(minutes: int) -> str | None:
    """POSIX counts west of Greenwich, so the signs of Etc are turned round."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return _ODD_OFFSETS.get(minutes)
    zone = "Etc/UTC" if hours == 0 else f"Etc/GMT{-hours:+d}"
    return zone if zone in _known() else None


def _by_clock(words: str) -> tuple[Place, ...]:
    zone = _CLOCKS.get(_bare(words))
    return (Place("", "", zone),) if zone else ()


def _by_path(words: str) -> tuple[Place, ...]:
    return _by_zone(words) if "/" in words else ()


def _by_zone(words: str) -> tuple[Place, ...]:
    zone = _zones().get(words.replace(" ", "_"))
    return (Place("", "", zone),) if zone else ()


def _by_namesake(words: str) -> tuple[Place, ...]:
    """What a zone is named after, however small: Lord Howe."""
    zone = _namesakes().get(_bare(words))
    return (Place("", "", zone),) if zone else ()


def _by_country(words: str) -> tuple[Place, ...]:
    code = _countries().get(_bare(words))
    return _clocks_of(code) if code else ()


def _by_city(words: str) -> tuple[Place, ...]:
    """A city, with or without its country: 美国波特兰, Portland, US."""
    bare = _bare(words)
    found = _choice(_named(bare))
    return found or _choice(_of_country(bare)) or _choice(_named(bare.partition(",")[0]))


def _of_country(words: str) -> list[Place]:
    """Cities of a country that is named before them in Chinese, or after a comma."""
    name, comma, country = (part.strip() for part in words.partition(","))
    if comma:
        code = _countries().get(country)
        return [place for place in _named(name) if place.country == code]
    for length in range(2, len(words) - 1):
        code = _countries().get(words[:length])
        cities = [place for place in _named(words[length:]) if place.country == code]
        if code and cities:
            return cities
    return []


def _choice(places: Iterable[Place]) -> tuple[Place, ...]:
    """The largest place of each country and clock; the first alone where it is clear."""
    largest: dict[tuple[str, Clock], Place] = {}
    for place in sorted(places, key=lambda place: -place.people):
        largest.setdefault((place.country, _clock(place.zone)), place)
    found = list(largest.values())[:MOST_PLACES]
    if len(found) > 1 and found[0].people > _TIMES_LARGER * found[1].people:
        found = found[:1]
    if found and found[0].zone in _ALSO and len(found) == 1:
        place = found[0]
        found.insert(0, replace(place, zone=_ALSO[place.zone]))
    return tuple(found)


def _clocks_of(country: str) -> tuple[Place, ...]:
    """The largest city of each clock of a country, by how many people live by it."""
    largest: dict[Clock, Place] = {}
    people: defaultdict[Clock, int] = defaultdict(int)
    for place in _table().cities:
        if place.country == country:
            largest.setdefault(_clock(place.zone), place)
            people[_clock(place.zone)] += place.people
    clocks = sorted(largest, key=lambda clock: -people[clock])[:MOST_PLACES]
    if not clocks:
        zones = [zone for zone in get_global("territory_zones").get(country, ()) if zone_at(zone)]
        return (Place("", country, zones[0]),) if zones else ()
    if people[clocks[0]] >= _ALMOST_ALL * sum(people.values()):
        clocks = clocks[:1]
    return tuple(replace(largest[clock], name="") for clock in clocks)


# What there is


@dataclass(frozen=True)
class _Table:
    """The cities, and where each name stands among them."""

    cities: tuple[Place, ...]
    names: dict[str, list[int]]
    sounds: dict[str, list[int]]  # pinyin, for what is no name


@cache
def _table() -> _Table:
    cities: list[Place] = []
    names: defaultdict[str, list[int]] = defaultdict(list)
    sounds: defaultdict[str, list[int]] = defaultdict(list)
    for line in CITIES.read_text("utf-8").splitlines():
        name, country, zone, people, han, latin, pinyin = line.split("\t")
        if zone not in _known():
            continue
        for each in {folded(name), *han.split("|"), *latin.split("|")} - {""}:
            names[each].append(len(cities))
        for each in {folded(name).replace(" ", ""), *pinyin.split("|")} - {""}:
            sounds[each].append(len(cities))
        cities.append(Place(name, country, zone, int(people)))
    return _Table(tuple(cities), dict(names), dict(sounds))


def _named(words: str) -> list[Place]:
    """The cities of a name; those in Han keep the name they were asked by."""
    table = _table()
    if _has_han(words):
        found = [table.cities[number] for number in table.names.get(bare_han(words), ())]
        return [replace(place, name=words) for place in found]
    key = folded(words)
    numbers = table.names.get(key) or table.sounds.get(key.replace(" ", ""), [])
    return [table.cities[number] for number in numbers]


@cache
def _countries() -> dict[str, str]:
    """Names of countries in the three languages we speak, and their ISO codes."""
    codes = dict(_COUNTRIES_TOO)
    for language in ("zh_Hant", "zh_Hans", "en"):
        for code, name in Locale.parse(language).territories.items():
            if code.isalpha() and len(code) == 2 and code not in _NO_COUNTRIES:
                key = to_script(name, "simplified") if _has_han(name) else folded(name)
                codes.setdefault(key, code)
    return codes


@cache
def _namesakes() -> dict[str, str]:
    """What zones are named after, in the three languages we speak, and their IANA names."""
    named: dict[str, str] = {}
    for language in ("zh_Hant", "zh_Hans", "en"):
        for zone, names in Locale.parse(language).time_zones.items():
            if "city" in names and zone in _known() and not zone.startswith("Etc/"):
                named.setdefault(_bare(_plain(names["city"])), zone)
    others = _known() - get_global("zone_aliases").keys()  # without Australia/West and the like
    for zone in sorted(others):
        region, _, name = zone.rpartition("/")
        if region and region != "Etc":
            named.setdefault(folded(name.replace("_", " ")), zone)
    return named


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones() - _NO_PLACES)


@cache
def _zones() -> dict[str, str]:
    """The IANA names of this machine by their small letters."""
    return {name.lower(): name for name in _known()}


@cache
def _clock(zone: str) -> Clock:
    return tuple(instant.astimezone(ZoneInfo(zone)).utcoffset() for instant in _MONTHS)


# Words


def _plain(text: str) -> str:
    """Small letters, simplified characters, ASCII marks."""
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace("−", "-")
    plain = plain.replace("，", ",")
    return to_script(plain, "simplified") if _has_han(plain) else plain


def _bare(words: str) -> str:
    """Without the 时间 behind a place, and without accents where it is Latin."""
    if not _has_han(words):
        return folded(words.removesuffix(" time"))
    for ending in _HAN_ENDINGS:
        if words.endswith(ending) and len(words) > len(ending):
            return words.removesuffix(ending).strip()
    return words


def _has_han(text: str) -> bool:
    return any(map(is_han, text))


def _number(hours: str) -> int:
    if hours.isdecimal():
        return int(hours)
    ones = "零一二三四五六七八九".find(hours[-1])
    return 10 + max(ones, 0) if hours[0] == "十" else ones
