"""Which motif a poem's card carries: told by its theme, its title, its verses, or the month.

Pure. It does not know how a motif is painted.
"""

from enum import StrEnum

from bot.cards.poem import CardPoem
from poetry_model import to_script


class Motif(StrEnum):
    """What is painted behind the verses."""

    MOON = "moon"
    MOUNTAINS = "mountains"
    WATER = "water"
    PLUM = "plum"
    BAMBOO = "bamboo"
    WILLOW = "willow"
    LOTUS = "lotus"
    PETALS = "petals"
    GEESE = "geese"
    SNOW = "snow"
    RAIN = "rain"


# The first that is found counts: what can be seen goes before the season and the hour.
_SIGNS = (
    (Motif.PLUM, "梅"),
    (Motif.BAMBOO, "竹笋"),
    (Motif.LOTUS, "荷莲藕芙蓉"),
    (Motif.WILLOW, "柳杨絮莺燕"),
    (Motif.SNOW, "雪冰"),
    (Motif.RAIN, "雨"),
    (Motif.MOON, "月"),
    (Motif.GEESE, "雁鸿芦"),
    (Motif.WATER, "舟船帆江海湖水溪波浪潮渔泊渡河钓"),
    (Motif.PETALS, "花桃杏李樱红芳"),
    (Motif.MOUNTAINS, "山峰岭云岩松寺登楼隐"),
    (Motif.MOON, "夜宵"),
    (Motif.SNOW, "寒冬"),
    (Motif.GEESE, "秋归远"),
    (Motif.WILLOW, "春"),
    (Motif.LOTUS, "夏暑凉"),
)
_BY_SEASON = (
    (Motif.PLUM, Motif.SNOW),  # December to February
    (Motif.PETALS, Motif.WILLOW),
    (Motif.LOTUS, Motif.BAMBOO),
    (Motif.GEESE, Motif.MOUNTAINS),
)


def motif_of(poem: CardPoem) -> Motif:
    """The motif of a poem; the same every time."""
    for text in (poem.theme, poem.title, poem.words):
        found = _seen_in(to_script(text, "simplified"))
        if found is not None:
            return found
    return _BY_SEASON[poem.month % 12 // 3][poem.number % 2]


def _seen_in(text: str) -> Motif | None:
    for motif, signs in _SIGNS:
        if any(sign in text for sign in signs):
            return motif
    return None
