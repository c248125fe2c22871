"""Telegram's HTML: tags in, plain text and entities out.

Owns the dialect (tags, nesting) and the words of its errors. Does not know messages or chats.
"""

import re
from dataclasses import dataclass, field

from bot.playground.formatted_text import (
    LINK,
    Entity,
    FormattedText,
    cannot_parse,
    utf16_length,
    utf16_slice,
)

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")


@dataclass
class _OpenTag:
    name: str
    attributes: dict[str, str]
    offset: int  # in UTF-16 units of the plain text


@dataclass
class _HtmlReader:
    """One pass over the source; `at` is an index into it, errors speak of UTF-8 bytes."""

    source: str
    at: int = 0
    plain: list[str] = field(default_factory=list)
    length: int = 0
    open_tags: list[_OpenTag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> FormattedText:
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                self._tag()
            else:
                self._emit(self._character())
        if self.open_tags:
            raise cannot_parse(
                f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1].name}"'
            )
        return FormattedText("".join(self.plain), tuple(self.entities))

    def _emit(self, text: str) -> None:
        self.plain.append(text)
        self.length += utf16_length(text)

    def _character(self) -> str:
        """One character, or the character that a reference such as &lt; stands for."""
        match = _REFERENCE.match(self.source, self.at)
        character = _referred(match) if match else None
        if match is None or character is None:
            self.at += 1
            return self.source[self.at - 1]
        self.at = match.end()
        return character

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self.at += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _take(self, stop: str) -> str:
        begin = self.at
        while self._peek() and not self._peek().isspace() and self._peek() not in stop:
            self.at += 1
        return self.source[begin : self.at]

    def _skip_space(self) -> None:
        while self._peek().isspace():
            self.at += 1

    def _bytes(self, index: int) -> int:
        return len(self.source[:index].encode())

    def _start_tag(self, begin: int) -> None:
        name = self._take(">").lower()
        if not self._peek():
            raise cannot_parse(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if name not in TYPES:
            raise cannot_parse(
                f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}'
            )
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise cannot_parse(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}'
            )
        self.open_tags.append(_OpenTag(name, attributes, self.length))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._peek() == ">":
                self.at += 1
                return attributes
            name = self._take("=>/\"'").lower()
            if not name:
                raise cannot_parse(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}'
                )
            self._skip_space()
            attributes[name] = self._value() if self._peek() == "=" else ""
            if not self._peek():
                raise cannot_parse(
                    f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}'
                )

    def _value(self) -> str:
        self.at += 1  # the equal sign
        self._skip_space()
        quote = self._peek()
        if quote not in ('"', "'"):
            return self._bare_value()
        self.at += 1
        value = []
        while self._peek() and self._peek() != quote:
            value.append(self._character())
        self.at += bool(self._peek())
        return "".join(value)

    def _bare_value(self) -> str:
        begin = self.at
        while re.fullmatch(r"[A-Za-z0-9.\-]", self._peek()):
            self.at += 1
        if self._peek() and not self._peek().isspace() and self._peek() != ">":
            raise cannot_parse(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
        return self.source[begin : self.at].lower()

    def _end_tag(self, begin: int) -> None:
        offset = self._bytes(begin)
        if not self.open_tags:
            raise cannot_parse(f"Unexpected end tag at byte offset {offset}")
        name = self._take(">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise cannot_parse(f"Unclosed end tag at byte offset {offset}")
        self.at += 1
        tag = self.open_tags.pop()
        if name and name != tag.name:
            raise cannot_parse(
                f"Unmatched end tag at byte offset {offset}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        length = self.length - tag.offset
        if length == 0:
            return
        entity = {"type": TYPES[tag.name], "offset": tag.offset, "length": length}
        covered = utf16_slice("".join(self.plain), tag.offset, length)
        extra = _extra(tag, covered)
        if extra is not None:
            self.entities.append(entity | extra)


def _extra(tag: _OpenTag, covered: str) -> Entity | None:
    """What the tag's attributes add to its entity; None: the tag leaves only its text."""
    if tag.name == "a":
        url = tag.attributes.get("href", "") or covered
        return {"url": url} if LINK.fullmatch(url) else None
    if tag.name == "tg-emoji":
        return {"custom_emoji_id": tag.attributes.get("emoji-id", "")}
    language = tag.attributes.get("class", "")
    if tag.name in ("code", "pre") and language.startswith("language-"):
        return {"language": language.removeprefix("language-")}
    if tag.name == "blockquote" and "expandable" in tag.attributes:
        return {"type": "expandable_blockquote"}
    return {}


def _referred(match: re.Match[str]) -> str | None:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    valid = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if valid else None


def parse_html(source: str) -> FormattedText:
    """Plain text and entities of Telegram's HTML.

    >>> parse_html("<b>月</b>")
    FormattedText(text='月', entities=({'type': 'bold', 'offset': 0, 'length': 1},))

    Raises ApiError with Telegram's own words when a tag is unknown, unclosed or crossed.
    """
    read = _HtmlReader(source).read()
    return FormattedText(read.text, tuple(_merged_code(read.entities)))


def _merged_code(entities: tuple[Entity, ...]) -> list[Entity]:
    """`<pre><code class="language-x">` is one entity; inner code of a pre is dropped."""
    blocks = {(e["offset"], e["length"]): e for e in entities if e["type"] == "pre"}
    kept = []
    for entity in entities:
        block = blocks.get((entity["offset"], entity["length"]))
        if entity["type"] == "code" and block is not None:
            block.update({k: v for k, v in entity.items() if k == "language"})
        elif entity["type"] == "code":
            kept.append({k: v for k, v in entity.items() if k != "language"})
        else:
            kept.append(entity)
    return kept
