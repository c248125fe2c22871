"""People who chat with the bot on the playground, and the bot's own process beside them.

`Chatter` reads and writes a playground in the same process; `bot_at_work` runs the real
application, wired by `build`, with real SQLite and a poet that writes at once.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.application import ALLOWED_UPDATES, PoetryBot, build
from bot.handlers.menus import set_menus
from bot.playground import Playground
from bot.services.pacing import Pacer
from bot.services.poet_thread import PoetThread
from bot.settings import Settings
from bot.storage import Store, migrate
from tests.fakes.poet import FakePoet

XIAOYUE, ALICE, AMING = 10001, 10002, 10003  # zh-hans, en, zh-hant
OPERATOR = AMING  # so that reports of errors come into nobody else's conversation
GROUP, FORUM = -20001, -1000000020002
PATIENCE = 20.0  # seconds before a test gives up; nothing waits that long when all is well

Json = dict[str, Any]


async def until(condition: Callable[[], Any]) -> Any:
    """What the condition gives, once it gives anything."""
    async with asyncio.timeout(PATIENCE):
        while not (found := condition()):  # noqa: ASYNC110 - what is waited for rings no bell
            await asyncio.sleep(0.005)
    return found


@dataclass
class Clock:
    """A clock that tests move; it stands still by itself."""

    now: datetime = field(default_factory=lambda: datetime(2026, 4, 1, 4, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


class Hurry:
    """A clock that goes on only while somebody sleeps: the pace of messages costs no time."""

    def __init__(self) -> None:
        self.now = datetime(2026, 4, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """At once."""
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@dataclass
class BotAtWork:
    """The bot, its Telegram, its poet and its clock."""

    bot: PoetryBot
    playground: Playground
    poet: FakePoet
    clock: Clock
    pacer: Pacer
    hurry: Hurry

    async def settled(self) -> None:
        """Waits until every update is fetched and served."""
        calm = 0
        async with asyncio.timeout(PATIENCE):
            while calm < 3:
                busy = len(self.playground.telegram.updates) or not self.bot.inbox.is_calm
                calm = 0 if busy else calm + 1
                await asyncio.sleep(0.005)

    async def writes(
        self, text: str, user: int = XIAOYUE, chat: int = 0, **more: Any
    ) -> list[Json]:
        """A user writes; the messages the bot sent because of it."""
        return await self._answers(
            chat or user,
            lambda: self.playground.people.write(chat or user, user, text, now=time.time(), **more),
        )

    async def sends(self, content: Json, user: int = XIAOYUE) -> list[Json]:
        """A user sends something that is not text; the messages that answer it."""
        return await self._answers(
            user, lambda: self.playground.people.send(user, user, content, now=time.time())
        )

    async def presses(self, message: Json, button: str, user: int = XIAOYUE) -> list[Json]:
        """A user presses a button; the messages the bot sent because of it."""
        return await self._answers(message["chat"]["id"], lambda: self.press(message, button, user))

    async def presses_long_after(
        self, message: Json, button: str, user: int = XIAOYUE
    ) -> list[Json]:
        """As `presses`, when Telegram tells the bot of the message no more than its number."""
        return await self._answers(
            message["chat"]["id"], lambda: self._press_unseen(message, button, user)
        )

    def _press_unseen(self, message: Json, button: str, user: int) -> None:
        chat, number = message["chat"]["id"], message["message_id"]
        query = self.playground.people.press(chat, number, user, button, now=time.time())
        query.payload["message"] = {"chat": message["chat"], "message_id": number, "date": 0}

    def press(self, message: Json, button: str, user: int = XIAOYUE) -> None:
        """A user presses a button; nobody waits."""
        chat, number = message["chat"]["id"], message["message_id"]
        self.playground.people.press(chat, number, user, button, now=time.time())

    async def types(self, query: str, user: int = XIAOYUE) -> Json:
        """A user types `@bot query` somewhere: what is offered, and the query's id."""
        asked = self.playground.people.type_inline(user, query, now=time.time())
        await self.settled()
        return {"id": asked.id} | (asked.answer or {"results": []})

    async def chooses(self, offered: Json, number: int, chat: int) -> Json:
        """They send one of what was offered; the message as it stands in the chat."""
        result = offered["results"][number]["id"]
        people = self.playground.people
        sent = people.choose_inline(offered["id"], result, chat, now=time.time())
        await self.settled()
        return sent.json()

    async def _answers(self, chat: int, act: Callable[[], object]) -> list[Json]:
        before = self.playground.telegram.chats[chat].last_message_id
        act()
        await self.settled()
        return [
            each for each in self.messages(chat) if each["message_id"] > before and of_bot(each)
        ]

    def messages(self, chat: int) -> list[Json]:
        """Every message of a chat as it now stands."""
        return [each.json() for each in self.playground.telegram.chats[chat].messages.values()]

    def message(self, message: Json) -> Json:
        """A message as it now stands."""
        chat = self.playground.telegram.chats[message["chat"]["id"]]
        return chat.messages[message["message_id"]].json()

    def toasts(self) -> list[str]:
        """What the bot answered to the taps so far; "" for a silent answer."""
        queries = self.playground.telegram.callback_queries.values()
        return [str((query.answer or {"text": "UNANSWERED"})["text"]) for query in queries]


