"""Group commit: what comes while a batch is being written goes, all of it, into the next one.

Nothing waits for company: the first comes through at once. It does not know what is written.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Gathering(Generic[Item]):
    """Writes items through `write`, which takes many at a time and one call at a time."""

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[None]]) -> None:
        self._write = write
        self._lock = asyncio.Lock()
        self._waiting: list[tuple[Item, asyncio.Future[None]]] = []

    async def add(self, item: Item) -> None:
        """Done when it is written. Raises what `write` raised for the batch it was in."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, written))
        async with self._lock:
            if not written.done():  # whoever has the lock writes for all who wait for it
                await self._write_all()
        await written

    async def _write_all(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            await self._write([item for item, _ in batch])
        except BaseException as error:  # whatever it is, nobody is left waiting
            for written in _still_wanted(batch):
                written.set_exception(error)
                written.exception()  # whoever wrote raises it already, so it is no news
            raise
        for written in _still_wanted(batch):
            written.set_result(None)


def _still_wanted(
    batch: Sequence[tuple[object, asyncio.Future[None]]],
) -> list[asyncio.Future[None]]:
    """Those nobody gave up waiting for."""
    return [written for _, written in batch if not written.done()]
