"""Edits and deletions: what changes, what Telegram refuses."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Message
from telegram.error import BadRequest

from bot.playground import Playground
from tests.bot.playground.conftest import ALICE, GROUP, PNG, XIAOYUE, Api, Clock

KEEP = InlineKeyboardMarkup([[InlineKeyboardButton("❤️", callback_data="keep")]])
KEPT = InlineKeyboardMarkup([[InlineKeyboardButton("💔", callback_data="drop")]])


async def test_text_and_buttons_change_in_place(bot: Bot, clock: Clock) -> None:
    sent = await bot.send_message(XIAOYUE, "月", reply_markup=KEEP)
    clock.now += 5
    edited = await sent.edit_text("<b>日</b>", "HTML", reply_markup=KEPT)
    assert isinstance(edited, Message)
    assert (edited.message_id, edited.text, edited.reply_markup) == (sent.message_id, "日", KEPT)
    assert edited.edit_date is not None
    assert edited.edit_date > edited.date
    bare = await sent.edit_reply_markup(None)
    assert isinstance(bare, Message)
    assert (bare.text, bare.reply_markup) == ("日", None)


async def test_text_edited_without_markup_loses_its_buttons(bot: Bot) -> None:
    sent = await bot.send_message(XIAOYUE, "月", reply_markup=KEEP)
    edited = await sent.edit_text("日")
    assert isinstance(edited, Message)
    assert edited.reply_markup is None


async def test_an_edit_that_changes_nothing_is_refused(api: Api, bot: Bot) -> None:
    sent = await bot.send_message(XIAOYUE, "月", reply_markup=KEEP)
    same = {"chat_id": XIAOYUE, "message_id": sent.message_id, "reply_markup": KEEP.to_dict()}
    words = (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    assert await api.refusal("editMessageText", text=" 月 ", **same) == words
    assert await api.refusal("editMessageReplyMarkup", **same) == words


async def test_captions_and_media_change(bot: Bot) -> None:
    sent = await bot.send_photo(XIAOYUE, PNG, caption="一")
    edited = await sent.edit_caption("<b>二</b>", parse_mode="HTML")
    assert isinstance(edited, Message)
    assert edited.caption == "二"
    swapped = await sent.edit_media(InputMediaPhoto(PNG + b"\0", caption="三"))
    assert isinstance(swapped, Message)
    assert swapped.caption == "三"
    assert swapped.photo[-1].file_id != sent.photo[-1].file_id


async def test_what_a_message_has_not_cannot_be_edited(bot: Bot) -> None:
    photo = await bot.send_photo(XIAOYUE, PNG)
    with pytest.raises(BadRequest, match=r"(?i)there is no text in the message to edit"):
        await photo.edit_text("月")
    text = await bot.send_message(XIAOYUE, "月")
    with pytest.raises(BadRequest, match=r"(?i)there is no caption in the message to edit"):
        await text.edit_caption("月")


@pytest.mark.parametrize(
    ("message_id", "words"),
    [
        (None, "message identifier is not specified"),
        (999, "message to edit not found"),
        (1, "message can't be edited"),  # the user's own /start
    ],
)
async def test_messages_that_cannot_be_edited(api: Api, message_id: int, words: str) -> None:
    refused = await api.refusal(
        "editMessageText", chat_id=XIAOYUE, message_id=message_id, text="月"
    )
    assert refused == f"Bad Request: {words}"


async def test_a_deleted_message_is_gone(api: Api, bot: Bot, playground: Playground) -> None:
    sent = await bot.send_message(XIAOYUE, "月")
    assert await sent.delete()
    assert sent.message_id not in playground.telegram.chats[XIAOYUE].messages
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await sent.delete()
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await sent.edit_text("日")


async def test_in_groups_only_administrators_delete_what_others_wrote(
    bot: Bot, playground: Playground, clock: Clock
) -> None:
    theirs = playground.people.write(GROUP, ALICE, "hi", now=clock.now)
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted"):
        await bot.delete_message(GROUP, theirs.message_id)
    playground.people.set_bot_status(GROUP, XIAOYUE, "administrator", now=clock.now)
    assert await bot.delete_message(GROUP, theirs.message_id)


async def test_after_two_days_a_message_stays(bot: Bot, clock: Clock) -> None:
    sent = await bot.send_message(XIAOYUE, "月")
    clock.now += 48 * 3600 + 1
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted for everyone"):
        await sent.delete()


async def test_many_are_deleted_at_once_and_missing_ones_passed_over(bot: Bot) -> None:
    sent = await bot.send_message(XIAOYUE, "月")
    assert await bot.delete_messages(XIAOYUE, [sent.message_id, 999])
