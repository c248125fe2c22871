"""When the next one may go: a line of slots per key, shared by all processes.

A key's row holds the instant from which it is free (the "theoretical arrival time" of GCRA, the
generic cell rate algorithm). Taking a slot moves it on, in the one statement that reads it, so
that no two processes ever take the same slot. It does not know what goes, nor how much may.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.tables import rates

ROW = rates.c
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Rate:
    """One each `interval`, over time; `burst` of them may come at once."""

    interval: timedelta
    burst: int = 1

    def __post_init__(self) -> None:
        if self.burst < 1 or self.interval <= timedelta(0):
            raise ValueError("a rate has an interval and lets at least one through")

    @property
    def tolerance(self) -> timedelta:
        """How far ahead of its time one may come."""
        return (self.burst - 1) * self.interval


class _NoneGranted(Exception):
    """Nothing was taken, so nothing shall be: roll back."""


class RateStore:
    """Takes slots."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(
        self,
        key: str,
        rate: Rate,
        turns: Sequence[dict[str, Rate]],
        *,
        now: datetime,
        horizon: timedelta | None = None,
    ) -> tuple[datetime | None, ...] | None:
        """A slot of `key` for each of `turns`, one after the other; all in one transaction.

        A turn names further keys that must be free at its slot. Where one is not, the turn gets
        None and its slot goes unused; where that is so for all, nothing is taken. With a
        `horizon`, None for the whole: the line is longer than that already.
        """
        try:
            async with self._database.writing() as connection:
                first = await self._take_run(connection, key, rate, len(turns), now, horizon)
                if first is None:
                    return None
                slots = [first + index * rate.interval for index in range(len(turns))]
                granted = await self._all_free(connection, turns, slots)
                if not any(granted):
                    raise _NoneGranted
        except _NoneGranted:
            return (None,) * len(turns)
        return tuple(slot if free else None for slot, free in zip(slots, granted, strict=True))

    async def take_all(self, needs: dict[str, Rate], *, now: datetime) -> bool:
        """All of these keys at this instant, each by its own rate; where one is not free then,
        none is taken."""
        try:
            async with self._database.writing() as connection:
                if not all(await self._all_free(connection, [needs], [now])):
                    raise _NoneGranted
        except _NoneGranted:
            return False
        return True

    async def free_at(self, needs: dict[str, Rate]) -> datetime:
        """The instant from which all of these keys can be taken (long ago, if never used)."""
        query = select(ROW.key, ROW.free_at).where(ROW.key.in_(needs))
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return max((instant(row.free_at) - needs[row.key].tolerance for row in rows), default=EPOCH)

    async def pause(self, keys: Iterable[str], until: datetime) -> None:
        """Nothing goes on these keys before `until`."""
        row = self._insert()
        later = case((ROW.free_at > row.excluded.free_at, ROW.free_at), else_=row.excluded.free_at)
        pause = row.on_conflict_do_update(index_elements=["key"], set_={"free_at": later})
        values = [{"key": key, "free_at": micros(until)} for key in sorted(keys)]
        async with self._database.writing() as connection:
            await connection.execute(pause, values)

    async def forget(self, before: datetime) -> int:
        """Drop what has been free since before that instant; how many."""
        old = delete(rates).where(ROW.free_at < micros(before))
        async with self._database.writing_once() as connection:
            return (await connection.execute(old)).rowcount

    async def _take_run(
        self,
        connection: AsyncConnection,
        key: str,
        rate: Rate,
        count: int,
        now: datetime,
        horizon: timedelta | None,
    ) -> datetime | None:
        """The first of `count` slots in a row."""
        begin, length = micros(now), count * (rate.interval // MICROSECOND)
        row = self._insert().values(key=key, free_at=begin + length)
        take = row.on_conflict_do_update(
            index_elements=["key"],
            set_={"free_at": _later_of(ROW.free_at, begin) + length},
            where=None if horizon is None else ROW.free_at <= begin + horizon // MICROSECOND,
        )
        taken = (await connection.execute(take.returning(ROW.free_at))).scalar_one_or_none()
        return None if taken is None else instant(taken - length)

    async def _all_free(
        self,
        connection: AsyncConnection,
        turns: Sequence[dict[str, Rate]],
        slots: Sequence[datetime],
    ) -> list[bool]:
        """Which turns got all their keys. Of two turns for one key the first counts."""
        granted = [True] * len(turns)
        for rate in sorted(
            {r for turn in turns for r in turn.values()}, key=_interval, reverse=True
        ):
            wanted: dict[str, int] = {}
            for index, turn in enumerate(turns):
                for key in (key for key, its in turn.items() if its == rate and granted[index]):
                    granted[index] = wanted.setdefault(key, index) == index
            taken = await self._take_keys(connection, wanted, rate, slots)
            for key, index in wanted.items():
                granted[index] = granted[index] and key in taken
        return granted

    async def _take_keys(
        self,
        connection: AsyncConnection,
        wanted: dict[str, int],
        rate: Rate,
        slots: Sequence[datetime],
    ) -> set[str]:
        """Each key at its slot, where it is free then; which were."""
        if not wanted:
            return set()
        interval, tolerance = rate.interval // MICROSECOND, rate.tolerance // MICROSECOND
        row = self._insert()
        slot = row.excluded.free_at - interval
        take = row.on_conflict_do_update(
            index_elements=["key"],
            set_={"free_at": _later_of(ROW.free_at, slot) + interval},
            where=ROW.free_at <= slot + tolerance,
        )
        # In one order everywhere, so that two processes never wait for each other.
        values = [
            {"key": key, "free_at": micros(slots[wanted[key]]) + interval} for key in sorted(wanted)
        ]
        return set((await connection.execute(take.returning(ROW.key), values)).scalars())

    def _insert(self) -> "sqlite.Insert | postgresql.Insert":
        return self._database.insert(rates)


def _later_of(one: ColumnElement[int], other: Any) -> ColumnElement[int]:
    return case((one > other, one), else_=other)


def _interval(rate: Rate) -> timedelta:
    return rate.interval


def micros(moment: datetime) -> int:
    """An instant as the table keeps it."""
    return (moment - EPOCH) // MICROSECOND


def instant(count: int) -> datetime:
    """What `micros` made a number of."""
    return EPOCH + count * MICROSECOND
