"""The line format that score and check read."""

import json

import pytest

from poetry_model import BadRequest
from poetry_model.poem_rows import PoemRow, read_rows


def test_a_tabbed_row() -> None:
    rows = ["五绝\t登鹳雀楼\t白日依山尽/黄河入海流\n"]
    assert list(read_rows(rows)) == [PoemRow("五绝", "登鹳雀楼", ("白日依山尽", "黄河入海流"))]


def test_the_title_may_be_empty_and_empty_rows_are_passed_over() -> None:
    rows = ["\ufeff五绝\t\t白日依山尽\r\n", "\n", "  \n", "七绝\t\t两个黄鹂鸣翠柳"]
    assert [row.form for row in read_rows(rows)] == ["五绝", "七绝"]
    assert next(read_rows(rows)).title == ""


def test_an_object_as_generate_prints_it() -> None:
    poem = {"form": "五绝", "theme": "月", "heads": None, "lines": ["白日依山尽"], "ms": 1.5}
    assert list(read_rows([json.dumps(poem)])) == [PoemRow("五绝", "月", ("白日依山尽",))]


@pytest.mark.parametrize(
    "row",
    [
        "白日依山尽",
        "五绝\t白日依山尽",
        "五绝\ta\tb\tc",
        "五绝\t\t白日依山尽，黄河入海流",
        "五绝\t\t白日/",
        "五绝\t\t",
        '{"form": "五绝"}',
        '{"lines": ["月"]}',
        '{"form": "五绝", "lines": 3}',
        '{"form": "五绝", "lines": [""]}',
        "{broken",
    ],
)
def test_anything_else_is_refused_with_its_row_number(row: str) -> None:
    with pytest.raises(BadRequest, match="row 2"):
        list(read_rows(["五绝\t\t白日依山尽", row]))
