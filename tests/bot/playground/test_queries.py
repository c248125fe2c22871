"""Pressed buttons and inline mode, from the person's finger to the bot's answer and back."""

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultPhoto,
    InlineQueryResultsButton,
    InputMediaPhoto,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest

from bot.playground import Playground
from bot.playground.errors import ImpossibleError
from tests.bot.playground.conftest import ALICE, GROUP, PNG, XIAOYUE, Clock

KEEP = InlineKeyboardMarkup([[InlineKeyboardButton("❤️ 收藏", callback_data="keep:1")]])
TOO_OLD = r"(?i)query is too old and response timeout expired or query id is invalid"


async def _pressed(bot: Bot, playground: Playground, clock: Clock, button: str) -> Update:
    sent = await bot.send_message(XIAOYUE, "月", reply_markup=KEEP)
    playground.people.press(XIAOYUE, sent.message_id, XIAOYUE, button, now=clock.now)
    (update,) = await bot.get_updates()
    return update


@pytest.mark.parametrize("button", ["keep:1", "❤️ 收藏"])
async def test_a_press_reaches_the_bot_and_its_answer_the_person(
    bot: Bot, playground: Playground, clock: Clock, button: str
) -> None:
    query = (await _pressed(bot, playground, clock, button)).callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("keep:1", XIAOYUE)
    assert query.message is not None
    assert await query.answer("已收藏", show_alert=True)
    assert playground.telegram.callback_queries[query.id].answer == {
        "text": "已收藏",
        "show_alert": True,
        "url": "",
    }


async def test_a_query_is_answered_once(bot: Bot, playground: Playground, clock: Clock) -> None:
    query = (await _pressed(bot, playground, clock, "keep:1")).callback_query
    assert query is not None
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await query.answer("月" * 201)
    await query.answer()
    with pytest.raises(BadRequest, match=TOO_OLD):
        await query.answer()


