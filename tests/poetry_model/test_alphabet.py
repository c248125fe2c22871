"""Characters as columns."""

import pytest
import torch

from poetry_model.alphabet import Alphabet

USUAL = Alphabet.of(torch.tensor([5, 3, 9]), 12)


def test_columns_and_ids_are_each_others_inverse() -> None:
    alphabet = USUAL.bringing([7, 0])
    assert torch.equal(alphabet.ids[alphabet.columns(alphabet.ids)], alphabet.ids)
    assert len(alphabet) == 5


def test_what_is_brought_stands_behind_the_usual_each_once() -> None:
    assert USUAL.bringing([7, 3, 7, 2]).ids.tolist() == [5, 3, 9, 7, 2]
    assert USUAL.bringing([9, 3]) is USUAL
    assert USUAL.ids.tolist() == [5, 3, 9]


def test_columns_keep_the_shape_of_the_ids() -> None:
    assert USUAL.columns(torch.tensor([[9, 5], [3, 3]])).tolist() == [[2, 0], [1, 1]]


def test_an_id_outside_is_our_own_bug() -> None:
    with pytest.raises(AssertionError, match="outside"):
        USUAL.columns(torch.tensor([4]))


def test_the_whole_vocabulary_leaves_ids_as_they_are() -> None:
    whole = Alphabet.whole(4)
    assert whole.ids.tolist() == whole.columns(torch.arange(4)).tolist() == [0, 1, 2, 3]


def test_a_table_is_narrowed_row_by_row() -> None:
    table = torch.arange(24).view(12, 2)
    assert USUAL.narrow(table).tolist() == [[10, 11], [6, 7], [18, 19]]
