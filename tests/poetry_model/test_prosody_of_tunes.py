"""The checker on 词: poems known by heart, one fault at a time, and the slow checker."""

import random

import pytest

from poetry_model import to_script
from poetry_model.checking import check_rows
from poetry_model.corpus import PoemRecord
from poetry_model.prosody import check_poem
from poetry_model.tunes import titled_tune
from tests.poetry_model import slow_ci_checker as slow

# By 晏殊, 李煜, 白居易, 李清照, 李白 (by tradition), 苏轼, 岳飞 (by tradition), 辛弃疾, 晏几道.
KNOWN = {
    "浣溪沙": (
        "一曲新词酒一杯/去年天气旧亭台/夕阳西下几时回/无可奈何花落去/似曾相识燕归来/小园香径独徘徊",
        "十灰",
    ),
    "虞美人": (
        "春花秋月何时了/往事知多少/小楼昨夜又东风/故国不堪回首/月明中/"
        "雕栏玉砌应犹在/只是朱颜改/问君能有几多愁/恰似一江春水/向东流",
        "第八部、第一部、第五部、第十二部",
    ),
    "忆江南": ("江南好/风景旧曾谙/日出江花红胜火/春来江水绿如蓝/能不忆江南", "第十四部"),
    "如梦令": (
        "昨夜雨疏风骤/浓睡不消残酒/试问卷帘人/却道海棠依旧/知否/知否/应是绿肥红瘦",
        "第十二部",
    ),
    "菩萨蛮": (
        "平林漠漠烟如织/寒山一带伤心碧/暝色入高楼/有人楼上愁/"
        "玉阶空伫立/宿鸟归飞急/何处是归程/长亭连短亭",
        "第十七部、第十二部、第十七部、第十一部",
    ),
    "水调歌头": (
        "明月几时有/把酒问青天/不知天上宫阙/今夕是何年/我欲乘风归去/又恐琼楼玉宇/高处不胜寒/"
        "起舞弄清影/何似在人间/转朱阁/低绮户/照无眠/不应有恨/何事长向别时圆/人有悲欢离合/"
        "月有阴晴圆缺/此事古难全/但愿人长久/千里共婵娟",
        "第七部",
    ),
    "满江红": (
        "怒发冲冠/凭栏处/潇潇雨歇/抬望眼/仰天长啸/壮怀激烈/三十功名尘与土/八千里路云和月/"
        "莫等闲/白了少年头/空悲切/靖康耻/犹未雪/臣子恨/何时灭/驾长车踏破/贺兰山缺/"
        "壮志饥餐胡虏肉/笑谈渴饮匈奴血/待从头/收拾旧山河/朝天阙",
        "第十八部",
    ),
    "西江月": (
        "明月别枝惊鹊/清风半夜鸣蝉/稻花香里说丰年/听取蛙声一片/"
        "七八个星天外/两三点雨山前/旧时茅店社林边/路转溪桥忽见",
        "第七部",
    ),
    "长相思": (
        "汴水流/泗水流/流到瓜州古渡头/吴山点点愁/思悠悠/恨悠悠/恨到归时方始休/月明人倚楼",
        "第十二部",
    ),
    "临江仙": (
        "梦后楼台高锁/酒醒帘幕低垂/去年春恨却来时/落花人独立/微雨燕双飞/"
        "记得小蘋初见/两重心字罗衣/琵琶弦上说相思/当时明月在/曾照彩云归",
        "第三部",
    ),
    "忆秦娥": (
        "箫声咽/秦娥梦断秦楼月/秦楼月/年年柳色/灞陵伤别/"
        "乐游原上清秋节/咸阳古道音尘绝/音尘绝/西风残照/汉家陵阙",
        "第十八部",
    ),
    "卜算子": (
        "缺月挂疏桐/漏断人初静/时见幽人独往来/缥缈孤鸿影/"
        "惊起却回头/有恨无人省/拣尽寒枝不肯栖/寂寞沙洲冷",
        "第十一部",
    ),
    "采桑子": (
        "少年不识愁滋味/爱上层楼/爱上层楼/为赋新词强说愁/"
        "而今识尽愁滋味/欲说还休/欲说还休/却道天凉好个秋",
        "第十二部",
    ),
}


