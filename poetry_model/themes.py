"""How a theme is read: what of it can stand in verse, and through which images the rest.

Owns the cutting of a theme into words, the choice between the literal and the image,
and what is told of it to the network, the filters and the reader. Knows the lexicon and
the associations, no network.

A theme is cut so that it falls into the fewest pieces: words of the lexicon (加班), words
of verse (秋思), then single characters. What only joins words (的, 了, 我们) is dropped
when anything else is left.
"""

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from poetry_model.associations import load_associations
from poetry_model.imagery import fold, lexicon, words_at
from poetry_model.rhyme_book import tones_of
from poetry_model.script import han_only, to_simplified, traditional_forms
from poetry_model.vocabulary import UNKNOWN, Vocabulary

LONGEST_CONDITION = 8  # characters that the network is told, as in training
MOST_WORDS = 4  # words that one poem is asked to hold
_COMMON_CHARACTERS = 1000
_SHOWN = 4  # images that a reader is told of
# Characters that join or soften words in today's speech.
_JOINING = frozenset(
    "的了在我们你您他她它是有和与跟及或这那哪什么怎样吗呢吧啊呀哦嗯嘛啦很也都就又还不没别太"
    "最更把被让给对从到着过得地之而其会能要想去来个些点里上中下大小好多一"
)
# What a piece of the theme costs; the cheapest cut is taken.
# A word joined of joining characters (想你) is still cheaper than they are.
_LEXICON_COST, _WORD_COST, _CHARACTER_COST, _JOINING_COST = 0.9, 1.0, 1.05, 0.47
_UNKNOWN_COST = 1.3
_COUNTED = re.compile(r"\d+\s*(?:[年月日号號岁歲分届屆]|[点點]半?)的?")  # 2026年, 8点半的
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
    "蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万"
    "段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢"
    "路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋"
)
_LONG_SURNAMES = frozenset(
    ("欧阳", "司马", "诸葛", "上官", "慕容", "令狐", "皇甫", "尉迟", "东方", "独孤", "南宫", "夏侯")
)


class Taken(Enum):
    """How a theme was taken."""

    NOT_GIVEN = ""
    LITERALLY = "literally"
    AS_A_NAME = "name"
    THROUGH_IMAGES = "images"
    FREELY = "freely"  # nothing of it is known to verse


@dataclass(frozen=True)
class ThemeReading:
    """A theme as verse can take it; all in traditional characters.

    `literal`: words of one or two characters of the theme itself that verse uses;
    `images`: those through which the rest is read, aptest first; `taken`: how.
    """

    literal: tuple[str, ...]
    images: tuple[str, ...]
    taken: Taken

    @property
    def words(self) -> tuple[str, ...]:
        """What should stand in the poem."""
        return (*self.literal, *self.images)

    def for_one_poem(self, chance: random.Random) -> "ThemeReading":
        """As many words as a poem can hold: others each time, the apter the likelier."""
        literal = _some(self.literal, MOST_WORDS, chance)
        return replace(
            self,
            literal=literal,
            images=_some(self.images, max(MOST_WORDS - len(literal), 2), chance),
        )

    def owed(self, vocabulary: Vocabulary) -> tuple[tuple[int, ...], ...]:
        """Ids of the words, no id twice; words that the vocabulary lacks are left out."""
        seen: set[int] = {UNKNOWN}
        words = []
        for word in self.words:
            ids = vocabulary.encode(word)
            if seen.isdisjoint(ids) and len(set(ids)) == len(ids):
                words.append(tuple(ids))
                seen.update(ids)
        return tuple(words)

    def condition(self, vocabulary: Vocabulary) -> tuple[int, ...]:
        """Ids that the network is told: the words' characters, eight at most."""
        return tuple(i for word in self.owed(vocabulary) for i in word)[:LONGEST_CONDITION]

    def near(self) -> str:
        """Characters found near the words in verse, nearest first, none of their own."""
        associations = load_associations()
        rows = (associations.near(word) for word in self.words)
        mixed = itertools.chain.from_iterable(itertools.zip_longest(*rows, fillvalue=""))
        own = "".join(self.words)
        return "".join(dict.fromkeys(c for c in mixed if c not in own))

    def told(self, lines: Sequence[str], script: str) -> tuple[str, ...]:
        """What to tell the reader of a poem of these traditional lines: the images that
        stand in it, or the first ones where none does, in the script; () for a theme
        that was taken literally."""
        standing = [image for image in self.images if any(image in line for line in lines)]
        told = tuple(standing or self.images)[:_SHOWN]
        return tuple(map(to_simplified, told)) if script == "simplified" else told


def _some(words: Sequence[str], most: int, chance: random.Random) -> tuple[str, ...]:
    """At most so many, in their order; an early word is likelier to be among them."""
    drawn = sorted(range(len(words)), key=lambda place: place / 2 + 3 * chance.random())
    return tuple(words[place] for place in sorted(drawn[:most]))


def without_counts(theme: str) -> str:
    """The theme without what figures count, which verse does not, where more is left.

    >>> without_counts("2026年春节"), without_counts("3月的雨"), without_counts("3月")
    ('春节', '雨', '3月')
    """
    left = _COUNTED.sub("", theme)
    return left if han_only(left) else theme


