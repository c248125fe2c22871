"""Zones as people write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.services.data import CITIES
from bot.services.zones import (
    MOST_PLACES,
    places_at,
    read_place_in_passing,
    read_places,
    same_clock,
    zone_at,
)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("东京", "Asia/Tokyo"),
        ("東京", "Asia/Tokyo"),
        ("東京都", "Asia/Tokyo"),
        ("Tokyo", "Asia/Tokyo"),
        ("dongjing", "Asia/Tokyo"),
        ("北京", "Asia/Shanghai"),
        ("北京市", "Asia/Shanghai"),
        ("北京时间", "Asia/Shanghai"),
        ("Xi'an", "Asia/Shanghai"),
        ("xian", "Asia/Shanghai"),
        ("Peking", "Asia/Shanghai"),
        ("紐約", "America/New_York"),
        ("new york", "America/New_York"),
        ("NYC", "America/New_York"),
        ("美东时间", "America/New_York"),
        ("旧金山", "America/Los_Angeles"),
        ("München", "Europe/Berlin"),
        ("Munich", "Europe/Berlin"),
        ("伊萨卡", "America/New_York"),
        ("Ithaca", "America/New_York"),
        ("英国剑桥", "Europe/London"),
        ("Cambridge, UK", "Europe/London"),
        ("London, Canada", "America/Toronto"),
        ("伦敦", "Europe/London"),
        ("Paris", "Europe/Paris"),
        ("香港", "Asia/Hong_Kong"),
        ("台北", "Asia/Taipei"),
        ("日本", "Asia/Tokyo"),
        ("中国", "Asia/Shanghai"),
        ("法國", "Europe/Paris"),
        ("New Zealand", "Pacific/Auckland"),
        ("瑙鲁", "Pacific/Nauru"),
        ("Asia/Kathmandu", "Asia/Kathmandu"),
        ("america/new_york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("Lord Howe", "Australia/Lord_Howe"),
        ("豪勳爵島", "Australia/Lord_Howe"),
        ("复活节岛", "Pacific/Easter"),
        ("新西兰奥克兰", "Pacific/Auckland"),
        ("Auckland", "Pacific/Auckland"),
        ("美国奥克兰", "America/Los_Angeles"),
        ("华盛顿", "America/New_York"),
        ("布鲁克林", "America/New_York"),
        ("伯斯", "Australia/Perth"),
        ("聖迭戈", "America/Los_Angeles"),
        ("圣地亚哥", "America/Santiago"),
        ("夏威夷", "Pacific/Honolulu"),
        ("Hawaii time", "Pacific/Honolulu"),
        ("安大略", "America/Toronto"),
        ("Ontario", "America/Toronto"),
        ("Ontario, USA", "America/Los_Angeles"),
        ("UTC", "Etc/UTC"),
        ("GMT", "Etc/UTC"),
    ],
)
def test_a_place_has_a_zone(text: str, zone: str) -> None:
    assert [place.zone for place in read_places(text)] == [zone]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("UTC+8", 8),
        ("utc＋8", 8),
        ("GMT-5", -5),
        ("+05:45", 5.75),
        ("UTC+5:30", 5.5),
        ("+0530", 5.5),
        ("GMT-3:30", -3.5),
        ("东八区", 8),
        ("東八區", 8),
        ("西五区", -5),
        ("东十二区", 12),
        ("UTC+14", 14),
        ("UTC-12", -12),
        ("零时区", 0),
        ("+0", 0),
        ("UTC8", 8),
        ("utc 8", 8),
        ("GMT08:00", 8),
    ],
)
def test_an_offset_is_a_clock_that_shows_it(text: str, hours: float) -> None:
    (place,) = read_places(text)
    winter = datetime(2026, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(place.zone)).utcoffset()
    summer = datetime(2026, 7, 1, tzinfo=UTC).astimezone(ZoneInfo(place.zone)).utcoffset()
    assert timedelta(hours=hours) in (winter, summer)


@pytest.mark.parametrize(
    "text", ["", "月", "火星", "Mars/Olympus", "UTC+15", "+99:00", "UTC+8:17", "8", "IST"]
)
def test_what_is_no_place_is_none(text: str) -> None:
    assert read_places(text) == ()


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("Portland", ["America/Los_Angeles", "America/New_York"]),
        ("剑桥", ["Europe/London", "America/Toronto", "America/New_York"]),
        ("Springfield", ["America/Chicago", "America/New_York", "America/Los_Angeles"]),
        ("奥克兰", ["Pacific/Auckland", "America/Los_Angeles"]),
        ("哈利法克斯", ["America/Halifax", "Europe/London"]),
        ("乌鲁木齐", ["Asia/Shanghai", "Asia/Urumqi"]),
    ],
)
def test_a_name_of_several_places_leaves_a_choice(text: str, zones: list[str]) -> None:
    assert [place.zone for place in read_places(text)] == zones


@pytest.mark.parametrize("text", ["美国", "俄罗斯", "Australia", "加拿大", "Mexico", "巴西"])
def test_a_country_of_many_clocks_leaves_a_choice_between_them(text: str) -> None:
    places = read_places(text)
    assert 3 <= len(places) <= MOST_PLACES
    assert not any(
        same_clock(one.zone, other.zone) for one in places for other in places if one != other
    )


@pytest.mark.parametrize("theme", ["月", "春日", "秋夜", "青梅", "朝霞", "西湖", "美国", "长安"])
def test_a_word_in_passing_that_may_be_a_theme_is_no_place(theme: str) -> None:
    assert read_place_in_passing(theme, "Asia/Shanghai") == ()


def test_a_city_of_ones_own_clock_says_nothing_about_the_time() -> None:
    assert read_place_in_passing("洛阳", "Asia/Shanghai") == ()
    assert read_place_in_passing("洛阳", "Asia/Taipei") == ()
    assert [place.zone for place in read_place_in_passing("洛阳", "Europe/Paris")] == [
        "Asia/Shanghai"
    ]
    assert [place.zone for place in read_place_in_passing("北京时间", "Asia/Shanghai")] == [
        "Asia/Shanghai"
    ]


@pytest.mark.parametrize(
    ("city", "zone"),
    [("台北", "Asia/Taipei"), ("香港", "Asia/Hong_Kong"), ("新加坡", "Asia/Singapore")],
)
def test_a_city_that_another_zone_is_named_after_is_meant_though_it_shows_the_same(
    city: str, zone: str
) -> None:
    assert [place.zone for place in read_place_in_passing(city, "Asia/Shanghai")] == [zone]
    assert read_place_in_passing(city, zone) == ()


@pytest.mark.parametrize(
    ("latitude", "longitude", "zones"),
    [
        (35.68, 139.69, ["Asia/Tokyo"]),
        (-31.55, 159.08, ["Australia/Lord_Howe"]),
        (43.8, 87.6, ["Asia/Shanghai", "Asia/Urumqi"]),
        (0.0, -150.0, ["Etc/GMT+10"]),
    ],
)
def test_a_point_on_earth_has_a_clock(latitude: float, longitude: float, zones: list[str]) -> None:
    assert [place.zone for place in places_at(latitude, longitude)] == zones


@given(some.floats(-90, 90), some.floats(-180, 180))
def test_every_point_on_earth_has_a_clock_that_this_machine_knows(
    latitude: float, longitude: float
) -> None:
    places = places_at(latitude, longitude)
    assert places
    assert all(zone_at(place.zone) for place in places)


@given(some.text())
def test_whatever_is_written_gives_zones_that_this_machine_knows_or_none(text: str) -> None:
    assert all(zone_at(place.zone) for place in read_places(text))


def test_every_city_of_the_table_is_in_a_zone_that_this_machine_knows() -> None:
    lines = CITIES.read_text("utf-8").splitlines()
    assert len(lines) > 10_000
    assert {line.split("\t")[2] for line in lines if not zone_at(line.split("\t")[2])} == set()
    assert CITIES.stat().st_size < 900_000
