"""What the store gives out and takes in: plain frozen records, free of any database library.

Every instant is timezone-aware UTC. Ids of chats and users are Telegram's own (64 bit).
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A window on a longer list: `items` are those from `offset` on, `total` counts all."""

    items: tuple[Item, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True)
class Chat:
    """A chat that wrote to the bot, and what it chose; None means: not chosen."""

    id: int
    kind: str  # "private" | "group" | "supergroup" | "channel"
    language: str | None
    script: str | None  # "simplified" | "traditional"
    timezone: str | None  # an IANA name
    created_at: datetime
    blocked_at: datetime | None  # since when the bot can't write there
    default_form: str | None = None
    boldness: str | None = None  # "steady" | "even" | "bold"
    paper: str | None = None  # of its cards
    layout: str | None = None  # "vertical" | "horizontal", of its exported book
    heard_language: str | None = None  # for what comes unasked where no language was chosen
    menu: str | None = None  # language of a command menu of its own


@dataclass(frozen=True)
class NewPoem:
    """A poem as the model wrote it, before it has an id."""

    form: str
    theme: str
    heads: str | None
    first_line: str | None
    lines: tuple[str, ...]
    text: str  # the lines with their marks; a line break between the stanzas of a 词
    script: str
    rhyme: str
    seed: int
    model: str
    title: str | None = None
    theme_reading: tuple[str, ...] = ()  # the images a theme was read through; () literally
    dynasty: str | None = None  # the style that was asked for; None: none
    register: str | None = None
    boldness: str | None = None
    people_lines: tuple[str, ...] = ()  # numbers, from 1, of the lines that people wrote
    theme_taken: str | None = None  # in the poet's word; None: nobody asked, or none was given


@dataclass(frozen=True)
class StoredPoem:
    """A poem that is committed: it can be shown again, kept, and asked for once more."""

    id: int
    form: str
    theme: str
    heads: str | None
    first_line: str | None
    lines: tuple[str, ...]
    text: str
    script: str
    rhyme: str
    seed: int
    model: str
    created_at: datetime
    title: str | None = None  # None: written before poems had titles
    theme_reading: tuple[str, ...] = ()
    dynasty: str | None = None
    register: str | None = None
    boldness: str | None = None
    people_lines: tuple[str, ...] = ()
    theme_taken: str | None = None


@dataclass(frozen=True)
class NewRequest:
    """What somebody asked for, in which chat, and how long the answer took."""

    chat_id: int | None  # None: asked inline
    user_id: int | None
    kind: str  # "poem" | "acrostic" | "continue" | "daily" | "inline" | "jielong" | "shared"
    form: str | None
    theme: str
    heads: str | None
    first_line: str | None
    ms: float | None  # milliseconds of writing; None when nothing was written
    dynasty: str | None = None
    register: str | None = None
    boldness: str | None = None


@dataclass(frozen=True)
class NewGame:
    """A 接龙 that somebody begins."""

    chat_id: int
    thread_id: int | None
    user_id: int
    form: str
    theme: str
    script: str
    language: str  # of the messages that show it
    seed: int


@dataclass(frozen=True)
class Game:
    """A 接龙 as it stands. Of each line `authors` has who wrote it: a user's id and first name,
    or "bot"."""

    id: int
    chat_id: int
    thread_id: int | None
    user_id: int  # who began it
    form: str
    theme: str
    script: str
    language: str | None
    lines: tuple[str, ...]
    authors: tuple[str, ...]
    seed: int
    message_id: int | None  # the latest that shows it
    poem_id: int | None
    created_at: datetime
    updated_at: datetime
    ended_at: datetime | None
    ended_reason: str | None  # "finished" | "ended" | "idle"


