"""What comes late is made ready earlier the next time."""

from datetime import UTC, datetime, timedelta

from bot.services.punctuality import Punctuality

NOON = datetime(2026, 5, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_what_was_late_is_made_up_for_with_a_margin() -> None:
    habit = Punctuality()
    habit.came(NOON, NOON + SECOND)
    assert SECOND < habit.earlier < 1.5 * SECOND


def test_what_was_lined_up_before_teaches_nothing_new() -> None:
    habit = Punctuality()
    habit.came(NOON, NOON + SECOND)
    learnt = habit.earlier
    habit.came(NOON + SECOND / 2, NOON + 1.5 * SECOND)
    assert habit.earlier == learnt
    habit.came(NOON + 2 * SECOND, NOON + 2.5 * SECOND)
    assert habit.earlier > learnt


def test_what_comes_in_time_lets_it_fade() -> None:
    habit = Punctuality()
    habit.came(NOON, NOON + SECOND)
    learnt = habit.earlier
    for _ in range(700):
        habit.came(NOON + SECOND, NOON)
    assert habit.earlier < learnt / 500


def test_nothing_is_made_ready_long_before() -> None:
    habit = Punctuality()
    for hour in range(5):
        slot = NOON + timedelta(hours=hour)
        habit.came(slot, slot + timedelta(minutes=1))
    assert habit.earlier <= 3 * SECOND


def test_who_is_always_late_is_let_go_on() -> None:
    habit = Punctuality()
    habit.came(NOON, NOON + SECOND)
    assert not habit.is_hopeless(NOON + 30 * SECOND)
    assert habit.is_hopeless(NOON + 32 * SECOND)
    habit.came(NOON + 40 * SECOND, NOON + 33 * SECOND)
    assert not habit.is_hopeless(NOON + 99 * SECOND)


def test_a_clock_that_is_set_back_gives_no_hope_up() -> None:
    habit = Punctuality()
    habit.came(NOON, NOON + SECOND)
    habit.came(NOON - 100 * SECOND, NOON - 99 * SECOND)
    assert not habit.is_hopeless(NOON - 80 * SECOND)
    assert habit.is_hopeless(NOON - 60 * SECOND)
