"""接龙 over HTTP: lines by turns, what does not fit, the network's lines, the finished poem."""

import time
from datetime import timedelta

import pytest

from poetry_model import NoCharacterFits
from tests.fakes.chatting import ALICE, AMING, FORUM, GROUP, XIAOYUE, BotAtWork, Json, buttons

QUATRAIN = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")
POET, UNDO, END, LATEST = "🖋 请 AI 接一句", "↩️ 撤回上一句", "🏁 结束", "⬇️ 看最新"


@pytest.fixture(autouse=True)
def verse(chat: BotAtWork) -> None:
    """The network's lines are those of a poem by the rules; everybody reads 简体."""
    chat.poet.verse = QUATRAIN
    for user in (ALICE, AMING):
        chat.playground.telegram.users[user].language_code = "zh-hans"


async def begun(
    chat: BotAtWork, text: str = "/jielong 五绝 登楼", group: int = GROUP, **more: int
) -> Json:
    """A game that 小月 begins in the group."""
    (game,) = await chat.writes(text, chat=group, **more)
    return game


async def adds(chat: BotAtWork, game: Json, line: str, user: int = XIAOYUE) -> Json:
    """Somebody answers the game's message; what the bot says to it."""
    (said,) = await chat.writes(line, user, chat=game["chat"]["id"], reply_to=game["message_id"])
    return said


async def played(chat: BotAtWork, count: int) -> Json:
    """A game with so many lines, of 小月 and Alice by turns."""
    game = await begun(chat)
    for number, line in enumerate(QUATRAIN[:count]):
        game = await adds(chat, game, line, (XIAOYUE, ALICE)[number % 2])
    return game


async def test_a_game_begins_with_its_form_and_what_the_first_line_must_be(
    chat: BotAtWork,
) -> None:
    game = await begun(chat)
    title, form, *_ = game["text"].split("\n")
    assert (title, form) == ("接龙 · 登楼", "五绝")
    assert "第 1 句（共 4 句），5 个字：" in game["text"]
    assert "中仄平平仄" in game["text"]
    assert "平平中仄平" in game["text"]
    assert buttons(game) == [POET, END]


async def test_right_lines_are_taken_by_turns_and_the_poem_is_everybodys(
    chat: BotAtWork,
) -> None:
    game = await played(chat, 3)
    assert "白日依山尽，　小月\n黄河入海流。　Alice\n欲穷千里目，　小月" in game["text"]
    assert "押十一尤，如 秋、州、" in game["text"]
    poem = await adds(chat, game, "更上一层楼。", AMING)
    assert [line.strip() for line in poem["text"].split("\n")[4:6]] == [
        "白日依山尽，",
        "黄河入海流。",
    ]
    assert "接龙，众人合写" in poem["text"]
    assert poem["text"].endswith("小月 1、3　Alice 2　阿明 4")
    assert buttons(poem)[0] == "❤️ 收藏"
    await chat.presses(poem, "❤️ 收藏", ALICE)
    assert (await chat.bot.store.favourites.page(ALICE, offset=0, limit=5)).total == 1
    assert not buttons(chat.message(game))
    fresh = await begun(chat)
    assert "第 1 句" in fresh["text"]


async def test_a_game_is_in_the_script_of_who_began_it(chat: BotAtWork) -> None:
    chat.playground.telegram.users[AMING].language_code = "zh-hant"
    (game,) = await chat.writes("/jielong 五绝 离别", AMING, chat=GROUP)
    assert game["text"].startswith("接龍 · 離別\n五絕")
    game = await adds(chat, game, QUATRAIN[0], XIAOYUE)
    assert "白日依山盡，　小月" in game["text"]
    game = await adds(chat, game, "黃河入海流", AMING)
    assert "黃河入海流。　阿明" in game["text"]