@dataclass(frozen=True)
class Subscription:
    """A chat's wish for one poem a day at an hour of its own clock."""

    id: int
    chat_id: int
    user_id: int
    local_time: time
    timezone: str
    theme: str
    form: str | None
    script: str | None
    thread_id: int | None  # the forum topic it belongs to
    created_at: datetime
    ended_at: datetime | None
    ended_reason: str | None
    dynasty: str | None = None
    weekdays: int | None = None  # bit 0 is Monday; None is every day
    paused_at: datetime | None = None


@dataclass(frozen=True)
class Enrolment:
    """A subscription to be made among many, of a chat that may be new."""

    chat_id: int
    user_id: int
    local_time: time
    timezone: str
    theme: str
    form: str | None
    since: datetime


@dataclass(frozen=True)
class SubscriptionToPlan:
    """A subscription whose next days want delivery rows."""

    id: int
    local_time: time
    timezone: str
    scheduled_at: datetime  # when this hour and zone were chosen; earlier instants don't count
    planned_through: date | None  # the last local date that has a row (or was ruled out)
    plan_at: datetime  # when planning was asked for; also the proof that nothing changed since
    weekdays: int | None = None


class DeliveryState(StrEnum):
    """Where a delivery stands; bot/services/daily.py draws how it gets from one to the next."""

    PLANNED = "planned"  # the day is known, no poem yet
    READY = "ready"  # the poem is stored
    SENDING = "sending"  # Telegram is about to be asked, or was, by the holder of the lease
    UNKNOWN = "unknown"  # Telegram was asked and never answered
    SENT = "sent"
    MISSED = "missed"  # its local day went by
    FAILED = "failed"
    CANCELLED = "cancelled"  # the subscription ended first


@dataclass(frozen=True)
class PlannedDay:
    """One day of a subscription: due from `due_at`, no longer wanted from `deadline_at` on."""

    local_date: date
    due_at: datetime
    deadline_at: datetime
    missed: bool = False  # the deadline was over before the row could be made


@dataclass(frozen=True)
class Claim:
    """The right to work on a delivery until the lease ends."""

    delivery_id: int
    token: str


@dataclass(frozen=True)
class ClaimedDelivery:
    """A delivery in somebody's hands, with all that sending it needs."""

    claim: Claim
    local_date: date
    due_at: datetime
    deadline_at: datetime
    next_attempt_at: datetime  # when this attempt was to be made
    attempts: int  # claims that counted, this one included
    unanswered: int  # sends of which nobody knows the outcome
    poem: StoredPoem | None
    subscription: Subscription
    language: str | None  # of the chat


@dataclass(frozen=True)
class WrittenDaily:
    """A delivery's poem before it is stored."""

    claim: Claim
    poem: NewPoem


@dataclass(frozen=True)
class WaitingDeliveries:
    """How many open deliveries there are, for the operator."""

    due: int  # their hour has come
    ready: int  # it has not, but the poem is stored
    planned: int  # it has not, and the poem is still to be written


@dataclass(frozen=True)
class PlannedSubscription:
    """What planning a subscription came to."""

    days: tuple[PlannedDay, ...]
    planned_through: date | None
    plan_at: datetime  # when to look at it again


@dataclass(frozen=True)
class Settlement:
    """What becomes of a claimed delivery that was not sent."""

    state: DeliveryState
    reason: str
    next_attempt_at: datetime | None  # None: this is its end
    said_no: bool = False  # Telegram answered no, so the last send counts as not made
    counted: bool = True  # the attempt uses up one of the few there are


@dataclass(frozen=True)
class Delivery:
    """A delivery row as it stands, for looking at."""

    id: int
    subscription_id: int
    local_date: date
    state: DeliveryState
    due_at: datetime
    deadline_at: datetime
    next_attempt_at: datetime
    attempts: int
    unanswered: int
    poem_id: int | None
    message_id: int | None
    reason: str | None
    lease_until: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True)
