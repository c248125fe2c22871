"""Who is subscribed: where people live, when they want their poem, and when that is.

The instant comes first and the local hour from it, so that what is expected is not calculated
by what is tested.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.storage import Enrolment

# Zones and how many of a hundred thousand live there: most read Chinese at home.
ZONES = {
    "Asia/Shanghai": 70_000,
    "Asia/Taipei": 6_000,
    "Asia/Hong_Kong": 4_000,
    "Asia/Urumqi": 1_000,
    "Asia/Singapore": 3_000,
    "Asia/Kuala_Lumpur": 2_500,
    "Asia/Tokyo": 1_500,
    "Asia/Kathmandu": 200,
    "Asia/Kolkata": 300,
    "Australia/Sydney": 1_500,
    "Australia/Lord_Howe": 100,
    "Europe/London": 1_500,
    "Europe/Berlin": 1_400,
    "America/New_York": 3_000,
    "America/Los_Angeles": 3_000,
    "America/St_Johns": 200,
    "America/Sao_Paulo": 500,
    "Africa/Cairo": 200,
    "Pacific/Chatham": 100,
}
QUARTER = timedelta(minutes=15)
THEMES = ("", "", "", "月", "秋夜", "江南")
FORMS = (None, None, "七绝", "五律")
_GROUPS = 0.02
_SECOND = 0.01  # of the chats have a second daily poem, a little later


@dataclass(frozen=True)
class Expected:
    """A poem that is due: to which chat, when."""

    chat_id: int
    due: datetime


def enrolments(
    count: int, first: datetime, last: datetime, chance: random.Random
) -> Iterator[tuple[Enrolment, Expected]]:
    """Subscriptions that are due from `first` to `last`, and when; each due once."""
    moments = [first + n * QUARTER for n in range(int((last - first) / QUARTER) + 1)]
    # At breakfast in China, the middle of the span, half of all want theirs.
    weights = [len(moments) if n == len(moments) // 2 else 1 for n in range(len(moments))]
    zones = chance.choices(list(ZONES), list(ZONES.values()), k=count)
    for number, zone in enumerate(zones, start=1):
        chat_id = -number if chance.random() < _GROUPS else number
        due = chance.choices(moments, weights)[0]
        yield _enrolment(chat_id, zone, due, first, chance)
        if chance.random() < _SECOND:
            yield _enrolment(chat_id, zone, due + 3 * QUARTER, first, chance)


def _enrolment(
    chat_id: int, zone: str, due: datetime, first: datetime, chance: random.Random
) -> tuple[Enrolment, Expected]:
    enrolment = Enrolment(
        chat_id=chat_id,
        user_id=abs(chat_id),
        local_time=due.astimezone(ZoneInfo(zone)).time(),
        timezone=zone,
        theme=chance.choice(THEMES),
        form=chance.choice(FORMS),
        since=first - timedelta(hours=3),
    )
    return enrolment, Expected(chat_id, due)
