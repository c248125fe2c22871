"""The way in: /start, /help, questions for missing words, and the nearest thing that works."""

import pytest

from bot.handlers import COMMANDS
from bot.handlers.doings import DOINGS
from bot.handlers.guidance import SECTIONS
from bot.handlers.other_messages import COMMANDS as PROPOSED
from bot.handlers.taps import Doing
from bot.locales import LANGUAGES, speak
from bot.services.translations import THEMES
from poetry_model.requests import checked_theme
from tests.fakes.chatting import ALICE, AMING, GROUP, XIAOYUE, BotAtWork, Json, buttons


async def put(chat: BotAtWork, message: Json, held: str) -> None:
    """Puts a button "?" that holds this under a message."""
    stored = chat.playground.telegram.chats[message["chat"]["id"]].messages[message["message_id"]]
    stored.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": held}]]}


def asked_back(chat: BotAtWork, user: int = XIAOYUE, where: int = 0) -> Json:
    """The reply field that is open for somebody."""
    keyboard: Json = chat.playground.telegram.chats[where or user].keyboards[user]
    return keyboard


async def test_start_has_three_buttons_that_do_it(chat: BotAtWork) -> None:
    (start,) = await chat.writes("/start")
    assert buttons(start) == ["🌙 写一首“秋夜”", "🀄 写藏头诗", "🌅 每日一诗"]
    (poem,) = await chat.presses(start, "🌙 写一首“秋夜”")
    assert poem["text"].startswith("秋夜\n")
    (question,) = await chat.presses(start, "🀄 写藏头诗")
    assert question["text"].startswith("✍️ 藏头诗")
    assert asked_back(chat)["force_reply"]
    (daily,) = await chat.presses(start, "🌅 每日一诗")
    assert "每天" in daily["text"]


@pytest.mark.parametrize("user", [XIAOYUE, ALICE, AMING])
async def test_every_section_of_the_help_opens_in_place_and_goes_back(
    chat: BotAtWork, user: int
) -> None:
    (message,) = await chat.writes("/help", user)
    opening = chat.message(message)
    say = speak(dict(zip((XIAOYUE, ALICE, AMING), ("zh-Hans", "en", "zh-Hant"), strict=True))[user])
    for key in SECTIONS.values():
        assert await chat.presses(message, say(key), user) == []
        shown = chat.message(message)
        assert shown["text"] != opening["text"]
        assert all(len(button) <= 30 for button in buttons(shown))
        await chat.presses(message, say("button-back"), user)
        assert chat.message(message)["text"] == opening["text"]


@pytest.mark.parametrize("doing", Doing)
async def test_every_button_of_the_guidance_does_something(chat: BotAtWork, doing: Doing) -> None:
    (message,) = await chat.writes("/start")
    await put(chat, message, f"w:{doing.value}")
    answers = await chat.presses(message, "?")
    assert len(answers) == 1
    assert len(chat.poet.asked) == int(DOINGS[doing].writes)


async def test_a_command_without_its_words_asks_and_goes_on_from_the_reply(
    chat: BotAtWork,
) -> None:
    for command, reply, field in (
        ("/acrostic", "春夏秋冬 五绝", "heads"),
        ("/continue", "床前明月光", "first_line"),
    ):
        (question,) = await chat.writes(command)
        assert asked_back(chat)["force_reply"]
        assert asked_back(chat)["input_field_placeholder"]
        (poem,) = await chat.writes(reply, reply_to=question["message_id"])
        assert getattr(chat.poet.asked[-1], field) == reply.split()[0]
        assert buttons(poem)


async def test_in_a_group_whoever_asked_is_asked_back(chat: BotAtWork) -> None:
    (question,) = await chat.writes("/acrostic", ALICE, chat=GROUP)
    assert question["reply_to_message"]["text"] == "/acrostic"
    assert asked_back(chat, ALICE, GROUP)["selective"]
    (poem,) = await chat.writes("春夏秋冬", ALICE, chat=GROUP, reply_to=question["message_id"])
    assert chat.poet.asked[-1].heads == "春夏秋冬"
    assert poem["reply_to_message"]["text"] == "春夏秋冬"


async def test_a_question_in_another_language_is_understood_and_asked_again(
    chat: BotAtWork,
) -> None:
    (question,) = await chat.writes("/acrostic", ALICE)
    (again,) = await chat.writes("，", ALICE, reply_to=question["message_id"])
    assert asked_back(chat, ALICE)["force_reply"]
    await chat.writes("春夏", ALICE, reply_to=again["message_id"])
    assert chat.poet.asked[-1].heads == "春夏"


