"""How a poem looks in a message (Telegram's HTML). Everything a user wrote is escaped here."""

from html import escape

from bot.handlers.taps import CODE_OF_FORM
from bot.locales import Say
from bot.storage import StoredPoem
from poetry_model import to_script


def poem_html(poem: StoredPoem, say: Say) -> str:
    """Title, a quiet line about the form, the verses in pairs.

    The heads of an acrostic stand in a column of their own, so there every verse has a line.
    """
    verses = _column(poem) if poem.heads else _couplets(poem)
    return f"<b>{title_html(poem, say)}</b>\n<i>{_quiet_line(poem, say)}</i>\n\n{verses}"


def title_html(poem: StoredPoem, say: Say) -> str:
    """What the poem is called: its heads, its given line, or its theme."""
    name = poem.heads or poem.first_line or poem.theme
    return escape(name) if name else say("poem-untitled")


def form_name(poem: StoredPoem, say: Say) -> str:
    """The form in the reader's language."""
    code = CODE_OF_FORM.get(poem.form)
    return say(f"form-{code}") if code else escape(to_script(poem.form, poem.script))


def _quiet_line(poem: StoredPoem, say: Say) -> str:
    parts = [form_name(poem, say)]
    if poem.heads:
        parts.insert(0, say("poem-acrostic"))
    elif poem.first_line:
        parts.insert(0, say("poem-continued"))
    if poem.rhyme:
        parts.append(say("poem-rhyme", rhyme=to_script(poem.rhyme, poem.script)))
    return " · ".join(parts)


def _couplets(poem: StoredPoem) -> str:
    verses = _punctuated(poem.lines)
    pairs = ["".join(verses[start : start + 2]) for start in range(0, len(verses), 2)]
    return "\n".join(map(escape, pairs))


def _column(poem: StoredPoem) -> str:
    return "\n".join(
        f"<b>{escape(verse[0])}</b>{escape(verse[1:])}" for verse in _punctuated(poem.lines)
    )


def _punctuated(lines: tuple[str, ...]) -> list[str]:
    """Every line with its mark: a comma within a couplet, a full stop at its end."""
    last = len(lines) - 1
    return [
        line + ("，" if number % 2 == 0 and number < last else "。")
        for number, line in enumerate(lines)
    ]