async def test_the_networks_lines_are_told_apart(chat: BotAtWork) -> None:
    game = await played(chat, 1)
    assert await chat.presses(game, POET, ALICE) == []
    shown = chat.message(game)
    assert "黄河入海流。　AI" in shown["text"]
    assert chat.poet.asked[-1].given_lines == QUATRAIN[:1]
    assert (chat.poet.asked[-1].form, chat.poet.asked[-1].theme) == ("五绝", "登楼")
    await chat.presses(shown, POET, ALICE)
    assert chat.toasts()[-1] == "刚才那句是我写的，轮到你们了。"
    game = await adds(chat, shown, QUATRAIN[2], ALICE)
    (poem,) = await chat.presses(game, POET, XIAOYUE)
    assert "接龙：第 1、3 句众人写，其余 AI 写" in poem["text"]
    assert poem["text"].endswith("小月 1　AI 2、4　Alice 3")
    for button in ("繁體", "平仄", "拼音"):
        await chat.presses(poem, button)
        assert "第 1、3 句" in chat.message(poem)["text"]
        assert chat.message(poem)["text"].endswith("小月 1　AI 2、4　Alice 3")
        assert chat.message(poem)["text"].count("Alice") == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("更上一层", "这一句要 5 个字，这里有 4 个。"),
        ("更上一层楼台", "这一句要 5 个字，这里有 6 个。"),
        ("更上一层月", "第 5 字「月」是仄声，这里要平声。"),
        ("更山一层楼", "第 2 字「山」是平声，这里要仄声。"),
        ("更上一层山", "末字「山」不押韵：这里押十一尤，如 秋、州、"),
        ("更上one层", "只能用汉字。"),
        ("更上一层囍", "第 5 字「囍」韵书里没有，请换一个平声字。"),
        ("欲穷千里目", "这一句前面已经有了。"),
        ("更上一层楼，白日依山尽", "一次接一句就好。"),
    ],
)
async def test_what_does_not_fit_is_told_exactly(chat: BotAtWork, line: str, said: str) -> None:
    game = await played(chat, 3)
    answer = await adds(chat, game, line, ALICE)
    assert said in answer["text"]
    assert answer["reply_to_message"]["text"] == line
    kept = await chat.bot.store.jielong.open_in(GROUP, None)
    assert kept is not None
    assert kept.lines == QUATRAIN[:3]


@pytest.mark.parametrize(
    "talk", ["哈哈哈这一句也太难接了吧我想不出来", "haha", "👍", "@alice_demo nice"]
)
async def test_talk_is_no_line(chat: BotAtWork, talk: str) -> None:
    game = await played(chat, 1)
    assert await chat.writes(talk, ALICE, chat=GROUP, reply_to=game["message_id"]) == []


async def test_emoji_and_marks_do_not_count(chat: BotAtWork) -> None:
    game = await played(chat, 3)
    poem = await adds(chat, game, "“更上一层楼！”😄", ALICE)
    assert "更上一层楼" in poem["text"]


async def test_nobody_writes_twice_in_a_row_unless_alone(chat: BotAtWork) -> None:
    game = await begun(chat)
    game = await adds(chat, game, QUATRAIN[0])
    game = await adds(chat, game, QUATRAIN[1])
    game = await adds(chat, game, QUATRAIN[2], ALICE)
    refused = await adds(chat, game, QUATRAIN[3], ALICE)
    assert refused["text"] == "上一句就是你写的，让别人接一句吧。"


async def test_of_two_answers_at_once_one_is_taken_and_the_other_told(chat: BotAtWork) -> None:
    game = await played(chat, 1)
    people, number = chat.playground.people, game["message_id"]
    before = len(chat.messages(GROUP))
    for user in (ALICE, AMING):
        people.write(GROUP, user, QUATRAIN[1], now=time.time(), reply_to=number)
    await chat.settled()
    kept = await chat.bot.store.jielong.open_in(GROUP, None)
    assert kept is not None
    assert kept.lines == QUATRAIN[:2]
    said = [each["text"] for each in chat.messages(GROUP)[before:] if each["from"]["is_bot"]]
    assert len(said) == 2
    assert sum(text.startswith("接龙 ·") for text in said) == 1


async def test_an_answer_to_an_earlier_message_counts_and_leads_to_the_latest(
    chat: BotAtWork,
) -> None:
    first = await begun(chat)
    latest = await adds(chat, first, QUATRAIN[0])
    assert buttons(chat.message(first)) == [LATEST]
    third = await adds(chat, first, QUATRAIN[1], ALICE)
    assert "第 3 句" in third["text"]
    (again,) = await chat.presses(chat.message(latest), LATEST, AMING)
    assert "黄河入海流" in again["text"]


async def test_an_open_game_is_shown_again_and_no_second_one_begins(chat: BotAtWork) -> None:
    await played(chat, 1)
    (again,) = await chat.writes("/jielong", ALICE, chat=GROUP)
    assert "白日依山尽" in again["text"]
    note, shown = await chat.writes("/jielong 七律 月", ALICE, chat=GROUP)
    assert "已有一局接龙" in note["text"]
    assert "白日依山尽" in shown["text"]


