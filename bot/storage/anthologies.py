"""What a person kept or asked for, as a book: chosen by form, theme, month or words, and what
there is to choose from.

It does not know how a word is spelt otherwise, nor where a month begins: both are given to it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, or_, select, true

from bot.storage.database import Database
from bot.storage.poems import ASKED_FOR, page_of_poems
from bot.storage.records import Page, PoemFilter, Shelf, StoredPoem, ThemeCount
from bot.storage.tables import favourites, poems, requests

SEARCHED = (poems.c.title, poems.c.theme, poems.c.heads, poems.c.first_line, poems.c.text)


@dataclass(frozen=True)
class _Source:
    """The table that says whose a poem is; which of its rows count; in which order they came."""

    table: Table
    only: ColumnElement[bool]
    order: tuple[ColumnElement[Any], ...]


SOURCES = {
    # A favourite that was let go and taken back has its old date and a new id.
    Shelf.FAVOURITES: _Source(favourites, true(), (favourites.c.created_at, favourites.c.id)),
    Shelf.HISTORY: _Source(requests, ASKED_FOR, (requests.c.id,)),
}


class AnthologyStore:
    """Pages of a person's poems, and how many there are of each form, theme and month."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(
        self,
        shelf: Shelf,
        user_id: int,
        chosen: PoemFilter,
        *,
        newest_first: bool = True,
        offset: int,
        limit: int,
    ) -> Page[StoredPoem]:
        """The chosen poems of a shelf, by when they came there."""
        source = SOURCES[shelf]
        return await page_of_poems(
            self._database,
            source.table,
            user_id,
            offset=offset,
            limit=limit,
            only=source.only & _chosen(source.table, chosen),
            order=[column.desc() if newest_first else column.asc() for column in source.order],
        )

    async def forms(self, shelf: Shelf, user_id: int) -> dict[str, int]:
        """How many poems of each form, the most frequent first."""
        count = func.count()
        query = _of(shelf, user_id, select(poems.c.form, count)).group_by(poems.c.form)
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(count.desc(), poems.c.form))
            return {form: number for form, number in rows}  # noqa: C416 - dict(rows) is no mapping to mypy

    async def themes(self, shelf: Shelf, user_id: int, *, limit: int) -> tuple[ThemeCount, ...]:
        """The most frequent themes, each with the newest of its poems."""
        count, newest = func.count(), func.max(poems.c.id)
        query = _of(shelf, user_id, select(poems.c.theme, count, newest))
        query = query.where(poems.c.theme != "").group_by(poems.c.theme)
        query = query.order_by(count.desc(), newest.desc()).limit(limit)
        async with self._database.reading() as connection:
            return tuple(ThemeCount(*row) for row in await connection.execute(query))

    async def dates(self, shelf: Shelf, user_id: int) -> tuple[datetime, ...]:
        """When each poem came, the newest first."""
        came = SOURCES[shelf].table.c.created_at
        query = _of(shelf, user_id, select(came)).order_by(came.desc())
        async with self._database.reading() as connection:
            return tuple((await connection.execute(query)).scalars())


def _of(shelf: Shelf, user_id: int, query: Select[Any]) -> Select[Any]:
    """The query, over the poems of a person's shelf."""
    source = SOURCES[shelf]
    joined = query.select_from(source.table).join(poems, poems.c.id == source.table.c.poem_id)
    return joined.where(source.table.c.user_id == user_id, source.only)


def _chosen(among: Table, chosen: PoemFilter) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    if chosen.form is not None:
        condition &= poems.c.form == chosen.form
    if chosen.theme is not None:
        condition &= poems.c.theme == chosen.theme
    if chosen.since is not None:
        condition &= among.c.created_at >= chosen.since
    if chosen.until is not None:
        condition &= among.c.created_at < chosen.until
    for spellings in chosen.words:
        found = (
            column.icontains(each, autoescape=True) for column in SEARCHED for each in spellings
        )
        condition &= or_(*found)
    return condition
