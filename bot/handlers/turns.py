"""Serves one claimed update, and sees to it that the inbox hears of the end.

Who is served when is the inbox's affair: one person's updates in one chat come one after the
other. It does not know what an update asks for.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, cast

import structlog
from telegram import Update
from telegram.ext import Application, BaseUpdateProcessor

from bot.errors import StorageError, UpdateGivenUp
from bot.handlers.inbox import AT_ONCE, Inbox
from bot.storage import ClaimedUpdate
from bot.storage.updates import MOST_CLAIMS, REPEATED

INLINE_LASTS = 15.0  # seconds after which Telegram takes no answer to what was asked inline

log = structlog.stdlib.get_logger(__name__)


class Turns(BaseUpdateProcessor):
    """The library's processor of updates, on the inbox."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(AT_ONCE)
        self._inbox = inbox
        self._application: Application[Any, Any, Any, Any, Any, Any] | None = None
        self._at_work: set[asyncio.Task[Any]] = set()
        self._left: set[int] = set()  # updates that are to be served after the next start

    def belong_to(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Whose updates these are: its error handler tells people what was given up."""
        self._application = application
        self._inbox.bot = application.bot

    async def do_process_update(self, update: object, coroutine: Any) -> None:
        """Serves the update. What is cut off, because the bot stops, counts as not begun."""
        task = asyncio.current_task()
        if task is not None:
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)
        await self._serve(update, coroutine)

    async def cut_off(self) -> None:
        """Ends what is at work; other processes will serve it. Before the bot hangs up, since
        an update that finds it so would count as served."""
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    async def _serve(self, update: object, coroutine: Any) -> None:
        serving = cast("Coroutine[Any, Any, None]", coroutine)
        claimed = self._inbox.held(update.update_id) if isinstance(update, Update) else None
        if claimed is None:
            await serving
            return
        if claimed.attempts >= MOST_CLAIMS:
            serving.close()
            await self._give_up(cast("Update", update))
        elif self._is_outdated(cast("Update", update), claimed):
            serving.close()
        else:
            await serving
        if claimed.id not in self._left:
            self._inbox.done(claimed.id)

    def leave(self, update: Update) -> None:
        """What is being served could not be, and can't be before the next start: it counts as not
        begun."""
        self._left.add(update.update_id)

    def is_repeated(self, update: Update) -> bool:
        """Whether this tap came while the same one was waiting or being served, or this is
        another part of an album."""
        claimed = self._inbox.held(update.update_id)
        return claimed is not None and claimed.tap == REPEATED

    def placeholder(self, update: Update) -> int | None:
        """The message that a process which died left in the place of the answer."""
        claimed = self._inbox.held(update.update_id)
        return claimed.placeholder_id if claimed else None

    async def hold_place(self, update: Update, message_id: int) -> None:
        """This message stands where the answer will; others are to know. Raises StorageError."""
        await self._inbox.hold_place(update.update_id, message_id)

    async def _give_up(self, update: Update) -> None:
        if self._application is not None:
            await self._application.process_error(update, UpdateGivenUp(update.update_id))

    def _is_outdated(self, update: Update, claimed: ClaimedUpdate) -> bool:
        age = self._inbox.age(claimed)
        return update.inline_query is not None and age > INLINE_LASTS

    async def initialize(self) -> None:
        """Nothing to prepare: the inbox claims when the application asks it for updates."""

    async def shutdown(self) -> None:
        """Lets other processes have what was not served here."""
        try:
            await self._inbox.close()
        except StorageError as error:
            log.warning("updates were not let go; their leases run out", error=str(error))
