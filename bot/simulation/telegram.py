"""What Telegram answers: yes mostly, and on bad days one of its noes, or nothing at all."""

import random
from dataclasses import dataclass
from enum import StrEnum

MOVED_BY = -1_000_000_000_000  # how far a group's new id lies from the old one


class Kind(StrEnum):
    """The answers."""

    YES = "yes"
    LOST = "lost"  # it arrived, and the answer did not
    TOO_FAST = "429"
    BLOCKED = "403"
    BROKEN = "500"
    MOVED = "moved"

    @property
    def arrived(self) -> bool:
        """Whether the message is in the chat."""
        return self in (Kind.YES, Kind.LOST)


@dataclass(frozen=True)
class Weather:
    """How often which answer comes instead of a yes."""

    too_fast: float = 0.02
    blocked: float = 0.01  # of the chats
    lost: float = 0.01
    broken: float = 0.005
    moved: float = 0.05  # of the groups


@dataclass(frozen=True)
class Answer:
    """What comes back, and after how many seconds."""

    kind: Kind
    seconds: float
    retry_after: int = 0


class Telegram:
    """Answers messages."""

    def __init__(self, weather: Weather, chance: random.Random) -> None:
        self._weather = weather
        self._chance = chance
        self._salt = chance.randrange(2**32)

    def answer(self, chat_id: int) -> Answer:
        """To a message to this chat."""
        seconds = self._chance.uniform(0.03, 0.3)
        if self.has_blocked(chat_id):
            return Answer(Kind.BLOCKED, seconds)
        if self._has_moved(chat_id):
            return Answer(Kind.MOVED, seconds)
        kinds = (Kind.TOO_FAST, Kind.LOST, Kind.BROKEN)
        draw = self._chance.random()
        for kind, share in zip(
            kinds, (self._weather.too_fast, self._weather.lost, self._weather.broken), strict=True
        ):
            if draw < share:
                waited = 10.0 if kind is Kind.LOST else seconds
                return Answer(kind, waited, retry_after=self._chance.randint(1, 30))
            draw -= share
        return Answer(Kind.YES, seconds)

    def has_blocked(self, chat_id: int) -> bool:
        """Whether this chat has blocked the bot; it has from the beginning."""
        return self._chance_of(original(chat_id), "blocked") < self._weather.blocked

    def _has_moved(self, chat_id: int) -> bool:
        if not MOVED_BY < chat_id < 0:
            return False
        return self._chance_of(chat_id, "moved") < self._weather.moved

    def _chance_of(self, chat_id: int, what: str) -> float:
        return random.Random(f"{self._salt}/{what}/{chat_id}").random()


def moved(chat_id: int) -> int:
    """The id of the supergroup that a group became."""
    return chat_id + MOVED_BY


def original(chat_id: int) -> int:
    """The id a chat had before it moved."""
    return chat_id - MOVED_BY if chat_id < MOVED_BY else chat_id
