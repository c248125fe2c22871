"""Processes that come and go while people write: nobody is left without an answer.

Real `python -m bot run` processes behind a balancer, a real PostgreSQL between them, kill -9 at
bad moments. Their poet has a network of a few random weights: verse by all the rules, and at once.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from bot.storage import DeliveryState, Store, migrate
from tests.conversations.balancer import Balancer, free_port
from tests.conversations.process import TOKEN, BotProcess, Conversation, buttons, running
from tests.fakes.databases import PostgresServer

pytestmark = pytest.mark.conversation
PEOPLE = range(50_001, 50_007)
THEMES = ["秋夜", "江雪", "落花", "山居"]
SUBSCRIBERS = range(60_001, 60_049)
AN_HOUR = timedelta(hours=1)


@dataclass
class Replicas:
    """Three places for processes; each may be empty."""

    folder: Path
    settings: dict[str, str]
    ports: list[int]
    stack: ExitStack
    at: dict[int, BotProcess] = field(default_factory=dict)
    started: int = 0

    def start(self, *places: int) -> None:
        """Starts a process in each of these places, all at once."""
        for place in places:
            self.started += 1
            folder = self.folder / f"{self.started}"
            settings = self.settings | {"WEBHOOK_PORT": str(self.ports[place])}
            self.at[place] = self.stack.enter_context(running(folder, "run", **settings))
        for place in places:
            self.at[place].wait_for("serving @")

    def kill(self, place: int) -> None:
        """kill -9"""
        self.at.pop(place).kill()

    def stop(self, *places: int) -> None:
        """SIGTERM to all of these at once; each must end well, and in time."""
        began = time.monotonic()
        stopping = [self.at.pop(place) for place in places]
        for process in stopping:
            process.terminate()
        for process in stopping:
            assert process.ended() == 0, process.said()
        assert time.monotonic() - began < 10


@pytest.fixture
def replicas(
    telegram: str, cheap_poet: Path, tmp_path: Path, postgres_server: PostgresServer
) -> Iterator[Replicas]:
    """Nobody started yet, on a database without a table."""
    url = postgres_server.create()
    ports = [free_port() for _ in range(3)]
    balancer = Balancer(ports)
    balancer.start()
    settings = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": telegram,
        "DATABASE_URL": url,
        "MODEL_DIR": str(cheap_poet),
        "WEBHOOK_URL": f"http://127.0.0.1:{balancer.port}/hook",
        "WEBHOOK_SECRET": "a-secret_0123456789",
    }
    with ExitStack() as stack:
        yield Replicas(tmp_path, settings, ports, stack)
    balancer.stop()
    postgres_server.drop(url)


def welcome(conversation: Conversation, people: range) -> None:
    """New users, who have begun a chat with the bot."""
    for user in people:
        conversation.post("users", id=user, first_name=f"诗友{user}", language_code="zh-hans")


def themes_of(conversation: Conversation, user: int) -> list[str]:
    """The themes of the poems somebody got, in their order."""
    told = [each["text"] for each in conversation.messages(user) if each["from"]["is_bot"]]
    titles = [text.partition("\n")[0] for text in told]
    return [title for title in titles if title in THEMES]


def once(themes: list[str]) -> list[str]:
    """One that came twice in a row counts once: a process may have died between sending it and
    writing that down."""
    return [theme for theme, _ in groupby(themes)]


def tapping(conversation: Conversation, user: int) -> list[str]:
    """Somebody keeps their first poem, and asks for another one twice at once."""
    # Before it there may be word of a queue, from a process that was killed as it sent that.
    poem = next(each for each in conversation.messages(user) if "❤️ 收藏" in buttons(each))
    place = {"chat_id": user, "message_id": poem["message_id"], "user_id": user}
    # So that the first tap is being served still when the second one comes.
    slow = {"kind": "hang", "method": "sendMessage", "seconds": 2}
    conversation.post("faults", **slow, chat_id=user)
    return [
        conversation.post("callbacks", **place, button=button)["query_id"]
        for button in ("❤️ 收藏", "🔄 再写一首", "🔄 再写一首")
    ]


def delivered(conversation: Conversation) -> bool:
    """Whether the bot has confirmed every update."""
    return conversation.get("updates")["pending"] == 0


def test_replicas_come_and_go_while_people_write(
    replicas: Replicas, conversation: Conversation, postgres_server: PostgresServer
) -> None:
    welcome(conversation, PEOPLE)
    replicas.start(0, 1, 2)  # all three find a database to migrate

    def all_ask(theme: str) -> None:
        for user in PEOPLE:
            conversation.write(f"/poem 五绝 {theme}", user)

    all_ask(THEMES[0])
    conversation.wait(lambda: delivered(conversation))
    replicas.kill(0)
    all_ask(THEMES[1])
    replicas.start(0)
    all_ask(THEMES[2])
    replicas.stop(1)
    all_ask(THEMES[3])
    replicas.kill(2)
    replicas.start(1, 2)
    conversation.wait(lambda: end_leases_of_the_dead(replicas.settings["DATABASE_URL"]))
    for user in PEOPLE:
        conversation.wait(lambda user=user: themes_of(conversation, user)[-1:] == THEMES[-1:])
        assert once(themes_of(conversation, user)) == THEMES

    taps = [tap for user in PEOPLE for tap in tapping(conversation, user)]
    for tap in taps:
        conversation.wait(lambda tap=tap: conversation.get(f"callbacks/{tap}")["answer"])
    for user in PEOPLE:
        conversation.wait(lambda user=user: themes_of(conversation, user)[-1:] == THEMES[:1])
        assert "共 1 首" in conversation.says("/favourites", user)["text"]
        assert themes_of(conversation, user)[-2:] == [THEMES[-1], THEMES[0]]

    postgres_server.shut(replicas.settings["DATABASE_URL"])
    asked = conversation.write("/help", PEOPLE[0])
    time.sleep(1)
    assert not delivered(conversation)
    postgres_server.open(replicas.settings["DATABASE_URL"])
    assert conversation.answer_after(asked, PEOPLE[0])["text"]
    replicas.stop(0, 1, 2)


def end_leases_of_the_dead(url: str) -> bool:
    """As if some seconds went by for the dead, whose leases nobody renews. Those of the living are
    renewed every four seconds and have ten to go; whoever has less is dead, or so slow that others
    may take over what it holds. Whether nobody dead holds anything any more."""
    dead = "finished_at IS NULL AND lease_until < now() + interval '8 seconds'"
    with psycopg.connect(url) as connection:
        connection.execute(f"UPDATE updates SET lease_until = now() WHERE {dead}".encode())  # noqa: S608
        held = "finished_at IS NULL AND lease_until > now()"
        found = connection.execute(f"SELECT count(*) FROM updates WHERE {held}".encode()).fetchone()  # noqa: S608
    return found == (0,)


def midday_zone() -> str:
    """A zone where it is about noon, so that no day ends while a test runs."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"


