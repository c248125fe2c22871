"""The diary of the daily poem: one row per subscription and local date.

It owns how rows are taken, held and let go, many in one statement. What should become of a
delivery is decided in `bot.services.daily`, whose docstring is the contract this serves.

A claim is a token and a lease. Whoever lost the lease can't write any more, with one
exception: that Telegram said yes is always recorded.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from bot.storage.database import Database
from bot.storage.poems import add_poems
from bot.storage.records import (
    Claim,
    ClaimedDelivery,
    Delivery,
    DeliveryState,
    Settlement,
    StoredPoem,
    Subscription,
    WaitingDeliveries,
    WrittenDaily,
)
from bot.storage.rows import columns, read
from bot.storage.tables import UtcDateTime, chats, deliveries, poems, requests, subscriptions

# An answer may be lost once and the poem sent again; after a second loss it is left alone.
MOST_UNANSWERED = 2

DELIVERY = columns(deliveries, Delivery)
ROW = deliveries.c
OPEN = ROW.finished_at.is_(None)
ASKED = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
DAILY = "daily"  # the kind of request that a daily poem answers
NO_LEASE = {"lease_token": None, "lease_until": None}


class DeliveryStore:
    """Claims deliveries and records what became of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self, now: datetime, *, limit: int, lease_until: datetime
    ) -> tuple[ClaimedDelivery, ...]:
        """Take up to `limit` deliveries that are due and in nobody's hands.

        A row still in sending whose lease is over is of a process that died asking.
        """
        due = (ROW.next_attempt_at <= now, ROW.deadline_at > now, ROW.unanswered < MOST_UNANSWERED)
        return await self._take(and_(*due), now, limit, lease_until)

    async def claim_ahead(
        self, now: datetime, *, until: datetime, limit: int, lease_until: datetime
    ) -> tuple[ClaimedDelivery, ...]:
        """Take up to `limit` deliveries due after `now` and by `until` that have no poem yet.

        Only those nobody tried before: what failed ahead of its hour is tried again in it.
        """
        ahead = (
            ROW.next_attempt_at > now,
            ROW.next_attempt_at <= until,
            ROW.poem_id.is_(None),
            ROW.state == DeliveryState.PLANNED,
            ROW.attempts == 0,
        )
        return await self._take(and_(*ahead), now, limit, lease_until)

    async def attach_poems(
        self, written: Sequence[WrittenDaily], *, let_go: bool, now: datetime
    ) -> dict[int, StoredPoem]:
        """Store the poems and tie each to its delivery, READY; by the delivery's id.

        All in one transaction; a poem whose lease was lost is not stored. With `let_go` the
        claims end and count for nothing: the poems were written ahead.
        """
        release = {**NO_LEASE, "attempts": ROW.attempts - 1} if let_go else {}
        tie = update(deliveries).where(ROW.id == bindparam("of_id"))
        tie = tie.values(poem_id=bindparam("of_poem"), state=DeliveryState.READY, **release)
        async with self._database.writing() as connection:
            held = await self._lock(connection, [each.claim for each in written])
            kept = {each.claim.delivery_id: each.poem for each in written}
            kept = {row_id: poem for row_id, poem in kept.items() if row_id in held}
            if not kept:
                return {}
            stored = await add_poems(connection, list(kept.values()), now)
            tied = dict(zip(kept, stored, strict=True))
            values = [{"of_id": row_id, "of_poem": poem.id} for row_id, poem in tied.items()]
            await connection.execute(tie, values)
        return tied

    async def begin_sending(
        self, claims: Sequence[Claim], *, lease_until: datetime, now: datetime
    ) -> set[int]:
        """Write down, before Telegram is asked, that it is. Those left out lost their lease.

        From now on the poem is among what its chat asked for: its buttons work when it arrives.
        Where it surely did not arrive, `settle` takes that back.
        That comes first, for it locks the chats' rows; who changes a subscription takes locks
        in the same order.
        """
        begin = update(deliveries).where(_held_by(claims))
        begin = begin.values(
            state=DeliveryState.SENDING, unanswered=ROW.unanswered + 1, lease_until=lease_until
        )
        async with self._database.writing() as connection:
            noted = set((await connection.execute(_requests_of(claims, now))).scalars())
            rows = (await connection.execute(begin.returning(ROW.id, ROW.poem_id))).all()
            lost = noted - {row.poem_id for row in rows}
            if lost:
                await connection.execute(delete(requests).where(requests.c.poem_id.in_(lost)))
        return {row.id for row in rows}

    async def mark_sent(self, sent: Sequence[tuple[Claim, int]], *, now: datetime) -> None:
        """Record Telegram's yes with the ids of its messages, whoever holds the leases by now."""
        mark = update(deliveries).where(
            ROW.id == bindparam("of_id"), ROW.state != DeliveryState.SENT
        )
        mark = mark.values(
            state=DeliveryState.SENT,
            message_id=bindparam("of_message"),
            finished_at=now,
            **NO_LEASE,
        )
        values = sorted((claim.delivery_id, message_id) for claim, message_id in sent)
        async with self._database.writing_once() as connection:
            await connection.execute(
                mark, [{"of_id": row_id, "of_message": message} for row_id, message in values]
            )

    async def repeats(self, texts: Sequence[tuple[int, str]]) -> set[tuple[int, str]]:
        """Which of these (chat, text of a poem) the chat has seen already."""
        same = select(poems.c.id).where(poems.c.text.in_({text for _, text in texts}))
        async with self._database.reading() as connection:
            known = (await connection.execute(same)).scalars().all()
            if not known:
                return set()
            rows = (await connection.execute(_seen_by(known))).all()
        return {(row.chat_id, row.text) for row in rows} & set(texts)

    async def planned_until(self, since: datetime, until: datetime) -> tuple[Delivery, ...]:
        """The deliveries due between these, finished or not, and open ones from before.

        With them the days that are skipped: their rows keep the hour of then, which may have
        been changed since.
        """
        due = and_(ROW.due_at < until, or_(ROW.due_at >= since, OPEN))
        skipped = and_(~OPEN, ROW.local_date >= since.date())
        query = select(*DELIVERY).where(or_(due, skipped)).order_by(ROW.due_at, ROW.id)
        async with self._database.reading() as connection:
            return tuple(read(Delivery, row) for row in await connection.execute(query))

    async def waiting(self, now: datetime) -> WaitingDeliveries:
        """How many deliveries are open."""
        is_due = ROW.next_attempt_at <= now
        query = (
            select(is_due.label("is_due"), ROW.state, func.count().label("rows"))
            .where(OPEN)
            .group_by(is_due, ROW.state)
        )
        counts = {"due": 0, "ready": 0, "planned": 0}
        async with self._database.reading() as connection:
            for row in await connection.execute(query):
                written = row.state != DeliveryState.PLANNED
                counts["due" if row.is_due else "ready" if written else "planned"] += row.rows
        return WaitingDeliveries(**counts)

    async def settle(self, claim: Claim, settlement: Settlement, *, now: datetime) -> bool:
        """Let a delivery go that was not sent. False: the lease was lost."""
        values: dict[str, Any] = {"state": settlement.state, "reason": settlement.reason}
        if settlement.next_attempt_at is None:
            values["finished_at"] = now
        else:
            values["next_attempt_at"] = settlement.next_attempt_at
        if not settlement.counted:
            values["attempts"] = ROW.attempts - 1
        if settlement.said_no:
            return await self._take_back(claim, **values, **NO_LEASE)
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

    async def day_of(self, poem_id: int, message_id: int) -> date | None:
        """The local date of the daily message that brought this poem; None for any other."""
        query = select(ROW.local_date).where(ROW.poem_id == poem_id, ROW.message_id == message_id)
        async with self._database.reading() as connection:
            return (await connection.execute(query.limit(1))).scalar_one_or_none()

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

    async def _take(
        self, which: ColumnElement[bool], now: datetime, limit: int, lease_until: datetime
    ) -> tuple[ClaimedDelivery, ...]:
        """One statement takes them: FOR UPDATE SKIP LOCKED on PostgreSQL, under the write lock
        of BEGIN IMMEDIATE on SQLite (which knows no FOR UPDATE and leaves it out). The CTE is
        evaluated once; a subquery may be so for each row, each time with other rows."""
        first = select(ROW.id).where(OPEN, free(now), which)
        first = first.order_by(ROW.next_attempt_at, ROW.id).limit(limit)
        chosen = first.with_for_update(skip_locked=True).cte("chosen")
        token = uuid4().hex
        died = ROW.state == DeliveryState.SENDING
        take = (
            update(deliveries)
            .where(ROW.id.in_(select(chosen.c.id)))
            .values(
                lease_token=token,
                lease_until=lease_until,
                attempts=ROW.attempts + 1,
                state=case((died, DeliveryState.UNKNOWN), else_=ROW.state),
            )
        )
        async with self._database.writing_once() as connection:
            taken = (await connection.execute(take.returning(ROW.id))).scalars().all()
        async with self._database.reading() as connection:
            return await self._claimed(connection, taken, token) if taken else ()

    async def _lock(self, connection: AsyncConnection, claims: Sequence[Claim]) -> set[int]:
        """The claims that are held, which nobody takes until this is committed."""
        query = select(ROW.id).where(_held_by(claims)).order_by(ROW.id).with_for_update()
        return set((await connection.execute(query)).scalars())

    async def _write(self, claim: Claim, **values: Any) -> bool:
        change = update(deliveries).where(_held_by([claim])).values(values)
        async with self._database.writing_once() as connection:
            return (await connection.execute(change)).rowcount == 1

    async def _take_back(self, claim: Claim, **values: Any) -> bool:
        """Write that the last send was not made. Where no other one may have arrived, the chat
        has not seen the poem, and it is not among what the chat asked for."""
        change = update(deliveries).where(_held_by([claim]))
        change = change.values(values | {"unanswered": ROW.unanswered - 1})
        of_chat = delete(requests).where(requests.c.kind == DAILY)
        async with self._database.writing() as connection:
            written = await connection.execute(change.returning(ROW.poem_id, ROW.unanswered))
            row = written.one_or_none()
            if row is not None and row.unanswered == 0:
                # IN, since a poem that is forgotten by now is NULL, as in others' requests.
                await connection.execute(of_chat.where(requests.c.poem_id.in_([row.poem_id])))
        return row is not None

    async def _claimed(
        self, connection: AsyncConnection, ids: Sequence[int], token: str
    ) -> tuple[ClaimedDelivery, ...]:
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


