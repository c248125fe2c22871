"""A second opinion on 词: slow, obvious, and of its own.

Written from 龙榆生《唐宋词格律》 by heart, not from `ci_tunes.tsv` or `prosody`. Of each line
it knows the bones alone: how long it is, which tones stand at its second, fourth and
sixth character and at its end, what it rhymes with, and how many of its last characters
say the line before again. So what it refuses is wrong; the odd places it leaves alone.

A line is written `7仄平仄平a`: its length, the tones (中 for either), the letter of its
rhyme; `2平仄a^2` says again the last two characters of the line before.

The nineteen parts of 词林正韵 are written here by the short names of their groups. What
rhymes in one group of 平水韵 rhymes too. Tones in their words are those of `slow_checker`.
"""

import functools
import re
from collections.abc import Iterator, Sequence

from tests.poetry_model.slow_checker import _rows, heard_at, readings

_XI = "7仄平仄平a 7平仄平平a 7平仄平平a 7仄平仄仄 7平仄平平a 7平仄平平a"
_SHUI = {
    "六五": ("6平中仄 5仄平平a", "6平中仄 5仄平平a"),
    "四七": ("4平仄 7中仄平平a", "4平仄 7中仄平平a"),
}
_NIAN = {
    "五四": "4平仄 5中中仄 4平仄a",
    "三六": "4平仄 3中中 6仄平仄a",
    "四五": "6仄仄平 4平仄 5中平仄a",
    "五四过片": "6仄仄平 5中仄仄 4平仄a",
}
_NIAN_BODY = "7仄平仄仄 6仄平仄a 4仄平 4平仄 5仄平仄a 4平仄 6平仄仄a"
_LIN = "7仄平仄仄 6平仄平a 7平仄平平a 5平仄仄 5仄平平a"
_LIN_SIX = "6仄平仄 6平仄平a 7平仄平平a 5平仄仄 5仄平平a"
_LIN_FOUR = "7仄平仄仄 6平仄平a 7平仄平平a 4平仄 5仄平平a"
_DIE = "7仄平仄仄a 4仄平 5仄平仄a 7仄平仄仄a 7平仄平仄a"
_YU_JIA = "7仄平仄仄a 7平仄平仄a 7仄平仄仄a 3中仄a 7平仄平仄a"
_TA = "4仄平 4平仄a 7平仄平仄a 7平仄平平 7平仄平仄a"
_NAN = "5仄平平a 7仄平仄平a 7仄平仄仄 2平a 7仄平仄平a"
_LANG = "5仄平平a 4仄平a 7平仄平平a 7仄平仄仄 4仄平a"
_BU = "5仄平平 5仄平仄a 7仄平仄平 5仄平仄a"
_CAI = "7平仄平仄 4仄平a 4仄平a 7仄平仄平a"
_CAI_AGAIN = "7平仄平仄 4仄平a 4仄平a^4 7仄平仄平a"
_XI_JIANG = "6仄平仄 6平仄平a 7平仄平平a 6仄平仄a"
_JIANG_NAN = "3中仄 5仄平平a 7仄平仄仄 7平仄平平a 5仄平平a"
_SHENG = "5中中平 5仄平仄a 5仄平平 5仄平仄a"
_YU_LOU = "7中中中仄a 7仄平仄仄a 7平仄平平 7仄平仄仄a"
_CHANG = "3中平a 3中平a{again} 7仄平仄平a 5平仄平a"
_QIN = "3中仄a 7平仄平仄a 3平仄a^3 4平仄 4平仄a 7平仄平仄a 7平仄平仄a 3平仄a^3 4平仄 4平仄a"
_QIN_LEVEL = "3平平a 7平仄平平a 3平平a^3 4平仄 4仄平a 7平仄中平a 7平仄平平a 3平平a^3 4平仄 4仄平a"