async def subscribe_all(url: str) -> None:
    """Everybody subscribed an hour ago, for what is now three minutes ago."""
    zone, now = midday_zone(), datetime.now(UTC)
    hour = (now.astimezone(ZoneInfo(zone)) - timedelta(minutes=3)).time().replace(tzinfo=None)
    store = await Store.open(url)
    for user in SUBSCRIBERS:
        await store.chats.seen(user, "private", now=now - AN_HOUR)
        await store.subscriptions.subscribe(
            user, user, hour.replace(microsecond=0), zone, "梅花", "五绝", now=now - AN_HOUR
        )
    await store.close()


async def states_of(url: str) -> dict[int, tuple[DeliveryState, int]]:
    """How each subscriber's delivery stands, and how often it was begun."""
    store, found = await Store.open(url), {}
    for subscription in await store.subscriptions.all_active():
        for each in await store.deliveries.of_subscription(subscription.id):
            found[subscription.chat_id] = (each.state, each.unanswered)
    await store.close()
    return found


def number_of(url: str, condition: str) -> int:
    """How many deliveries are so."""
    with psycopg.connect(url) as connection:
        asked = f"SELECT count(*) FROM deliveries WHERE {condition}"  # noqa: S608 - our own words
        found = connection.execute(asked.encode()).fetchone()
    return int(found[0]) if found else 0


def let_leases_end(url: str) -> None:
    """As if ten minutes went by for the dead."""
    later = "UPDATE deliveries SET lease_until = lease_until - interval '10 minutes'"
    waiting = "next_attempt_at = next_attempt_at - interval '10 minutes' WHERE finished_at IS NULL"
    with psycopg.connect(url) as connection:
        connection.execute(f"{later}, {waiting}".encode())


def test_a_daily_poem_arrives_once_whoever_is_killed_while_they_are_sent(
    replicas: Replicas, conversation: Conversation
) -> None:
    url = replicas.settings["DATABASE_URL"]
    migrate(url)
    welcome(conversation, SUBSCRIBERS)
    asyncio.run(subscribe_all(url))
    # Slow enough that whoever is killed has some under way.
    conversation.post("faults", kind="hang", method="sendMessage", seconds=0.3, times=10_000)

    sent, free = "state = 'sent'", "finished_at IS NULL AND lease_until IS NULL"
    replicas.start(0, 1, 2)
    conversation.wait(lambda: number_of(url, sent) >= 5)
    for place, more in ((0, 10), (1, 15), (2, 0)):
        replicas.kill(place)
        conversation.wait(
            lambda more=more: number_of(url, sent) >= more or not number_of(url, free)
        )
    left = asyncio.run(states_of(url))
    under_way = {user for user, (state, _) in left.items() if state is DeliveryState.SENDING}
    let_leases_end(url)
    replicas.start(0, 1)
    conversation.wait(lambda: not number_of(url, "finished_at IS NULL"))
    assert {state for state, _ in asyncio.run(states_of(url)).values()} == {DeliveryState.SENT}
    told = {user: conversation.messages(user) for user in SUBSCRIBERS}
    counts = Counter(user for user, messages in told.items() for _ in messages)
    assert set(counts) == set(SUBSCRIBERS)
    twice = {user for user, count in counts.items() if count > 1}
    assert max(counts.values()) <= 2
    assert twice <= under_way
    for user in twice:
        first, second = told[user]
        assert first["text"] == second["text"]
    replicas.stop(0, 1)
