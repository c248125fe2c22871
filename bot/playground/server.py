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
                                       (kind: photo, document, sticker, voice)
           as the group itself:        "anonymous": true, of an administrator
    POST   /playground/messages/edit   {"chat_id": 10001, "message_id": 1, "text": "..."}
    POST   /playground/messages/delete {"chat_id": 10001, "message_id": 1}
    POST   /playground/reactions       {"chat_id": 10001, "message_id": 1, "emoji": "👍"}
    POST   /playground/callbacks       {"chat_id": 10001, "message_id": 2, "button": "❤️"}
           (button: callback_data or text)  → {"query_id": "9000001", "answer": null}
    GET    /playground/callbacks/9000001   → {"query_id": ..., "answer": {"text": "",
                                        "show_alert": false, "url": ""}}
    POST   /playground/inline_queries  {"user_id": 10001, "query": "月", "offset": "",
                                        "chat_id": -20001}
    GET    /playground/inline_queries/9000002   → {"query_id": ..., "answer": {"results": [...]}}
    POST   /playground/inline_results  {"query_id": "9000002", "result_id": "1", "chat_id": -20001,
                                        "thread_id": 2}
    POST   /playground/users           {"id": 5, "first_name": "Bo", "language_code": "en",
                                        "started": true}
    POST   /playground/users/10001/block | unblock | deactivate     {}
    POST   /playground/chats           {"id": -5, "type": "supergroup", "title": "G",
                                        "members": [10001], "topics": {"2": "Poems"}}
    POST   /playground/chats/-20001/bot      {"user_id": 10001, "status": "kicked"}
           (member, administrator, restricted, left, kicked)
    POST   /playground/chats/-20001/members  {"user_id": 10002, "status": "administrator",
                                        "by": 10001}
    POST   /playground/chats/-20001/migrate  {}      → {"chat": {"id": the new id, ...}}
    POST   /playground/faults          {"kind": "retry_after", "method": "sendMessage",
                                        "chat_id": 10001, "times": 2, "retry_after": 3}
           (kinds: retry_after, forbidden, unauthorized, bad_request, migrate
            (migrate_to_chat_id),
            server_error, hang (seconds), drop_before, drop_after)
    GET, DELETE /playground/faults
    POST   /playground/limits          {"per_second": 30, "per_chat_second": 1,
                                        "per_group_minute": 20}   (those are the defaults; 429)
    GET, DELETE /playground/limits     → {"limits": {...} or null, "refused": 0}
    POST   /playground/tokens/revoke   {"token": "1:abcdefgh"}  → that token is refused from now on
    GET, DELETE /playground/requests?method=sendMessage&since=0
           → {"requests": [{"number", "method", "parameters", "time", "status", "description"}]}
    GET    /playground/updates                     {"pending": 0}
    GET    /playground/files/<file_id>             the bytes
    GET    /playground/events                      server-sent events: message, deleted,
           chat_action, callback_answer, inline_answer, keyboard, commands, chat, bot
"""

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.playground.api_handlers import DownloadHandler, MethodHandler, chat_id_of
from bot.playground.arguments import Arguments
from bot.playground.call import Call
from bot.playground.errors import ApiError
from bot.playground.faults import Faults
from bot.playground.limits import Rates
from bot.playground.methods import METHODS
from bot.playground.page_handlers import (
    ControlHandler,
    EventsHandler,
    FontHandler,
    PageFileHandler,
    PageHandler,
)
from bot.playground.people import People, sample_world
from bot.playground.polling import Polling
from bot.playground.request_log import RequestLog
from bot.playground.state import Telegram
from bot.playground.webhook import WebhookDelivery

_PAGE = Path(__file__).parent / "page"
_FONTS = Path(__file__).parents[1] / "cards" / "fonts"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{8,}")
_MAX_BODY = 64 * 1024 * 1024
_GRACE = 2.0  # seconds that calls under way have to be answered when all stops


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
        self._revoked: set[str] = set()
        self.clock = clock
        self.telegram = Telegram()
        self.people = People(self.telegram)
        self.faults = Faults()
        self.rates = Rates()
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
        known = _TOKEN.fullmatch(token) and self._token in (None, token)
        if not known or token in self._revoked:
            raise ApiError(401, "Unauthorized")
        bot_id = int(token.partition(":")[0])
        if self.telegram.bot.id != bot_id:
            self.telegram.bot.id = bot_id
            self.telegram.tell("bot")

    def revoke_token(self, token: str) -> None:
        """Its owner revokes it: it is refused from now on, and who waits with it is let go."""
        self._revoked.add(token)
        self.polling.wake()

    async def answer(self, method: str, arguments: Arguments) -> Any:
        """The result of a method; ApiError when it is refused."""
        call = Call(self.telegram, arguments, self.clock())
        if method.lower() == "getupdates":
            return await self.polling.get_updates(call)
        known = METHODS.get(method.lower())
        if known is None:
            raise ApiError(404, "Not Found")
        self.rates.admit(method, chat_id_of(arguments), call.now)
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
                (r"/fonts/([\w-]+\.ttf)", FontHandler, {"path": str(_FONTS)}),
                (r"/(.*)", PageHandler, {"path": str(_PAGE), "default_filename": "index.html"}),
            ],
            log_function=_log_nothing,
        )


def _log_nothing(_handler: RequestHandler) -> None:
    """Paths hold the bot's token, so no access log is written."""
