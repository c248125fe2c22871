"""A real `python -m bot` process beside the tests, and the conversation it has over HTTP.

The Telegram of the process is a playground served by the test; everything goes over its
control endpoints, as any other program could do it.
"""

import itertools
import os
import re
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.conversations.forking import Forked

ROOT = Path(__file__).parents[2]
TOKEN = "123456:" + "t" * 35
XIAOYUE, ALICE, AMING = 10001, 10002, 10003  # zh-hans, en, zh-hant
GROUP, PICTURES = -20001, -20009
PATIENCE = 90.0  # seconds: a busy machine takes long to load the weights

Json = dict[str, Any]
Process = subprocess.Popen[bytes] | Forked


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a bot that knows nothing but these settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    mine = {"DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    mine |= {"POEM_INTERVAL": "0"}  # tests write faster than people
    return kept | mine | settings


@dataclass
class BotProcess:
    """A running bot."""

    process: Process
    output: Path

    def said(self) -> str:
        """Everything it printed and logged."""
        return self.output.read_text("utf-8")

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Waits until its output holds the pattern."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if match := re.search(pattern, self.said()):
                return match
            if self.process.poll() is not None:
                raise AssertionError(f"the bot ended:\n{self.said()}")
            time.sleep(0.05)
        raise AssertionError(f"no {pattern!r} in:\n{self.said()}")

    def terminate(self) -> None:
        """Asks it to end, and does not wait."""
        self.process.send_signal(signal.SIGTERM)

    def stop(self) -> int:
        """Asks it to end; the exit code."""
        self.terminate()
        return self.ended()

    def ended(self) -> int:
        """Waits for its end; the exit code."""
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """kill -9"""
        self.process.kill()
        self.process.wait(PATIENCE)


@contextmanager
def running(folder: Path, *arguments: str, **settings: str) -> Iterator[BotProcess]:
    """`python -m bot …` in a folder of its own; whatever happens, it is gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / "output.txt"
    output.touch()
    with _ending(Forked(arguments, folder, environment(folder, **settings), output)) as process:
        yield BotProcess(process, output)


@contextmanager
def freshly_running(folder: Path, *arguments: str, **settings: str) -> Iterator[BotProcess]:
    """The same in an interpreter of its own, as an operator starts it."""
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / "output.txt"
    with output.open("ab") as stream:
        started = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=folder,
            env=environment(folder, **settings),
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    with _ending(started) as process:
        yield BotProcess(process, output)


@contextmanager
def _ending(process: Process) -> Iterator[Process]:
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(PATIENCE)


def ask(folder: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Runs `python -m bot …` to its end."""
    folder.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


class Conversation:
    """People and the bot on a playground, over HTTP."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=10, trust_env=False)
        self._ids = itertools.count(31_001)

    def close(self) -> None:
        """Hangs up."""
        self._http.close()

    def post(self, path: str, **body: Any) -> Json:
        """One control request."""
        answer = self._http.post(f"/playground/{path}", json=body)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def api(self, method: str, **body: Any) -> Json:
        """The bot itself calls a method: what an earlier version of it did, say."""
        answer = self._http.post(f"/bot{TOKEN}/{method}", json=body)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()["result"]
        return found

    def get(self, path: str) -> Json:
        """One control question."""
        answer = self._http.get(f"/playground/{path}")
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def meets(self, language: str = "zh-hans", *, started: bool = True) -> int:
        """Somebody of whom the bot knows nothing yet, and who has had no message of late."""
        user = next(self._ids)
        body = {"id": user, "first_name": "诗友", "language_code": language}
        self.post("users", **body, started=started)
        return user

    def circle(self, *members: int, **more: Any) -> int:
        """A group in which the bot has not spoken yet; the first of the members leads it."""
        group = -next(self._ids)
        self.post("chats", id=group, title="诗友", members=members, **more)
        return group

    def messages(self, chat: int, after: int = 0) -> list[Json]:
        """The messages of a chat."""
        found: list[Json] = self.get(f"chats/{chat}/messages?after={after}")["messages"]
        return found

    def write(self, text: str, chat: int = XIAOYUE, user: int = 0, **more: Any) -> int:
        """Somebody writes; the number of their message. `more`: reply_to and thread_id."""
        body = {"chat_id": chat, "user_id": user or chat, "text": text} | more
        return int(self.post("messages", **body)["message"]["message_id"])

    def says(self, text: str, chat: int = XIAOYUE, user: int = 0, **more: Any) -> Json:
        """Somebody writes; the bot's answer."""
        return self.answer_after(self.write(text, chat, user, **more), chat)

    def sends(self, kind: str, body: bytes, user: int = XIAOYUE, caption: str = "") -> Json:
        """Somebody sends a file; the bot's answer."""
        file = {"kind": kind, "name": kind, "base64": b64encode(body).decode()}
        sent = self.post("messages", chat_id=user, caption=caption, file=file)["message"]
        return self.answer_after(sent["message_id"], user)

    def file(self, message: Json) -> bytes:
        """The picture, as large as there is, or the document of a message."""
        held = message["photo"][-1] if "photo" in message else message["document"]
        answer = self._http.get(f"/playground/files/{held['file_id']}")
        assert answer.status_code == 200, answer.text
        return answer.content

    def types(self, query: str, user: int = XIAOYUE) -> Json:
        """Somebody types after the bot's name; what they are offered, and the query's id."""
        asked = self.post("inline_queries", user_id=user, query=query)["query_id"]
        answer = self.wait(lambda: self.get(f"inline_queries/{asked}")["answer"])
        return {"query_id": asked} | answer

    def picks(self, offered: Json, number: int, chat: int) -> Json:
        """They send one of what they were offered; the message as it stands in the chat."""
        body = {"query_id": offered["query_id"], "chat_id": chat}
        result = offered["results"][number]["id"]
        sent: Json = self.post("inline_results", **body, result_id=result)["message"]
        return sent

    def answer_after(self, number: int, chat: int = XIAOYUE) -> Json:
        """The first message of the bot after a message."""
        answers: list[Json] = self.wait(
            lambda: [m for m in self.messages(chat, number) if m["from"]["is_bot"]]
        )
        return answers[0]

    def taps(self, message: Json, button: str, user: int = XIAOYUE) -> str:
        """Somebody taps a button; what the bot answered to the tap."""
        body = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        query = self.post("callbacks", **body, user_id=user, button=button)["query_id"]
        answer = self.wait(lambda: self.get(f"callbacks/{query}")["answer"])
        return str(answer["text"])

    def brings(self, message: Json, button: str, user: int = 0) -> Json:
        """Somebody taps a button, in a private chat whose it is; the message that it brings."""
        chat = message["chat"]["id"]
        last = self.messages(chat)[-1]["message_id"]
        self.taps(message, button, user or chat)
        return self.answer_after(last, chat)

    def turns(self, message: Json, button: str, user: int = 0) -> Json:
        """Somebody taps a button, in a private chat whose it is; the message as that made it."""
        before = self.now(message)
        self.taps(message, button, user or message["chat"]["id"])
        self.becomes(message, lambda now: now != before)
        return self.now(message)

    def now(self, message: Json) -> Json:
        """A message as it now stands."""
        return self.messages(message["chat"]["id"], message["message_id"] - 1)[0]

    def becomes(self, message: Json, condition: Callable[[Json], bool]) -> None:
        """Waits until a message has changed as expected."""
        self.wait(lambda: condition(self.now(message)))

    @staticmethod
    def wait(condition: Callable[[], Any]) -> Any:
        """What the condition gives, once it gives anything."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := condition():
                return found
            time.sleep(0.05)
        raise AssertionError("the bot did not answer in time")


def buttons(message: Json) -> list[str]:
    """The texts of a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [each["text"] for row in rows for each in row]


def verses(message: Json) -> list[str]:
    """The verses of a poem message."""
    return re.findall(r"[^，。\s]+(?=[，。])", message["text"].split("\n\n", 1)[1])
