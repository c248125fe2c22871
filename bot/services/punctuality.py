"""How much earlier than planned things must be made ready here, learnt from what came late.

Between taking a slot and using it lies a word with the database. Near by it takes a few
milliseconds; at the other end of a country, or on a disk that is slow to commit, longer than
anybody would wait for each message. Whoever always came too late would never send anything.

It decides and waits for nothing; the instants come in as arguments.
"""

from datetime import datetime, timedelta

_NONE = timedelta(0)
_MARGIN = 1.25  # what was late once will be later another time
_FADES = 0.99  # with each that came in time: half of it is gone after seventy
_MOST = timedelta(seconds=3)  # answers to people wait behind what was taken so early
_PATIENCE = timedelta(seconds=30)  # after which being late is better than never


class Punctuality:
    """Of one process."""

    def __init__(self) -> None:
        self.earlier = _NONE  # than planned
        self._learnt_at: datetime | None = None
        self._late_since: datetime | None = None  # nothing came in time since then

    def came(self, slot: datetime, now: datetime) -> None:
        """Something is ready now, for its slot. What was lined up before we learnt the last
        time teaches nothing new."""
        if now <= slot:
            self._late_since = None
            self.earlier *= _FADES
            return
        self._late_since = min(self._late_since or now, now)  # clocks are set back
        if self._learnt_at is None or slot > self._learnt_at:
            self._learnt_at = now
            self.earlier = min(self.earlier + _MARGIN * (now - slot), _MOST)

    def is_hopeless(self, now: datetime) -> bool:
        """Whether nothing has come in time for so long that nothing will."""
        return self._late_since is not None and now - self._late_since > _PATIENCE
