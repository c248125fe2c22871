"""Inline mode, over HTTP: what is offered, what is sent of it, and that it is counted."""

import asyncio
import io
import time
from pathlib import Path

import pytest

from bot.playground import Fault
from poetry_model import NoCharacterFits
from tests.fakes.chatting import (
    ALICE,
    AMING,
    GROUP,
    XIAOYUE,
    BotAtWork,
    Json,
    bot_at_work,
    buttons,
    until,
)


def titles(offered: Json) -> list[str]:
    return [result["title"] for result in offered["results"]]


def links(message: Json) -> list[str]:
    rows = message["reply_markup"]["inline_keyboard"]
    return [each["url"].partition("?start=")[2] for row in rows for each in row]


async def test_a_theme_is_offered_in_several_forms(chat: BotAtWork) -> None:
    offered = await chat.types("月")
    assert titles(offered) == ["月 · 七绝", "月 · 五绝", "月 · 七言联", "月 · 如梦令"]
    assert all(result["description"] for result in offered["results"])
    (call,) = chat.playground.requests.find("answerInlineQuery")
    assert call.parameters["is_personal"] in (True, "true")


async def test_a_form_that_is_named_is_offered_several_times(chat: BotAtWork) -> None:
    offered = await chat.types("五律 秋夜", AMING)
    assert titles(offered) == ["秋夜 · 五律"] * 4
    assert len({ask.seed for ask in chat.poet.asked}) == 4
    assert {ask.script for ask in chat.poet.asked} == {"traditional"}


@pytest.mark.parametrize(("typed", "form"), [("七决 月", "七绝"), ("如夢今 月", "如梦令")])
async def test_a_near_miss_is_the_form_it_looks_like(
    chat: BotAtWork, typed: str, form: str
) -> None:
    assert titles(await chat.types(typed)) == [f"月 · {form}"] * 4


async def test_what_somebody_chose_in_their_own_chat_holds_here_too(chat: BotAtWork) -> None:
    await chat.writes("/start")
    choices = {
        "language": "en",
        "script": "traditional",
        "default_form": "五律",
        "boldness": "bold",
    }
    await chat.bot.store.chats.choose(XIAOYUE, **choices)
    offered = await chat.types("月")
    assert titles(offered) == ["月 · 五律", "月 · 七絕", "月 · 五絕", "月 · 七言聯"]
    assert {(ask.script, ask.boldness) for ask in chat.poet.asked} == {("traditional", "bold")}
    assert offered["button"]["text"] == "Chat with me for more"


async def test_a_line_gets_answers(chat: BotAtWork) -> None:
    offered = await chat.types("对联 海内存知己")
    assert {ask.first_line for ask in chat.poet.asked} == {"海内存知己"}
    assert len(titles(offered)) == 4


async def test_a_poem_that_is_sent_is_typeset_counted_and_in_the_history(chat: BotAtWork) -> None:
    offered = await chat.types("月")
    assert (await chat.bot.store.poems.history(XIAOYUE, offset=0, limit=5)).total == 0
    sent = await chat.chooses(offered, 0, GROUP)
    title, quiet, *_, last = sent["text"].split("\n")
    assert (title, quiet) == ("月", "七绝 · 七阳韵")
    assert last.endswith("。")
    assert sent["entities"][0]["type"] == "bold"
    assert sent["via_bot"]["is_bot"]
    assert (await chat.bot.store.poems.history(XIAOYUE, offset=0, limit=5)).total == 1
    assert 'inline_chosen_total{kind="written"} 1.0' in chat.bot.metrics.text().decode()


async def test_the_links_under_a_sent_poem_open_it_and_write_another(chat: BotAtWork) -> None:
    sent = await chat.chooses(await chat.types("月"), 3, GROUP)
    assert buttons(sent) == ["📖 打开这首诗", "🔄 再写一首"]
    poem, another = links(sent)
    (opened,) = await chat.writes(f"/start {poem}", ALICE)
    assert opened["text"].split("\n")[-1] == sent["text"].split("\n")[-1]
    (written,) = await chat.writes(f"/start {another}", ALICE)
    assert written["text"].startswith("月\n如梦令")