async def test_old_and_unknown_queries_are_refused(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    query = (await _pressed(bot, playground, clock, "keep:1")).callback_query
    assert query is not None
    clock.now += 16
    with pytest.raises(BadRequest, match=TOO_OLD):
        await query.answer()
    with pytest.raises(BadRequest, match=TOO_OLD):
        await bot.answer_callback_query("123")


async def test_only_buttons_that_are_there_can_be_pressed(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    sent = await bot.send_message(XIAOYUE, "月", reply_markup=KEEP)
    with pytest.raises(ImpossibleError, match="no button 'drop'"):
        playground.people.press(XIAOYUE, sent.message_id, XIAOYUE, "drop", now=clock.now)


def _article(number: int, text: str = "月") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        str(number), f"诗 {number}", InputTextMessageContent(text, "HTML"), reply_markup=KEEP
    )


async def _asked(bot: Bot, playground: Playground, clock: Clock) -> Update:
    playground.people.type_inline(ALICE, "月", now=clock.now)
    (update,) = await bot.get_updates()
    return update


async def test_a_chosen_inline_result_is_sent_in_the_persons_name(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    asked = await _asked(bot, playground, clock)
    assert asked.inline_query is not None
    assert asked.inline_query.query == "月"
    await asked.inline_query.answer([_article(1), _article(2, "<b>日</b>")])
    chosen = playground.people.choose_inline(asked.inline_query.id, "2", GROUP, now=clock.now)
    assert chosen.json()["text"] == "日"
    assert chosen.json()["via_bot"]["id"] == bot.id
    result, message = await bot.get_updates(offset=asked.update_id + 1)
    assert result.chosen_inline_result is not None
    assert result.chosen_inline_result.result_id == "2"
    assert message.message is not None
    assert message.message.via_bot == bot.bot


async def test_inline_messages_are_pressed_and_edited_by_their_own_id(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    asked = await _asked(bot, playground, clock)
    assert asked.inline_query is not None
    await asked.inline_query.answer([_article(1)])
    chosen = playground.people.choose_inline(asked.inline_query.id, "1", ALICE, now=clock.now)
    playground.people.press(ALICE, chosen.message_id, ALICE, "keep:1", now=clock.now)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.message is None
    assert await query.edit_message_text("新") is True
    assert chosen.json()["text"] == "新"
    with pytest.raises(BadRequest, match=r"(?i)message_id_invalid"):
        await bot.edit_message_text("新", inline_message_id="0")


async def test_pictures_sent_before_serve_as_inline_results(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    sent = await bot.send_photo(XIAOYUE, PNG)
    asked = await _asked(bot, playground, clock)
    assert asked.inline_query is not None
    card = InlineQueryResultCachedPhoto("1", sent.photo[-1].file_id, caption="月")
    await asked.inline_query.answer([card])
    chosen = playground.people.choose_inline(asked.inline_query.id, "1", ALICE, now=clock.now)
    assert chosen.json()["photo"][0]["file_id"] == sent.photo[-1].file_id


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([_article(n) for n in range(51)], "results_too_much"),
        ([_article(1), _article(1)], "result_id_duplicate"),
        ([_article(1, "<x>")], "unsupported start tag"),
        ([InlineQueryResultCachedPhoto("1", "unknown")], "wrong file identifier"),
        ([InlineQueryResultPhoto("1", "https://e.org/a.jpg", "https://e.org/b.jpg")], "curl"),
        ([_article(1, "月" * 4097)], "too long"),
        ([InlineQueryResultArticle("月" * 22, "诗", InputTextMessageContent("月"))], "id_invalid"),
    ],
)
async def test_bad_inline_results_are_refused(
    bot: Bot, playground: Playground, clock: Clock, results: list[object], words: str
) -> None:
    asked = await _asked(bot, playground, clock)
    assert asked.inline_query is not None
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.answer_inline_query(asked.inline_query.id, results)  # type: ignore[arg-type] # mixed on purpose


async def test_the_same_words_get_the_same_answer_while_it_is_kept(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    asked = await _asked(bot, playground, clock)
    assert asked.inline_query is not None
    await asked.inline_query.answer([_article(1)], cache_time=60)
    await bot.get_updates(offset=asked.update_id + 1)
    again = playground.people.type_inline(XIAOYUE, "月", now=clock.now)
    assert again.answer is not None
    assert len(playground.telegram.updates) == 0
    clock.now += 61
    assert playground.people.type_inline(XIAOYUE, "月", now=clock.now).answer is None


async def test_a_personal_answer_is_kept_for_one_person(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    asked = await _asked(bot, playground, clock)
    assert asked.inline_query is not None
    await asked.inline_query.answer([_article(1)], is_personal=True)
    assert playground.people.type_inline(ALICE, "月", now=clock.now).answer is not None
    assert playground.people.type_inline(XIAOYUE, "月", now=clock.now).answer is None


async def test_inline_results_say_in_which_kind_of_chat_they_are_asked_for(
    playground: Playground, clock: Clock
) -> None:
    people = playground.people
    kinds = [
        people.type_inline(ALICE, "月", now=clock.now, chat_id=chat).payload["chat_type"]
        for chat in (None, ALICE, GROUP)
    ]
    assert kinds == ["sender", "sender", "group"]


async def test_a_button_above_the_results_leads_to_the_bot(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    asked = await _asked(bot, playground, clock)
    assert asked.inline_query is not None
    with pytest.raises(BadRequest, match=r"(?i)start_param_invalid"):
        await asked.inline_query.answer(
            [], button=InlineQueryResultsButton("x", start_parameter="月")
        )
    await asked.inline_query.answer([], button=InlineQueryResultsButton("x", start_parameter="a"))
    answer = playground.telegram.inline_queries[asked.inline_query.id].answer
    assert answer is not None
    assert answer["button"] == {"text": "x", "start_parameter": "a"}


async def test_no_new_file_is_uploaded_into_an_inline_message(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    asked = await _asked(bot, playground, clock)
    assert asked.inline_query is not None
    await asked.inline_query.answer([_article(1)])
    playground.people.choose_inline(asked.inline_query.id, "1", ALICE, now=clock.now)
    number = (await bot.get_updates())[-1].message
    assert number is not None
    inline_id = playground.telegram.chats[ALICE].messages[number.message_id].inline_message_id
    with pytest.raises(BadRequest, match=r"(?i)can't be uploaded"):
        await bot.edit_message_media(InputMediaPhoto(PNG), inline_message_id=inline_id)
    kept = (await bot.send_photo(XIAOYUE, PNG)).photo[-1].file_id
    assert await bot.edit_message_media(InputMediaPhoto(kept), inline_message_id=inline_id)


async def test_a_tap_is_answered_with_links_to_the_bot_alone(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    query = (await _pressed(bot, playground, clock, "keep:1")).callback_query
    assert query is not None
    with pytest.raises(BadRequest, match=r"(?i)url_invalid"):
        await query.answer(url="https://example.org/")
    assert await query.answer(url="https://t.me/poetry_playground_bot?start=a")
