"""Forms and patterns as data, beside the words of 王力."""

import pytest

from poetry_model.verse_forms import FORMS, form_for, verse_form

# 《诗词格律》 第二章: the strict patterns of 五律, first line unrhymed and 仄起.
WANG_LI_WULV = ("仄仄平平仄", "平平仄仄平", "平平平仄仄", "仄仄仄平平") * 2


def test_the_pattern_of_a_wulv_is_wang_lis() -> None:
    patterns = {pattern.name: pattern for pattern in verse_form("五律").patterns}
    assert tuple(line.name for line in patterns["仄起首句不入韵"].lines) == WANG_LI_WULV


def test_patterns_are_named_by_second_tone_and_first_rhyme() -> None:
    for form in FORMS:
        assert {pattern.name for pattern in verse_form(form).patterns} == {
            "仄起首句不入韵",
            "仄起首句入韵",
            "平起首句不入韵",
            "平起首句入韵",
        }


@pytest.mark.parametrize("form", FORMS)
def test_every_template_is_as_long_as_the_line(form: str) -> None:
    found = verse_form(form)
    for pattern in found.patterns:
        assert len(pattern.lines) == found.line_count
        for line in pattern.lines:
            assert {len(template) for template in line.templates} == {found.line_length}
            assert all(template[-1] == line.name[-1] for template in line.templates)


def test_shapes_find_their_names() -> None:
    assert form_for(5, 8).name == "五律"
    assert form_for(7, 4) is verse_form("七绝")
    assert (form_for(7, 5).name, form_for(7, 5).size) == ("七言", 35)
    assert (verse_form("五言", 6).lengths, verse_form("五言").line_count) == ((5,) * 6, 4)


def test_an_unknown_name_has_no_form() -> None:
    with pytest.raises(KeyError):
        verse_form("八股")
