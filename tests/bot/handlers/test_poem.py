"""What people write, and the poem or the sentence they get."""

import pytest

from bot.playground.state import User
from bot.services.poems import LOVED_TUNES
from poetry_model import NoCharacterFits
from tests.fakes.chatting import (
    ALICE,
    AMING,
    FORUM,
    GROUP,
    XIAOYUE,
    BotAtWork,
    buttons,
    data,
    forms_of,
    until,
)


@pytest.mark.parametrize(
    ("text", "form", "theme"),
    [
        ("/poem 月", None, "月"),
        ("/poem 七律 秋夜", "七律", "秋夜"),
        ("/poem 秋夜 七律", "七律", "秋夜"),
        ("/poem 五絕 歸鄉", "五绝", "歸鄉"),
        ("/poem@poetry_playground_bot 月", None, "月"),
        ("/poem\n江 雪", None, "江 雪"),
        ("/poem　五律　山", "五律", "山"),
        ("秋夜", None, "秋夜"),
        ("七绝 秋夜", "七绝", "秋夜"),
        ("/poem 浣溪沙 秋思", "浣溪沙", "秋思"),
        ("秋思 浣溪紗", "浣溪沙", "秋思"),
        ("/poem 对联 月", "七言联", "月"),
        ("“长相思”", None, "长相思"),
    ],
)
async def test_words_come_in_any_order_and_either_script(
    chat: BotAtWork, text: str, form: str | None, theme: str
) -> None:
    await chat.writes(text)
    assert [(ask.form, ask.theme) for ask in chat.poet.asked] == [(form, theme)]