@pytest.mark.parametrize(
    ("text", "label", "asked"),
    [
        ("/poem 七律 " + "江上秋风，" * 20, "以“江上秋风”为题", ("七律", "江上秋风", None, None)),
        ("/poem " + "月" * 50, f"以“{'月' * 12}”为题", (None, "月" * 12, None, None)),
        ("/acrostic 春夏秋冬夜 七绝", "用“春夏秋冬夜”", (None, "", "春夏秋冬夜", None)),
        ("/acrostic 春夏秋冬夜 七绝", "用“春夏秋冬”", (None, "", "春夏秋冬", None)),
        (
            "/acrostic " + "一二三四五六七八九" * 2,
            "用“一二三四五六七八”",
            (None, "", "一二三四五六七八", None),
        ),
        ("/acrostic 春夏🌙冬", "用“春夏冬”", (None, "", "春夏冬", None)),
        ("/acrostic abcd", "✍️ 春夏秋冬", (None, "", "春夏秋冬", None)),
        ("/continue 床前明月光，疑是地上霜", "以“床前明月光”起句", (None, "", None, "床前明月光")),
        ("/continue 浣溪沙 床前明月光", "以“床前明月光”起句", (None, "", None, "床前明月光")),
        ("/continue moon", "✍️ 床前明月光", (None, "", None, "床前明月光")),
        ("/poem the moon and some wine", "月 · moon", (None, "月", None, None)),
        ("good wine", "酒 · wine", (None, "酒", None, None)),
        ("hello", "🌙 写一首“秋夜”", (None, "秋夜", None, None)),
        ("/peom 月", "/poem 月", (None, "月", None, None)),
    ],
)
async def test_the_nearest_thing_that_works_is_one_tap_away(
    chat: BotAtWork, text: str, label: str, asked: tuple[str | None, ...]
) -> None:
    (answer,) = await chat.writes(text)
    assert label in buttons(answer)
    assert len(await chat.presses(answer, label)) == 1
    (ask,) = chat.poet.asked
    assert (ask.form, ask.theme, ask.heads, ask.first_line) == asked


async def test_a_caption_and_a_stickers_emoji_are_themes(chat: BotAtWork) -> None:
    file = {"file_id": "x", "file_unique_id": "y", "width": 9, "height": 9}
    about = {"is_animated": False, "is_video": False, "type": "regular"}
    (poem,) = await chat.sends({"photo": [file], "caption": "江上夕阳"})
    assert poem["text"].startswith("江上夕阳\n")
    await chat.sends({"sticker": file | about | {"emoji": "🌙"}})
    assert [ask.theme for ask in chat.poet.asked] == ["江上夕阳", "🌙"]
    (answer,) = await chat.sends({"photo": [file], "caption": "月" * 41})
    assert answer["text"].startswith("题目太长了")
    (answer,) = await chat.sends({"photo": [file], "caption": "hello"})
    assert answer["text"].startswith("好画面")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"dice": {"emoji": "🎲", "value": 6}}, "手气不错"),
        ({"contact": {"phone_number": "1", "first_name": "小"}}, "藏头诗"),
    ],
)
async def test_each_kind_of_message_gets_a_fitting_word(
    chat: BotAtWork, content: Json, said: str
) -> None:
    (answer,) = await chat.sends(content)
    assert said in answer["text"]
    assert len(await chat.presses(answer, "🍃 写眼前时节")) == 1


async def test_the_time_zone_is_chosen_or_written(chat: BotAtWork) -> None:
    (message,) = await chat.writes("/settings")
    await chat.presses(message, "时区")
    (question,) = await chat.presses(message, "✍️ 写个城市")
    (answer,) = await chat.writes("东京", reply_to=question["message_id"])
    assert answer["text"].startswith("好，以后按")
    seen = await chat.bot.store.chats.get(XIAOYUE)
    assert seen is not None
    assert seen.timezone == "Asia/Tokyo"
    (nowhere,) = await chat.writes("鬼知道", reply_to=question["message_id"])
    assert "鬼知道" in nowhere["text"]


def test_every_command_can_be_proposed() -> None:
    assert set(PROPOSED) == {names[0] for names in COMMANDS}


@pytest.mark.parametrize("word", THEMES)
def test_every_english_word_is_a_theme_that_a_button_holds(word: str) -> None:
    assert word.isascii()
    assert checked_theme(THEMES[word])


def test_english_readers_see_what_the_buttons_write() -> None:
    assert len({speak(language)("do-autumn") for language in LANGUAGES}) == 3
