"""Inline mode without Telegram: what is read, what fits the time, what is remembered."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import TooBusy
from bot.metrics import Metrics
from bot.services.cards import CardService
from bot.services.deep_links import SharedWish, read_payload
from bot.services.inline import REMEMBERED, Asker, InlinePoems, wish_of
from bot.services.inline_cards import MOST_WAITING, InlineCards
from bot.services.poems import Ask, PoemService
from bot.services.poet_thread import PoetThread
from bot.storage import Store, migrate
from tests.fakes.poet import FakePoet

NOW = datetime(2026, 4, 1, 4, tzinfo=UTC)
ASKER = Asker(7, "simplified")


class Keeper:
    """Keeps pictures, or refuses them."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.refuses = True

    async def keep(self, jpeg: bytes) -> str | None:
        self.kept.append(jpeg)
        return None if self.refuses else f"file-{len(self.kept)}"


class Desk:
    """The service, the poet behind it, and a clock that tests move."""

    def __init__(self, store: Store, *, places: int = 32, budget: float = 60.0) -> None:
        self.poet, self.seconds = FakePoet(), 0.0
        self.thread = PoetThread(lambda: self.poet, places=places)
        self.poems = PoemService(
            self.thread,
            store,
            clock=lambda: NOW,
            default_zone="Asia/Shanghai",
            metrics=Metrics(),
        )
        cards = CardService(store, clock=lambda: NOW, default_zone="Asia/Shanghai")
        self.keeper = Keeper()
        self.inline = InlinePoems(
            self.poems,
            store,
            InlineCards(cards, self.keeper),
            budget=budget,
            now=lambda: self.seconds,
        )

    async def offered(self, text: str, *, wanted: int = 99) -> list[str]:
        """The forms of what is offered; after `wanted` looks the person has typed on."""
        looks = iter(range(99))
        offers = await self.inline.offers(ASKER, text, lambda: next(looks) < wanted)
        return [offer.poem.form for offer in offers]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    url = f"sqlite:///{tmp_path}/bot.db"
    await asyncio.to_thread(migrate, url)
    opened = await Store.open(url)
    yield opened
    await opened.close()


async def test_when_time_is_over_what_is_there_is_offered_and_the_rest_comes_next(
    store: Store,
) -> None:
    desk = Desk(store, budget=0.0)
    assert await desk.offered("月") == ["七绝"]
    desk.inline._budget = 60.0
    assert await desk.offered("月") == ["七绝", "五绝", "七言联", "如梦令"]
    assert len(desk.poet.asked) == 4


async def test_poems_are_remembered_for_a_minute(store: Store) -> None:
    desk = Desk(store)
    await desk.offered("月")
    desk.seconds = REMEMBERED + 1
    await desk.offered("月")
    assert len(desk.poet.asked) == 8


async def test_nothing_is_written_for_who_has_typed_on(store: Store) -> None:
    desk = Desk(store)
    assert await desk.offered("月", wanted=0) == []
    assert await desk.offered("月", wanted=2) == ["七绝", "五绝"]


async def test_kept_and_shared_poems_are_offered_in_the_script_of_who_looks(store: Store) -> None:
    desk, asker = Desk(store), Asker(7, "traditional")
    poem = await desk.poems.write(Ask("poem", None, 7, "simplified", theme="云"))
    await store.favourites.keep(7, poem.id, now=NOW)
    token = await desk.poems.share_token(poem)
    for text in ("", f"#{token}"):
        *_, offer = await desk.inline.offers(asker, text, lambda: True)
        assert (offer.poem.id, offer.poem.title, offer.poem.script) == (
            poem.id,
            "雲",
            "traditional",
        )


async def test_a_full_queue_is_told(store: Store) -> None:
    desk = Desk(store, places=0)
    with pytest.raises(TooBusy):
        await desk.offered("月")


@pytest.mark.parametrize(
    ("form", "theme", "says"),
    [
        ("七绝", "月", "七绝 月"),
        ("如梦令", "秋思", "如梦令 秋思"),
        ("七绝", "长相思", "七绝 长相思"),
        ("七绝", "宋诗", "七绝 “宋诗”"),
        ("七言联", "春江花月夜", "七言联 春江花月夜"),
        ("五言联", "春江花月夜", "五言联 “春江花月夜”"),
        ("水调歌头", "大江东去浪淘尽千古风流人物", "大江东去浪淘尽千古风流人物"),
    ],
)
async def test_a_link_asks_for_another_like_it(
    store: Store, form: str, theme: str, says: str
) -> None:
    poem = await Desk(store).poems.write(
        Ask("inline", None, 7, "simplified", form=form, theme=theme)
    )
    payload = wish_of(poem)
    assert payload is not None
    assert read_payload(payload) == SharedWish(says)


async def test_what_no_link_can_say_has_none(store: Store) -> None:
    poems = Desk(store).poems
    ask = Ask("inline", None, 7, "simplified")
    for wish in ({"theme": "月" * 30}, {"heads": "春夏秋冬"}, {"first_line": "床前明月光"}):
        assert wish_of(await poems.write(Ask(**(vars(ask) | wish)))) is None


async def pictures(desk: Desk, text: str) -> list[str | None]:
    offers = await desk.inline.offers(ASKER, text, lambda: True)
    return [offer.picture for offer in offers]


async def test_a_card_that_is_ready_is_offered_and_made_once(store: Store) -> None:
    desk = Desk(store, budget=10.0)
    desk.keeper.refuses = False
    for _ in range(3):
        await pictures(desk, "月")
    assert None not in await pictures(desk, "月")
    assert len(desk.keeper.kept) == 4
    assert all(jpeg.startswith(b"\xff\xd8") for jpeg in desk.keeper.kept)


async def test_a_card_that_cannot_be_kept_is_not_offered(store: Store) -> None:
    desk = Desk(store, budget=10.0)
    assert await pictures(desk, "月") == [None] * 4


async def test_only_a_few_cards_are_made_at_once(store: Store) -> None:
    desk = Desk(store, budget=0.0)
    desk.keeper.refuses = False
    for text in ("月", "花", "雪", "江", "山", "云"):
        await pictures(desk, text)
        assert len(desk.inline._cards._making) <= MOST_WAITING
    await desk.inline._cards.wait(20.0)