async def test_a_poem_is_shown_with_title_form_and_buttons(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/poem 七绝 月")
    title, quiet, empty, *verses = answer["text"].split("\n")
    assert (title, quiet, empty) == ("月", "七绝 · 七阳韵", "")
    assert [len(verse) for verse in verses] == [3 + 8] * 4
    assert [each["type"] for each in answer["entities"]] == ["bold", "italic"]
    shown = buttons(answer)
    assert {"❤️ 收藏", "🔄 再写一首", "繁體", "✍️ 同一起句", "体裁 ›"} <= set(shown)
    assert all(len(each.encode()) <= 64 for each in data(answer))


async def test_a_tune_is_shown_with_its_stanzas_and_read_again_as_it_was(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("浣溪沙 秋思")
    title, quiet, _, *first, gap, _, _, _ = answer["text"].split("\n")
    assert (title, quiet, gap) == ("秋思", "浣溪沙 · 词韵第七部", "")
    assert [len(each.strip()) for each in first] == [8] * 3
    (page,) = await chat.writes("/history")
    assert f"1. 秋思 · 浣溪沙\n    {first[0].strip()}{first[1].strip()}" in page["text"]
    (again,) = await chat.presses(page, "1")
    assert again["text"] == answer["text"]


async def test_some_tune_is_one_of_the_loved_and_another_keeps_it(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/poem 词 秋")
    assert chat.poet.asked[0].form in LOVED_TUNES
    await chat.presses(answer, "🔄 再写一首")
    assert chat.poet.asked[1].form == chat.poet.asked[0].form


async def test_a_style_is_asked_for_shown_and_repeated(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/poem 月 宋风 七绝")
    assert answer["text"].split("\n")[1] == "七绝 · 宋风 · 七阳韵"
    await chat.presses(answer, "🔄 再写一首")
    await chat.presses(answer, "体裁 ›")
    await chat.presses(answer, "五言联")
    assert [ask.dynasty for ask in chat.poet.asked] == ["宋"] * 3


async def test_it_says_through_which_images_a_theme_was_read(chat: BotAtWork) -> None:
    chat.poet.reading = ("灯下", "寒窗", "夜深")
    (answer,) = await chat.writes("/poem 写代码")
    assert answer["text"].split("\n")[2] == "「写代码」取意：灯下、寒窗、夜深"
    (english,) = await chat.writes("/poem 写代码", ALICE)
    assert english["text"].split("\n")[2] == "“写代码” told through 灯下、寒窗、夜深"


@pytest.mark.parametrize("theme", ["AI", "🌙"])
async def test_what_the_poet_can_read_is_a_theme_without_a_command_too(
    chat: BotAtWork, theme: str
) -> None:
    await chat.writes(theme)
    (answer,) = await chat.writes(f"/subscribe {theme}")
    assert [ask.theme for ask in chat.poet.asked] == [theme]
    assert f"题目“{theme}”" in answer["text"]


async def test_without_theme_the_season_chooses(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/poem")
    assert chat.poet.asked[0].theme
    assert answer["text"].startswith(chat.poet.asked[0].theme)


async def test_an_acrostic_shows_its_heads_in_a_column(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/acrostic 春夏，秋冬 五绝")
    title, quiet, _, *verses = answer["text"].split("\n")
    assert (title, quiet) == ("春夏秋冬", "藏头 · 五绝 · 七阳韵")
    assert "".join(verse.strip()[0] for verse in verses) == "春夏秋冬"
    assert await forms_of(chat, answer) == ["五绝", "七绝"]


async def test_an_acrostic_is_in_one_script(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/acrostic 万事如意", AMING)
    _, _, _, *verses = answer["text"].split("\n")
    assert "".join(verse.strip()[0] for verse in verses) == "萬事如意"


async def test_another_poem_is_in_the_script_that_was_chosen_meanwhile(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 离别")
    await chat.bot.store.chats.choose(XIAOYUE, script="traditional")
    (again,) = await chat.presses(poem, "🔄 再写一首")
    assert (chat.poet.asked[-1].script, chat.poet.asked[-1].theme) == ("traditional", "離別")
    assert again["text"].startswith("離別\n")


async def test_an_acrostic_of_sixteen_fits_and_offers_no_form_it_cannot_have(
    chat: BotAtWork,
) -> None:
    (answer,) = await chat.writes("/acrostic 一二三四五六七八九十百千万亿兆京")
    assert len(answer["text"].split("\n")) == 3 + 16
    assert not {"体裁 ›", "✍️ 同一起句"} & set(buttons(answer))


async def test_a_line_is_continued(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/continue 床前明月光。")
    assert "床前明月光，" in answer["text"]
    assert chat.poet.asked[0].first_line == "床前明月光"
    assert await forms_of(chat, answer) == ["五绝", "五律", "五言联"]


async def test_readers_of_traditional_characters_get_them(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/poem 月", AMING)
    assert chat.poet.asked[0].script == "traditional"
    assert "七絕" in answer["text"]
    assert buttons(answer)[0] == "❤️ 收藏"


async def test_english_telegrams_are_answered_in_english(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/poem moon", ALICE)
    assert answer["text"] == "Please give the theme in Chinese, for example 秋夜."


BAD_INPUT = [
    ("/poem hello", "题目请用汉字"),
    ("/poem 💠💠", "题目请用汉字"),
    ("/poem " + "月" * 4000, "题目太长了"),
    ("月" * 10_000, "题目太长了"),
    ("/poem <b>x</b>", "题目请用汉字"),
    ("/poem </pre>&amp;", "题目请用汉字"),
    ("/poem 七决 月", "没有“七决”这种体裁，是不是七绝？"),
    ("/poem 七言 月", "是不是七绝？"),
    ("/poem 六绝 月", "没有“六绝”这种体裁"),
    ("/poem 七古 月", "没有“七古”这种体裁；"),
    ("/acrostic", "藏头诗要给我几个字"),
    ("/acrostic ，。", "藏头诗要给我几个字"),
    ("/acrostic 春", "二到十六个汉字"),
    ("/acrostic " + "春" * 40, "二到十六个汉字"),
    ("/acrostic abcd", "藏头只能用汉字"),
    ("/acrostic 春夏🌙冬", "藏头只能用汉字"),
    ("/continue", "给我一句"),
    ("/continue 床前明月光亮", "起句要一句"),
    ("/continue 床前明月光，疑是地上霜", "起句要一句"),
    ("/continue moon", "起句请用汉字"),
    ("/subscribe 25:00", "看不懂“25:00”这个时间"),
    ("/subscribe 8am60", "看不懂“8am60”这个时间"),
    ("/subscribe 08:00 moon", "题目请用汉字"),
    ("/subscribe 08:00 " + "月" * 41, "题目太长了"),
    ("hello", "请发中文题目"),
    ("💠", "请发中文题目"),
    ("/continue 浣溪沙 床前明月光", "续句只写诗"),
    ("/couplet 七律 月", "对联有五言、七言两种"),
    ("/couplet hello", "题目请用汉字"),
    ("/poem 如夢今 秋思", "没有“如夢今”这种体裁，是不是如梦令？"),
    ("/nonsense", "没有这个命令"),
]


@pytest.mark.parametrize(("text", "said"), BAD_INPUT)
async def test_bad_input_gets_one_short_sentence_that_says_what_works(
    chat: BotAtWork, text: str, said: str
) -> None:
    answers = await chat.writes(text)
    assert answers
    assert all(said in answer["text"] for answer in answers)
    assert all(len(answer["text"]) < 120 for answer in answers)


async def test_markup_in_a_theme_is_shown_as_it_was_written(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/poem <b>月</b>&amp;")
    assert answer["text"].startswith("<b>月</b>&amp;\n")


@pytest.mark.parametrize("kind", ["photo", "sticker", "voice"])
async def test_what_is_not_text_gets_a_hint(chat: BotAtWork, kind: str) -> None:
    file = {"file_id": "x", "file_unique_id": "y", "width": 9, "height": 9, "duration": 3}
    about = {"is_animated": False, "is_video": False, "type": "regular"}
    content = {"photo": [file], "sticker": file | about, "voice": file}[kind]
    (answer,) = await chat.sends({kind: content})
    assert answer["text"]
    assert buttons(answer) == ["🌙 写一首“秋夜”", "🍃 写眼前时节"]


async def test_nobody_turns_our_words_round(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/subscribe 08:00 \u202e月夜")
    assert "题目“月夜”" in answer["text"]
    await chat.writes("\u2067江雪")
    assert chat.poet.asked[-1].theme == "江雪"


async def test_an_album_gets_one_hint(chat: BotAtWork) -> None:
    file = {"file_id": "x", "file_unique_id": "y", "width": 9, "height": 9}
    album = {"photo": [file], "media_group_id": "77"}
    assert len(await chat.sends(album)) == 1
    assert await chat.sends(album) == []


async def test_groups_hear_nothing_unless_a_command_asks(chat: BotAtWork) -> None:
    chat.playground.telegram.chats[GROUP].bot_status = "administrator"  # sees every message
    for text in ("秋夜", "hello", "/nonsense", "/poem@another_bot 月"):
        assert await chat.writes(text, chat=GROUP) == []
    (answer,) = await chat.writes("/poem@poetry_playground_bot 月", chat=GROUP)
    assert answer["reply_to_message"]["text"].startswith("/poem")


async def test_in_a_forum_the_answer_stays_in_its_topic(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/poem 月", chat=FORUM, thread_id=2)
    assert answer["message_thread_id"] == 2


async def test_edited_messages_are_ignored(chat: BotAtWork) -> None:
    await chat.writes("/poem 月")
    chat.playground.people.edit(XIAOYUE, 1, XIAOYUE, "/poem 山", now=0)
    await chat.settled()
    assert [ask.theme for ask in chat.poet.asked] == ["月"]


async def test_a_poet_without_a_way_through_is_excused_and_remembered(chat: BotAtWork) -> None:
    chat.poet.failure = NoCharacterFits("七绝", 1, 2)
    (answer,) = await chat.writes("/poem 月")
    assert "没写成" in answer["text"]
    assert b'poetry_bot_failures_total{reason="NoCharacterFits"} 1.0' in chat.bot.metrics.text()


async def test_typing_is_shown_when_a_poem_takes_longer_than_a_blink(chat: BotAtWork) -> None:
    chat.poet.gate.clear()
    chat.playground.people.write(XIAOYUE, XIAOYUE, "/poem 月", now=0)
    await until(lambda: chat.playground.requests.find("sendChatAction"))
    chat.poet.gate.set()
    await chat.settled()
    assert "月" in chat.messages(XIAOYUE)[-1]["text"]


async def test_one_persons_wishes_wait_for_each_other_and_others_do_not(chat: BotAtWork) -> None:
    chat.poet.gate.clear()
    for user, text in ((XIAOYUE, "/poem 一"), (XIAOYUE, "/help"), (ALICE, "/help")):
        chat.playground.people.write(user, user, text, now=0)
    await until(lambda: len(chat.messages(ALICE)) == 2)
    assert len(chat.messages(XIAOYUE)) == 2
    chat.poet.gate.set()
    await chat.settled()
    assert len(chat.messages(XIAOYUE)) == 4


async def test_when_too_many_wait_the_next_is_told_so(chat: BotAtWork) -> None:
    chat.poet.gate.clear()
    telegram, people = chat.playground.telegram, chat.playground.people
    for user in range(1, 6):
        telegram.add_user(User(user, f"U{user}", language_code="zh-hans"))
        people.write(user, user, "/poem 月", now=0)
    await until(lambda: [m for u in range(1, 6) for m in chat.messages(u) if "太多了" in m["text"]])
    chat.poet.gate.set()
    await chat.settled()
