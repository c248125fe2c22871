"""Days of the week as people write them."""

import pytest

from bot.services.weekdays import days_of, read_weekdays


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("周一三五", "135"),
        ("週一三五", "135"),
        ("周一、三、五", "135"),
        ("周一,周三", "13"),
        ("星期二", "2"),
        ("每周六", "6"),
        ("礼拜天", "7"),
        ("周日", "7"),
        ("周六日", "67"),
        ("周一到周五", "12345"),
        ("周一至五", "12345"),
        ("周五到周一", "1567"),
        ("周一～周三", "123"),
        ("工作日", "12345"),
        ("平日", "12345"),
        ("周末", "67"),
        ("週末", "67"),
        ("每天", "1234567"),
        ("weekdays", "12345"),
        ("Weekend", "67"),
        ("Mon,Wed", "13"),
        ("mon-fri", "12345"),
        ("Tues&Thurs", "24"),
        ("Sundays", "7"),
        ("daily", "1234567"),
    ],
)
def test_days_are_read_as_people_write_them(text: str, days: str) -> None:
    week = read_weekdays(text)
    assert week is not None
    assert "".join(str(day + 1) for day in days_of(week)) == days


@pytest.mark.parametrize("text", ["", "月", "周", "一三五", "周八", "周瑜", "monk", "sunset"])
def test_other_words_are_none(text: str) -> None:
    assert read_weekdays(text) is None


def test_no_week_in_particular_is_every_day() -> None:
    assert days_of(None) == (0, 1, 2, 3, 4, 5, 6)
