"""The arguments of one call, whichever way they came: JSON, form, query string or multipart.

Owns Telegram's reading of numbers, booleans, chat ids and JSON inside strings.
Does not know what the methods do with them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import bad_request

_TRUE = {"true", "1", "yes"}
_SECRET = {"secret_token", "token", "certificate", "provider_token"}


@dataclass(frozen=True)
class Upload:
    """A file that came as a part of a multipart request."""

    name: str
    body: bytes
    mime_type: str


@dataclass(frozen=True)
class Arguments:
    """What a call was given: plain values by name and uploaded files by name."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the argument was given and is not empty."""
        return self.values.get(name) not in (None, "") or name in self.uploads

    def text(self, name: str) -> str:
        """The argument as a string; "" when it is missing."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """The argument as a whole number; the default when it is missing."""
        if not self.has(name):
            return default
        try:
            return int(self.text(name))
        except ValueError:
            raise bad_request(f'parameter "{name}" must be a valid Integer') from None

    def boolean(self, name: str) -> bool:
        """True for true, 1 and yes in any case, as Telegram reads it."""
        return self.text(name).strip().lower() in _TRUE

    def parsed(self, name: str, what: str) -> Any:
        """The argument as parsed JSON, None when missing; `what` is named in the error."""
        value = self.values.get(name)
        if value in (None, ""):
            return None
        if not isinstance(value, str):
            return value
        try:
            return well_encoded(json.loads(value))
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def objects(self, name: str, what: str) -> list[dict[str, Any]] | None:
        """The argument as a list of JSON objects; None when it is missing."""
        given = self.parsed(name, what)
        if given is None:
            return None
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            raise bad_request(f"can't parse {what}: expected an Array of Object")
        return given

    def shown(self) -> dict[str, Any]:
        """The arguments for the request log: JSON opened, bytes counted, secrets left out."""
        plain = {
            name: "***" if name in _SECRET else _opened(value)
            for name, value in self.values.items()
        }
        files = {
            name: {"file_name": upload.name, "size": len(upload.body)}
            for name, upload in self.uploads.items()
        }
        return plain | files


def well_encoded(parsed: Any) -> Any:
    """The JSON itself; refuses half characters, which UTF-8 cannot hold."""
    try:
        json.dumps(parsed, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return parsed


def _opened(value: Any) -> Any:
    if not isinstance(value, str) or value[:1] not in "[{":
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