def read_theme(theme: str, vocabulary: Vocabulary) -> ThemeReading:
    """Reads a theme in either script; the same theme is always read the same way.

    >>> reading = read_theme("在高铁上", Vocabulary(tuple("千里一日飛山川長風江陵"), 1))
    >>> reading.literal, reading.images
    ((), ('千里', '一日', '飛', '山川', '長風', '江陵'))
    """
    folded = fold(theme)
    given = _given_name(folded)
    pieces = _without_joining(_cut(folded, vocabulary))
    images = [image for piece in pieces for image in lexicon().get(piece.text, ())]
    if images:
        pieces = [piece for piece in pieces if not _odd(piece, vocabulary)]
    if given and not images:
        found = _literals([_Piece(c, _as_verse(c, vocabulary)) for c in given])
        taken = Taken.AS_A_NAME
    else:
        found = _literals(pieces)
        taken = Taken.THROUGH_IMAGES if images else Taken.LITERALLY
    # A place that verse names itself, 杭州, has its name among its images.
    own = {image for image in images if fold(image) in folded}
    literal = tuple(dict.fromkeys((*found, *sorted(own))))
    rest = tuple(dict.fromkeys(i for i in _in_turn(pieces) if i not in literal))
    if not literal and not rest:
        taken = Taken.FREELY if han_only(theme) else Taken.NOT_GIVEN
    return ThemeReading(literal, rest, taken)


@dataclass(frozen=True)
class _Piece:
    """A stretch of the folded theme, and the same as verse writes it, "" if it never does."""

    text: str
    verse: str


def _odd(piece: _Piece, vocabulary: Vocabulary) -> bool:
    """Whether the piece is a single character that verse uses seldom: left over beside
    words of today (代码 + 评 + 审) such are the rest of another one."""
    single = len(piece.verse) == 1 and piece.text not in lexicon()
    return single and vocabulary.id(piece.verse) > _COMMON_CHARACTERS


def _literals(pieces: Sequence[_Piece]) -> list[str]:
    return [piece.verse for piece in pieces if piece.verse and piece.text not in lexicon()]


def _in_turn(pieces: Sequence[_Piece]) -> Iterator[str]:
    """The images of several words by turns: 在北京加班 is both, not Beijing alone."""
    rows = (lexicon().get(piece.text, ()) for piece in pieces)
    mixed = itertools.chain.from_iterable(itertools.zip_longest(*rows))
    return (image for image in mixed if image is not None)


def _without_joining(pieces: list[_Piece]) -> list[_Piece]:
    matter = [piece for piece in pieces if piece.text not in _JOINING]
    return matter if any(p.verse or p.text in lexicon() for p in matter) else pieces


def _cut(folded: str, vocabulary: Vocabulary) -> list[_Piece]:
    """The cheapest cut into pieces, by dynamic programming from the end; where two cost
    the same the longer piece comes first."""
    costs = [0.0] * (len(folded) + 1)
    cuts: list[_Piece] = [_Piece("", "")] * len(folded)
    for start in range(len(folded) - 1, -1, -1):
        choices = list(_choices(folded, start, vocabulary))
        totals = [cost + costs[start + len(piece.text)] for piece, cost in choices]
        costs[start] = min(totals)
        cuts[start] = choices[totals.index(costs[start])][0]
    pieces, start = [], 0
    while start < len(folded):
        pieces.append(cuts[start])
        start += len(cuts[start].text)
    return pieces


def _choices(folded: str, start: int, vocabulary: Vocabulary) -> Iterator[tuple[_Piece, float]]:
    """Each piece that may begin there with its cost, longest first."""
    for word in words_at(folded, start):
        yield _Piece(word, ""), _LEXICON_COST
    pair = folded[start : start + 2]
    word = load_associations().words.get(pair, "")
    if word and all(_stands(character, vocabulary) for character in word):
        yield _Piece(pair, word), _WORD_COST
    character = folded[start]
    yield _Piece(character, _as_verse(character, vocabulary)), _cost(character, vocabulary)


def _cost(character: str, vocabulary: Vocabulary) -> float:
    if character in _JOINING:
        return _JOINING_COST
    return _CHARACTER_COST if _as_verse(character, vocabulary) else _UNKNOWN_COST


def _as_verse(character: str, vocabulary: Vocabulary) -> str:
    """The commonest in verse of the traditional characters it may stand for, or "".

    Simplified 后 is 後, the commoner one.
    """
    forms = [form for form in traditional_forms(character) if _stands(form, vocabulary)]
    return min(forms, key=vocabulary.id, default="")


def _stands(character: str, vocabulary: Vocabulary) -> bool:
    """Whether verse written by rule can hold the character at all."""
    return character in vocabulary and bool(tones_of(character))


def _given_name(folded: str) -> str:
    """The given name where the whole theme is a person's name, "" otherwise.

    >>> _given_name("王小明"), _given_name("欧阳雪"), _given_name("江南"), _given_name("月")
    ('小明', '雪', '', '')
    """
    if len(folded) - len(han_only(folded)) or not 2 <= len(folded) <= 4:
        return ""
    words = load_associations().words
    if folded[:2] in _LONG_SURNAMES:
        return folded[2:]
    if folded[0] not in _SURNAMES or len(folded) == 4 or folded[:2] in words:
        return ""
    return folded[1:]
