"""What a day offers: festivals, solar terms, seasons."""

from datetime import date, timedelta

import pytest

from bot.locales import LANGUAGES, speak
from bot.services.seasons import occasion, theme_for, themes_of
from poetry_model import Poet
from poetry_model.requests import checked_theme
from poetry_model.themes import Taken, read_theme

DAYS = [date(2025, 1, 1) + timedelta(days=number) for number in range(4 * 365)]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        # The observatory of Hong Kong has these dates.
        ("2025-01-29", "春节"),
        ("2026-02-17", "春节"),
        ("2027-02-06", "春节"),
        ("2025-01-28", "除夕"),
        ("2026-02-16", "除夕"),
        ("2026-03-03", "元宵"),
        ("2025-05-31", "端午"),
        ("2026-06-19", "端午"),
        ("2025-08-29", "七夕"),
        ("2025-10-06", "中秋"),
        ("2026-09-25", "中秋"),
        ("2027-09-15", "中秋"),
        ("2026-10-18", "重阳"),
        ("2026-01-26", "腊八"),
        ("2026-04-05", "清明"),
        ("2026-04-04", "寒食"),
        ("2026-12-22", "冬至"),
        ("2026-02-04", "立春"),
        ("2026-06-05", "芒种"),
        ("2026-09-07", "白露"),
        ("2026-02-05", None),
    ],
)
def test_festivals_and_solar_terms_fall_on_their_days(day: str, name: str | None) -> None:
    found = occasion(date.fromisoformat(day))
    assert (found.name if found else None) == name


def test_a_month_that_is_leapt_in_has_no_festivals() -> None:
    assert occasion(date(2028, 5, 28)) is not None  # 端午
    assert occasion(date(2028, 6, 27)) is None  # the fifth of the fifth month again


@pytest.mark.parametrize("year", range(2025, 2045))
def test_every_year_has_every_term_but_those_that_fall_on_a_festival(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    found = [each.name for each in map(occasion, days) if each]
    # A Chinese year may end twice in one of the world's.
    assert all(found.count(name) == 1 for name in set(found) - {"腊八", "除夕"})
    assert {"春节", "元宵", "端午", "七夕", "中秋", "重阳"} <= set(found)
    assert {"清明", "冬至"} <= set(found)
    assert len([name for name in found if name in TERMS]) >= 20


TERMS = "立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑"
TERMS += " 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至 小寒 大寒"


def test_an_occasion_leads_the_theme_and_any_other_day_has_the_season() -> None:
    assert {theme_for(date(2026, 9, 25), choice) for choice in range(9)} == {
        "中秋",
        "中秋月",
        "月圆",
        "桂影",
        "月夜怀人",
    }
    spring, winter = themes_of(date(2026, 4, 2)), themes_of(date(2026, 12, 31))
    assert "柳色" in set(spring) - set(winter)
    assert "踏雪" in set(winter) - set(spring)


def test_seasons_turn_with_the_sun_and_not_with_the_month() -> None:
    assert "围炉" in themes_of(date(2026, 2, 3))
    assert "围炉" not in themes_of(date(2026, 2, 5))
    assert "新秋" in themes_of(date(2026, 8, 8))


def test_every_day_has_themes_that_the_poet_can_take_as_they_stand() -> None:
    poet = Poet.load()
    for theme in sorted({theme for day in DAYS for theme in themes_of(day)}):
        checked_theme(theme)
        reading = read_theme(theme, poet.vocabulary)
        assert reading.taken is not Taken.FREELY, theme


def test_every_occasion_has_its_name_in_every_language() -> None:
    found = {each.code: each for each in map(occasion, DAYS) if each}
    assert len(found) == 35
    for language in LANGUAGES:
        said = [speak(language)("occasion", code=code) for code in found]
        assert len(set(said)) == len(found)
    assert all(
        speak("zh-Hans")("occasion", code=each.code) == f"今日{each.name}"
        for each in found.values()
    )
