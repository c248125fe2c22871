"""The playground's HTTP server: the Bot API, its files, the chat page and the controls.

    playground = Playground()
    await playground.start()
    playground.url                  # "http://127.0.0.1:PORT"
    playground.telegram             # the state, to look at or to change
    playground.people.write(10001, 10001, "/poem 月", now=time.time())
    playground.faults.add(Fault("retry_after", method="sendMessage", retry_after=2))
    await playground.stop()

Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`. The chat page: `/`.

Controls, JSON in (Content-Type application/json) and out; `user_id` may be left out in a
private chat, whose id is its user's. Errors: 400 {"error": "..."}.

    GET    /playground/state                       bot, users and chats
    GET    /playground/chats/10001/messages?after=0    {"chat": ..., "messages": [...]}
    GET    /playground/chats/10001/commands?user_id=10001
    POST   /playground/messages        {"chat_id": 10001, "text": "/poem 月"}
           group, answer, topic:       {"chat_id": -20001, "user_id": 10002, "text": "hi",
                                        "reply_to": 3, "thread_id": 2}
           other things:               {"chat_id": 10001, "location":
                                        {"latitude": 31.2, "longitude": 121.5}}
                                       {"chat_id": 10001, "caption": "", "file":
                                        {"kind": "photo", "name": "a.png", "base64": "..."}}
                                       (kind: photo, document, sticker)
    POST   /playground/messages/edit   {"chat_id": 10001, "message_id": 1, "text": "..."}
    POST   /playground/callbacks       {"chat_id": 10001, "message_id": 2, "button": "❤️"}
           (button: callback_data or text)  → {"query_id": "9000001", "answer": null}
    GET    /playground/callbacks/9000001   → {"query_id": ..., "answer": {"text": "",
                                        "show_alert": false, "url": ""}}
    POST   /playground/inline_queries  {"user_id": 10001, "query": "月", "offset": ""}
    GET    /playground/inline_queries/9000002   → {"query_id": ..., "answer": {"results": [...]}}
    POST   /playground/inline_results  {"query_id": "9000002", "result_id": "1", "chat_id": -20001}
    POST   /playground/users           {"id": 5, "first_name": "Bo", "language_code": "en",
                                        "started": true}
    POST   /playground/users/10001/block | unblock | deactivate     {}
    POST   /playground/chats           {"id": -5, "type": "supergroup", "title": "G",
                                        "members": [10001], "topics": {"2": "Poems"}}
    POST   /playground/chats/-20001/bot      {"user_id": 10001, "status": "kicked"}
           (member, administrator, left, kicked)
    POST   /playground/chats/-20001/migrate  {}      → {"chat": {"id": the new id, ...}}
    POST   /playground/faults          {"kind": "retry_after", "method": "sendMessage",
                                        "chat_id": 10001, "times": 2, "retry_after": 3}
           (kinds: retry_after, forbidden, bad_request, migrate (migrate_to_chat_id),
            server_error, hang (seconds), drop_before, drop_after)
    GET, DELETE /playground/faults
    GET, DELETE /playground/requests?method=sendMessage&since=0
           → {"requests": [{"number", "method", "parameters", "time", "status", "description"}]}
    GET    /playground/updates                     {"pending": 0}
    GET    /playground/files/<file_id>             the bytes
    GET    /playground/events                      server-sent events: message, deleted,
           chat_action, callback_answer, inline_answer, keyboard, commands, chat, bot
"""

import asyncio
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler, StaticFileHandler

from bot.playground.arguments import Arguments, Upload
from bot.playground.call import Call
from bot.playground.control import Ask, find_route
from bot.playground.errors import ApiError, ImpossibleError
from bot.playground.faults import Fault, Faults
from bot.playground.files import StoredFile
from bot.playground.methods import METHODS
from bot.playground.people import People, sample_world
from bot.playground.polling import Polling
from bot.playground.request_log import LoggedRequest, RequestLog
from bot.playground.state import Telegram
from bot.playground.webhook import WebhookDelivery

