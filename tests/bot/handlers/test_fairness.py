"""Who asks too often waits, and who waits sees how many are ahead."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground.state import User
from tests.fakes.chatting import (
    ALICE,
    GROUP,
    OPERATOR,
    XIAOYUE,
    BotAtWork,
    Json,
    bot_at_work,
    buttons,
    until,
)

BURST = 20
QUATRAIN = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")
POET, UNDO = "🖋 请 AI 接一句", "↩️ 撤回上一句"


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[BotAtWork]:
    """A bot that lets one person have a poem each five seconds."""
    async with bot_at_work(tmp_path, poem_interval=5) as at_work:
        yield at_work


async def spent(chat: BotAtWork, user: int = XIAOYUE) -> Json:
    """The last of as many poems as may come at once."""
    answers: list[Json] = []
    for _ in range(BURST):
        answers += await chat.writes("/poem 月", user)
    assert len(chat.poet.asked) == BURST
    return answers[-1]


async def test_who_asks_too_often_is_told_how_long_to_wait_and_goes_on_by_a_button(
    strict: BotAtWork,
) -> None:
    await spent(strict)
    (refusal,) = await strict.writes("/poem 山")
    assert refusal["text"] == "写得真快！再过 5 秒就能接着写。"
    assert buttons(refusal) == ["🔄 再试一次"]
    strict.clock.now += timedelta(seconds=5)
    (poem,) = await strict.presses(refusal, "🔄 再试一次")
    assert poem["text"].startswith("山\n")
    assert strict.poet.asked[-1].theme == "山"


async def test_a_tap_that_comes_too_often_is_answered_over_the_chat(strict: BotAtWork) -> None:
    poem = await spent(strict, ALICE)
    assert await strict.presses(poem, "🔄 Another", ALICE) == []
    assert strict.toasts() == ["That was quick! The next poem can be written in 5 s."]
    strict.clock.now += timedelta(seconds=5)
    assert len(await strict.presses(poem, "🔄 Another", ALICE)) == 1


async def test_what_cannot_be_written_counts_for_nothing(strict: BotAtWork) -> None:
    for _ in range(BURST + 1):
        await strict.writes("/acrostic 春")
    assert (await strict.writes("/poem 月"))[0]["text"].startswith("月\n")


async def test_others_and_operators_need_not_wait(strict: BotAtWork) -> None:
    await spent(strict)
    assert (await strict.writes("/poem 月", ALICE))[0]["text"].startswith("月\n")
    for _ in range(BURST + 2):
        (poem,) = await strict.writes("/poem 月", OPERATOR)
        assert poem["text"].startswith("月\n")


async def queue_of_three(chat: BotAtWork) -> None:
    """Three people wait behind a closed gate."""
    chat.poet.gate.clear()
    for user in (7, 8, 9):
        chat.playground.telegram.add_user(User(user, f"U{user}"))
        chat.playground.people.write(user, user, "/poem 一", now=time.time())
    await until(lambda: chat.bot.poet.ahead == 3)


async def test_a_place_in_the_queue_is_shown_and_becomes_the_poem(chat: BotAtWork) -> None:
    await queue_of_three(chat)
    chat.playground.people.write(XIAOYUE, XIAOYUE, "/poem 月", now=time.time())
    place = await until(
        lambda: next((m for m in chat.messages(XIAOYUE) if "前面还有 3 首" in m["text"]), None)
    )
    chat.poet.gate.set()
    await chat.settled()
    poem = chat.message(place)
    assert poem["text"].startswith("月\n")
    assert buttons(poem)[0] == "❤️ 收藏"
    assert len(chat.messages(XIAOYUE)) == 2


async def test_a_place_that_somebody_deleted_is_followed_by_the_poem(chat: BotAtWork) -> None:
    await queue_of_three(chat)
    chat.playground.people.write(XIAOYUE, XIAOYUE, "/poem 月", now=time.time())
    await until(lambda: len(chat.messages(XIAOYUE)) == 2)
    telegram = chat.playground.telegram
    telegram.delete_message(list(telegram.chats[XIAOYUE].messages.values())[-1])
    chat.poet.gate.set()
    await chat.settled()
    assert chat.messages(XIAOYUE)[-1]["text"].startswith("月\n")


async def test_a_place_is_taken_back_when_nothing_comes_of_it(chat: BotAtWork) -> None:
    await queue_of_three(chat)
    chat.playground.people.write(XIAOYUE, XIAOYUE, "/poem 月", now=time.time())
    await until(lambda: len(chat.messages(XIAOYUE)) == 2)
    chat.poet.failure = RuntimeError("a bug")
    chat.poet.gate.set()
    await chat.settled()
    texts = [message["text"] for message in chat.messages(XIAOYUE)]
    assert not any("前面还有" in text for text in texts)
    assert "出了点问题" in texts[-1]


async def test_a_short_queue_is_not_spoken_of(chat: BotAtWork) -> None:
    chat.poet.gate.clear()
    chat.playground.people.write(ALICE, ALICE, "/poem 一", now=time.time())
    await until(lambda: chat.bot.poet.ahead == 1)
    chat.playground.people.write(XIAOYUE, XIAOYUE, "/poem 月", now=time.time())
    await until(lambda: chat.bot.poet.ahead == 2)
    chat.poet.gate.set()
    await chat.settled()
    assert len(chat.messages(XIAOYUE)) == 2


async def typed_out(chat: BotAtWork, user: int = XIAOYUE) -> None:
    """As many inline queries as may come at once."""
    for number in range(BURST):
        assert len((await chat.types(f"月{number}", user))["results"]) == 4


async def test_inline_a_query_counts_once_and_who_types_too_much_is_told_how_long_to_wait(
    strict: BotAtWork,
) -> None:
    await typed_out(strict, ALICE)
    written = len(strict.poet.asked)
    offered = await strict.types("秋夜", ALICE)
    (patience,) = offered["results"]
    assert patience["title"] == "That was quick! The next poem can be written in 5 s."
    assert len(strict.poet.asked) == written
    strict.clock.now += timedelta(seconds=5)
    assert len((await strict.types("秋夜", ALICE))["results"]) == 4  # nobody gave the old answer


async def test_inline_what_was_written_a_moment_ago_is_offered_all_the_same(
    strict: BotAtWork,
) -> None:
    (poem,) = await strict.writes("/poem 月")
    await strict.presses(poem, "❤️ 收藏")
    await strict.types("秋夜")
    await typed_out_the_rest(strict)
    assert len((await strict.types("秋夜"))["results"]) == 4
    (kept,) = (await strict.types(""))["results"]
    assert kept["title"] == "💛 月 · 七绝"


async def typed_out_the_rest(chat: BotAtWork) -> None:
    """All queries but the one that was made before."""
    for number in range(BURST - 1):
        await chat.types(f"月{number}")


async def test_inline_queries_and_poems_are_counted_apart(strict: BotAtWork) -> None:
    await typed_out_the_rest(strict)
    await strict.types("春江")
    assert (await strict.writes("/poem 山"))[0]["text"].startswith("山\n")


async def test_inline_what_cannot_be_written_counts_for_nothing(strict: BotAtWork) -> None:
    for number in range(BURST + 1):
        (hint,) = (await strict.types(f"hello{number}"))["results"]
        assert hint["title"] == "给两个字，我来写诗"
    assert len((await strict.types("月"))["results"]) == 4


async def test_in_a_game_the_networks_line_waits_and_the_game_stands_as_it_was(
    strict: BotAtWork,
) -> None:
    strict.poet.verse = QUATRAIN
    (game,) = await strict.writes("/jielong 五绝 登楼", chat=GROUP)
    for _ in range(BURST):
        assert await strict.presses(game, POET) == []
        await strict.presses(game, UNDO)
    before = strict.message(game)
    assert await strict.presses(game, POET) == []
    assert strict.toasts()[-1] == "写得真快！再过 5 秒就能接着写。"
    assert strict.message(game) == before
    strict.clock.now += timedelta(seconds=5)
    await strict.presses(game, POET)
    assert "白日依山尽" in strict.message(game)["text"]


async def test_alone_ones_line_stands_and_the_network_answers_later(strict: BotAtWork) -> None:
    strict.poet.verse = QUATRAIN
    (game,) = await strict.writes("/jielong 五绝 登楼")
    await spent(strict)
    shown, told = await strict.writes("白日依山尽", reply_to=game["message_id"])
    assert "白日依山尽，　小月" in shown["text"]
    assert "第 2 句" in shown["text"]
    assert told["text"] == "你这句接上了。我歇 5 秒，再点“请 AI 接一句”，或者你自己接。"
    strict.clock.now += timedelta(seconds=5)
    await strict.presses(shown, POET)
    assert "黄河入海流" in strict.message(shown)["text"]


async def test_alone_ones_line_stands_when_many_wait(chat: BotAtWork) -> None:
    chat.poet.verse = QUATRAIN
    (game,) = await chat.writes("/jielong 五绝 登楼")
    await queue_of_three(chat)
    chat.playground.people.write(ALICE, ALICE, "/poem 一", now=time.time())
    await until(lambda: chat.bot.poet.ahead == 4)  # all places of the tests' poet
    line = {"reply_to": game["message_id"], "now": time.time()}
    chat.playground.people.write(XIAOYUE, XIAOYUE, "白日依山尽", **line)
    await until(lambda: "等着写诗的人多" in chat.messages(XIAOYUE)[-1]["text"])
    assert "白日依山尽，　小月" in chat.messages(XIAOYUE)[-2]["text"]
    chat.poet.gate.set()
    await chat.settled()
