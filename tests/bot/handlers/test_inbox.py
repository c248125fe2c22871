"""From Telegram into the database, and from there to an answer: nothing lost, nothing twice."""

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.errors import StorageError
from bot.handlers.inbox import LEASE, Inbox, read_update
from bot.playground.state import User
from bot.storage import NewUpdate, Store, UpdateStore, migrate
from bot.webhook import SECRET_HEADER, Webhook
from tests.fakes.chatting import (
    ALICE,
    GROUP,
    PATIENCE,
    XIAOYUE,
    BotAtWork,
    Json,
    bot_at_work,
    of_bot,
    until,
)

NOW = datetime(2026, 4, 1, tzinfo=UTC)


@asynccontextmanager
async def acquainted(folder: Path) -> AsyncIterator[BotAtWork]:
    """A bot that may write to Xiaoyue and Alice."""
    async with bot_at_work(folder) as at_work:
        for user in (XIAOYUE, ALICE):
            await at_work.writes("/start", user)
            at_work.playground.telegram.chats[user].messages.clear()
        yield at_work


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[BotAtWork]:
    async with acquainted(tmp_path) as at_work:
        yield at_work


def message(number: int, text: str = "/help", user: int = XIAOYUE) -> Json:
    """An update as Telegram posts it."""
    person = {"id": user, "is_bot": False, "first_name": "小月", "language_code": "zh-hans"}
    chat = {"id": user, "type": "private", "first_name": "小月"}
    body = {"message_id": number, "date": 0, "chat": chat, "from": person, "text": text}
    if text.startswith("/"):
        body["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    return {"update_id": number, "message": body}


def answers(chat: BotAtWork, user: int = XIAOYUE) -> list[Json]:
    """What the bot wrote to somebody."""
    return [each for each in chat.messages(user) if of_bot(each)]


async def rows(chat: BotAtWork) -> dict[int, str]:
    """What the inbox holds: bodies by update."""
    return {each.id: each.body for each in await chat.bot.store.updates.all()}


async def test_what_is_served_leaves_no_words_behind(chat: BotAtWork) -> None:
    await chat.writes("我的秘密")
    assert set((await rows(chat)).values()) == {""}


async def test_one_persons_wishes_are_answered_in_their_order_and_others_beside(
    chat: BotAtWork,
) -> None:
    chat.poet.gate.clear()
    for text in ("/poem 七绝 月", "/help", "/poem 五绝 雪"):
        chat.playground.people.write(XIAOYUE, XIAOYUE, text, now=time.time())
    chat.playground.people.write(ALICE, ALICE, "/help", now=time.time())
    await until(lambda: answers(chat, ALICE))
    assert answers(chat) == []
    chat.poet.gate.set()
    await chat.settled()
    first, second, third = (each["text"] for each in answers(chat))
    assert (first[0], third[0]) == ("月", "雪")
    assert "月" not in second[:2]


async def test_an_update_that_comes_twice_is_answered_once(chat: BotAtWork) -> None:
    told = message(7)
    await asyncio.gather(*(chat.bot.inbox.keep([told]) for _ in range(3)))
    await chat.settled()
    await chat.bot.inbox.keep([told])
    await chat.settled()
    assert len(answers(chat)) == 1


async def test_while_the_database_is_away_updates_stay_with_telegram(
    chat: BotAtWork, monkeypatch: pytest.MonkeyPatch, log_lines: io.StringIO
) -> None:
    real, failures = UpdateStore.keep, [StorageError("the disk is full")] * 2

    async def keep(store: UpdateStore, *arguments: Any, **options: Any) -> None:
        if failures:
            raise failures.pop()
        await real(store, *arguments, **options)

    monkeypatch.setattr(UpdateStore, "keep", keep)
    (answer,) = await chat.writes("/poem 月")
    assert answer["text"].startswith("月\n")
    assert not failures
    assert "updates could not be kept" in log_lines.getvalue()


async def test_a_database_that_comes_back_finds_everything_served_once(
    chat: BotAtWork, monkeypatch: pytest.MonkeyPatch, log_lines: io.StringIO
) -> None:
    real, failures = UpdateStore.take, [StorageError("the disk is full")] * 2

    async def take(store: UpdateStore, *arguments: Any, **options: Any) -> Any:
        if failures:
            raise failures.pop()
        return await real(store, *arguments, **options)

    monkeypatch.setattr(UpdateStore, "take", take)
    chat.playground.people.write(XIAOYUE, XIAOYUE, "/help", now=time.time())
    await until(lambda: answers(chat))
    failures.append(StorageError("again"))
    await chat.writes("/help", ALICE)
    assert len(answers(chat)) == len(answers(chat, ALICE)) == 1
    assert set((await rows(chat)).values()) == {""}
    for line in ("the inbox is out of reach", "the inbox is within reach again"):
        assert log_lines.getvalue().count(line) == 2  # of three failures two came in a row


@pytest.mark.parametrize("poison", [{"update_id": 8, "message": 7}, {"message": {}}, [], None])
async def test_what_can_not_be_read_is_dropped_with_a_line(
    chat: BotAtWork, poison: object, log_lines: io.StringIO
) -> None:
    await chat.bot.inbox.keep([message(7), poison, message(9)])
    await chat.settled()
    assert len(answers(chat)) == 2
    assert "an update could not be read" in log_lines.getvalue()


async def test_poison_does_not_stop_the_poller(chat: BotAtWork) -> None:
    chat.playground.telegram.updates.add("message", {"message_id": "x", "chat": 7})
    (answer,) = await chat.writes("/poem 月")
    assert answer["text"].startswith("月\n")


async def test_half_a_surrogate_is_kept_and_served(chat: BotAtWork) -> None:
    await chat.bot.inbox.keep([message(7, "/help \ud83d\x00")])
    await chat.settled()
    assert len(answers(chat)) == 1


async def places(chat: BotAtWork) -> list[int]:
    """The messages that hold the place of an answer."""
    return [
        each.placeholder_id for each in await chat.bot.store.updates.all() if each.placeholder_id
    ]


async def left_by_a_dead_process(
    chat: BotAtWork, times: int, text: str = "/help", place: int = 0
) -> None:
    """An update that so many processes took, sent a message in the place of the answer for, maybe,
    and never brought to an end."""
    new = read_update(message(7, text))
    assert new is not None
    updates, now = chat.bot.store.updates, NOW
    await updates.keep([new], now=now)
    for number in range(times):
        await updates.take(f"{number}", limit=1, now=now, lease_until=now + LEASE)
        if place:
            await updates.hold_place(f"{number}", 7, place)
        now += LEASE


async def test_what_a_dead_process_left_is_found_and_served(chat: BotAtWork) -> None:
    await left_by_a_dead_process(chat, 1)
    await until(lambda: answers(chat))
    await chat.settled()
    assert len(answers(chat)) == 1


async def a_place(chat: BotAtWork) -> int:
    """A message that says how many are ahead."""
    said = await chat.bot.application.bot.send_message(XIAOYUE, "前面还有 3 首，马上就到你。")
    return said.message_id


async def test_the_place_that_a_dead_process_told_of_becomes_the_poem(chat: BotAtWork) -> None:
    place = await a_place(chat)
    await left_by_a_dead_process(chat, 1, "/poem 月", place)
    poem = await until(lambda: [each for each in answers(chat) if each["text"].startswith("月\n")])
    await chat.settled()
    assert [each["message_id"] for each in answers(chat)] == [place] == [poem[0]["message_id"]]


async def test_the_place_of_a_wish_that_fails_is_taken_back(chat: BotAtWork) -> None:
    await left_by_a_dead_process(chat, 1, "/poem 月", await a_place(chat))
    chat.poet.failure = RuntimeError("a bug")
    await until(lambda: [each for each in answers(chat) if "出了点问题" in each["text"]])
    await chat.settled()
    assert len(answers(chat)) == 1


async def test_the_place_of_a_wish_that_is_given_up_is_taken_back(chat: BotAtWork) -> None:
    await left_by_a_dead_process(chat, 2, "/poem 月", await a_place(chat))
    await until(lambda: [each for each in answers(chat) if "出了点问题" in each["text"]])
    await chat.settled()
    assert len(answers(chat)) == 1


async def test_what_ends_every_process_is_given_up_and_the_person_is_told(
    chat: BotAtWork, log_lines: io.StringIO
) -> None:
    await left_by_a_dead_process(chat, 2)
    (said,) = await until(lambda: answers(chat))
    assert said["text"] == "出了点问题，请再试一次。"
    assert "UpdateGivenUp" in log_lines.getvalue()
    await chat.settled()
    assert (await rows(chat))[7] == ""


async def stop(chat: BotAtWork) -> None:
    """Stops the bot while it waits for its poet."""
    application = chat.bot.application
    assert application.updater is not None
    await application.updater.stop()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(application.stop(), 0.2)
    await chat.bot.turns.cut_off()
    await application.shutdown()
    chat.poet.gate.set()


async def start_again(chat: BotAtWork) -> None:
    """Starts it again, and waits until it has served what was left."""
    application = chat.bot.application
    await application.initialize()
    assert application.updater is not None
    await application.updater.start_polling()
    await application.start()
    await chat.settled()


async def test_a_stop_lets_go_of_what_is_not_served(tmp_path: Path) -> None:
    async with acquainted(tmp_path) as chat:
        chat.poet.gate.clear()
        for user in (XIAOYUE, ALICE):
            chat.playground.people.write(user, user, "/poem 月", now=time.time())
        await until(lambda: len(chat.playground.telegram.updates) == 0)
        await until(lambda: chat.poet.waiting)
        await stop(chat)
        left = await chat.bot.store.updates.take(
            "another process", limit=9, now=NOW, lease_until=NOW + LEASE
        )
        assert [each.attempts for each in left] == [1, 1]
        await chat.bot.store.updates.let_go("another process")
        await start_again(chat)
        for user in (XIAOYUE, ALICE):
            poems = [each for each in answers(chat, user) if each["text"].startswith("月\n")]
            assert len(poems) == 1


async def test_after_a_stop_the_place_in_the_queue_still_becomes_the_poem(tmp_path: Path) -> None:
    async with acquainted(tmp_path) as chat:
        chat.poet.gate.clear()
        others = (7, 8, 9)
        for user in others:
            chat.playground.telegram.add_user(User(user, f"U{user}"))
            chat.playground.people.write(user, user, "/poem 月", now=time.time())
        await until(lambda: chat.bot.poet.ahead == len(others))
        chat.playground.people.write(XIAOYUE, XIAOYUE, "/poem 月", now=time.time())
        (place,) = await until(lambda: answers(chat))
        async with asyncio.timeout(PATIENCE):
            while not await places(chat):  # noqa: ASYNC110 - what is waited for rings no bell
                await asyncio.sleep(0.005)
        await stop(chat)
        assert [each["text"] for each in answers(chat)] == ["前面还有 3 首，马上就到你。"]
        await start_again(chat)
        (poem,) = answers(chat)
        assert poem["message_id"] == place["message_id"]
        assert poem["text"].startswith("月\n")


async def test_a_question_asked_while_typing_is_not_answered_when_it_is_too_old(
    chat: BotAtWork,
) -> None:
    person = message(1)["message"]["from"]
    query = {"id": "5", "from": person, "query": "月", "offset": ""}
    told = read_update({"update_id": 7, "inline_query": query})
    assert told is not None
    await chat.bot.store.updates.keep([told], now=datetime.now(UTC) - timedelta(minutes=1))
    await until(lambda: chat.bot.inbox.is_calm)
    await chat.bot.inbox.keep([])
    await chat.settled()
    assert (await rows(chat))[7] == ""
    assert chat.playground.requests.find("answerInlineQuery") == []


async def test_an_album_is_answered_once(chat: BotAtWork) -> None:
    for number in range(3):
        told = message(7 + number, "")
        del told["message"]["text"]
        photo = {"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}
        told["message"] |= {"media_group_id": "album", "photo": [photo]}
        await chat.bot.inbox.keep([told])
        await chat.settled()
    assert len(answers(chat)) == 1


def test_what_an_update_is_known_by() -> None:
    told = message(7)
    assert read_update(told) == NewUpdate(7, f"{XIAOYUE}:{XIAOYUE}", None, json.dumps(told))
    person = told["message"]["from"]
    shown = told["message"] | {"chat": {"id": GROUP, "type": "group", "title": "诗社"}}
    query = {"id": "5", "from": person, "chat_instance": "1", "data": "k:1", "message": shown}
    tap = read_update({"update_id": 8, "callback_query": query})
    assert tap is not None
    assert (tap.person, tap.tap) == (f"{GROUP}:{XIAOYUE}", f"{XIAOYUE}:{GROUP}:7:k:1")
    asked = {"id": "5", "from": person, "query": "月", "offset": ""}
    inline = read_update({"update_id": 9, "inline_query": asked})
    assert inline is not None
    assert inline.person == f"inline:{XIAOYUE}"


@pytest.fixture
async def hooked(tmp_path: Path) -> AsyncIterator[tuple[httpx.AsyncClient, Store]]:
    """A webhook in front of an inbox that nobody empties."""
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    await asyncio.to_thread(migrate, url)
    store = await Store.open(url)
    webhook = Webhook(Inbox(store.updates), "a-secret")
    webhook.start("127.0.0.1", 0)
    headers = {SECRET_HEADER: "a-secret"}
    base = f"http://127.0.0.1:{webhook.port}"
    async with httpx.AsyncClient(base_url=base, headers=headers, trust_env=False) as http:
        yield http, store
    await webhook.stop()
    await store.close()


async def test_a_webhook_says_yes_when_the_update_is_committed(
    hooked: tuple[httpx.AsyncClient, Store],
) -> None:
    http, store = hooked
    for _ in range(2):
        assert (await http.post("/", json=message(7))).status_code == 200
    assert [each.id for each in await store.updates.all()] == [7]


async def test_a_webhook_lets_telegram_repeat_what_was_not_kept(
    hooked: tuple[httpx.AsyncClient, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    http, store = hooked

    async def away(*_: object, **__: object) -> None:
        raise StorageError("the database is away")

    with monkeypatch.context() as broken:
        broken.setattr(UpdateStore, "keep", away)
        assert (await http.post("/", json=message(7))).status_code == 503
    assert (await http.post("/", json=message(7))).status_code == 200
    assert [each.id for each in await store.updates.all()] == [7]


@pytest.mark.parametrize("poison", [b"{", b"[]", b'{"update_id": "x", "message": 7}', b"\xff"])
async def test_a_webhook_takes_poison_and_forgets_it(
    hooked: tuple[httpx.AsyncClient, Store], poison: bytes
) -> None:
    http, store = hooked
    assert (await http.post("/", content=poison)).status_code == 200
    assert await store.updates.all() == ()


async def test_a_webhook_knows_only_who_has_the_secret(
    hooked: tuple[httpx.AsyncClient, Store],
) -> None:
    http, store = hooked
    for secret in ("", "another", "月"):
        headers = {SECRET_HEADER: secret.encode()}
        assert (await http.post("/", json=message(7), headers=headers)).status_code == 403
    assert await store.updates.all() == ()
