"""The inbox: updates that are to be served, by whichever process takes them.

It owns how an update is kept, taken, held and put away. It does not know what an update says:
a body is text, a person and a tap are words to compare.

- An update is kept once, by its id, however often it is delivered.
- What one person did in one chat is taken in the order of the ids, one after the other, by
  whichever process; other people's updates are taken beside it.
- A claim is a token and a lease. The holder renews it while it works; when a process dies, its
  leases run out and others go on. An update is handed out MOST_CLAIMS times at the most.
- A tap on the same button by the same person, while the first one is still waiting or being
  served, is handed out at once and marked as repeated. So is every part of an album but one.
- What is finished keeps its id for a while, and neither a word of what was said nor whose it
  was; a part of an album keeps the album's number, by which the next part is known.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.records import ClaimedUpdate, NewUpdate
from bot.storage.rows import columns, read
from bot.storage.tables import updates

MOST_CLAIMS = 3  # two to serve it, and one to say that it can't be served
KEPT_FOR = timedelta(days=2)  # Telegram repeats a delivery for a day
REPEATED = "repeated"  # in the place of a tap or an album that is there already
ALBUM = "album:"  # begins the tap of an album's part
INLINE = "inline:"  # begins the person of what is asked while typing: only the last one counts
_NEAR = 200  # ids within which the parts of an album come
CLAIMS = 0x696E626F78  # "inbox" in ASCII: the lock that lets claims go one after the other
_SWEEP = 5000  # rows deleted at once

ROW = updates.c
OPEN = ROW.finished_at.is_(None)
NO_LEASE = {"lease_token": None, "lease_until": None}
CLAIMED = columns(updates, ClaimedUpdate)


class UpdateStore:
    """Updates, waiting, held and finished."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, new: Sequence[NewUpdate], *, now: datetime) -> None:
        """Commit these updates, all or none. Those that are known already are left as they are."""
        if not new:
            return
        ordered = sorted(new, key=lambda each: each.id)
        async with self._database.writing() as connection:
            known = await _known_taps(connection, ordered)
            rows = self._database.insert(updates).values(_rows(ordered, known, now))
            await connection.execute(rows.on_conflict_do_nothing())
            await _outdate(connection, ordered, now)

    async def take(
        self,
        token: str,
        served: Collection[int] = (),
        *,
        limit: int,
        now: datetime,
        lease_until: datetime,
    ) -> tuple[ClaimedUpdate, ...]:
        """Put away what was served under this token, then take up to `limit` others, oldest
        first: one statement each, in one transaction."""
        async with self._database.writing() as connection:
            if served:
                await connection.execute(_finish(now).where(ROW.id.in_(served), _held(token)))
            if limit < 1:
                return ()
            await self._database.serialize(connection, CLAIMS)
            taken = await connection.execute(_claim(token, limit, now, lease_until))
            claimed = [read(ClaimedUpdate, row) for row in taken]
        return tuple(sorted(claimed, key=lambda each: each.id))

    async def renew(self, token: str, *, lease_until: datetime) -> None:
        """Hold on to everything that is held under this token."""
        held = update(updates).where(OPEN, _held(token)).values(lease_until=lease_until)
        async with self._database.writing() as connection:
            await connection.execute(held)

    async def hold_place(self, token: str, update_id: int, message_id: int) -> None:
        """Remember which message is to become the answer, for whoever has to give it."""
        held = update(updates).where(ROW.id == update_id, OPEN, _held(token))
        async with self._database.writing() as connection:
            await connection.execute(held.values(placeholder_id=message_id))

    async def let_go(self, token: str) -> None:
        """Let others have what is held under this token, as if it had not been claimed."""
        held = update(updates).where(OPEN, _held(token))
        async with self._database.writing() as connection:
            await connection.execute(held.values(attempts=ROW.attempts - 1, **NO_LEASE))

    async def tidy(self, *, now: datetime) -> None:
        """Put away what not even the last claim brought to an end; delete what is long over."""
        spent = _finish(now).where(OPEN, _free(now), ROW.attempts >= MOST_CLAIMS)
        over = select(ROW.id).where(ROW.finished_at < now - KEPT_FOR).limit(_SWEEP)
        swept = over.with_for_update(skip_locked=True).cte("swept")  # see `_claim`
        async with self._database.writing() as connection:
            await connection.execute(spent)
            await connection.execute(delete(updates).where(ROW.id.in_(select(swept.c.id))))

    async def waiting(self) -> int:
        """How many are kept and not served yet, those in somebody's hands included."""
        query = select(func.count()).select_from(updates).where(OPEN)
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def all(self) -> tuple[ClaimedUpdate, ...]:
        """Every update by its id, for looking at."""
        async with self._database.reading() as connection:
            rows = await connection.execute(select(*CLAIMED).order_by(ROW.id))
            return tuple(read(ClaimedUpdate, row) for row in rows)


