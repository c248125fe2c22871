"""Cards of stored poems: drawn outside the event loop, and remembered once Telegram has them.

It knows how a stored poem becomes a card's poem, not how a card is drawn or sent.
"""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from zoneinfo import ZoneInfo

from lunar_python import Lunar, Solar

from bot.cards import DEFAULT_PAPER, PAPERS, CardPoem, draw_card
from bot.services.form_names import is_couplet
from bot.services.poems import Clock
from bot.services.scripts import in_script
from bot.storage import Store, StoredPoem
from poetry_model import is_tune, to_script

PAPER_NAMES = tuple(PAPERS)
# Part of what a picture is remembered by: another number, and all are drawn anew.
_DESIGN = 2
_WARMING = CardPoem(0, "月", "五绝", ((("举杯邀明月", "对影成三人"),),), rhyme="十一真韵")
_LINE = re.compile(r"[^，。、；：！？\s]+")
_SENTENCE = re.compile(r"[^。！？]+")


class CardService:
    """Draws cards, one after the other in a thread of its own."""

    def __init__(self, store: Store, *, clock: Clock, default_zone: str) -> None:
        self._pictures = store.pictures
        self._clock = clock
        self._zone = ZoneInfo(default_zone)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cards")

    async def warm(self) -> None:
        """Reads the faces and lays out the usual paper, so that nobody's first card waits for
        that."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, draw_card, _WARMING, DEFAULT_PAPER)

    async def draw(self, poem: StoredPoem, paper: str, script: str) -> bytes:
        """The card of a poem in a script, as a JPEG."""
        day = poem.created_at.astimezone(self._zone).date()
        subject = card_poem(in_script(poem, script), day)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, draw_card, subject, paper)

    async def known(self, poem_id: int, paper: str, script: str) -> str | None:
        """Telegram's file_id of this card, where it has been sent before."""
        return await self._pictures.file_id(poem_id, _style(paper, script))

    async def remember(self, poem_id: int, paper: str, script: str, file_id: str) -> None:
        """Telegram keeps this card under this file_id."""
        style = _style(paper, script)
        await self._pictures.remember(poem_id, style, file_id, now=self._clock())

    async def forget(self, poem_id: int, paper: str, script: str) -> None:
        """Telegram no longer knows the file_id that was remembered."""
        await self._pictures.forget(poem_id, _style(paper, script))


def paper_or_default(name: str | None) -> str:
    """A paper there is: the one of the name, or the plain one."""
    return name if name in PAPERS else DEFAULT_PAPER


def _style(paper: str, script: str) -> str:
    return f"{paper}-{script}-{_DESIGN}"


def card_poem(poem: StoredPoem, day: date) -> CardPoem:
    """A poem as its card shows it, in its own script; `day` is when it was written."""
    return CardPoem(
        number=poem.id,
        title=_title(poem),
        form=to_script(poem.form, poem.script),
        stanzas=_stanzas(poem.text),
        rhyme=rhyme_called(poem),
        theme=to_script(poem.theme, "simplified"),
        written=to_script(day_in_words(day), poem.script),
        acrostic=poem.heads is not None,
        is_couplet=is_couplet(poem.form),
        is_tune=is_tune(poem.form),
        month=day.month,
        people=frozenset(map(int, poem.people_lines)),
        by=to_script(_by(poem), poem.script),
    )


def _by(poem: StoredPoem) -> str:
    """Whose a 接龙 is; the lines of people have a ring beside them."""
    if not poem.people_lines:
        return ""
    return "接龙　众人合作" if len(poem.people_lines) == len(poem.lines) else "接龙　加圈者众人所作"


def _title(poem: StoredPoem) -> str:
    return poem.title or poem.heads or poem.first_line or poem.theme


def rhyme_called(poem: StoredPoem) -> str:
    """The rhyme in the script of the poem, "" where it has none."""
    if not poem.rhyme:
        return ""
    name = f"词韵{poem.rhyme}" if is_tune(poem.form) else f"{poem.rhyme}韵"
    return to_script(name, poem.script)


def _stanzas(text: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The verses without their marks.

    >>> _stanzas("江南好，风景旧曾谙。能不忆江南？")
    ((('江南好', '风景旧曾谙'), ('能不忆江南',)),)
    """
    return tuple(
        tuple(tuple(_LINE.findall(sentence)) for sentence in _SENTENCE.findall(stanza))
        for stanza in text.split("\n")
        if stanza
    )


def day_in_words(day: date) -> str:
    """A day as poets date their work, by the moon.

    >>> day_in_words(date(2026, 11, 25))
    '丙午年十月十七'
    """
    moon: Lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return f"{moon.getYearInGanZhi()}年{moon.getMonthInChinese()}月{moon.getDayInChinese()}"
