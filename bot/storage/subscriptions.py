"""Who wants a poem a day, when. It does not know what a local hour is as an instant:
that is `bot.scheduling.next_delivery`, which the daily service asks.

A chat has at most MOST_PER_CHAT daily poems at a time, each of them at an hour of its own in
its topic. What changes one changes the diary in the same transaction:

- Rows that are not due yet and of which Telegram was not asked yet were prepared for the old
  wish, poem and all: they are deleted, and their days are planned anew. Whoever holds one
  finds that it is gone.
- A row that is due already stays through a change: that day is owed. Pausing and ending
  cancel it.
- A skipped day is a row as well, cancelled before its time; so nothing plans it again.
- Who ends a daily poem and begins it again, at the same hour of the same topic, gets no
  second one for a date that had its poem.
- What ended because the bot was blocked or removed is lost: it ended against nobody's wish. The
  chat is told of it once, when it is back, and may have back what was lost last. So is what
  ended because its topic was closed or the bot may not write there; such ends come one by one,
  and each is told.

`plan_at` is the instant from which the planner (`bot.storage.planning`) looks at a subscription
again. Choosing an hour sets it to now; planning sets it to some hours before the next due
instant.

Whoever changes a chat's subscriptions locks the chat's row first, then theirs, then the
diary's: two at once see each other, and the planner, who takes the last two in this order.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import (
    HourTaken,
    MayNotWrite,
    SubscriptionGone,
    TooManySubscriptions,
    TopicClosed,
)
from bot.storage.database import Database
from bot.storage.deliveries import DELIVERY, NO_LEASE
from bot.storage.records import (
    Delivery,
    DeliveryState,
    PlannedDay,
    Subscription,
)
from bot.storage.rows import columns, read
from bot.storage.tables import chats, deliveries, poems, subscriptions

MOST_PER_CHAT = 5
UNSUBSCRIBED, MOVED, PAUSED, SKIPPED = "unsubscribed", "moved", "paused", "skipped"
TOLD = "told"  # in the place of the reason, once its chat was told that it is lost
SUBSCRIPTION = columns(subscriptions, Subscription)
ACTIVE = subscriptions.c.ended_at.is_(None)
SHUT = (MayNotWrite.why, TopicClosed.why)
# Other reasons than these are Telegram's words for a chat that is gone.
LOST = and_(~ACTIVE, subscriptions.c.ended_reason.not_in((UNSUBSCRIBED, MOVED)))
UNTOLD = subscriptions.c.ended_reason != TOLD
GOING = subscriptions.c.paused_at.is_(None)
WAITING = (DeliveryState.PLANNED, DeliveryState.READY)
# Telegram said yes, or may have.
SERVED = (DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.SENT)
_SCHEDULE = ("local_time", "timezone", "weekdays")


class SubscriptionStore:
    """Subscriptions, active and ended."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # What people want

    async def subscribe(
        self,
        chat_id: int,
        user_id: int,
        local_time: time,
        timezone: str,
        theme: str = "",
        form: str | None = None,
        script: str | None = None,
        thread_id: int | None = None,
        *,
        dynasty: str | None = None,
        weekdays: int | None = None,
        now: datetime,
    ) -> Subscription:
        """Begin a daily poem, or give the one of this hour and topic these values.

        A changed one keeps its id, so that what it delivered today still counts, and goes on
        if it was paused. Raises TooManySubscriptions.
        """
        values: dict[str, Any] = {
            "user_id": user_id,
            "local_time": local_time,
            "timezone": timezone,
            "theme": theme,
            "form": form,
            "script": script,
            "thread_id": thread_id,
            "dynasty": dynasty,
            "weekdays": weekdays,
        }
        async with self._database.writing() as connection:
            active = await _lock(connection, chat_id)
            same = _at(active, thread_id, local_time)
            if same is not None:
                return await _change(connection, same, now, values | {"paused_at": None})
            _make_room(active, chat_id)
            times = {"created_at": now, "scheduled_at": now, "plan_at": now}
            served = await _served_through(connection, chat_id, values)
            begin = insert(subscriptions).values(
                chat_id=chat_id, planned_through=served, **times, **values
            )
            row = (await connection.execute(begin.returning(*SUBSCRIPTION))).one()
        return read(Subscription, row)

    async def change(
        self, chat_id: int, subscription_id: int, *, now: datetime, **values: Any
    ) -> Subscription:
        """Give an active subscription of the chat other values, named like its columns.

        Only a new hour, zone or weekday starts its time anew: days due before `now` are then
        not wanted. Raises SubscriptionGone and HourTaken.
        """
        async with self._database.writing() as connection:
            current, others = await _lock_one(connection, chat_id, subscription_id)
            hour = values.get("local_time", current.local_time)
            taken = _at(others, current.thread_id, hour)
            if taken is not None and hour != current.local_time:
                raise HourTaken(taken.id)
            return await _change(connection, current, now, values)

    async def pause(self, chat_id: int, subscription_id: int, *, now: datetime) -> Subscription:
        """Let nothing come until it is resumed. Raises SubscriptionGone."""
        async with self._database.writing() as connection:
            current, _ = await _lock_one(connection, chat_id, subscription_id)
            if current.paused_at is not None:
                return current
            await _cancel_due(connection, [current.id], PAUSED, now)
            return await _change(connection, current, now, {"paused_at": now})

    async def resume(self, chat_id: int, subscription_id: int, *, now: datetime) -> Subscription:
        """Go on from `now`; what would have come meanwhile is not made up for."""
        return await self.change(chat_id, subscription_id, now=now, paused_at=None)

    async def skip(
        self, chat_id: int, subscription_id: int, day: PlannedDay, *, now: datetime
    ) -> bool:
        """Send nothing on this day, which is still to come; False where it is too late.

        Raises SubscriptionGone.
        """
        async with self._database.writing() as connection:
            current, _ = await _lock_one(connection, chat_id, subscription_id)
            row = row_of(current.id, day) | _cancelled(SKIPPED, now)
            insertion = self._database.insert(deliveries).values(row)
            waiting = deliveries.c.state.in_(WAITING) & (deliveries.c.due_at > now)
            skipped = insertion.on_conflict_do_update(
                index_elements=["subscription_id", "local_date"],
                set_=_cancelled(SKIPPED, now),
                where=or_(waiting, _is_skipped()),
            )
            done = await connection.execute(skipped.returning(deliveries.c.id))
            return done.first() is not None

    async def unskip(
        self, chat_id: int, subscription_id: int, local_date: date, *, now: datetime
    ) -> bool:
        """Send on this day after all; False where it was not skipped, or is over.

        Raises SubscriptionGone.
        """
        async with self._database.writing() as connection:
            current, _ = await _lock_one(connection, chat_id, subscription_id)
            row = _of(current.id, deliveries.c.local_date == local_date, _is_skipped())
            if not await _delete_rows(connection, row & (deliveries.c.deadline_at > now)):
                return False
            await _plan_again(connection, current.id, local_date, now)
            return True

    async def end_one(self, chat_id: int, subscription_id: int, *, now: datetime) -> Subscription:
        """End one of the chat's. Raises SubscriptionGone."""
        async with self._database.writing() as connection:
            current, _ = await _lock_one(connection, chat_id, subscription_id)
            await _end(connection, subscriptions.c.id == current.id, UNSUBSCRIBED, now)
        return current

    async def end_others(self, chat_id: int, subscription_id: int, *, now: datetime) -> bool:
        """End all of the same topic but this one; False if it is alone. Raises SubscriptionGone."""
        column = subscriptions.c
        async with self._database.writing() as connection:
            current, _ = await _lock_one(connection, chat_id, subscription_id)
            beside = and_(
                column.chat_id == chat_id,
                column.thread_id.is_not_distinct_from(current.thread_id),
                column.id != current.id,
            )
            return await _end(connection, beside, UNSUBSCRIBED, now)

    async def end(self, chat_id: int, reason: str, *, now: datetime) -> bool:
        """End all of the chat's and cancel what they have waiting; False if it had none.

        A delivery of which Telegram is being asked right now is left to come to its end.
        """
        async with self._database.writing() as connection:
            await _lock(connection, chat_id)
            return await _end(connection, subscriptions.c.chat_id == chat_id, reason, now)

    async def lose(self, chat_id: int, subscription_id: int, reason: str, *, now: datetime) -> None:
        """End one of the chat's against everybody's wish, if it is not ended."""
        async with self._database.writing() as connection:
            await _lock(connection, chat_id)
            await _end(connection, subscriptions.c.id == subscription_id, reason, now)

    async def revive(self, chat_id: int, subscription_id: int, *, now: datetime) -> Subscription:
        """Take back that somebody ended it; it goes on from `now`.

        Raises SubscriptionGone, HourTaken and TooManySubscriptions.
        """
        ended = select(*SUBSCRIPTION).where(
            subscriptions.c.id == subscription_id,
            subscriptions.c.chat_id == chat_id,
            subscriptions.c.ended_reason == UNSUBSCRIBED,
        )
        async with self._database.writing() as connection:
            active = await _lock(connection, chat_id)
            row = (await connection.execute(ended)).first()
            if row is None:
                raise SubscriptionGone(subscription_id)
            subscription = read(Subscription, row)
            taken = _at(active, subscription.thread_id, subscription.local_time)
            if taken is not None:
                raise HourTaken(taken.id)
            _make_room(active, chat_id)
            return await _go_on(connection, subscription.id, now)

    # What was lost

    async def has_lost(self, chat_id: int) -> bool:
        """Whether the chat lost a daily poem and was not told yet."""
        query = select(exists().where(subscriptions.c.chat_id == chat_id, LOST, UNTOLD))
        async with self._database.reading() as connection:
            return bool((await connection.execute(query)).scalar_one())

    async def tell_lost(self, chat_id: int) -> tuple[Subscription, ...]:
        """What the chat lost last and why, by the hour; nobody else is given it to tell.

        Of what it lost to earlier absences nobody is told any more.
        """
        query = select(*SUBSCRIPTION).where(subscriptions.c.chat_id == chat_id, LOST, UNTOLD)
        query = query.order_by(subscriptions.c.local_time, subscriptions.c.id)
        async with self._database.writing() as connection:
            rows = (await connection.execute(query.with_for_update())).all()
            lost = [read(Subscription, row) for row in rows]
            last = max((each.ended_at for each in lost if each.ended_at), default=None)
            together = tuple(each for each in lost if each.ended_at == last)
            over = [each.id for each in lost if each in together or each.ended_reason not in SHUT]
            told = update(subscriptions).where(subscriptions.c.id.in_(over))
            await connection.execute(told.values(ended_reason=TOLD))
        return together

    async def untell_lost(self, lost: Sequence[Subscription]) -> None:
        """It could not be told after all."""
        async with self._database.writing() as connection:
            for each in sorted(lost, key=lambda each: each.id):
                untold = update(subscriptions).where(subscriptions.c.id == each.id, LOST)
                await connection.execute(untold.values(ended_reason=each.ended_reason))

    async def bring_back(
        self, chat_id: int, lost_at: datetime, *, now: datetime
    ) -> tuple[tuple[Subscription, ...], tuple[Subscription, ...]]:
        """Let go on, from `now` and as it was, what the chat lost in this second; and what can't,
        since another one has its hour by now or there is no more room."""
        at = subscriptions.c.ended_at
        lost = select(*SUBSCRIPTION).where(
            subscriptions.c.chat_id == chat_id,
            LOST,
            at >= lost_at,
            at < lost_at + timedelta(seconds=1),
        )
        back: list[Subscription] = []
        left: list[Subscription] = []
        async with self._database.writing() as connection:
            active = await _lock(connection, chat_id)
            for row in (await connection.execute(lost.order_by(subscriptions.c.id))).all():
                one = read(Subscription, row)
                here = (*active, *back)
                if len(here) >= MOST_PER_CHAT or _at(here, one.thread_id, one.local_time):
                    left.append(one)
                else:
                    back.append(await _go_on(connection, one.id, now))
        return tuple(back), tuple(left)

    # Looking

    async def of_chat(self, chat_id: int) -> tuple[Subscription, ...]:
        """The chat's active subscriptions by their hour."""
        async with self._database.reading() as connection:
            return await _active_in(connection, chat_id)

    async def active(self, chat_id: int) -> Subscription | None:
        """The first of the chat's active subscriptions, if it has any."""
        return next(iter(await self.of_chat(chat_id)), None)

    async def find(self, chat_id: int, subscription_id: int) -> Subscription:
        """An active subscription of the chat; raises SubscriptionGone."""
        found = [each for each in await self.of_chat(chat_id) if each.id == subscription_id]
        if not found:
            raise SubscriptionGone(subscription_id)
        return found[0]

    async def days(self, chat_id: int, since: date) -> tuple[Delivery, ...]:
        """The diary of the chat's active subscriptions for the local dates from `since` on."""
        ours = select(subscriptions.c.id).where(ACTIVE, subscriptions.c.chat_id == chat_id)
        query = select(*DELIVERY).where(
            deliveries.c.subscription_id.in_(ours), deliveries.c.local_date >= since
        )
        async with self._database.reading() as connection:
            return tuple(read(Delivery, row) for row in await connection.execute(query))

    async def all_active(self) -> tuple[Subscription, ...]:
        """Every active subscription, oldest first."""
        query = select(*SUBSCRIPTION).where(ACTIVE).order_by(subscriptions.c.id)
        async with self._database.reading() as connection:
            return tuple(read(Subscription, row) for row in await connection.execute(query))

    async def count_active(self) -> int:
        """How many subscriptions are active."""
        query = select(func.count()).select_from(subscriptions).where(ACTIVE)
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())


