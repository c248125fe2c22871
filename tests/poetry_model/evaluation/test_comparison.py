"""Which poems are set beside which."""

from collections.abc import Callable
from pathlib import Path

from poetry_model import Poet
from poetry_model.checkpoints import Model, load_model
from poetry_model.corpus import PoemRecord
from poetry_model.evaluation.comparison import human_sides, separate, together, write_sides
from poetry_model.evaluation.material import Counter, Material


def test_the_human_halves_share_no_poem(records: list[PoemRecord]) -> None:
    chosen, (one, other) = human_sides(records, "validation", "五绝", 4)
    assert len(chosen) == len(one) == len(other) == 4
    assert all(r.split == "validation" and r.form == "五绝" and r.title for r in (*one, *other))
    assert not {r.lines for r in one} & {r.lines for r in other}
    assert chosen == one


def test_where_there_are_few_the_halves_are_smaller(records: list[PoemRecord]) -> None:
    chosen, (one, other) = human_sides(records, "validation", "五绝", 100)
    assert len(one) == len(other) == len(chosen) // 2
    assert human_sides(records, "validation", "五绝", 100)[0] == chosen


def test_each_side_is_written_under_the_human_titles(
    tiny_run: Path, tiny_model: Model, seed_run: Path, records: list[PoemRecord]
) -> None:
    done: list[tuple[str, int, int]] = []
    listen: Callable[[str, int, int], None] = lambda *told: done.append(told)  # noqa: E731
    poet = Poet.load(tiny_run)
    material = Material(tiny_model, load_model(seed_run), poet, records, "validation", 3)
    sides = write_sides(material, "五绝", Counter(listen, "poems", 3))
    titles = [text.title for text in sides.human]
    assert [text.title for text in sides.ours] == [text.title for text in sides.seed] == titles
    assert done == [("poems", done_, 3) for done_ in range(4)]
    found = separate(sides)
    assert found.ours is not None
    assert found.seed is not None
    assert 0 <= found.seed.auc <= 1
    both = together([sides, sides])
    assert len(both.ours) == 6
    assert len(both.halves[1]) == 6
