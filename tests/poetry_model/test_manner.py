"""Style and boldness in words."""

import pytest

from poetry_model import BadRequest, PoemRequest, Poet
from poetry_model.decoding import Sampling
from poetry_model.manner import bold_sampling, style_ids
from poetry_model.requests import BOLDNESS


def test_what_is_not_asked_for_stays_as_usual() -> None:
    assert style_ids(None, None, (1, 2, 3)) == (1, 2, 3)
    assert style_ids("宋", None, (1, 2, 3)) == (2, 2, 3)
    assert style_ids(None, "plain", (1, 2, 3)) == (1, 2, 1)
    assert style_ids("唐", "allusive", (0, 0, 0)) == (1, 0, 3)


def test_boldness_goes_from_the_likely_to_the_rare() -> None:
    samplings = [bold_sampling(Sampling(0.8, 0.04), boldness) for boldness in BOLDNESS]
    assert samplings[1] == Sampling(0.8, 0.04)
    assert [s.temperature for s in samplings] == sorted(s.temperature for s in samplings)
    assert [s.min_p for s in samplings] == sorted((s.min_p for s in samplings), reverse=True)
    assert bold_sampling(Sampling(1.0, 0.9), "steady").min_p == 1


@pytest.mark.parametrize(
    ("argument", "wish", "accepted"),
    [
        ("dynasty", {"dynasty": "清"}, "唐, 宋"),
        ("register", {"register": "rude"}, "plain, allusive"),
        ("boldness", {"boldness": "wild"}, "steady, even, bold"),
    ],
)
def test_another_manner_is_refused_with_those_there_are(
    poet: Poet, argument: str, wish: dict[str, str], accepted: str
) -> None:
    with pytest.raises(BadRequest, match=accepted) as caught:
        poet.write(PoemRequest(theme="月", **wish))
    assert (caught.value.argument, caught.value.reason) == (argument, f"unknown_{argument}")


def test_manner_changes_the_poem(poet: Poet) -> None:
    manners = ({}, {"dynasty": "宋"}, {"register": "plain"}, {"boldness": "bold"})
    poems = {poet.write(PoemRequest(theme="月", seed=3, **manner)).text for manner in manners}
    assert len(poems) > 1
