"""getUpdates and webhooks: waiting, confirming, filtering, conflicts, secrets, repeats."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders, HTTPServerRequest, ResponseStartLine
from tornado.netutil import bind_sockets

from bot.playground import Playground
from tests.bot.playground.conftest import ALICE, GROUP, TOKEN, XIAOYUE, Clock, eventually, make_bot


def _write(playground: Playground, text: str) -> None:
    playground.people.write(XIAOYUE, XIAOYUE, text, now=playground.clock())


async def _until_polled(playground: Playground) -> None:
    await eventually(lambda: playground.polling.is_waiting)


async def test_a_long_poll_waits_for_the_next_message(bot: Bot, playground: Playground) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=10))
    await _until_polled(playground)
    _write(playground, "/poem 月")
    (update,) = await waiting
    assert update.message is not None
    assert update.message.text == "/poem 月"


async def test_a_long_poll_ends_empty_when_its_time_is_over(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_updates_stay_until_a_higher_offset_confirms_them(
    bot: Bot, playground: Playground
) -> None:
    for text in ("一", "二", "三"):
        _write(playground, text)
    first = await bot.get_updates()
    assert len(first) == 3
    assert [u.update_id for u in first] == [first[0].update_id + n for n in range(3)]
    assert len(await bot.get_updates(limit=2)) == 2
    (last,) = await bot.get_updates(offset=first[2].update_id)
    assert last == first[2]
    assert await bot.get_updates(offset=last.update_id + 1) == ()
    assert await bot.get_updates() == ()


async def test_a_negative_offset_counts_from_the_end(bot: Bot, playground: Playground) -> None:
    for text in ("一", "二", "三"):
        _write(playground, text)
    (last,) = await bot.get_updates(offset=-1)
    assert last.message is not None
    assert last.message.text == "三"
    assert len(await bot.get_updates()) == 1


async def test_only_allowed_kinds_are_queued_and_the_choice_stays(
    bot: Bot, playground: Playground
) -> None:
    await bot.get_updates(allowed_updates=["my_chat_member"])
    _write(playground, "not wanted")
    playground.people.block(XIAOYUE, now=playground.clock())
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    assert (await bot.get_webhook_info()).allowed_updates == ("my_chat_member",)


async def test_the_newer_of_two_pollers_wins(bot: Bot, playground: Playground) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=10))
    await _until_polled(playground)
    async with make_bot(playground) as other:
        second = asyncio.create_task(other.get_updates(timeout=10))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        _write(playground, "月")
        assert len(await second) == 1


async def test_a_poller_that_dies_leaves_its_place_and_loses_nothing(
    bot: Bot, playground: Playground
) -> None:
    async with httpx.AsyncClient(base_url=playground.url) as client:
        dying = asyncio.create_task(client.get(f"/bot{TOKEN}/getUpdates", params={"timeout": 10}))
        await _until_polled(playground)
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
    _write(playground, "月")
    assert len(await bot.get_updates(timeout=5)) == 1


@dataclass
class Hook:
    """A bot's webhook: remembers what it got and answers with the codes it was given."""

    url: str = ""
    codes: list[int] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)  # chats whose messages are not taken

    def __call__(self, request: HTTPServerRequest) -> None:
        body = json.loads(request.body)
        self.bodies.append(body)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        code = self.codes.pop(0) if self.codes else 200
        if body.get("message", {}).get("chat", {}).get("id") in self.refused:
            code = 500
        assert request.connection is not None
        start = ResponseStartLine("HTTP/1.1", code, "said")
        request.connection.write_headers(start, HTTPHeaders({"Content-Length": "0"}))
        request.connection.finish()

    async def got(self, count: int) -> None:
        await eventually(lambda: len(self.bodies) >= count)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    server = HTTPServer(hook)
    sockets = bind_sockets(0, "127.0.0.1")
    server.add_sockets(sockets)
    hook.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/hook"
    yield hook
    server.stop()
    await server.close_all_connections()


async def test_a_webhook_gets_updates_with_its_secret(
    bot: Bot, playground: Playground, hook: Hook
) -> None:
    await bot.set_webhook(hook.url, secret_token="s-3_cret")
    _write(playground, "月")
    await hook.got(1)
    assert hook.secrets == ["s-3_cret"]
    assert hook.bodies[0]["message"]["text"] == "月"


async def test_a_refused_update_comes_again_and_in_order(
    bot: Bot, playground: Playground, hook: Hook
) -> None:
    hook.codes = [500, 404, 200]
    await bot.set_webhook(hook.url)
    _write(playground, "一")
    _write(playground, "二")
    await hook.got(4)
    texts = [body["message"]["text"] for body in hook.bodies]
    assert texts == ["一", "一", "一", "二"]
    assert hook.secrets == [None] * 4
    info = await bot.get_webhook_info()
    assert info.url == hook.url
    assert info.last_error_message is not None
    assert "404" in info.last_error_message


async def test_one_refused_update_holds_up_nobody_else(
    bot: Bot, playground: Playground, hook: Hook
) -> None:
    hook.refused = {XIAOYUE}
    await bot.set_webhook(hook.url)
    _write(playground, "月")
    await hook.got(2)
    playground.people.write(ALICE, ALICE, "moon", now=playground.clock())
    await eventually(lambda: any(body["message"]["text"] == "moon" for body in hook.bodies))
    await eventually(lambda: len(playground.telegram.updates) == 1)
    hook.refused = set()
    await eventually(lambda: len(playground.telegram.updates) == 0)


async def test_a_message_and_a_tap_of_one_person_may_come_at_once(
    bot: Bot, playground: Playground, hook: Hook
) -> None:
    button = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")]])
    sent = await bot.send_message(XIAOYUE, "?", reply_markup=button)
    hook.refused = {XIAOYUE}
    await bot.set_webhook(hook.url)
    _write(playground, "月")
    people = playground.people
    people.press(XIAOYUE, sent.message_id, XIAOYUE, "x", now=playground.clock())
    await eventually(lambda: any("callback_query" in body for body in hook.bodies))
    await eventually(lambda: len(playground.telegram.updates) == 1)


async def test_polling_and_webhook_exclude_each_other(
    bot: Bot, playground: Playground, hook: Hook
) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=10))
    await _until_polled(playground)
    await bot.set_webhook(hook.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await waiting
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_what_waits_can_be_dropped(bot: Bot, playground: Playground) -> None:
    _write(playground, "月")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).pending_update_count == 0


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("http://example.org/x", "", "An HTTPS URL must be provided for webhook"),
        ("nonsense", "", "invalid URL specified"),
        ("http://[", "", "invalid URL specified"),
        ("https://example.org", "has space", "secret token contains unallowed characters"),
        ("https://example.org", "s" * 257, "secret token is too long"),
    ],
)
async def test_bad_webhooks_are_refused(bot: Bot, url: str, secret: str, words: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.set_webhook(url, secret_token=secret)


async def test_in_groups_the_bot_hears_only_what_is_meant_for_it(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    def say(text: str, reply_to: int | None = None) -> None:
        playground.people.write(GROUP, XIAOYUE, text, now=clock.now, reply_to=reply_to)

    poem = await bot.send_message(GROUP, "月")
    say("good morning")
    say("/poem@another_bot 月")
    say("/poem 月")
    say("/poem@Poetry_Playground_Bot 月")
    say("@poetry_playground_bot hello")
    say("nice", reply_to=poem.message_id)
    heard = [update.message.text for update in await bot.get_updates() if update.message]
    assert heard == [
        "/poem 月",
        "/poem@Poetry_Playground_Bot 月",
        "@poetry_playground_bot hello",
        "nice",
    ]
