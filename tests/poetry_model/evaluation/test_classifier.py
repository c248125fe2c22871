"""The classifier on sets that it must tell apart, and on sets that nobody could."""

import builtins
import random

import pytest

from poetry_model.errors import MissingPackage
from poetry_model.evaluation.classifier import (
    TitledText,
    require_scikit_learn,
    separability,
    telling_grams,
)

WORDS = "山水花鳥風霜雨雪春夏秋冬日月星辰"


def texts(prefix: str, characters: str, count: int = 20) -> list[TitledText]:
    """Poems of two lines, each under its own title, over some characters."""
    turned = [characters[i % 4 :] + characters[: i % 4] for i in range(count)]
    return [TitledText(f"{prefix}{i}", (line, line[::-1])) for i, line in enumerate(turned)]


def test_poems_of_other_words_are_told_for_certain() -> None:
    found = separability(texts("a", "山水花鳥"), texts("b", "風霜雨雪"))
    assert found is not None
    assert (found.poems, found.auc, found.error) == (20, 1.0, 0.0)


def test_two_halves_of_one_kind_are_a_guess() -> None:
    chance = random.Random(1)
    drawn = [TitledText(str(i), ("".join(chance.choices(WORDS, k=20)),)) for i in range(300)]
    found = separability(drawn[:150], drawn[150:])
    assert found is not None
    assert found.auc == pytest.approx(0.5, abs=0.1)


def test_a_titles_own_words_give_nothing_away() -> None:
    """Each title has its own characters, on both sides: whoever has seen one side of it in
    fitting would answer wrongly on the other, so a title must stay on one side of a fold."""
    ours = [TitledText(f"題{i}", (chr(0x5000 + 3 * i) + chr(0x5001 + 3 * i),)) for i in range(30)]
    found = separability(ours, [TitledText(t.title, t.lines) for t in ours])
    assert found is not None
    assert found.auc == 0.5


def test_the_script_gives_nothing_away() -> None:
    traditional = [TitledText(f"a{i}", ("東風無力",)) for i in range(10)]
    simplified = [TitledText(f"b{i}", ("东风无力",)) for i in range(10)]
    found = separability(traditional, simplified)
    assert found is not None
    assert found.auc == 0.5


def test_too_few_titles_give_no_figure() -> None:
    assert separability(texts("a", "山水花鳥", 1), texts("b", "風霜雨雪", 1)) is None
    one_title = [TitledText("同", t.lines) for t in texts("a", "山水花鳥")]
    assert separability(one_title, texts("b", "風霜雨雪")) is None


def test_telling_n_grams_are_those_of_each_side() -> None:
    ours, human = telling_grams(texts("a", "山水花鳥"), texts("b", "風霜雨雪"), 4)
    assert all(set(gram) <= set("山水花鸟/") for gram in ours)
    assert all(set(gram) <= set("风霜雨雪/") for gram in human)


def test_without_scikit_learn_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = builtins.__import__

    def missing(name: str, *arguments: object, **options: object) -> object:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return genuine(name, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingPackage, match=r"poetry-bot\[evaluate\]"):
        require_scikit_learn()