async def _active_in(
    connection: AsyncConnection, chat_id: int, *, lock: bool = False
) -> tuple[Subscription, ...]:
    query = select(*SUBSCRIPTION).where(ACTIVE, subscriptions.c.chat_id == chat_id)
    query = query.order_by(subscriptions.c.local_time, subscriptions.c.id)
    query = query.with_for_update() if lock else query
    return tuple(read(Subscription, row) for row in await connection.execute(query))


async def _lock(connection: AsyncConnection, chat_id: int) -> tuple[Subscription, ...]:
    """The chat's active subscriptions, which nobody else changes until this is committed."""
    await connection.execute(select(chats.c.id).where(chats.c.id == chat_id).with_for_update())
    return await _active_in(connection, chat_id, lock=True)


async def _lock_one(
    connection: AsyncConnection, chat_id: int, subscription_id: int
) -> tuple[Subscription, tuple[Subscription, ...]]:
    """One of the chat's active subscriptions, and the others."""
    active = await _lock(connection, chat_id)
    found = [each for each in active if each.id == subscription_id]
    if not found:
        raise SubscriptionGone(subscription_id)
    return found[0], tuple(each for each in active if each.id != subscription_id)


def _at(
    active: Sequence[Subscription], thread_id: int | None, local_time: time
) -> Subscription | None:
    """The one of this hour and topic."""
    place = (thread_id, local_time)
    return next((each for each in active if (each.thread_id, each.local_time) == place), None)


