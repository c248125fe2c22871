"""The names of forms as people write them: right, or nearly. Pure.

七决 was meant for 七绝, 如夢今 for 如梦令. A 词牌 is recognised under the characters people take
for the right ones, because they sound or look like them. One character of difference is not
enough: 满园春 is a theme, not 沁园春.
"""

import re

from poetry_model import COUPLETS, TUNES, find_form, is_tune, to_script

# 七言, 七律诗, 七决, 五古: someone meant a form. 三绝 and 一律 are words, and so themes.
_LOOKS_LIKE_VERSE = re.compile(
    r"[四五六七八九45678９６７５８]\s?[言字]?[绝絕絶決决诀觉覺律古诗詩句]{0,2}"
)
_VERSE_ENDINGS = set("言字绝絕絶決决诀觉覺律古")
_VERSE = ("五绝", "七绝", "五律", "七律")
_FIVES = set("五5５")
_SEVENS = set("七7７")
_LONGEST_NAME = 6

# What is written for the characters of 词牌 by mistake.
_MISTAKEN = {
    "浣": "皖完涴院",
    "溪": "西奚",
    "沙": "纱砂莎",
    "调": "掉凋",
    "歌": "哥",
    "头": "投",
    "鹧": "遮蔗庶",
    "鸪": "姑咕",
    "菩": "葡普",
    "萨": "撒洒",
    "蛮": "曼鬘满蔓",
    "红": "虹洪鸿",
    "西": "溪",
    "临": "林邻",
    "仙": "先",
    "减": "剪简",
    "兰": "栏蓝",
    "念": "恋",
    "奴": "努怒",
    "娇": "骄姣矫",
    "沁": "泌心芯",
    "园": "圆院",
    "春": "唇",
    "蝶": "碟谍喋",
    "恋": "念",
    "绛": "降洚",
    "唇": "春",
    "清": "青轻",
    "平": "萍",
    "虞": "渔愚娱",
    "渔": "鱼余",
    "傲": "敖奥骜熬",
    "卜": "不补",
    "算": "蒜",
    "子": "字",
    "玉": "王",
    "乡": "香",
    "踏": "塌榻",
    "莎": "沙纱",
    "行": "形",
    "忆": "亿意",
    "查": "渣茶楂",
    "浪": "狼",
    "淘": "陶掏涛",
    "令": "今零铃灵",
    "采": "彩菜",
    "桑": "嗓",
    "相": "想",
    "秦": "琴",
    "娥": "鹅蛾俄",
}
_MISNAMED = {"浣沙溪": "浣溪沙"}


def named_form(word: str) -> str | None:
    """The form a word names. A 词牌 is the whole word: 春夜长相思 is a theme, though in books
    a tune may stand behind its other name, and the poet knows it there.

    >>> named_form("鷓鴣天"), named_form("绝句"), named_form("春夜长相思")
    ('鹧鸪天', '七绝', None)
    """
    form = find_form(word)
    if form is None or not is_tune(form) or len(word) <= len(form):
        return form
    return None if to_script(word, "simplified").endswith(form) else form


def is_couplet(form: str | None) -> bool:
    """Whether this is one of the two couplets."""
    return form in COUPLETS


def couplet_form(length: int) -> str:
    """The couplet whose lines have 5 or 7 characters; that of seven for any other number."""
    return next((form for form, size in COUPLETS.items() if size == length), "七言联")


def nearest_form(word: str) -> str | None:
    """The form that was probably meant, "" if nobody can tell which, None if none was meant.

    >>> nearest_form("七决"), nearest_form("六绝"), nearest_form("如夢今"), nearest_form("月")
    ('七绝', '', '如梦令', None)
    """
    if named_form(word) is not None:
        return None
    verse = nearest_verse(word)
    return _nearest_tune(word) if verse is None else verse


def nearest_verse(word: str) -> str | None:
    """As `nearest_form`, of the forms of 诗 only."""
    if len(word) < 2 or not _LOOKS_LIKE_VERSE.fullmatch(word):
        return None
    if not _VERSE_ENDINGS & set(word[1:]):
        return None
    number = "五" if word[0] in _FIVES else "七" if word[0] in _SEVENS else ""
    if not number or "古" in word:
        return ""
    return number + ("律" if "律" in word else "绝")


def verses_near(word: str) -> tuple[str, ...]:
    """The forms of 诗 that may have been meant where nobody can tell which.

    >>> verses_near("八律"), verses_near("六绝"), verses_near("七古")
    (('五律', '七律'), ('五绝', '七绝'), ('七绝', '七律'))
    """
    kind = "律" if "律" in word else "" if "古" in word else "绝"
    number = "五" if word[0] in _FIVES else "七" if word[0] in _SEVENS else ""
    return tuple(form for form in _VERSE if kind in form and number in form)


def _nearest_tune(word: str) -> str | None:
    if not 3 <= len(word) <= _LONGEST_NAME:
        return None
    plain = to_script(word, "simplified")
    meant = _MISNAMED.get(plain)
    return meant or next((tune for tune in TUNES if _is_mistaken(plain, tune)), None)


def _is_mistaken(word: str, tune: str) -> bool:
    """Whether the word is the tune's name with wrong characters, or lacking one of four."""
    if len(word) == len(tune) - 1 >= 3:
        return any(word == tune[:place] + tune[place + 1 :] for place in range(len(tune)))
    return len(word) == len(tune) and all(
        written == right or written in _MISTAKEN.get(right, "")
        for written, right in zip(word, tune, strict=True)
    )
