"""/export: which poems, as which file; then the file. Only in private: poems are personal."""

from telegram import InlineKeyboardMarkup
from telegram.constants import ChatAction

from bot.books import Words
from bot.books.numerals import in_characters
from bot.cards.typeface import with_glyphs
from bot.handlers.keyboards import button, private_chat_keyboard
from bot.handlers.rendering import beside, written_by
from bot.handlers.taps import AskExport, ExportAs, ExportFrom
from bot.handlers.visit import Visit
from bot.services.cards import day_in_words
from bot.services.export import FileKind, Volume, as_json, as_pdf, as_text
from bot.storage import Shelf
from poetry_model import to_script

_LONGEST_NAME = 12


async def export(visit: Visit) -> None:
    """Asks; what somebody kept is proposed first."""
    await _ask(visit, Shelf.FAVOURITES)


async def ask_about(visit: Visit, tap: AskExport) -> None:
    """Asks, from a list of poems: those are proposed first."""
    if await _is_owner(visit, tap.owner):
        await _ask(visit, tap.shelf)


async def _ask(visit: Visit, shelf: Shelf) -> None:
    if not visit.private:
        keyboard = private_chat_keyboard(visit.bot.link, visit.say)
        await visit.answer(visit.say("export-in-private"), keyboard)
        return
    counts = await _counts(visit)
    filled = next((each for each in (shelf, *Shelf) if counts[each]), None)
    if filled is None:
        await visit.answer(visit.say("export-empty"))
        return
    await visit.answer(visit.say("export-question"), _keyboard(visit, filled, counts))


async def choose(visit: Visit, tap: ExportFrom) -> None:
    """The other poems."""
    if await _is_owner(visit, tap.owner):
        keyboard = _keyboard(visit, tap.shelf, await _counts(visit))
        await visit.edit_keyboard(keyboard)


async def make(visit: Visit, tap: ExportAs) -> None:
    """Makes the file, or several where there are many poems, and sends it."""
    if not await _is_owner(visit, tap.owner):
        return
    first = await _volume(visit, tap.shelf, 1)
    if not first.poems:
        await visit.toast(visit.say("export-empty"))
        return
    await visit.toast(visit.say("export-making"))
    async with visit.typing(ChatAction.UPLOAD_DOCUMENT):
        await _send(visit, first, tap.kind)
        for number in range(2, first.of + 1):
            await _send(visit, await _volume(visit, tap.shelf, number), tap.kind)


async def _is_owner(visit: Visit, owner: int) -> bool:
    """A question that was forwarded, say, is not everybody's."""
    if visit.user_id != owner or not visit.private:
        await visit.toast(visit.say("export-in-private"))
        return False
    return True


async def _counts(visit: Visit) -> dict[Shelf, int]:
    exports = visit.parts.exports
    return {shelf: await exports.count(shelf, visit.user_id) for shelf in Shelf}


async def _volume(visit: Visit, shelf: Shelf, number: int) -> Volume:
    return await visit.parts.exports.volume(
        shelf,
        visit.user_id,
        number,
        script=visit.script,
        zone=visit.chat.timezone,
        now=visit.parts.clock(),
    )


async def _send(visit: Visit, volume: Volume, kind: FileKind) -> None:
    body = await _file(visit, volume, kind)
    caption = visit.say("export-caption", count=len(volume.poems))
    if volume.of > 1:
        caption = visit.say(
            "export-caption-volume", count=len(volume.poems), number=volume.number, of=volume.of
        )
    await visit.send_file(body, f"{volume.name}.{kind.ending}", caption)


async def _file(visit: Visit, volume: Volume, kind: FileKind) -> bytes:
    if kind is FileKind.PDF:
        return await as_pdf(volume, _words(visit, volume), layout=visit.chat.layout)
    if kind is FileKind.TEXT:
        return as_text(volume, _title(visit), lambda poem: written_by(poem, visit.say)).encode()
    return as_json(volume).encode()


def _keyboard(visit: Visit, chosen: Shelf, counts: dict[Shelf, int]) -> InlineKeyboardMarkup:
    """The shelves that hold anything, the chosen one ticked; under them the kinds of file."""
    owner, say = visit.user_id, visit.say
    labels = {
        Shelf.FAVOURITES: say("export-favourites", count=counts[Shelf.FAVOURITES]),
        Shelf.HISTORY: say("export-history", count=counts[Shelf.HISTORY]),
    }
    shelves = [
        button(
            say("export-chosen", what=labels[shelf]) if shelf is chosen else labels[shelf],
            ExportFrom(owner, shelf),
        )
        for shelf in Shelf
        if counts[shelf]
    ]
    kinds = {
        FileKind.PDF: say("export-pdf"),
        FileKind.TEXT: say("export-text"),
        FileKind.JSON: say("export-json"),
    }
    files = [button(text, ExportAs(owner, chosen, kind)) for kind, text in kinds.items()]
    return InlineKeyboardMarkup([shelves, files])


def _title(visit: Visit) -> str:
    """The book is called after whose it is, where that can be printed."""
    name = with_glyphs(visit.first_name)[:_LONGEST_NAME].strip()
    return visit.say("export-title", name=name) if name else visit.say("export-title-alone")


def _words(visit: Visit, volume: Volume) -> Words:
    say, count = visit.say, len(volume.poems)
    day = volume.made_at.astimezone(volume.zone).date()
    chinese = say.language != "en"
    colophon = say(
        "export-colophon",
        count=in_characters(count) if chinese else count,
        day=to_script(day_in_words(day), visit.script) if chinese else day.isoformat(),
        bot=f"@{visit.bot.username}",
    )
    if any(poem.people_lines for poem in volume.poems):
        colophon = f"{colophon}\n{say('export-rings')}"
    return Words(
        title=_title(visit),
        contents=say("export-contents"),
        colophon=tuple(colophon.split("\n")),
        author=f"@{visit.bot.username}",
        untitled=beside("poem-untitled", say, visit.script),
    )
