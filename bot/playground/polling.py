"""getUpdates: waits for updates, and lets only one caller wait at a time.

Owns the waiting. The queue itself is in updates.py.
"""

import asyncio

from bot.playground.call import Call
from bot.playground.errors import ApiError
from bot.playground.methods.receiving import allow_updates
from bot.playground.state import Json
from bot.playground.updates import UpdateQueue

_MAX_TIMEOUT = 50  # seconds
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_TERMINATED = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class Polling:
    """The long poll of one bot; the newest caller wins, as on Telegram."""

    def __init__(self) -> None:
        self._waiting: asyncio.Future[bool] | None = None  # True: updates came; False: taken over

    @property
    def is_waiting(self) -> bool:
        """Whether a caller waits for updates right now."""
        return self._waiting is not None

    def wake(self) -> None:
        """Something was queued, or a webhook was set."""
        self._finish(came=True)

    def stop(self) -> None:
        """Lets the waiting caller go, with nothing."""
        self._finish(came=True)

    def _finish(self, *, came: bool) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(came)

    async def get_updates(self, call: Call) -> list[Json]:
        """The updates from `offset` on, once there are any or `timeout` is over."""
        queue = call.telegram.updates
        if queue.webhook is not None:
            raise ApiError(409, _WEBHOOK_ACTIVE)
        allow_updates(call)
        self._finish(came=False)
        offset = call.arguments.integer("offset")
        limit = min(max(call.arguments.integer("limit", 100), 1), 100)
        timeout = min(max(call.arguments.integer("timeout"), 0), _MAX_TIMEOUT)
        updates = queue.take(offset, limit)
        if updates or not timeout:
            return updates
        await self._wait(timeout)
        return _after_waiting(queue, offset, limit)

    async def _wait(self, timeout: float) -> None:  # noqa: ASYNC109 - the Bot API's own word
        waiting = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        try:
            async with asyncio.timeout(timeout):
                if not await waiting:
                    raise ApiError(409, _TERMINATED)
        except TimeoutError:
            pass
        finally:
            if self._waiting is waiting:
                self._waiting = None


def _after_waiting(queue: UpdateQueue, offset: int, limit: int) -> list[Json]:
    if queue.webhook is not None:
        raise ApiError(409, "Conflict: terminated by setWebhook request")
    return queue.take(max(offset, 0), limit)
