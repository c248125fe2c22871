"""Themes for those who name none: what the season offers. Pure: date and choice are arguments."""

from datetime import date

_BY_SEASON = (
    ("早梅", "寒夜", "踏雪", "岁暮", "炉火", "寒江", "冬夜", "霜晨"),  # December to February
    ("春夜", "杏花", "柳色", "燕归", "春雨", "踏青", "落花", "春江"),
    ("荷风", "夏夜", "新蝉", "槐阴", "江村", "纳凉", "莲塘", "晚晴"),
    ("秋夜", "桂香", "鸿雁", "红叶", "秋水", "菊", "霜月", "秋声"),
)
_ANY_TIME = (
    "月",
    "山居",
    "渔舟",
    "登楼",
    "听琴",
    "夜泊",
    "怀人",
    "茶",
    "松风",
    "古寺",
    "云",
    "江上",
)


def theme_for(day: date, choice: int) -> str:
    """A theme that suits `day` in the northern year; `choice` picks among them.

    >>> theme_for(date(2026, 4, 1), 3)
    '燕归'
    """
    seasonal = _BY_SEASON[day.month % 12 // 3]
    themes = seasonal + _ANY_TIME
    return themes[choice % len(themes)]
