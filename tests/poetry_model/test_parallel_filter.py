"""The wish for parallel lines, against the measure it is made from."""

import copy
import random
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from poetry_model import PoemRequest, Poet
from poetry_model.alphabet import Alphabet
from poetry_model.filters import Place
from poetry_model.parallel_filter import ParallelVectors, ParallelWish
from poetry_model.parallelism import parallel_score, parallel_table, place_scores
from poetry_model.vocabulary import Vocabulary

VOCABULARY = Vocabulary(tuple("月風山水三五紅綠蕭滾來下酒詩囍"), 1)
ALPHABET = Alphabet.of(torch.arange(3, len(VOCABULARY)), len(VOCABULARY))
VECTORS = ParallelVectors.build(VOCABULARY, parallel_table())
DOUBLING = torch.tensor([character in "蕭滾" for character in VOCABULARY.characters])


def columns(text: str) -> Tensor:
    return torch.tensor([VOCABULARY.characters.index(character) for character in text])


def wish(weight: float = 1.0, lengths: tuple[int, ...] = (2, 2)) -> ParallelWish:
    return ParallelWish(VECTORS, ALPHABET, DOUBLING, (0,), lengths, weight)


def write(rule: ParallelWish, *lines: str) -> None:
    """One candidate's lines so far."""
    index = 0
    for number, line in enumerate(lines):
        for position, column in enumerate(columns(line)):
            rule.wrote(column.unsqueeze(0), Place(index, number, position))
            index += 1


def wished(rule: ParallelWish, place: Place, rows: int = 1) -> Tensor:
    logits = torch.zeros(rows, len(ALPHABET))
    rule.apply(logits, place)
    return logits


def test_every_character_is_lifted_by_its_log_odds_below_the_one_above() -> None:
    rule = wish(weight=0.5)
    write(rule, "三月")
    found = wished(rule, Place(2, 1, 0))[0]
    for character in "五紅水酒":
        expected = parallel_table().pair("三", character) / 2
        assert found[columns(character)].item() == pytest.approx(expected, abs=1e-4)


def test_what_the_table_lacks_is_left_alone() -> None:
    rule = wish()
    write(rule, "三月")
    assert wished(rule, Place(2, 1, 0))[0, columns("囍")].item() == 0.0


def test_the_first_line_and_other_couplets_are_left_alone() -> None:
    rule = wish(lengths=(2, 2, 2, 2))
    assert not wished(rule, Place(0, 0, 0)).any()
    write(rule, "三月", "五風", "紅山")
    assert not wished(rule, Place(6, 3, 0)).any()


def test_a_doubling_above_is_answered_by_one() -> None:
    rule, single = wish(), wish()
    write(rule, "蕭蕭")
    write(single, "蕭下")
    begins = wished(rule, Place(2, 1, 0)) - wished(single, Place(2, 1, 0))
    assert begins[0, columns("滾")].item() > 3  # verse doubles it
    assert begins[0, columns("來")].item() == 0
    write(rule, "蕭蕭", "滾")
    repeated = wished(rule, Place(3, 1, 1))[0, columns("滾")].item()
    assert repeated > 3 + parallel_table().pair("蕭", "滾")


def test_no_doubling_where_there_is_none_above() -> None:
    rule = wish()
    write(rule, "蕭下", "滾")
    assert wished(rule, Place(3, 1, 1))[0, columns("滾")].item() < -3


def test_what_was_written_goes_with_its_rows() -> None:
    rule = wish()
    for position, pair in enumerate(("三月", "月三")):
        rule.wrote(columns(pair), Place(position, 0, position))
    before = wished(rule, Place(2, 1, 0), 2)
    rule.keep(torch.tensor([1, 0]))
    after = wished(rule, Place(2, 1, 0), 2)
    assert torch.allclose(after, before.flip(0))


def test_the_merit_of_whole_couplets_is_that_of_the_measure() -> None:
    """On random lines, as tensors and as text; rare pairs are not believed beyond 4 nats."""
    chance = random.Random(1)
    known = VOCABULARY.characters
    poems = ["".join(chance.choices(known, k=20)) for _ in range(50)]
    ids = torch.tensor([VOCABULARY.encode(poem) for poem in poems])
    found = VECTORS.merit(ids, (5,) * 4, (0, 2), 4)
    first = VECTORS.merit(ids, (5,) * 4, (0, 2), 2)
    for poem, all_of_it, beginning in zip(poems, found.tolist(), first.tolist(), strict=True):
        lines = [poem[start : start + 5] for start in range(0, 20, 5)]
        scores = [sum(place_scores(*lines[start : start + 2])) for start in (0, 2)]
        # Doublings and pairs above 4 nats are rare enough here to be told apart.
        if all(abs(parallel_table().pair(*p)) < 4 for p in zip(poem[:5], poem[5:10], strict=True)):
            assert beginning == pytest.approx(scores[0], abs=1e-3)
            pairs = zip(poem[10:15], poem[15:], strict=True)
            if all(abs(parallel_table().pair(*p)) < 4 for p in pairs):
                assert all_of_it == pytest.approx(sum(scores), abs=1e-3)


def written(poet: Poet, weight: float) -> list[tuple[str, str]]:
    """The middle couplets of three poems."""
    options = replace(poet.options, parallel_wish=weight, parallel_weight=weight)
    writer = copy.copy(poet)
    writer.options = options
    poems = [writer.write(PoemRequest("五律", "山", seed=seed)).lines for seed in range(3)]
    return [lines[start : start + 2] for lines in poems for start in (2, 4)]  # type: ignore[misc]


def test_poems_written_with_the_wish_answer_line_for_line_more_closely(poet: Poet) -> None:
    scores = [
        sum(parallel_score(*couplet) for couplet in written(poet, weight)) for weight in (0, 0.5)
    ]
    assert scores[1] > scores[0]


def test_the_second_line_of_a_couplet_answers_the_one_given(poet: Poet) -> None:
    """A line of 杜甫; what answers it was never seen with it."""
    poem = poet.write(PoemRequest("对联", first_line="无边落木萧萧下", seed=1))
    upper, lower = poem.lines
    assert lower[4] == lower[5]
    assert parallel_score(upper, lower) > 0.5
