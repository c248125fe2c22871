"""The whole scorecard of a tiny network: its JSON, its tables, its picture."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from poetry_model.corpus import PoemRecord
from poetry_model.errors import BadRequest
from poetry_model.evaluation import (
    EvaluationProgress,
    Scorecard,
    evaluate_model,
    evaluation_tables,
    write_scorecard,
)

FORMS = {"五绝", "七绝", "五律", "七律"}


@pytest.fixture(scope="module")
def card(tiny_run: Path, seed_run: Path, records: list[PoemRecord]) -> Scorecard:
    with EvaluationProgress(Console(quiet=True)) as bar:
        return evaluate_model(
            records, tiny_run, seed_run, poems=3, split="validation", listen=bar.tell
        )


def test_every_figure_is_there(card: Scorecard) -> None:
    assert (card.model, card.seed_model, card.split, card.poems) == (
        "tiny", "seed", "validation", 3,
    )  # fmt: skip
    assert set(card.perplexity) == {"tiny", "seed"}
    ours, seeds = (card.perplexity[name]["test"]["hidden"] for name in ("tiny", "seed"))
    assert card.perplexity_ratio["test"] == pytest.approx(ours / seeds, abs=0.001)
    assert set(card.written) == FORMS
    assert set(card.classifier) == {*FORMS, "all"}
    whole = card.classifier["all"]
    assert whole.ours is not None
    assert whole.seed is not None
    assert whole.human is not None
    assert whole.ours.poems == 12
    for figures in card.written.values():
        assert figures.rules.poems == figures.rules.form == figures.rules.tone == 3
        assert figures.copied.across_lines.longest >= figures.copied.in_lines.longest >= 1
        assert sum(figures.copied.in_lines.histogram.values()) == 3
        assert figures.sharing.pairs == 0  # three poems, three themes
        assert figures.recognition.themes == len(card.themes) == 20


def test_it_is_written_as_json_and_as_a_picture(card: Scorecard, tmp_path: Path) -> None:
    write_scorecard(card, tmp_path / "new")
    stored = json.loads((tmp_path / "new" / "evaluate.json").read_text("utf-8"))
    assert stored == json.loads(json.dumps(asdict(card)))
    with Image.open(tmp_path / "new" / "evaluate.png") as picture:
        assert picture.width > 1200
        assert len(picture.convert("RGB").getcolors(1 << 24)) > 50


def test_the_tables_show_every_figure(card: Scorecard) -> None:
    console = Console(width=200)
    with console.capture() as capture:
        console.print(*evaluation_tables(card), sep="\n")
    text = capture.get()
    figures = card.written["七律"]
    shown = (
        str(card.perplexity["seed"]["test"]["hidden"]),
        str(card.perplexity_ratio["test"]),
        "3/3",
        " ".join(map(str, figures.distinct)),
        str(figures.recognition.reciprocal_rank),
        str(figures.copied.across_lines.longest),
        f"{card.classifier['all'].ours.auc:.3f}" if card.classifier["all"].ours else "",
    )
    assert [word for word in shown if word not in text] == []


def test_a_split_that_is_not_held_out_is_refused(tiny_run: Path, records: list[PoemRecord]) -> None:
    with pytest.raises(BadRequest, match="validation, test, test-public"):
        evaluate_model(records, tiny_run, None, poems=1, split="train")
