"""The nearest thing that works, as buttons, for each error that a person can meet.

It knows what was written and why it failed, and not how the buttons are served: those that take
it from there find it in the message that ours replies to.
"""

from collections.abc import Callable, Iterable
from datetime import time

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.errors import TooBusy, TooSoon
from bot.handlers.doings import doing_button
from bot.handlers.keyboards import button, retry_keyboard
from bot.handlers.sentences import shortened
from bot.handlers.taps import (
    CODE_OF_FORM,
    Doing,
    MeantForm,
    MeantHeads,
    MeantHere,
    MeantHour,
    MeantLess,
    MeantLine,
    MeantOnly,
    MeantTheme,
    OnTheme,
    Option,
)
from bot.locales import Say
from bot.services.asking import (
    LINE_LENGTHS,
    NearMiss,
    NotUnderstood,
    SeveralForms,
    characters_of,
    first_phrase,
    less_of,
)
from bot.services.form_names import verses_near
from bot.services.hours import nearest_hours
from bot.services.translations import THEMES, known_words
from poetry_model import BadRequest, NoCharacterFits, to_script
from poetry_model.verse_forms import MOST_HEADS

_USUAL_HOURS = (time(8), time(21, 30))
Row = list[InlineKeyboardButton]
Offer = Callable[[Say, str, str], list[Row]]


def near_miss(error: NearMiss, say: Say, script: str) -> InlineKeyboardMarkup:
    """The form that was probably meant, or those that may have been, and the word as the theme
    it may be after all."""
    if error.suggestion:
        row = [button(to_script(error.suggestion, script), MeantForm())]
    else:
        row = _forms(verses_near(error.word), script)
    row.append(button(say("button-theme-after-all", word=shortened(error.word)), MeantTheme()))
    return InlineKeyboardMarkup([row])


def one_of(error: SeveralForms, script: str) -> InlineKeyboardMarkup:
    """Each of the forms."""
    return InlineKeyboardMarkup([_forms(error.forms, script)])


def _forms(forms: Iterable[str], script: str) -> Row:
    return [button(to_script(form, script), MeantOnly(CODE_OF_FORM[form])) for form in forms]


def offer(
    error: Exception, say: Say, script: str, words: str, data: str | None
) -> InlineKeyboardMarkup | None:
    """What can be done instead. `data` is what the tapped button held, where one was."""
    if isinstance(error, (NoCharacterFits, TooBusy, TooSoon)):
        return retry_keyboard(say, data)
    if data is not None or not isinstance(error, (BadRequest, NotUnderstood)):
        return None  # the buttons below go by a message that was written
    rows = _OFFERS.get(error.reason, _nothing)(say, script, words)
    return InlineKeyboardMarkup(rows) if any(rows) else None


def themes(say: Say, script: str, words: str) -> list[Row]:
    """Themes for who wrote none in Chinese: what the words mean, or examples."""
    meant = [
        button(f"{to_script(THEMES[word], script)} · {word}", OnTheme(Option(word)))
        for word in known_words(words)
    ]
    examples = [doing_button(doing, say, script) for doing in (Doing.AUTUMN, Doing.SEASON)]
    return [meant] if meant else [examples]


def _less(say: Say, _: str, words: str) -> list[Row]:
    less = less_of(words)
    return [[button(say("button-theme-after-all", word=less), MeantLess())]] if less else []


def _fewer_heads(say: Say, script: str, words: str) -> list[Row]:
    """All of them where that many can be had, else the first eight or four."""
    heads = characters_of(words)
    counts = [n for n in (len(heads), 8, 4) if 2 <= n <= min(len(heads), MOST_HEADS)]
    rows = _one_a_row(
        button(say("button-heads", heads=heads[:n]), MeantHeads(n)) for n in dict.fromkeys(counts)
    )
    return rows or [[doing_button(Doing.ACROSTIC, say, script)]]


def _shorter_line(say: Say, script: str, words: str) -> list[Row]:
    """Its first sentence where that is a line, else so much of it as makes one."""
    line, first = characters_of(words), first_phrase(words)
    lengths = [len(first)] if len(first) in LINE_LENGTHS else LINE_LENGTHS[::-1]
    rows = _one_a_row(
        button(say("button-line", line=line[:n]), MeantLine(n)) for n in lengths if n <= len(line)
    )
    return rows or [[doing_button(Doing.CONTINUE, say, script)]]


def _hours(_: Say, __: str, words: str) -> list[Row]:
    """The hours it may have meant, else two that many like."""
    hours = nearest_hours(words) or _USUAL_HOURS
    return [[button(f"{at:%H:%M}", MeantHour(at.hour * 60 + at.minute)) for at in hours]]


def _here(say: Say, _: str, __: str) -> list[Row]:
    return [[button(say("button-same-clock"), MeantHere())]]


def _example(*doings: Doing) -> Offer:
    return lambda say, script, _: [[doing_button(doing, say, script) for doing in doings]]


def _one_a_row(buttons: Iterable[InlineKeyboardButton]) -> list[Row]:
    return [[each] for each in buttons]


def _nothing(_: Say, __: str, ___: str) -> list[Row]:
    return []


_OFFERS: dict[str, Offer] = {
    "theme_too_long": _less,
    "theme_without_han": themes,
    "unknown_form": _example(Doing.AUTUMN, Doing.RIVER),
    "heads_count": _fewer_heads,
    "heads_not_han": _fewer_heads,
    "heads_form_mismatch": _fewer_heads,
    "first_line_length": _shorter_line,
    "first_line_not_han": _shorter_line,
    "tune_not_continued": _shorter_line,
    "tune_first_line": _example(Doing.TUNE),
    "tune_heads": _fewer_heads,
    "bad_hour": _hours,
    "unknown_place": _here,
    "couplet_form": _example(Doing.COUPLET, Doing.ANSWER),
}
