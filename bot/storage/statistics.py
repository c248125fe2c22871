"""What operators want to know, counted by the database: people, poems, deliveries, patience.

Every question is answered from an index over a stretch of time, or from a small table. Where
days begin is given to it. It knows no words and no names, only numbers.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import ChatGone, MayNotWrite, TopicClosed
from bot.storage.database import Database
from bot.storage.records import DeliveryCounts, DeliveryState, Statistics
from bot.storage.tables import chats, deliveries, favourites, requests, subscriptions

GROUPS = ("group", "supergroup")
ANSWERED = requests.c.ms.is_not(None)
MOST_REASONS = 5
SHUT_OUT = (ChatGone.why, MayNotWrite.why, TopicClosed.why)


class StatisticsStore:
    """Counts everything at one instant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look(
        self, *, now: datetime, days: Sequence[datetime], recent: timedelta, late_after: timedelta
    ) -> Statistics:
        """`days` are the instants at which days begin, the end of today included; `recent` is
        how far back activity, waiting times and failures are looked at."""
        since = now - recent
        async with self._database.reading() as connection:
            counts = await _one(connection, _counts(since))
            by_day = await _one(connection, _poems_by_day(days))
            due = await _one(connection, _deliveries(now, days[-2], days[-1], late_after))
            return Statistics(
                **counts,
                poems_by_day=tuple(by_day[f"day_{number}"] for number in range(len(days) - 1)),
                deliveries=DeliveryCounts(**{name: count or 0 for name, count in due.items()}),
                median_ms=await _percentile(connection, since, 0.5),
                slow_ms=await _percentile(connection, since, 0.95),
                failures=await _failures(connection, since),
            )


async def _one(connection: AsyncConnection, queries: dict[str, Any]) -> dict[str, Any]:
    """The values of expressions, by their names, in one statement."""
    labelled = [query.label(name) for name, query in queries.items()]
    row = (await connection.execute(select(*labelled))).one()
    return dict(row._mapping)


def _number(table: Any, *conditions: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


def _counts(since: datetime) -> dict[str, Any]:
    private, group = chats.c.kind == "private", chats.c.kind.in_(GROUPS)
    # Not 0, which stands for somebody who is forgotten, nor below, in the name of a chat.
    asked_by = select(requests.c.user_id).where(requests.c.user_id > 0)
    people = union(select(chats.c.id).where(private), asked_by).subquery()
    active = asked_by.where(requests.c.created_at >= since).distinct().subquery()
    going_on = subscriptions.c.ended_at.is_(None)
    inline = and_(
        requests.c.created_at >= since,
        requests.c.kind == "inline",
        requests.c.poem_id.is_not(None),
    )
    return {
        "people": _number(people),
        "active_people": _number(active),
        "new_people": _number(chats, private, chats.c.created_at >= since),
        "groups": _number(chats, group, chats.c.blocked_at.is_(None)),
        "blocked": _number(chats, chats.c.blocked_at.is_not(None)),
        "favourites": _number(favourites),
        "inline_offered": _number(requests, inline),
        "inline_sent": _number(requests, inline, requests.c.chosen_at.is_not(None)),
        "subscriptions": _number(subscriptions, going_on, subscriptions.c.paused_at.is_(None)),
        "paused": _number(subscriptions, going_on, subscriptions.c.paused_at.is_not(None)),
    }


def _poems_by_day(days: Sequence[datetime]) -> dict[str, Any]:
    """A count for each stretch between two beginnings: one walk over the index in all. A poem
    that was opened by a link was not written for it."""
    when, written = requests.c.created_at, requests.c.kind != "shared"
    return {
        f"day_{number}": _number(
            requests, when >= begin, when < end, requests.c.poem_id.is_not(None), written
        )
        for number, (begin, end) in enumerate(pairwise(days))
    }


def _deliveries(
    now: datetime, begin: datetime, end: datetime, late_after: timedelta
) -> dict[str, Any]:
    """What became of the daily poems whose hour came today; a skipped day is not due."""
    row = deliveries.c
    wanted = row.state != DeliveryState.CANCELLED
    today = and_(row.due_at >= begin, row.due_at < end, row.due_at <= now, wanted)
    sent = row.state == DeliveryState.SENT
    # Seconds, since the two databases subtract instants each in its own way.
    delay = extract("epoch", row.finished_at) - extract("epoch", row.due_at)
    cases = {
        "sent": sent,
        "late": and_(sent, delay >= late_after.total_seconds()),
        "retried": row.attempts > 1,
        "unknown": and_(row.state == DeliveryState.UNKNOWN, row.finished_at.is_not(None)),
        "missed": row.state == DeliveryState.MISSED,
        "blocked": and_(row.state == DeliveryState.FAILED, row.reason.in_(SHUT_OUT)),
        "failed": and_(
            row.state == DeliveryState.FAILED,
            or_(row.reason.is_(None), row.reason.not_in(SHUT_OUT)),
        ),
        "waiting": row.finished_at.is_(None),
    }
    sums = [func.sum(case((when, 1), else_=0)).label(name) for name, when in cases.items()]
    counted = select(func.count().label("due"), *sums).where(today).cte("today")
    return {name: select(counted.c[name]).scalar_subquery() for name in ("due", *cases)}


async def _percentile(connection: AsyncConnection, since: datetime, share: float) -> float | None:
    """The waiting time that this share of the poems stayed below; None without poems."""
    answered: Select[Any] = select(requests.c.ms).where(ANSWERED, requests.c.created_at >= since)
    count = (
        await connection.execute(select(func.count()).select_from(answered.subquery()))
    ).scalar_one()
    if count == 0:
        return None
    place = answered.order_by(requests.c.ms).offset(int(share * (count - 1))).limit(1)
    return float((await connection.execute(place)).scalar_one())


async def _failures(connection: AsyncConnection, since: datetime) -> dict[str, int]:
    """How often wishes failed, by the reason, the most frequent first."""
    number = func.count()
    query = select(requests.c.error, number).where(
        requests.c.error.is_not(None), requests.c.created_at >= since
    )
    query = query.group_by(requests.c.error).order_by(number.desc(), requests.c.error)
    rows = await connection.execute(query.limit(MOST_REASONS))
    return {str(reason): int(count) for reason, count in rows}
