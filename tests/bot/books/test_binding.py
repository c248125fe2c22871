"""Books: what stands on which page, that nothing is lost, and what the file holds."""

from dataclasses import replace

import pytest

from bot.books import Book, Words, bind
from bot.books.numerals import in_characters
from bot.books.pages import COLUMNS, LINES, page_numbers, paginate, people_in
from tests.bot.books.reading import code, in_another_reader, is_in_columns, page_count, words
from tests.bot.cards.poems import (
    ALL,
    EIGHT_LINES,
    HARD_TITLE,
    LONGEST_TUNE,
    QUATRAIN,
    SEVEN,
    TOGETHER,
)

WORDS = Words("小月诗草", "目录", ("右诗七首。",), "@bot", "无题")
BOTH = pytest.mark.parametrize("vertical", [True, False])


def book(*poems, vertical: bool = True) -> Book:  # type: ignore[no-untyped-def]
    return Book(tuple(poems), WORDS, vertical)


@BOTH
def test_every_verse_stands_on_a_page_once_and_in_order(vertical: bool) -> None:
    pages = paginate(book(*ALL, vertical=vertical))
    set_there = [line for page in pages for placed in page for st in placed.stanzas for line in st]
    letters = "".join(set_there).replace("　", "").replace("，", "").replace("。", "")
    assert letters == "".join(poem.words for poem in ALL)


@BOTH
def test_no_poem_is_torn_that_a_page_would_hold(vertical: bool) -> None:
    pages = paginate(book(*[QUATRAIN, EIGHT_LINES, SEVEN] * 30, vertical=vertical))
    assert all(not placed.goes_on for page in pages for placed in page)
    assert sum(map(len, pages)) == 90


def test_a_poem_longer_than_a_page_goes_on_and_is_listed_once() -> None:
    pages = paginate(book(QUATRAIN, LONGEST_TUNE, SEVEN))
    assert len(page_numbers(pages)) == 3
    assert any(placed.goes_on for page in pages for placed in page)
    for page in pages:
        for placed in page:
            columns = sum(map(len, placed.stanzas)) + (0 if placed.goes_on else 1)
            assert placed.at + columns <= COLUMNS


def test_lines_stay_on_their_page() -> None:
    for page in paginate(book(*ALL * 5, vertical=False)):
        last = page[-1]
        assert last.at + 2.6 + sum(map(len, last.stanzas)) <= LINES + 0.01


@BOTH
def test_the_file_has_cover_contents_poems_and_colophon(vertical: bool) -> None:
    bound = bind(book(*ALL, vertical=vertical))
    assert bound.startswith(b"%PDF-")
    assert page_count(bound) == 1 + 1 + len(paginate(book(*ALL, vertical=vertical))) + 1
    assert bound.count(b"/FontFile2") >= 1  # the typeface is inside
    assert bound.count(b"/ToUnicode") >= 1  # and its text can be searched
    assert is_in_columns(bound) == vertical


def test_columns_are_copied_from_top_to_bottom() -> None:
    _, contents, poem, *_ = in_another_reader(bind(book(QUATRAIN, LONGEST_TUNE)))
    assert contents[:3] == ["目录", "静夜思", "一"]
    assert "床前明月光　疑是地上霜" in poem


@BOTH
def test_lines_of_people_are_found_where_they_stand_also_where_a_poem_goes_on(
    vertical: bool,
) -> None:
    tune = replace(LONGEST_TUNE, people=frozenset({2, 13, 14, 25}))
    lines = [line for sentence in tune.sentences for line in sentence]
    found = []
    for page in paginate(book(QUATRAIN, tune, tune, vertical=vertical)):
        for placed in page:
            texts = (text for stanza in placed.stanzas for text in stanza)
            for text, befores in zip(texts, people_in(placed), strict=True):
                found += [text[len(before) :] for before in befores]
    expected = [lines[number - 1] for number in sorted(tune.people)] * 2
    assert len(found) == len(expected)
    assert all(text.startswith(line) for text, line in zip(found, expected, strict=True))


@BOTH
def test_lines_of_people_have_a_ring(vertical: bool) -> None:
    ringed = code(bind(book(TOGETHER, vertical=vertical)))[2]
    plain = code(bind(book(replace(TOGETHER, people=frozenset()), vertical=vertical)))[2]
    curves = [page.count(" c\n") + page.count(" c ") for page in (ringed, plain)]
    assert curves[0] == curves[1] + 4 * len(TOGETHER.people)  # a circle is four curves


def test_under_the_title_it_says_that_people_wrote_it_too() -> None:
    (title, about, *_) = words(bind(book(TOGETHER)))[2]
    assert (title, about) == ("登楼", "五绝　丙午年十月十七　接龙　加圈者众人所作")


def test_columns_are_copied_as_the_text_they_are() -> None:
    pages = words(bind(book(SEVEN, LONGEST_TUNE)))
    assert pages[0] == ["小月诗草"]
    assert pages[1][0] == "目录"
    assert "早發白帝城" in pages[1]
    assert "沁园春·雪" in pages[1]
    assert "朝辭白帝彩雲間　千里江陵一日還" in pages[2]
    assert "右诗七首。" in pages[-1]


def test_the_same_book_is_the_same_file() -> None:
    assert bind(book(*ALL)) == bind(book(*ALL))


@BOTH
def test_odd_titles_and_names_are_set(vertical: bool) -> None:
    odd = [
        replace(QUATRAIN, title=""),
        replace(QUATRAIN, title="🌙"),
        replace(QUATRAIN, title="AI 时代 2026"),
        replace(QUATRAIN, title="㹠"),
        HARD_TITLE,
    ]
    strange = replace(WORDS, title="Alexandra’s Poems")
    bound = bind(Book(tuple(odd), strange, vertical))
    assert page_count(bound) >= 4
    assert len(code(bound)) >= 4


@BOTH
def test_a_thousand_poems_are_far_below_what_telegram_takes(vertical: bool) -> None:
    bound = bind(book(*(ALL * 143), vertical=vertical))
    assert len(bound) < 5_000_000


def test_pages_are_numbered_in_characters() -> None:
    assert [in_characters(number) for number in (1, 11, 20, 36, 100, 120)] == [
        "一",
        "十一",
        "二十",
        "三十六",
        "一〇〇",
        "一二〇",
    ]
