"""The diary's rows to come: which subscriptions want planning, and their new rows, many at once.

It does not know which days a subscription has; whoever plans decides that, purely, between
reading and writing. `plan_at` is the instant from which a subscription is looked at again.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.records import PlannedDay, PlannedSubscription, Subscription, SubscriptionToPlan
from bot.storage.rows import columns, read
from bot.storage.subscriptions import ACTIVE, GOING, row_of
from bot.storage.tables import deliveries, subscriptions

TO_PLAN = columns(subscriptions, SubscriptionToPlan)
ROW = subscriptions.c
Decide = Callable[[SubscriptionToPlan], PlannedSubscription]


class Planner:
    """Plans what is to be planned."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def plan(
        self, now: datetime, decide: Decide, *, limit: int
    ) -> tuple[int, tuple[PlannedDay, ...]]:
        """Plan up to `limit` subscriptions whose `plan_at` has come: how many those were, and
        the days that have new rows.

        Nobody changes a subscription while it is planned, and those that somebody else plans
        right now are left to them.
        """
        wanting = select(*TO_PLAN).where(ACTIVE, GOING, ROW.plan_at <= now)
        wanting = wanting.order_by(ROW.plan_at, ROW.id).limit(limit)
        async with self._database.writing() as connection:
            rows = await connection.execute(wanting.with_for_update(skip_locked=True))
            asked = [read(SubscriptionToPlan, row) for row in rows]
            planned = {each.id: decide(each) for each in asked}
            await self._advance(connection, planned)
            days = [(each, day) for each, plan in planned.items() for day in plan.days]
            return len(asked), await self._make(connection, days)

    async def going(self) -> tuple[tuple[Subscription, SubscriptionToPlan], ...]:
        """Every subscription that goes on, with what planning it needs."""
        query = select(*columns(subscriptions, Subscription, "wish_"), *TO_PLAN)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.where(ACTIVE, GOING).order_by(ROW.id))).all()
        return tuple(
            (read(Subscription, row, "wish_"), read(SubscriptionToPlan, row)) for row in rows
        )

    async def _advance(
        self, connection: AsyncConnection, planned: dict[int, PlannedSubscription]
    ) -> None:
        """Note when to look again; most of those at one hour of one zone go on alike."""
        alike: defaultdict[tuple[date | None, datetime], list[int]] = defaultdict(list)
        for subscription_id, plan in planned.items():
            alike[plan.planned_through, plan.plan_at].append(subscription_id)
        for (through, at), ids in alike.items():
            advance = update(subscriptions).where(ROW.id.in_(ids))
            await connection.execute(advance.values(planned_through=through, plan_at=at))

    async def _make(
        self, connection: AsyncConnection, days: Sequence[tuple[int, PlannedDay]]
    ) -> tuple[PlannedDay, ...]:
        """The rows of these days, and which of them are new."""
        if not days:
            return ()
        rows = self._database.insert(deliveries).on_conflict_do_nothing()
        made = await connection.execute(
            rows.returning(deliveries.c.subscription_id, deliveries.c.local_date),
            [row_of(subscription_id, day) for subscription_id, day in days],
        )
        new = {(row.subscription_id, row.local_date) for row in made}
        return tuple(day for whose, day in days if (whose, day.local_date) in new)
