"""The tutorial's way of writing, cut into a form by the written rule."""

from pathlib import Path

import pytest
import torch

from poetry_model.checkpoints import load_model
from poetry_model.evaluation.seed_poems import cut, opens_with, seed_poems, stream
from poetry_model.network import StreamBatch, StreamNetwork
from poetry_model.verse_forms import verse_form
from poetry_model.vocabulary import START, UNKNOWN


def test_a_text_is_cut_without_its_marks() -> None:
    text = "床前明月光，疑是地上霜。舉頭望明月，低頭思故鄉。" * 2
    assert cut(text, verse_form("五绝"))[1] == "疑是地上霜"
    assert cut(text, verse_form("七绝"))[:2] == ("床前明月光疑是", "地上霜舉頭望明")
    assert cut("床前明月光", verse_form("五绝")) == ()


@pytest.mark.parametrize(
    ("text", "opens"),
    [("床前明月光，疑", True), ("床前明月，光", False), ("床前明月光", False), ("，床", False)],
)
def test_its_first_mark_tells_whether_it_opens_in_the_form(text: str, opens: bool) -> None:
    assert opens_with(text, verse_form("五绝")) == opens


def test_as_many_poems_of_the_form_as_were_asked_for(seed_run: Path) -> None:
    model = load_model(seed_run)
    assert isinstance(model.network, StreamNetwork)
    form, generator = verse_form("五绝"), torch.Generator().manual_seed(1)
    poems = seed_poems(model.network, model.vocabulary, form, 3, generator)
    assert [tuple(map(len, poem)) for poem in poems] == [(5, 5, 5, 5)] * 3
    assert not set("，。\ufffd") & set("".join(line for poem in poems for line in poem))


def test_each_character_is_among_the_hundred_likeliest(seed_run: Path) -> None:
    """The whole text once more through the network, as the tutorial has it."""
    network = load_model(seed_run).network
    assert isinstance(network, StreamNetwork)
    ids = stream(network, 2, 6, torch.Generator().manual_seed(1))
    assert ids.shape == (2, 6)
    previous = torch.cat([torch.full((2, 1), START), ids[:, :-1]], 1)
    logits = network(StreamBatch(previous, ids, ids > 0))
    logits[..., : UNKNOWN + 1] = -torch.inf
    best = logits.topk(100).indices
    assert (best == ids.unsqueeze(-1)).any(-1).all()
