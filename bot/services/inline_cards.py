"""Cards of poems that are offered inline: Telegram must have a picture before it can be offered.

They are drawn and handed over beside the writing of the next poem; what is not ready in time is
there for the next query. It knows neither Telegram nor how a card is drawn.
"""

import asyncio
from typing import Protocol

from bot.errors import StorageError
from bot.services.cards import CardService
from bot.storage import StoredPoem

MOST_WAITING = 4  # pictures at once; Telegram takes one a second in a chat


class KeepsPictures(Protocol):
    """A place where Telegram keeps pictures for us."""

    async def keep(self, jpeg: bytes) -> str | None:
        """The file_id of a picture that is kept there now; None where that did not work."""


class InlineCards:
    """Has cards ready, where there is a place for them."""

    def __init__(self, cards: CardService, keeper: KeepsPictures | None) -> None:
        self._cards = cards
        self._keeper = keeper
        self._making: dict[tuple[int, str], asyncio.Task[None]] = {}

    def begin(self, poem: StoredPoem, paper: str) -> None:
        """Begins to make a card, unless too many are being made already."""
        key = (poem.id, paper)
        if self._keeper is None or key in self._making or len(self._making) >= MOST_WAITING:
            return
        task = asyncio.create_task(self._make(self._keeper, poem, paper), name="inline card")
        self._making[key] = task
        task.add_done_callback(lambda _: self._making.pop(key, None))

    async def _make(self, keeper: KeepsPictures, poem: StoredPoem, paper: str) -> None:
        try:
            if await self._cards.known(poem.id, paper, poem.script) is not None:
                return
            file_id = await keeper.keep(await self._cards.draw(poem, paper, poem.script))
            if file_id is not None:
                await self._cards.remember(poem.id, paper, poem.script, file_id)
        except StorageError:
            return  # a card that is not remembered is drawn another time

    async def wait(self, seconds: float) -> None:
        """Gives what is being made a little time."""
        if self._making and seconds > 0:
            await asyncio.wait(list(self._making.values()), timeout=seconds)

    async def ready(self, poem: StoredPoem, paper: str) -> str | None:
        """The file_id of a card that Telegram has."""
        if self._keeper is None:
            return None
        return await self._cards.known(poem.id, paper, poem.script)
