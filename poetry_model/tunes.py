"""词牌: the tunes that the poet knows by name.

Owns their names and what else they are called. Their lines, tones and rhymes stand in
`ci_forms`; this module knows none of it, so that corpus and network can number tunes.

The order is the network's numbering: append, never reorder.
"""

from poetry_model.script import to_simplified

TUNES = (
    "浣溪沙",
    "水调歌头",
    "鹧鸪天",
    "菩萨蛮",
    "满江红",
    "西江月",
    "临江仙",
    "减字木兰花",
    "念奴娇",
    "沁园春",
    "蝶恋花",
    "点绛唇",
    "清平乐",
    "虞美人",
    "渔家傲",
    "卜算子",
    "玉楼春",
    "南乡子",
    "踏莎行",
    "忆江南",
    "生查子",
    "浪淘沙",
    "如梦令",
    "采桑子",
    "长相思",
    "忆秦娥",
)
_ALIASES = {
    "浣溪纱": "浣溪沙",
    "思佳客": "鹧鸪天",
    "酹江月": "念奴娇",
    "百字令": "念奴娇",
    "大江东去": "念奴娇",
    "凤栖梧": "蝶恋花",
    "鹊踏枝": "蝶恋花",
    "木兰花玉楼春": "玉楼春",
    "望江南": "忆江南",
    "江南好": "忆江南",
    "浪淘沙令": "浪淘沙",
    "丑奴儿": "采桑子",
    "罗敷媚": "采桑子",
    "秦楼月": "忆秦娥",
    "江月令": "西江月",
    "减兰": "减字木兰花",
}
_BY_NAME = {name: name for name in TUNES} | _ALIASES


def is_tune(name: str) -> bool:
    """Whether this is the name of a tune that can be written: `is_tune("浣溪沙")`."""
    return name in TUNES


def find_tune(name: str) -> str | None:
    """The tune a name in either script means, or None.

    >>> find_tune("鷓鴣天"), find_tune("望江南"), find_tune("春夜長相思")
    ('鹧鸪天', '忆江南', None)
    """
    return _BY_NAME.get(to_simplified(name.strip()))


def titled_tune(title: str) -> str | None:
    """The tune of a 词 of the corpus, which may hold a lesser name before the usual one.

    >>> titled_tune("望江南憶江南"), titled_tune("聲聲慢")
    ('忆江南', None)
    """
    known = to_simplified(title)
    return find_tune(title) or next((tune for tune in TUNES if known.endswith(tune)), None)
