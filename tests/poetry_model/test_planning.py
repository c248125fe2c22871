"""From a request to tone patterns and characters that stand already."""

import random

import pytest
import torch

from poetry_model.decoding import NOT_FORCED
from poetry_model.filters import FREE, MUST_LEVEL, MUST_OBLIQUE
from poetry_model.planning import (
    CandidatePlans,
    fixed_characters,
    make_plan,
    plan_candidates,
)
from poetry_model.verse_forms import VerseForm, form_for, verse_form
from poetry_model.vocabulary import UNKNOWN, Vocabulary

VOCABULARY = Vocabulary(tuple("山月流春鳥白日依盡後后發髮江南秋牀前明光舉頭望床"), 10)
TONES = {FREE: "中", MUST_LEVEL: "平", MUST_OBLIQUE: "仄"}


def plans(
    form: VerseForm, *, heads: str | None = None, first_line: str | None = None, count: int = 40
) -> CandidatePlans:
    fixed = fixed_characters(form, heads, (first_line,) if first_line else ())
    return plan_candidates(form, fixed, VOCABULARY, count=count, chance=random.Random(1))


def lines_of(found: CandidatePlans, form: VerseForm) -> list[tuple[str, ...]]:
    """The tone templates of each candidate, line by line."""
    rows = ["".join(TONES[int(tone)] for tone in row) for row in found.tones]
    step = form.line_length
    return [tuple(row[i : i + step] for i in range(0, len(row), step)) for row in rows]


def test_without_wishes_every_pattern_is_tried() -> None:
    form = verse_form("五绝")
    found = lines_of(plans(form), form)
    assert {lines[0] for lines in found} == {"中仄平平仄", "中仄仄平平", "中平平仄仄", "平平中仄平"}
    assert all(lines[1][-1] == lines[3][-1] == "平" for lines in found)


def test_the_rule_comes_first_a_liberty_only_for_a_head() -> None:
    """春 is level, 月 oblique: 平平中仄平 takes the one, 仄平平仄平 the other."""
    form = verse_form("五绝")
    for heads, wanted in (("山春山春", "平平中仄平"), ("月月月月", "仄平平仄平")):
        for lines in lines_of(plans(form, heads=heads), form):
            level_seconds = [line for line in lines if line[1] == "平" and line[-1] == "平"]
            assert set(level_seconds) <= {wanted}
            assert level_seconds


def test_rhyme_places_are_the_even_lines_and_a_level_first_one() -> None:
    form = verse_form("五绝")
    found = plans(form)
    for rhymes, lines in zip(found.rhymes, lines_of(found, form), strict=True):
        places = {int(index) for index in rhymes.nonzero().flatten()}
        assert places == ({4, 9, 19} if lines[0][-1] == "平" else {9, 19})


def test_an_odd_last_line_rhymes_too() -> None:
    found = plans(form_for(7, 3), heads="山月春")
    assert all(row[20] for row in found.rhymes)


def test_heads_open_their_lines_and_nothing_else_is_forced() -> None:
    found = plans(verse_form("五绝"), heads="山月春江")
    expected = torch.full((20,), NOT_FORCED)
    expected[[0, 5, 10, 15]] = torch.tensor(VOCABULARY.encode("山月春江"))
    assert all(row.equal(expected) for row in found.forced)


def test_an_ambiguous_simplified_head_is_tried_in_each_of_its_forms() -> None:
    found = plans(verse_form("五绝"), heads="后发山月")
    assert {int(i) for i in found.forced[:, 0]} == set(VOCABULARY.encode("後后"))
    assert {int(i) for i in found.forced[:, 5]} == set(VOCABULARY.encode("發髮"))


def test_a_traditional_head_means_itself() -> None:
    found = plans(verse_form("五绝"), heads="後發山月")
    assert {int(i) for i in found.forced[:, 0]} == {VOCABULARY.id("後")}


def test_a_rare_head_stands_as_unknown() -> None:
    fixed = fixed_characters(verse_form("五绝"), "囍龘山月")
    assert fixed.at[0] == ("囍",)
    found = plans(verse_form("五绝"), heads="囍龘山月")
    assert {int(i) for i in found.forced[:, 0]} == {UNKNOWN}


@pytest.mark.parametrize(
    ("line", "patterns"),
    [
        ("白日依山盡", {"中仄平平仄"}),
        ("明月前山白", {"中仄平平仄"}),
        ("春江南月秋", {"中仄仄平平", "平平中仄平"}),
    ],
)
def test_a_first_line_picks_the_pattern_it_fits(line: str, patterns: set[str]) -> None:
    form = verse_form("五绝")
    assert {lines[0] for lines in lines_of(plans(form, first_line=line), form)} <= patterns


def test_where_a_first_line_fits_none_its_last_tone_decides() -> None:
    """舉頭望明月 closes oblique, 牀前明月光 level: the one does not rhyme, the other does."""
    form = verse_form("五绝")
    for line, rhymes in (("举头望明月", False), ("床前明月光", True)):
        found = plans(form, first_line=line)
        assert {bool(row[4]) for row in found.rhymes} == {rhymes}


def test_a_first_line_is_forced_whole() -> None:
    found = plans(verse_form("五绝"), first_line="床前明月光")
    assert found.forced[0, :5].tolist() == VOCABULARY.encode("床前明月光")
    assert (found.forced[:, 5:] == NOT_FORCED).all()


def test_the_plan_for_decoding_carries_form_theme_style_and_what_is_forced() -> None:
    form = verse_form("七绝")
    verse = plans(form, heads="山月春江", count=3)
    plan = make_plan(form, verse, (4, 5), (1, 0, 0))
    assert (plan.form, plan.lengths, plan.theme, plan.style) == (
        "七绝",
        (7,) * 4,
        (4, 5),
        (1, 0, 0),
    )
    assert plan.count == 3
    assert plan.forced is verse.forced
