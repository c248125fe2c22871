"""An event loop in simulated time.

Its clock stands still while anything is ready, or a database is at work (that takes real time,
but no simulated time). When nothing is left but to wait, it does not wait: it asks `jump` for the
time, which says how far it may go.
"""

import asyncio
import selectors
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from math import inf
from typing import Any

from bot.storage.database import Database

Jump = Callable[[float], float]  # from "nothing to do until" to "now it is"


class Working:
    """Counts what goes on outside the loop."""

    def __init__(self) -> None:
        self.count = 0

    @contextmanager
    def during(self) -> Iterator[None]:
        """One piece of work more."""
        self.count += 1
        try:
            yield
        finally:
            self.count -= 1


class WatchedDatabase(Database):
    """The database, and how many transactions are under way; nobody sleeps in one."""

    working = Working()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Any]:
        """As the original, counted."""
        with self.working.during():
            async with super().reading() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Any]:
        """As the original, counted."""
        with self.working.during():
            async with super().writing() as connection:
                yield connection

    @asynccontextmanager
    async def writing_once(self) -> AsyncIterator[Any]:
        """As the original, counted."""
        with self.working.during():
            async with super().writing_once() as connection:
                yield connection


class SimulatedLoop(asyncio.SelectorEventLoop):
    """The loop; `begin` is its time at first."""

    def __init__(self, working: Working, jump: Jump, begin: float) -> None:
        self._simulated = begin
        self._jump = jump
        super().__init__(_Selector(working, self._wait))

    def time(self) -> float:
        """Simulated seconds."""
        return self._simulated

    def _wait(self, timeout: float | None) -> None:
        until = inf if timeout is None else self._simulated + timeout
        self._simulated = max(self._jump(until), self._simulated)


class _Selector(selectors.DefaultSelector):
    """Waits in real time for what is at work, and in simulated time for anything else."""

    def __init__(self, working: Working, wait: Callable[[float | None], None]) -> None:
        super().__init__()
        self._working = working
        self._wait = wait

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            return super().select(0)
        if self._working.count:
            return super().select(None)
        if ready := super().select(0):
            return ready
        self._wait(timeout)
        return []
