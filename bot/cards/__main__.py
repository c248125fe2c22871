"""`python -m bot.cards [folder]`: draws a card of every form on every paper and prints what it
took: milliseconds of a processor the first time, with no paper and no motif at hand, and again; KB.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.cards import PAPERS, CardPoem, draw_card

_QUATRAIN = CardPoem(
    number=1,
    title="静夜思",
    form="五绝",
    stanzas=((("床前明月光", "疑是地上霜"), ("举头望明月", "低头思故乡")),),
    rhyme="七阳韵",
    theme="月",
    written="丙午年八月十五",
)
_EIGHT_LINES = CardPoem(
    number=2,
    title="登高",
    form="七律",
    stanzas=(
        (
            ("风急天高猿啸哀", "渚清沙白鸟飞回"),
            ("无边落木萧萧下", "不尽长江滚滚来"),
            ("万里悲秋常作客", "百年多病独登台"),
            ("艰难苦恨繁霜鬓", "潦倒新停浊酒杯"),
        ),
    ),
    rhyme="十灰韵",
    theme="秋",
    written="丙午年九月初九",
)
_COUPLET = CardPoem(
    number=3,
    title="知己",
    form="五言聯",
    stanzas=((("海內存知己", "天涯若比鄰"),),),
    written="丙午年三月",
    is_couplet=True,
)
_LONG_TUNE = CardPoem(
    number=4,
    title="中秋",
    form="水調歌頭",
    stanzas=(
        (
            ("明月幾時有", "把酒問青天"),
            ("不知天上宮闕", "今夕是何年"),
            ("我欲乘風歸去", "又恐瓊樓玉宇", "高處不勝寒"),
            ("起舞弄清影", "何似在人間"),
        ),
        (
            ("轉朱閣", "低綺戶", "照無眠"),
            ("不應有恨", "何事長向別時圓"),
            ("人有悲歡離合", "月有陰晴圓缺", "此事古難全"),
            ("但願人長久", "千里共嬋娟"),
        ),
    ),
    rhyme="詞韻第七部",
    theme="月",
    written="丙午年八月十五",
    is_tune=True,
)


def main() -> None:
    """Draws, prints, and keeps the cards where a folder is given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    table = Table("paper", "form", "CPU ms first", "CPU ms again", "KB")
    for paper in PAPERS:
        for poem in (_QUATRAIN, _EIGHT_LINES, _COUPLET, _LONG_TUNE):
            _, first = _timed(poem, paper)
            drawn, again = _timed(replace(poem, title=f"{poem.title}二"), paper)
            size = f"{len(drawn) / 1000:.0f}"
            table.add_row(paper, poem.form, f"{first:.0f}", f"{again:.0f}", size)
            if folder is not None:
                (folder / f"{paper}-{poem.number}.jpg").write_bytes(draw_card(poem, paper))
    Console().print(table)


def _timed(poem: CardPoem, paper: str) -> tuple[bytes, float]:
    begun = time.process_time()
    drawn = draw_card(poem, paper)
    return drawn, 1000 * (time.process_time() - begun)


if __name__ == "__main__":
    main()
