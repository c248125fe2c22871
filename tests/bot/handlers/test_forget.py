"""/forget: asked once, all gone, said in numbers."""

from datetime import timedelta

from tests.fakes.chatting import ALICE, GROUP, XIAOYUE, BotAtWork, Json, buttons


async def someone_with_everything(chat: BotAtWork) -> Json:
    (poem,) = await chat.writes("/poem 月")
    await chat.presses(poem, "❤️ 收藏")
    await chat.writes("/poem 山", chat=GROUP)
    await chat.writes("/subscribe 08:00")
    return poem


async def test_it_asks_with_numbers_and_deletes_all(chat: BotAtWork) -> None:
    poem = await someone_with_everything(chat)
    (question,) = await chat.writes("/forget")
    assert "收藏 1 首" in question["text"]
    assert "写诗的记录 2 条" in question["text"]
    assert "每日一诗 1 份" in question["text"]
    assert buttons(question) == ["🗑 全部删除", "还是留着"]
    assert await chat.presses(question, "🗑 全部删除") == []
    told = chat.message(question)
    assert told["text"].startswith("都删掉了。")
    assert "只属于你的诗 2 首" in told["text"]
    assert buttons(told) == []
    assert (await chat.bot.store.forgetting.belongings(XIAOYUE)).are_none
    await chat.presses(poem, "💛 已收藏")
    assert chat.toasts()[-1].startswith("这首诗已经找不到了")


async def test_afterwards_one_is_new_here(chat: BotAtWork) -> None:
    await someone_with_everything(chat)
    (question,) = await chat.writes("/forget")
    await chat.presses(question, "🗑 全部删除")
    assert (await chat.writes("/favourites"))[0]["text"].startswith("还没有收藏。")
    assert (await chat.writes("/history"))[0]["text"].startswith("还没有写过诗。")
    assert (await chat.writes("/forget"))[0]["text"].startswith("这里没有关于你的东西")
    assert "七绝 · " in (await chat.writes("/poem 月"))[0]["text"]


async def test_it_can_be_left_after_all(chat: BotAtWork) -> None:
    await someone_with_everything(chat)
    (question,) = await chat.writes("/forget")
    await chat.presses(question, "还是留着")
    assert chat.message(question)["text"] == "好，什么都没有删。"
    assert (await chat.bot.store.forgetting.belongings(XIAOYUE)).requests == 2


async def test_an_old_question_deletes_nothing(chat: BotAtWork) -> None:
    await someone_with_everything(chat)
    (question,) = await chat.writes("/forget")
    chat.clock.now += timedelta(minutes=11)
    await chat.presses(question, "🗑 全部删除")
    assert chat.message(question)["text"].startswith("问了太久")
    assert (await chat.bot.store.forgetting.belongings(XIAOYUE)).requests == 2


async def test_of_two_questions_the_second_finds_nothing(chat: BotAtWork) -> None:
    await someone_with_everything(chat)
    (first,) = await chat.writes("/forget")
    (second,) = await chat.writes("/forget")
    await chat.presses(first, "🗑 全部删除")
    await chat.presses(second, "🗑 全部删除")
    assert chat.toasts()[-1].startswith("这里没有关于你的东西")
    assert buttons(chat.message(second)) == []


async def test_nobody_else_can_say_yes(chat: BotAtWork) -> None:
    """A button that was forwarded, or made up by another program."""
    await someone_with_everything(chat)
    (question,) = await chat.writes("/forget")
    (hers,) = await chat.writes("/poem moon 月", user=ALICE)
    markup = chat.playground.telegram.chats[ALICE].messages[hers["message_id"]]
    markup.reply_markup = question["reply_markup"]
    await chat.presses(hers, "🗑 全部删除", ALICE)
    assert chat.toasts()[-1] == "This question is not for you."
    assert (await chat.bot.store.forgetting.belongings(XIAOYUE)).requests == 2


async def test_a_group_is_pointed_to_the_private_chat(chat: BotAtWork) -> None:
    await someone_with_everything(chat)
    (answer,) = await chat.writes("/forget", chat=GROUP)
    assert answer["text"].startswith("删除资料的事请在私聊里说")
    assert buttons(answer) == ["去私聊 ›"]
    assert answer["reply_markup"]["inline_keyboard"][0][0]["url"].startswith("https://t.me/")
