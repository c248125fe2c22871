"""Receives updates over a webhook: whoever knows the secret is Telegram.

Whatever Telegram sends is answered with 200 at once, also what we cannot read: refused, it
would be repeated for ever. It does not know what updates are about.
"""

import hmac
import json

import structlog
from telegram import Update
from telegram.error import TelegramError
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.handlers.visit import BotApplication

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_LARGEST_BODY = 1_000_000  # bytes; an update has some kilobytes

log = structlog.stdlib.get_logger(__name__)


class Webhook:
    """The server behind WEBHOOK_URL. The path does not matter: proxies may cut it."""

    def __init__(self, application: BotApplication, secret: str) -> None:
        routes = [("/.*", _Receive, {"bot": application, "secret": secret})]
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
    def initialize(self, bot: BotApplication, secret: str) -> None:
        self._bot = bot
        self._secret = secret

    async def post(self) -> None:
        said = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(said.encode(), self._secret.encode()):
            self.send_error(403)
            return
        update = self._read()
        if update is not None:
            await self._bot.update_queue.put(update)

    def _read(self) -> Update | None:
        try:
            return Update.de_json(json.loads(self.request.body), self._bot.bot)
        except (ValueError, TypeError, KeyError, AttributeError, TelegramError) as error:
            log.error("an update could not be read", error=type(error).__name__)
            return None
