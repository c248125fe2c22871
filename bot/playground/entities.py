"""Text as a bot or a person sends it: read in its parse mode, cleaned, trimmed, completed.

Owns entities given as JSON and those that Telegram finds by itself (/commands, @names, links).
Does not know messages or chats.
"""

import re

from bot.playground.errors import bad_request
from bot.playground.formatted_text import Entity, FormattedText, utf16_length
from bot.playground.html_text import TYPES, parse_html
from bot.playground.markdown_text import parse_markdown

_GIVEN_TYPES = {*TYPES.values(), "expandable_blockquote", "text_mention"}
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"，。！？）]+|(?<![\w@.])t\.me/[^\s<>\"，。！？）]+)"
    r"|(?<![\w/<>.])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})(?![\w])"
    r"|(?<!\w)(?P<hashtag>#(?=\w*[^\W\d])\w{1,256})"
)


def formatted(
    source: str, parse_mode: str | None, entities: list[Entity] | None = None
) -> FormattedText:
    """The text a bot sends: parsed, cleaned, trimmed, with the entities Telegram adds."""
    cleaned = _clean(source)
    if parse_mode:
        parsed = _parsed(cleaned, parse_mode)
    else:
        parsed = FormattedText(cleaned, tuple(_given(entity, cleaned) for entity in entities or ()))
    trimmed = _trimmed(parsed)
    return FormattedText(trimmed.text, tuple(_sorted([*trimmed.entities, *_found(trimmed)])))


def _parsed(source: str, parse_mode: str) -> FormattedText:
    if parse_mode.lower() == "html":
        return parse_html(source)
    if parse_mode.lower() == "markdownv2":
        return parse_markdown(source)
    if parse_mode.lower() == "markdown":
        raise bad_request("the playground speaks MarkdownV2, not the old Markdown")
    raise bad_request("unsupported parse_mode")


def _given(entity: Entity, text: str) -> Entity:
    offset, length = entity.get("offset"), entity.get("length")
    if type(offset) is not int or type(length) is not int or length <= 0 or offset < 0:
        raise bad_request("can't parse entities: entity has a wrong offset or length")
    if offset + length > utf16_length(text):
        raise bad_request("entity begins or ends after the end of the text")
    if str(entity.get("type")) not in _GIVEN_TYPES | set(_FOUND.groupindex):
        raise bad_request(f'can\'t parse entities: unsupported type "{entity.get("type")}"')
    return entity


def _clean(source: str) -> str:
    """Carriage returns go, other control characters become spaces."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", source.replace("\r", ""))


def _trimmed(parsed: FormattedText) -> FormattedText:
    """White space goes at the end, and at the beginning up to the first entity."""
    text = parsed.text.rstrip()
    end = utf16_length(text)
    kept = [_clipped(e, end) for e in parsed.entities if e["offset"] < end]
    first = min((entity["offset"] for entity in kept), default=end)
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    moved = [entity | {"offset": entity["offset"] - lead} for entity in kept]
    return FormattedText(text[lead:], tuple(moved))


def _clipped(entity: Entity, end: int) -> Entity:
    return entity | {"length": min(entity["length"], end - entity["offset"])}


def _found(parsed: FormattedText) -> list[Entity]:
    """Commands, names, links and tags that stand in no code and no link."""
    closed = [e for e in parsed.entities if e["type"] in ("code", "pre", "text_link")]
    found = []
    for match in _FOUND.finditer(parsed.text):
        offset = utf16_length(parsed.text[: match.start()])
        length = utf16_length(match[0])
        if not any(_overlap(entity, offset, length) for entity in closed):
            found.append({"type": str(match.lastgroup), "offset": offset, "length": length})
    return [entity for entity in found if entity not in parsed.entities]


def _overlap(entity: Entity, offset: int, length: int) -> bool:
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    return bool(offset < end and begin < offset + length)


def _sorted(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
