"""The tally of a file of poems, on poems whose faults are known."""

from poetry_model.checking import RuleCounts, Tally, check_rows


def test_the_tally_counts_what_each_poem_keeps() -> None:
    tally = Tally()
    rows = [
        "五绝\t\t白日依山尽/黄河入海流/欲穷千里目/更上一层楼",
        "五绝\t\t白日/黄河",
        "五绝\t\t床前看月光/疑是地上霜/举头望山月/低头思故乡",
    ]
    for report in check_rows(rows):
        tally.add(report)
    assert tally.counts == RuleCounts(3, form=2, tone=1, rhyme=2, no_repetition=1)
    assert tally.line == "form 2/3, tone 1/3, rhyme 2/3, no repetition 1/3"
