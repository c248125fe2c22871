"""The verses of a poem as they are looked at (Telegram's HTML): as verse, with the tones of
each character, with its pinyin. It does not know titles, nor what stands around the verses.
"""

import re
from collections.abc import Iterator
from html import escape

from bot.handlers.taps import Face
from bot.handlers.typesetting import MARKS, WIDE, centred, filled, indent
from bot.locales import Say, script_of
from bot.services.form_names import is_couplet
from bot.services.pinyin import read_aloud
from bot.storage import StoredPoem
from poetry_model import is_han, is_tune, to_script
from poetry_model.scansion import Place, Scansion, scan

_SENTENCE = re.compile("[^。]+。?")
_CLAUSE = re.compile(f"[^{MARKS}]+[{MARKS}]*")
_WIDEST = 12  # letters in a line of several clauses, so that large type does not break it

# The signs of books of tunes; △ and ▲ where it rhymes.
_SIGNS = {("平", False): "○", ("仄", False): "●", ("平", True): "◎", ("仄", True): "⊙"}
_RHYMES = {"平": "△", "仄": "▲"}
_EITHER = "◎"


def verses_html(poem: StoredPoem, say: Say, face: Face) -> str:
    """The verses with this face."""
    if face is Face.TONES:
        return _with_tones(poem, say)
    if face is Face.PINYIN:
        return _with_pinyin(poem)
    if is_couplet(poem.form):
        return _pair(poem)
    return "\n\n".join("\n".join(stanza) for stanza in _stanzas(poem))


def _stanzas(poem: StoredPoem) -> Iterator[list[str]]:
    """诗 has a verse in a line, so that the heads of an acrostic stand in a column; the verses
    of 词, long and short, run together as far as a sentence goes."""
    if not is_tune(poem.form):
        yield [_verse(poem, line, mark) for line, mark in zip(poem.lines, marks(poem), strict=True)]
        return
    for stanza in poem.text.split("\n"):
        sentences = _SENTENCE.findall(stanza)
        lines = [line for each in sentences for line in filled(_CLAUSE.findall(each), _WIDEST)]
        yield [escape(centred(line)) for line in lines]


def _verse(poem: StoredPoem, line: str, mark: str) -> str:
    if not poem.heads:
        return escape(centred(line + mark))
    return f"{indent(len(line))}<b>{escape(line[0])}</b>{escape(line[1:] + mark)}"


def marks(poem: StoredPoem) -> list[str]:
    """What stands behind each line of the poem; in turn ， and 。 where its text does not tell."""
    found = re.split("[^\\W\\d_]+", poem.text.replace("\n", ""))[1:]
    whole = "".join(filter(is_han, poem.text)) == "".join(poem.lines)
    if whole and len(found) == len(poem.lines):
        return found
    last = len(poem.lines) - 1
    return ["，" if at % 2 == 0 and at < last else "。" for at in range(len(poem.lines))]


def _pair(poem: StoredPoem) -> str:
    """上联 above 下联."""
    labels = (to_script(label, poem.script) for label in ("上联", "下联"))
    return "\n".join(
        f"{label}：{escape(line)}" for label, line in zip(labels, poem.lines, strict=True)
    )


def _with_tones(poem: StoredPoem, say: Say) -> str:
    """Each verse over the signs of its tones; what rhymes stands bold. Then what they mean."""
    scanned = scan(poem.form, poem.lines)
    verses = [
        f"{_spaced([_bold_rhyme(place) for place in line])}\n{_spaced([_sign(p) for p in line])}"
        for line in scanned.lines
    ]
    legend = [say("tones-signs"), *_pattern(scanned, say, script_around(poem, say))]
    return "\n".join([*verses, "", *(f"<i>{escape(each)}</i>" for each in legend)])


def script_around(poem: StoredPoem, say: Say) -> str:
    """The script of what is said about a poem: the reader's; English leaves it to the poem."""
    return poem.script if say.language == "en" else script_of(say.language)


def _pattern(scanned: Scansion, say: Say, script: str) -> list[str]:
    """The name of the pattern and what rhymes."""
    rhyming = [place.character for line in scanned.lines for place in line if place.rhymes]
    pattern = to_script(scanned.pattern, script)
    said = [say("tones-pattern", pattern=pattern)] if pattern else []
    return [*said, say("tones-rhymes", words="、".join(rhyming))] if rhyming else said


def _bold_rhyme(place: Place) -> str:
    return f"<b>{escape(place.character)}</b>" if place.rhymes else escape(place.character)


def _sign(place: Place) -> str:
    if place.rhymes:
        return _RHYMES.get(place.tone, _EITHER)
    return _SIGNS.get((place.tone, place.free), _EITHER)


def _with_pinyin(poem: StoredPoem) -> str:
    """Each verse under its syllables, its letters apart so that they stand near them."""
    aloud = read_aloud(poem.form, poem.lines)
    return "\n".join(
        f"<i>{escape(' '.join(syllables))}</i>\n{escape(_spaced(list(line)))}{mark}"
        for syllables, line, mark in zip(aloud, poem.lines, marks(poem), strict=True)
    )


def _spaced(letters: list[str]) -> str:
    return WIDE.join(letters)
