"""Who wants a poem a day, when. It does not know what a local hour is as an instant:
that is `bot.scheduling.next_delivery`, which the daily service asks.

`plan_at` is the instant from which the daily service should look at a subscription again.
Choosing an hour sets it to now; planning sets it to the next due instant. It changes with
each of these, so it also tells the planner that nothing changed while it was calculating.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.records import DeliveryState, PlannedDay, Subscription, SubscriptionToPlan
from bot.storage.rows import columns, read
from bot.storage.tables import chats, deliveries, subscriptions

SUBSCRIPTION = columns(subscriptions, Subscription)
TO_PLAN = columns(subscriptions, SubscriptionToPlan)
ACTIVE = subscriptions.c.ended_at.is_(None)


class SubscriptionStore:
    """Subscriptions, active and ended; one active per chat."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        now: datetime,
    ) -> Subscription:
        """Begin the chat's subscription, or give the active one these values.

        A changed one keeps its id, so that what it delivered today still counts. Only a
        new hour or zone starts its time anew: days due before `now` are then not wanted.
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
        }
        async with self._database.writing() as connection:
            current = await _active_of(connection, chat_id)
            if current is None:
                begin = insert(subscriptions).values(
                    chat_id=chat_id, created_at=now, scheduled_at=now, plan_at=now, **values
                )
                row = (await connection.execute(begin.returning(*SUBSCRIPTION))).one()
                return read(Subscription, row)
            if (current.local_time, current.timezone) != (local_time, timezone):
                values |= {"scheduled_at": now, "plan_at": now}
            change = update(subscriptions).where(subscriptions.c.id == current.id).values(values)
            row = (await connection.execute(change.returning(*SUBSCRIPTION))).one()
        return read(Subscription, row)

    async def active(self, chat_id: int) -> Subscription | None:
        """The chat's active subscription, if it has one."""
        query = select(*SUBSCRIPTION).where(ACTIVE, subscriptions.c.chat_id == chat_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return read(Subscription, row) if row else None

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

    async def end(self, chat_id: int, reason: str, *, now: datetime) -> bool:
        """End the chat's subscription and cancel what it has waiting; False if it had none.

        A delivery of which Telegram is being asked right now is left to come to its end.
        """
        ended = update(subscriptions).where(ACTIVE, subscriptions.c.chat_id == chat_id)
        ended = ended.values(ended_at=now, ended_reason=reason)
        waiting = (DeliveryState.PLANNED, DeliveryState.READY)
        async with self._database.writing() as connection:
            row = (await connection.execute(ended.returning(subscriptions.c.id))).first()
            if row is None:
                return False
            cancelled = update(deliveries).where(
                deliveries.c.subscription_id == row.id, deliveries.c.state.in_(waiting)
            )
            await connection.execute(
                cancelled.values(
                    state=DeliveryState.CANCELLED,
                    reason=reason,
                    finished_at=now,
                    lease_token=None,
                    lease_until=None,
                )
            )
            return True

    async def planned_through(self, subscription_id: int) -> date | None:
        """The last local date that has a delivery row: an hour chosen now is for later ones."""
        query = select(subscriptions.c.planned_through)
        async with self._database.reading() as connection:
            found = await connection.execute(query.where(subscriptions.c.id == subscription_id))
            return found.scalar_one_or_none()

    async def to_plan(self, now: datetime, limit: int) -> tuple[SubscriptionToPlan, ...]:
        """Active subscriptions whose `plan_at` has come, at most `limit`."""
        query = select(*TO_PLAN).where(ACTIVE, subscriptions.c.plan_at <= now)
        query = query.order_by(subscriptions.c.plan_at, subscriptions.c.id).limit(limit)
        async with self._database.reading() as connection:
            return tuple(read(SubscriptionToPlan, row) for row in await connection.execute(query))

    async def plan(
        self,
        subscription: SubscriptionToPlan,
        days: Sequence[PlannedDay],
        planned_through: date | None,
        plan_at: datetime,
    ) -> tuple[PlannedDay, ...] | None:
        """Make delivery rows for these days and note when to look again; which rows are new.

        Nothing happens (None) when the subscription changed or ended since it was read, or when
        another process planned it meanwhile.
        """
        unchanged = (
            ACTIVE,
            subscriptions.c.id == subscription.id,
            subscriptions.c.plan_at == subscription.plan_at,
        )
        advance = update(subscriptions).where(*unchanged)
        advance = advance.values(planned_through=planned_through, plan_at=plan_at)
        async with self._database.writing() as connection:
            if (await connection.execute(advance.returning(subscriptions.c.id))).first() is None:
                return None
            if not days:
                return ()
            rows = self._database.insert(deliveries).values(
                [row_of(subscription.id, day) for day in days]
            )
            made = await connection.execute(
                rows.on_conflict_do_nothing().returning(deliveries.c.local_date)
            )
            dates = set(made.scalars())
        return tuple(day for day in days if day.local_date in dates)


async def _active_of(connection: AsyncConnection, chat_id: int) -> Row[Any] | None:
    """The chat's active subscription. The chat's row is locked first, so that two who subscribe
    at once see each other."""
    await connection.execute(select(chats.c.id).where(chats.c.id == chat_id).with_for_update())
    query = select(*SUBSCRIPTION).where(ACTIVE, subscriptions.c.chat_id == chat_id)
    return (await connection.execute(query)).first()


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
