"""What Telegram answers to a daily poem, in our own words."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import (
    AnswerLost,
    ChatGone,
    ChatMoved,
    DeliveryError,
    DeliveryRefused,
    MayNotWrite,
    OutOfReach,
    TopicClosed,
    TryLater,
)
from bot.playground import Fault
from bot.storage import StoredPoem
from bot.telegram_sender import TelegramSender
from tests.fakes.chatting import AMING, GROUP, XIAOYUE, BotAtWork, bot_at_work, buttons

POEM = StoredPoem(
    id=7,
    form="五绝",
    theme="月",
    heads=None,
    first_line=None,
    lines=("床前明月光", "疑是地上霜", "举头望明月", "低头思故乡"),
    text="床前明月光，疑是地上霜。举头望明月，低头思故乡。",
    script="simplified",
    rhyme="七阳",
    seed=1,
    model="fake",
    created_at=datetime(2026, 4, 1, tzinfo=UTC),
)


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[BotAtWork]:
    """A bot that Xiaoyue has written to."""
    async with bot_at_work(tmp_path) as at_work:
        await at_work.writes("/start")
        yield at_work


def sender(chat: BotAtWork) -> TelegramSender:
    """The sender on the running bot."""
    return TelegramSender(chat.bot.application.bot)


async def test_a_poem_is_sent_and_its_message_named(chat: BotAtWork) -> None:
    number = await sender(chat).send_poem(XIAOYUE, None, POEM, language="en")
    sent = chat.messages(XIAOYUE)[-1]
    assert sent["message_id"] == number
    assert sent["text"].endswith(
        "　床前明月光，\n　　　　疑是地上霜。\n　　　　举头望明月，\n　　　　低头思故乡。"
    )
    assert buttons(sent)[0] == "❤️ Keep"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault("forbidden"), ChatGone),
        (Fault("bad_request", description="Bad Request: chat not found"), ChatGone),
        (Fault("bad_request", description="Bad Request: text is odd"), DeliveryRefused),
        (Fault("bad_request", description="Bad Request: message thread not found"), TopicClosed),
        (Fault("bad_request", description="Bad Request: TOPIC_CLOSED"), TopicClosed),
        (Fault("bad_request", description="Bad Request: TOPIC_DELETED"), TopicClosed),
        (
            Fault(
                "bad_request",
                description="Bad Request: not enough rights to send text messages to the chat",
            ),
            MayNotWrite,
        ),
        (Fault("bad_request", description="Bad Request: CHAT_WRITE_FORBIDDEN"), MayNotWrite),
        (Fault("forbidden", description="Forbidden: CHAT_WRITE_FORBIDDEN"), MayNotWrite),
        (Fault("migrate", migrate_to_chat_id=-1005), ChatMoved),
        (Fault("retry_after", retry_after=7), TryLater),
        (Fault("server_error"), OutOfReach),
        (Fault("unauthorized"), OutOfReach),  # no word about the chat
        (Fault("server_error", description="Bad Gateway"), AnswerLost),
        (Fault("drop_before"), AnswerLost),
        (Fault("drop_after"), AnswerLost),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else value.__name__,
)
async def test_every_answer_has_its_meaning(
    chat: BotAtWork, fault: Fault, kind: type[DeliveryError]
) -> None:
    chat.playground.faults.add(fault)
    with pytest.raises(kind) as caught:
        await sender(chat).send_poem(XIAOYUE, None, POEM, language=None)
    assert type(caught.value) is kind
    assert caught.value.chat_id == XIAOYUE


async def test_nothing_is_repeated_behind_the_callers_back(chat: BotAtWork) -> None:
    chat.playground.requests.clear()
    chat.playground.faults.add(Fault("retry_after", retry_after=7))
    with pytest.raises(TryLater) as caught:
        await sender(chat).send_poem(XIAOYUE, None, POEM, language=None)
    assert caught.value.retry_after == 7
    assert len(chat.playground.requests.find("sendMessage")) == 1


async def test_who_never_wrote_cannot_be_written_to(chat: BotAtWork) -> None:
    with pytest.raises(ChatGone):
        await sender(chat).send_poem(AMING, None, POEM, language=None)


async def test_a_moved_group_is_named(chat: BotAtWork) -> None:
    moved = chat.playground.people.migrate(GROUP, now=0)
    with pytest.raises(ChatMoved) as caught:
        await sender(chat).send_poem(GROUP, None, POEM, language=None)
    assert caught.value.new_chat_id == moved.id


async def test_without_a_connection_it_was_not_sent(chat: BotAtWork) -> None:
    at_work = sender(chat)
    await chat.playground.stop()
    with pytest.raises(OutOfReach):
        await at_work.send_poem(XIAOYUE, None, POEM, language=None)
