"""Days of a zone, and their picture."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PIL import Image

from bot.services.day_plot import draw_days
from bot.services.statistics import beginnings

TODAY = date(2026, 5, 2)
INK, SEAL = (0x55, 0x56, 0x5A), (0xB2, 0x3A, 0x2E)


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
        return sum(count for count, colour in picture.getcolors(2**24) or () if colour == SEAL)

    assert reds([5] * 29 + [5]) > 1000
    assert reds([5] * 29 + [0]) == 0


def _columns(counts: Sequence[int], colour: tuple[int, int, int], top: int = 0) -> list[int]:
    """The columns of pixels in which a colour is, in order: of the rows from `top` downwards."""
    picture = Image.open(io.BytesIO(draw_days(counts, TODAY))).convert("RGB")
    rows = np.asarray(picture)[top:]
    return [int(at) for at in np.flatnonzero((rows == colour).all(axis=2).any(axis=0))]


@pytest.mark.parametrize(
    "counts",
    [
        [0] * 27 + [120, 119, 118],
        [0] * 26 + [12000, 11999, 1234, 11998],
        [0] * 28 + [1_234_567, 1_200_000],
        [0] * 24 + [123_456, 0, 0, 0, 0, 123_455],
        [100] * 28 + [120, 110],
    ],
)
def test_the_highest_number_and_todays_do_not_meet(counts: Sequence[int]) -> None:
    others, todays = _columns(counts, INK), _columns(counts, SEAL)
    assert others[-1] < todays[0]


def test_the_number_over_the_first_day_stays_off_the_heights() -> None:
    counts = [123_456] + [0] * 29
    whole, bar = _columns(counts, INK), _columns(counts, INK, top=300)
    assert len(whole) > 2 * len(bar)
    assert whole[0] >= bar[0]
