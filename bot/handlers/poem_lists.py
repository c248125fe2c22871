"""A page of poems as text and buttons, for favourites and history alike.

It does not know where the poems come from.
"""

from collections.abc import Callable
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.handlers.keyboards import button
from bot.handlers.rendering import first_sentence, form_name, title_html, title_of
from bot.handlers.taps import Tap
from bot.locales import Say
from bot.storage import Page, StoredPoem

PAGE = 5
_LONGEST_TITLE = 12


def list_html(heading: str, page: Page[StoredPoem], say: Say) -> str:
    """The heading, then one entry a poem: number, title, form and first sentence."""
    entries = [
        f"{number}. <b>{_title(poem, say)}</b> · {form_name(poem, say)}\n    {first_sentence(poem)}"
        for number, poem in enumerate(page.items, page.offset + 1)
    ]
    return "\n\n".join([heading, *entries, f"<i>{say('list-hint')}</i>"])


def _title(poem: StoredPoem, say: Say) -> str:
    title = title_of(poem)
    if len(title) <= _LONGEST_TITLE:
        return title_html(poem, say)
    return escape(title[:_LONGEST_TITLE]) + "…"


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


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """The rows that hold anything."""
    return InlineKeyboardMarkup([row for row in rows if row])