async def test_with_a_chat_for_pictures_cards_are_offered_too(tmp_path: Path) -> None:
    async with bot_at_work(tmp_path, pictures=True) as chat:
        offered = await chat.types("五绝 月")
        while sum(result["type"] == "photo" for result in offered["results"]) < 4:
            offered = await chat.types("五绝 月")
        assert [result["type"] for result in offered["results"]] == ["article"] * 4 + ["photo"] * 4
        sent = await chat.chooses(offered, 4, GROUP)
        assert sent["photo"]
        assert sent["caption"].startswith("月\n五绝")
        assert buttons(sent) == ["📖 打开这首诗", "🔄 再写一首"]
        assert len(chat.poet.asked) == 4
        assert 'inline_chosen_total{kind="written"} 1.0' in chat.bot.metrics.text().decode()


async def test_a_chat_that_takes_no_pictures_is_done_without(
    tmp_path: Path, log_lines: io.StringIO
) -> None:
    async with bot_at_work(tmp_path, pictures=True) as chat:
        chat.playground.faults.add(Fault("forbidden", method="sendPhoto", times=9))
        offered = await chat.types("五绝 月")
        assert {result["type"] for result in offered["results"]} == {"article"}
        await until(lambda: "PICTURE_CHAT_ID takes no picture" in log_lines.getvalue())


