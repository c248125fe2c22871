"""Logs: no token in any line, whoever wrote it."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import httpx
import pytest
import structlog
from telegram import Bot
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.logs import _CHATTY, redact, set_up_logs

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz_0123"
SECRET_PART = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    "text",
    [
        f"POST http://127.0.0.1:1/bot{TOKEN}/getMe failed",
        f"http://127.0.0.1:1/file/bot{TOKEN}/photos/1.jpg",
        f"the token {TOKEN} is wrong",
        f"/bot{TOKEN.replace(':', '%3A')}/getMe",
    ],
)
def test_tokens_are_taken_out(text: str) -> None:
    assert SECRET_PART not in redact(text)
    assert "<token>" in redact(text)


@pytest.mark.parametrize("text", ["at 12:30 sharp", "ratio 16:9", "[::1]:8081", "10001:20002"])
def test_what_is_no_token_stays(text: str) -> None:
    assert redact(text) == text


@contextmanager
def logging_as(level: str, style: Literal["console", "json"]) -> Iterator[io.StringIO]:
    """What is logged meanwhile; afterwards everything is as it was."""
    root, stream = logging.getLogger(), io.StringIO()
    named = {name: logging.getLogger(name).level for name in _CHATTY}
    handlers, before = root.handlers, root.level
    set_up_logs(level, style, stream)
    try:
        yield stream
    finally:
        root.handlers = handlers
        root.setLevel(before)
        for name, each in named.items():
            logging.getLogger(name).setLevel(each)
        structlog.reset_defaults()


def test_who_wants_only_errors_gets_only_errors() -> None:
    with logging_as("ERROR", "console") as stream:
        for name in ("telegram", "apscheduler.scheduler"):
            logging.getLogger(name).warning("a word")
            logging.getLogger(name).error("a fault")
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    assert all("a fault" in line for line in lines)


async def _fail_with_the_token() -> TelegramError:
    """A real network error of a real bot: nobody listens on port 1."""
    request = HTTPXRequest(connect_timeout=1, httpx_kwargs={"trust_env": False})
    bot = Bot(TOKEN, base_url="http://127.0.0.1:1/bot", request=request)
    await request.initialize()
    try:
        await bot.get_me()
    except TelegramError as error:
        return error
    finally:
        await request.shutdown()
    raise AssertionError("somebody listens on port 1")


@pytest.mark.parametrize("style", ["console", "json"])
async def test_a_network_error_leaves_no_token_in_the_log(
    style: Literal["console", "json"],
) -> None:
    with logging_as("DEBUG", style) as stream:
        error = await _fail_with_the_token()
        assert isinstance(error, NetworkError)
        structlog.get_logger("bot").error("failed", exc_info=error, token=TOKEN, nested=[TOKEN])
        logging.getLogger("httpx").error("POST http://x/bot%s/getMe", TOKEN)
        logging.getLogger("any").error("failed", exc_info=ValueError(f"url /bot{TOKEN}/x"))
    said = stream.getvalue()
    assert "Traceback" in said
    assert "<token>" in said
    assert SECRET_PART not in said
    assert "123456789:" not in said


def test_json_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_as("INFO", "json") as stream:
        structlog.get_logger("bot").info("served", chat_id=7)
        logging.getLogger("library").warning("odd %s", "thing", extra={"what": httpx.URL("x")})
        logging.getLogger("httpx").info("HTTP Request: POST")
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["served", "odd thing"]
    assert lines[0]["chat_id"] == 7
    assert capsys.readouterr().out == ""
