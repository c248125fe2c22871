"""Learning what is parallel: from couplets made up of two kinds of characters."""

import math
import random
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from poetry_model.corpus import PREPARED, PoemRecord, write_records
from poetry_model.parallel_evidence import (
    Couplet,
    Fit,
    alike,
    by_chance,
    learn,
    middle_couplets,
    rebuild,
    repeat_odds,
    separate,
)
from poetry_model.parallelism import TABLE, ParallelTable

COLOURS, BIRDS = "紅綠青黃白", "鷗鷺雁鶯燕"
FIT = Fit(least_count=1, half_count=0, dimensions=4, opposed=1, epochs=60, batch=32)


def couplets(count: int, *, without: tuple[str, str] = ("", "")) -> list[tuple[Couplet, str]]:
    """Colour over colour and bird over bird, in either order, never the pair left out."""
    chance, found = random.Random(1), []
    while len(found) < count:
        kinds = chance.choice([(COLOURS, BIRDS), (BIRDS, COLOURS)])
        lines = ["".join(chance.choice(kind) for kind in kinds) for _ in range(2)]
        pairs = set(zip(*lines, strict=True))
        if not pairs & {without, without[::-1]} and all(a != b for a, b in pairs):
            found.append(((lines[0], lines[1]), "平平"))
    return found


def test_characters_of_a_kind_answer_each_other() -> None:
    table = learn(couplets(400), FIT)
    assert all(table.pair(a, b) > 0.3 for a in COLOURS for b in COLOURS if a != b)
    assert all(table.pair(a, b) < -0.5 for a in COLOURS for b in BIRDS)


def test_a_pair_that_no_poet_made_is_judged_by_its_kind() -> None:
    # One dimension is too few to learn the gap by heart.
    table = learn(couplets(400, without=("紅", "綠")), replace(FIT, dimensions=1, opposed=0))
    assert table.pair("紅", "綠") > 0 > table.pair("紅", "鷺")


def test_a_character_hardly_seen_is_hardly_believed() -> None:
    full, held = (learn(couplets(60), replace(FIT, half_count=h)) for h in (0, 500))
    assert 0 < held.pair("紅", "黃") < full.pair("紅", "黃")


def test_the_table_tells_couplets_it_has_not_seen() -> None:
    seen, unseen = couplets(460)[:400], couplets(460)[400:]
    found = separate(unseen, learn(seen, FIT))
    assert found.couplets == 60
    assert found.real > 0 > found.chance
    assert found.told > 0.7


def test_repeats_are_counted_against_chance() -> None:
    rows = [("悠悠水", "漠漠山"), ("白水水", "青山高")] + [("白日長", "青山高")] * 98
    same, doubled = repeat_odds([rows], seed=1)
    assert doubled[1, 1] > 0  # once together, by chance hardly
    assert doubled[0, 0] == pytest.approx(0, abs=0.02)
    assert same == pytest.approx(0.0, abs=1e-6)  # never, in either
    assert math.isfinite(doubled.min().item())


def test_chance_couplets_are_of_the_same_lines() -> None:
    (group,) = alike(couplets(50))
    (other,) = by_chance([group], seed=1)
    assert [upper for upper, _ in other] == [upper for upper, _ in group]
    assert sorted(lower for _, lower in other) == sorted(lower for _, lower in group)
    assert other != group


class TestWhichCouplets:
    # 春望, whose middle couplets are parallel; every line keeps the pattern.
    SPRING = ("國破山河在", "城春草木深", "感時花濺淚", "恨別鳥驚心",
              "烽火連三月", "家書抵萬金", "白頭搔更短", "渾欲不勝簪")  # fmt: skip

    def record(self, lines: tuple[str, ...], form: str = "五律") -> PoemRecord:
        return PoemRecord("train", form, "唐", "", 0.5, lines)

    def test_the_middle_couplets_of_a_regular_poem(self) -> None:
        found = list(middle_couplets([self.record(self.SPRING)]))
        assert [couplet for couplet, _ in found] == [self.SPRING[2:4], self.SPRING[4:6]]
        assert all(asked[1] == "仄平"[n] for n, (_, asked) in enumerate(found))

    def test_not_of_a_quatrain_nor_of_a_poem_that_breaks_the_rules(self) -> None:
        broken = ("國家山河在", *self.SPRING[1:])
        quatrain = self.record(self.SPRING[:4], "五绝")
        assert list(middle_couplets([self.record(broken), quatrain])) == []

    def test_the_table_is_learned_from_training_poems_and_measured_on_others(
        self, tmp_path: Path, records: list[PoemRecord]
    ) -> None:
        torch.set_num_threads(1)
        train = [self.record(self.SPRING)] * 8
        held_out = [PoemRecord("validation", "五律", "唐", "", 0.5, self.SPRING)] * 2
        write_records([*train, *held_out], tmp_path / PREPARED)
        found = rebuild(tmp_path, tmp_path)
        assert found["couplets"] == 4
        assert set(ParallelTable.load(tmp_path / TABLE).characters) == set(
            "".join(self.SPRING[2:6])
        )
