"""Writing for somebody: seeds, seasons, what is stored, and the poet's thread."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.errors import NothingNew, PoemNotFound, TooBusy
from bot.metrics import Metrics
from bot.services.asking import Wish
from bot.services.poems import Ask, DueWish, PoemService
from bot.services.poet_thread import PoetThread
from bot.services.scripts import in_script
from bot.services.seasons import theme_for
from bot.storage import NewPoem, NewRequest, Store, Subscription, migrate
from poetry_model import BadRequest, NoCharacterFits, Poem, PoemRequest, WeightsError
from tests.fakes.poet import FakePoet

NOW = datetime(2026, 4, 1, 4, tzinfo=UTC)
ASK = Ask("poem", 7, 7, "simplified", theme="月")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A migrated database that has seen chat 7."""
    url = f"sqlite:///{tmp_path}/bot.db"
    await asyncio.to_thread(migrate, url)
    opened = await Store.open(url)
    await opened.chats.seen(7, "private", now=NOW)
    yield opened
    await opened.close()


@pytest.fixture
def poet() -> FakePoet:
    return FakePoet()


@pytest.fixture
async def service(store: Store, poet: FakePoet) -> AsyncIterator[PoemService]:
    """The service with a poet that writes at once; seeds are 1, 2, 3 …"""
    thread, seeds = PoetThread(lambda: poet), iter(range(1, 100))
    yield PoemService(
        thread,
        store,
        clock=lambda: NOW,
        default_zone="Asia/Shanghai",
        metrics=Metrics(),
        choose_seed=lambda: next(seeds),
    )
    thread.close()


async def test_a_poem_is_stored_with_its_request(service: PoemService, store: Store) -> None:
    poem = await service.write(ASK)
    assert await service.find(poem.id, chat_id=7, user_id=7) == poem
    assert (poem.theme, poem.seed, poem.model) == ("月", 1, "fake")
    assert (await store.poems.history(7, offset=0, limit=5)).items == (poem,)


async def test_another_is_on_the_same_wish(service: PoemService, poet: FakePoet) -> None:
    poem = await service.write(replace(ASK, form="五律"))
    await service.another(poem.id, Ask("poem", 7, 7, "simplified"))
    first, second = poet.asked
    assert second == replace(first, seed=2)


@pytest.mark.parametrize(
    ("script", "theme", "heads", "line"),
    [("simplified", "离别", "万事", "白日依山尽"), ("traditional", "離別", "萬事", "白日依山盡")],
)
async def test_what_comes_of_a_poem_is_in_the_script_of_who_asks(
    service: PoemService, poet: FakePoet, script: str, theme: str, heads: str, line: str
) -> None:
    ask = Ask("poem", 7, 7, "traditional" if script == "simplified" else "simplified")
    asker = replace(ask, script=script)
    on_theme = await service.write(ask.wanting(Wish(None, "离别")))
    acrostic = await service.write(ask.wanting(Wish(None, "", heads="万事")))
    couplet = await service.write(ask.wanting(Wish("对联", "", first_line="白日依山尽")))
    for again in (service.another, service.same_line):
        await again(on_theme.id, asker)
        assert (poet.asked[-1].script, poet.asked[-1].theme) == (script, theme)
    assert poet.asked[-1].first_line == in_script(on_theme, script).lines[0]
    await service.another(acrostic.id, asker)
    assert (poet.asked[-1].script, poet.asked[-1].heads) == (script, heads)
    await service.another(couplet.id, asker)
    assert (poet.asked[-1].script, poet.asked[-1].first_line) == (script, line)
    await service.reread(couplet.id, asker)
    assert (poet.asked[-1].script, poet.asked[-1].theme) == (script, line)


async def test_heads_line_and_theme_are_kept_in_the_script_of_their_poem(
    service: PoemService,
) -> None:
    ask = Ask("poem", 7, 7, "traditional")
    acrostic = await service.write(ask.wanting(Wish(None, "离别", heads="万事如意")))
    assert (acrostic.theme, acrostic.heads) == ("離別", "萬事如意")
    assert "".join(line[0] for line in acrostic.lines) == "萬事如意"
    couplet = await service.write(ask.wanting(Wish("对联", "", first_line="白日依山尽")))
    assert couplet.first_line == couplet.lines[0] == "白日依山盡"


async def test_the_manner_is_passed_on_stored_and_repeated(
    service: PoemService, poet: FakePoet
) -> None:
    bold = replace(ASK, dynasty="宋", register="plain", boldness="bold")
    poem = await service.write(bold)
    assert (poem.dynasty, poem.register, poem.boldness) == ("宋", "plain", "bold")
    await service.another(poem.id, Ask("poem", 7, 7, "simplified"))
    await service.write(ASK)
    manners = [(each.dynasty, each.register, each.boldness) for each in poet.asked]
    assert manners == [("宋", "plain", "bold")] * 2 + [(None, None, "even")]


async def test_title_and_reading_are_stored(
    service: PoemService, poet: FakePoet, store: Store
) -> None:
    poet.reading, poet.taken = ("灯下", "寒窗"), "images"
    poem = await service.write(replace(ASK, theme="写代码"))
    assert (poem.title, poem.theme_reading) == ("写代码", ("灯下", "寒窗"))
    assert poem.theme_taken == "images"
    assert await store.poems.get(poem.id) == poem


async def test_what_is_no_couplet_has_no_other_reading(service: PoemService) -> None:
    poem = await service.write(replace(ASK, first_line="床前明月光"))
    with pytest.raises(PoemNotFound):
        await service.reread(poem.id, ASK)


