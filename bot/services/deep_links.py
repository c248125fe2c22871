"""What a link `t.me/<bot>?start=…` asks for. Pure: it reads and writes payloads.

Telegram lets a payload have 64 characters of A-Z a-z 0-9 _ -. Ours are `p_` and the token of
a shared poem, or `t_` and a wish as somebody would write it, in base64url. It knows neither
whether there is such a poem nor whether the wish can be served.
"""

import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

LONGEST_PAYLOAD = 64
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16}")
_POEM, _WISH = "p_", "t_"


@dataclass(frozen=True)
class SharedPoem:
    """A poem that somebody shared, by its token."""

    token: str


@dataclass(frozen=True)
class SharedWish:
    """A theme, with a form where one is named."""

    text: str


def fresh_token() -> str:
    """A token that nobody can guess: 96 random bits in 16 characters."""
    return secrets.token_urlsafe(12)


def is_token(text: str) -> bool:
    """Whether this may be the token of a poem."""
    return _TOKEN.fullmatch(text) is not None


def link_to(bot_name: str, payload: str) -> str:
    """The link that opens the bot with a payload."""
    return f"https://t.me/{bot_name}?start={payload}"


def poem_payload(token: str) -> str:
    """The payload that opens a shared poem."""
    return _POEM + token


def wish_payload(text: str) -> str | None:
    """The payload that asks for what is written; None where it is too long for one.

    >>> wish_payload("月"), read_payload("t_5pyI")
    ('t_5pyI', SharedWish(text='月'))
    """
    payload = _WISH + urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return payload if text and len(payload) <= LONGEST_PAYLOAD else None


def read_payload(payload: str) -> SharedPoem | SharedWish | None:
    """What a payload asks for; None for anything that is none of ours."""
    kind, rest = payload[:2], payload[2:]
    if kind == _POEM and is_token(rest):
        return SharedPoem(rest)
    text = _decoded(rest) if kind == _WISH else ""
    return SharedWish(text) if text else None


def _decoded(rest: str) -> str:
    """The text in base64url without padding; "" where it is none."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+", rest):
        return ""
    try:
        return urlsafe_b64decode(rest + "=" * (-len(rest) % 4)).decode().strip()
    except ValueError:
        return ""
