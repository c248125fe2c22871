"""Whatever becomes of a message between a tap and its service, the tap is answered kindly:
tapped again, deleted meanwhile, or so old that Telegram tells the bot nothing of it."""

import time
from collections.abc import Awaitable, Callable

import pytest

from bot.playground.state import Query
from tests.fakes.chatting import AMING, GROUP, XIAOYUE, BotAtWork, Json, data

Screen = Callable[[BotAtWork], Awaitable[Json]]
SORRY = "出了点问题，请再试一次。"


def after(*commands: str, where: int = XIAOYUE, press: str = "") -> Screen:
    """The last message that comes of these commands, and of a button of it."""

    async def screen(chat: BotAtWork) -> Json:
        for command in commands:
            *_, shown = await chat.writes(command, chat=where)
        if press:
            await chat.presses(shown, press)
        return chat.message(shown)

    return screen


SCREENS: dict[str, Screen] = {
    "daily": after("/subscribe 08:00 月"),
    "daily hours": after("/subscribe 08:00 月", press="🕗 钟点"),
    "daily zones": after("/subscribe 08:00 月", press="🌏 时区"),
    "daily days": after("/subscribe 08:00 月", press="📅 哪几天"),
    "daily themes": after("/subscribe 08:00 月", press="🖌 题目"),
    "daily of a group": after("/subscribe 08:00 月", where=GROUP),
    "several daily": after("/subscribe 08:00", "/subscribe 09:00", "/subscribe"),
    "which to end": after("/subscribe 08:00", "/subscribe 09:00", "/unsubscribe"),
    "settings": after("/settings"),
    "language": after("/settings", press="语言"),
    "paper": after("/settings", press="诗笺"),
    "zone": after("/settings", press="时区"),
    "settings of a group": after("/settings", where=GROUP),
    "layout of a group": after("/settings", where=GROUP, press="诗集版式"),
    "export": after("/poem 月", "/export"),
    "forget": after("/poem 月", "/forget"),
    "history": after("/poem 月", "/history"),
    "help": after("/help"),
    "help on daily poems": after("/help", press="每日一诗"),
    "start": after("/start"),
    "poem": after("/poem 月"),
    "forms": after("/poem 月", press="体裁 ›"),
    "game": after("/jielong 五绝 登楼", where=GROUP),
}


async def tap_again_later(chat: BotAtWork, shown: Json, button: str) -> None:
    """A second tap, made on the message as it was before the first one was served."""
    telegram, people = chat.playground.telegram, chat.playground.people
    place = (shown["chat"]["id"], shown["message_id"], XIAOYUE)
    first = people.press(*place, button, now=time.time())
    await chat.settled()
    again = telegram.new_id()
    second = Query(again, first.user, time.time(), first.payload | {"id": again})
    telegram.callback_queries[again] = second
    telegram.updates.add("callback_query", second.payload)
    await chat.settled()


async def tap_and_delete(chat: BotAtWork, shown: Json, button: str) -> None:
    chat.press(shown, button)
    messages = chat.playground.telegram.chats[shown["chat"]["id"]].messages
    chat.playground.telegram.delete_message(messages[shown["message_id"]])
    await chat.settled()


async def tap_long_after(chat: BotAtWork, shown: Json, button: str) -> None:
    await chat.presses_long_after(shown, button)


def one_of_each(shown: Json) -> list[int]:
    """Places of buttons; of those that do the same with other words, the last."""
    actions = {held.partition(":")[0]: place for place, held in enumerate(data(shown))}
    return list(actions.values())


async def start_afresh(chat: BotAtWork) -> None:
    """What the last button changed must not change which buttons there are."""
    for where in (XIAOYUE, GROUP):
        await chat.bot.store.chats.choose(where, language=None, timezone=None)
        await chat.bot.store.subscriptions.end(where, "unsubscribed", now=chat.clock())


@pytest.mark.parametrize("name", SCREENS)
async def test_every_button_answers(chat: BotAtWork, name: str) -> None:
    shown = await SCREENS[name](chat)
    for place in one_of_each(shown):
        for tap in (tap_again_later, tap_and_delete, tap_long_after):
            button = data(shown)[place]
            await tap(chat, shown, button)
            assert "UNANSWERED" not in chat.toasts(), (button, tap)
            texts = [each.get("text", "") for each in chat.messages(shown["chat"]["id"])]
            assert SORRY not in texts, (button, tap)
            assert not chat.messages(AMING), (button, tap)  # where reports of errors come
            await start_afresh(chat)
            shown = await SCREENS[name](chat)
