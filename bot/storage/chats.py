"""Chats and what they chose. It does not know what the choices mean."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.records import Chat
from bot.storage.rows import columns, read
from bot.storage.tables import chats, jielong_games, requests, subscriptions

CHAT = columns(chats, Chat)
CHOICES = {
    *("language", "script", "timezone", "default_form", "boldness", "paper", "layout"),
}


class ChatStore:
    """The chats this bot has met."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(
        self, chat_id: int, kind: str, *, now: datetime, heard: str | None = None
    ) -> Chat:
        """The chat, remembered if it is new; one that writes to us has not blocked us.

        `heard` is the language somebody speaks there, where that is the chat's own.
        """
        known = await self.get(chat_id)
        if known and _unchanged(known, kind, heard):
            return known  # most updates end here, without a write
        news = {"kind": str(kind)} | ({"heard_language": heard} if heard else {})
        insert = self._database.insert(chats).values(id=chat_id, created_at=now, **news)
        upsert = insert.on_conflict_do_update(
            index_elements=["id"], set_=news | {"blocked_at": None}
        )
        async with self._database.writing() as connection:
            return read(Chat, (await connection.execute(upsert.returning(*CHAT))).one())

    async def get(self, chat_id: int) -> Chat | None:
        """The chat, or None when it was never seen."""
        async with self._database.reading() as connection:
            row = await find_chat(connection, chat_id)
        return read(Chat, row) if row else None

    async def choose(self, chat_id: int, **choices: str | None) -> Chat | None:
        """Remember what was chosen there, by the names of Chat's fields; None is no choice.

        The chat as it is now, or None when it was never seen.
        """
        if not choices.keys() <= CHOICES:
            raise ValueError(f"nothing to choose: {sorted(choices.keys() - CHOICES)}")
        change = update(chats).where(chats.c.id == chat_id).values(**choices)
        async with self._database.writing() as connection:
            row = (await connection.execute(change.returning(*CHAT))).one_or_none()
        return read(Chat, row) if row else None

    async def hear(self, chat_id: int, language: str) -> None:
        """Remember the language spoken there, for what comes unasked."""
        await self._set(chat_id, heard_language=language)

    async def set_timezone(self, chat_id: int, timezone: str | None) -> None:
        """Remember its time zone, an IANA name. A subscription keeps the one it was made with."""
        await self._set(chat_id, timezone=timezone)

    async def set_menu(self, chat_id: int, language: str | None) -> None:
        """Remember that the chat has a command menu of its own in this language, or none."""
        await self._set(chat_id, menu=language)

    async def mark_blocked(self, chat_id: int, *, now: datetime) -> None:
        """Remember that the bot can't write there, since when."""
        await self._set(chat_id, blocked_at=now)

    async def move(self, old_id: int, new_id: int, *, now: datetime) -> None:
        """Let everything of the old chat follow to its new id, and forget the old one.

        What was chosen in the old chat holds in the new one, unless that has a choice of its own.
        Where the new chat has a daily poem at the same hour already, that is the younger
        wish: it stays, and the old chat's ends.
        """
        async with self._database.writing() as connection:
            old = await find_chat(connection, old_id)
            if old is None or old_id == new_id:
                return
            values = {**old._mapping, "id": new_id, "kind": "supergroup"}
            values |= {"blocked_at": None, "menu": None}
            insert = self._database.insert(chats).values(values)
            kept = {
                name: func.coalesce(chats.c[name], insert.excluded[name])
                for name in (*CHOICES, "heard_language")
            }
            await connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=kept))
            await end_same_hours(connection, old_id, new_id, now)
            for table in (requests, subscriptions, jielong_games):
                moved = update(table).where(table.c.chat_id == old_id).values(chat_id=new_id)
                await connection.execute(moved)
            await connection.execute(delete(chats).where(chats.c.id == old_id))

    async def _set(self, chat_id: int, **values: Any) -> None:
        async with self._database.writing() as connection:
            await connection.execute(update(chats).where(chats.c.id == chat_id).values(**values))


def _unchanged(known: Chat, kind: str, heard: str | None) -> bool:
    same_language = heard in (None, known.heard_language)
    return known.kind == str(kind) and known.blocked_at is None and same_language


async def find_chat(connection: AsyncConnection, chat_id: int) -> Row[Any] | None:
    """The row of a chat, if there is one."""
    query = select(*CHAT).where(chats.c.id == chat_id)
    return (await connection.execute(query)).one_or_none()


async def end_same_hours(
    connection: AsyncConnection, old_id: int, new_id: int, now: datetime
) -> None:
    """End the old chat's daily poems that the new chat has at the same hour and topic."""
    active = subscriptions.c.ended_at.is_(None)
    ours = subscriptions.alias()
    same = exists().where(
        ours.c.ended_at.is_(None),
        ours.c.chat_id == new_id,
        ours.c.local_time == subscriptions.c.local_time,
        ours.c.thread_id.is_not_distinct_from(subscriptions.c.thread_id),
    )
    ended = update(subscriptions).where(active, subscriptions.c.chat_id == old_id, same)
    await connection.execute(ended.values(ended_at=now, ended_reason="moved"))
