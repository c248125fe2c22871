"""Receives updates over a webhook: whoever knows the secret is Telegram.

An update is answered with 200 when it is committed to the inbox; where that fails, with 503,
and Telegram repeats it. What we cannot read gets 200 too: refused, it would be repeated for
ever. There may be several processes behind one address: which of them gets an update does not
matter, nor that two get the same. It does not know what updates are about.
"""

import hmac
import json

import structlog
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.errors import StorageError
from bot.handlers.inbox import Inbox

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_LARGEST_BODY = 1_000_000  # bytes; an update has some kilobytes

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
