"""Wishing for a poem every day, changing the wish, taking it back.

It knows hours and zones; that a poem is then written and sent is the daily service's.
"""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.scheduling.next_delivery import next_delivery
from bot.services.asking import DailyWish
from bot.services.poems import Clock
from bot.storage import Chat, Store, Subscription

MORNING = time(8, 0)  # for those who name no hour


@dataclass(frozen=True)
class NextPoem:
    """A subscription and when its next poem comes, on the clock of its zone."""

    subscription: Subscription
    due: datetime
    days_ahead: int  # 0: today


class SubscriptionService:
    """One daily poem per chat."""

    def __init__(self, store: Store, *, clock: Clock, default_zone: str) -> None:
        self._store = store
        self._clock = clock
        self._zone = default_zone

    async def active(self, chat_id: int) -> NextPoem | None:
        """What the chat subscribes to, if it does."""
        subscription = await self._store.subscriptions.active(chat_id)
        return await self._next(subscription) if subscription else None

    async def subscribe(
        self, chat: Chat, user_id: int, wish: DailyWish, script: str, thread_id: int | None
    ) -> NextPoem:
        """Begins the chat's subscription, or changes the one it has."""
        subscription = await self._store.subscriptions.subscribe(
            chat.id,
            user_id,
            wish.at or MORNING,
            chat.timezone or self._zone,
            wish.theme,
            wish.form,
            script,
            thread_id,
            dynasty=wish.dynasty,
            now=self._clock(),
        )
        return await self._next(subscription)

    async def unsubscribe(self, chat_id: int) -> bool:
        """Ends it; False when there was none."""
        return await self._store.subscriptions.end(chat_id, "unsubscribed", now=self._clock())

    async def _next(self, subscription: Subscription) -> NextPoem:
        now, zone = self._clock(), ZoneInfo(subscription.timezone)
        planned = await self._store.subscriptions.planned_through(subscription.id)
        hour, since = subscription.local_time, subscription.created_at
        day = next_delivery(now, hour, zone, since, planned_through=planned)
        ahead = (day.local_date - now.astimezone(zone).date()).days
        return NextPoem(subscription, day.due_at.astimezone(zone), ahead)
