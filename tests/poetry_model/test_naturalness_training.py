"""Learning what gives a poet away: on poems whose difference is known, and on a real one."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from poetry_model import Poet
from poetry_model.corpus import PoemRecord
from poetry_model.errors import CorpusError
from poetry_model.naturalness import Naturalness
from poetry_model.naturalness_training import auc, features, fit, learn
from poetry_model.vocabulary import Vocabulary

VOCABULARY = Vocabulary(tuple("山水花鳥風霜雨雪春不"), 1)


def poems(characters: str, count: int) -> list[tuple[str, ...]]:
    chance = torch.Generator().manual_seed(len(characters) + count)
    picks = torch.randint(len(characters), (count, 2, 5), generator=chance).tolist()
    return [tuple("".join(characters[i] for i in line) for line in poem) for poem in picks]


@pytest.mark.parametrize(
    ("own", "human", "area"),
    [([0.0], [1.0], 1.0), ([1.0], [0.0], 0.0), ([1.0], [1.0], 0.5), ([1, 3], [2, 4], 0.75)],
)
def test_the_area_counts_pairs(own: list[float], human: list[float], area: float) -> None:
    assert auc(own, human) == area


def test_what_one_side_overuses_is_weighed_down() -> None:
    judge, area = fit(poems("山水花鳥不不不", 80), poems("山水花鳥風霜", 80), VOCABULARY)
    weights = {c: float(judge.characters[VOCABULARY.id(c)]) for c in "不風霜山雪"}
    assert weights["不"] < 0 < min(weights["風"], weights["霜"])
    assert abs(weights["山"]) < weights["風"]
    assert weights["雪"] == 0
    assert area > 0.95


def test_two_halves_of_one_kind_are_not_told() -> None:
    own, human = poems("山水花鳥風霜雨雪", 150), poems("山水花鳥風霜雨雪", 151)
    assert fit(own, human, VOCABULARY)[1] == pytest.approx(0.5, abs=0.12)


def test_a_larger_human_side_weighs_no_more() -> None:
    """Both sides count the same: with nothing to tell, nothing leans."""
    own = poems("山水花鳥", 40)
    judge, _ = fit(own, own * 5, VOCABULARY)
    assert float(judge.characters.abs().max()) < 0.02


def test_the_regression_minimises_its_loss() -> None:
    """At the minimum the gradient is nought: for each weight, what the regularisation pulls
    is what the poems push."""
    own, human = poems("山水不", 30), poems("山水風", 20)
    judge, _ = fit(own, human, VOCABULARY)
    table = torch.cat([judge.characters, judge.pairs])
    size = len(table)
    scores = [[float(table[features(p, VOCABULARY)].sum()) for p in side] for side in (own, human)]
    best = min((_loss(scores, bias / 50) for bias in range(-100, 100)), key=lambda loss: loss)
    strength = 10 / 2 / 20
    before = best + strength * float(table.square().sum())
    chance = torch.Generator().manual_seed(1)
    for _ in range(5):
        moved = table + 0.02 * torch.randn(size, generator=chance) * (table != 0)
        tried = [[float(moved[features(p, VOCABULARY)].sum()) for p in s] for s in (own, human)]
        loss = min(_loss(tried, bias / 50) for bias in range(-100, 100))
        assert loss + strength * float(moved.square().sum()) > before - 1e-3


def _loss(scores: list[list[float]], bias: float) -> float:
    own = sum(math.log1p(math.exp(score + bias)) for score in scores[0]) / len(scores[0])
    human = sum(math.log1p(math.exp(-score - bias)) for score in scores[1]) / len(scores[1])
    return own + human


class TestRounds:
    def test_the_poet_learns_a_table_and_writes_otherwise(
        self, tiny_run: Path, records: list[PoemRecord], tmp_path: Path
    ) -> None:
        poet, told = Poet.load(tiny_run), []
        listen: Callable[[], None] = lambda: told.append(1)  # noqa: E731
        rounds = learn(poet, records, poems=3, rounds=2, written=listen)
        assert [round_.poems for round_ in rounds] == [3, 3]
        assert all(0 <= round_.auc <= 1 for round_ in rounds)
        assert len(told) == 6
        assert poet.naturalness is not None
        poet.naturalness.save(tmp_path)
        stored = Naturalness.load(tmp_path, len(poet.vocabulary))
        assert stored is not None
        assert float(stored.characters.abs().max()) > 0

    def test_too_small_a_corpus_is_named(self, tiny_run: Path, records: list[PoemRecord]) -> None:
        with pytest.raises(CorpusError, match="titled training poems"):
            learn(Poet.load(tiny_run), records, poems=300, rounds=3)
