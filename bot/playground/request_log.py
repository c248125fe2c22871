"""The calls the bot made, for tests and the page. Never a token, never a secret."""

from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

from bot.playground.arguments import Arguments


@dataclass
class LoggedRequest:
    """One call; `status` is the answer's code, 0 while there is none."""

    number: int
    method: str
    parameters: dict[str, Any]
    time: float  # Unix seconds
    status: int = 0
    description: str = ""

    def json(self) -> dict[str, Any]:
        """As the control endpoint shows it."""
        return asdict(self)


class RequestLog:
    """The newest calls; older ones fall out."""

    def __init__(self, limit: int = 10_000) -> None:
        self._requests: deque[LoggedRequest] = deque(maxlen=limit)
        self._count = 0

    def add(self, method: str, arguments: Arguments, now: float) -> LoggedRequest:
        """Notes a call; the caller fills in the answer."""
        self._count += 1
        request = LoggedRequest(self._count, method, arguments.shown(), now)
        self._requests.append(request)
        return request

    def find(self, method: str = "", since: int = 0) -> list[LoggedRequest]:
        """Calls of a method (any case; "" for all) with a number above `since`."""
        return [
            request
            for request in self._requests
            if request.number > since and method.lower() in ("", request.method.lower())
        ]

    def clear(self) -> None:
        """Forgets the calls; the numbers go on."""
        self._requests.clear()