def of_bot(message: Json) -> bool:
    """Whether the bot wrote it."""
    return bool(message["from"]["is_bot"])


def buttons(message: Json) -> list[str]:
    """The texts of a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [each["text"] for row in rows for each in row]


def data(message: Json) -> list[str]:
    """What a message's buttons hold."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [each["callback_data"] for row in rows for each in row]


async def forms_of(chat: BotAtWork, poem: Json) -> list[str]:
    """The forms that a poem's keyboard offers, without the way back."""
    await chat.presses(poem, "体裁 ›")
    *forms, _back = buttons(chat.message(poem))
    return forms


@asynccontextmanager
async def bot_at_work(
    folder: Path,
    *,
    pictures: bool = False,
    poem_interval: float = 0,
    admin_chat_ids: tuple[int, ...] = (OPERATOR,),
) -> AsyncIterator[BotAtWork]:
    """The real application on a playground, polling over HTTP. Without `pictures` it has no
    chat to keep them in, and inline mode draws none. People may ask as often as tests do."""
    async with Playground() as playground:
        own = Settings(
            _env_file=None,
            data_dir=folder,
            admin_chat_ids=admin_chat_ids,
            poem_interval=poem_interval,
        )
        settings = own.for_playground(playground.url)
        if not pictures:
            settings = settings.model_copy(update={"picture_chat_id": None})
        await asyncio.to_thread(migrate, settings.database)
        store, fake, clock = await Store.open(settings.database), FakePoet(), Clock()
        hurry = Hurry()
        pacer = Pacer(store.rates, clock=hurry, sleep=hurry.sleep)
        poet = PoetThread(lambda: fake, places=4)
        bot = build(settings, store, poet, clock=clock, pacer=pacer, inline_budget=PATIENCE)
        take_out_the_alarm_clock(bot)
        async with polling(bot):
            yield BotAtWork(bot, playground, fake, clock, pacer, hurry)
        poet.close()
        await store.close()


def take_out_the_alarm_clock(bot: PoetryBot) -> None:
    """Real minutes mean nothing to a clock that stands still: tests wake the daily service."""
    assert bot.application.job_queue is not None
    for job in bot.application.job_queue.jobs():
        job.schedule_removal()


@asynccontextmanager
async def polling(bot: PoetryBot) -> AsyncIterator[None]:
    """Starts the application as the process does, and stops it."""
    application = bot.application
    await application.initialize()
    await set_menus(application.bot)
    assert application.updater is not None
    await application.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
    await application.start()
    try:
        yield
    finally:
        await application.updater.stop()
        await application.stop()
        await application.shutdown()
