"""/healthz, /readyz and /metrics for whoever operates the bot, on a port of their own.

It does not know what the bot does, only whom to ask whether it could.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.errors import StorageError
from bot.metrics import Metrics

Ping = Callable[[], Awaitable[None]]


class Health:
    """The small server; `ping` asks the database, `poet_ready` whether the weights are loaded,
    and `observe` counts what only the database knows."""

    def __init__(
        self,
        ping: Ping,
        poet_ready: Callable[[], bool],
        metrics: Metrics,
        observe: Ping | None = None,
    ) -> None:
        self._ping = ping
        self._poet_ready = poet_ready
        self._metrics = metrics
        self._observe = observe
        self._server = HTTPServer(self._routes())
        self.port = 0

    def start(self, host: str, port: int) -> None:
        """Listens; port 0 takes a free one. Raises OSError when the port is taken."""
        sockets = bind_sockets(port, host)
        self.port = sockets[0].getsockname()[1]
        self._server.add_sockets(sockets)

    async def stop(self) -> None:
        """Hangs up."""
        self._server.stop()
        await self._server.close_all_connections()

    def _routes(self) -> Application:
        return Application(
            [
                ("/healthz", _Answer, {"ask": self._alive}),
                ("/readyz", _Answer, {"ask": self._ready}),
                ("/metrics", _Answer, {"ask": self._counted}),
            ],
            log_function=lambda _: None,
        )

    async def _alive(self) -> tuple[int, bytes]:
        return 200, b"ok\n"

    async def _ready(self) -> tuple[int, bytes]:
        if not self._poet_ready():
            return 503, b"poet: not loaded\n"
        try:
            await self._ping()
        except StorageError:
            return 503, b"database: does not answer\n"
        return 200, b"ok\n"

    async def _counted(self) -> tuple[int, bytes]:
        if self._observe is not None:
            with suppress(StorageError):  # what is counted here can be told all the same
                await self._observe()
        return 200, self._metrics.text()


class _Answer(RequestHandler):
    def initialize(self, ask: Callable[[], Awaitable[tuple[int, bytes]]]) -> None:
        self._ask = ask

    async def get(self) -> None:
        status, body = await self._ask()
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish(body)