SKELETONS: dict[str, tuple[str, ...]] = {
    "浣溪沙": (_XI,),
    "水调歌头": tuple(
        f"5中中仄 5仄平平a {_SHUI[one][0]} 6仄平仄 6仄平仄 5仄平平a 5仄中仄 5仄平平a "
        f"3中中 3中仄 3中平a {_SHUI[two][1]} 6仄平仄 6仄平仄 5仄平平a 5仄中仄 5仄平平a"
        for one in _SHUI
        for two in _SHUI
    ),
    "鹧鸪天": (
        "7仄平中平a 7平仄平平a 7平仄平仄 7仄平仄平a 3仄仄 3平平a 7平仄平平a 7平仄平仄 7仄平仄平a",
    ),
    "菩萨蛮": ("7平仄平仄a 7平仄平仄a 5仄平平b 5平仄平b 5平仄仄c 5仄平仄c 5仄平平d 5平仄平d",),
    "满江红": (
        "4仄平 3中仄 4平仄a 3中仄 4平仄 4平仄a 7仄平仄仄 7平仄平仄a 3中中 5仄平平 3平仄a "
        "3中仄 3中仄a 3中仄 3平仄a 5中中仄 4平仄a 7仄平仄仄 7平仄平仄a 3中中 5仄平平 3平仄a",
    ),
    "西江月": (f"{_XI_JIANG} {_XI_JIANG}",),
    "临江仙": (f"{_LIN} {_LIN}", f"{_LIN_SIX} {_LIN_SIX}", f"{_LIN_FOUR} {_LIN_FOUR}"),
    "减字木兰花": ("4平仄a 7仄平仄仄a 4仄平b 7仄平仄平b 4平仄c 7仄平仄仄c 4仄平d 7仄平仄平d",),
    "念奴娇": tuple(
        f"{_NIAN[one]} {_NIAN_BODY} {_NIAN[two]} {_NIAN_BODY}"
        for one in ("五四", "三六")
        for two in ("四五", "五四过片")
    ),
    "沁园春": (
        "4仄平 4中中 4中平a 5中中仄 4平仄 4平仄 4仄平a 4仄平 4平仄 7仄平仄平a "
        "3中仄 5中中仄 4仄平a 6平仄平a 8中平中平a 5中中仄 4平仄 4平仄 4仄平a 4仄平 4平仄 "
        "7仄平仄平a 3中仄 5中中仄 4仄平a",
    ),
    "蝶恋花": (f"{_DIE} {_DIE}",),
    "点绛唇": ("4仄平 7平仄平仄a 4平仄a 5仄平仄a 4仄平 5仄平仄a 3平仄a 4平仄a 5仄平仄a",),
    "清平乐": ("4平仄a 5仄平仄a 7仄平仄仄a 6仄平仄a 6平仄平b 6平仄平b 6仄平仄 6平仄平b",),
    "虞美人": (
        "7平仄平仄a 5仄平仄a 7平仄平平b 6仄平仄 3平平b "
        "7平仄平仄c 5仄平仄c 7平仄平平d 6仄平仄 3平平d",
    ),
    "渔家傲": (f"{_YU_JIA} {_YU_JIA}",),
    "卜算子": (f"{_BU} {_BU}",),
    "玉楼春": (f"{_YU_LOU} {_YU_LOU}",),
    "南乡子": (f"{_NAN} {_NAN}",),
    "踏莎行": (f"{_TA} {_TA}",),
    "忆江南": (_JIANG_NAN, f"{_JIANG_NAN} {_JIANG_NAN}"),
    "生查子": (f"{_SHENG} {_SHENG}",),
    "浪淘沙": (f"{_LANG} {_LANG}",),
    "如梦令": ("6仄平仄a 6仄平仄a 5仄平平 6仄平仄a 2仄a 2仄a^2 6仄平仄a",),
    "采桑子": (f"{_CAI} {_CAI}", f"{_CAI_AGAIN} {_CAI_AGAIN}"),
    "长相思": tuple(
        f"{half} {half}" for half in (_CHANG.format(again=again) for again in ("^2", ""))
    ),
    "忆秦娥": (_QIN, _QIN_LEVEL),
}

