"""What operators tell everybody: the text, and one row for each chat that is to hear it.

It owns how rows are taken, held and let go. A row is taken with a lease, whose instant is also
the token: only who took the row last knows it. Right before Telegram is asked the row becomes
SENDING; a row that is still so when its lease is over is of a process that died asking, and
ends as UNKNOWN: nobody hears the same twice. What becomes of a row is decided in
`bot.services.broadcasts`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.records import Audience, Broadcast, BroadcastProgress, MessageState
from bot.storage.rows import columns, read
from bot.storage.tables import broadcast_messages, broadcasts, chats

BROADCAST = columns(broadcasts, Broadcast)
ROW = broadcast_messages.c
OPEN = ROW.finished_at.is_(None)
GROUPS = ("group", "supergroup")


class BroadcastStore:
    """Broadcasts, from the draft to the last chat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def draft(
        self, *, admin_id: int, chat_id: int, language: str, text: str, now: datetime
    ) -> Broadcast:
        """A text that waits to be sent, to people unless somebody says otherwise."""
        new = insert(broadcasts).values(
            admin_id=admin_id,
            chat_id=chat_id,
            language=language,
            audience=Audience.PEOPLE,
            text=text,
            created_at=now,
        )
        async with self._database.writing() as connection:
            row = (await connection.execute(new.returning(*BROADCAST))).one()
        return read(Broadcast, row)

    async def get(self, broadcast_id: int) -> Broadcast | None:
        """The broadcast, or None."""
        query = select(*BROADCAST).where(broadcasts.c.id == broadcast_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return read(Broadcast, row) if row else None

    async def set_message(self, broadcast_id: int, message_id: int) -> None:
        """The message that has its buttons and shows how far it is."""
        change = update(broadcasts).where(broadcasts.c.id == broadcast_id)
        async with self._database.writing() as connection:
            await connection.execute(change.values(message_id=message_id))

    async def set_audience(self, broadcast_id: int, audience: Audience) -> bool:
        """Whom it is for; False once it is started or cancelled."""
        change = update(broadcasts).where(_is_draft(broadcast_id)).values(audience=audience)
        async with self._database.writing() as connection:
            return (await connection.execute(change)).rowcount == 1

    async def count_recipients(self, audience: Audience) -> int:
        """How many chats would hear it now."""
        query = select(func.count()).select_from(chats).where(_hears(audience))
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def start(self, broadcast_id: int, *, now: datetime) -> bool:
        """Make a row for every chat that shall hear it; once. False: started or cancelled."""
        begin = update(broadcasts).where(_is_draft(broadcast_id)).values(started_at=now)
        async with self._database.writing() as connection:
            audience = (
                await connection.execute(begin.returning(broadcasts.c.audience))
            ).scalar_one_or_none()
            if audience is None:
                return False
            recipients = select(
                literal(broadcast_id), chats.c.id, literal(MessageState.WAITING.value)
            ).where(_hears(Audience(audience)))
            await connection.execute(
                insert(broadcast_messages).from_select(
                    ["broadcast_id", "chat_id", "state"], recipients
                )
            )
        return True

    async def cancel(self, broadcast_id: int, *, now: datetime) -> bool:
        """Send no more of it; what is being sent comes to its end. False: too late."""
        going_on = (broadcasts.c.finished_at.is_(None), broadcasts.c.cancelled_at.is_(None))
        stop = update(broadcasts).where(broadcasts.c.id == broadcast_id, *going_on)
        async with self._database.writing() as connection:
            stopped = await connection.execute(stop.values(cancelled_at=now))
            if stopped.rowcount == 0:
                return False
            await _end_waiting(connection, broadcast_id, MessageState.CANCELLED, now)
        return True

    async def unfinished(self) -> tuple[Broadcast, ...]:
        """Those that are started and not at their end, oldest first."""
        query = select(*BROADCAST).where(
            broadcasts.c.started_at.is_not(None), broadcasts.c.finished_at.is_(None)
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(broadcasts.c.id))
            return tuple(read(Broadcast, row) for row in rows)

    async def claim(
        self, broadcast_id: int, *, now: datetime, limit: int, lease_until: datetime
    ) -> tuple[int, ...]:
        """Take up to `limit` waiting chats that are in nobody's hands, in one statement. The CTE
        is evaluated once, whatever the planner makes of the rest."""
        chosen = (
            select(ROW.chat_id)
            .where(
                ROW.broadcast_id == broadcast_id,
                ROW.state == MessageState.WAITING,
                or_(ROW.lease_until.is_(None), ROW.lease_until <= now),
            )
            .order_by(ROW.chat_id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("chosen")
        )
        take = (
            update(broadcast_messages)
            .where(ROW.broadcast_id == broadcast_id, ROW.chat_id.in_(select(chosen.c.chat_id)))
            .values(lease_until=lease_until)
        )
        async with self._database.writing() as connection:
            return tuple((await connection.execute(take.returning(ROW.chat_id))).scalars())

    async def begin(
        self, broadcast_id: int, chat_id: int, *, lease: datetime, lease_until: datetime
    ) -> bool:
        """Write down, before Telegram is asked, that it is. False: cancelled, or the lease is
        lost."""
        wanted = exists().where(
            broadcasts.c.id == broadcast_id, broadcasts.c.cancelled_at.is_(None)
        )
        held = (_is(broadcast_id, chat_id), ROW.state == MessageState.WAITING)
        change = update(broadcast_messages).where(*held, ROW.lease_until == lease, wanted)
        change = change.values(state=MessageState.SENDING, lease_until=lease_until)
        async with self._database.writing() as connection:
            return (await connection.execute(change)).rowcount == 1

    async def settle(
        self, rows: Sequence[tuple[int, int]], state: MessageState, *, now: datetime
    ) -> None:
        """The end of some rows, each a broadcast and a chat."""
        these = tuple_(ROW.broadcast_id, ROW.chat_id).in_(rows)
        async with self._database.writing() as connection:
            await connection.execute(
                update(broadcast_messages).where(these).values(_end(state, now))
            )

    async def put_back(self, broadcast_id: int, chat_id: int, *, until: datetime) -> None:
        """Not sent, surely: wait until then."""
        change = update(broadcast_messages).where(_is(broadcast_id, chat_id), OPEN)
        change = change.values(state=MessageState.WAITING, lease_until=until)
        async with self._database.writing() as connection:
            await connection.execute(change)

    async def redirect(self, broadcast_id: int, old_id: int, new_id: int) -> None:
        """A group became a supergroup: the row follows, unless the new chat has one."""
        new = self._database.insert(broadcast_messages).values(
            broadcast_id=broadcast_id, chat_id=new_id, state=MessageState.WAITING
        )
        old = broadcast_messages.delete().where(_is(broadcast_id, old_id))
        async with self._database.writing() as connection:
            await connection.execute(new.on_conflict_do_nothing())
            await connection.execute(old)

    async def close(self, broadcast_id: int, *, begun_after: datetime, now: datetime) -> None:
        """End what nobody will send: what a process asked that died (it may have arrived), what
        was put back after a cancel, and all that waits in what was begun too long ago."""
        lost = (ROW.broadcast_id == broadcast_id, ROW.state == MessageState.SENDING)
        unknown = update(broadcast_messages).where(*lost, ROW.lease_until <= now)
        query = select(broadcasts.c.cancelled_at, broadcasts.c.started_at)
        async with self._database.writing() as connection:
            await connection.execute(unknown.values(_end(MessageState.UNKNOWN, now)))
            found = await connection.execute(query.where(broadcasts.c.id == broadcast_id))
            cancelled_at, started_at = found.one()
            if cancelled_at is not None:
                await _end_waiting(connection, broadcast_id, MessageState.CANCELLED, now)
            elif started_at <= begun_after:
                await _end_waiting(connection, broadcast_id, MessageState.FAILED, now)

    async def progress(self, broadcast_id: int) -> BroadcastProgress:
        """How many chats are in which state."""
        query = select(ROW.state, func.count()).where(ROW.broadcast_id == broadcast_id)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.group_by(ROW.state))).all()
        return BroadcastProgress(**{str(state): int(count) for state, count in rows})

    async def finish(self, broadcast_id: int, *, now: datetime) -> None:
        """The end of all of it."""
        change = update(broadcasts).where(
            broadcasts.c.id == broadcast_id, broadcasts.c.finished_at.is_(None)
        )
        async with self._database.writing() as connection:
            await connection.execute(change.values(finished_at=now))


def _is(broadcast_id: int, chat_id: int) -> ColumnElement[bool]:
    return and_(ROW.broadcast_id == broadcast_id, ROW.chat_id == chat_id)


def _is_draft(broadcast_id: int) -> ColumnElement[bool]:
    return and_(
        broadcasts.c.id == broadcast_id,
        broadcasts.c.started_at.is_(None),
        broadcasts.c.cancelled_at.is_(None),
    )


def _hears(audience: Audience) -> ColumnElement[bool]:
    """Whether a chat hears what is told to an audience: not where the bot can't write."""
    kinds: tuple[str, ...] = ("private",)
    if audience is Audience.EVERYONE:
        kinds += GROUPS
    return and_(chats.c.kind.in_(kinds), chats.c.blocked_at.is_(None))


async def _end_waiting(
    connection: AsyncConnection, broadcast_id: int, state: MessageState, now: datetime
) -> None:
    waiting = (ROW.broadcast_id == broadcast_id, ROW.state == MessageState.WAITING)
    await connection.execute(update(broadcast_messages).where(*waiting).values(_end(state, now)))


def _end(state: MessageState, now: datetime) -> dict[str, Any]:
    return {"state": state, "finished_at": now, "lease_until": None}
