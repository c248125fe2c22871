"""A stored poem in the other script. Pure; nothing is stored."""

from dataclasses import replace
from itertools import accumulate

from bot.storage import StoredPoem
from poetry_model import as_read, is_han, to_script


def in_script(poem: StoredPoem, script: str) -> StoredPoem:
    """The poem with its words in `script`: the text is converted as a whole, for a character
    is turned by the words around it, and the lines are cut from it anew. Heads are words of
    their own: 发财 opens its lines as 發財, also where one goes on as 髮短."""
    if poem.script == script:
        return poem
    heads = _turned(poem.heads, script)
    text = _headed(to_script(poem.text, script), poem.lines, heads or "")
    return replace(
        poem,
        script=script,
        text=text,
        lines=_cut_like(poem.lines, "".join(filter(is_han, text))),
        theme=as_read(poem.theme, script),
        heads=heads,
        first_line=_turned(poem.first_line, script),
        title=_turned(poem.title, script),
        theme_reading=tuple(to_script(image, script) for image in poem.theme_reading),
    )


def _turned(text: str | None, script: str) -> str | None:
    return None if text is None else as_read(text, script)


def _headed(text: str, lines: tuple[str, ...], heads: str) -> str:
    """The text with these heads at the openings of its lines."""
    letters = list(text)
    places = [at for at, letter in enumerate(letters) if is_han(letter)]
    for start, head in zip(accumulate(map(len, lines), initial=0), heads, strict=False):
        for at in places[start : start + 1]:
            letters[at] = head
    return "".join(letters)


def _cut_like(lines: tuple[str, ...], characters: str) -> tuple[str, ...]:
    cut = []
    for line in lines:
        cut.append(characters[: len(line)])
        characters = characters[len(line) :]
    return tuple(cut)
