"""From a stored poem to its card, and file_ids remembered."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from bot.cards import draw_card, papers, typeface
from bot.cards.columns import lay_out
from bot.cards.scrolls import place
from bot.cards.seal import seal
from bot.services.cards import CardService, card_poem, day_in_words, paper_or_default
from bot.storage import NewPoem, NewRequest, Store, StoredPoem
from poetry_model import COUPLETS, FORMS, TUNES, PoemRequest
from poetry_model.script import SCRIPTS
from tests.fakes.poet import FakePoet

NOW = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
LINES = ("江南好", "风景旧曾谙", "日出江花红胜火", "春来江水绿如蓝", "能不忆江南")
TEXT = "江南好，风景旧曾谙。日出江花红胜火，春来江水绿如蓝。能不忆江南。"


async def stored(store: Store) -> StoredPoem:
    poem = NewPoem(
        "忆江南", "江南", None, None, LINES, TEXT, "simplified", "第七部", 1, "m", "江南"
    )
    request = NewRequest(7, 7, "poem", None, "江南", None, None, 1.0)
    await store.chats.seen(7, "private", now=NOW)
    return await store.poems.add(poem, request, now=NOW)


async def test_a_card_is_drawn_in_either_script(store: Store) -> None:
    cards = CardService(store, clock=lambda: NOW, default_zone="Asia/Shanghai")
    poem = await stored(store)
    plain = await cards.draw(poem, "xuan", "simplified")
    other = await cards.draw(poem, "xuan", "traditional")
    assert plain[:3] == other[:3] == b"\xff\xd8\xff"
    assert plain != other


async def test_who_is_warm_reads_no_face_for_the_first_card(store: Store) -> None:
    cards = CardService(store, clock=lambda: NOW, default_zone="Asia/Shanghai")
    for cache in (typeface.glyphs, papers.grain, seal):
        cache.cache_clear()
    await cards.warm()
    read = [cache.cache_info().misses for cache in (typeface.glyphs, papers.grain, seal)]
    assert all(read)
    await cards.draw(await stored(store), "xuan", "simplified")
    assert [cache.cache_info().misses for cache in (typeface.glyphs, papers.grain, seal)] == read


async def test_a_cards_poem_says_form_rhyme_and_day_in_the_poems_script(store: Store) -> None:
    poem = card_poem(await stored(store), date(2026, 11, 26))
    assert poem.stanzas == ((LINES[:2], LINES[2:4], LINES[4:]),)
    assert (poem.form, poem.rhyme, poem.written) == ("忆江南", "词韵第七部", "丙午年十月十八")
    assert poem.is_tune
    assert not poem.acrostic


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((), ""),
        (("1", "3"), "接龍　加圈者眾人所作"),
        (("1", "2", "3", "4", "5"), "接龍　眾人合作"),
    ],
)
async def test_a_cards_poem_tells_which_lines_are_peoples(
    store: Store, people: tuple[str, ...], said: str
) -> None:
    poem = dataclasses.replace(await stored(store), people_lines=people, script="traditional")
    card = card_poem(poem, date(2026, 11, 26))
    assert card.by == said
    assert card.people == set(map(int, people))


def written(request: PoemRequest) -> StoredPoem:
    """A poem of the fake poet, as it is stored."""
    poem = FakePoet().write(request)
    fields = {field.name for field in dataclasses.fields(StoredPoem)} - {"id", "created_at"}
    values = {name: getattr(poem, name) for name in fields if hasattr(poem, name)}
    return StoredPoem(id=1, created_at=NOW, **values)


@pytest.mark.parametrize("form", [*FORMS, *COUPLETS, *TUNES])
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_form_has_a_card_with_all_its_words(form: str, script: str) -> None:
    poem = written(PoemRequest(form=form, theme="月", script=script, seed=1))
    card = card_poem(poem, date(2026, 11, 25))
    glyphs = place(card).glyphs if card.is_couplet else lay_out(card).glyphs
    assert "".join(poem.lines) in "".join(glyph.character for glyph in glyphs)


def test_every_form_is_drawn() -> None:
    for form in [*FORMS, *COUPLETS, *TUNES]:
        card = card_poem(written(PoemRequest(form=form, theme="月", seed=2)), date(2026, 11, 25))
        assert len(draw_card(card, "xuan")) < 500_000


@pytest.mark.parametrize("count", range(2, 17))
def test_an_acrostic_of_any_length_stays_readable(count: int) -> None:
    heads = "春夏秋冬山水风月花鸟云霞松竹梅兰"[:count]
    poem = written(PoemRequest(heads=heads, seed=1))
    layout = lay_out(card_poem(poem, date(2026, 11, 25)))
    marked = [glyph for glyph in layout.glyphs if glyph.role == "head"]
    assert "".join(glyph.character for glyph in marked) == heads
    assert min(glyph.size for glyph in marked) >= 54
    assert layout.height == 1440


async def test_a_file_id_is_remembered_by_paper_and_script(store: Store) -> None:
    cards = CardService(store, clock=lambda: NOW, default_zone="Asia/Shanghai")
    poem = await stored(store)
    assert await cards.known(poem.id, "xuan", "simplified") is None
    await cards.remember(poem.id, "xuan", "simplified", "one")
    await cards.remember(poem.id, "xuan", "simplified", "two")
    await cards.remember(poem.id, "ye", "traditional", "three")
    assert await cards.known(poem.id, "xuan", "simplified") == "one"
    assert await cards.known(poem.id, "ye", "simplified") is None
    await cards.forget(poem.id, "xuan", "simplified")
    assert await cards.known(poem.id, "xuan", "simplified") is None
    assert await cards.known(poem.id, "ye", "traditional") == "three"


async def test_the_picture_of_a_poem_that_is_gone_is_not_remembered(store: Store) -> None:
    cards = CardService(store, clock=lambda: NOW, default_zone="Asia/Shanghai")
    await cards.remember(404, "xuan", "simplified", "one")
    assert await cards.known(404, "xuan", "simplified") is None


def test_days_are_named_by_the_moon() -> None:
    assert day_in_words(date(2026, 2, 17)) == "丙午年正月初一"
    assert day_in_words(date(2025, 8, 1)) == "乙巳年闰六月初八"


def test_a_paper_that_is_no_longer_made_is_the_plain_one() -> None:
    assert [paper_or_default(name) for name in ("ye", "papyrus", None)] == ["ye", "xuan", "xuan"]
