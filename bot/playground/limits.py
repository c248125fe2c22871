"""Telegram's limits on how fast a bot may send: over all, per chat, per group.

Owns the counting. Off until they are asked for: on a playground one rarely wants to wait.
Does not know methods beyond whether they send.
"""

import math
import re
from collections import defaultdict, deque
from dataclasses import dataclass, fields
from typing import Any

from bot.playground.errors import ApiError

_SENDING = re.compile(r"(send|copy|forward)(?!chataction)", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """Messages that Telegram takes in a time; 0 means any number."""

    per_second: int = 30  # over all chats
    per_chat_second: int = 1
    per_group_minute: int = 20

    @classmethod
    def of_json(cls, body: dict[str, Any]) -> "Limits":
        """The limits of a control request; ValueError names what is wrong."""
        unknown = sorted(set(body) - {each.name for each in fields(cls)})
        if unknown:
            raise ValueError(f"unknown fields {unknown}")
        if not all(type(value) is int and value >= 0 for value in body.values()):
            raise ValueError("limits are whole numbers from 0 on")
        return cls(**body)

    def windows(self, chat_id: int | None) -> "list[_Window]":
        """What a message to a chat counts in."""
        found = [_Window("all", 1.0, self.per_second)]
        if chat_id is not None:
            found.append(_Window(f"chat {chat_id}", 1.0, self.per_chat_second))
        if chat_id is not None and chat_id < 0:
            found.append(_Window(f"group {chat_id}", 60.0, self.per_group_minute))
        return [window for window in found if window.most]


@dataclass(frozen=True)
class _Window:
    name: str
    seconds: float
    most: int


class Rates:
    """What was sent lately, and the refusal of what comes too fast."""

    def __init__(self) -> None:
        self.limits: Limits | None = None
        self.refused = 0
        self._sent: dict[str, deque[float]] = defaultdict(deque)

    def enforce(self, limits: Limits | None) -> None:
        """Holds to these limits from now on; None lets everything through."""
        self.limits, self.refused = limits, 0
        self._sent.clear()

    def admit(self, method: str, chat_id: int | None, now: float) -> None:
        """Counts a message, or refuses it with a 429 that says how long to wait."""
        if self.limits is None or not _SENDING.match(method):
            return
        windows = self.limits.windows(chat_id)
        wait = max((self._wait(window, now) for window in windows), default=0.0)
        if wait > 0:
            self.refused += 1
            seconds = max(1, math.ceil(wait))
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        for window in windows:
            self._sent[window.name].append(now)

    def _wait(self, window: _Window, now: float) -> float:
        sent = self._sent[window.name]
        while sent and sent[0] <= now - window.seconds:
            sent.popleft()
        return sent[0] + window.seconds - now if len(sent) >= window.most else 0.0
