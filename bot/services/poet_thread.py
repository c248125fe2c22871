"""The one place where inference leaves the event loop: a single thread with the poet in it.

One thread, because poems written side by side on the same cores only all come later. It does
not know what a poem is for, nor that it will be stored.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from bot.errors import TooBusy
from poetry_model import Poem, PoemRequest


class Writes(Protocol):
    """What is needed of a poet."""

    @property
    def name(self) -> str: ...

    def write(self, request: PoemRequest) -> Poem: ...


class PoetThread:
    """Loads a poet in its thread, then writes there, first come first served.

    `places` is how many poems may wait, the one being written included.
    """

    def __init__(self, load: Callable[[], Writes], *, places: int = 32) -> None:
        self._load = load
        self._places = places
        self._waiting = 0
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="poet")
        self._poet: asyncio.Future[Writes] | None = None

    def loading(self) -> asyncio.Future[Writes]:
        """The poet to come: loading begins at the first call. Fails as the loader fails."""
        if self._poet is None:
            self._poet = asyncio.get_running_loop().run_in_executor(self._thread, self._load)
        return self._poet

    @property
    def ready(self) -> bool:
        """Whether the poet is loaded."""
        return (
            self._poet is not None
            and self._poet.done()
            and not self._poet.cancelled()
            and self._poet.exception() is None
        )

    async def name(self) -> str:
        """The name of the weights at work."""
        return (await asyncio.shield(self.loading())).name

    @property
    def ahead(self) -> int:
        """How many poems come before the next one, the one being written included."""
        return self._waiting

    def check_room(self) -> None:
        """Raises TooBusy when all places are taken."""
        if self._waiting >= self._places:
            raise TooBusy(self._waiting)

    async def write(self, request: PoemRequest) -> Poem:
        """The poem, when its turn has come; TooBusy when all places are taken."""
        self.check_room()
        self._waiting += 1
        try:
            poet = await asyncio.shield(self.loading())
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, poet.write, request)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Drops what still waits. A poem being written ends on its own, within seconds."""
        self._thread.shutdown(wait=False, cancel_futures=True)
