"""Every reason for which a request is refused, and what is understood."""

import pytest

from poetry_model import BadRequest, PoemRequest, find_form
from poetry_model.requests import checked_form, checked_theme, punctuate

REFUSED = [
    (PoemRequest(form="八股"), "form", "unknown_form"),
    (PoemRequest(form=""), "form", "unknown_form"),
    (PoemRequest(theme="月" * 41), "theme", "theme_too_long"),
    (PoemRequest(theme="x" * 10_000), "theme", "theme_too_long"),
    (PoemRequest(theme="moon"), "theme", "theme_without_han"),
    (PoemRequest(theme="😀"), "theme", "theme_without_han"),
    (PoemRequest(heads=""), "heads", "heads_count"),
    (PoemRequest(heads="春"), "heads", "heads_count"),
    (PoemRequest(heads="春" * 17), "heads", "heads_count"),
    (PoemRequest(heads="春夏秋😀"), "heads", "heads_not_han"),
    (PoemRequest(heads="春夏 冬"), "heads", "heads_not_han"),
    (PoemRequest(heads="abcd"), "heads", "heads_not_han"),
    (PoemRequest(form="七律", heads="春夏秋冬"), "heads", "heads_form_mismatch"),
    (PoemRequest(form="七绝", heads="春夏秋"), "heads", "heads_form_mismatch"),
    (PoemRequest(heads="春夏", first_line="床前明月光"), "heads", "heads_first_line_mismatch"),
    (PoemRequest(first_line=""), "first_line", "first_line_not_han"),
    (PoemRequest(first_line="床前明月,"), "first_line", "first_line_not_han"),
    (PoemRequest(first_line="hello"), "first_line", "first_line_not_han"),
    (PoemRequest(first_line="床前明月"), "first_line", "first_line_length"),
    (PoemRequest(first_line="月" * 6), "first_line", "first_line_length"),
    (PoemRequest(form="七绝", first_line="床前明月光"), "first_line", "first_line_length"),
    (PoemRequest(script="martian"), "script", "unknown_script"),
]


def check(request: PoemRequest) -> str:
    checked_theme(request.theme)
    return checked_form(request).name


@pytest.mark.parametrize(("request_", "argument", "reason"), REFUSED)
def test_what_cannot_be_served_is_named(request_: PoemRequest, argument: str, reason: str) -> None:
    with pytest.raises(BadRequest) as refused:
        check(request_)
    assert (refused.value.argument, refused.value.reason) == (argument, reason)
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith(argument.replace("_", " "))


@pytest.mark.parametrize(
    ("request_", "form"),
    [
        (PoemRequest(), "七绝"),
        (PoemRequest(form="五言律詩"), "五律"),
        (PoemRequest(first_line="床前明月光"), "五绝"),
        (PoemRequest(first_line="醉后不知天在水"), "七绝"),
        (PoemRequest(form="五律", first_line="床前明月光"), "五律"),
        (PoemRequest(heads="春夏秋冬"), "七绝"),
        (PoemRequest(heads="春夏秋冬梅兰竹菊"), "七律"),
        (PoemRequest(form="五律", heads="春夏秋冬梅兰竹菊"), "五律"),
        (PoemRequest(heads="春夏秋"), "七言"),
        (PoemRequest(heads="床前", first_line="床前明月光"), "五言"),
        (PoemRequest(heads="床前看月", first_line="床前明月光"), "五绝"),
    ],
)
def test_the_form_follows_from_what_is_given(request_: PoemRequest, form: str) -> None:
    assert check(request_) == form


@pytest.mark.parametrize(("heads", "lines"), [(n * "春", n) for n in range(2, 17)])
def test_a_poem_has_as_many_lines_as_heads(heads: str, lines: int) -> None:
    assert checked_form(PoemRequest(heads=heads)).line_count == lines


def test_a_theme_keeps_its_han_characters() -> None:
    assert checked_theme("<b>秋 夜</b>!") == "秋夜"
    assert checked_theme("  ") == checked_theme("") == ""
    assert checked_theme("月" * 40) == "月" * 40


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("七绝", "七绝"),
        (" 七絕 ", "七绝"),
        ("七言绝句", "七绝"),
        ("QiJue", "七绝"),
        ("绝句", "七绝"),
        ("律詩", "七律"),
        ("wulv", "五律"),
        ("月", None),
        ("", None),
    ],
)
def test_forms_go_by_many_names(word: str, form: str | None) -> None:
    assert find_form(word) == form


def test_punctuation_closes_couplets_and_an_odd_last_line() -> None:
    assert punctuate(("甲", "乙", "丙", "丁")) == "甲，乙。丙，丁。"
    assert punctuate(("甲", "乙", "丙")) == "甲，乙。丙。"


def test_a_first_line_may_open_with_its_head_in_another_variant() -> None:
    assert checked_form(PoemRequest(heads="床夏秋冬", first_line="牀前明月光")).name == "五绝"