def _seen_by(poem_ids: Sequence[int]) -> CompoundSelect[tuple[int | None, str]]:
    """Which chats have seen these poems, or will when their deliveries are sent."""
    asked = select(requests.c.chat_id, poems.c.text).join_from(requests, poems)
    coming = select(subscriptions.c.chat_id, poems.c.text).join_from(deliveries, poems)
    coming = coming.join(subscriptions, subscriptions.c.id == ROW.subscription_id)
    return union(
        asked.where(requests.c.poem_id.in_(poem_ids)), coming.where(ROW.poem_id.in_(poem_ids))
    )


def _held_by(claims: Sequence[Claim]) -> ColumnElement[bool]:
    """The rows of these claims that their tokens still hold."""
    return and_(
        OPEN,
        ROW.id.in_([claim.delivery_id for claim in claims]),
        ROW.lease_token.in_({claim.token for claim in claims}),
    )


def _requests_of(claims: Sequence[Claim], now: datetime) -> ReturningInsert[tuple[int]]:
    """Among the requests, once, what these deliveries are the answer to; the poems' ids."""
    wish = subscriptions.c
    noted = exists().where(requests.c.poem_id == ROW.poem_id)
    values: dict[str, ColumnElement[Any]] = {
        "chat_id": wish.chat_id,
        "user_id": wish.user_id,
        "poem_id": ROW.poem_id,
        "kind": literal(DAILY),
        "form": wish.form,
        "theme": wish.theme,
        "dynasty": wish.dynasty,
        "created_at": literal(now, UtcDateTime),
    }
    rows = select(*values.values()).join_from(deliveries, subscriptions)
    rows = rows.where(_held_by(claims), ROW.poem_id.is_not(None), ~noted)
    return insert(requests).from_select(list(values), rows).returning(requests.c.poem_id)


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
        next_attempt_at=delivery.next_attempt_at,
        attempts=delivery.attempts,
        unanswered=delivery.unanswered,
        poem=read(StoredPoem, row, "poems_") if delivery.poem_id else None,
        subscription=read(Subscription, row, "subscriptions_"),
        language=row.language,
    )
