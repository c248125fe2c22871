"""What the tables say of well-known characters."""

import pytest
import torch

from poetry_model import character_tables
from poetry_model.alphabet import Alphabet
from poetry_model.character_tables import CharacterTables
from poetry_model.rhyme_book import level_groups
from poetry_model.vocabulary import Vocabulary

# 涼 and not its variant 凉 is what the corpus keeps; ☺ is in no rhyme book.
VOCABULARY = Vocabulary(tuple("月看涼凉☺後后悠"), unknown_types=1)


@pytest.fixture(scope="module")
def tables() -> CharacterTables:
    return CharacterTables.build(VOCABULARY)


def row(character: str) -> int:
    return VOCABULARY.id(character)


def test_control_ids_variants_and_what_the_rhyme_book_lacks_are_not_known(
    tables: CharacterTables,
) -> None:
    known = [VOCABULARY.character(int(i)) for i in torch.nonzero(tables.known)]
    assert known == list("月看涼後后悠")


def test_a_character_of_two_tones_has_both(tables: CharacterTables) -> None:
    tones = [(bool(tables.level[row(c)]), bool(tables.oblique[row(c)])) for c in "月看悠"]
    assert tones == [(False, True), (True, True), (True, False)]


def test_rhyme_groups_are_the_level_ones(tables: CharacterTables) -> None:
    groups = [level_groups()[int(i)].name for i in torch.nonzero(tables.members[row("悠")])]
    assert groups == ["十一尤"]
    assert not tables.members[row("月")].any()


def test_what_looks_alike_in_simplified_script_has_one_key(tables: CharacterTables) -> None:
    keys = tables.keys.tolist()
    assert keys[row("後")] == keys[row("后")] != keys[row("月")]


def test_verse_doubles_some(tables: CharacterTables) -> None:
    assert tables.doubling[row("悠")]
    assert not tables.doubling[row("月")]


def test_over_an_alphabet_every_table_has_its_rows(tables: CharacterTables) -> None:
    narrow = tables.over(Alphabet.of(torch.tensor([row("悠"), row("月")]), len(VOCABULARY)))
    assert narrow.level.tolist() == [True, False]
    assert narrow.members.shape == (2, len(level_groups()))
    assert narrow.keys.tolist() == [tables.keys[row("悠")], tables.keys[row("月")]]


def test_the_usual_alphabet_is_the_most_frequent_known(
    tables: CharacterTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(character_tables, "USUAL_CHARACTERS", 3)
    usual = tables.usual_alphabet()
    assert [VOCABULARY.character(int(i)) for i in usual.ids] == list("月看涼")