_log = logging.getLogger(__name__)
_PAGE = Path(__file__).parent / "page"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{8,}")
_MAX_BODY = 64 * 1024 * 1024
_HEARTBEAT = 15.0  # seconds
_GRACE = 2.0  # seconds that calls under way have to be answered when all stops
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


class Playground:
    """A Telegram of one's own on the running asyncio loop.

    `token`: the only bot token that is let in; None lets in every well-formed one.
    `clock` gives Unix seconds. `webhook_pause`: seconds before a failed delivery is repeated.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        token: str | None = None,
        clock: Callable[[], float] = time.time,
        webhook_pause: float = 0.2,
    ) -> None:
        self._host, self._port, self._token = host, port, token
        self.clock = clock
        self.telegram = Telegram()
        self.people = People(self.telegram)
        self.faults = Faults()
        self.requests = RequestLog()
        self.polling = Polling()
        self.stopping = asyncio.Event()
        self._calls = 0  # under way
        self._quiet = asyncio.Event()  # no call is under way
        self._quiet.set()
        self._webhook = WebhookDelivery(self.telegram, first_pause=webhook_pause)
        self._server: HTTPServer | None = None
        self.telegram.updates.on_change = self._updates_changed
        sample_world(self.telegram)

    @property
    def url(self) -> str:
        """Where it listens, once started."""
        shown = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{shown}:{self._port}"

    async def start(self) -> None:
        """Listens; port 0 is replaced by a free one. Raises OSError when the port is taken."""
        sockets = bind_sockets(self._port, self._host)
        self._port = sockets[0].getsockname()[1]
        self._server = HTTPServer(self._application(), max_buffer_size=_MAX_BODY)
        self._server.add_sockets(sockets)
        self._webhook.start()

    async def stop(self) -> None:
        """Answers what waits, closes every connection and stops listening."""
        self.stopping.set()
        self.polling.stop()
        await self._webhook.stop()
        if self._server is not None:
            self._server.stop()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._quiet.wait(), _GRACE)
            await self._server.close_all_connections()
            self._server = None

    async def __aenter__(self) -> "Playground":
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @contextmanager
    def call_under_way(self) -> Iterator[None]:
        """Lets `stop` wait for a call to be answered."""
        self._calls += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._calls -= 1
            if self._calls == 0:
                self._quiet.set()

    def check_token(self, token: str) -> None:
        """Refuses a token in Telegram's two ways; the first good one names the bot's id."""
        if ":" not in token:
            raise ApiError(404, "Not Found")
        if not _TOKEN.fullmatch(token) or self._token not in (None, token):
            raise ApiError(401, "Unauthorized")
        self.telegram.bot.id = int(token.partition(":")[0])

    async def answer(self, method: str, arguments: Arguments) -> Any:
        """The result of a method; ApiError when it is refused."""
        call = Call(self.telegram, arguments, self.clock())
        if method.lower() == "getupdates":
            return await self.polling.get_updates(call)
        known = METHODS.get(method.lower())
        if known is None:
            raise ApiError(404, "Not Found")
        return known(call)

    def _updates_changed(self) -> None:
        self.polling.wake()
        self._webhook.wake()

    def _application(self) -> Application:
        mine = {"playground": self}
        return Application(
            [
                (r"/bot([^/]*)/([^/]+)", MethodHandler, mine),
                (r"/file/bot([^/]*)/(.+)", DownloadHandler, mine),
                (r"/playground/events", EventsHandler, mine),
                (r"/playground/files/([^/]+)", PageFileHandler, mine),
                (r"/playground/(.+)", ControlHandler, mine),
                (r"/(.*)", PageHandler, {"path": str(_PAGE), "default_filename": "index.html"}),
            ],
            log_function=_log_nothing,
        )


def _log_nothing(_handler: RequestHandler) -> None:
    """Paths hold the bot's token, so no access log is written."""


class _Handler(RequestHandler):
    """What all handlers share: the playground, JSON answers, quiet logs, noticing who left."""

    def initialize(self, playground: Playground) -> None:
        self.playground = playground
        self.gone = asyncio.Event()

    def on_connection_close(self) -> None:
        self.gone.set()

    def set_default_headers(self) -> None:
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """As tornado's, without the path."""
        if typ is not None and value is not None:
            _log.error("the playground failed", exc_info=(typ, value, tb))

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


