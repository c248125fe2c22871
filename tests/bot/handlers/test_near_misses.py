"""What was probably meant is asked, and served by a button."""

import time

import pytest

from tests.fakes.chatting import ALICE, AMING, GROUP, XIAOYUE, BotAtWork, buttons


async def test_the_form_that_was_meant_is_one_tap_away(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/poem 如夢今 秋思")
    assert question["text"] == "没有“如夢今”这种体裁，是不是如梦令？"
    assert question["reply_to_message"]["text"] == "/poem 如夢今 秋思"
    assert buttons(question) == ["如梦令", "以“如夢今”为题"]
    (poem,) = await chat.presses(question, "如梦令")
    assert [(ask.form, ask.theme) for ask in chat.poet.asked] == [("如梦令", "秋思")]
    assert poem["text"].startswith("秋思\n如梦令 · ")
    assert not buttons(chat.message(question))


async def test_the_word_may_have_been_a_theme_after_all(chat: BotAtWork) -> None:
    (question,) = await chat.writes("七决 月", AMING)
    assert buttons(question) == ["七絕", "以「七决」為題"]
    await chat.presses(question, "以「七决」為題", AMING)
    assert [(ask.form, ask.theme) for ask in chat.poet.asked] == [(None, "七决 月")]


@pytest.mark.parametrize(
    ("wish", "offered", "tapped", "form"),
    [
        ("/poem 六绝 月", ["五绝", "七绝", "以“六绝”为题"], "五绝", "五绝"),
        ("/poem 八律 月", ["五律", "七律", "以“八律”为题"], "七律", "七律"),
        ("/poem 七觉 月", ["七绝", "以“七觉”为题"], "七绝", "七绝"),
    ],
)
async def test_of_a_form_that_is_none_those_it_may_have_been_are_offered(
    chat: BotAtWork, wish: str, offered: list[str], tapped: str, form: str
) -> None:
    (question,) = await chat.writes(wish)
    assert buttons(question) == offered
    await chat.presses(question, tapped)
    assert [(ask.form, ask.theme) for ask in chat.poet.asked] == [(form, "月")]


async def test_what_nobody_can_guess_may_still_be_a_theme(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/poem 六绝", ALICE)
    assert buttons(question) == ["五绝", "七绝", "“六绝” as a theme"]
    await chat.presses(question, "“六绝” as a theme", ALICE)
    assert chat.poet.asked[0].theme == "六绝"


async def test_of_two_forms_one_is_chosen(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/poem 五律、七绝 月", AMING)
    assert question["text"] == "一首詩只有一種體裁，要哪一種：五律、七絕？"
    assert buttons(question) == ["五律", "七絕"]
    await chat.presses(question, "七絕", AMING)
    assert [(ask.form, ask.theme) for ask in chat.poet.asked] == [("七绝", "月")]


async def test_of_two_forms_of_an_acrostic_one_is_chosen(chat: BotAtWork) -> None:
    (question,) = await chat.writes("藏头诗 七绝 五绝 春夏秋冬")
    await chat.presses(question, "五绝")
    assert [(ask.form, ask.heads) for ask in chat.poet.asked] == [("五绝", "春夏秋冬")]


async def test_a_daily_poem_is_asked_about_too(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/subscribe 08:00 青平乐 秋")
    (answer,) = await chat.presses(question, "清平乐")
    assert "题目“秋”，写清平乐" in answer["text"]


async def test_in_a_group_it_is_for_who_asked(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/poem@poetry_playground_bot 七决 月", chat=GROUP)
    assert await chat.presses(question, "七绝", ALICE) == []
    assert chat.toasts() == ["Somebody else asked for this; send a message of your own."]
    (poem,) = await chat.presses(question, "七绝")
    assert poem["reply_to_message"]["from"]["id"] == question["reply_to_message"]["from"]["id"]


async def test_what_was_asked_in_the_groups_name_is_for_its_administrators(
    chat: BotAtWork,
) -> None:
    chat.playground.telegram.chats[GROUP].members[XIAOYUE] = "administrator"
    *_, question = await chat.writes("/poem 七决 月", chat=GROUP, anonymous=True)
    await chat.presses(question, "七绝", ALICE)
    assert not chat.poet.asked
    await chat.presses(question, "七绝")
    assert [(ask.form, ask.theme) for ask in chat.poet.asked] == [("七绝", "月")]


async def test_a_near_miss_under_a_picture_is_put_right(chat: BotAtWork) -> None:
    file = {"file_id": "x", "file_unique_id": "y", "width": 9, "height": 9}
    content = {"photo": [file], "caption": "七决 月"}
    chat.playground.people.send(XIAOYUE, XIAOYUE, content, now=time.time())
    await chat.settled()
    question = chat.messages(XIAOYUE)[-1]
    await chat.presses(question, "七绝")
    assert [(ask.form, ask.theme) for ask in chat.poet.asked] == [("七绝", "月")]


async def test_a_question_whose_message_is_gone_has_expired(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/poem 如夢今")
    telegram = chat.playground.telegram
    messages = telegram.chats[question["chat"]["id"]].messages
    telegram.delete_message(messages[question["reply_to_message"]["message_id"]])
    assert await chat.presses(question, "如梦令") == []
    assert chat.toasts() == ["这个按钮已经过期，请再发一次 /poem。"]


async def test_an_hour_that_is_none_is_near_one(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/subscribe 24:00 月 周一")
    assert buttons(question) == ["00:00"]
    (answer,) = await chat.presses(question, "00:00")
    assert answer["text"].startswith("好，每周一 00:00 送你一首诗，题目“月”。")


async def test_of_two_hours_one_can_be_chosen(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/subscribe 08:00 21:30")
    assert buttons(question) == ["08:00", "21:30"]
    (answer,) = await chat.presses(question, "21:30")
    assert answer["text"].startswith("好，每天 21:30 送你一首诗")


async def test_an_hour_nobody_can_guess_may_be_one_that_many_like(chat: BotAtWork) -> None:
    (question,) = await chat.writes("每日一诗 七十点 月")
    assert buttons(question) == ["08:00", "21:30"]
    (answer,) = await chat.presses(question, "08:00")
    assert answer["text"].startswith("好，每天 08:00 送你一首诗，题目“月”。")


async def test_a_place_nobody_knows_can_be_left_out(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/subscribe 07:00 Narnia 五绝 weekdays", ALICE)
    assert buttons(question) == ["Leave the time zone"]
    (answer,) = await chat.presses(question, "Leave the time zone", ALICE)
    assert answer["text"].startswith("A poem will come on weekdays at 07:00")
    assert "五绝" in answer["text"]


async def test_the_first_sentence_is_the_first_line(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/continue 床前明月光，疑是地上霜")
    assert buttons(question) == ["以“床前明月光”起句"]
    await chat.presses(question, "以“床前明月光”起句")
    assert chat.poet.asked[0].first_line == "床前明月光"


async def test_the_beginning_of_a_command_is_enough_to_guess_it(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/fav")
    assert buttons(question) == ["/favourites"]
    (question,) = await chat.writes("/sub 08:00")
    (answer,) = await chat.presses(question, "/subscribe 08:00")
    assert answer["text"].startswith("好，每天 08:00")


async def test_in_a_group_a_slip_is_asked_about_where_it_names_us(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/peom@poetry_playground_bot 月", chat=GROUP)
    assert buttons(question) == ["/poem 月"]
    assert await chat.writes("/peom 月", chat=GROUP) == []
    assert await chat.writes("/peom@another_bot 月", chat=GROUP) == []
