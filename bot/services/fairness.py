"""How often one person, and one group, may have a poem written, so that all get theirs.

The limits are rates of the shared table (`bot.storage.rates`), one for all replicas: a handful at
once, then one each interval. Who is refused is told how long to wait, and has paid nothing. What
comes unasked, as the daily poem does, is not asked here. Inline, where people type key by key, one
has as many queries as elsewhere poems, and these beside those.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from bot.errors import TooSoon
from bot.storage import Rate, RateStore

_KEPT = timedelta(hours=1)  # of what nobody waits for any more
_AS_MANY_IN_A_GROUP = 2  # a group may ask so many times as often as a person


@dataclass(frozen=True)
class Limits:
    """What a person may have; None is without limit."""

    person: Rate | None
    group: Rate | None

    @classmethod
    def of(cls, interval: float, burst: int) -> "Limits":
        """A poem each so many seconds for a person, `burst` at once; 0 seconds: as many as wanted.

        >>> Limits.of(5, 20).group.interval.total_seconds(), Limits.of(0, 20).person
        (2.5, None)
        """
        if interval <= 0:
            return cls(None, None)
        each = timedelta(seconds=interval)
        many = _AS_MANY_IN_A_GROUP
        return cls(Rate(each, burst), Rate(each / many, burst * many))


class Fairness:
    """Lets wishes in. `exempt` are ids of people or chats that need not wait."""

    def __init__(
        self,
        rates: RateStore,
        limits: Limits,
        *,
        clock: Callable[[], datetime],
        exempt: tuple[int, ...] = (),
    ) -> None:
        self._rates = rates
        self._limits = limits
        self._clock = clock
        self._exempt = frozenset(exempt)

    async def admit(self, user_id: int | None, chat_id: int | None) -> None:
        """Counts one poem; without a chat, all poems of one inline query. Raises TooSoon, and
        counts nothing, where it is too early for it."""
        if user_id is None or not self._exempt.isdisjoint({user_id, chat_id}):
            return
        person, group = self._limits.person, self._limits.group
        if person is None or group is None:
            return
        key = f"types:{user_id}" if chat_id is None else f"writes:{user_id}"
        # A key of its own: who writes in the group's name is a person with the group's number.
        others = {f"writes-in:{chat_id}": group} if chat_id is not None and chat_id < 0 else {}
        needs, now = {key: person} | others, self._clock()
        if not await self._rates.take_all(needs, now=now):
            free = await self._rates.free_at(needs)
            raise TooSoon(max(1, ceil((free - now).total_seconds())))

    async def tidy(self) -> None:
        """Forgets who asked, and who was written to, long ago: of all keys of the table, a row
        that has been free for an hour says nothing but that."""
        await self._rates.forget(self._clock() - _KEPT)