async def test_nothing_typed_offers_the_season_and_what_was_kept(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 七律 江雪")
    await chat.presses(poem, "❤️ 收藏")
    offered = await chat.types("")
    assert len(titles(offered)) == 5
    assert titles(offered)[-1] == "💛 江雪 · 七律"
    assert titles(await chat.types("", ALICE))[-1] != "💛 江雪 · 七律"
    sent = await chat.chooses(offered, 4, GROUP)
    assert sent["text"] == poem["text"]


async def test_a_shared_poem_is_sent_by_its_token(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 七绝 月")
    await chat.presses(poem, "↗ 分享")
    shown = chat.message(poem)
    assert buttons(shown) == ["📨 发给朋友", "🔗 复制链接", "‹ 返回"]
    (send,), (copy,), _ = shown["reply_markup"]["inline_keyboard"]
    offered = await chat.types(send["switch_inline_query"])
    sent = await chat.chooses(offered, 0, GROUP)
    assert sent["text"] == poem["text"]
    payload = copy["copy_text"]["text"].partition("?start=")[2]
    (opened,) = await chat.writes(f"/start {payload}", ALICE)
    assert opened["text"].split("\n")[-1] == poem["text"].split("\n")[-1]
    await chat.presses(poem, "‹ 返回")
    assert buttons(chat.message(poem)) == buttons(poem)


async def test_without_inline_mode_the_link_is_passed_on(
    chat: BotAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    (poem,) = await chat.writes("/poem 月")
    bot = type(chat.bot.application.bot)
    monkeypatch.setattr(bot, "supports_inline_queries", property(lambda _: False))
    await chat.presses(poem, "↗ 分享")
    ((send,), *_) = chat.message(poem)["reply_markup"]["inline_keyboard"]
    assert send["url"].startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2F")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("hello", "题目请用汉字"),
        ("月" * 60, "题目太长了"),
        ("#0000000000000000", "这首诗已经找不到了"),
        ("#1", "这首诗已经找不到了"),
    ],
)
async def test_what_is_not_understood_gets_one_article_that_says_what_works(
    chat: BotAtWork, typed: str, said: str
) -> None:
    offered = await chat.types(typed)
    (hint,) = offered["results"]
    assert said in hint["description"]
    sent = await chat.chooses(offered, 0, GROUP)
    assert "@poetry_playground_bot 秋夜" in sent["text"]
    assert buttons(sent) == ["和我私聊，能写更多"]


async def test_who_types_on_is_answered_once_for_the_last_words(chat: BotAtWork) -> None:
    people = chat.playground.people
    for typed in ("春", "春江", "春江花"):
        people.type_inline(XIAOYUE, typed, now=time.time())
        await asyncio.sleep(0.03)
    await chat.settled()
    queries = list(chat.playground.telegram.inline_queries.values())
    assert queries[-1].answer
    assert not all(query.answer for query in queries)


async def test_what_is_being_written_for_earlier_words_is_dropped(chat: BotAtWork) -> None:
    people, poet = chat.playground.people, chat.poet
    poet.gate.clear()
    people.type_inline(XIAOYUE, "春", now=time.time())
    await until(lambda: poet.waiting)
    last = people.type_inline(XIAOYUE, "春江", now=time.time())
    await until(lambda: not len(chat.playground.telegram.updates))
    await asyncio.sleep(0.2)
    poet.gate.set()
    await chat.settled()
    (first, second) = chat.playground.telegram.inline_queries.values()
    assert first.answer is None
    assert second is last
    assert second.answer
    assert [ask.theme for ask in poet.asked] == ["春", *["春江"] * 4]


async def test_the_same_words_again_are_answered_with_the_same_poems(chat: BotAtWork) -> None:
    first = await chat.types("月")
    assert (await chat.types("月 "))["results"] == first["results"]
    assert len(chat.poet.asked) == 4


async def test_a_form_that_does_not_come_is_left_out(chat: BotAtWork) -> None:
    chat.poet.failures = [NoCharacterFits("七绝", 1, 1)]
    assert titles(await chat.types("月")) == ["月 · 五绝", "月 · 七言联", "月 · 如梦令"]


async def test_when_nothing_comes_it_says_so(chat: BotAtWork) -> None:
    chat.poet.failure = NoCharacterFits("七绝", 1, 1)
    (hint,) = (await chat.types("月"))["results"]
    assert "没写成" in hint["description"]


async def test_an_answer_that_comes_too_late_is_no_failure(chat: BotAtWork) -> None:
    chat.playground.telegram.query_lifetime = -1.0
    assert (await chat.types("月"))["results"] == []
    assert "failures_total" not in _failures(chat)


async def test_a_refusal_of_another_kind_is_noted(chat: BotAtWork) -> None:
    chat.playground.faults.add(Fault("bad_request", method="answerInlineQuery"))
    await chat.types("月")
    assert "failures_total" in _failures(chat)


def _failures(chat: BotAtWork) -> str:
    lines = chat.bot.metrics.text().decode().split("\n")
    return "\n".join(line for line in lines if line.startswith("poetry_bot_failures_total"))


async def test_what_was_sent_by_way_of_the_bot_is_no_wish_of_its_own(chat: BotAtWork) -> None:
    await chat.writes("/start")
    offered = await chat.types("月")
    before = len(chat.messages(XIAOYUE))
    await chat.chooses(offered, 0, XIAOYUE)
    assert len(chat.messages(XIAOYUE)) == before + 1


async def test_nobody_answers_for_another(chat: BotAtWork) -> None:
    offered = await chat.types("月")
    alice = chat.playground.telegram.users[ALICE].json()
    for result in (offered["results"][0]["id"], "wx", "q1", "w99", "hint"):
        chosen = {"result_id": result, "from": alice, "query": "月"}
        chat.playground.telegram.updates.add("chosen_inline_result", chosen)
    await chat.settled()
    assert (await chat.bot.store.poems.history(ALICE, offset=0, limit=5)).total == 0
    assert _failures(chat) == ""


async def test_an_english_word_is_what_it_is_called_in_verse(chat: BotAtWork) -> None:
    offered = await chat.types("autumn night", ALICE)
    assert len(offered["results"]) > 1
    assert {ask.theme for ask in chat.poet.asked} == {"秋夜"}
