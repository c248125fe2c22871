"""Wishing for a poem every day, changing the wish, taking it back.

It knows hours and zones; that a poem is then written and sent is the daily service's. What
is said to be so is committed when the methods return.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.scheduling.next_delivery import due_day, upcoming, wall_clock
from bot.services.asking import DailyWish
from bot.services.poems import Clock
from bot.storage import Chat, Delivery, PlannedDay, Store, Subscription

MORNING = time(8, 0)  # for those who name no hour


@dataclass(frozen=True)
class Standing:
    """A subscription and what comes of it, on the clock of its zone."""

    subscription: Subscription
    due: datetime | None  # its next poem; None while it is paused
    days_ahead: int  # until then; 0: today
    later: date  # its first day from tomorrow on, which can be skipped
    skips_later: bool


class SubscriptionService:
    """The daily poems of a chat."""

    def __init__(self, store: Store, *, clock: Clock, default_zone: str) -> None:
        self._store = store
        self._clock = clock
        self._zone = default_zone

    def zone_of(self, chat: Chat) -> str:
        """The zone of a chat's clock, unless a subscription has its own."""
        return chat.timezone or self._zone

    async def of_chat(self, chat_id: int) -> tuple[Standing, ...]:
        """What the chat subscribes to, by the hour."""
        now = self._clock()
        # A day back, since it may still be yesterday where the clock stands.
        diary = await self._store.subscriptions.days(chat_id, now.date() - timedelta(days=1))
        subscriptions = await self._store.subscriptions.of_chat(chat_id)
        return tuple(standing(each, diary, now) for each in subscriptions)

    async def get(self, chat_id: int, subscription_id: int) -> Standing:
        """One of the chat's; raises SubscriptionGone."""
        subscription = await self._store.subscriptions.find(chat_id, subscription_id)
        return await self._standing(subscription)

    async def subscribe(
        self, chat: Chat, user_id: int, wish: DailyWish, script: str, thread_id: int | None
    ) -> Standing:
        """Begins a daily poem, or changes the one of this hour. A zone that was named is the
        chat's from now on. Raises TooManySubscriptions."""
        zone = wish.places[0].zone if len(wish.places) == 1 else self.zone_of(chat)
        subscription = await self._store.subscriptions.subscribe(
            chat.id,
            user_id,
            wish.at or MORNING,
            zone,
            wish.theme,
            wish.form,
            script,
            thread_id,
            dynasty=wish.dynasty,
            weekdays=wish.weekdays,
            now=self._clock(),
        )
        if zone != self.zone_of(chat):
            await self._store.chats.set_timezone(chat.id, zone)
        return await self._standing(subscription)

    async def change(self, chat_id: int, subscription_id: int, **values: Any) -> Standing:
        """Gives it other values, named like the fields of Subscription.

        Raises SubscriptionGone and HourTaken.
        """
        subscription = await self._store.subscriptions.change(
            chat_id, subscription_id, now=self._clock(), **values
        )
        return await self._standing(subscription)

    async def set_zone(self, chat_id: int, subscription_id: int, zone: str) -> Standing:
        """Moves it to another clock, which is the chat's from now on."""
        changed = await self.change(chat_id, subscription_id, timezone=zone)
        await self._store.chats.set_timezone(chat_id, zone)
        return changed

    async def move(self, chat: Chat, zone: str) -> int:
        """Sets the chat's clock; its daily poems that went by the old one go by this. How many."""
        former = self.zone_of(chat)
        await self._store.chats.set_timezone(chat.id, zone)
        subscriptions = await self._store.subscriptions.of_chat(chat.id)
        moving = [each for each in subscriptions if each.timezone == former]
        for each in moving:
            await self.change(chat.id, each.id, timezone=zone)
        return len(moving)

    async def pause(self, chat_id: int, subscription_id: int) -> Standing:
        """Nothing comes until it is resumed."""
        paused = await self._store.subscriptions.pause(chat_id, subscription_id, now=self._clock())
        return await self._standing(paused)

    async def resume(self, chat_id: int, subscription_id: int) -> Standing:
        """It goes on."""
        resumed = await self._store.subscriptions.resume(
            chat_id, subscription_id, now=self._clock()
        )
        return await self._standing(resumed)

    async def skip(self, chat_id: int, subscription_id: int, day: date) -> bool:
        """Sends nothing on this day; False where it is too late for that."""
        subscription = await self._store.subscriptions.find(chat_id, subscription_id)
        zone = ZoneInfo(subscription.timezone)
        due = due_day(day, subscription.local_time, zone)
        planned = PlannedDay(day, due.due_at, due.deadline_at)
        now = self._clock()
        if due.due_at <= now:
            return False
        return await self._store.subscriptions.skip(chat_id, subscription_id, planned, now=now)

    async def unskip(self, chat_id: int, subscription_id: int, day: date) -> bool:
        """Sends on this day after all; False where it was not skipped, or is over."""
        return await self._store.subscriptions.unskip(
            chat_id, subscription_id, day, now=self._clock()
        )

    async def end(self, chat_id: int, subscription_id: int) -> Subscription:
        """Ends one; raises SubscriptionGone."""
        return await self._store.subscriptions.end_one(chat_id, subscription_id, now=self._clock())

    async def end_others(self, chat_id: int, subscription_id: int) -> Standing:
        """Ends all of its topic but this one; raises SubscriptionGone."""
        await self._store.subscriptions.end_others(chat_id, subscription_id, now=self._clock())
        return await self.get(chat_id, subscription_id)

    async def end_all(self, chat_id: int) -> bool:
        """Ends all; False when there was none."""
        return await self._store.subscriptions.end(chat_id, "unsubscribed", now=self._clock())

    async def revive(self, chat_id: int, subscription_id: int) -> Standing:
        """Takes back that it was ended.

        Raises SubscriptionGone, HourTaken and TooManySubscriptions.
        """
        revived = await self._store.subscriptions.revive(
            chat_id, subscription_id, now=self._clock()
        )
        return await self._standing(revived)

    async def tell_lost(self, chat_id: int) -> tuple[Subscription, ...]:
        """What the chat lost last, because the bot was not let in, and was not told of. Whoever
        gets it tells it, and nobody else does."""
        if not await self._store.subscriptions.has_lost(chat_id):  # most of the time, unwritten
            return ()
        return await self._store.subscriptions.tell_lost(chat_id)

    async def untell_lost(self, lost: tuple[Subscription, ...]) -> None:
        """It could not be told: another time."""
        await self._store.subscriptions.untell_lost(lost)

    async def bring_back(self, chat_id: int, lost_at: datetime) -> tuple[int, int]:
        """Lets go on, as it was, what the chat lost in this second: how many, and how many can't
        since their place is taken."""
        back, left = await self._store.subscriptions.bring_back(chat_id, lost_at, now=self._clock())
        return len(back), len(left)

    async def _standing(self, subscription: Subscription) -> Standing:
        now = self._clock()
        since = now.date() - timedelta(days=1)
        diary = await self._store.subscriptions.days(subscription.chat_id, since)
        return standing(subscription, diary, now)


def standing(subscription: Subscription, diary: Iterable[Delivery], now: datetime) -> Standing:
    """What comes of a subscription, whose days that are over or skipped the diary knows. Pure."""
    zone = ZoneInfo(subscription.timezone)
    today = wall_clock(now, zone).date()
    days = [day for day in diary if day.subscription_id == subscription.id]
    over = {day.local_date for day in days if day.finished_at is not None}
    skipped = {day.local_date for day in days if day.reason == "skipped"}
    coming = upcoming(subscription.local_time, zone, now, weekdays=subscription.weekdays)
    due, later = None, None
    for day in coming:
        if due is None and day.local_date not in over:
            due = day
        if later is None and day.local_date > today:
            later = day.local_date
        if due is not None and later is not None:
            break
    assert due is not None  # the days go on for ever
    assert later is not None
    ahead = (due.local_date - today).days
    goes_on = None if subscription.paused_at else due.due_at.astimezone(zone)
    return Standing(subscription, goes_on, ahead, later, later in skipped)
