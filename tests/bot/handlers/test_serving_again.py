"""🔄 and "did you mean" serve a message as it was meant, also where it answered another one."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground import Fault
from poetry_model import NoCharacterFits
from tests.bot.handlers.test_groups import BOT, said
from tests.fakes.chatting import (
    AMING,
    FORUM,
    GROUP,
    BotAtWork,
    Json,
    bot_at_work,
    buttons,
)

NOTHING_FITS = NoCharacterFits("七绝", 1, 2)
AGAIN = "🔄 再试一次"


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[BotAtWork]:
    """A bot that lets one person have a poem each five seconds."""
    async with bot_at_work(tmp_path, poem_interval=5) as at_work:
        yield at_work


async def asks_for_heads(chat: BotAtWork) -> Json:
    """The bot's question for the heads of an acrostic."""
    (question,) = await chat.writes("/acrostic")
    return question


@pytest.mark.parametrize(
    ("command", "words", "asked"),
    [
        ("/acrostic", "春夏秋冬", ("春夏秋冬", None, "")),
        ("/continue", "床前明月光", (None, "床前明月光", "")),
    ],
)
async def test_the_answer_to_a_question_that_failed_is_served_as_that_answer(
    chat: BotAtWork, command: str, words: str, asked: tuple[str | None, str | None, str]
) -> None:
    (question,) = await chat.writes(command)
    chat.poet.failures = [NOTHING_FITS, NOTHING_FITS]
    (apology,) = await chat.writes(words, reply_to=question["message_id"])
    assert buttons(apology) == [AGAIN]
    (apology,) = await chat.presses(apology, AGAIN)  # it fails once more
    await chat.presses(apology, AGAIN)
    wishes = [(each.heads, each.first_line, each.theme) for each in chat.poet.asked]
    assert wishes == [asked] * 3


async def test_so_it_is_where_nobody_knows_what_went_wrong(chat: BotAtWork) -> None:
    question = await asks_for_heads(chat)
    chat.poet.failures = [RuntimeError("a bug")]
    (apology,) = await chat.writes("春夏秋冬", reply_to=question["message_id"])
    assert apology["text"] == "↩️ 出了点问题，请再试一次。"
    (poem,) = await chat.presses(apology, AGAIN)
    assert "藏头" in poem["text"]


async def test_the_hour_of_a_daily_poem_that_failed_is_served_as_that_hour(
    chat: BotAtWork,
) -> None:
    (panel,) = await chat.writes("/subscribe 08:00 月")
    await chat.presses(panel, "🕗 钟点")
    (question,) = await chat.presses(panel, "⌨️ 自己写")
    chat.playground.faults.add(Fault("server_error", method="sendMessage"))
    (apology,) = await chat.writes("21:30", reply_to=question["message_id"])
    (told,) = await chat.presses(apology, AGAIN)
    assert "21:30" in told["text"]
    assert not chat.poet.asked


async def test_a_form_that_was_meant_takes_the_words_that_were_answered(chat: BotAtWork) -> None:
    words = said(chat, "今晚月色真美！")
    (question,) = await chat.writes("/poem 七决", AMING, chat=GROUP, reply_to=words)
    assert question["text"] == "↩️ 沒有「七决」這種體裁，是不是七絕？"
    (poem,) = await chat.presses(question, "七絕", AMING)
    assert [(each.form, each.theme) for each in chat.poet.asked] == [("七绝", "今晚月色真美")]
    assert poem["reply_to_message"]["text"] == "/poem 七决"


async def test_a_word_that_is_a_theme_after_all_goes_before_the_words_that_were_answered(
    chat: BotAtWork,
) -> None:
    words = said(chat, "今晚月色真美！")
    (question,) = await chat.writes("/poem 七决", chat=GROUP, reply_to=words)
    await chat.presses(question, "以“七决”为题")
    assert chat.poet.asked[0].theme == "七决"


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("<b>&山</b> 100%！", "山"),
        ("江上秋风 " * 60, "江上秋风"),
        ("AI", "AI"),
    ],
)
async def test_odd_and_long_words_are_carried_too(chat: BotAtWork, text: str, theme: str) -> None:
    chat.poet.failures = [NOTHING_FITS]
    (apology,) = await chat.writes("/poem 五绝", chat=GROUP, reply_to=said(chat, text))
    await chat.presses(apology, AGAIN)
    assert [each.form for each in chat.poet.asked] == ["五绝"] * 2
    assert all(each.theme.startswith(theme) for each in chat.poet.asked)


async def test_who_waited_for_their_turn_gets_what_they_asked_for(strict: BotAtWork) -> None:
    for _ in range(20):
        await strict.writes("/poem 月", chat=GROUP)
    words = said(strict, "江南")
    (refusal,) = await strict.writes("/poem", chat=GROUP, reply_to=words)
    strict.clock.now += timedelta(seconds=5)
    await strict.presses(refusal, AGAIN)
    assert strict.poet.asked[-1].theme == "江南"


async def test_a_title_of_ours_that_was_answered_is_carried(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 山居", chat=GROUP)
    chat.poet.failures = [NOTHING_FITS]
    (apology,) = await chat.writes("/poem 五律", chat=GROUP, reply_to=poem["message_id"])
    await chat.presses(apology, AGAIN)
    assert [each.theme for each in chat.poet.asked] == ["山居"] * 3


async def test_a_line_of_a_game_stays_a_line_of_the_game(chat: BotAtWork) -> None:
    (game,) = await chat.writes("/jielong 五绝 登楼", chat=GROUP)
    chat.playground.faults.add(Fault("server_error", method="sendMessage"))
    (apology,) = await chat.writes("白日依山尽", chat=GROUP, reply_to=game["message_id"])
    (shown,) = await chat.presses(apology, AGAIN)
    assert "白日依山尽，　小月" in shown["text"]
    assert "第 2 句" in shown["text"]


async def test_the_bots_name_beside_a_near_miss_asks_for_it_as_the_command_does(
    chat: BotAtWork,
) -> None:
    (question,) = await chat.writes(f"{BOT} 七决 月", chat=GROUP)
    await chat.presses(question, "七绝")
    assert [(each.form, each.theme) for each in chat.poet.asked] == [("七绝", "月")]
    (question,) = await chat.writes(f"{'江上秋风，' * 20} {BOT}", chat=GROUP)
    await chat.presses(question, "以“江上秋风”为题")
    assert chat.poet.asked[-1].theme == "江上秋风"


async def test_in_a_topic_what_answers_nothing_carries_nothing(chat: BotAtWork) -> None:
    chat.poet.failures = [NOTHING_FITS]
    (apology,) = await chat.writes("/poem 月", chat=FORUM, thread_id=2)
    assert not apology["text"].startswith("↩️")
    await chat.presses(apology, AGAIN)
    assert chat.poet.asked[-1].theme == "月"


async def test_a_command_that_was_meant_takes_the_words_that_were_answered(
    chat: BotAtWork,
) -> None:
    (poem,) = await chat.writes("/poem 山居")
    (question,) = await chat.writes("/peom", reply_to=poem["message_id"])
    await chat.presses(question, "/poem")
    assert chat.poet.asked[-1].theme == "山居"
