"""Telegram's limits, held to when they are asked for."""

import httpx
import pytest
from telegram import Bot
from telegram.error import RetryAfter

from bot.playground import Playground
from bot.playground.limits import Limits
from tests.bot.playground.conftest import GROUP, XIAOYUE, Clock


async def _sends(bot: Bot, chat: int, times: int) -> int:
    """How many messages of several come through."""
    through = 0
    for _ in range(times):
        try:
            await bot.send_message(chat, "月")
            through += 1
        except RetryAfter:
            pass
    return through


async def test_nothing_is_limited_until_it_is_asked_for(bot: Bot) -> None:
    assert await _sends(bot, GROUP, 40) == 40


async def test_one_message_a_second_goes_to_a_chat(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    playground.rates.enforce(Limits())
    assert await _sends(bot, XIAOYUE, 3) == 1
    await bot.send_chat_action(XIAOYUE, "typing")
    clock.now += 1
    assert await _sends(bot, XIAOYUE, 1) == 1
    assert playground.rates.refused == 2


async def test_twenty_messages_a_minute_go_to_a_group(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    playground.rates.enforce(Limits(per_chat_second=0))
    assert await _sends(bot, GROUP, 21) == 20
    clock.now += 50
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(GROUP, "月")
    assert refused.value.retry_after.total_seconds() == 10  # type: ignore[union-attr] # see conftest
    clock.now += 10
    assert await _sends(bot, GROUP, 1) == 1


async def test_thirty_messages_a_second_go_out_over_all(bot: Bot, playground: Playground) -> None:
    playground.rates.enforce(Limits(per_chat_second=0, per_group_minute=0))
    assert await _sends(bot, GROUP, 20) + await _sends(bot, XIAOYUE, 20) == 30


async def test_limits_are_set_looked_at_and_lifted_over_http(
    bot: Bot, http: httpx.AsyncClient
) -> None:
    set_to = await http.post("/playground/limits", json={"per_group_minute": 2})
    assert set_to.json()["limits"] == {
        "per_second": 30,
        "per_chat_second": 1,
        "per_group_minute": 2,
    }
    await _sends(bot, XIAOYUE, 2)
    assert (await http.get("/playground/limits")).json()["refused"] == 1
    lifted = await http.delete("/playground/limits")
    assert lifted.json() == {"limits": None, "refused": 0}
    for wrong in ({"per_day": 1}, {"per_second": -1}, {"per_second": "x"}):
        refused = await http.post("/playground/limits", json=wrong)
        assert refused.status_code == 400
