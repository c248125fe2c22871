"""A person's poems as files to keep: a typeset book, a plain text, or JSON for programs.

Pure but for the thread the book is bound in. The JSON's fields are described in
docs/export.md; other people's programs read them, so none is renamed. It does not know how a
file is sent.
"""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.books import Book, Words, bind
from bot.services.anthology import Anthology, Selection
from bot.services.cards import card_poem, rhyme_called
from bot.services.scripts import in_script
from bot.storage import Shelf, StoredPoem
from poetry_model import is_tune, to_script

VOLUME = 1000  # poems in one file; who has more gets several
VERTICAL, HORIZONTAL = "vertical", "horizontal"
_SENTENCE_END = re.compile("[。！？](?!$)")
_FORMAT = "poetry-bot/poems"


class FileKind(StrEnum):
    """What a file is."""

    PDF = "p"
    TEXT = "t"
    JSON = "j"

    @property
    def ending(self) -> str:
        """Of the file's name."""
        return {"p": "pdf", "t": "txt", "j": "json"}[self.value]


@dataclass(frozen=True)
class Volume:
    """Some poems in one script, and when and where they are put into a file."""

    poems: tuple[StoredPoem, ...]
    shelf: Shelf
    number: int  # from 1
    of: int
    made_at: datetime
    zone: ZoneInfo

    @property
    def name(self) -> str:
        """Of the file, without its ending: plain ASCII, for every system."""
        day = self.made_at.astimezone(self.zone).date()
        part = f"-{self.number}of{self.of}" if self.of > 1 else ""
        return f"poems-{self.shelf.name.lower()}-{day.isoformat()}{part}"


class Exports:
    """Takes poems off a shelf, a volume at a time."""

    def __init__(self, anthology: Anthology, *, default_zone: str) -> None:
        self._anthology = anthology
        self._default_zone = default_zone

    async def count(self, shelf: Shelf, user_id: int) -> int:
        """How many poems a person has on a shelf."""
        page = await self._anthology.page(Selection(shelf), user_id, zone=None, offset=0, limit=1)
        return page.total

    async def volume(
        self,
        shelf: Shelf,
        user_id: int,
        number: int,
        *,
        script: str,
        zone: str | None,
        now: datetime,
    ) -> Volume:
        """The poems of a volume, the oldest first, in one script."""
        page = await self._anthology.page(
            Selection(shelf, newest_first=False),
            user_id,
            zone=zone,
            offset=(number - 1) * VOLUME,
            limit=VOLUME,
        )
        poems = tuple(in_script(each, script) for each in page.items)
        volumes = max(1, -(-page.total // VOLUME))
        where = ZoneInfo(zone or self._default_zone)
        return Volume(poems, shelf, number, volumes, now, where)


def as_text(volume: Volume, title: str, by: Callable[[StoredPoem], str]) -> str:
    """The poems with their titles, for reading anywhere; `by` says of one that people had a
    part in which, and of any other nothing."""
    poems = ["\n".join(_lines(poem, by(poem), volume.zone)) for poem in volume.poems]
    return "\n\n\n".join([title, *poems]) + "\n"


def _lines(poem: StoredPoem, by: str, zone: ZoneInfo) -> list[str]:
    return [_heading(poem), *([by] if by else []), _day(poem, zone), "", _verses(poem)]


def _verses(poem: StoredPoem) -> str:
    """诗 has a sentence in a line; 词 has a stanza in one, as it is written, and air between."""
    if is_tune(poem.form):
        return poem.text.replace("\n", "\n\n")
    return _SENTENCE_END.sub("\\g<0>\n", poem.text)


def _heading(poem: StoredPoem) -> str:
    title = poem.title or poem.heads or poem.first_line or poem.theme
    about = " · ".join(filter(None, (to_script(poem.form, poem.script), rhyme_called(poem))))
    return f"《{title}》 {about}" if title else about


def _day(poem: StoredPoem, zone: ZoneInfo) -> str:
    return poem.created_at.astimezone(zone).date().isoformat()


def as_json(volume: Volume) -> str:
    """The poems with all that is known of them."""
    return json.dumps(
        {
            "format": _FORMAT,
            "version": 1,
            "shelf": volume.shelf.name.lower(),
            "volume": volume.number,
            "volumes": volume.of,
            "made_at": volume.made_at.isoformat(),
            "poems": [_record(poem) for poem in volume.poems],
        },
        ensure_ascii=False,
        indent=2,
    )


def _record(poem: StoredPoem) -> dict[str, Any]:
    return {
        "id": poem.id,
        "title": poem.title,
        "form": poem.form,
        "rhyme": poem.rhyme,
        "script": poem.script,
        "lines": list(poem.lines),
        "text": poem.text,
        "theme": poem.theme,
        "heads": poem.heads,
        "first_line": poem.first_line,
        "people_lines": list(map(int, poem.people_lines)),
        "dynasty": poem.dynasty,
        "written_at": poem.created_at.isoformat(),
        "model": poem.model,
        "seed": poem.seed,
    }


async def as_pdf(volume: Volume, words: Words, *, layout: str | None) -> bytes:
    """The poems as a book, bound in a thread: a thousand of them take some seconds."""
    poems = tuple(
        card_poem(poem, poem.created_at.astimezone(volume.zone).date()) for poem in volume.poems
    )
    book = Book(poems, words, vertical=layout != HORIZONTAL)
    return await asyncio.to_thread(bind, book)
