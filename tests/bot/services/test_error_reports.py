"""Where an error came from, and how often it is told."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.services import error_reports
from bot.services.error_reports import MOST, PERIOD, SAME_ERROR_AGAIN, Throttle, place_of
from bot.storage.database import parse_url

NOW = datetime(2026, 5, 2, 4, 30, tzinfo=UTC)


def raised_by_us() -> Exception:
    """An error that came through a module of ours."""
    with pytest.raises(Exception, match="DATABASE_URL") as caught:
        parse_url("nonsense")
    return caught.value


def admitted(throttle: Throttle, error: Exception, at: datetime) -> int | None:
    """How many were held back before this one; None where it is held back itself."""
    report = throttle.admit(error, during="message", update_id=1, now=at)
    return None if report is None else report.held_back


def test_the_place_is_the_last_line_of_ours() -> None:
    place = place_of(raised_by_us())
    module, _, line = place.partition(":")
    assert module == "bot.storage.database"
    assert line.isdigit()


def test_what_caused_it_says_more_than_where_it_was_noticed() -> None:
    noticed_later = KeyError("noticed later")
    noticed_later.__cause__ = raised_by_us()
    assert place_of(noticed_later).startswith("bot.storage.database:")
    group = ExceptionGroup("several", [raised_by_us()])
    assert place_of(group).startswith("bot.storage.database:")


def test_an_error_of_others_has_no_place() -> None:
    assert place_of(KeyError("never raised")) == ""


def test_a_report_holds_no_word_of_the_error() -> None:
    report = Throttle().admit(ValueError("月下独酌"), during="message", update_id=7, now=NOW)
    assert report == error_reports.ErrorReport("ValueError", "", "message", 7, 0)
    assert "月" not in repr(report)


def test_the_same_error_is_told_once_in_a_while_and_the_rest_is_counted() -> None:
    throttle, error = Throttle(), raised_by_us()
    assert admitted(throttle, error, NOW) == 0
    assert [admitted(throttle, error, NOW + timedelta(minutes=m)) for m in (1, 9)] == [None, None]
    assert admitted(throttle, ValueError(), NOW + timedelta(minutes=9)) == 2
    assert admitted(throttle, error, NOW + SAME_ERROR_AGAIN) == 0


def test_a_storm_of_different_errors_is_cut_short() -> None:
    throttle = Throttle()
    kinds = [type(f"Error{number}", (Exception,), {}) for number in range(MOST + 3)]
    told = [admitted(throttle, kind(), NOW) for kind in kinds]
    assert told == [0] * MOST + [None] * 3
    assert admitted(throttle, kinds[-1](), NOW + PERIOD) == 3
