"""Couplets and titles as examples of their own."""

import numpy as np

from poetry_model.batches import Encoded, draw_theme, encode
from poetry_model.corpus import PoemRecord
from poetry_model.side_tasks import couplet_of, side_tasks, title_of
from poetry_model.slots import COUPLET, TITLE
from poetry_model.vocabulary import Vocabulary

# 杜甫《春望》
LINES = (
    "國破山河在",
    "城春草木深",
    "感時花濺淚",
    "恨別鳥驚心",
    "烽火連三月",
    "家書抵萬金",
    "白頭搔更短",
    "渾欲不勝簪",
)
SPRING = PoemRecord("train", "五律", "唐", "春望", 0.9, LINES)
VOCABULARY = Vocabulary.build([*LINES, "春望"], least_count=1)


def text(ids: object) -> str:
    return "".join(VOCABULARY.character(int(i)) for i in np.asarray(ids))


def encoded() -> Encoded:
    return encode(SPRING, VOCABULARY)


def test_a_couplet_is_two_lines_with_the_title_as_theme() -> None:
    couplet = couplet_of(encoded(), 2)
    assert (couplet.form, couplet.lengths) == (COUPLET, (5, 5))
    assert text(couplet.characters) == "感時花濺淚恨別鳥驚心"
    assert text(couplet.title) == "春望"


def test_a_title_is_written_for_words_of_its_poem() -> None:
    task = title_of(encoded())
    assert (task.form, task.lengths, text(task.characters)) == (TITLE, (2,), "春望")
    theme = text(draw_theme(task, np.random.default_rng(1)))
    assert len(theme) == 8
    assert all(theme[i : i + 2] in "".join(LINES) for i in range(0, 8, 2))


def test_about_half_of_the_poems_give_each_only_from_their_middle() -> None:
    tasks = list(side_tasks([encoded()] * 400, np.random.default_rng(1)))
    couplets = [text(task.characters) for task in tasks if task.form == COUPLET]
    titles = [task for task in tasks if task.form == TITLE]
    assert 150 < len(couplets) < 250 > len(titles) > 150
    assert set(couplets) == {"".join(LINES[2:4]), "".join(LINES[4:6])}


def test_titles_too_long_unknown_or_missing_are_left_out() -> None:
    for title in ("", "望", "望" * 8, "望嶽"):
        poem = encode(PoemRecord("train", "五绝", "唐", title, 0.9, LINES[:4]), VOCABULARY)
        assert not list(side_tasks([poem] * 20, np.random.default_rng(1)))
