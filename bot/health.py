"""/healthz, /readyz and /metrics for whoever operates the bot, on a port of their own.

/healthz: the process lives. /readyz: it can serve people; where not, a line says what is missing,
without addresses or secrets, which are for the log. It does not know what the bot does, only whom
to ask whether it could.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.errors import StorageError
from bot.metrics import Metrics

PATIENCE = 3.0  # seconds; whoever asks for our health does not wait long

log = structlog.stdlib.get_logger(__name__)
Ask = Callable[[], Awaitable[None]]


class Health:
    """The small server. `probe` asks the database; `trouble` says in a line what else keeps the
    bot from working, if anything does; `observe` counts what only the database knows."""

    def __init__(
        self,
        probe: Ask,
        trouble: Callable[[], str | None],
        metrics: Metrics,
        observe: Ask,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._probe = _Question(probe, patience)
        self._observe = _Question(observe, patience)
        self._trouble = trouble
        self._metrics = metrics
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
        await self._probe.give_up()
        await self._observe.give_up()

    def _routes(self) -> Application:
        return Application(
            [
                ("/healthz", _Answer, {"ask": self._alive}),
                ("/readyz", _Answer, {"ask": self._ready}),
                ("/metrics", _Answer, {"ask": self._counted}),
            ],
            log_function=lambda _: None,
        )

    async def _alive(self) -> tuple[int, str | bytes]:
        return 200, "ok\n"

    async def _ready(self) -> tuple[int, str | bytes]:
        trouble = self._trouble()
        if trouble is None and not await self._probe.is_answered():
            trouble = "database: does not answer"
        return (200, "ok\n") if trouble is None else (503, f"{trouble}\n")

    async def _counted(self) -> tuple[int, str | bytes]:
        """What is not counted by the database can be told without it."""
        self._metrics.database_up(await self._observe.is_answered())
        return 200, self._metrics.text()


class _Question:
    """A question to the database, one at a time however often it is asked, for which nobody waits
    longer than `patience`: a server that hangs gathers no crowd."""

    def __init__(self, ask: Ask, patience: float) -> None:
        self._ask = ask
        self._patience = patience
        self._asking: asyncio.Task[None] | None = None
        self._good = True

    async def is_answered(self) -> bool:
        """Whether the answer was good, and in time. Why not stands in the log, once."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._put())
        await asyncio.wait({self._asking}, timeout=self._patience)
        if not self._asking.done():
            return self._is(False, "no answer in time")
        try:
            self._asking.result()
        except StorageError as error:
            return self._is(False, str(error))
        return self._is(True)

    def _is(self, good: bool, why: str = "") -> bool:
        if self._good and not good:
            log.error("the database does not answer", error=why)
        elif good and not self._good:
            log.info("the database answers again")
        self._good = good
        return good

    async def give_up(self) -> None:
        """Waits no more for the answer."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _put(self) -> None:
        await self._ask()


class _Answer(RequestHandler):
    def initialize(self, ask: Callable[[], Awaitable[tuple[int, str | bytes]]]) -> None:
        self._ask = ask

    async def get(self) -> None:
        status, body = await self._ask()
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish(body)
