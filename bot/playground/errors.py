"""How the Bot API says no: one exception with Telegram's code, words and parameters.

Knows nothing of HTTP; server.py turns it into an answer.
"""

from typing import Any


class ApiError(Exception):
    """A refused call; `str()` gives the description a client would read."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str, **parameters: int) -> ApiError:
    """A 400; Telegram starts each of them with the same two words."""
    return ApiError(400, f"Bad Request: {reason}", **parameters)


def forbidden(reason: str) -> ApiError:
    """A 403: blocked, kicked, deactivated."""
    return ApiError(403, f"Forbidden: {reason}")


class ImpossibleError(Exception):
    """What a person (or a test) asked for can't be done; the words say why."""
