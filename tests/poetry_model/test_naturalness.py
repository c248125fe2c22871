"""The judge of natural words: what it counts, where it is kept, what it wishes."""

from pathlib import Path

import pytest
import torch

from poetry_model.alphabet import Alphabet
from poetry_model.errors import WeightsError
from poetry_model.filters import Place
from poetry_model.naturalness import (
    BUCKETS,
    NATURALNESS,
    Leaning,
    Naturalness,
    pair_buckets,
    pairs_of,
)
from poetry_model.vocabulary import PAD

IDS = torch.tensor([[3, 4, 5, 6], [5, 5, 3, 4]])


def bucket(previous: int, following: int) -> int:
    return int(pair_buckets(torch.tensor(previous), torch.tensor(following)))


@pytest.fixture
def judge() -> Naturalness:
    """It likes 5, loathes 4, and likes 3 4 side by side and 6 at a line's end."""
    judge = Naturalness.none(8)
    judge.characters[5], judge.characters[4] = 1.0, -2.0
    judge.pairs[bucket(3, 4)], judge.pairs[bucket(6, PAD)] = 0.25, 0.5
    return judge


def test_neighbours_are_counted_inside_lines_and_at_their_ends() -> None:
    found = pairs_of(IDS[:1], (2, 2))[0].tolist()
    pairs = [(PAD, 3), (3, 4), (PAD, 5), (5, 6), (4, PAD), (6, PAD)]
    assert found == [bucket(*pair) for pair in pairs]


def test_lines_may_be_of_any_length() -> None:
    found = pairs_of(IDS[:1], (3, 1))[0].tolist()
    pairs = [(PAD, 3), (3, 4), (4, 5), (PAD, 6), (5, PAD), (6, PAD)]
    assert found == [bucket(*pair) for pair in pairs]


def test_the_measure_is_the_sum_of_what_stands(judge: Naturalness) -> None:
    # 3 4 / 5 6: -2 + 0.25 + 1 + 0.5. 5 5 / 3 4: 1 + 1 - 2 + 0.25.
    assert judge.measure(IDS, (2, 2)).tolist() == [-0.25, 0.25]


def test_of_a_draft_only_the_written_lines_count(judge: Naturalness) -> None:
    assert judge.measure(IDS, (2,)).tolist() == [-1.75, 2.0]


def test_tables_are_scaled_and_added(judge: Naturalness) -> None:
    both = judge.plus(judge.times(0.5))
    assert both.measure(IDS, (2, 2)).tolist() == [-0.375, 0.375]


def test_a_theme_is_not_held_against_a_poem(judge: Naturalness) -> None:
    """4 is spared; 5 keeps what speaks for it."""
    assert judge.sparing([4, 5]).measure(IDS, (2, 2)).tolist() == [1.75, 2.25]
    assert judge.characters[4] == -2.0
    assert judge.sparing([]).measure(IDS, (2, 2)).tolist() == [-0.25, 0.25]


def test_without_a_table_everything_is_equally_natural() -> None:
    assert Naturalness.none(8).measure(IDS, (2, 2)).tolist() == [0.0, 0.0]


def test_the_wish_reaches_each_character_in_its_column(judge: Naturalness) -> None:
    logits = torch.zeros(2, 3)
    logits[0, 0] = -torch.inf
    Leaning(judge.characters, Alphabet.of(torch.tensor([5, 3, 4]), 8)).apply(logits, Place(0, 0, 0))
    assert logits.tolist() == [[-torch.inf, 0.0, -2.0], [1.0, 0.0, -2.0]]


class TestTheFile:
    def test_is_small_and_comes_back(self, judge: Naturalness, tmp_path: Path) -> None:
        judge.save(tmp_path)
        assert (tmp_path / NATURALNESS).stat().st_size <= 200_000
        found = Naturalness.load(tmp_path, 8)
        assert found is not None
        assert found.measure(IDS, (2, 2)).tolist() == [-0.25, 0.25]

    def test_may_be_absent(self, tmp_path: Path) -> None:
        assert Naturalness.load(tmp_path, 8) is None

    def test_of_another_vocabulary_is_refused(self, judge: Naturalness, tmp_path: Path) -> None:
        judge.save(tmp_path)
        with pytest.raises(WeightsError, match="another vocabulary"):
            Naturalness.load(tmp_path, 9)

    def test_that_is_damaged_is_named(self, tmp_path: Path) -> None:
        (tmp_path / NATURALNESS).write_bytes(b"nothing")
        with pytest.raises(WeightsError, match=NATURALNESS):
            Naturalness.load(tmp_path, 8)


def test_far_pairs_seldom_share_a_bucket() -> None:
    chance = torch.Generator().manual_seed(1)
    pairs = torch.randint(3, 7000, (2, 5000), generator=chance)
    assert len(pair_buckets(*pairs).unique()) > 0.93 * 5000 * (1 - 2500 / BUCKETS)