class Belongings:
    """How much is known of one person."""

    poems: int  # that nobody else refers to
    requests: int
    favourites: int
    subscriptions: int  # active ones of their private chat
    handed_over: int  # active ones of groups, which lose their name
    pictures: int
    settings: int  # 1: their private chat chose something
    ended: int = 0  # subscriptions of their private chat that ended

    @property
    def are_none(self) -> bool:
        """Whether there is nothing to delete."""
        return not any(vars(self).values())


@dataclass(frozen=True)
class NewUpdate:
    """Something Telegram told us, before it is kept."""

    id: int  # Telegram's update_id
    person: str | None  # who, in which chat: what they do is served in order; None waits for nobody
    tap: str | None  # the button that was tapped or the album this is part of
    body: str  # JSON


@dataclass(frozen=True)
class ClaimedUpdate:
    """An update in somebody's hands."""

    id: int
    tap: str | None
    body: str
    received_at: datetime
    attempts: int  # claims, this one included
    placeholder_id: int | None = None  # the message of ours that the answer is to take the place of


class Shelf(StrEnum):
    """Where a person finds poems again."""

    FAVOURITES = "f"  # what they kept
    HISTORY = "h"  # what they asked for


@dataclass(frozen=True)
class PoemFilter:
    """Which poems of a shelf; all that is given must be true."""

    form: str | None = None
    theme: str | None = None
    since: datetime | None = None  # when they came there
    until: datetime | None = None  # excluded
    words: tuple[tuple[str, ...], ...] = ()  # each in its spellings, one of which must be found


@dataclass(frozen=True)
class ThemeCount:
    """How many poems of a shelf are on a theme; one of them stands for it."""

    theme: str
    count: int
    poem_id: int


class Audience(StrEnum):
    """Who hears a broadcast."""

    PEOPLE = "people"
    EVERYONE = "everyone"  # groups, too


class MessageState(StrEnum):
    """Where a broadcast's message to one chat stands; the fields of BroadcastProgress."""

    WAITING = "waiting"
    SENDING = "sending"  # Telegram is being asked
    SENT = "sent"
    BLOCKED = "blocked"  # the bot can't write there any more
    FAILED = "failed"
    UNKNOWN = "unknown"  # Telegram was asked and never answered
    CANCELLED = "cancelled"  # before its turn


@dataclass(frozen=True)
class Broadcast:
    """What an operator tells everybody."""

    id: int
    admin_id: int
    chat_id: int  # where it was written and is previewed
    message_id: int | None  # the one with the buttons
    language: str  # of that message
    audience: str
    text: str  # Telegram's HTML
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancelled_at: datetime | None


@dataclass(frozen=True)
class BroadcastProgress:
    """How many chats of a broadcast are in which state."""

    waiting: int = 0
    sending: int = 0
    sent: int = 0
    blocked: int = 0
    failed: int = 0
    unknown: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(vars(self).values())

    @property
    def is_done(self) -> bool:
        """Whether every row has come to its end."""
        return self.waiting + self.sending == 0


@dataclass(frozen=True)
class DeliveryCounts:
    """What became of the daily poems whose hour came today."""

    due: int = 0
    sent: int = 0
    late: int = 0  # of those sent
    retried: int = 0  # of those due: claimed more than once
    unknown: int = 0
    missed: int = 0
    blocked: int = 0
    failed: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Statistics:
    """The bot in numbers. People are counted by id, wherever they were met."""

    people: int
    active_people: int  # who asked for a poem of late
    new_people: int  # whose private chat began of late
    groups: int
    blocked: int  # chats where the bot can't write
    favourites: int
    inline_offered: int  # poems that were written for who typed in another chat, of late
    inline_sent: int  # those of them that were sent there
    subscriptions: int
    paused: int
    poems_by_day: tuple[int, ...]  # the last one is today
    deliveries: DeliveryCounts
    median_ms: float | None  # of writing, of late
    slow_ms: float | None  # what 95 of 100 poems stayed below
    failures: dict[str, int]  # of late, by reason