class MethodHandler(_Handler):
    """/bot<token>/<method>"""

    async def get(self, token: str, method: str) -> None:
        await self._call(token, method)

    async def post(self, token: str, method: str) -> None:
        await self._call(token, method)

    async def _call(self, token: str, method: str) -> None:
        playground = self.playground
        try:
            playground.check_token(token)
            arguments = read_arguments(self.request)
        except ApiError as error:
            self.answer(error.code, error.json())
            return
        logged = playground.requests.add(method, arguments, playground.clock())
        fault = playground.faults.take(method, _chat_id(arguments))
        try:
            with playground.call_under_way():
                await self._act(method, arguments, fault, logged)
        except StreamClosedError:
            logged.description = "the caller left"

    async def _act(
        self, method: str, arguments: Arguments, fault: Fault | None, logged: LoggedRequest
    ) -> None:
        if fault is not None and fault.kind == "hang":
            await self._hang(fault.seconds)
        if fault is not None and fault.kind == "drop_before":
            logged.description = "dropped before acting"
            self.drop()
            return
        try:
            error = fault.error() if fault is not None else None
            if error is not None:
                raise error
            result = await self.until_gone(self.playground.answer(method, arguments))
        except ApiError as refusal:
            self._refuse(refusal, logged)
            return
        if fault is not None and fault.kind == "drop_after":
            logged.description = "dropped after acting"
            self.drop()
            return
        logged.status = 200
        self.answer(200, {"ok": True, "result": result})

    def _refuse(self, error: ApiError, logged: LoggedRequest) -> None:
        logged.status, logged.description = error.code, error.description
        if "retry_after" in error.parameters:
            self.set_header("Retry-After", str(error.parameters["retry_after"]))
        self.answer(error.code, error.json())

    async def _hang(self, seconds: float) -> None:
        """Waits; for ever (0) until the caller leaves or the playground stops."""
        try:
            async with asyncio.timeout(seconds or None):
                await self.until_gone(self.playground.stopping.wait())
        except TimeoutError:
            return
        self.drop()
        raise StreamClosedError


def read_arguments(request: HTTPServerRequest) -> Arguments:
    """The arguments of a call from query string and body; ApiError when JSON is broken."""
    values: dict[str, Any] = {
        name: parts[-1].decode(errors="replace") for name, parts in request.arguments.items()
    }
    if request.headers.get("Content-Type", "").startswith("application/json"):
        values |= _json_object(request.body)
    uploads = {
        name: Upload(parts[-1].filename, parts[-1].body, parts[-1].content_type)
        for name, parts in request.files.items()
    }
    return Arguments(values, uploads)


def _json_object(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    try:
        parsed = json.loads(body)
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(parsed, dict):
        raise ApiError(400, "Bad Request: JSON object expected")
    return parsed


def _chat_id(arguments: Arguments) -> int | None:
    text = arguments.text("chat_id")
    return int(text) if re.fullmatch(r"-?\d+", text) else None


class DownloadHandler(_Handler):
    """/file/bot<token>/<path>"""

    def get(self, token: str, path: str) -> None:
        try:
            self.playground.check_token(token)
        except ApiError as error:
            self.answer(error.code, error.json())
            return
        stored = self.playground.telegram.files.by_path(path)
        if stored is None:
            self.answer(404, ApiError(404, "Not Found").json())
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(stored.body)


class PageFileHandler(_Handler):
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


class ControlHandler(_Handler):
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
            body = _json_object(self.request.body)
            query = {k: v[-1].decode() for k, v in self.request.query_arguments.items()}
            self.answer(200, route(Ask(self.playground, name, body, query)))
        except (ImpossibleError, ApiError, ValueError) as error:
            self.answer(400, {"error": str(error)})


class EventsHandler(_Handler):
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


class PageHandler(StaticFileHandler):
    """The chat page and what belongs to it."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - tornado's signature
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-cache")
