"""Poems to draw: every form, both scripts, and what is hard."""

import re

from bot.cards import CardPoem


def poem(title: str, form: str, text: str, **more: object) -> CardPoem:
    """A card's poem from punctuated text; stanzas are parted by line breaks."""
    stanzas = tuple(
        tuple(
            tuple(re.findall("[^，。、]+", sentence)) for sentence in re.findall("[^。]+", stanza)
        )
        for stanza in text.split("\n")
    )
    told = {"number": 1, "rhyme": "七阳韵", "written": "丙午年十月十七", "month": 11} | more
    return CardPoem(title=title, form=form, stanzas=stanzas, **told)  # type: ignore[arg-type]  # the tests know the fields


QUATRAIN = poem("静夜思", "五绝", "床前明月光，疑是地上霜。举头望明月，低头思故乡。")
SEVEN = poem(
    "早發白帝城",
    "七絕",
    "朝辭白帝彩雲間，千里江陵一日還。兩岸猿聲啼不住，輕舟已過萬重山。",
)
EIGHT_LINES = poem(
    "登高",
    "七律",
    "风急天高猿啸哀，渚清沙白鸟飞回。无边落木萧萧下，不尽长江滚滚来。"
    "万里悲秋常作客，百年多病独登台。艰难苦恨繁霜鬓，潦倒新停浊酒杯。",
)
LONGEST_TUNE = poem(
    "雪",
    "沁园春",
    "北国风光，千里冰封，万里雪飘。望长城内外，惟余莽莽，大河上下，顿失滔滔。"
    "山舞银蛇，原驰蜡象，欲与天公试比高。须晴日，看红装素裹，分外妖娆。\n"
    "江山如此多娇，引无数英雄竞折腰。惜秦皇汉武，略输文采，唐宗宋祖，稍逊风骚。"
    "一代天骄，成吉思汗，只识弯弓射大雕。俱往矣，数风流人物，还看今朝。",
    is_tune=True,
)
COUPLET = poem("知己", "五言聯", "海內存知己，天涯若比鄰。", is_couplet=True, rhyme="")
ACROSTIC = poem(
    "春夏秋冬",
    "七绝",
    "春来江水绿如蓝，夏木阴阴正可人。秋水共长天一色，冬尽今宵促夜长。",
    acrostic=True,
)
HARD_TITLE = poem(
    "九月九日忆山东兄弟时年十七岁自蒲州赴长安途中夜宿驿站听雨有感而作寄故园诸弟妹兼呈王维裴迪",
    "七绝",
    "朝辞白帝彩云间，千里江陵一日还。两岸猿声啼不住，轻舟已过万重山。",
)
TOGETHER = poem(
    "登楼",
    "五绝",
    "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。",
    people=frozenset({1, 4}),
    by="接龙　加圈者众人所作",
)
ALL = (QUATRAIN, SEVEN, EIGHT_LINES, LONGEST_TUNE, COUPLET, ACROSTIC, HARD_TITLE)