# 词林正韵, by the last character of each group of 平水韵; those parted are in two parts.
_PARTS = (
    "東冬董腫送宋", "江陽講養絳漾", "支微齊灰紙尾薺賄寘未霽泰隊", "魚虞語麌御遇",
    "佳灰蟹賄泰卦隊", "真文元軫吻阮震問願", "元寒刪先阮旱潸銑願翰諫霰", "蕭肴豪篠巧皓嘯效號",
    "歌哿箇", "佳麻馬卦禡", "庚青蒸梗迥敬徑", "尤有宥", "侵寢沁", "覃鹽咸感琰豏勘豔陷",
    "屋沃", "覺藥", "質陌錫職緝", "物月曷黠屑葉", "合洽",
)  # fmt: skip
_PARTED = {
    (int(number), group[-1]): listed[0]
    for number, _, group, *listed in _rows("cilin.tsv")
    if listed
}


@functools.cache
def rhymes(character: str, tone: str) -> frozenset[object]:
    """Everything the character can be said to rhyme in, when it has this tone."""
    groups = {group for heard, group in readings(character) if heard == tone}
    found: set[object] = set(groups)
    for number, names in enumerate(_PARTS, 1):
        for group in groups:
            parted = _PARTED.get((number, group[-1]))
            if group[-1] in names and (parted is None or _stands_in(character, parted)):
                found.add(number)
    found |= {
        int(number)
        for number, part, group, *listed in _rows("cilin.tsv")
        if group == "*"
        and _stands_in(character, listed[0])
        and (part in ("上平", "下平")) == (tone == "平")
    }
    return frozenset(found)


def _stands_in(character: str, listed: str) -> bool:
    return any(readings(character) == readings(one) and _alike(character, one) for one in listed)


def _alike(one: str, other: str) -> bool:
    from poetry_model import to_script

    return to_script(one, "simplified") == to_script(other, "simplified")


Bone = tuple[int, str, str, int]  # length, tones, rhyme, how many characters are said again


def bones(skeleton: str) -> Iterator[Bone]:
    """The lines of a skeleton: `7仄平仄平a` → (7, "仄平仄平", "a", 0)."""
    for line in skeleton.split():
        length, tones, rhyme, again = re.fullmatch(
            r"(\d)([平仄中]+)([a-d]?)(?:\^(\d))?", line
        ).groups()  # type: ignore[union-attr]
        yield int(length), tones, rhyme, int(again or 0)


def places(length: int) -> list[int]:
    """The second, fourth, sixth character and the last, from 0."""
    return sorted({*range(1, length, 2), length - 1})


def has_shape(tune: str, lines: Sequence[str]) -> bool:
    lengths = [len(line) for line in lines]
    return any([bone[0] for bone in bones(s)] == lengths for s in SKELETONS[tune])


def _keeps(lines: Sequence[str], skeleton: str) -> bool:
    found = list(bones(skeleton))
    if [bone[0] for bone in found] != [len(line) for line in lines]:
        return False
    before = ""
    for line, (length, tones, _, again) in zip(lines, found, strict=True):
        if again and line[-again:] != before[-again:]:
            return False
        for place, tone in zip(places(length), tones, strict=True):
            if tone != "中" and tone not in heard_at(line, place):
                return False
        before = line
    return _rhymes_hold(lines, found)


def _rhymes_hold(lines: Sequence[str], found: Sequence[Bone]) -> bool:
    sets: dict[str, list[frozenset[object]]] = {}
    for line, (_, tones, rhyme, _) in zip(lines, found, strict=True):
        if rhyme:
            sets.setdefault(rhyme, []).append(rhymes(line[-1], tones[-1]))
    return all(frozenset.intersection(*words) for words in sets.values())


def keeps(tune: str, lines: Sequence[str]) -> bool:
    """Shape, bones, repetitions and rhymes hold together, in one of the variants."""
    return any(_keeps(lines, skeleton) for skeleton in SKELETONS[tune])
