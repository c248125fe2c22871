"""What is due in the next hours, for the operator: from the diary where it has a row already, and
from the subscriptions where it has none yet. It changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.scheduling.next_delivery import ONE_DAY, DueDay, upcoming
from bot.storage import DeliveryState, Store, Subscription, SubscriptionToPlan


@dataclass(frozen=True)
class DuePoem:
    """A daily poem that is to come."""

    due: datetime
    subscription: Subscription
    state: DeliveryState | None  # None: not planned yet

    @property
    def local(self) -> datetime:
        """When it is due, on the clock of its subscriber."""
        return self.due.astimezone(ZoneInfo(self.subscription.timezone))


async def due_within(store: Store, now: datetime, span: timedelta) -> tuple[DuePoem, ...]:
    """What is due by `now + span` and not finished, by its moment. Raises StorageError."""
    until = now + span
    diary = await store.deliveries.planned_until(now - 2 * ONE_DAY, until)
    going = await store.planner.going()
    wishes = {wish.id: wish for wish, _ in going}
    planned = {(row.subscription_id, row.local_date) for row in diary}
    poems = [
        DuePoem(row.due_at, wishes[row.subscription_id], row.state)
        for row in diary
        if row.finished_at is None and row.subscription_id in wishes
    ]
    for wish, to_plan in going:
        days = coming(to_plan, now, until)
        poems += [
            DuePoem(day.due_at, wish, None)
            for day in days
            if (wish.id, day.local_date) not in planned
        ]
    return tuple(sorted(poems, key=lambda poem: (poem.due, poem.subscription.id)))


def coming(subscription: SubscriptionToPlan, now: datetime, until: datetime) -> Iterator[DueDay]:
    """The days that are still to be planned, due before `until`. Pure.

    None where the zone is not known here: the daily service can't plan it either.
    """
    try:
        zone = ZoneInfo(subscription.timezone)
    except (KeyError, ValueError):
        return iter(())
    since = max(now - ONE_DAY, subscription.scheduled_at)
    days = upcoming(
        subscription.local_time,
        zone,
        since,
        after=subscription.planned_through,
        weekdays=subscription.weekdays,
    )
    wanted = takewhile(lambda day: day.due_at < until, days)
    return (day for day in wanted if not day.is_missed(now))


def by_hour(poems: Iterable[DuePoem], zone: ZoneInfo) -> Sequence[tuple[datetime, int]]:
    """How many are due in each hour of the zone's clock."""
    hours = Counter(poem.due.replace(minute=0, second=0, microsecond=0) for poem in poems)
    return [(hour.astimezone(zone), count) for hour, count in sorted(hours.items())]
