"""The buttons under messages. It knows what they say and hold, not what they do."""

from collections.abc import Iterable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.handlers.rendering import SCRIPTS, beside
from bot.handlers.taps import (
    COUPLET_CODES,
    FORM_CODES,
    SERVING_AGAIN,
    TUNE_CODES,
    VERSE_CODES,
    Another,
    Drop,
    Face,
    InForm,
    Keep,
    Look,
    Reread,
    Retry,
    SameLine,
    Script,
    Share,
    ShowCard,
    ShowForms,
    ShowTunesOf,
    Tap,
    View,
    write_tap,
)
from bot.locales import LANGUAGES, Language, Say, speak
from bot.services.form_names import is_couplet
from bot.services.poems import can_be_reread
from bot.storage import StoredPoem
from poetry_model import to_script

_TUNES_IN_A_ROW = 3
# What tells the language of the message of a poem or card, whichever buttons it has: the two
# Chinese ones go back with the same word, and English has the forms by their Chinese names.
_TELLING = (
    "button-back",
    "button-another",
    "button-another-pair",
    "button-card",
    "button-copy-link",
    "button-tunes",
    "poem-rhyme",
    "form-wulian",
    "form-qilian",
    "paper-xuan",
    "paper-hong",
)


def button(text: str, tap: Tap) -> InlineKeyboardButton:
    """One button."""
    return InlineKeyboardButton(text, callback_data=write_tap(tap))


def poem_keyboard(
    poem: StoredPoem, say: Say, *, kept: bool, view: View | None = None
) -> InlineKeyboardMarkup:
    """What can be done with a poem; how it is looked at; what else its wish can become."""
    view = view or view_of(poem)
    rows = [
        [
            _heart(poem.id, say, kept=kept),
            button(_another(poem, say), Another(poem.id)),
            button(say("button-card"), ShowCard(poem.id, view.script)),
        ],
        _looks(poem, say, view),
        [*_same_line_button(poem, say), *_forms_button(poem, say, view)],
        _reread_button(poem, say),
    ]
    return _keyboard(rows)


def view_of(poem: StoredPoem) -> View:
    """How a poem is looked at first."""
    return verse_in(poem.script)


def verse_in(script: str) -> View:
    """A poem's verses in a script."""
    return View(Script.SIMPLIFIED if script == "simplified" else Script.TRADITIONAL)


def with_heart(
    markup: InlineKeyboardMarkup, poem_id: int, say: Say, *, kept: bool
) -> InlineKeyboardMarkup:
    """The buttons as they stand, with the poem's heart full or empty."""
    hearts = {write_tap(Keep(poem_id)), write_tap(Drop(poem_id))}
    heart = _heart(poem_id, say, kept=kept)
    rows = markup.inline_keyboard
    return InlineKeyboardMarkup(
        [[heart if each.callback_data in hearts else each for each in row] for row in rows]
    )


def language_shown(message: Message) -> Language | None:
    """The language of the message of a poem or a card, where its words and buttons tell it."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    texts = [message.text or message.caption or "", *(each.text for row in rows for each in row)]
    shown, left = "\n".join(texts), LANGUAGES
    for key in _TELLING:
        left = tuple(each for each in left if speak(each)(key, rhyme="") in shown) or left
    return left[0] if len(left) == 1 else None


def _another(poem: StoredPoem, say: Say) -> str:
    """Chinese counts couplets otherwise than poems."""
    return say("button-another-pair") if is_couplet(poem.form) else say("button-another")


def _heart(poem_id: int, say: Say, *, kept: bool) -> InlineKeyboardButton:
    if kept:
        return button(say("button-kept"), Drop(poem_id))
    return button(say("button-keep"), Keep(poem_id))


def _looks(poem: StoredPoem, say: Say, view: View) -> list[InlineKeyboardButton]:
    """The other script; tones and pinyin, or from there the verse again; what passes it on."""
    simplified = view.script is Script.SIMPLIFIED
    other = Script.TRADITIONAL if simplified else Script.SIMPLIFIED
    switch = say("button-traditional") if simplified else say("button-simplified")
    faces = {Face.TONES: say("button-tones"), Face.PINYIN: say("button-pinyin")}
    if view.face in faces:
        faces[view.face] = say("button-verse")
    return [
        button(switch, Look(poem.id, other, view.face)),
        *(
            button(text, Look(poem.id, view.script, Face.VERSE if face is view.face else face))
            for face, text in faces.items()
        ),
        button(say("button-share"), Share(poem.id, view.script, view.face)),
    ]


def _same_line_button(poem: StoredPoem, say: Say) -> list[InlineKeyboardButton]:
    """An acrostic's first line belongs to its heads; a line that was given is written on by 🔄."""
    if poem.heads or poem.first_line:
        return []
    return [button(say("button-same-line"), SameLine(poem.id))]