async def test_the_last_line_is_taken_back_by_its_author_or_an_administrator(
    chat: BotAtWork,
) -> None:
    game = await played(chat, 2)
    await chat.presses(game, UNDO, AMING)
    assert chat.toasts()[-1] == "上一句是别人写的，由他自己或管理员撤回。"
    await chat.presses(game, UNDO, ALICE)
    assert "黄河入海流" not in chat.message(game)["text"]
    game = await adds(chat, chat.message(game), QUATRAIN[1], ALICE)
    await chat.presses(game, UNDO, XIAOYUE)
    assert "黄河入海流" not in chat.message(game)["text"]


async def test_a_stale_tap_does_nothing(chat: BotAtWork) -> None:
    first = await begun(chat)
    stale = dict(first)
    await adds(chat, first, QUATRAIN[0])
    chat.playground.telegram.chats[GROUP].messages[first["message_id"]].reply_markup = stale[
        "reply_markup"
    ]
    await chat.presses(first, POET, ALICE)
    assert chat.toasts()[-1].startswith("慢了一步：现在已有 1 句")
    assert not chat.poet.asked


async def test_who_began_it_ends_it_others_after_a_day(chat: BotAtWork) -> None:
    game = await played(chat, 2)
    await chat.presses(game, END, ALICE)
    assert chat.toasts()[-1] == "请起头的人或管理员来结束。"
    await chat.presses(game, END, XIAOYUE)
    shown = chat.message(game)
    assert "这一局到此为止" in shown["text"]
    assert "白日依山尽" in shown["text"]
    assert not buttons(shown)
    assert await chat.bot.store.jielong.open_in(GROUP, None) is None
    for line in QUATRAIN[::2]:
        answer = await adds(chat, shown, line)
        assert answer["text"] == "这一局已经结束了。再来一局：/jielong"
    game = await begun(chat)
    chat.clock.now += timedelta(hours=23)
    game = await adds(chat, game, QUATRAIN[0])
    chat.clock.now += timedelta(hours=2)
    await chat.presses(game, END, ALICE)
    assert "到此为止" in chat.message(game)["text"]


async def test_an_idle_game_is_over_quietly(chat: BotAtWork) -> None:
    game = await played(chat, 1)
    before = len(chat.messages(GROUP))
    chat.clock.now += timedelta(hours=25)
    assert len(chat.messages(GROUP)) == before
    await chat.presses(game, POET, ALICE)
    assert chat.toasts()[-1].startswith("这一局已经结束了。")
    assert "第 1 句" in (await begun(chat))["text"]


async def test_alone_with_the_bot_it_answers_every_line(chat: BotAtWork) -> None:
    (game,) = await chat.writes("/jielong 五绝 登楼")
    (game,) = await chat.writes("白日依山尽")
    assert "白日依山尽，　小月\n黄河入海流。　AI" in game["text"]
    await chat.presses(game, UNDO)
    assert "白日依山尽" not in chat.message(game)["text"]
    (game,) = await chat.writes("白日依山尽。", reply_to=game["message_id"])
    (poem,) = await chat.writes("欲穷千里目")
    assert "接龙：第 1、3 句众人写" in poem["text"]
    assert "更上一层楼" in poem["text"]


async def test_in_private_a_theme_stays_a_theme(chat: BotAtWork) -> None:
    await chat.writes("/jielong 五绝")
    (poem,) = await chat.writes("秋夜")
    assert poem["text"].startswith("秋夜\n")
    chat.clock.now += timedelta(minutes=31)
    (poem,) = await chat.writes("春江花月夜")
    assert poem["text"].startswith("春江花月夜\n")


async def test_when_the_network_does_not_answer_the_persons_line_stands(chat: BotAtWork) -> None:
    await chat.writes("/jielong 五绝")
    chat.poet.failure = NoCharacterFits("五绝", 2, 1)
    (game,) = await chat.writes("白日依山尽")
    assert "白日依山尽" in game["text"]
    await chat.presses(game, POET)
    assert "没写成" in chat.messages(XIAOYUE)[-1]["text"] or "没写成" in chat.toasts()[-1]


async def test_a_line_of_the_network_that_breaks_a_rule_is_not_taken(chat: BotAtWork) -> None:
    game = await begun(chat)
    chat.poet.verse = ("山山山山山",) * 4
    await chat.presses(game, POET)
    kept = await chat.bot.store.jielong.open_in(GROUP, None)
    assert kept is not None
    assert kept.lines == ()
    assert len(chat.poet.asked) == 3


