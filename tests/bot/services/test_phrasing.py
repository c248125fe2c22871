"""What people ask in sentences of their own."""

import pytest

from bot.services.asking import NotUnderstood, Wish, read_poem
from bot.services.phrasing import plainly


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("写一首诗", Wish()),
        ("再来一首", Wish()),
        ("写一首关于月亮的诗", Wish(theme="月亮")),
        ("寫一首關於故鄉的詩", Wish(theme="故鄉")),
        ("给我写首五绝，关于秋天", Wish("五绝", "秋天")),
        ("帮我写一首思念妈妈的诗吧", Wish(theme="思念妈妈")),
        ("请以春天为题写一首七律", Wish("七律", "春天")),
        ("能不能写一首七绝？", Wish("七绝")),
        ("来首词", Wish("词")),
        ("写一首浣溪沙 江南", Wish("浣溪沙", "江南")),
        ("写一副对联", Wish("七言联")),
        ("写一副春联", Wish("七言联", "新春")),
        ("写一副关于月亮的楹联", Wish("七言联", "月亮")),
        ("来一幅五言春联，平安", Wish("五言联", "平安")),
        ("写首诗给妈妈", Wish(theme="妈妈")),
        ("能不能写一首诗送给老师", Wish(theme="老师")),
        ("写一首五绝送给老师", Wish("五绝", "老师")),
        ("給媽媽寫首詩", Wish(theme="媽媽")),
        ("为祖国写一首七律", Wish("七律", "祖国")),
        ("给妈妈写一首关于春天的诗", Wish(theme="春天")),
        ("用“春”字写一首诗", Wish(theme="春")),
        ("以月字写一首五绝", Wish("五绝", "月")),
        ("写首诗歌颂祖国", Wish(theme="祖国")),
        ("用心写一首诗", Wish(theme="用心写一首诗")),
        ("来一首藏头诗：我爱妈妈", Wish(heads="我爱妈妈")),
        ("写一首藏头诗 我爱妈妈", Wish(heads="我爱妈妈")),
        ("帮我写一首“春夏秋冬”的藏头诗", Wish(heads="春夏秋冬")),
        ("用春夏秋冬四个字写一首藏头诗", Wish(heads="春夏秋冬")),
        ("以“春夏秋冬”写一首藏头诗", Wish(heads="春夏秋冬")),
        ("寫一首藏頭詩，七絕 春夏秋冬", Wish("七绝", heads="春夏秋冬")),
        ("七绝月", Wish("七绝", "月")),
        ("江雪五律", Wish("五律", "江雪")),
    ],
)
def test_a_sentence_asks_for_what_it_says(text: str, wish: Wish) -> None:
    assert read_poem(text) == wish


@pytest.mark.parametrize(
    "theme",
    ["作业", "作一幅画", "做一个梦", "写个代码", "写给母亲", "如梦令人愁", "来日方长", "写诗"],
)
def test_what_is_no_request_is_a_theme_as_it_stands(theme: str) -> None:
    assert plainly(theme) == theme
    assert read_poem(theme) == Wish(theme=theme)


def test_in_quotation_marks_a_form_is_no_form() -> None:
    assert read_poem("“七绝月”") == Wish(theme="七绝月")


def test_an_acrostic_that_is_asked_for_lacks_its_heads() -> None:
    with pytest.raises(NotUnderstood, match="heads_missing"):
        read_poem("写一首藏头诗")
