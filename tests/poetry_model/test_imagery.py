"""The lexicon of images: every row is fit for verse, every word is found in a theme."""

import pytest

from poetry_model.associations import load_associations
from poetry_model.checkpoints import shipped_weights
from poetry_model.imagery import fold, lexicon, names_something, words_at
from poetry_model.rhyme_book import tones_of
from poetry_model.script import data_lines, is_han, normalise
from poetry_model.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load(shipped_weights() / "vocabulary.txt")


def test_every_image_is_of_one_or_two_characters_that_verse_can_hold(
    vocabulary: Vocabulary,
) -> None:
    unfit = {
        image
        for images in lexicon().values()
        for image in images
        if len(image) > 2
        or normalise(image) != image
        or not all(character in vocabulary and tones_of(character) for character in image)
    }
    assert not unfit


def test_every_row_has_three_to_eight_images_none_twice() -> None:
    for names, images in data_lines("imagery.tsv"):
        assert 3 <= len(images.split()) <= 8, names
        assert len(set(images.split())) == len(images.split()), names


def test_no_word_stands_in_two_rows() -> None:
    rows = [set(fold(names).split()) for names, _ in data_lines("imagery.tsv")]
    assert sum(map(len, rows)) == len(lexicon()) > 2000


def test_most_images_are_words_of_verse() -> None:
    """A pair that verse rarely joins can still be written as two characters."""
    pairs = {image for images in lexicon().values() for image in images if len(image) == 2}
    common = set(load_associations().words.values())
    assert len(pairs & common) / len(pairs) > 0.75


@pytest.mark.parametrize("text", ["寫代碼", "写代码"])
def test_words_are_found_in_either_script(text: str) -> None:
    assert list(words_at(fold(text), 0)) == ["写代码"]


def test_longest_words_come_first() -> None:
    assert list(words_at(fold("加班到深夜"), 0)) == ["加班到深夜", "加班"]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("AI", True),
        ("ＡＩ", True),
        ("my AI friend", True),
        ("rain", False),
        ("🌙", True),
        ("✈️", True),
        ("双11", True),
        ("hello", False),
        ("🫠", False),
        ("", False),
    ],
)
def test_letters_and_signs_are_words_when_they_stand_alone(text: str, *, known: bool) -> None:
    assert names_something(text) is known


def test_the_lexicon_is_chinese_in_chinese_out() -> None:
    assert all(is_han(character) for images in lexicon().values() for character in "".join(images))
