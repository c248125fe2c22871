"""How a poem is read aloud: Hanyu Pinyin with its tones, as verse is read. Pure.

The readings of words come from pypinyin. What it can't know, the verse tells: a character
with two tones is read in the tone that it has in its line (`scansion`), 还 at a line's end is
huán, and no syllable of verse loses its tone. It does not know how pinyin is shown.

>>> " ".join(read_aloud("七绝", ("不教胡马度阴山",))[0])
'bù jiāo hú mǎ dù yīn shān'
"""

from collections.abc import Sequence

from pypinyin import pinyin

from poetry_model import to_script
from poetry_model.scansion import Place, scan

# Level and oblique reading of what is alive in both; 平仄 tells them apart.
_TWO_READINGS = """
教jiāo/jiào 看kān/kàn 为wéi/wèi 重chóng/zhòng 更gēng/gèng 相xiāng/xiàng 分fēn/fèn 令líng/lìng
和hé/hè 中zhōng/zhòng 便pián/biàn 藏cáng/zàng 燕yān/yàn 乘chéng/shèng 要yāo/yào 空kōng/kòng
冠guān/guàn 禁jīn/jìn 荷hé/hè 磨mó/mò 任rén/rèn 量liáng/liàng 盛chéng/shèng 扇shān/shàn
旋xuán/xuàn 供gōng/gòng 降xiáng/jiàng 予yú/yǔ 占zhān/zhàn 难nán/nàn 间jiān/jiàn 长cháng/zhǎng
调tiáo/diào 论lún/lùn 观guān/guàn 缝féng/fèng 胜shēng/shèng 应yīng/yìng 将jiāng/jiàng 过guō/guò
兴xīng/xìng 当dāng/dàng 传chuán/zhuàn 衣yī/yì 累léi/lèi 几jī/jǐ 号háo/hào 强qiáng/qiǎng
丧sāng/sàng 弹tán/dàn 担dān/dàn 称chēng/chèn 正zhēng/zhèng 屏píng/bǐng 笼lóng/lǒng 与yú/yǔ
宁níng/nìng 妻qī/qì 王wáng/wàng 鲜xiān/xiǎn 铺pū/pù
"""
_BY_TONE = {entry[0]: tuple(entry[1:].split("/")) for entry in _TWO_READINGS.split()}
_RETURNS, _MORNING, _SONG = "还", "朝", "曲"
_OF_SONG = set("一新旧歌清数几此古琴笛唱听乐词终罢")  # beside these 曲 is qǔ, a song
# 朝 is cháo, the court, beside these; else zhāo, the morning.
_OF_COURT = set("廷臣市班天列衣士野拜谒贺宗代官前后六两南北汉唐隋宋明清本历王皇上早入退当")
_ALWAYS = {"一": "yī", "不": "bù"}  # they do not yield to what follows
# Where a neutral tone of speech is not the first reading of the dictionary.
_IN_FULL = {"了": "liǎo", "着": "zhuó", "地": "dì", "得": "dé", "的": "dì", "么": "mó", "呢": "ní"}
_TONED = set("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ")


def read_aloud(form: str, lines: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """For each line a syllable a character."""
    scanned = scan(form, lines).lines
    return tuple(
        _syllables(to_script(line, "simplified"), places)
        for line, places in zip(lines, scanned, strict=True)
    )


def _syllables(line: str, places: Sequence[Place]) -> tuple[str, ...]:
    usual = [found[0] for found in pinyin(line)]
    if len(usual) != len(line):  # something that is no syllable of its own
        usual = [pinyin(character)[0][0] for character in line]
    return tuple(_in_verse(line, at, usual[at], places[at].tone) for at in range(len(line)))


def _in_verse(line: str, at: int, usual: str, tone: str) -> str:
    character = line[at]
    if character in _ALWAYS:
        return _ALWAYS[character]
    if character == _RETURNS and at == len(line) - 1:
        return "huán"
    beside = set(line[max(0, at - 1) : at] + line[at + 1 : at + 2])
    if character == _MORNING:
        return "cháo" if beside & _OF_COURT else "zhāo"
    if character == _SONG and beside & _OF_SONG:
        return "qǔ"
    if character in _BY_TONE and tone in "平仄":
        return _BY_TONE[character]["平仄".index(tone)]
    return usual if _TONED & set(usual) else _in_full(character, usual)


def _in_full(character: str, usual: str) -> str:
    """A syllable that speech says lightly, with the tone it has alone."""
    known = _IN_FULL.get(character)
    readings = pinyin(character, heteronym=True)[0]
    return known or next((each for each in readings if _TONED & set(each)), usual)
