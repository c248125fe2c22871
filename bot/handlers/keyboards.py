"""The buttons under messages. It knows what they say and hold, not what they do."""

from collections.abc import Iterable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.handlers.taps import (
    COUPLET_CODES,
    FORM_CODES,
    TUNE_CODES,
    VERSE_CODES,
    Another,
    Drop,
    HideTunes,
    InForm,
    Keep,
    MeantForm,
    MeantTheme,
    Reread,
    Retry,
    ShowTunes,
    Tap,
    write_tap,
)
from bot.locales import Say
from bot.services.poems import can_be_reread
from bot.storage import StoredPoem
from poetry_model import to_script

_TUNES_IN_A_ROW = 3


def button(text: str, tap: Tap) -> InlineKeyboardButton:
    """One button."""
    return InlineKeyboardButton(text, callback_data=write_tap(tap))


def poem_keyboard(poem: StoredPoem, say: Say, *, kept: bool) -> InlineKeyboardMarkup:
    """Keep, another, the forms the same wish can take, and its other reading."""
    keep = (
        button(say("button-kept"), Drop(poem.id))
        if kept
        else button(say("button-keep"), Keep(poem.id))
    )
    rows = [
        [keep, button(say("button-another"), Another(poem.id))],
        _form_buttons(VERSE_CODES, poem, say),
        [*_tunes_button(poem, say), *_form_buttons(COUPLET_CODES, poem, say)],
        _reread_button(poem, say),
    ]
    return InlineKeyboardMarkup([row for row in rows if row])


def _form_buttons(codes: Iterable[str], poem: StoredPoem, say: Say) -> list[InlineKeyboardButton]:
    return [
        button(say(f"form-{code}"), InForm(poem.id, code)) for code in codes if _suits(code, poem)
    ]


def _suits(code: str, poem: StoredPoem) -> bool:
    """Heads fix the number of lines, a first line their length. A line has one couplet to be
    had, so a couplet that answers it offers none; 🔄 answers it anew."""
    if poem.heads is not None:
        lines = 8 if code.endswith("lv") else 4
        return code in VERSE_CODES and len(poem.lines) == lines
    if poem.first_line is None:
        return True
    fits = len(poem.first_line) == (5 if code.startswith("wu") else 7)
    return fits and (code in VERSE_CODES or FORM_CODES[code] != poem.form)


def _tunes_button(poem: StoredPoem, say: Say) -> list[InlineKeyboardButton]:
    """词 are written on a theme."""
    if poem.heads or poem.first_line:
        return []
    return [button(say("button-tunes"), ShowTunes(poem.id))]


def _reread_button(poem: StoredPoem, say: Say) -> list[InlineKeyboardButton]:
    """What may be a theme or a first line was read as one; this reads it as the other."""
    if not can_be_reread(poem):
        return []
    text = say("button-as-theme") if poem.first_line else say("button-as-line")
    return [button(text, Reread(poem.id))]


def tune_keyboard(poem: StoredPoem, say: Say) -> InlineKeyboardMarkup:
    """Every 词牌, and the way back."""
    tunes = [
        button(to_script(tune, poem.script), InForm(poem.id, code))
        for code, tune in TUNE_CODES.items()
    ]
    starts = range(0, len(tunes), _TUNES_IN_A_ROW)
    rows = [tunes[start : start + _TUNES_IN_A_ROW] for start in starts]
    return InlineKeyboardMarkup([*rows, [button(say("button-back"), HideTunes(poem.id))]])


def retry_keyboard(say: Say, data: str | None = None) -> InlineKeyboardMarkup:
    """One button that does again what went wrong."""
    again = InlineKeyboardButton(say("button-retry"), callback_data=data or write_tap(Retry()))
    return InlineKeyboardMarkup([[again]])


def near_miss_keyboard(say: Say, word: str, suggestion: str) -> InlineKeyboardMarkup:
    """The form that was probably meant, and the word as the theme it may be after all."""
    row = [button(suggestion, MeantForm())] if suggestion else []
    row.append(button(say("button-theme-after-all", word=word), MeantTheme()))
    return InlineKeyboardMarkup([row])
