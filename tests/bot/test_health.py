"""/healthz, /readyz, /metrics."""

import asyncio
import io
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.errors import StorageError
from bot.health import Health
from bot.metrics import Metrics

SECRET = "postgresql://bot:secret@db.internal/bot"


class Operations:
    """A database and a poet whose health tests decide."""

    def __init__(self) -> None:
        self.database, self.poet, self.hangs = True, True, False
        self.asked = 0

    async def ping(self) -> None:
        """As the store's."""
        self.asked += 1
        if self.hangs:
            await asyncio.Event().wait()
        if not self.database:
            raise StorageError(f"gone: {SECRET}")

    def trouble(self) -> str | None:
        return None if self.poet else "poet: not loaded"


@pytest.fixture
async def operations() -> Operations:
    return Operations()


@pytest.fixture
async def http(operations: Operations) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the running server."""
    metrics = Metrics()
    metrics.poem_written("poem", "七绝", 0.3)

    async def observe() -> None:
        await operations.ping()
        metrics.waiting({"due": 3})

    health = Health(operations.ping, operations.trouble, metrics, observe, patience=0.05)
    health.start("127.0.0.1", 0)
    url = f"http://127.0.0.1:{health.port}"
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        yield client
    await health.stop()


async def test_all_is_well(http: httpx.AsyncClient) -> None:
    assert (await http.get("/healthz")).status_code == 200
    assert (await http.get("/readyz")).status_code == 200


async def test_not_ready_without_a_database_or_a_poet(
    http: httpx.AsyncClient, operations: Operations
) -> None:
    operations.database = False
    assert (await http.get("/readyz")).text == "database: does not answer\n"
    operations.poet = False
    answer = await http.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "poet: not loaded\n")
    assert (await http.get("/healthz")).status_code == 200
    operations.database = operations.poet = True
    assert (await http.get("/readyz")).text == "ok\n"


async def test_a_database_that_hangs_is_asked_once_and_waited_for_briefly(
    http: httpx.AsyncClient, operations: Operations
) -> None:
    operations.hangs = True
    answers = await asyncio.gather(*(http.get("/readyz") for _ in range(5)))
    assert {answer.text for answer in answers} == {"database: does not answer\n"}
    assert operations.asked == 1
    assert (await http.get("/healthz")).status_code == 200
    assert "poetry_bot_database_up 0.0" in (await http.get("/metrics")).text


async def test_why_is_logged_once_and_not_told_to_whoever_asks(
    http: httpx.AsyncClient, operations: Operations, log_lines: io.StringIO
) -> None:
    operations.database = False
    for _ in range(3):
        assert "secret" not in (await http.get("/readyz")).text
    operations.database = True
    await http.get("/readyz")
    told = [line for line in log_lines.getvalue().splitlines() if "the database" in line]
    assert ["does not answer" in told[0], "answers again" in told[1]] == [True, True]
    assert len(told) == 2


async def test_metrics_count(http: httpx.AsyncClient) -> None:
    text = (await http.get("/metrics")).text
    assert 'poetry_bot_poems_total{form="七绝",kind="poem"} 1.0' in text
    assert "poetry_bot_poem_seconds_count 1.0" in text
    assert 'poetry_bot_deliveries_waiting{state="due"} 3.0' in text
    assert "poetry_bot_database_up 1.0" in text


async def test_metrics_are_told_without_a_database_too(
    http: httpx.AsyncClient, operations: Operations
) -> None:
    operations.database = False
    answer = await http.get("/metrics")
    assert (answer.status_code, "poetry_bot_poem_seconds_count 1.0" in answer.text) == (200, True)
    assert "poetry_bot_database_up 0.0" in answer.text
