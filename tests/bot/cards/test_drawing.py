"""Cards: their size, that every form and paper draws, that nothing falls off the sheet."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from bot.cards import PAPERS, CardPoem, draw_card
from bot.cards.columns import SEAL, lay_out
from bot.cards.scrolls import place
from tests.bot.cards.poems import (
    ACROSTIC,
    ALL,
    COUPLET,
    HARD_TITLE,
    LONGEST_TUNE,
    QUATRAIN,
    SEVEN,
    TOGETHER,
)

TELEGRAM_SIDES = 10_000


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("poem", ALL, ids=lambda poem: poem.title[:6])
def test_every_poem_draws_on_every_paper(poem: CardPoem, paper: str) -> None:
    drawn = draw_card(poem, paper)
    assert len(drawn) < 500_000
    image = Image.open(io.BytesIO(drawn))
    assert image.format == "JPEG"
    assert image.width == 1080
    assert 1440 <= image.height <= 2200


def test_the_same_poem_on_the_same_paper_is_the_same_picture() -> None:
    assert draw_card(SEVEN, "sajin") == draw_card(SEVEN, "sajin")
    assert draw_card(SEVEN, "sajin") != draw_card(replace(SEVEN, number=2), "sajin")


@pytest.mark.parametrize("poem", [each for each in (*ALL, TOGETHER) if not each.is_couplet])
def test_nothing_falls_off_the_sheet_or_touches(poem: CardPoem) -> None:
    layout = lay_out(poem)
    for glyph in layout.glyphs:
        assert 60 < glyph.x < 1020
        assert 90 < glyph.y < layout.height - 90
    squares = [(glyph.x, glyph.y, glyph.size) for glyph in layout.glyphs]
    for number, (x, y, size) in enumerate(squares):
        for other_x, other_y, other in squares[number + 1 :]:
            reach = 0.45 * (size + other)
            assert abs(x - other_x) > reach or abs(y - other_y) > reach
    seal_x, seal_y = layout.seal
    for x, y, size in squares:
        reach = 0.5 * (size * 0.9 + SEAL * 0.9)
        assert abs(x - seal_x) > reach or abs(y - seal_y) > reach


@pytest.mark.parametrize("poem", [TOGETHER, replace(LONGEST_TUNE, people=frozenset({2, 14, 25}))])
def test_a_ring_stands_beside_the_beginning_of_each_line_of_people(poem: CardPoem) -> None:
    layout, first = lay_out(poem), []
    lines = [line for sentence in poem.sentences for line in sentence]
    for ring in layout.rings:
        beside = min(layout.glyphs, key=lambda each: abs(each.y - ring.y) + abs(each.x - ring.x))
        assert 0.5 * beside.size < ring.x - beside.x < 0.7 * beside.size
        assert ring.radius < 0.1 * beside.size
        first.append(beside.character)
    assert first == [lines[number - 1][0] for number in sorted(poem.people)]
    assert not lay_out(QUATRAIN).rings


def test_a_ring_is_drawn_in_the_colour_of_heads_and_its_middle_is_paper() -> None:
    drawn = Image.open(io.BytesIO(draw_card(TOGETHER, "xuan")))
    plain = Image.open(io.BytesIO(draw_card(replace(TOGETHER, people=frozenset()), "xuan")))
    ring = lay_out(TOGETHER).rings[0]
    edge, middle = (round(ring.x + ring.radius - 1), round(ring.y)), (round(ring.x), round(ring.y))
    red, green, _ = drawn.getpixel(edge)  # type: ignore[misc]  # an RGB picture
    assert red > green + 40
    red, green, _ = plain.getpixel(edge)  # type: ignore[misc]
    assert red < green + 40
    red, green, _ = drawn.getpixel(middle)  # type: ignore[misc]
    assert red < green + 40


def test_a_card_says_beside_the_day_who_wrote_it() -> None:
    quiet = "".join(each.character for each in lay_out(TOGETHER).glyphs if each.role == "quiet")
    assert quiet.endswith("七阳韵丙午年十月十七接龙加圈者众人所作")


def test_columns_run_from_right_to_left_and_down() -> None:
    verses = [glyph for glyph in lay_out(SEVEN).glyphs if glyph.role == "ink"][5:]
    words = "".join(glyph.character for glyph in verses)
    assert words == SEVEN.words
    assert verses[0].x > verses[7].x > verses[14].x > verses[21].x
    assert verses[0].y < verses[1].y
    assert verses[0].y == verses[7].y


def test_a_tunes_name_leads_and_a_verses_form_follows() -> None:
    tune = "".join(glyph.character for glyph in lay_out(LONGEST_TUNE).glyphs[:4])
    verse = "".join(glyph.character for glyph in lay_out(QUATRAIN).glyphs[:5])
    assert (tune, verse) == ("沁园春雪", "静夜思五绝")


def test_the_heads_of_an_acrostic_are_marked() -> None:
    heads = [glyph for glyph in lay_out(ACROSTIC).glyphs if glyph.role == "head"]
    assert "".join(glyph.character for glyph in heads) == "春夏秋冬"
    assert len({glyph.y for glyph in heads}) == 1


def test_a_long_title_is_set_in_two_columns_and_whole() -> None:
    glyphs = lay_out(HARD_TITLE).glyphs
    title = glyphs[: len(HARD_TITLE.title)]
    assert "".join(glyph.character for glyph in title) == HARD_TITLE.title
    assert len({glyph.x for glyph in title}) == 2


def test_a_title_of_emoji_alone_leaves_the_form() -> None:
    first = lay_out(replace(QUATRAIN, title="🌙🌙")).glyphs[0]
    assert first.character == "五"


def test_the_upper_line_of_a_couplet_hangs_to_the_right() -> None:
    upper, lower = place(COUPLET).glyphs[0], place(COUPLET).glyphs[5]
    assert (upper.character, lower.character) == ("海", "天")
    assert upper.x > 540 > lower.x


@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("“知己”（一）、又", "﹁知己﹂︵一︶︑又"),
        ("寄远方故人兼怀旧日同游诸君于江上", "寄远方故人兼怀旧日同游诸君于江上"),
        ("寄远方故人兼怀旧日同游诸君于江上作", "寄远方故人兼怀旧日同游诸君于江︙"),
    ],
)
def test_what_a_couplet_is_about_stands_upright_and_tells_where_it_is_cut(
    title: str, note: str
) -> None:
    glyphs = place(replace(COUPLET, title=title, written="")).glyphs
    assert "".join(each.character for each in glyphs if each.role == "quiet") == note
