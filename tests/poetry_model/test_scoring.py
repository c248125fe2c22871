"""`poetry-model score`: the price of given poems."""

import math
from pathlib import Path

import pytest
import torch

from poetry_model import BadRequest, to_script
from poetry_model.batches import encode, scoring_batch
from poetry_model.checkpoints import Model, load_model
from poetry_model.config import SEED
from poetry_model.corpus import PoemRecord
from poetry_model.network import build_network
from poetry_model.poem_rows import PoemRow
from poetry_model.scoring import row_record, score_rows
from poetry_model.vocabulary import UNKNOWN, Vocabulary

STORK = "五绝\t登鸛雀樓\t白日依山盡/黃河入海流/欲窮千里目/更上一層樓"


@pytest.fixture(scope="module")
def model(tiny_run: Path) -> Model:
    return load_model(tiny_run)


@pytest.fixture(scope="module")
def seed_model(model: Model) -> Model:
    """The tutorial's network, untrained."""
    torch.manual_seed(1)
    vocabulary = Vocabulary(("，", "。", *model.vocabulary.characters), 100)
    network = build_network(SEED.network, len(vocabulary)).eval()
    return Model("seed", network, vocabulary, {})


def score(model: Model, *rows: str, with_title: bool = False) -> list[dict[str, float | int]]:
    return list(score_rows(model, rows, with_title=with_title))


def test_a_poem_pays_for_its_han_characters(model: Model) -> None:
    (found,) = score(model, STORK)
    assert list(found) == ["nll", "characters", "unknown"]
    assert found["characters"] == 20
    assert 20 < found["nll"] < 20 * 10


def test_nats_are_those_of_the_forward_pass(model: Model) -> None:
    poem = encode(
        row_record(PoemRow("五绝", "", tuple(STORK.split("\t")[2].split("/")))), model.vocabulary
    )
    batch = scoring_batch("slots", [poem], model.vocabulary, with_title=False)
    shares = model.network(batch).log_softmax(-1)[0]
    nats = -float(sum(shares[t, i] for t, i in enumerate(poem.characters)))
    unknown = sum(i == UNKNOWN for i in poem.characters)
    expected = nats + unknown * math.log(model.vocabulary.unknown_types)
    assert score(model, STORK)[0]["nll"] == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("kind", ["model", "seed_model"])
def test_an_unknown_character_pays_for_unknown_and_for_the_choice_behind_it(
    kind: str, request: pytest.FixtureRequest
) -> None:
    """Twice as many unknown types cost log 2 more for each."""
    model: Model = request.getfixturevalue(kind)
    row = "五绝\t\t龘日依山龘/黃河入海流/欲窮千里目/更上一層樓"
    doubled = Vocabulary(model.vocabulary.characters, 2 * model.vocabulary.unknown_types)
    other = Model("x", model.network, doubled, {})
    (cheap,), (dear,) = score(model, row), score(other, row)
    assert cheap["unknown"] >= 2
    extra = dear["nll"] - cheap["nll"]
    assert extra == pytest.approx(cheap["unknown"] * math.log(2), abs=1e-3)


def test_either_script_costs_the_same(model: Model) -> None:
    rows = [STORK, to_script(STORK, "simplified")]
    first, second = score(model, *rows)
    assert first == second


def test_a_traditional_poem_is_scored_as_it_stands() -> None:
    """里 干 游 are simplified of 裏 幹 遊 as well; a traditional text means what it says."""
    lines = ("千里鶯啼綠映紅", "水村山郭酒旗風", "里中游子今歸去", "長倚闌干看落松")
    assert row_record(PoemRow("七绝", "", lines)).lines == lines


def test_records_of_the_corpus_are_scored_as_they_stand(records: list[PoemRecord]) -> None:
    for record in records:
        again = row_record(PoemRow(record.form, record.title, record.lines))
        assert again.lines == record.lines


def test_a_simplified_poem_becomes_traditional() -> None:
    row = PoemRow(
        "七绝", "早发", ("朝辞白帝彩云间", "千里江陵一日还", "两岸猿声啼不住", "轻舟已过万重山")
    )
    assert row_record(row).lines[0] == "朝辭白帝彩雲間"
    assert row_record(row).lines[1] == "千里江陵一日還"


def test_a_name_that_is_no_form_is_a_tune(model: Model) -> None:
    lines = ("一曲新词酒一杯",) * 6
    assert row_record(PoemRow("浣溪沙", "", lines)).form == "浣溪沙"
    assert row_record(PoemRow("", "", lines)).form == "古体"


def test_the_title_changes_the_price_only_when_it_is_the_theme(model: Model) -> None:
    untitled = STORK.replace("登鸛雀樓", "")
    hidden, plain = score(model, STORK, untitled)
    assert hidden == plain
    told, nothing = score(model, STORK, untitled, with_title=True)
    assert nothing == plain
    assert told["nll"] != plain["nll"]
    assert told["characters"] == 20


def test_the_seed_reads_punctuation_but_does_not_count_it(seed_model: Model) -> None:
    (found,) = score(seed_model, STORK)
    assert found["characters"] == 20
    # An untrained softmax is nearly flat: every counted character costs about log V.
    per_character = (found["nll"] - found["unknown"] * math.log(100)) / 20
    assert per_character == pytest.approx(math.log(len(seed_model.vocabulary)), abs=0.2)


@pytest.mark.parametrize(
    "row",
    [
        "词\t浣溪沙\t一曲新詞酒一杯/去年天氣舊亭臺/夕陽西下幾時回/無可奈何花落去/似曾相識燕歸來/小園香徑獨徘徊",
        "浣溪沙\t\t一曲新詞酒一杯/去年天氣舊亭臺",
        "whatever\t\t月",
        "词\t\t" + "月" * 30,
        "词\t\t" + "/".join("月" * 50),
    ],
)
def test_any_shape_has_a_price(model: Model, row: str) -> None:
    (found,) = score(model, row)
    assert found["nll"] > 0


def test_a_row_of_another_kind_is_named_by_its_number(model: Model) -> None:
    with pytest.raises(BadRequest, match="row 2") as refused:
        score(model, STORK, "白日依山盡，黃河入海流")
    assert refused.value.argument == "file"
