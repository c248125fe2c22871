"""The judge sees what it is there to see."""

from dataclasses import replace

import pytest

from bot.simulation.judge import Asked, Verdict, judge
from bot.simulation.telegram import MOVED_BY, Kind

FIRST = Asked(at=100.0, chat_id=1, text="月", worker=1, kind=Kind.YES, answered_at=100.2)
LATER = replace(FIRST, at=500.0, worker=2, answered_at=500.2)
DUE = [(1, 90.0)]


def verdict(
    *asked: Asked,
    deaths: dict[int, float] | None = None,
    due: list[tuple[int, float]] | None = None,
    blocked: frozenset[int] = frozenset(),
) -> Verdict:
    return judge(due or DUE, asked, deaths or {}, set(blocked))


def test_a_poem_that_arrived_once_is_good() -> None:
    result = verdict(FIRST)
    assert (result.due, result.sent, result.missed) == (1, 1, 0)
    assert result.good


def test_a_poem_that_did_not_arrive_is_missed() -> None:
    result = verdict(replace(FIRST, kind=Kind.TOO_FAST))
    assert result.missed == 1
    assert not result.good


def test_who_has_blocked_the_bot_misses_nothing() -> None:
    result = verdict(replace(FIRST, kind=Kind.BLOCKED), blocked=frozenset({1}))
    assert (result.missed, result.blocked, result.good) == (0, 1, True)


def test_a_planted_duplicate_is_caught() -> None:
    result = verdict(FIRST, LATER)
    assert result.twice_other == 1
    assert not result.good


def test_another_poem_for_the_same_day_is_a_duplicate_too() -> None:
    result = verdict(FIRST, replace(LATER, text="秋"))
    assert result.twice_other == 1
    assert not result.good


def test_a_duplicate_after_a_lost_answer_is_allowed() -> None:
    result = verdict(replace(FIRST, kind=Kind.LOST), LATER)
    assert (result.twice_lost, result.good) == (1, True)


@pytest.mark.parametrize(("died", "allowed"), [(100.1, True), (100.2, True), (300.0, False)])
def test_a_duplicate_after_a_death_is_allowed_where_the_yes_was_not_noted(
    died: float, allowed: bool
) -> None:
    result = verdict(FIRST, LATER, deaths={1: died})
    assert (result.twice_killed == 1) is allowed
    assert result.good is allowed


def test_a_group_that_moved_is_the_same_chat() -> None:
    there = replace(FIRST, chat_id=MOVED_BY - 7)
    assert verdict(there, due=[(-7, 90.0)]).good


def one_each(count: int, apart: float) -> list[Asked]:
    return [
        replace(FIRST, at=100 + n * apart, chat_id=n, answered_at=101 + n * apart)
        for n in range(1, count + 1)
    ]


def test_thirty_one_messages_in_a_second_are_one_too_many() -> None:
    due = [(n, 90.0) for n in range(1, 32)]
    assert verdict(*one_each(30, 0.01), due=due[:30]).exceeded_over_all == 0
    exceeded = verdict(*one_each(31, 0.01), due=due)
    assert exceeded.exceeded_over_all == 1
    assert not exceeded.good
    assert verdict(*one_each(31, 1 / 29.5), due=due).good


def test_two_messages_in_a_second_of_a_chat_are_one_too_many() -> None:
    both = [(1, 90.0), (1, 91.0)]
    other = replace(LATER, text="秋")
    assert verdict(FIRST, replace(other, at=101.0), due=both).good
    assert verdict(FIRST, replace(other, at=100.9), due=both).exceeded_chat == 1


def test_twenty_one_messages_in_a_minute_of_a_group_are_one_too_many() -> None:
    def said(count: int) -> list[Asked]:
        return [replace(FIRST, chat_id=-7, at=100 + 2 * n, is_reply=True) for n in range(count)]

    blocked = frozenset({1})
    assert verdict(*said(20), blocked=blocked).exceeded_group == 0
    assert verdict(*said(21), blocked=blocked).exceeded_group == 1


def test_a_message_in_spite_of_a_429_is_seen() -> None:
    refused = replace(FIRST, kind=Kind.TOO_FAST, retry_after=30)
    assert verdict(refused, replace(FIRST, at=120.0, answered_at=120.2)).asked_in_pause == 1
    assert verdict(refused, replace(FIRST, at=130.3, answered_at=130.5)).asked_in_pause == 0


def test_the_drain_is_measured_in_full_minutes() -> None:
    due = [(n, 60.0) for n in range(1, 10_001)]
    result = verdict(*[replace(each, at=each.at - 40) for each in one_each(10_000, 0.04)], due=due)
    assert result.drain == pytest.approx(25, abs=0.1)
