"""Games of 接龙: whose lines stand, and who may add the next. It does not know what a line is.

One game is open in a chat and topic. A line is taken only onto the lines that its writer saw:
of two that come at once one is taken, the other is told. A finished poem is stored together
with its last line, both or neither.
"""

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.records import Game, NewGame, NewPoem, NewRequest
from bot.storage.rows import columns, read
from bot.storage.tables import chats, jielong_games, poems, requests

ROW = jielong_games.c
GAME = columns(jielong_games, Game)
OPEN = ROW.ended_at.is_(None)


class JielongStore:
    """Every game, open or over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(
        self, new: NewGame, *, idle_since: datetime, now: datetime
    ) -> tuple[Game, bool]:
        """A new game, and True; or the one that is open there, and False. One that nobody has
        touched since `idle_since` is over. The chat was `seen`."""
        there = (ROW.chat_id == new.chat_id, ROW.thread_id.is_not_distinct_from(new.thread_id))
        idle = update(jielong_games).where(OPEN, *there, ROW.updated_at < idle_since)
        values = {**dataclasses.asdict(new), "lines": (), "authors": ()}
        add = insert(jielong_games).values(**values, created_at=now, updated_at=now)
        async with self._database.writing() as connection:
            await _one_at_a_time(connection, new.chat_id)
            await connection.execute(idle.values(ended_at=now, ended_reason="idle"))
            known = await _first(connection, OPEN, *there)
            if known is not None:
                return known, False
            return read(Game, (await connection.execute(add.returning(*GAME))).one()), True

    async def open_in(self, chat_id: int, thread_id: int | None) -> Game | None:
        """The game that is open in a chat and topic, or None."""
        there = (ROW.chat_id == chat_id, ROW.thread_id.is_not_distinct_from(thread_id))
        async with self._database.reading() as connection:
            return await _first(connection, OPEN, *there)

    async def get(self, game_id: int, *, chat_id: int) -> Game | None:
        """The game, if it is played in this chat."""
        async with self._database.reading() as connection:
            return await _first(connection, ROW.id == game_id, ROW.chat_id == chat_id)

    async def shown_as(self, chat_id: int, message_id: int) -> Game | None:
        """The game whose lines this message shows, or None."""
        async with self._database.reading() as connection:
            return await _first(connection, ROW.chat_id == chat_id, ROW.message_id == message_id)

    async def show_as(self, game_id: int, message_id: int) -> None:
        """Remember the message that shows the game now."""
        async with self._database.writing() as connection:
            shown = update(jielong_games).where(ROW.id == game_id)
            await connection.execute(shown.values(message_id=message_id))

    async def set_lines(
        self, game: Game, lines: tuple[str, ...], authors: tuple[str, ...], *, now: datetime
    ) -> Game | None:
        """Other lines in the place of those in `game`; None where the game has moved on."""
        async with self._database.writing() as connection:
            values = {"lines": lines, "authors": authors, "updated_at": now}
            return await _change(connection, game, **values)

    async def finish(
        self,
        game: Game,
        authors: tuple[str, ...],
        poem: NewPoem,
        asked: NewRequest,
        *,
        now: datetime,
    ) -> Game | None:
        """The poem of all its lines, stored; None where the game has moved on."""
        over = {"ended_at": now, "ended_reason": "finished", "updated_at": now}
        store = insert(poems).values(**dataclasses.asdict(poem), created_at=now)
        async with self._database.writing() as connection:
            if await _change(connection, game, lines=poem.lines, authors=authors, **over) is None:
                return None
            poem_id = (await connection.execute(store.returning(poems.c.id))).scalar_one()
            answered = dataclasses.asdict(asked) | {"poem_id": poem_id, "created_at": now}
            await connection.execute(insert(requests).values(**answered))
            told = update(jielong_games).where(ROW.id == game.id).values(poem_id=poem_id)
            return read(Game, (await connection.execute(told.returning(*GAME))).one())

    async def end(self, game_id: int, reason: str, *, now: datetime) -> bool:
        """The game is over; False when it was already."""
        ended = update(jielong_games).where(OPEN, ROW.id == game_id)
        async with self._database.writing() as connection:
            row = await connection.execute(
                ended.values(ended_at=now, ended_reason=reason).returning(ROW.id)
            )
            return row.first() is not None


async def _one_at_a_time(connection: AsyncConnection, chat_id: int) -> None:
    """Whoever begins a game in a chat waits for who does so too. SQLite, which has one writer,
    leaves the lock out."""
    await connection.execute(select(chats.c.id).where(chats.c.id == chat_id).with_for_update())


async def _first(connection: AsyncConnection, *conditions: ColumnElement[bool]) -> Game | None:
    query = select(*GAME).where(*conditions).order_by(ROW.id.desc()).limit(1)
    row = (await connection.execute(query)).first()
    return read(Game, row) if row else None


async def _change(connection: AsyncConnection, game: Game, **values: Any) -> Game | None:
    """The game as it is then, where nobody has changed its lines meanwhile."""
    same = ROW.lines == game.lines if game.lines else ROW.lines.is_(None)
    unchanged = update(jielong_games).where(OPEN, ROW.id == game.id, same)
    row = (await connection.execute(unchanged.values(**values).returning(*GAME))).first()
    return read(Game, row) if row else None
