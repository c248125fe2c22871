"""How a poem is scanned."""

from poetry_model.scansion import Place, scan

LIBAI = ("朝辞白帝彩云间", "千里江陵一日还", "两岸猿声啼不住", "轻舟已过万重山")


def test_each_character_has_its_tone_its_freedom_and_its_rhyme() -> None:
    verse = scan("七绝", LIBAI)
    assert verse.pattern == "平起首句入韵"
    assert "".join(place.tone for place in verse.lines[0]) == "平平仄仄仄平平"
    assert [place.free for place in verse.lines[0]] == [True, False, True] + [False] * 4
    assert [line[-1].rhymes for line in verse.lines] == [True, True, False, True]
    assert verse.lines[3][5] == Place("重", "平", free=False)


def test_a_poem_is_scanned_in_either_script() -> None:
    traditional = ("朝辭白帝彩雲間", "千里江陵一日還", "兩岸猿聲啼不住", "輕舟已過萬重山")
    assert [[place.tone for place in line] for line in scan("七绝", traditional).lines] == [
        [place.tone for place in line] for line in scan("七绝", LIBAI).lines
    ]


def test_lines_keep_their_shape_where_a_tune_may_be_cut_otherwise() -> None:
    poem = "春花秋月何时了，往事知多少，小楼昨夜又东风，故国不堪回首月明中，雕栏玉砌应犹在"
    lines = tuple(f"{poem}，只是朱颜改，问君能有几多愁，恰似一江春水向东流".split("，"))
    verse = scan("虞美人", lines)
    assert verse.pattern
    assert tuple("".join(place.character for place in line) for line in verse.lines) == lines
    assert [line[-1].rhymes for line in verse.lines] == [True] * 8


def test_what_keeps_no_pattern_has_only_its_tones() -> None:
    verse = scan("五绝", ("一二三四五", "春"))
    assert verse.pattern == ""
    assert [place.tone for place in verse.lines[1]] == ["平"]
    assert not any(place.rhymes or place.free for line in verse.lines for place in line)
