"""`poetry-model summary`: layers, shapes, parameters."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from poetry_model import BadRequest
from poetry_model.summary import TYPICAL_VOCABULARY, preset_rows, summary_table


def printed(preset: str | None, folder: Path | None) -> str:
    console = Console(width=100, file=io.StringIO())
    with console.capture() as capture:
        console.print(summary_table(*preset_rows(preset, folder)))
    return capture.get()


def test_the_seed_as_keras_would_show_it() -> None:
    """Parameters worked out by hand; PyTorch has two biases a gate where Keras has one."""
    text = printed("seed", None)
    vocabulary = TYPICAL_VOCABULARY
    embedding, output = vocabulary * 128, vocabulary * 128 + vocabulary
    lstm = 4 * (128 * 128 + 128 * 128 + 2 * 128)
    for count in (embedding, lstm, output, embedding + 2 * lstm + output):
        assert f"{count:,}" in text
    assert text.count(f"{lstm:,}") == 2
    assert f"(batch, time, {vocabulary})" in text


def test_a_trained_folder_shows_its_figures_and_counts_every_parameter(tiny_run: Path) -> None:
    title, network = preset_rows(None, tiny_run)
    assert title.startswith("tiny (validation_perplexity")
    text = printed(None, tiny_run)
    total = sum(parameter.numel() for parameter in network.parameters())
    assert f"{total:,}" in text
    for layer in (
        "embedding",
        "above",
        "slot",
        "style",
        "theme_input",
        "lstm 1",
        "lstm 2",
        "output_bias",
    ):
        assert layer in text


def test_layers_add_up_to_the_total(tiny_run: Path) -> None:
    for preset, folder in (("seed", None), ("poet", None), (None, tiny_run)):
        title, network = preset_rows(preset, folder)
        table = summary_table(title, network)
        counts = [int(str(cell).replace(",", "")) for cell in table.columns[2].cells]
        assert sum(counts) == sum(parameter.numel() for parameter in network.parameters())


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(BadRequest):
        preset_rows("giant", None)
