"""Poem records → batches of ids."""

import itertools

import numpy as np
import pytest
import torch

from poetry_model.batches import (
    draw_style,
    draw_theme,
    encode,
    fame_style,
    grouped,
    scoring_batch,
    slot_batch,
    stream_batch,
    training_batch,
)
from poetry_model.corpus import PoemRecord
from poetry_model.network import SlotBatch, StreamBatch
from poetry_model.vocabulary import PAD, START, Vocabulary

LINES = ("白日依山盡", "黃河入海流", "欲窮千里目", "更上一層樓")
STORK = PoemRecord("train", "五绝", "唐", "登鸛雀樓", 0.95, LINES)
LYRIC = PoemRecord("train", "词", "宋", "浣溪沙", 0.2, ("一曲新詞酒一杯", "去年天氣"))
VOCABULARY = Vocabulary.build([*LINES, *LYRIC.lines, "登雀"], least_count=1, extra="，。")


def chance(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_a_record_in_ids() -> None:
    poem = encode(STORK, VOCABULARY)
    assert poem.characters.tolist() == VOCABULARY.encode("".join(LINES))
    assert poem.lengths == (5, 5, 5, 5)
    assert (poem.dynasty, poem.fame) == (1, 3)
    assert [VOCABULARY.character(i) for i in poem.title] == ["登", "\ufffd", "雀", "樓"]


def test_the_name_of_a_tune_is_no_title() -> None:
    poem = encode(LYRIC, VOCABULARY)
    assert len(poem.title) == 0
    assert (poem.dynasty, poem.fame) == (2, 1)


@pytest.mark.parametrize(("fame", "style"), [(0.0, 1), (0.49, 1), (0.5, 2), (0.9, 3), (1.0, 3)])
def test_fame_has_three_steps(fame: float, style: int) -> None:
    assert fame_style(fame) == style


def test_poems_of_unlike_length_are_padded_side_by_side() -> None:
    poems = [encode(STORK, VOCABULARY), encode(LYRIC, VOCABULARY)]
    batch = slot_batch(poems, [[7, 8], []], [(1, 3), (0, 0)])
    assert batch.targets.shape == (2, 20)
    assert batch.counted.sum(1).tolist() == [20, 11]
    assert batch.previous[:, 0].tolist() == [START, START]
    assert batch.previous[0, 1:].equal(batch.targets[0, :-1])
    assert batch.theme.tolist() == [[7, 8], [PAD, PAD]]
    assert batch.above[0, 5] == batch.targets[0, 0]
    assert batch.above[0, :5].eq(PAD).all()
    assert batch.above_two[0, 10] == batch.targets[0, 0]
    assert batch.features.shape == (2, 20, 5)


def test_the_stream_has_commas_and_stops_that_do_not_count() -> None:
    batch = stream_batch([encode(STORK, VOCABULARY)], VOCABULARY)
    text = "".join(VOCABULARY.character(int(i)) for i in batch.targets[0])
    assert text == "白日依山盡，黃河入海流。欲窮千里目，更上一層樓。"
    counted = "".join(c for c, k in zip(text, batch.counted[0], strict=True) if k)
    assert counted == "".join(LINES)
    assert batch.previous[0, 0] == START
    assert batch.previous[0, 1:].equal(batch.targets[0, :-1])


def test_themes_are_none_the_title_or_words_of_the_poem() -> None:
    poem, random = encode(STORK, VOCABULARY), chance()
    known = {*poem.characters.tolist(), *poem.title.tolist()}
    drawn = [draw_theme(poem, random) for _ in range(500)]
    assert all(len(theme) <= 8 and set(theme) <= known for theme in drawn)
    assert 0.2 < sum(not theme for theme in drawn) / len(drawn) < 0.4
    assert 0.2 < sum(theme == poem.title.tolist() for theme in drawn) / len(drawn) < 0.4


def test_a_poem_without_title_still_has_themes() -> None:
    poem, random = encode(LYRIC, VOCABULARY), chance()
    assert any(draw_theme(poem, random) for _ in range(20))


def test_style_is_told_for_half_of_the_poems() -> None:
    poem, random = encode(STORK, VOCABULARY), chance()
    drawn = {draw_style(poem, random) for _ in range(100)}
    assert drawn == set(itertools.product((0, 1), (0, 3), (0, poem.register)))


def test_groups_hold_every_poem_once_within_the_budget(records: list[PoemRecord]) -> None:
    poems = [encode(record, VOCABULARY) for record in records]
    groups = list(grouped(poems, most_characters=300, random=chance()))
    assert sorted(id(poem) for group in groups for poem in group) == sorted(map(id, poems))
    for group in groups:
        longest = max(len(poem.characters) for poem in group)
        assert len(group) == 1 or longest * len(group) <= 300
    again = grouped(poems, most_characters=300, random=chance(2))
    assert [list(map(id, group)) for group in again] != [list(map(id, group)) for group in groups]


def test_scoring_hides_the_theme_or_tells_the_title() -> None:
    poem = encode(STORK, VOCABULARY)
    hidden = scoring_batch("slots", [poem], VOCABULARY, with_title=False)
    told = scoring_batch("slots", [poem], VOCABULARY, with_title=True)
    assert isinstance(hidden, SlotBatch)
    assert isinstance(told, SlotBatch)
    assert hidden.theme.eq(PAD).all()
    assert told.theme[0].tolist() == poem.title.tolist()
    assert hidden.style.eq(0).all()


def test_each_feed_gets_its_own_batch() -> None:
    poems = [encode(STORK, VOCABULARY)]
    assert isinstance(training_batch("slots", poems, VOCABULARY, chance()), SlotBatch)
    assert isinstance(training_batch("stream", poems, VOCABULARY, chance()), StreamBatch)
    stream = scoring_batch("stream", poems, VOCABULARY, with_title=True)
    assert torch.equal(stream.targets, stream_batch(poems, VOCABULARY).targets)
