"""A title for a poem, written by the same network.

Owns which words of the poem the network is shown, and the choice among the titles it
writes. In training it was given words of a poem as the theme and wrote the poem's
title (`side_tasks`); here it does the same for a poem of its own. Knows no verse.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from poetry_model.alphabet import Alphabet
from poetry_model.cells import StepNetwork
from poetry_model.character_tables import CharacterTables
from poetry_model.decoding import NOT_FORCED, Plan, Sampling, price, sample
from poetry_model.filters import LogitFilter, NoRepetition, OnlyThese
from poetry_model.ranking import best_first
from poetry_model.script import HAN, han_only, to_traditional
from poetry_model.slots import TITLE
from poetry_model.vocabulary import UNKNOWN, Vocabulary

_CANDIDATES = 12  # of each length
_LENGTHS = (2, 4)
_LENGTHS_ABOUT = (2, 3)  # 月夜, 山中月
_LONGEST_THEME = 8  # a longer theme is no title
_WORDS = 4  # of two characters each, as in training
_OWN = 2.5  # how much more P(title | poem) / P(title) counts than P(title | poem)
_LETTER = "[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]"
_TORN = re.compile(f"{_LETTER}{HAN}|{HAN}{_LETTER}")
_SAMPLING = Sampling(temperature=0.7, min_p=0.05)
# Titles of the corpus that speak to somebody, answer somebody, count, or say nothing: 送
# somebody, 次韻 somebody, 其二, 偶成. Nobody stands behind a poem of ours.
_ADDRESSING = (
    "送贈寄酬答和韻次呈謝挽輓哭賀壽代擬奉同與示別留上題首其之即偶漫雜一二三四五六七八九十"
    "丈公君兄弟侄姪子女郎官守令丞尉卿相使侍御史員尚書判參軍僧師道士禪院寺王李張劉陳楊趙黃周吳徐孫"
)


def theme_in_title(theme: str) -> str:
    """What of a theme may be in a title: its Han characters, unless letters or figures are part
    of their words, which are none without them.

    >>> theme_in_title("秋 夜"), theme_in_title("A股大跌"), theme_in_title("第1次见面")
    ('秋夜', '', '')
    """
    return "" if _TORN.search(theme) else han_only(theme)


class TitleWriter:
    """Writes titles of two to four characters."""

    def __init__(
        self, network: StepNetwork, vocabulary: Vocabulary, tables: CharacterTables
    ) -> None:
        self._network, self._vocabulary = network, vocabulary
        addressing = torch.zeros(len(vocabulary), dtype=torch.bool)
        addressing[[vocabulary.id(character) for character in _ADDRESSING]] = True
        self._tables, self._alphabet = tables, tables.usual_alphabet()
        self._allowed = self._alphabet.narrow(tables.known & ~addressing)

    def name(self, lines: Sequence[str], theme: str, chance: random.Random) -> str:
        """The title of a poem on this theme, in traditional script: the theme where it is
        a word or a phrase, else one that the network writes."""
        theme = theme_in_title(theme)
        if 2 <= len(theme) <= _LONGEST_THEME:
            return to_traditional(theme)
        return self.write(lines, to_traditional(theme) if len(theme) == 1 else "", chance)

    def write(self, lines: Sequence[str], about: str, chance: random.Random) -> str:
        """The best of a few dozen titles for these lines, in traditional script.

        `about` is a character that shall stand in it, or "".
        """
        theme = self._words(lines, chance)
        poem = torch.tensor(self._vocabulary.encode("".join(lines)))
        found = [self._best(plan, poem, chance) for plan in self._plans(theme, about)]
        return max(found)[1]

    def _words(self, lines: Sequence[str], chance: random.Random) -> tuple[int, ...]:
        """Ids of a few of the words that the lines open with, in the order they stand."""
        words = [line[start : start + 2] for line in lines for start in (0, 2)]
        places = sorted(chance.sample(range(len(words)), min(_WORDS, len(words))))
        ids = self._vocabulary.encode("".join(words[place] for place in places))
        return tuple(i for i in ids if i != UNKNOWN)

    def _plans(self, theme: tuple[int, ...], about: str) -> Iterator[Plan]:
        """One for each length; what the title is about opens or closes it, in turn."""
        known = about in self._vocabulary
        for length in _LENGTHS_ABOUT if known else _LENGTHS:
            forced = torch.full((_CANDIDATES, length), NOT_FORCED)
            if known:
                forced[::2, 0] = forced[1::2, -1] = self._vocabulary.id(about)
            yield Plan(TITLE, (length,), theme, (0, 0, 0), forced)

    def _best(self, plan: Plan, poem: Tensor, chance: random.Random) -> tuple[float, str]:
        """The best title of a plan, and how good it is, in nats a character."""
        alphabet = self._alphabet.bringing(plan.brought())
        generator = torch.Generator().manual_seed(chance.getrandbits(48))
        rules = self._rules(alphabet, alphabet.columns(plan.forced[plan.forced != NOT_FORCED]))
        titles = sample(self._network, alphabet, plan, rules, _SAMPLING, generator)
        unthemed = price(self._network, alphabet, replace(plan, theme=()), titles.ids)
        length = plan.forced.shape[1]
        # What any poem could be called, above all what only this one could, and its own words.
        merit = (_OWN * unthemed - (1 + _OWN) * titles.nats) / length
        merit += torch.isin(titles.ids, poem).float().mean(1)
        row = best_first(merit, titles.alive)[0]
        text = "".join(self._vocabulary.character(i) for i in titles.ids[row].tolist())
        return float(merit[row]), text

    def _rules(self, alphabet: Alphabet, standing: Tensor) -> list[LogitFilter]:
        """`standing` are the columns of what has its place already: it stands there once."""
        # What the poem's rare words bring into the alphabet may stand in its title too.
        brought = torch.ones(len(alphabet) - len(self._allowed), dtype=torch.bool)
        none, reserved = torch.zeros(2, len(alphabet), dtype=torch.bool)
        reserved[standing] = True
        keys = alphabet.narrow(self._tables.keys)
        return [
            OnlyThese(torch.cat([self._allowed, brought])),
            NoRepetition(_CANDIDATES, keys, reserved, none),
        ]
