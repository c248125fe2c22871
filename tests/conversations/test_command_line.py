"""The command line as an operator uses it."""

import socket
import time
from pathlib import Path

import httpx
import pytest

from tests.conversations.process import (
    ALICE,
    PATIENCE,
    TOKEN,
    BotProcess,
    Conversation,
    ask,
    freshly_running,
)

pytestmark = pytest.mark.conversation


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "said"),
    [
        (["run"], {}, 1, "BOT_TOKEN: is missing"),
        (["run"], {"BOT_TOKEN": "x"}, 1, "BOT_TOKEN: is not a bot token"),
        (["run"], {"BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://x.org"}, 1, "WEBHOOK_SECRET: "),
        (["check"], {"DEFAULT_TIMEZONE": "Moon"}, 1, "DEFAULT_TIMEZONE: "),
        (["nonsense"], {}, 2, "nonsense"),
        (["playground", "--port", "many"], {}, 2, "--port"),
    ],
)
def test_a_fault_is_one_line(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], code: int, said: str
) -> None:
    ended = ask(tmp_path, *arguments, **settings)
    assert ended.returncode == code
    assert len(ended.stderr.splitlines()) == 1
    assert said in ended.stderr
    assert ended.stderr.startswith("poetry-bot: ")


def test_check_and_migrate(tmp_path: Path) -> None:
    fresh = ask(tmp_path, "check")
    assert fresh.returncode == 0
    assert "ok: database: not made yet; run migrates it" in fresh.stdout
    assert not list(tmp_path.glob("*.db"))
    unmade = ask(tmp_path, "check", AUTO_MIGRATE="0")
    assert unmade.returncode == 1
    assert "problem: database: not made yet" in unmade.stdout
    assert ask(tmp_path, "migrate").returncode == 0
    ready = ask(tmp_path, "check", AUTO_MIGRATE="0")
    assert ready.returncode == 0
    assert all(line.startswith("ok: ") for line in ready.stdout.splitlines())


@pytest.mark.parametrize("command", ["check", "migrate", "playground"])
def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").touch()
    ended = ask(tmp_path, command, DATA_DIR=str(tmp_path / "file" / "data"), LOG_LEVEL="ERROR")
    assert ended.returncode == 1
    said = [line for line in (ended.stdout + ended.stderr).splitlines() if "file/data" in line]
    assert len(said) == 1
    assert said[0].startswith(("problem: database: the folder ", "poetry-bot: the folder "))
    assert "Traceback" not in ended.stderr


def test_check_has_a_line_for_each_wrong_setting(tmp_path: Path) -> None:
    ended = ask(tmp_path, "check", BOT_TOKEN="abc", HEALTH_PORT="abc")
    assert ended.returncode == 1
    names = [line.split(": ")[:2] for line in ended.stderr.splitlines()]
    assert names == [["poetry-bot", "BOT_TOKEN"], ["poetry-bot", "HEALTH_PORT"]]


def test_check_knows_that_telegram_calls_https_only(tmp_path: Path, telegram: str) -> None:
    hook = {"WEBHOOK_URL": "http://example.org/hook", "WEBHOOK_SECRET": "s"}
    ended = ask(tmp_path, "check", **hook)
    assert ended.returncode == 1
    assert "problem: settings: WEBHOOK_URL: Telegram calls https" in ended.stdout
    assert ask(tmp_path, "check", BOT_API_URL=telegram, **hook).returncode == 0


@pytest.mark.parametrize(
    ("door", "wrong"),
    [("WEBHOOK", "HOST"), ("WEBHOOK", "PORT"), ("HEALTH", "HOST"), ("HEALTH", "PORT")],
)
def test_a_door_that_can_not_be_opened_is_named(
    tmp_path: Path, telegram: str, door: str, wrong: str
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1] if wrong == "PORT" else 0
        settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": telegram, "LOG_LEVEL": "ERROR"}
        settings |= {"WEBHOOK_URL": "http://127.0.0.1/hook", "WEBHOOK_SECRET": "s"}
        settings |= {"WEBHOOK_PORT": "0", f"{door}_PORT": str(port)}
        settings |= {f"{door}_HOST": "300.1.1.1"} if wrong == "HOST" else {}
        ended = ask(tmp_path, "run", **settings)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"poetry-bot: {door}_{wrong}: ")


def test_what_is_due_is_counted_and_listed(tmp_path: Path) -> None:
    early = ask(tmp_path, "due")
    assert early.returncode == 1
    assert "database: not made yet" in early.stderr
    assert not list(tmp_path.glob("*.db"))
    ask(tmp_path, "migrate")
    ended = ask(tmp_path, "due", "--list", "--hours", "2")
    assert (ended.returncode, ended.stdout) == (0, "0 due in 2 h (Asia/Shanghai)\n")


