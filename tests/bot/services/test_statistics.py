"""Days of a zone, and their picture."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot.services.day_plot import draw_days
from bot.services.statistics import beginnings

TODAY = date(2026, 5, 2)


def test_days_follow_each_other_without_a_gap() -> None:
    days = beginnings(TODAY, ZoneInfo("Asia/Shanghai"))
    assert len(days) == 31
    lengths = {later - earlier for earlier, later in pairwise(days)}
    assert lengths == {timedelta(days=1)}
    assert (days[-2].date(), days[0].date()) == (TODAY, date(2026, 4, 3))


@pytest.mark.parametrize("counts", [[0] * 30, [1] * 30, [*range(29), 1_000_000], [3]])
def test_any_numbers_make_a_picture(counts: Sequence[int]) -> None:
    picture = Image.open(io.BytesIO(draw_days(counts, TODAY)))
    assert (picture.format, picture.size) == ("PNG", (1200, 540))


def test_today_is_red() -> None:
    def reds(counts: list[int]) -> int:
        picture = Image.open(io.BytesIO(draw_days(counts, TODAY))).convert("RGB")
        return sum(
            count
            for count, colour in picture.getcolors(2**24) or ()
            if colour == (0xB2, 0x3A, 0x2E)
        )

    assert reds([5] * 29 + [5]) > 1000
    assert reds([5] * 29 + [0]) == 0
