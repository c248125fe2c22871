"""Poems of which several lines stand already, with the weights that ship."""

import pytest

from poetry_model import BadRequest, PoemRequest, Poet
from poetry_model.beginnings import line_report, rules_for
from poetry_model.couplets import couplet_form
from poetry_model.planning import fixed_characters
from poetry_model.prosody import check_poem
from poetry_model.requests import checked_form
from poetry_model.script import data_lines

QUATRAIN = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")
REGULATED = (
    "国破山河在",
    "城春草木深",
    "感时花溅泪",
    "恨别鸟惊心",
    "烽火连三月",
    "家书抵万金",
    "白头搔更短",
    "浑欲不胜簪",
)
TUNE = (  # 如梦令, 李清照
    "昨夜雨疏风骤",
    "浓睡不消残酒",
    "试问卷帘人",
    "却道海棠依旧",
    "知否",
    "知否",
    "应是绿肥红瘦",
)


def asked(form: str, lines: tuple[str, ...], **more: object) -> PoemRequest:
    return PoemRequest(form=form, given_lines=lines, seed=3, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("seed", [1, 2])
def test_given_lines_stand_and_the_rest_keeps_tone_and_rhyme(
    poet: Poet, count: int, seed: int
) -> None:
    poem = poet.write(PoemRequest(form="五绝", given_lines=QUATRAIN[:count], seed=seed))
    assert poem.lines[:count] == QUATRAIN[:count]
    report = check_poem("五绝", poem.lines)
    assert report.tone_valid
    assert report.rhyme_valid
    if count > 1:
        assert report.rhyme == "十一尤"
    assert set("".join(poem.lines[count:])).isdisjoint("".join(QUATRAIN[:count]))


@pytest.mark.parametrize("count", [3, 5, 7])
def test_an_eight_line_poem_is_finished_from_the_middle(poet: Poet, count: int) -> None:
    poem = poet.write(asked("五律", REGULATED[:count], theme="春望"))
    assert poem.lines[:count] == REGULATED[:count]
    report = check_poem("五律", poem.lines)
    ours = [fault for fault in report.faults if fault.line > count]
    assert not ours
    assert report.rhyme_valid


@pytest.mark.parametrize("count", [2, 4, 5, 6])
def test_a_tune_goes_on_with_its_refrain(poet: Poet, count: int) -> None:
    poem = poet.write(asked("如梦令", TUNE[:count]))
    assert poem.lines[:count] == TUNE[:count]
    assert poem.lines[4] == poem.lines[5]
    assert check_poem("如梦令", poem.lines).rhyme_valid


def test_lines_against_the_rules_are_finished_all_the_same(poet: Poet) -> None:
    given = ("床前明月光", "疑是地上霜", "举头望明月")
    poem = poet.write(asked("五绝", given))
    assert poem.lines[:3] == given
    assert check_poem("五绝", poem.lines).rhyme == "七阳"


def test_a_character_the_network_does_not_know_may_rhyme(poet: Poet) -> None:
    yang = next(row[2] for row in data_lines("pingshui.tsv") if row[1] == "七陽")
    unknown = next(character for character in yang if character not in poet.vocabulary)
    given = ("白日依山尽", f"黄河入海{unknown}")
    poem = poet.write(asked("五绝", given))
    assert check_poem("五绝", poem.lines).rhyme == "七阳"


def test_one_given_line_is_a_first_line(poet: Poet) -> None:
    first = poet.write(PoemRequest(form="七绝", first_line="两个黄鹂鸣翠柳", seed=5))
    given = poet.write(PoemRequest(form="七绝", given_lines=("两个黄鹂鸣翠柳",), seed=5))
    assert given.lines == first.lines


def test_the_same_request_gives_the_same_poem(poet: Poet) -> None:
    request = asked("七绝", ("两个黄鹂鸣翠柳", "一行白鹭上青天"), theme="春")
    assert poet.write(request).lines == poet.write(request).lines


def test_lines_in_the_script_of_the_poem_stand(poet: Poet) -> None:
    poem = poet.write(asked("五绝", ("白日依山盡", "黃河入海流"), script="traditional"))
    assert poem.lines[:2] == ("白日依山盡", "黃河入海流")


def test_given_lines_are_put_into_the_script_of_the_poem(poet: Poet) -> None:
    poem = poet.write(asked("五绝", ("白日依山尽", "黄河入海流"), script="traditional"))
    assert poem.lines[:2] == ("白日依山盡", "黃河入海流")


def test_the_form_follows_from_the_lines() -> None:
    assert checked_form(PoemRequest(given_lines=QUATRAIN[:2])).name == "五绝"
    assert checked_form(PoemRequest(form="对联", given_lines=QUATRAIN[:1])).name == "五言联"


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (PoemRequest(given_lines=QUATRAIN[:1], first_line="白日依山尽"), "given_lines_alone"),
        (PoemRequest(given_lines=QUATRAIN[:1], heads="白黄欲更"), "given_lines_alone"),
        (PoemRequest(form="五绝", given_lines=QUATRAIN), "given_lines_form"),
        (PoemRequest(form="五绝", given_lines=(*QUATRAIN[:1], "黄河")), "given_lines_form"),
        (PoemRequest(form="五绝", given_lines=(*QUATRAIN[:1], "黄河入海x")), "given_lines_not_han"),
        (PoemRequest(form="七绝", given_lines=QUATRAIN[:2]), "first_line_length"),
        (PoemRequest(form="五言联", given_lines=QUATRAIN[:2]), "given_lines_form"),
        (PoemRequest(form="如梦令", given_lines=TUNE[:1] + TUNE[2:3]), "given_lines_form"),
    ],
)
def test_what_cannot_be_finished_says_why(request_: PoemRequest, reason: str) -> None:
    with pytest.raises(BadRequest) as refused:
        checked_form(request_)
    assert refused.value.reason == reason


def test_each_line_is_read_by_itself() -> None:
    """What one line ends with and the next begins with is no word."""
    fixed = fixed_characters(couplet_form("五言联"), None, ("山里人家后", "发枝春自生"))
    assert fixed.at[4] == ("後",)
    assert fixed.at[5][0] in "發髮"


@pytest.mark.parametrize("form", ["七律", "西江月", "虞美人", "长相思"])
def test_a_poem_written_by_turns_with_itself_keeps_every_rule(poet: Poet, form: str) -> None:
    rules = rules_for(form)
    lines: tuple[str, ...] = ()
    while len(lines) < len(rules.lengths):
        poem = poet.write(PoemRequest(form=form, theme="秋江", given_lines=lines, seed=len(lines)))
        for line in poem.lines[len(lines) : len(lines) + 2]:
            assert line_report(rules, lines, line) == ()
            lines = (*lines, line)
    report = check_poem(form, lines)
    assert report.tone_valid
    assert report.rhyme_valid