def _make_room(active: Sequence[Subscription], chat_id: int) -> None:
    if len(active) >= MOST_PER_CHAT:
        raise TooManySubscriptions(chat_id, MOST_PER_CHAT)


async def _change(
    connection: AsyncConnection, current: Subscription, now: datetime, values: dict[str, Any]
) -> Subscription:
    """Write the values; what was prepared for other ones is planned and written anew."""
    new = {name: value for name, value in values.items() if getattr(current, name) != value}
    if not set(new) - {"user_id"}:
        return current
    resumed = "paused_at" in new and new["paused_at"] is None
    if resumed or any(name in new for name in _SCHEDULE):
        new["scheduled_at"] = now
    await _forget_prepared(connection, current.id, now)
    return await _write(connection, current.id, new | {"plan_at": now})


async def _write(
    connection: AsyncConnection, subscription_id: int, values: dict[str, Any]
) -> Subscription:
    change = update(subscriptions).where(subscriptions.c.id == subscription_id).values(values)
    row = (await connection.execute(change.returning(*SUBSCRIPTION))).one()
    return read(Subscription, row)


async def _go_on(connection: AsyncConnection, subscription_id: int, now: datetime) -> Subscription:
    """Let one that ended go on; what would have come meanwhile is not made up for."""
    times = {"scheduled_at": now, "plan_at": now, "ended_at": None, "ended_reason": None}
    return await _write(connection, subscription_id, times)


