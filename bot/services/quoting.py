"""What of somebody's message a poem can be asked with: its words as a theme, a line, heads.

Pure. A short message is a theme as it stands; of a long one the phrases that verse has most
words for are taken. Links, names and commands are nobody's words.
"""

import re

from bot.services.asking import NotUnderstood, is_line
from poetry_model import is_han
from poetry_model.associations import load_associations
from poetry_model.imagery import fold, names_something, words_at

LONGEST = 12  # characters of a theme that is taken from a message; the poet heeds some eight
_MOST_HEADS = 16
_NO_WORDS = re.compile(r"https?://\S+|[@/#][\w@]+")
_JOINING = frozenset("的了在我你他她它是有和就都也不这那吗呢吧啊呀哦嗯很太")


def quoted_theme(text: str) -> str:
    """The theme in a message. Raises NotUnderstood where it holds none.

    >>> quoted_theme("今晚月色真美！"), quoted_theme("哈哈 https://example.org 想家了")
    ('今晚月色真美', '哈哈 想家了')
    """
    phrases = _phrases(text)
    if not phrases:
        plain = _NO_WORDS.sub("", text).strip()
        if plain and len(plain) <= LONGEST and names_something(plain):
            return plain
        raise NotUnderstood("quote_without_words")
    if sum(map(len, phrases)) <= LONGEST:
        return " ".join(phrases)
    return " ".join(_best(phrases))


def quoted_line(text: str) -> str:
    """The first line of verse in a message. Raises NotUnderstood where there is none.

    >>> quoted_line("他说：“海内存知己，天涯若比邻。”")
    '海内存知己'
    """
    line = next((phrase for phrase in _phrases(text) if is_line(phrase)), None)
    if line is None:
        raise NotUnderstood("quote_without_line")
    return line


def quoted_heads(text: str) -> str:
    """The heads of an acrostic. Raises NotUnderstood where a message is too long for that."""
    heads = "".join(_phrases(text))
    if not 2 <= len(heads) <= _MOST_HEADS:
        raise NotUnderstood("quote_without_heads")
    return heads


def _phrases(text: str) -> list[str]:
    """Runs of Han characters."""
    plain = _NO_WORDS.sub(" ", text)
    return "".join(character if is_han(character) else " " for character in plain).split()


def _best(phrases: list[str]) -> list[str]:
    """The phrases most like verse that are short enough, in their order; where none is, the
    words of verse in the text."""
    fitting = [place for place, phrase in enumerate(phrases) if len(phrase) <= LONGEST]
    ranked = sorted(fitting, key=lambda place: -_likeness(phrases[place]))
    chosen: list[int] = []
    room = LONGEST
    for place in ranked:
        if len(phrases[place]) <= room and (not chosen or _likeness(phrases[place]) > 0):
            chosen.append(place)
            room -= len(phrases[place])
    if chosen and _likeness(phrases[chosen[0]]) > 0:
        return [phrases[place] for place in sorted(chosen)]
    words = [word for phrase in phrases for word in _verse_words(phrase)]
    return list(dict.fromkeys(words))[: LONGEST // 2] or [phrases[0][:LONGEST]]


def _likeness(phrase: str) -> float:
    """How much of a phrase are words of verse, its small words taken off."""
    words = _verse_words(phrase)
    joining = sum(character in _JOINING for character in phrase)
    return (2 * sum(map(len, words)) - joining) / (len(phrase) + 2)


def _verse_words(phrase: str) -> list[str]:
    """Words that verse has, or images for, one after the other."""
    folded, known = fold(phrase), load_associations().words
    words, place = [], 0
    while place < len(folded):
        modern = next(words_at(folded, place), "")
        pair = folded[place : place + 2]
        word = modern if len(modern) > 1 else pair if pair in known else ""
        if word and not _JOINING & set(word):
            words.append(word)
        place += len(word) or 1
    return words