async def _known_taps(connection: AsyncConnection, new: Sequence[NewUpdate]) -> set[str]:
    """Which of these taps are waiting or being served, and which albums have come, as part of
    what was kept before."""
    taps = {each.tap for each in new if each.tap}
    if not taps:
        return set()
    album = and_(ROW.tap.startswith(ALBUM), ROW.id > new[0].id - _NEAR)
    query = select(ROW.tap).where(ROW.tap.in_(taps), ROW.id < new[0].id, or_(OPEN, album))
    return set((await connection.execute(query)).scalars())


async def _outdate(connection: AsyncConnection, new: Sequence[NewUpdate], now: datetime) -> None:
    """Put away what these people asked while typing and nobody has begun to answer."""
    asked = [each for each in new if each.person and each.person.startswith(INLINE)]
    typing = {each.person: each.id for each in asked}
    for person, last in typing.items():
        idle = (OPEN, _free(now), ROW.person == person, ROW.id < last)
        await connection.execute(_finish(now).where(*idle))


def _rows(new: Sequence[NewUpdate], known: set[str], now: datetime) -> list[dict[str, Any]]:
    rows, taps = [], set(known)
    for each in new:
        repeated = each.tap is not None and each.tap in taps
        taps |= {each.tap} if each.tap else set()
        rows.append(
            {
                "id": each.id,
                # What only repeats waits for nobody.
                "person": None if repeated else each.person,
                "tap": REPEATED if repeated else each.tap,
                "body": each.body,
                "received_at": now,
                "attempts": 0,
            }
        )
    return rows


def _claim(token: str, limit: int, now: datetime, lease_until: datetime) -> Any:
    """FOR UPDATE SKIP LOCKED on PostgreSQL; on SQLite, which leaves it out, the transaction
    holds the write lock. The CTE is evaluated once, whatever the planner makes of the rest.

    Of one person the first goes, and none while another is held: a tap may overtake the
    message before it on its way to us, and be taken before that is kept.
    """
    other = updates.alias("other")
    behind = exists().where(
        other.c.finished_at.is_(None),
        other.c.person == ROW.person,
        other.c.id != ROW.id,
        or_(other.c.id < ROW.id, other.c.lease_until > now),
    )
    first = select(ROW.id).where(OPEN, _free(now), ROW.attempts < MOST_CLAIMS)
    # What is asked while typing does not wait for the answer to what was typed before.
    beside = or_(ROW.person.is_(None), ROW.person.startswith(INLINE), ~behind)
    first = first.where(beside).order_by(ROW.id).limit(limit)
    chosen = first.with_for_update(skip_locked=True, of=updates).cte("chosen")
    take = update(updates).where(ROW.id.in_(select(chosen.c.id)))
    take = take.values(lease_token=token, lease_until=lease_until, attempts=ROW.attempts + 1)
    return take.returning(*CLAIMED)


def _finish(now: datetime) -> Any:
    album = case((ROW.tap.startswith(ALBUM), ROW.tap))
    emptied = {"body": "", "person": None, "tap": album, "placeholder_id": None}
    return update(updates).values(finished_at=now, **emptied, **NO_LEASE)


def _held(token: str) -> ColumnElement[bool]:
    return ROW.lease_token == token


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(ROW.lease_until.is_(None), ROW.lease_until <= now)
