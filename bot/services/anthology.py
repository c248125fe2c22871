"""A person's poems as a book one leafs through: what they kept, what they asked for.

It knows scripts and months; how the book looks is the handlers'. Where a month begins is said
by the clock of a zone.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

from bot.services.form_names import named_form
from bot.storage import Page, PoemFilter, Shelf, Store, StoredPoem, ThemeCount
from poetry_model import to_script
from poetry_model.script import SCRIPTS, traditional_forms

MOST_THEMES = 24  # to choose from; the others are found by searching
_MOST_SPELLINGS = 16  # of one word


@dataclass(frozen=True, order=True)
class Month:
    """A month of a calendar.

    >>> Month.of_number(202604).number
    202604
    """

    year: int
    month: int

    @classmethod
    def of_number(cls, number: int) -> "Month":
        """The month written as YYYYMM; ValueError where there is none."""
        year, month = divmod(number, 100)
        datetime(year, month, 1)  # noqa: DTZ001 - only asks whether there is one
        return cls(year, month)

    @property
    def number(self) -> int:
        """YYYYMM"""
        return self.year * 100 + self.month

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first instant, and the first that is no longer in it."""
        year, month = (self.year, self.month + 1) if self.month < 12 else (self.year + 1, 1)
        return (
            datetime(self.year, self.month, 1, tzinfo=zone),
            datetime(year, month, 1, tzinfo=zone),
        )


@dataclass(frozen=True)
class Selection:
    """Which poems of a shelf, in which order. At most one of the others is given."""

    shelf: Shelf
    newest_first: bool = True
    form: str | None = None
    theme: str | None = None
    month: Month | None = None
    words: str = ""

    def filter(self, zone: ZoneInfo) -> PoemFilter:
        """The same, as the store wants it; among other words the name of a form is that form."""
        since, until = self.month.span(zone) if self.month else (None, None)
        words = self.words.split()
        named = next((word for word in words if len(words) > 1 and named_form(word)), None)
        form = named_form(named) if named else self.form
        found = tuple(spellings(word) for word in words if word != named)
        return PoemFilter(form, self.theme, since, until, found)


class Anthology:
    """Leafs through a person's poems."""

    def __init__(self, store: Store, *, default_zone: str) -> None:
        self._store = store
        self._default_zone = default_zone

    async def page(
        self, selection: Selection, user_id: int, *, zone: str | None, offset: int, limit: int
    ) -> Page[StoredPoem]:
        """The selected poems from `offset` on, or the last page that has any before it."""
        asked = offset
        while True:
            page = await self._store.anthologies.page(
                selection.shelf,
                user_id,
                selection.filter(self._zone(zone)),
                newest_first=selection.newest_first,
                offset=asked,
                limit=limit,
            )
            if page.items or page.total == 0 or asked == 0:
                return page
            asked = max(0, (page.total - 1) // limit * limit)

    async def any_poem(
        self,
        selection: Selection,
        user_id: int,
        *,
        zone: str | None,
        choose: Callable[[int], int],
    ) -> StoredPoem | None:
        """The poem that `choose` picks by a number below the count; None where there is none."""
        first = await self.page(selection, user_id, zone=zone, offset=0, limit=1)
        if not first.items:
            return None
        offset = choose(first.total)
        page = await self.page(selection, user_id, zone=zone, offset=offset, limit=1)
        return page.items[0] if page.items else None

    async def forms(self, shelf: Shelf, user_id: int) -> dict[str, int]:
        """How many poems of each form."""
        return await self._store.anthologies.forms(shelf, user_id)

    async def themes(self, shelf: Shelf, user_id: int) -> tuple[ThemeCount, ...]:
        """The most frequent themes."""
        return await self._store.anthologies.themes(shelf, user_id, limit=MOST_THEMES)

    async def months(self, shelf: Shelf, user_id: int, *, zone: str | None) -> dict[Month, int]:
        """How many poems of each month, the latest first."""
        dates = await self._store.anthologies.dates(shelf, user_id)
        return by_month(dates, self._zone(zone))

    def _zone(self, zone: str | None) -> ZoneInfo:
        return ZoneInfo(zone or self._default_zone)


def by_month(dates: Iterable[datetime], zone: ZoneInfo) -> dict[Month, int]:
    """How many of the instants lie in each month, in the order in which the months come."""
    local = (date.astimezone(zone) for date in dates)
    return dict(Counter(Month(date.year, date.month) for date in local))


def spellings(word: str) -> tuple[str, ...]:
    """A word as poems of either script may spell it.

    >>> spellings("头发"), spellings("月")
    (('头发', '頭髮', '頭發'), ('月',))
    """
    typed = [word, *(to_script(word, script) for script in SCRIPTS)]
    forms = [traditional_forms(character) for character in word]
    possible = list(product(*forms)) if len(word) <= 2 else []
    return tuple(dict.fromkeys([*typed, *map("".join, possible[:_MOST_SPELLINGS])]))
