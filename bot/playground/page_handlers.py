"""The chat page over HTTP: its files, the control endpoints, the stream of events."""

import asyncio
import json
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import StaticFileHandler

from bot.playground.api_handlers import json_object
from bot.playground.control import Ask, find_route
from bot.playground.errors import ApiError, ImpossibleError
from bot.playground.files import StoredFile
from bot.playground.handler import Handler, QuietHandler

_HEARTBEAT = 15.0  # seconds
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; font-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


class PageFileHandler(Handler):
    """/playground/files/<file_id>: pictures and documents for the page, without a token."""

    def get(self, file_id: str) -> None:
        stored = self.playground.telegram.files.by_id(file_id)
        if stored is None:
            self.answer(404, {"error": "no such file"})
            return
        self.set_header("Content-Type", _shown_type(stored))
        self.set_header("Cache-Control", "private, max-age=3600")
        self.finish(stored.body)


def _shown_type(stored: StoredFile) -> str:
    """Only pictures open in the browser; anything else is bytes to be saved."""
    return stored.mime_type if stored.size is not None else "application/octet-stream"


class ControlHandler(Handler):
    """/playground/*: finds the function and hands it the request."""

    def get(self, path: str) -> None:
        self._route("GET", path)

    def delete(self, path: str) -> None:
        self._route("DELETE", path)

    def post(self, path: str) -> None:
        # A page of another origin can't send this type without being asked for leave first.
        if not self.request.headers.get("Content-Type", "").startswith("application/json"):
            self.answer(415, {"error": "Content-Type must be application/json"})
            return
        self._route("POST", path)

    def _route(self, method: str, path: str) -> None:
        found = find_route(method, path)
        if found is None:
            self.answer(404, {"error": f"no {method} /playground/{path}"})
            return
        route, name = found
        try:
            body = json_object(self.request.body)
            query = {k: v[-1].decode() for k, v in self.request.query_arguments.items()}
            self.answer(200, route(Ask(self.playground, name, body, query)))
        except (ImpossibleError, ApiError, ValueError) as error:
            self.answer(400, {"error": str(error)})


class EventsHandler(Handler):
    """/playground/events: what happens, as it happens."""

    async def get(self) -> None:
        self.set_header("Content-Type", "text/event-stream")
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        stop_listening = self.playground.telegram.listen(queue.put_nowait)
        stopped = asyncio.ensure_future(self.playground.stopping.wait())
        try:
            await self._say(": welcome\n\n")
            while not stopped.done():
                await self._next(queue, stopped)
        except StreamClosedError:
            return
        finally:
            stop_listening()
            stopped.cancel()

    async def _next(
        self, queue: asyncio.Queue[dict[str, Any]], stopped: "asyncio.Future[Any]"
    ) -> None:
        event = asyncio.ensure_future(queue.get())
        gone = asyncio.ensure_future(self.gone.wait())
        await asyncio.wait(
            {event, gone, stopped}, timeout=_HEARTBEAT, return_when=asyncio.FIRST_COMPLETED
        )
        gone.cancel()
        if self.gone.is_set():
            event.cancel()
            raise StreamClosedError
        if event.done():
            await self._say(f"data: {json.dumps(event.result(), ensure_ascii=False)}\n\n")
        else:
            event.cancel()
            await self._say(": still here\n\n")

    async def _say(self, text: str) -> None:
        self.write(text)
        await self.flush()


class PageHandler(QuietHandler, StaticFileHandler):
    """The chat page and what belongs to it."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - tornado's signature
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-cache")


class FontHandler(QuietHandler, StaticFileHandler):
    """The typeface of the cards, so that a poem looks the same on every machine."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - tornado's signature
        self.set_header("Content-Type", "font/ttf")
        self.set_header("Cache-Control", "private, max-age=86400")
