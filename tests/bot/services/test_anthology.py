"""Months and spellings: the pure parts of leafing through poems."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.services.anthology import Month, Selection, by_month, spellings
from bot.storage import Shelf

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")


def test_a_month_begins_by_the_clock_of_the_zone() -> None:
    since, until = Month(2026, 12).span(SHANGHAI)
    assert since.astimezone(UTC) == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert until.astimezone(UTC) == datetime(2026, 12, 31, 16, tzinfo=UTC)


def test_a_month_in_which_the_clock_changes_has_its_true_length() -> None:
    since, until = Month(2026, 3).span(NEW_YORK)
    assert (until.astimezone(UTC) - since.astimezone(UTC)).total_seconds() == 31 * 86400 - 3600


@given(some.integers(3_000_000, 4_000_000_000))
def test_every_instant_lies_in_the_month_it_is_counted_in(second: int) -> None:
    instant = datetime.fromtimestamp(second, UTC)
    ((month, count),) = by_month([instant], NEW_YORK).items()
    since, until = month.span(NEW_YORK)
    assert count == 1
    assert since <= instant < until
    assert Month.of_number(month.number) == month


@pytest.mark.parametrize("number", [0, 7, 202600, 202613, 999999999])
def test_what_is_no_month_is_refused(number: int) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the standard library's own words
        Month.of_number(number)


@pytest.mark.parametrize(
    ("word", "found"),
    [("月", {"月"}), ("发", {"发", "發", "髮"}), ("發", {"發", "发"}), ("moon", {"moon"})],
)
def test_a_word_is_looked_for_in_every_spelling(word: str, found: set[str]) -> None:
    assert set(spellings(word)) == found


def test_words_that_are_both_wanted_are_two_conditions() -> None:
    wanted = Selection(Shelf.FAVOURITES, words="月 山").filter(SHANGHAI)
    assert wanted.words == (("月",), ("山",))
    assert (wanted.since, wanted.until, wanted.form, wanted.theme) == (None, None, None, None)
