"""Presets, and the settings that change them from the command line."""

import pytest

from poetry_model import BadRequest
from poetry_model.config import SHIPPING, find_preset


def test_a_setting_changes_its_field_and_no_other() -> None:
    changed = find_preset("poet", ["hidden_size=384", "learning_rate=1e-3", "side_tasks=false"])
    assert changed.network.hidden_size == 384
    assert (changed.training.learning_rate, changed.training.side_tasks) == (1e-3, False)
    assert changed.network.above_size == SHIPPING.network.above_size
    assert changed.training.tang_weight == SHIPPING.training.tang_weight


def test_without_settings_it_is_the_preset_itself() -> None:
    assert find_preset("poet") is SHIPPING


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("depth=3", "hidden_size"),  # what can be set
        ("feed=stream", "hidden_size"),  # another network altogether
        ("hidden_size=wide", "hidden_size"),
        ("side_tasks=no", "side_tasks"),
        ("dropout=1.5", "dropout"),
    ],
)
def test_a_setting_that_there_is_not_or_that_makes_no_sense_is_refused(
    setting: str, said: str
) -> None:
    with pytest.raises(BadRequest, match=said):
        find_preset("poet", [setting])