async def _forget_prepared(
    connection: AsyncConnection, subscription_id: int, now: datetime
) -> None:
    """Delete what waits for its hour, and let those days be planned again."""
    waiting = _of(subscription_id, deliveries.c.state.in_(WAITING), deliveries.c.due_at > now)
    dates = await _delete_rows(connection, waiting)
    if dates:
        await _plan_again(connection, subscription_id, min(dates), now)


async def _delete_rows(connection: AsyncConnection, which: ColumnElement[bool]) -> list[date]:
    """Delete rows of the diary with the poems that were written for them; their dates.

    Nobody has seen these poems: a poem belongs to its chat from the moment it is sent.
    """
    gone = delete(deliveries).where(which)
    gone_rows = gone.returning(deliveries.c.local_date, deliveries.c.poem_id)
    rows = (await connection.execute(gone_rows)).all()
    unseen = [row.poem_id for row in rows if row.poem_id is not None]
    if unseen:
        await connection.execute(delete(poems).where(poems.c.id.in_(unseen)))
    return [row.local_date for row in rows]


async def _plan_again(
    connection: AsyncConnection, subscription_id: int, local_date: date, now: datetime
) -> None:
    """Let the planner begin at this date again, where it was further already."""
    column = subscriptions.c.planned_through
    back = update(subscriptions).where(subscriptions.c.id == subscription_id)
    before = back.where(column >= local_date).values(planned_through=local_date - timedelta(1))
    await connection.execute(before)
    await connection.execute(back.values(plan_at=now))


