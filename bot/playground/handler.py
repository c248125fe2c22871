"""What every handler of the playground's server shares: JSON answers, quiet logs, leaving."""

import asyncio
import json
import logging
from collections.abc import Awaitable
from http.client import responses
from types import TracebackType
from typing import TYPE_CHECKING, Any

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler

from bot.playground.errors import ApiError

if TYPE_CHECKING:
    from bot.playground.server import Playground

_log = logging.getLogger(__name__)


class QuietHandler(RequestHandler):
    """Logs faults of our own, and never a path: it may hold the bot's token."""

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if typ is not None and value is not None and not isinstance(value, HTTPError):
            _log.error("the playground failed", exc_info=(typ, value, tb))


class Handler(QuietHandler):
    """What all handlers share: the playground, JSON answers, quiet logs, noticing who left."""

    def initialize(self, playground: "Playground") -> None:
        self.playground = playground
        self.gone = asyncio.Event()

    def on_connection_close(self) -> None:
        self.gone.set()

    def set_default_headers(self) -> None:
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")

    def write_error(self, status_code: int, **_details: Any) -> None:
        """What went wrong in the Bot API's shape, whatever it was."""
        words = responses.get(status_code, "Unknown Error")
        self.answer(status_code, ApiError(status_code, words).json())

    def answer(self, status: int, body: dict[str, Any]) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(body, ensure_ascii=False))

    async def until_gone(self, work: Awaitable[Any]) -> Any:
        """The result of `work`; CancelledError of it when the caller left before."""
        task = asyncio.ensure_future(work)
        gone = asyncio.ensure_future(self.gone.wait())
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        task.cancel()
        await asyncio.gather(gone, task, return_exceptions=True)
        if task.cancelled():
            raise StreamClosedError
        return task.result()

    def drop(self) -> None:
        """Closes the connection without an answer."""
        self.detach().close()
