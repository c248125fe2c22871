"""The buttons under messages. It knows what they say and hold, not what they do."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.handlers.taps import (
    CODE_OF_FORM,
    Another,
    Drop,
    InForm,
    Keep,
    Retry,
    Tap,
    write_tap,
)
from bot.locales import Say
from bot.storage import StoredPoem


def button(text: str, tap: Tap) -> InlineKeyboardButton:
    """One button."""
    return InlineKeyboardButton(text, callback_data=write_tap(tap))


def poem_keyboard(poem: StoredPoem, say: Say, *, kept: bool) -> InlineKeyboardMarkup:
    """Keep, another, and the forms the same wish can take."""
    keep = (
        button(say("button-kept"), Drop(poem.id))
        if kept
        else button(say("button-keep"), Keep(poem.id))
    )
    rows = [[keep, button(say("button-another"), Another(poem.id))]]
    forms = [
        button(say(f"form-{code}"), InForm(poem.id, code))
        for form, code in CODE_OF_FORM.items()
        if _suits(form, poem)
    ]
    return InlineKeyboardMarkup([*rows, forms] if forms else rows)


def _suits(form: str, poem: StoredPoem) -> bool:
    """Heads fix the number of lines, a first line their length."""
    lines, length = (8 if "律" in form else 4), (5 if "五" in form else 7)
    if poem.heads is not None and len(poem.lines) != lines:
        return False
    return poem.first_line is None or len(poem.first_line) == length


def retry_keyboard(say: Say, data: str | None = None) -> InlineKeyboardMarkup:
    """One button that does again what went wrong."""
    again = InlineKeyboardButton(say("button-retry"), callback_data=data or write_tap(Retry()))
    return InlineKeyboardMarkup([[again]])