async def _cancel_due(
    connection: AsyncConnection, ids: Sequence[int], reason: str, now: datetime
) -> None:
    """End what waits of these subscriptions, before Telegram is asked."""
    waiting = update(deliveries).where(
        deliveries.c.subscription_id.in_(ids), deliveries.c.state.in_(WAITING)
    )
    due = waiting.where(deliveries.c.due_at <= now)
    await connection.execute(due.values(_cancelled(reason, now)))


async def _end(
    connection: AsyncConnection, which: ColumnElement[bool], reason: str, now: datetime
) -> bool:
    """End the active ones of `which`; False if there are none."""
    ended = update(subscriptions).where(ACTIVE, which)
    ended = ended.values(ended_at=now, ended_reason=reason)
    ids = (await connection.execute(ended.returning(subscriptions.c.id))).scalars().all()
    await _cancel_due(connection, ids, reason, now)
    for subscription_id in ids:
        await _forget_prepared(connection, subscription_id, now)
    return bool(ids)


async def _served_through(
    connection: AsyncConnection, chat_id: int, values: dict[str, Any]
) -> date | None:
    """The last date that had its poem at this hour, topic and zone, from one that was ended."""
    earlier = select(subscriptions.c.id).where(
        subscriptions.c.chat_id == chat_id,
        subscriptions.c.thread_id.is_not_distinct_from(values["thread_id"]),
        subscriptions.c.local_time == values["local_time"],
        subscriptions.c.timezone == values["timezone"],
    )
    query = select(func.max(deliveries.c.local_date)).where(
        deliveries.c.subscription_id.in_(earlier), deliveries.c.state.in_(SERVED)
    )
    served: date | None = (await connection.execute(query)).scalar_one_or_none()
    return served


def _of(subscription_id: int, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(deliveries.c.subscription_id == subscription_id, *conditions)


def _is_skipped() -> ColumnElement[bool]:
    return and_(deliveries.c.state == DeliveryState.CANCELLED, deliveries.c.reason == SKIPPED)


def _cancelled(reason: str, now: datetime) -> dict[str, Any]:
    return {
        "state": DeliveryState.CANCELLED,
        "reason": reason,
        "finished_at": now,
        **NO_LEASE,
    }


def row_of(subscription_id: int, day: PlannedDay) -> dict[str, Any]:
    """A new delivery: waiting for its hour's work, or missed before it could be planned."""
    return {
        "subscription_id": subscription_id,
        "local_date": day.local_date,
        "state": DeliveryState.MISSED if day.missed else DeliveryState.PLANNED,
        "reason": "not_running" if day.missed else None,
        "due_at": day.due_at,
        "deadline_at": day.deadline_at,
        "next_attempt_at": day.due_at,
        "attempts": 0,
        "unanswered": 0,
        "finished_at": day.deadline_at if day.missed else None,
    }
