"""Is the theme held? By hand-made prices, and by a network."""

from dataclasses import replace

import numpy as np
import pytest

from poetry_model import Poem
from poetry_model.batches import encode, scoring_batch
from poetry_model.checkpoints import Model
from poetry_model.corpus import PoemRecord
from poetry_model.evaluation.theme import Recognition, holds_theme, prices, recognition
from poetry_model.evaluation.written import THEMES, as_record, recognised_themes, recognised_titles
from poetry_model.training import negative_log_likelihoods


@pytest.mark.parametrize(
    ("theme", "held"), [("楼", True), ("樓", True), ("雪楼", True), ("雪", False), ("", False)]
)
def test_a_theme_is_held_by_one_of_its_characters_in_either_script(
    stork: Poem, theme: str, held: bool
) -> None:
    assert holds_theme(replace(stork, theme=theme)) == held


def test_rank_and_odds_by_hand() -> None:
    """Three poems among three themes: the own one is first, second, and last."""
    nats = np.array([[10.0, 12.0, 14.0], [10.0, 11.0, 12.0], [9.0, 10.0, 14.0]])
    found = recognition(nats, [0, 1, 2])
    assert found == Recognition(
        poems=3,
        themes=3,
        top1=round(1 / 3, 4),
        reciprocal_rank=round((1 + 1 / 2 + 1 / 3) / 3, 4),
        # Others less own: (12 + 14) / 2 - 10, (10 + 12) / 2 - 11, (9 + 10) / 2 - 14.
        log_odds=round((3.0 + 0.0 - 4.5) / 3, 2),
    )


def test_certain_and_hopeless_themes() -> None:
    nats = np.array([[1.0, 5.0], [5.0, 1.0]])
    assert recognition(nats, [0, 1]).top1 == 1.0
    assert recognition(nats, [1, 0]).reciprocal_rank == 0.5


def test_a_price_is_that_of_the_poem_with_the_theme_told(
    tiny_model: Model, records: list[PoemRecord]
) -> None:
    poems = [record for record in records if record.form == "五绝"][:3]
    found = prices(tiny_model, poems, ["月", "山水"])
    assert found.shape == (3, 2)
    titled = replace(poems[2], title="山水")
    encoded = [encode(titled, tiny_model.vocabulary)]
    batch = scoring_batch("slots", encoded, tiny_model.vocabulary, with_title=True)
    alone = negative_log_likelihoods(tiny_model.network, batch, tiny_model.vocabulary.unknown_types)
    assert found[2, 1] == pytest.approx(float(alone.sum()), rel=1e-4)
    assert found[2, 0] != found[2, 1]


def test_poems_are_sought_among_the_themes_and_titles_among_titles(
    tiny_model: Model, stork: Poem, records: list[PoemRecord]
) -> None:
    themed = [replace(stork, theme=theme) for theme in THEMES[:2]]
    assert as_record(themed[0]).lines[1] == "黃河入海流"
    found = recognised_themes(tiny_model, themed)
    assert (found.poems, found.themes) == (2, 20)
    titled = [record for record in records if record.form == "七绝" and record.title]
    human = recognised_titles(tiny_model, titled)
    assert human is not None
    assert human.themes == 20
    assert human.poems in (20, 40, 60)
    assert recognised_titles(tiny_model, titled[:19]) is None