def test_a_person_is_forgotten_on_the_operators_word(
    bot: BotProcess, folder: Path, telegram: str
) -> None:
    """Beside the bot that works."""
    people = Conversation(telegram)
    assert people.says("/subscribe 08:00 月", ALICE)["text"]
    looked = ask(folder, "forget", str(ALICE))
    assert looked.stdout == "      1  daily poems\nnothing is deleted without --yes\n"
    deleted = ask(folder, "forget", str(ALICE), "--yes")
    assert (deleted.returncode, deleted.stdout.splitlines()[-1]) == (0, "deleted")
    assert ask(folder, "forget", str(ALICE)).stdout == "there is nothing about this person\n"
    assert people.says("/unsubscribe", ALICE)["text"].startswith("There is no daily poem here.")
    people.close()


def test_check_names_weights_that_are_not_there(tmp_path: Path) -> None:
    ended = ask(tmp_path, "check", MODEL_DIR=str(tmp_path / "nowhere"))
    assert ended.returncode == 1
    (problem,) = [line for line in ended.stdout.splitlines() if line.startswith("problem: ")]
    assert "nowhere" in problem


def test_weights_that_are_not_there_end_the_start_in_one_line(tmp_path: Path) -> None:
    settings = {"MODEL_DIR": str(tmp_path / "nowhere"), "LOG_LEVEL": "ERROR"}
    ended = ask(tmp_path, "playground", "--port", "0", **settings)
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert "nowhere" in ended.stderr


def test_the_playground_talks_and_stops_in_time(tmp_path: Path) -> None:
    with freshly_running(tmp_path, "playground", "--port", "0") as bot:
        url = bot.wait_for(r"poetry-bot playground: (http://\S+) — open it").group(1)
        people = Conversation(url)
        assert "七绝 · " in people.says("/poem 月")["text"]
        people.close()
        started = time.monotonic()
        assert bot.stop() == 0
        assert time.monotonic() - started < 10
    assert "Traceback" not in bot.said()


def test_a_taken_port_is_named_or_avoided(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = ask(tmp_path, "playground", "--port", str(port))
    assert ended.returncode == 1
    assert str(port) in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_run_without_a_token_may_open_the_playground(tmp_path: Path) -> None:
    with freshly_running(tmp_path, "run", "--or-playground") as bot:
        url = bot.wait_for(r"poetry-bot playground: (http://127.0.0.1:\d+) — ").group(1)
        people = Conversation(url)
        assert people.says("/help")["text"]
        people.close()
        assert bot.stop() == 0


def test_a_token_that_is_revoked_ends_the_process_with_one_line(
    telegram: str, tmp_path: Path
) -> None:
    token = "777777:" + "r" * 35
    people = Conversation(telegram)
    with freshly_running(tmp_path, "run", BOT_TOKEN=token, BOT_API_URL=telegram) as bot:
        bot.wait_for("serving @")
        assert people.says("/help")["text"]
        people.post("tokens/revoke", token=token)
        assert bot.process.wait(PATIENCE) == 1
    people.close()
    assert bot.said().splitlines()[-1] == (
        "poetry-bot: BOT_TOKEN: Telegram does not accept it any more"
    )
    assert "Traceback" not in bot.said()
    assert token not in bot.said()
    assert "r" * 20 not in bot.said()


def test_webhook_with_secret_and_health(telegram: str, tmp_path: Path) -> None:
    hook, health = free_port(), free_port()
    settings = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": telegram,
        "WEBHOOK_URL": f"http://127.0.0.1:{hook}/hook",
        "WEBHOOK_SECRET": "a-secret_0123456789",
        "WEBHOOK_PORT": str(hook),
        "HEALTH_PORT": str(health),
    }
    people = Conversation(telegram)
    with freshly_running(tmp_path, "run", **settings) as bot:
        bot.wait_for("serving @")
        assert "七绝 · " in people.says("/poem 月")["text"]
        with httpx.Client(trust_env=False) as http:
            stranger = http.post(f"http://127.0.0.1:{hook}/hook", json={"update_id": 1})
            assert stranger.status_code == 403
            known = {"X-Telegram-Bot-Api-Secret-Token": "a-secret_0123456789"}
            for poison in (b"{", b"[]", b'{"update_id": "x", "message": 7}', b"\xff"):
                answer = http.post(f"http://127.0.0.1:{hook}/", content=poison, headers=known)
                assert answer.status_code == 200
            assert http.get(f"http://127.0.0.1:{health}/healthz").status_code == 200
            assert http.get(f"http://127.0.0.1:{health}/readyz").status_code == 200
            metrics = http.get(f"http://127.0.0.1:{health}/metrics").text
        assert 'poetry_bot_poems_total{form="七绝",kind="poem"} 1.0' in metrics
        assert people.says("/start")["text"]
        assert bot.stop() == 0
    people.close()
    assert "a-secret" not in bot.said()
