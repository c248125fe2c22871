"""The diary of the daily poem: one row per subscription and local date.

It owns how a row is taken, held and let go, each in one statement. What should become of a
delivery is decided in `bot.services.daily`, whose docstring is the contract this serves.

A claim is a token and a lease. Whoever lost the lease can't write any more, with one
exception: that Telegram said yes is always recorded.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.records import (
    Claim,
    ClaimedDelivery,
    Delivery,
    DeliveryState,
    Settlement,
    StoredPoem,
    Subscription,
)
from bot.storage.rows import columns, read
from bot.storage.tables import chats, deliveries, poems, subscriptions

# An answer may be lost once and the poem sent again; after a second loss it is left alone.
MOST_UNANSWERED = 2

DELIVERY = columns(deliveries, Delivery)
ROW = deliveries.c
OPEN = ROW.finished_at.is_(None)
ASKED = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
NO_LEASE = {"lease_token": None, "lease_until": None}


class DeliveryStore:
    """Claims deliveries and records what became of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self, now: datetime, *, limit: int, lease_until: datetime
    ) -> tuple[ClaimedDelivery, ...]:
        """Take up to `limit` deliveries that are due and in nobody's hands.

        One statement takes them: FOR UPDATE SKIP LOCKED on PostgreSQL, under the write lock
        of BEGIN IMMEDIATE on SQLite (which knows no FOR UPDATE and leaves it out).
        A row still in sending whose lease is over is of a process that died asking.
        """
        due = (ROW.next_attempt_at <= now, ROW.deadline_at > now, ROW.unanswered < MOST_UNANSWERED)
        chosen = select(ROW.id).where(OPEN, free(now), *due)
        chosen = chosen.order_by(ROW.next_attempt_at, ROW.id).limit(limit)
        token = uuid4().hex
        died = ROW.state == DeliveryState.SENDING
        take = (
            update(deliveries)
            .where(ROW.id.in_(chosen.with_for_update(skip_locked=True)))
            .values(
                lease_token=token,
                lease_until=lease_until,
                attempts=ROW.attempts + 1,
                state=case((died, DeliveryState.UNKNOWN), else_=ROW.state),
            )
        )
        async with self._database.writing() as connection:
            taken = (await connection.execute(take.returning(ROW.id))).scalars().all()
            return await self._claimed(connection, taken, token)

    async def attach_poem(self, claim: Claim, poem_id: int) -> bool:
        """Tie the stored poem to its delivery: READY. False: the lease was lost."""
        return await self._write(claim, poem_id=poem_id, state=DeliveryState.READY)

    async def begin_sending(self, claim: Claim, *, lease_until: datetime) -> bool:
        """Write down, before Telegram is asked, that it is. False: the lease was lost."""
        return await self._write(
            claim,
            state=DeliveryState.SENDING,
            unanswered=ROW.unanswered + 1,
            lease_until=lease_until,
        )

    async def mark_sent(self, claim: Claim, message_id: int, *, now: datetime) -> None:
        """Record Telegram's yes, whoever holds the lease by now."""
        sent = update(deliveries).where(
            ROW.id == claim.delivery_id, ROW.state != DeliveryState.SENT
        )
        sent = sent.values(
            state=DeliveryState.SENT, message_id=message_id, finished_at=now, **NO_LEASE
        )
        async with self._database.writing() as connection:
            await connection.execute(sent)

    async def settle(self, claim: Claim, settlement: Settlement, *, now: datetime) -> bool:
        """Let a delivery go that was not sent. False: the lease was lost."""
        values: dict[str, Any] = {"state": settlement.state, "reason": settlement.reason}
        if settlement.next_attempt_at is None:
            values["finished_at"] = now
        else:
            values["next_attempt_at"] = settlement.next_attempt_at
        if settlement.said_no:
            values["unanswered"] = ROW.unanswered - 1
        if not settlement.counted:
            values["attempts"] = ROW.attempts - 1
        return await self._write(claim, **values, **NO_LEASE)

    async def close_overdue(self, now: datetime) -> dict[DeliveryState, int]:
        """End what can't be sent any more, and count it by its end.

        A day that went by without Telegram being asked is MISSED. Where Telegram was asked
        and the answer is lost, it stays UNKNOWN: the poem may well have arrived.
        """
        over = ROW.deadline_at <= now
        spent = ROW.unanswered >= MOST_UNANSWERED
        ends = {
            DeliveryState.MISSED: and_(ROW.state.not_in(ASKED), over),
            DeliveryState.UNKNOWN: and_(ROW.state.in_(ASKED), or_(over, spent)),
        }
        counts: dict[DeliveryState, int] = {}
        async with self._database.writing() as connection:
            for state, condition in ends.items():
                close = update(deliveries).where(OPEN, free(now), condition)
                close = close.values(state=state, finished_at=now, **NO_LEASE)
                counts[state] = (await connection.execute(close)).rowcount
        return counts

    async def get(self, subscription_id: int, local_date: date) -> Delivery | None:
        """The delivery of a day, if its row exists."""
        rows = await self.of_subscription(subscription_id)
        return next((row for row in rows if row.local_date == local_date), None)

    async def of_subscription(self, subscription_id: int) -> tuple[Delivery, ...]:
        """All deliveries of a subscription by date."""
        query = select(*DELIVERY).where(ROW.subscription_id == subscription_id)
        query = query.order_by(ROW.local_date)
        async with self._database.reading() as connection:
            return tuple(read(Delivery, row) for row in await connection.execute(query))

    async def _write(self, claim: Claim, **values: Any) -> bool:
        held = (ROW.id == claim.delivery_id, ROW.lease_token == claim.token, OPEN)
        async with self._database.writing() as connection:
            written = await connection.execute(update(deliveries).where(*held).values(values))
            return written.rowcount == 1

    async def _claimed(
        self, connection: AsyncConnection, ids: Sequence[int], token: str
    ) -> tuple[ClaimedDelivery, ...]:
        if not ids:
            return ()
        query: Select[Any] = (
            select(
                *DELIVERY,
                *columns(subscriptions, Subscription, "subscriptions_"),
                *columns(poems, StoredPoem, "poems_"),
                func.coalesce(chats.c.language, chats.c.heard_language).label("language"),
            )
            .join(subscriptions, subscriptions.c.id == ROW.subscription_id)
            .join(chats, chats.c.id == subscriptions.c.chat_id)
            .outerjoin(poems, poems.c.id == ROW.poem_id)
            .where(ROW.id.in_(ids))
            .order_by(ROW.next_attempt_at, ROW.id)
        )
        rows = (await connection.execute(query)).all()
        return tuple(read_claimed(row, token) for row in rows)


def free(now: datetime) -> ColumnElement[bool]:
    """Whether a row is in nobody's hands, or in those of one whose lease is over."""
    return or_(ROW.lease_until.is_(None), ROW.lease_until <= now)


def read_claimed(row: Row[Any], token: str) -> ClaimedDelivery:
    """A claimed delivery with its subscription and, once it is written, its poem."""
    delivery = read(Delivery, row)
    return ClaimedDelivery(
        claim=Claim(delivery.id, token),
        local_date=delivery.local_date,
        due_at=delivery.due_at,
        deadline_at=delivery.deadline_at,
        attempts=delivery.attempts,
        unanswered=delivery.unanswered,
        poem=read(StoredPoem, row, "poems_") if delivery.poem_id else None,
        subscription=read(Subscription, row, "subscriptions_"),
        language=row.language,
    )
