"""Words with entities over them, and UTF-16, the measure of every offset and limit of Telegram.

Knows no parse mode; html_text.py and markdown_text.py read those.
"""

import re
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import ApiError, bad_request

Entity = dict[str, Any]

LINK = re.compile(r"(?:https?|tg)://[^\s<>]+|[\w-]+(?:\.[\w-]+)+(?:[/:?#][^\s<>]*)?", re.ASCII)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of every offset and limit of Telegram."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    units = text.encode("utf-16-le")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", errors="replace")


@dataclass(frozen=True)
class FormattedText:
    """A message's words and the entities over them (offsets in UTF-16 code units)."""

    text: str
    entities: tuple[Entity, ...] = ()


def cannot_parse(reason: str) -> ApiError:
    """Telegram's refusal of markup."""
    return bad_request(f"can't parse entities: {reason}")