async def test_each_topic_has_its_own_game_and_answers_stay_there(chat: BotAtWork) -> None:
    first = await begun(chat, group=FORUM, thread_id=2)
    second = await begun(chat, "/jielong 七绝", FORUM, thread_id=3)
    assert (first["message_thread_id"], second["message_thread_id"]) == (2, 3)
    (said,) = await chat.writes(
        QUATRAIN[0], ALICE, chat=FORUM, thread_id=2, reply_to=first["message_id"]
    )
    assert said["message_thread_id"] == 2
    assert "白日依山尽" in said["text"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/jielong 对联", "接龙写诗或填词"),
        ("/jielong moon", "题目请用汉字"),
        ("/jielong 七决", "是不是七绝？"),
    ],
)
async def test_what_cannot_be_played_says_what_can(chat: BotAtWork, text: str, said: str) -> None:
    assert said in (await begun(chat, text))["text"]


async def test_a_tune_says_what_it_repeats(chat: BotAtWork) -> None:
    game = await begun(chat, "/jielong 如梦令")
    lines = ("昨夜雨疏风骤", "浓睡不消残酒", "试问卷帘人", "却道海棠依旧", "知否")
    for number, line in enumerate(lines):
        game = await adds(chat, game, line, (XIAOYUE, AMING)[number % 2])
    assert "末尾重复上一句的“知否”。" in game["text"]
    wrong = await adds(chat, game, "如否", AMING)
    assert "第 1 字「如」要重复上一句的「知」。" in wrong["text"]
    game = await adds(chat, game, "知否", AMING)
    assert "押第十二部" in game["text"]


async def test_a_name_is_shown_as_it_was_written(chat: BotAtWork) -> None:
    chat.playground.telegram.users[ALICE].first_name = "<b>&\n\u202eAlice of the very long name"
    game = await adds(chat, await begun(chat), QUATRAIN[0], ALICE)
    assert "　<b>& Alice of the ve" in game["text"]


async def test_who_is_forgotten_leaves_the_lines(chat: BotAtWork) -> None:
    game = await played(chat, 2)
    await chat.bot.store.forgetting.forget(ALICE)
    game = await adds(chat, game, QUATRAIN[2])
    assert "黄河入海流。　—" in game["text"]


async def test_buttons_of_another_chats_game_do_nothing(chat: BotAtWork) -> None:
    await played(chat, 1)
    (mine,) = await chat.writes("/jielong 五绝", ALICE)
    stored = chat.playground.telegram.chats[ALICE].messages[mine["message_id"]]
    stored.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": "gp:1:1"}]]}
    await chat.presses(mine, "?", ALICE)
    assert chat.toasts()[-1].startswith("这一局已经结束了。")
    assert not chat.poet.asked


async def test_the_game_stays_in_the_language_it_began_in(chat: BotAtWork) -> None:
    chat.playground.telegram.users[ALICE].language_code = "en"
    game = await adds(chat, await begun(chat), QUATRAIN[0], ALICE)
    assert "第 2 句" in game["text"]
    refused = await adds(chat, game, "黄河入海去", ALICE)
    assert "Character 5, “去”, is oblique (仄); here a level tone (平) is due." in refused["text"]


async def test_a_line_that_is_served_again_is_shown_again_and_taken_once(chat: BotAtWork) -> None:
    first = await begun(chat)
    await adds(chat, first, QUATRAIN[0])
    again = await adds(chat, first, QUATRAIN[0])
    assert again["text"].count(QUATRAIN[0]) == 1
    assert "第 2 句" in again["text"]
    for number, line in enumerate(QUATRAIN[1:], 1):
        again = await adds(chat, first, line, (XIAOYUE, ALICE)[number % 2])
    once_more = await adds(chat, first, QUATRAIN[3], ALICE)
    assert once_more["text"] == again["text"]
    assert (await chat.bot.store.poems.history(XIAOYUE, offset=0, limit=5)).total == 1


async def test_alone_a_line_that_is_served_again_gets_its_answer(chat: BotAtWork) -> None:
    await chat.writes("/jielong 五绝")
    chat.poet.failure = NoCharacterFits("五绝", 2, 1)
    await chat.writes(QUATRAIN[0])
    chat.poet.failure = None
    (game,) = await chat.writes(QUATRAIN[0])
    assert f"{QUATRAIN[1]}。　AI" in game["text"]
    (game,) = await chat.writes(QUATRAIN[0])
    assert "第 3 句" in game["text"]


async def test_a_refrain_is_no_repetition(chat: BotAtWork) -> None:
    game = await begun(chat, "/jielong 如梦令")
    for line in ("昨夜雨疏风骤", "浓睡不消残酒", "试问卷帘人", "却道海棠依旧", "知否", "知否"):
        game = await adds(chat, game, line)
    assert "第 7 句" in game["text"]