async def test_a_poem_of_another_chat_is_not_found_but_what_one_kept_is(
    service: PoemService, store: Store
) -> None:
    poem = await service.write(ASK)
    with pytest.raises(PoemNotFound):
        await service.find(poem.id, chat_id=8, user_id=8)
    await store.favourites.keep(8, poem.id, now=datetime(2026, 5, 1, tzinfo=UTC))
    assert await service.find(poem.id, chat_id=8, user_id=8) == poem


async def test_a_poem_nobody_wrote_is_not_found(service: PoemService) -> None:
    with pytest.raises(PoemNotFound):
        await service.another(99, ASK)


async def test_what_the_poet_cannot_do_is_recorded_and_what_users_mistype_is_not(
    service: PoemService, store: Store, poet: FakePoet
) -> None:
    with pytest.raises(BadRequest):
        await service.write(replace(ASK, theme="moon"))
    poet.failure = NoCharacterFits("七绝", 1, 1)
    with pytest.raises(NoCharacterFits):
        await service.write(ASK)
    assert (await store.poems.history(7, offset=0, limit=5)).total == 0


async def test_the_event_loop_goes_on_while_a_poem_is_written() -> None:
    poet = FakePoet()
    poet.gate.clear()
    thread = PoetThread(lambda: poet, places=2)
    writing = [asyncio.ensure_future(thread.write(PoemRequest(theme="月"))) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(TooBusy):
        await thread.write(PoemRequest(theme="月"))
    poet.gate.set()
    first, second = await asyncio.gather(*writing)
    assert first.lines == second.lines
    assert (await thread.write(PoemRequest(theme="月"))).lines == first.lines
    thread.close()


async def test_every_poem_is_written_in_the_one_thread_that_loaded_the_poet() -> None:
    threads = set()

    class Curious(FakePoet):
        def write(self, request: PoemRequest) -> Poem:
            threads.add(threading.current_thread().name)
            return super().write(request)

    def load() -> FakePoet:
        threads.add(threading.current_thread().name)
        return Curious()

    thread = PoetThread(load)
    await asyncio.gather(*(thread.write(PoemRequest(theme="月")) for _ in range(5)))
    assert len(threads) == 1
    assert threading.current_thread().name not in threads
    thread.close()


async def test_a_poet_that_cannot_be_loaded_says_so_to_everybody() -> None:
    def load() -> FakePoet:
        raise WeightsError("no weights")

    thread = PoetThread(load)
    for _ in range(2):
        with pytest.raises(WeightsError):
            await thread.write(PoemRequest(theme="月"))
    assert not thread.ready
    thread.close()


def test_seasons_have_themes_of_their_own() -> None:
    spring = {theme_for(date(2026, 4, 1), choice) for choice in range(100)}
    winter = {theme_for(date(2026, 12, 31), choice) for choice in range(100)}
    assert "柳色" in spring - winter
    assert "踏雪" in winter - spring
    assert theme_for(date(2026, 1, 1), 0) in winter


DAILY = Subscription(
    id=5,
    chat_id=7,
    user_id=7,
    local_time=time(8),
    timezone="Asia/Shanghai",
    theme="月",
    form="五绝",
    script=None,
    thread_id=None,
    created_at=NOW,
    ended_at=None,
    ended_reason=None,
)
WISH = DueWish(DAILY, date(2026, 4, 1), seed=11)


async def test_a_daily_poem_with_words_the_chat_has_seen_is_written_anew(
    service: PoemService, store: Store
) -> None:
    (first,) = await service.write_daily([WISH])
    assert isinstance(first, NewPoem)
    request = NewRequest(7, 7, "daily", None, "月", None, None, 1.0)
    await store.poems.add(first, request, now=NOW)
    (second,) = await service.write_daily([WISH])
    assert isinstance(second, NewPoem)
    assert second.text != first.text
    elsewhere = replace(WISH, subscription=replace(DAILY, chat_id=8))
    assert await service.write_daily([elsewhere]) == (first,)


async def test_two_daily_poems_of_a_chat_differ_though_neither_is_stored(
    service: PoemService,
) -> None:
    one, other = await service.write_daily([WISH, WISH])
    assert isinstance(one, NewPoem)
    assert isinstance(other, NewPoem)
    assert one.text != other.text


async def test_a_poet_that_repeats_itself_is_given_up_for_the_day(
    service: PoemService, poet: FakePoet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.fakes.poet.CHARACTERS", "月")
    one, other = await service.write_daily([WISH, WISH])
    assert isinstance(one, NewPoem)
    assert isinstance(other, NothingNew)
    assert len(poet.asked) == 5
    assert len({asked.seed for asked in poet.asked}) == 4


async def test_what_the_poet_cannot_do_for_one_day_is_no_matter_for_the_others(
    service: PoemService, poet: FakePoet
) -> None:
    poet.failure = NoCharacterFits("五绝", 1, 1)
    (failure,) = await service.write_daily([WISH])
    assert isinstance(failure, NoCharacterFits)


async def test_without_a_theme_the_day_leads_and_not_the_moment_of_writing(
    service: PoemService, poet: FakePoet
) -> None:
    day = date(2026, 12, 24)
    free = replace(WISH, subscription=replace(DAILY, theme=""), local_date=day)
    await service.write_daily([free])
    assert poet.asked[-1].theme == theme_for(day, 11)
