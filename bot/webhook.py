"""Receives updates over a webhook: whoever knows the secret is Telegram.

An update is answered with 200 when it is committed to the inbox; where that fails, with 503,
and Telegram repeats it. What we cannot read gets 200 too: refused, it would be repeated for
ever. There may be several processes behind one address: which of them gets an update does not
matter, nor that two get the same. It does not know what updates are about.

Who is called never hears why nobody calls. So Telegram is asked now and then: a token that was
revoked, a webhook that somebody else took away, a call that failed.
"""

import asyncio
import hmac
import json
from datetime import datetime

import structlog
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.errors import StorageError
from bot.handlers.inbox import Inbox

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_LARGEST_BODY = 1_000_000  # bytes; an update has some kilobytes
_WATCHED = 60.0  # seconds between two questions

log = structlog.stdlib.get_logger(__name__)


class Webhook:
    """The server behind WEBHOOK_URL. The path does not matter: proxies may cut it."""

    def __init__(self, inbox: Inbox, secret: str) -> None:
        routes = [("/.*", _Receive, {"inbox": inbox, "secret": secret})]
        self._server = HTTPServer(
            Application(routes, log_function=lambda _: None), max_body_size=_LARGEST_BODY
        )
        self.port = 0

    def start(self, host: str, port: int) -> None:
        """Listens; port 0 takes a free one. Raises OSError when the port is taken."""
        sockets = bind_sockets(port, host)
        self.port = sockets[0].getsockname()[1]
        self._server.add_sockets(sockets)

    async def stop(self) -> None:
        """Hangs up; Telegram keeps what comes meanwhile."""
        self._server.stop()
        await self._server.close_all_connections()


class _Receive(RequestHandler):
    def initialize(self, inbox: Inbox, secret: str) -> None:
        self._inbox = inbox
        self._secret = secret

    async def post(self) -> None:
        said = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(said.encode(), self._secret.encode()):
            self.send_error(403)
            return
        try:
            await self._inbox.keep([self._read()])
        except StorageError as error:
            log.error("an update was not kept; Telegram will repeat it", error=str(error))
            self.send_error(503)

    def _read(self) -> object:
        try:
            return json.loads(self.request.body)
        except ValueError:  # the inbox says so
            return None


class WebhookWatch:
    """Asks Telegram how our webhook does, and says in the log what changed for the worse."""

    def __init__(self, bot: Bot, url: str, every: float = _WATCHED) -> None:
        self._bot = bot
        self._url = url
        self._every = every
        self._watching: asyncio.Task[None] | None = None
        self._failed_at: datetime | None = None
        self._ours = True

    def start(self) -> None:
        """From now on, until `stop`."""
        self._watching = asyncio.create_task(self._watch(), name="webhook watch")

    async def stop(self) -> None:
        """No more questions."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            try:
                self._look_at(await self._bot.get_webhook_info())
            except InvalidToken:  # the connection has noticed, and the process ends of it
                return
            except TelegramError as error:
                log.warning("Telegram did not say how the webhook does", error=str(error))

    def _look_at(self, info: WebhookInfo) -> None:
        ours = info.url == self._url
        if self._ours and not ours:
            log.error("the webhook was changed or deleted by somebody else; a restart sets it anew")
        self._ours = ours
        if info.last_error_date is not None and info.last_error_date != self._failed_at:
            log.warning(
                "Telegram could not bring updates to the webhook",
                error=info.last_error_message,
                waiting=info.pending_update_count,
            )
        self._failed_at = info.last_error_date
