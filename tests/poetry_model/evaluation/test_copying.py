"""Runs copied from a toy corpus, and a slow search that the fast one must agree with."""

from hypothesis import given
from hypothesis import strategies as st

from poetry_model.evaluation.copying import (
    Runs,
    copied_lines,
    longest_runs,
    runs_across_lines,
    runs_in_lines,
)

CORPUS = [("床前明月光", "疑是地上霜"), ("白日依山盡", "黃河入海流")]


def test_runs_inside_lines_end_with_the_line() -> None:
    """明月光 is three; 光疑 stands in no one line."""
    found = runs_in_lines({"ours": [("見明月光疑", "山高水又長")]}, CORPUS)
    assert found == {"ours": Runs(median=3.0, longest=3, histogram={3: 1})}


def test_runs_across_lines_go_on_in_the_next() -> None:
    """月光 closes a line and 疑是 opens the next, in both poems."""
    poem = ("今夜多月光", "疑是故人來")
    assert runs_across_lines({"ours": [poem]}, CORPUS)["ours"].longest == 4
    assert runs_in_lines({"ours": [poem]}, CORPUS)["ours"].longest == 2


def test_a_run_does_not_reach_from_poem_to_poem() -> None:
    assert longest_runs(["地上霜白日依"], ["疑是地上霜", "白日依山盡"]) == [3]


def test_characters_are_known_by_their_looks() -> None:
    assert longest_runs(["黄河"], ["黃河入海流"]) == [2]
    assert copied_lines(["黄河入海流", "黃河入海去"], ["黃河入海流"]) == 1


def test_groups_have_their_own_figures_and_empty_ones_none() -> None:
    groups = {"a": [("床前明月光",), ("甲乙丙丁戊",)], "b": [("白日",)], "none": []}
    found = runs_in_lines(groups, CORPUS)
    assert found == {
        "a": Runs(median=2.5, longest=5, histogram={0: 1, 5: 1}),
        "b": Runs(median=2.0, longest=2, histogram={2: 1}),
    }


def test_nothing_to_compare() -> None:
    assert longest_runs([], ["月"]) == []
    assert longest_runs(["月", ""], []) == [0, 0]


TEXTS = st.lists(st.text("山月風花", max_size=9), max_size=5)


@given(TEXTS, TEXTS)
def test_the_fast_search_agrees_with_looking_everywhere(
    texts: list[str], corpus: list[str]
) -> None:
    def slow(text: str) -> int:
        runs = {text[i:j] for i in range(len(text)) for j in range(i + 1, len(text) + 1)}
        return max((len(run) for run in runs if any(run in other for other in corpus)), default=0)

    assert longest_runs(texts, corpus) == [slow(text) for text in texts]
