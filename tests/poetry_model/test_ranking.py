"""Adding up what is good about candidates."""

import torch

from poetry_model.ranking import Draft, Term, best_first, merit_at_end, merit_under_way

DRAFT = Draft(torch.tensor([[5, 6], [7, 8]]), torch.tensor([10.0, 14.0]), 1)
EVEN = Term(lambda draft: (draft.ids % 2 == 0).sum(1).float(), under_way=3.0, at_end=0.5)
SEVEN = Term(lambda draft: (draft.ids == 7).any(1).float(), at_end=3.0)


def test_under_way_the_likelier_beginning_is_better_unless_a_term_outweighs_it() -> None:
    assert merit_under_way(DRAFT, []).tolist() == [-10.0, -14.0]
    assert merit_under_way(DRAFT, [EVEN, SEVEN]).tolist() == [-7.0, -11.0]


def test_at_the_end_nats_count_by_the_character_that_was_free() -> None:
    merit = merit_at_end(DRAFT, [EVEN, SEVEN], torch.tensor([2, 1]))
    assert merit.tolist() == [-5.0 + 0.5, -14.0 + 0.5 + 3.0]


def test_a_term_without_worth_is_not_even_measured() -> None:
    def refuse(_: Draft) -> torch.Tensor:
        raise AssertionError("measured for nothing")

    merit_under_way(DRAFT, [Term(refuse, at_end=1.0)])
    merit_at_end(DRAFT, [Term(refuse, under_way=1.0)], torch.tensor([2, 2]))


def test_the_dead_are_left_out() -> None:
    alive = torch.tensor([False, True, True])
    assert best_first(torch.tensor([9.0, 1.0, 2.0]), alive) == [2, 1]
