"""How a poem looks in a message (Telegram's HTML). Everything a user wrote is escaped here."""

import re
from html import escape

from bot.handlers.faces import script_around, verses_html
from bot.handlers.taps import CODE_OF_FORM, TUNE_CODES, Face, Script, View
from bot.locales import Say
from bot.services.form_names import is_couplet
from bot.services.poems import can_be_reread
from bot.services.scripts import in_script
from bot.storage import StoredPoem
from poetry_model import is_tune, to_script

_SENTENCE = re.compile("[^。]+。?")
_FREELY = "freely"  # the poet's word for a theme that verse knows nothing of


SCRIPTS = {Script.SIMPLIFIED: "simplified", Script.TRADITIONAL: "traditional"}


def poem_html(poem: StoredPoem, say: Say, view: View | None = None) -> str:
    """Title, quiet lines about form and reading, the verses; as it is looked at first, or
    in another `view`."""
    if view is not None:
        poem = in_script(poem, SCRIPTS[view.script])
    above = [f"<b>{title_html(poem, say)}</b>", f"<i>{_quiet_line(poem, say)}</i>"]
    face = view.face if view is not None else Face.VERSE
    readings = _readings_html(poem, say) if face is Face.VERSE else []
    by = [f"<i>{written_by(poem, say)}</i>"] if poem.people_lines else []
    return "\n".join([*above, *readings, *by, "", verses_html(poem, say, face)])


def title_of(poem: StoredPoem) -> str:
    """What the poem is called; before poems had titles: its heads, given line or theme."""
    return poem.title or poem.heads or poem.first_line or poem.theme


def title_html(poem: StoredPoem, say: Say) -> str:
    """The title, or that there is none."""
    title = title_of(poem)
    return escape(title) if title else untitled(poem, say)


def untitled(poem: StoredPoem, say: Say) -> str:
    """What a poem without a title is called."""
    return beside("poem-untitled", say, poem.script)


def beside(key: str, say: Say, script: str) -> str:
    """What is said beside Chinese words in a script: the names that English has in Chinese, too,
    are in that one."""
    return to_script(say(key), script) if say.language == "en" else say(key)


def form_name(poem: StoredPoem, say: Say) -> str:
    """The form in the reader's language."""
    return form_called(poem.form, say, poem.script)


def form_called(form: str, say: Say, script: str) -> str:
    """A form in the reader's language; a 词牌 has its own name in every one."""
    code = CODE_OF_FORM.get(form)
    if code is None or code in TUNE_CODES:
        return escape(to_script(form, script))
    return beside(f"form-{code}", say, script)


def first_sentence(poem: StoredPoem) -> str:
    """How the poem begins."""
    match = _SENTENCE.search(poem.text)
    return escape(match.group()) if match else ""


def _quiet_line(poem: StoredPoem, say: Say) -> str:
    parts = [form_name(poem, say)]
    if poem.heads:
        parts.insert(0, say("poem-acrostic"))
    elif poem.first_line and not is_couplet(poem.form):
        parts.insert(0, say("poem-continued"))
    if poem.dynasty:
        parts.append(say("style-tang" if poem.dynasty == "唐" else "style-song"))
    if poem.rhyme:
        rhyme = to_script(poem.rhyme, script_around(poem, say))
        parts.append(say("poem-tune-rhyme" if is_tune(poem.form) else "poem-rhyme", rhyme=rhyme))
    return " · ".join(parts)


def written_by(poem: StoredPoem, say: Say) -> str:
    """Which lines are people's, in a poem that they wrote by turns; "" for the network's own."""
    if not poem.people_lines:
        return ""
    if len(poem.people_lines) == len(poem.lines):
        return say("poem-by-people")
    return say("poem-by-turns", lines="、".join(poem.people_lines))


def _readings_html(poem: StoredPoem, say: Say) -> list[str]:
    """How what was written was understood, where it might have been understood otherwise."""
    readings = []
    if can_be_reread(poem) and poem.first_line:
        readings.append(say("poem-read-as-line-html", line=poem.first_line))
    elif can_be_reread(poem):
        readings.append(say("poem-read-as-theme-html", theme=poem.theme))
    if poem.theme_reading:
        images = "、".join(poem.theme_reading)
        readings.append(say("poem-reading-html", theme=poem.theme, images=images))
    elif poem.theme_taken == _FREELY:
        readings.append(say("poem-taken-freely-html", theme=poem.theme))
    return readings
