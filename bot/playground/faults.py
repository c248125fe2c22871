"""Faults to order: which of the next calls fail, and how.

Owns the list of what was ordered and the choice of the fault for a call.
Does not act: server.py hangs, drops and refuses.
"""

from dataclasses import dataclass, fields
from typing import Any

from bot.playground.errors import ApiError, bad_request

KINDS = {
    "retry_after": "429 with `retry_after` seconds",
    "forbidden": "403 with `description`",
    "unauthorized": "401, as if the token were revoked",
    "bad_request": "400 with `description`",
    "migrate": "400 with `migrate_to_chat_id`",
    "server_error": "500",
    "hang": "no answer for `seconds` (0: for ever), then as usual",
    "drop_before": "connection dropped, nothing done",
    "drop_after": "done, then connection dropped: the outcome is unknown to the caller",
}


@dataclass(frozen=True)
class Fault:
    """An order: the next `times` calls that match fail in the way of `kind`."""

    kind: str
    method: str | None = None  # None: any method but getUpdates
    chat_id: int | None = None  # None: any chat
    times: int = 1
    retry_after: int = 1  # seconds
    migrate_to_chat_id: int = 0
    description: str = ""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        if self.times < 1:
            raise ValueError("times must be at least 1")

    @classmethod
    def of_json(cls, body: dict[str, Any]) -> "Fault":
        """The fault of a control request; ValueError names what is wrong."""
        unknown = sorted(set(body) - {each.name for each in fields(cls)})
        if unknown or "kind" not in body:
            raise ValueError(f"unknown fields {unknown}" if unknown else "kind is missing")
        return cls(**body)

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Whether the fault is meant for this call. Polling fails only when it is named."""
        if self.method is None:
            named = method.lower() != "getupdates"
        else:
            named = self.method.lower() == method.lower()
        return named and self.chat_id in (None, chat_id)

    def error(self) -> ApiError | None:
        """The refusal of this fault; None for those that break the connection."""
        if self.kind == "retry_after":
            words = f"Too Many Requests: retry after {self.retry_after}"
            return ApiError(429, words, retry_after=self.retry_after)
        if self.kind == "forbidden":
            return ApiError(403, self.description or "Forbidden: bot was blocked by the user")
        if self.kind == "unauthorized":
            return ApiError(401, self.description or "Unauthorized")
        if self.kind == "bad_request":
            return ApiError(400, self.description or "Bad Request: chat not found")
        if self.kind == "migrate":
            return bad_request(
                "group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.migrate_to_chat_id,
            )
        if self.kind == "server_error":
            return ApiError(500, self.description or "Internal Server Error")
        return None


class Faults:
    """The faults that wait for their calls, first ordered first served."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Fault, int]] = []

    def add(self, fault: Fault) -> None:
        """Orders a fault."""
        self._waiting.append((fault, fault.times))

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault for this call, used up by one; None when none is meant for it."""
        for index, (fault, left) in enumerate(self._waiting):
            if fault.matches(method, chat_id):
                rest = [(fault, left - 1)] if left > 1 else []
                self._waiting[index : index + 1] = rest
                return fault
        return None

    def waiting(self) -> list[tuple[Fault, int]]:
        """What is still to come, with the number of times left."""
        return list(self._waiting)

    def clear(self) -> None:
        """Forgets all orders."""
        self._waiting.clear()
