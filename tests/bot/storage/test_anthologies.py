"""Pages of a shelf, chosen and ordered, and what there is to choose from; on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import NewRequest, PoemFilter, Shelf, Store, StoredPoem, ThemeCount
from tests.fakes.daily import A_POEM

NOW = datetime(2026, 5, 2, 4, 30, tzinfo=UTC)
SHE, HE = 7_000_000_001, 7_000_000_002
ALL = PoemFilter()


async def poem(
    store: Store, number: int, form: str, theme: str, text: str, kind: str = "poem"
) -> StoredPoem:
    """A poem she asked for and kept, the one of each number a day after the last."""
    now = NOW + timedelta(days=number)
    await store.chats.seen(SHE, "private", now=now)
    asked = NewRequest(SHE, SHE, kind, None, theme, None, None, 1.0)
    new = replace(A_POEM, form=form, theme=theme, text=text, title=None)
    stored = await store.poems.add(new, asked, now=now)
    await store.favourites.keep(SHE, stored.id, now=now)
    return stored


async def shelf_of_four(store: Store) -> list[StoredPoem]:
    return [
        await poem(store, 0, "五绝", "月", "床前明月光，疑是地上霜。"),
        await poem(store, 1, "七绝", "山", "两岸猿声啼不住。"),
        await poem(store, 2, "七绝", "月", "Moon 100%_，千里江陵。"),
        await poem(store, 3, "如梦令", "", "常记溪亭日暮，\n沉醉不知归路。"),
    ]


async def found(store: Store, shelf: Shelf, chosen: PoemFilter, **more: bool) -> list[int]:
    page = await store.anthologies.page(shelf, SHE, chosen, offset=0, limit=9, **more)
    assert page.total == len(page.items)
    return [item.id for item in page.items]


@pytest.mark.parametrize("shelf", Shelf)
async def test_both_shelves_are_ordered_by_when_poems_came(store: Store, shelf: Shelf) -> None:
    await shelf_of_four(store)
    assert await found(store, shelf, ALL) == [4, 3, 2, 1]
    assert await found(store, shelf, ALL, newest_first=False) == [1, 2, 3, 4]


@pytest.mark.parametrize("shelf", Shelf)
@pytest.mark.parametrize(
    ("chosen", "ids"),
    [
        (PoemFilter(form="七绝"), [3, 2]),
        (PoemFilter(theme="月"), [3, 1]),
        (PoemFilter(form="七绝", theme="月"), [3]),
        (PoemFilter(since=NOW + timedelta(days=1)), [4, 3, 2]),
        (PoemFilter(until=NOW + timedelta(days=1)), [1]),
        (PoemFilter(words=(("霜",),)), [1]),
        (PoemFilter(words=(("霜", "猿"),)), [2, 1]),
        (PoemFilter(words=(("月",), ("光",))), [1]),
        (PoemFilter(words=(("moon",),)), [3]),
        (PoemFilter(words=(("100%_",),)), [3]),
        (PoemFilter(words=(("%",),)), [3]),
        (PoemFilter(words=(("鲸",),)), []),
    ],
)
async def test_poems_are_chosen(
    store: Store, shelf: Shelf, chosen: PoemFilter, ids: list[int]
) -> None:
    await shelf_of_four(store)
    assert await found(store, shelf, chosen) == ids


async def test_what_there_is_to_choose_from(store: Store) -> None:
    await shelf_of_four(store)
    books = store.anthologies
    forms = await books.forms(Shelf.FAVOURITES, SHE)
    assert forms == {"七绝": 2, "五绝": 1, "如梦令": 1}
    assert next(iter(forms)) == "七绝"
    assert await books.themes(Shelf.HISTORY, SHE, limit=5) == (
        ThemeCount("月", 2, 3),
        ThemeCount("山", 1, 2),
    )
    assert await books.themes(Shelf.HISTORY, SHE, limit=1) == (ThemeCount("月", 2, 3),)
    dates = await books.dates(Shelf.FAVOURITES, SHE)
    assert dates == tuple(NOW + timedelta(days=day) for day in (3, 2, 1, 0))


async def test_nobody_sees_what_is_somebody_elses(store: Store) -> None:
    await shelf_of_four(store)
    for shelf in Shelf:
        page = await store.anthologies.page(shelf, HE, ALL, offset=0, limit=9)
        assert (page.items, page.total) == ((), 0)
        assert await store.anthologies.forms(shelf, HE) == {}
        assert await store.anthologies.themes(shelf, HE, limit=5) == ()
        assert await store.anthologies.dates(shelf, HE) == ()


async def test_history_leaves_out_what_was_only_offered_or_opened(store: Store) -> None:
    await poem(store, 0, "五绝", "月", "一。", kind="inline")
    await poem(store, 1, "五绝", "月", "二。", kind="shared")
    await poem(store, 2, "五绝", "月", "三。", kind="daily")
    assert await found(store, Shelf.HISTORY, ALL) == [3]
    assert await found(store, Shelf.FAVOURITES, ALL) == [3, 2, 1]


async def test_a_favourite_that_is_taken_back_stands_where_it_stood(store: Store) -> None:
    await shelf_of_four(store)
    kept_at = await store.favourites.take_out(SHE, 2)
    assert kept_at == NOW + timedelta(days=1)
    assert await store.favourites.take_out(SHE, 2) is None
    await store.favourites.keep(SHE, 2, now=kept_at)
    assert await found(store, Shelf.FAVOURITES, ALL) == [4, 3, 2, 1]
    assert [each.id for each in (await store.favourites.page(SHE, offset=0, limit=4)).items] == [
        4,
        3,
        2,
        1,
    ]
