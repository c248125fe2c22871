"""Operators: by user, by chat, and their menu."""

from bot.handlers.menus import set_menus
from bot.handlers.operators import is_operator
from bot.playground.methods.profile import commands_for
from tests.fakes.chatting import ALICE, AMING, GROUP, OPERATOR, BotAtWork


async def test_the_menu_of_an_operator_has_what_others_do_not_see(chat: BotAtWork) -> None:
    telegram = chat.playground.telegram
    await chat.writes("/help", OPERATOR)
    await set_menus(chat.bot.application.bot, {OPERATOR: None, 99: None})
    for language, words in (("zh-hans", "机器人的近况"), ("en", "How the bot is doing")):
        menu = commands_for(telegram, telegram.chats[OPERATOR], language)
        described = {each["command"]: each["description"] for each in menu}
        assert described["stats"] == words
        assert {"poem", "broadcast"} <= set(described)
    others = commands_for(telegram, telegram.chats[ALICE], "en")
    assert not {"stats", "broadcast"} & {each["command"] for each in others}


class _Visit:
    """As much of a visit as the gate looks at."""

    def __init__(self, user_id: int, chat_id: int, admins: tuple[int, ...]) -> None:
        self.user_id, self.chat_id, self.in_chats_name = user_id, chat_id, user_id < 0
        self.parts = type("Parts", (), {"admin_chat_ids": admins})


def test_an_operator_is_a_listed_user_or_anybody_in_a_listed_chat() -> None:
    listed = (OPERATOR, GROUP)
    assert is_operator(_Visit(AMING, -1, listed))  # type: ignore[arg-type]  # no update behind it
    assert is_operator(_Visit(ALICE, GROUP, listed))  # type: ignore[arg-type]
    assert not is_operator(_Visit(ALICE, -1, listed))  # type: ignore[arg-type]
    assert not is_operator(_Visit(ALICE, ALICE, ()))  # type: ignore[arg-type]
    assert is_operator(_Visit(GROUP, GROUP, listed))  # type: ignore[arg-type]
    assert not is_operator(_Visit(GROUP, -1, listed))  # type: ignore[arg-type]
