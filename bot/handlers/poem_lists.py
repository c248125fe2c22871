"""A page of poems as text and buttons, for favourites and history alike.

It does not know where the poems come from.
"""

from collections.abc import Callable
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.handlers.keyboards import button
from bot.handlers.rendering import first_sentence, form_called, form_name, title_of, untitled
from bot.handlers.taps import Tap
from bot.locales import Say
from bot.services.anthology import Selection
from bot.services.scripts import in_script
from bot.storage import Page, Shelf, StoredPoem
from poetry_model import as_read

PAGE = 5
_LONGEST_TITLE = 12


def list_html(heading: str, page: Page[StoredPoem], say: Say, script: str) -> str:
    """The heading, then one entry a poem: number, title, form and first sentence, all in the
    script that is read here now."""
    entries = [
        f"{number}. {_entry(in_script(poem, script), say)}"
        for number, poem in enumerate(page.items, page.offset + 1)
    ]
    return "\n\n".join([heading, *entries, f"<i>{say('list-hint')}</i>"])


def _entry(poem: StoredPoem, say: Say) -> str:
    title = escape(short_title(poem, say))
    return f"<b>{title}</b> · {form_name(poem, say)}\n    {first_sentence(poem)}"


def heading_html(selection: Selection, total: int, say: Say, script: str) -> str:
    """Whose poems and how many; below it which ones, and in which order if not the usual.

    Words that were searched for stand in `code`, where bot.handlers.selections reads them.
    """
    titles = {
        Shelf.FAVOURITES: say("favourites-title-html", total=total),
        Shelf.HISTORY: say("history-title-html", total=total),
    }
    below = _chosen_html(selection, say, script)
    if not selection.newest_first:
        below.append(say("oldest-first"))
    return "\n".join([titles[selection.shelf], *([" · ".join(below)] if below else [])])


def _chosen_html(selection: Selection, say: Say, script: str) -> list[str]:
    chosen = []
    if selection.form:
        form = form_called(selection.form, say, script)
        chosen.append(say("chosen-form-html", form=form))
    if selection.theme:
        chosen.append(say("chosen-theme-html", theme=as_read(selection.theme, script)))
    if selection.month:
        chosen.append(say("month", year=selection.month.year, month=selection.month.month))
    if selection.words:
        chosen.append(say("chosen-words-html", words=selection.words))
    return chosen


def short_title(poem: StoredPoem, say: Say) -> str:
    """The title as plain text, shortened where it is long."""
    title = title_of(poem) or untitled(poem, say)
    return title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE] + "…"


def number_row(
    page: Page[StoredPoem], text: Callable[[int], str], tap: Callable[[StoredPoem], Tap]
) -> list[InlineKeyboardButton]:
    """One button for each poem of the page."""
    return [
        button(text(number), tap(poem)) for number, poem in enumerate(page.items, page.offset + 1)
    ]


def turning_row(
    page: Page[StoredPoem], say: Say, at: Callable[[int], Tap]
) -> list[InlineKeyboardButton]:
    """Back, where one is, and on; nothing when all is on one page."""
    if page.total <= PAGE:
        return []
    row = []
    if page.offset > 0:
        row.append(button(say("button-previous"), at(max(0, page.offset - PAGE))))
    here, pages = page.offset // PAGE + 1, -(-page.total // PAGE)
    row.append(button(say("list-page", page=here, pages=pages), at(page.offset)))
    if page.offset + PAGE < page.total:
        row.append(button(say("button-next"), at(page.offset + PAGE)))
    return row


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup | None:
    """The rows that hold anything."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None
