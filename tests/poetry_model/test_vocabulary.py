"""Characters and their ids."""

from pathlib import Path

import pytest

from poetry_model import WeightsError
from poetry_model.vocabulary import PAD, START, UNKNOWN, Vocabulary


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary.build(["月明月落", "明月夜"], least_count=2)


def test_frequent_characters_come_first_and_rare_ones_are_counted(vocabulary: Vocabulary) -> None:
    assert vocabulary.characters == ("月", "明")
    assert vocabulary.unknown_types == 2  # 落 and 夜
    assert len(vocabulary) == 5


def test_control_ids_are_no_characters(vocabulary: Vocabulary) -> None:
    assert vocabulary.encode("月明") == [3, 4]
    assert {PAD, START, UNKNOWN} == {0, 1, 2}
    assert {vocabulary.character(index) for index in (PAD, START, UNKNOWN)} == {"\ufffd"}


def test_every_character_goes_there_and_back(vocabulary: Vocabulary) -> None:
    for character in vocabulary.characters:
        assert vocabulary.character(vocabulary.id(character)) == character
        assert character in vocabulary


def test_an_unknown_character_gets_the_unknown_id(vocabulary: Vocabulary) -> None:
    assert vocabulary.encode("囍月") == [UNKNOWN, 3]
    assert "囍" not in vocabulary


def test_extra_characters_are_in_however_rare() -> None:
    vocabulary = Vocabulary.build(["月，月"], least_count=2, extra="，。")
    assert vocabulary.characters == ("，", "。", "月")


def test_the_choice_behind_unknown_is_never_of_none() -> None:
    assert Vocabulary.build(["月月"], least_count=1).unknown_types == 1


def test_a_saved_vocabulary_reads_back_equal(tmp_path: Path, vocabulary: Vocabulary) -> None:
    vocabulary.save(tmp_path / "v.txt")
    assert Vocabulary.load(tmp_path / "v.txt") == vocabulary


@pytest.mark.parametrize("text", ["", "月明\n", "x\n月明\n", "1\n月\n明\n"])
def test_a_file_of_another_kind_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "v.txt").write_text(text, "utf-8")
    with pytest.raises(WeightsError, match=r"v\.txt"):
        Vocabulary.load(tmp_path / "v.txt")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"v\.txt"):
        Vocabulary.load(tmp_path / "v.txt")
