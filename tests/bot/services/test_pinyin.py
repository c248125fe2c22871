"""How verse is read aloud."""

import pytest

from bot.services.pinyin import read_aloud


@pytest.mark.parametrize(
    ("form", "poem", "line", "aloud"),
    [
        # 还 at the end of a line is huán, 朝 beside no court zhāo.
        (
            "七绝",
            "朝辞白帝彩云间 千里江陵一日还 两岸猿声啼不住 轻舟已过万重山",
            0,
            "zhāo cí bái dì cǎi yún jiān",
        ),
        (
            "七绝",
            "朝辞白帝彩云间 千里江陵一日还 两岸猿声啼不住 轻舟已过万重山",
            1,
            "qiān lǐ jiāng líng yī rì huán",
        ),
        # 不 keeps its tone before 住; the tone of its place makes 重 level.
        (
            "七绝",
            "朝辞白帝彩云间 千里江陵一日还 两岸猿声啼不住 轻舟已过万重山",
            2,
            "liǎng àn yuán shēng tí bù zhù",
        ),
        (
            "七绝",
            "朝辞白帝彩云间 千里江陵一日还 两岸猿声啼不住 轻舟已过万重山",
            3,
            "qīng zhōu yǐ guò wàn chóng shān",
        ),
        (
            "五律",
            "国破山河在 城春草木深 感时花溅泪 恨别鸟惊心 "
            "烽火连三月 家书抵万金 白头搔更短 浑欲不胜簪",
            7,
            "hún yù bù shēng zān",
        ),
        (
            "七绝",
            "日照香爐生紫煙 遙看瀑布掛前川 飛流直下三千尺 疑是銀河落九天",
            1,
            "yáo kān pù bù guà qián chuān",
        ),
        (
            "七绝",
            "秦时明月汉时关 万里长征人未还 但使龙城飞将在 不教胡马度阴山",
            3,
            "bù jiāo hú mǎ dù yīn shān",
        ),
        (
            "七绝",
            "秦时明月汉时关 万里长征人未还 但使龙城飞将在 不教胡马度阴山",
            2,
            "dàn shǐ lóng chéng fēi jiàng zài",
        ),
        # Particles of speech have their full tones in verse.
        ("五绝", "得意地长眠 朝天子去了 月 月", 1, "cháo tiān zǐ qù liǎo"),
        ("浣溪沙", "一曲新词酒一杯", 0, "yī qǔ xīn cí jiǔ yī bēi"),
    ],
)
def test_polyphones_are_read_as_the_verse_has_them(
    form: str, poem: str, line: int, aloud: str
) -> None:
    assert " ".join(read_aloud(form, tuple(poem.split()))[line]) == aloud


def test_there_is_a_syllable_for_every_character() -> None:
    lines = ("𬭚㐀龘鱻麤", "风萧萧兮易", "一" * 9)
    assert [len(each) for each in read_aloud("", lines)] == [5, 5, 9]
