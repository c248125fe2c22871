"""Faults to order: each one as the bot meets it, and none where it is not meant."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.playground import Fault, Playground
from bot.playground.faults import KINDS
from tests.bot.playground.conftest import GROUP, TOKEN, XIAOYUE, eventually


def _said(playground: Playground) -> list[str]:
    messages = playground.telegram.chats[XIAOYUE].messages.values()
    return [message.content["text"] for message in messages if message.sender.is_bot]


async def test_too_many_requests_tells_how_long_to_wait(bot: Bot, playground: Playground) -> None:
    playground.faults.add(Fault("retry_after", method="sendMessage", retry_after=7))
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(XIAOYUE, "月")
    assert refused.value.retry_after == timedelta(seconds=7)
    assert await bot.send_message(XIAOYUE, "月")
    assert _said(playground) == ["月"]


async def test_forbidden_and_bad_request_say_what_was_ordered(
    bot: Bot, playground: Playground
) -> None:
    playground.faults.add(Fault("forbidden"))
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(XIAOYUE, "月")
    playground.faults.add(Fault("bad_request", description="Bad Request: TOPIC_CLOSED"))
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(XIAOYUE, "月")


async def test_a_migration_names_the_new_chat(bot: Bot, playground: Playground) -> None:
    playground.faults.add(Fault("migrate", chat_id=GROUP, migrate_to_chat_id=-100200))
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(GROUP, "月")
    assert moved.value.new_chat_id == -100200


async def test_a_server_error_is_a_network_error_to_the_bot(
    bot: Bot, playground: Playground
) -> None:
    playground.faults.add(Fault("server_error"))
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(XIAOYUE, "月")


@pytest.mark.parametrize(("kind", "said"), [("drop_before", []), ("drop_after", ["月"])])
async def test_a_dropped_connection_leaves_the_outcome_open(
    bot: Bot, playground: Playground, kind: str, said: list[str]
) -> None:
    playground.faults.add(Fault(kind))
    with pytest.raises(NetworkError):
        await bot.send_message(XIAOYUE, "月")
    assert _said(playground) == said


async def test_a_hang_times_out_and_nothing_is_done(bot: Bot, playground: Playground) -> None:
    playground.faults.add(Fault("hang"))
    with pytest.raises(TimedOut):
        await bot.send_message(XIAOYUE, "月", read_timeout=0.1)
    assert _said(playground) == []


async def test_a_hang_with_an_end_goes_on_as_usual(bot: Bot, playground: Playground) -> None:
    playground.faults.add(Fault("hang", seconds=0.05))
    assert await bot.send_message(XIAOYUE, "月")


async def test_stopping_lets_those_that_hang_and_poll_go() -> None:
    playground = Playground()
    await playground.start()
    async with httpx.AsyncClient(base_url=f"{playground.url}/bot{TOKEN}") as http:
        playground.faults.add(Fault("hang", method="getMe"))
        hanging = asyncio.create_task(http.get("/getMe"))
        polling = asyncio.create_task(http.get("/getUpdates", params={"timeout": 30}))
        await eventually(lambda: playground.polling.is_waiting)
        await eventually(lambda: len(playground.requests.find("getMe")) == 1)
        await playground.stop()
        await asyncio.wait_for(polling, 5)
        with pytest.raises(httpx.RemoteProtocolError):
            await asyncio.wait_for(hanging, 5)


async def test_faults_meet_only_the_calls_they_are_for_and_only_so_often(
    bot: Bot, playground: Playground
) -> None:
    playground.faults.add(Fault("forbidden", method="sendmessage", chat_id=GROUP, times=2))
    assert await bot.send_message(XIAOYUE, "月")
    assert await bot.get_chat(GROUP)
    for _ in range(2):
        with pytest.raises(Forbidden):
            await bot.send_message(GROUP, "月")
    assert await bot.send_message(GROUP, "月")


async def test_polling_goes_on_unless_it_is_named(bot: Bot, playground: Playground) -> None:
    playground.faults.add(Fault("server_error"))
    assert await bot.get_updates() == ()
    playground.faults.add(Fault("server_error", method="getUpdates"))
    with pytest.raises(NetworkError):
        await bot.get_updates()


async def test_faults_are_ordered_listed_and_cleared_over_http(http: httpx.AsyncClient) -> None:
    order = {"kind": "retry_after", "method": "sendMessage", "times": 2, "retry_after": 3}
    answer = await http.post("/playground/faults", json=order)
    (waiting,) = answer.json()["faults"]
    assert waiting | order == waiting
    assert (await http.delete("/playground/faults")).json() == {"faults": []}


@pytest.mark.parametrize(
    "order", [{}, {"kind": "sulk"}, {"kind": "hang", "minutes": 3}, {"kind": "hang", "times": 0}]
)
async def test_odd_orders_are_refused(http: httpx.AsyncClient, order: dict[str, object]) -> None:
    answer = await http.post("/playground/faults", json=order)
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_ordered(kind: str) -> None:
    assert Fault(kind).matches("sendMessage", 5)
