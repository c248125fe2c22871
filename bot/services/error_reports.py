"""What operators are told of an error, and how often. Pure: the time is an argument.

A report says what kind of error it was, where in our code, and on what kind of update: never
what somebody wrote. The same error is told once in a while; a storm of different ones is cut
short, and what was held back is counted.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from traceback import walk_tb

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "poetry_model", "migrations")
SAME_ERROR_AGAIN = timedelta(minutes=10)
MOST = 12  # reports in
PERIOD = timedelta(hours=1)


@dataclass(frozen=True)
class ErrorReport:
    """What is told."""

    error: str  # the name of its class
    place: str  # module:line, the last that is ours; "" where none is
    during: str  # the kind of the update, or the name of the job
    update_id: int | None
    held_back: int  # errors that were not told since the last report


def place_of(error: BaseException) -> str:
    """The last line of ours that an error came through, be it in what caused it.

    >>> place_of(ValueError("never raised"))
    ''
    """
    inner = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else None
    for cause in (inner, error.__cause__):
        if cause is not None and (found := place_of(cause)):
            return found
    frames = walk_tb(error.__traceback__)
    places = [_our_module(frame.f_code.co_filename, line) for frame, line in frames]
    return next((place for place in reversed(places) if place), "")


def _our_module(filename: str, line: int) -> str:
    """`bot.services.poems:12`; "" for a file that is not of ours."""
    path = Path(filename)
    if not path.is_relative_to(ROOT):
        return ""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return f"{'.'.join(parts)}:{line}" if parts[0] in PACKAGES else ""


class Throttle:
    """Who is told what, and when it is enough."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, str], datetime] = {}
        self._recent: deque[datetime] = deque(maxlen=MOST)
        self._held_back = 0

    def admit(
        self, error: BaseException, *, during: str, update_id: int | None, now: datetime
    ) -> ErrorReport | None:
        """The report to send now; None where it is held back."""
        name, place = type(error).__name__, place_of(error)
        if self._is_too_much((name, place), now):
            self._held_back += 1
            return None
        self._note((name, place), now)
        held_back, self._held_back = self._held_back, 0
        return ErrorReport(name, place, during, update_id, held_back)

    def _is_too_much(self, key: tuple[str, str], now: datetime) -> bool:
        told = self._told.get(key)
        again = told is not None and now - told < SAME_ERROR_AGAIN
        storm = len(self._recent) == MOST and now - self._recent[0] < PERIOD
        return again or storm

    def _note(self, key: tuple[str, str], now: datetime) -> None:
        """Remembers no more than matters: errors are few, but the process may live for years."""
        old = [each for each, told in self._told.items() if now - told >= SAME_ERROR_AGAIN]
        for each in old:
            del self._told[each]
        self._told[key] = now
        self._recent.append(now)