def lines_of(tune: str) -> tuple[str, ...]:
    return tuple(KNOWN[tune][0].split("/"))


def kinds(tune: str, lines: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """Faults but for what real poems say twice."""
    faults = check_poem(tune, lines).faults
    return [(f.kind, f.line, f.position) for f in faults if f.kind != "repeated"]


class TestKnownPoems:
    @pytest.mark.parametrize("tune", KNOWN)
    @pytest.mark.parametrize("script", ["simplified", "traditional"])
    def test_keep_the_rules_of_their_tunes(self, tune: str, script: str) -> None:
        lines = tuple(to_script(line, script) for line in lines_of(tune))
        report = check_poem(to_script(tune, script), lines)
        assert (report.form, report.form_valid) == (tune, True)
        assert (report.tone_valid, report.rhyme_valid) == (True, True), report.faults
        assert report.rhyme == KNOWN[tune][1]
        assert slow.keeps(tune, lines)

    def test_red_cliff_is_divided_in_its_own_way_and_takes_two_liberties(self) -> None:
        """苏轼: 壁 is of part seventeen, the other rhymes of part eighteen; 间 is level."""
        lines = (
            "大江东去/浪淘尽/千古风流人物/故垒西边/人道是/三国周郎赤壁/乱石穿空/惊涛拍岸/"
            "卷起千堆雪/江山如画/一时多少豪杰/遥想公瑾当年/小乔初嫁了/雄姿英发/羽扇纶巾/"
            "谈笑间/樯橹灰飞烟灭/故国神游/多情应笑我/早生华发/人生如梦/一尊还酹江月"
        )
        report = check_poem("念奴娇", lines.split("/"))
        assert report.form_valid
        assert [
            (f.kind, f.line, f.position, f.character, f.expected)
            for f in report.faults
            if f.kind != "repeated"
        ] == [("tone", 16, 3, "间", "仄"), ("rhyme", 6, 6, "壁", "第十八部")]

    def test_the_lines_may_be_as_the_books_print_them(self) -> None:
        lines = lines_of("虞美人")
        printed = (*lines[:3], lines[3] + lines[4], *lines[5:8], lines[8] + lines[9])
        report = check_poem("虞美人", printed)
        assert (report.form_valid, report.tone_valid, report.rhyme_valid) == (True, True, True)


class TestFaultsAreFound:
    def test_another_shape(self) -> None:
        assert kinds("浣溪沙", lines_of("虞美人")) == [("form", 0, 0)]
        assert kinds("浣溪沙", (*lines_of("浣溪沙")[:5], "小园香径独")) == [("form", 6, 0)]
        assert kinds("声声慢", lines_of("浣溪沙")) == [("form", 0, 0)]

    def test_tone(self) -> None:
        lines = ("一杯新词酒一杯", *lines_of("浣溪沙")[1:])
        assert kinds("浣溪沙", lines) == [("tone", 1, 2)]

    def test_a_level_rhyme(self) -> None:
        lines = (*lines_of("浣溪沙")[:5], "小园香径独彷徨")
        assert kinds("浣溪沙", lines) == [("rhyme", 6, 7)]

    def test_an_oblique_rhyme_where_all_are_level(self) -> None:
        lines = (*lines_of("浣溪沙")[:5], "小园香径独徘月")
        assert kinds("浣溪沙", lines) == [("tone", 6, 7), ("rhyme", 6, 7)]

    def test_rising_and_departing_rhyme_together_entering_does_not(self) -> None:
        lines = lines_of("如梦令")
        assert kinds("如梦令", lines) == []
        assert ("rhyme", 7, 6) in kinds("如梦令", (*lines[:6], "应是绿肥红色"))

    def test_each_rhyme_set_is_judged_alone(self) -> None:
        lines = list(lines_of("菩萨蛮"))
        lines[3] = "有人楼上啼"
        assert kinds("菩萨蛮", tuple(lines)) == [("rhyme", 4, 5)]

    def test_what_the_tune_says_again_is_due(self) -> None:
        lines = list(lines_of("如梦令"))
        lines[5] = "如否"
        report = check_poem("如梦令", lines)
        assert not report.form_valid
        assert ("form", 6, 1) in kinds("如梦令", tuple(lines))

    def test_a_fault_stands_where_it_was_written(self) -> None:
        lines = lines_of("虞美人")
        printed = (*lines[:3], lines[3] + "月明楼", *lines[5:])
        assert ("rhyme", 4, 9) in kinds("虞美人", printed)

    def test_a_refrain_that_some_poets_sing_is_no_repetition(self) -> None:
        report = check_poem("采桑子", lines_of("采桑子"))
        assert report.pattern == "双调四十四字，叠句"
        assert not [f for f in report.faults if f.line in (3, 7)]


class TestRepetition:
    def repeated(self, tune: str, lines: tuple[str, ...]) -> list[tuple[int, int, str]]:
        faults = check_poem(tune, lines).faults
        return [(f.line, f.position, f.character) for f in faults if f.kind == "repeated"]

    def test_a_short_tune_says_a_character_once_but_for_its_refrain(self) -> None:
        assert self.repeated("如梦令", lines_of("如梦令")) == []
        assert self.repeated("忆江南", lines_of("忆江南")) == [
            (3, 3, "江"),
            (4, 3, "江"),
            (5, 4, "江"),
            (5, 5, "南"),
        ]

    def test_a_long_tune_may_say_a_character_again_but_no_word(self) -> None:
        lines = lines_of("水调歌头")  # 有 人 不 何 月 事 …
        assert self.repeated("水调歌头", lines) == []
        again = (*lines[:17], "明月人长久", lines[18])
        assert self.repeated("水调歌头", again) == [(18, 1, "明月")]

    def test_a_long_poem_that_is_no_ci_says_every_character_once(self) -> None:
        lines = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼") * 4
        assert len(self.repeated("五言", lines)) == 60


class TestRows:
    def test_a_row_may_name_the_tune_as_its_form_or_as_the_title_of_a_ci(self) -> None:
        lines = KNOWN["浣溪沙"][0]
        rows = (f"浣溪沙\t春恨\t{lines}", f"词\t浣溪沙\t{lines}", f"词\t声声慢\t{lines}")
        forms = [(report.form, report.form_valid) for report in check_rows(rows)]
        assert forms == [("浣溪沙", True), ("浣溪沙", True), ("词", False)]


class TestAgainstTheSlowChecker:
    """What the fast checker lets pass, the slow one does too: the slow one knows less."""

    def agree(self, tune: str, lines: tuple[str, ...]) -> bool:
        report = check_poem(tune, lines)
        keeps = report.form_valid and report.tone_valid and report.rhyme_valid
        if keeps:
            assert slow.keeps(tune, lines), (tune, lines)
        return keeps

    def test_real_poems(self, records: list[PoemRecord]) -> None:
        found = [(titled_tune(r.title), r.lines) for r in records if r.form == "词"]
        kept = [self.agree(tune, lines) for tune, lines in found if tune is not None]
        assert len(kept) / 2 < sum(kept) < len(kept)

    @pytest.mark.parametrize("tune", KNOWN)
    def test_poems_with_a_character_exchanged(self, tune: str) -> None:
        chance = random.Random(tune)
        pool = [character for lines, _ in KNOWN.values() for character in lines if character != "/"]
        kept = 0
        for _ in range(60):
            changed = [list(line) for line in lines_of(tune)]
            line = chance.choice(changed)
            line[chance.randrange(len(line))] = chance.choice(pool)
            kept += self.agree(tune, tuple(map("".join, changed)))
        assert 0 < kept < 60
