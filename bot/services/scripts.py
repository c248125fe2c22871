"""A stored poem in the other script, for looking at; a line that somebody wrote, in the script
they read. Pure; nothing is stored."""

from dataclasses import replace

from bot.storage import StoredPoem
from poetry_model import is_han, to_script


def in_script(poem: StoredPoem, script: str) -> StoredPoem:
    """The poem with its words in `script`: the text is converted as a whole, for a character
    is turned by the words around it, and the lines are cut from it anew."""
    if poem.script == script:
        return poem
    text = to_script(poem.text, script)
    return replace(
        poem,
        script=script,
        text=text,
        lines=_cut_like(poem.lines, "".join(filter(is_han, text))),
        theme=to_script(poem.theme, script),
        heads=_turned(poem.heads, script),
        first_line=_turned(poem.first_line, script),
        title=_turned(poem.title, script),
        theme_reading=tuple(to_script(image, script) for image in poem.theme_reading),
    )


def as_read(line: str, script: str) -> str:
    """A line as somebody wrote it, in the script of the poem that it begins.

    >>> as_read("門前萬里雲", "simplified"), as_read("门前万里云", "traditional")
    ('门前万里云', '門前萬里雲')

    What is traditional already stays: only in simplified words can 里 mean 裏.

    >>> as_read("門前萬里雲", "traditional")
    '門前萬里雲'
    """
    simplified = to_script(line, "simplified")
    if script == "simplified":
        return simplified
    return to_script(line, script) if simplified == line else line


def _turned(text: str | None, script: str) -> str | None:
    return None if text is None else to_script(text, script)


def _cut_like(lines: tuple[str, ...], characters: str) -> tuple[str, ...]:
    cut = []
    for line in lines:
        cut.append(characters[: len(line)])
        characters = characters[len(line) :]
    return tuple(cut)
