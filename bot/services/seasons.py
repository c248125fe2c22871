"""Themes for those who name none: what the day offers. Pure: date and choice are arguments.

The year is that of the Chinese calendar (by lunar_python, which reckons in Beijing's time),
wherever the reader lives: 中秋 is 中秋 in Sydney, too, and verse knows no other seasons. A
festival leads on its day, then a solar term on the day it begins; on any other day it is the
season, which turns at 立春 and its like, not with the month. 清明 is the one term that is a
festival as well, and greater than 上巳, which may fall on it.

The themes are such as the poet writes well. Where verse has little to say of a term's own
name (芒种, 小满) it is written of what belongs to that time.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Lunar, Solar

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Occasion:
    """A festival or a solar term."""

    code: str  # by which sentences know it
    name: str  # in simplified characters
    themes: tuple[str, ...]


def _occasion(code: str, name: str, themes: str) -> Occasion:
    return Occasion(code, name, tuple(themes.split()))


# By month and day of the Chinese year.
_FESTIVALS = {
    (1, 1): _occasion("new-year", "春节", "元日 新岁 元日早春 新春"),
    (1, 15): _occasion("lanterns", "元宵", "元宵 上元灯火 上元夜 灯夕"),
    (3, 3): _occasion("third-third", "上巳", "上巳 修禊 踏青"),
    (5, 5): _occasion("dragon-boats", "端午", "端午 竞渡 榴花 菖蒲"),
    (7, 7): _occasion("sevens", "七夕", "七夕 鹊桥 牛女 银河"),
    (7, 15): _occasion("ghosts", "中元", "河灯 秋夜怀人 新凉"),
    (8, 15): _occasion("mid-autumn", "中秋", "中秋 中秋月 月圆 桂影 月夜怀人"),
    (9, 9): _occasion("nines", "重阳", "九日登高 登高 九日 茱萸 黄菊"),
    (12, 8): _occasion("laba", "腊八", "腊日 腊梅 腊雪"),
}
_EVE = _occasion("eve", "除夕", "除夕 守岁 岁除")  # the day before (1, 1)
_COLD_FOOD = _occasion("cold-food", "寒食", "寒食 梨花 春寒")  # the day before 清明
_TERMS = {
    term.name: term
    for term in (
        _occasion("term-1", "立春", "立春 早春 残雪"),
        _occasion("term-2", "雨水", "春雨 新柳 春寒"),
        _occasion("term-3", "惊蛰", "春雷 新雷 早春"),
        _occasion("term-4", "春分", "春分 春半 燕归"),
        _occasion("term-5", "清明", "清明 踏青 杏花雨"),
        _occasion("term-6", "谷雨", "谷雨 新茶 牡丹 春雨"),
        _occasion("term-7", "立夏", "首夏 新荷 夏木"),
        _occasion("term-8", "小满", "麦风 首夏 榴花"),
        _occasion("term-9", "芒种", "插秧 麦秋 梅雨"),
        _occasion("term-10", "夏至", "新蝉 夏夜 荷风"),
        _occasion("term-11", "小暑", "暑夜 竹簟 荷风"),
        _occasion("term-12", "大暑", "苦热 纳凉 暑夜"),
        _occasion("term-13", "立秋", "立秋 新秋 秋风 梧桐"),
        _occasion("term-14", "处暑", "残暑 新凉 秋声"),
        _occasion("term-15", "白露", "白露 秋露 芦花"),
        _occasion("term-16", "秋分", "秋分 秋月 桂香"),
        _occasion("term-17", "寒露", "寒露 鸿雁 菊"),
        _occasion("term-18", "霜降", "霜叶 红叶 霜月"),
        _occasion("term-19", "立冬", "初冬 寒夜 霜晨"),
        _occasion("term-20", "小雪", "小雪 初冬 寒林"),
        _occasion("term-21", "大雪", "大雪 夜雪 寒江独钓"),
        _occasion("term-22", "冬至", "冬至 冬至夜 梅花"),
        _occasion("term-23", "小寒", "寒夜 梅花 围炉"),
        _occasion("term-24", "大寒", "围炉 早梅 寒江"),
    )
}
OCCASIONS = (*_FESTIVALS.values(), _EVE, _COLD_FOOD, *_TERMS.values())
# Each half of a season, from the first of its terms on.
_SEASONS = {
    "立春": "早春 残雪 新柳 春寒 东风 早梅 春雨 春江",
    "春分": "春夜 杏花 柳色 燕归 春雨 踏青 落花 春江",
    "立夏": "首夏 新荷 槐阴 榴花 梅雨 江村 晚晴 夏木",
    "夏至": "荷风 夏夜 新蝉 竹簟 纳凉 莲塘 暑夜 晚晴",
    "立秋": "新秋 秋风 梧桐 新凉 秋露 秋声 芦花 秋水",
    "秋分": "秋夜 桂香 鸿雁 红叶 秋水 菊 霜月 秋声",
    "立冬": "初冬 寒夜 霜晨 寒林 寒江 冬夜 红叶 晚晴",
    "冬至": "早梅 夜雪 踏雪 岁暮 围炉 寒江 冬夜 霜晨",
}
_ANY_TIME = "月 山居 渔舟 登楼 听琴 夜泊 怀人 茶 松风 古寺 云 江上"


def theme_for(day: date, choice: int) -> str:
    """A theme that suits the day; `choice` picks among several.

    >>> theme_for(date(2026, 9, 25), 1), theme_for(date(2026, 4, 1), 3)
    ('中秋月', '燕归')
    """
    themes = themes_of(day)
    return themes[choice % len(themes)]


def themes_of(day: date) -> tuple[str, ...]:
    """All themes that suit the day."""
    led = occasion(day)
    return led.themes if led else (*_season(day), *_ANY_TIME.split())


@lru_cache(maxsize=64)
def occasion(day: date) -> Occasion | None:
    """The festival of a day, or the solar term that begins on it.

    >>> [each and each.name for each in map(occasion, (date(2026, 2, 4), date(2026, 2, 5)))]
    ['立春', None]
    """
    lunar = _lunar(day)
    tomorrow = _lunar(day + ONE_DAY)
    if _month_and_day(tomorrow) == (1, 1):
        return _EVE
    if lunar.getJieQi() == "清明":
        return _TERMS["清明"]
    festival = _FESTIVALS.get(_month_and_day(lunar))
    if festival is None and tomorrow.getJieQi() == "清明":
        festival = _COLD_FOOD
    return festival or _TERMS.get(lunar.getJieQi())


@lru_cache(maxsize=64)
def _season(day: date) -> tuple[str, ...]:
    """The themes of the half season: of the last of its first terms that has begun."""
    term = _TERMS[_lunar(day).getPrevJieQi(True).getName()]
    number = int(term.code.removeprefix("term-"))
    first = list(_TERMS.values())[(number - 1) // 3 * 3]
    return tuple(_SEASONS[first.name].split())


def _lunar(day: date) -> Lunar:
    return Solar.fromYmd(day.year, day.month, day.day).getLunar()


def _month_and_day(lunar: Lunar) -> tuple[int, int]:
    """The months are numbered; one that is leapt in has a number below zero, and no festival."""
    return lunar.getMonth(), lunar.getDay()