def _forms_button(poem: StoredPoem, say: Say, view: View) -> list[InlineKeyboardButton]:
    if not any(_form_rows(poem, say, view)):
        return []
    return [button(say("button-forms"), ShowForms(poem.id, view.script, view.face))]


def forms_keyboard(poem: StoredPoem, say: Say, view: View) -> InlineKeyboardMarkup:
    """The forms the same wish can take, and the way back to the poem's own buttons."""
    back = button(say("button-back"), Look(poem.id, view.script, view.face))
    return _keyboard([*_form_rows(poem, say, view), [back]])


def _form_rows(poem: StoredPoem, say: Say, view: View) -> list[list[InlineKeyboardButton]]:
    return [
        _form_buttons(VERSE_CODES, poem, say, view),
        _form_buttons(COUPLET_CODES, poem, say, view),
        _tunes_button(poem, say, view),
    ]


def _form_buttons(
    codes: Iterable[str], poem: StoredPoem, say: Say, view: View
) -> list[InlineKeyboardButton]:
    script = SCRIPTS[view.script]
    return [
        button(beside(f"form-{code}", say, script), InForm(poem.id, code))
        for code in codes
        if _suits(code, poem)
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


def _tunes_button(poem: StoredPoem, say: Say, view: View) -> list[InlineKeyboardButton]:
    """词 are written on a theme."""
    if poem.heads or poem.first_line:
        return []
    text = beside("button-tunes", say, SCRIPTS[view.script])
    return [button(text, ShowTunesOf(poem.id, view.script, view.face))]


def _reread_button(poem: StoredPoem, say: Say) -> list[InlineKeyboardButton]:
    """What may be a theme or a first line was read as one; this reads it as the other."""
    if not can_be_reread(poem):
        return []
    text = say("button-as-theme") if poem.first_line else say("button-as-line")
    return [button(text, Reread(poem.id))]


def tune_keyboard(poem: StoredPoem, say: Say, view: View) -> InlineKeyboardMarkup:
    """Every 词牌, and the way back to the forms."""
    tunes = [
        button(to_script(tune, SCRIPTS[view.script]), InForm(poem.id, code))
        for code, tune in TUNE_CODES.items()
    ]
    back = button(say("button-back"), ShowForms(poem.id, view.script, view.face))
    return _keyboard([*in_rows(tunes, _TUNES_IN_A_ROW), [back]])


def in_rows(
    buttons: Sequence[InlineKeyboardButton], width: int
) -> list[list[InlineKeyboardButton]]:
    """The buttons in rows of so many."""
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def _keyboard(rows: Iterable[list[InlineKeyboardButton]]) -> InlineKeyboardMarkup:
    """The rows that hold anything."""
    return InlineKeyboardMarkup([row for row in rows if row])


def serves_again(keyboard: InlineKeyboardMarkup) -> bool:
    """Whether a button of it goes by the message that its own message replies to."""
    actions = {
        str(each.callback_data).partition(":")[0]
        for row in keyboard.inline_keyboard
        for each in row
    }
    return not actions.isdisjoint(SERVING_AGAIN)


def retry_keyboard(say: Say, data: str | None = None) -> InlineKeyboardMarkup:
    """One button that does again what went wrong."""
    again = InlineKeyboardButton(say("button-retry"), callback_data=data or write_tap(Retry()))
    return InlineKeyboardMarkup([[again]])


def private_chat_keyboard(link: str, say: Say) -> InlineKeyboardMarkup:
    """The way to the chat between a person and the bot, by its link."""
    there = InlineKeyboardButton(say("button-private-chat"), url=link)
    return InlineKeyboardMarkup([[there]])
