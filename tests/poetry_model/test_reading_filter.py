"""The filter on words, and that nothing it lets through is read otherwise than asked."""

import random

import pytest
import torch

from poetry_model.alphabet import Alphabet
from poetry_model.character_tables import CharacterTables
from poetry_model.filters import FREE, MUST_LEVEL, MUST_OBLIQUE, Place, ToneFilter
from poetry_model.reading_filter import ReadingFilter, WordReadings
from poetry_model.readings import line_tones, reading_table
from poetry_model.vocabulary import Vocabulary

# 將軍: 將 level. 將相, 丞相: 將 and 相 oblique. 相思: both level.
VOCABULARY = Vocabulary(tuple("將軍相丞思泥白"), 1)
GENERAL, ARMY, EACH, AIDE, LONGING, MUD, WHITE = range(7)
ALPHABET = Alphabet.of(torch.arange(3, 10), 10)
TONES = {"平": MUST_LEVEL, "仄": MUST_OBLIQUE, "中": FREE}


def rule(*templates: str, lengths: tuple[int, ...] = (5,)) -> ReadingFilter:
    tones = torch.tensor([[TONES[tone] for tone in template] for template in templates])
    return ReadingFilter(tones, lengths, WordReadings.build(VOCABULARY), ALPHABET)


def refused(found: ReadingFilter, place: Place, rows: int = 1) -> list[set[int]]:
    logits = torch.zeros(rows, len(ALPHABET))
    found.apply(logits, place)
    return [set(torch.nonzero(row == -torch.inf).flatten().tolist()) for row in logits]


def test_a_character_that_makes_the_one_before_it_be_read_wrongly() -> None:
    found = rule("平平平平平", "仄仄仄仄仄", "中中中中中")
    found.wrote(torch.tensor([GENERAL] * 3), Place(0, 0, 0))
    assert refused(found, Place(1, 0, 1), 3) == [{EACH}, {ARMY}, set()]


def test_a_character_that_is_itself_read_wrongly() -> None:
    found = rule("中平平平平", "中仄仄仄仄")
    found.wrote(torch.tensor([AIDE, AIDE]), Place(0, 0, 0))
    assert refused(found, Place(1, 0, 1), 2) == [{EACH}, set()]


def test_no_word_stands_across_the_pause() -> None:
    found = rule("仄仄仄仄仄")
    found.wrote(torch.tensor([GENERAL]), Place(1, 0, 1))
    assert refused(found, Place(2, 0, 2)) == [set()]
    found.wrote(torch.tensor([GENERAL]), Place(2, 0, 2))
    assert refused(found, Place(3, 0, 3)) == [{ARMY}]


def test_no_word_stands_across_lines() -> None:
    found = rule("仄" * 10, lengths=(5, 5))
    found.wrote(torch.tensor([GENERAL]), Place(4, 0, 4))
    assert refused(found, Place(5, 1, 0)) == [set()]


def test_the_end_of_a_line_may_tell_as_well() -> None:
    # 泥 closes a line as level, 相 as oblique: the words 泥。 and 相。.
    found = rule("中中中中平", "中中中中仄")
    found.wrote(torch.tensor([WHITE] * 2), Place(3, 0, 3))
    assert refused(found, Place(4, 0, 4), 2) == [{EACH}, {MUD}]


def test_what_was_written_goes_with_its_rows() -> None:
    found = rule("平平平平平", "仄仄仄仄仄")
    found.wrote(torch.tensor([GENERAL, WHITE]), Place(0, 0, 0))
    found.keep(torch.tensor([1, 0]))
    assert refused(found, Place(1, 0, 1), 2) == [set(), {EACH}]


def test_words_outside_the_poems_alphabet_are_passed_over() -> None:
    ids = torch.tensor([VOCABULARY.id(c) for c in "將白相"])
    found = ReadingFilter(
        torch.full((1, 5), MUST_LEVEL), (5,), WordReadings.build(VOCABULARY), Alphabet.of(ids, 10)
    )
    found.wrote(torch.tensor([0]), Place(0, 0, 0))
    logits = torch.zeros(1, 3)
    found.apply(logits, Place(1, 0, 1))
    assert logits.tolist() == [[0, 0, -torch.inf]]


@pytest.mark.parametrize("length", [5, 6, 7])
def test_whatever_both_filters_let_through_is_read_as_asked(length: int) -> None:
    """Random lines over all characters of the table, against the checker's reading."""
    characters = dict.fromkeys(c for word, _ in reading_table() for c in word if c != "。")
    vocabulary = Vocabulary(tuple(characters), 1)
    tables, chance = CharacterTables.build(vocabulary), random.Random(length)
    alphabet = Alphabet.of(torch.nonzero(tables.known).flatten(), len(vocabulary))
    over, words = tables.over(alphabet), WordReadings.build(vocabulary)
    settled, lines = 0, 64
    templates = ["".join(chance.choice("平仄中") for _ in range(length)) for _ in range(lines)]
    tones = torch.tensor([[TONES[tone] for tone in template] for template in templates])
    rules = [
        ToneFilter(tones, over.level, over.oblique),
        ReadingFilter(tones, (length,), words, alphabet),
    ]
    generator, columns = torch.Generator().manual_seed(length), []
    for position in range(length):
        place, logits = Place(position, 0, position), torch.zeros(lines, len(alphabet))
        if columns:  # words are rare among random characters, so what makes one is likelier
            rights = words.rights[words.row[alphabet.ids[columns[-1]]]]
            extended = torch.cat([logits, torch.zeros(lines, 1)], 1)
            extended.scatter_(1, alphabet.column_of[rights] % (len(alphabet) + 1), 6.0)
            logits = extended[:, :-1].contiguous()
        for found in rules:
            found.apply(logits, place)
        columns.append(torch.multinomial(logits.softmax(-1), 1, generator=generator).squeeze(1))
        for found in rules:
            found.wrote(columns[-1], place)
    for row, template in enumerate(templates):
        line = "".join(vocabulary.character(int(alphabet.ids[c[row]])) for c in columns)
        for tone, read in zip(template, line_tones(line), strict=True):
            assert tone == "中" or tone in read, (line, template)
        settled += sum(
            len(read) == 1 and len({w for w in reading_table() if w[0] == line[i : i + 2]}) > 0
            for i, read in enumerate(line_tones(line))
        )
    assert settled > lines / 2
