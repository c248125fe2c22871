"""Telegram's MarkdownV2: marks in, plain text and entities out.

Owns the dialect (marks, escapes, quotations) and the words of its errors. The older "Markdown"
is not spoken. Does not know messages or chats.
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

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_MARKS = {"```": "pre", "||": "spoiler", "__": "underline", "*": "bold", "_": "italic",
          "~": "strikethrough", "`": "code", "![": "custom_emoji", "[": "text_link"}  # fmt: skip
_QUOTES = ("blockquote", "expandable_blockquote")


@dataclass
class _Open:
    kind: str
    mark: str
    begin: int  # index into the source
    offset: int  # in UTF-16 units of the plain text
    extra: Entity = field(default_factory=dict)


@dataclass
class _MarkdownReader:
    """One pass over the source; `at` is an index into it, errors speak of UTF-8 bytes."""

    source: str
    at: int = 0
    plain: list[str] = field(default_factory=list)
    length: int = 0
    open_marks: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> FormattedText:
        while self.at < len(self.source):
            self._step()
        self._end_quote()
        if self.open_marks:
            left = self.open_marks[-1]
            raise cannot_parse(
                f"Can't find end of {_named(left.kind)} entity at byte offset "
                f"{self._bytes(left.begin)}"
            )
        return FormattedText("".join(self.plain), tuple(self.entities))

    def _step(self) -> None:
        if self._quote_begins() or self._escaped() or self._mark():
            return
        character = self.source[self.at]
        if character in _RESERVED and not self._in_code():
            raise cannot_parse(
                f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
            )
        self._emit(character)
        self.at += 1
        if character == "\n" and not self._in_code():
            self._line_ended()

    def _emit(self, text: str) -> None:
        self.plain.append(text)
        self.length += utf16_length(text)

    def _bytes(self, index: int) -> int:
        return len(self.source[:index].encode())

    def _in_code(self) -> bool:
        return bool(self.open_marks) and self.open_marks[-1].kind in ("code", "pre")

    def _escaped(self) -> bool:
        following = self.source[self.at + 1 : self.at + 2]
        if self.source[self.at] != "\\" or not ("\x01" <= following <= "\x7e"):
            return False
        self._emit(following)
        self.at += 2
        return True

    # Marks

    def _mark(self) -> bool:
        mark = self._mark_here()
        if mark is None:
            return False
        if self.open_marks and self.open_marks[-1].mark == mark and mark != "[":
            self.at += len(mark)
            self._close(self.open_marks.pop())
        elif mark == "]":
            self._close_link()
        else:
            self._open(mark)
        return True

    def _mark_here(self) -> str | None:
        """The mark at this place, if one may begin or end here."""
        if self._in_code():
            wanted = self.open_marks[-1].mark
            return wanted if self.source.startswith(wanted, self.at) else None
        if self.source[self.at] == "]" and any(m.mark in ("[", "![") for m in self.open_marks):
            return "]"
        if self._ends_expandable():
            return None
        return next((mark for mark in _MARKS if self.source.startswith(mark, self.at)), None)

    def _open(self, mark: str) -> None:
        opened = _Open(_MARKS[mark], mark, self.at, self.length)
        self.at += len(mark)
        if mark == "```":
            opened.extra = self._language()
        self.open_marks.append(opened)

    def _language(self) -> Entity:
        match = re.compile(r"([^\s`]+)?\n").match(self.source, self.at)
        if match is None:
            return {}
        self.at = match.end()
        return {"language": match[1]} if match[1] else {}

    def _close(self, mark: _Open) -> None:
        length = self.length - mark.offset
        if length:
            entity = {"type": mark.kind, "offset": mark.offset, "length": length}
            self.entities.append(entity | mark.extra)

    def _close_link(self) -> None:
        opened = self.open_marks.pop()
        if opened.mark not in ("[", "!["):
            raise cannot_parse(
                f"Can't find end of {_named(opened.kind)} entity at byte offset "
                f"{self._bytes(opened.begin)}"
            )
        self.at += 1
        url = self._address(opened)
        if opened.kind == "custom_emoji":
            opened.extra = {"custom_emoji_id": url.rpartition("=")[2]}
        elif LINK.fullmatch(url):
            opened.extra = {"url": url}
        else:
            return  # as with HTML, a bad address leaves only its text
        self._close(opened)

    def _address(self, opened: _Open) -> str:
        """What stands in the brackets after a link's text; without them, the text itself."""
        if not self.source.startswith("(", self.at):
            return utf16_slice("".join(self.plain), opened.offset, self.length - opened.offset)
        match = re.compile(r"\(((?:[^)\\]|\\.)*)\)", re.DOTALL).match(self.source, self.at)
        if match is None:
            raise cannot_parse(f"Can't find end of a URL at byte offset {self._bytes(self.at)}")
        self.at = match.end()
        return re.sub(r"\\(.)", r"\1", match[1])

    # Quotations: lines that begin with >, the first one with **> where it can be folded

    def _quote(self) -> _Open | None:
        return next((each for each in self.open_marks if each.kind in _QUOTES), None)

    def _quote_begins(self) -> bool:
        at_line_start = not self.plain or self.plain[-1] == "\n"
        found = re.compile(r"(\*\*)?>").match(self.source, self.at)
        if found is None or not at_line_start or self._in_code() or self._quote():
            return False
        self.open_marks.append(_Open("blockquote", found[0], self.at, self.length))
        self.at = found.end()
        return True

    def _line_ended(self) -> None:
        if self._quote() is None:
            return
        if self.source.startswith(">", self.at):
            self.at += 1
        else:
            self._end_quote()

    def _ends_expandable(self) -> bool:
        """|| at the end of a quotation's last line makes it one that folds."""
        quote = self._quote()
        if quote is None or self.open_marks[-1] is not quote:
            return False
        if re.compile(r"\|\|(?:\n(?!>)|$)").match(self.source, self.at) is None:
            return False
        quote.kind = "expandable_blockquote"
        self.source = self.source[: self.at] + self.source[self.at + 2 :]
        return True

    def _end_quote(self) -> None:
        if self.open_marks and self.open_marks[-1].kind in _QUOTES:
            quote = self.open_marks.pop()
            newline = self.plain[-1:] == ["\n"]
            self._close(_Open(quote.kind, "", quote.begin, quote.offset))
            if newline and self.entities:
                self.entities[-1]["length"] -= 1


def _named(kind: str) -> str:
    """A kind of entity as the errors call it."""
    return "".join(part.title() for part in kind.split("_"))


def parse_markdown(source: str) -> FormattedText:
    r"""Plain text and entities of Telegram's MarkdownV2.

    >>> parse_markdown("*月*\\.")
    FormattedText(text='月.', entities=({'type': 'bold', 'offset': 0, 'length': 1},))

    Raises ApiError with Telegram's own words for an unclosed mark or a bare reserved character.
    """
    return _MarkdownReader(source).read()
