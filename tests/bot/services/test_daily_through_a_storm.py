"""A day of everything going wrong at random: nobody is forgotten, nobody is sent to too often."""

import random
from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.errors import AnswerLost, DeliveryRefused, TooBusy, TryLater
from bot.metrics import Metrics
from bot.services.daily import DailyLimits, DailyPoems
from bot.storage import DeliveryState, Store
from tests.fakes.daily import Death, FreeLine, RecordingSender, RecordingWriter, store_that_dies

MIDNIGHT = datetime(2026, 5, 1, 16, 0, tzinfo=UTC)  # in Shanghai
MINUTE = timedelta(minutes=1)
CHATS = range(1, 17)
LIMITS = DailyLimits(ahead=timedelta(minutes=30), written_at_once=4)
STEPS = [
    ("planner", "plan"),
    ("deliveries", "claim"),
    ("deliveries", "claim_ahead"),
    ("deliveries", "attach_poems"),
    ("deliveries", "begin_sending"),
    ("deliveries", "mark_sent"),
    ("deliveries", "settle"),
]


def weather(chance: random.Random, chat_id: int) -> list[BaseException]:
    """What Telegram answers this chat at first, at most one answer lost among it."""
    answers: list[BaseException] = [
        TryLater(chat_id, chance.choice((1, 45, 300))) for _ in range(chance.randrange(3))
    ]
    answers += [DeliveryRefused(chat_id) for _ in range(chance.randrange(3))]
    answers += [AnswerLost(chat_id)] * (chance.random() < 0.3)
    chance.shuffle(answers)
    return answers


@pytest.mark.parametrize("seed", range(2))
async def test_nobody_is_forgotten_and_nobody_gets_a_second_poem(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    writer, sender = RecordingWriter(), RecordingSender()
    await prepare(store, writer, sender, chance)
    now, deaths = MIDNIGHT, 0
    while now < MIDNIGHT + timedelta(hours=3):
        part, method = chance.choice(STEPS)
        dies = chance.random() < 0.2
        chosen = (
            store_that_dies(store, part, method, chance.choice(("before", "after")))
            if dies
            else store
        )
        daily = DailyPoems(
            chosen, writer, sender, FreeLine(), Metrics(), stopwatch=lambda: 0.0, limits=LIMITS
        )
        try:
            await daily.wake(now)
        except Death:
            deaths += 1
        now += MINUTE
    assert deaths
    await everyone_was_served(store, sender)


async def prepare(
    store: Store, writer: RecordingWriter, sender: RecordingSender, chance: random.Random
) -> None:
    """Subscribers with bad weather ahead."""
    writer.failures = [TooBusy(64) for _ in range(5)]
    for chat in CHATS:
        await store.chats.seen(chat, "private", now=MIDNIGHT)
        hour = time(chance.randrange(2), chance.randrange(60))
        await store.subscriptions.subscribe(chat, chat, hour, "Asia/Shanghai", now=MIDNIGHT)
        answers = weather(chance, chat)
        sender.answers[chat] = [a for a in answers if not isinstance(a, AnswerLost)]
        sender.after[chat] = [a for a in answers if isinstance(a, AnswerLost)]


async def everyone_was_served(store: Store, sender: RecordingSender) -> None:
    messages = Counter(message.chat_id for message in sender.arrived)
    poems: dict[int, set[int]] = {chat: set() for chat in CHATS}
    for message in sender.arrived:
        poems[message.chat_id].add(message.poem_id)
    for subscription in await store.subscriptions.all_active():
        chat = subscription.chat_id
        [delivery] = await store.deliveries.of_subscription(subscription.id)
        assert delivery.finished_at is not None
        assert delivery.lease_until is None
        if delivery.state is DeliveryState.SENT:
            assert messages[chat] == 1 or delivery.unanswered == messages[chat] == 2
        else:
            # Two answers lost, be it to the line or to a death in the very moment.
            assert (delivery.state, delivery.unanswered) == (DeliveryState.UNKNOWN, 2)
        assert len(poems[chat]) <= 1
        assert messages[chat] <= 2
