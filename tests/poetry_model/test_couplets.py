"""对联: what answers what."""

import itertools

import pytest

from poetry_model.couplets import answering, counting_places, couplet_form
from poetry_model.prosody import check_poem
from poetry_model.readings import line_tones
from poetry_model.rhyme_book import LEVEL, OBLIQUE

NAMES = ("五言联", "七言联")
LEVEL_SAMPLE, OBLIQUE_SAMPLE = "山", "月"


def kinds(lines: tuple[str, str]) -> list[tuple[str, int, int]]:
    name = {5: "五言联", 7: "七言联"}[len(lines[0])]
    return [(f.kind, f.line, f.position) for f in check_poem(name, lines).faults]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_opposed_place_by_place(name: str) -> None:
    for pattern in couplet_form(name).patterns:
        first, second = (line.templates[0] for line in pattern.lines)
        assert all({a, b} == {LEVEL, OBLIQUE} for a, b in zip(first, second, strict=True))
        assert (first[-1], second[-1]) == (OBLIQUE, LEVEL)


@pytest.mark.parametrize("name", NAMES)
def test_no_liberty_gives_up_what_counts(name: str) -> None:
    for pattern in couplet_form(name).patterns:
        first, second = pattern.lines
        for one, other in itertools.product(first.templates, second.templates):
            assert all(
                {one[place], other[place]} == {LEVEL, OBLIQUE}
                for place in counting_places(len(one))
            )


class TestKnownCouplets:
    """Lines of famous poems and inscriptions that answer each other."""

    @pytest.mark.parametrize(
        "lines",
        [
            ("明月松间照", "清泉石上流"),
            ("两个黄鹂鸣翠柳", "一行白鹭上青天"),
            ("无边落木萧萧下", "不尽长江滚滚来"),
            ("书山有路勤为径", "学海无涯苦作舟"),
        ],
    )
    def test_are_faultless(self, lines: tuple[str, str]) -> None:
        assert kinds(lines) == []
        report = check_poem("对联", lines)
        assert report.form == {5: "五言联", 7: "七言联"}[len(lines[0])]
        assert (report.form_valid, report.tone_valid, report.rhyme) == (True, True, None)


class TestFaultsAreFound:
    def test_a_shared_character(self) -> None:
        assert kinds(("明月松间照", "清泉月上流")) == [("repeated", 2, 3)]

    def test_a_tone_that_is_not_opposed(self) -> None:
        assert kinds(("明月松间照", "清水石上流")) == [("tone", 2, 2)]

    def test_three_level_tones_at_the_end(self) -> None:
        assert kinds(("白日依山尽", "黄河归海流")) == []
        assert ("tone", 2, 3) in kinds(("空山新雨后", "远客孤舟回"))

    def test_lines_the_wrong_way_round(self) -> None:
        """The first closes level: that is its fault; what answers it is right."""
        assert kinds(("清泉石上流", "明月松间照")) == [("tone", 1, 5)]

    def test_another_shape(self) -> None:
        assert kinds(("明月松间照", "清泉石上")) == [("form", 2, 0)]


class TestAnsweringALine:
    @pytest.mark.parametrize("length", [5, 7])
    def test_every_line_is_opposed_where_it_counts(self, length: int) -> None:
        name = {5: "五言联", 7: "七言联"}[length]
        for tones in itertools.product(LEVEL + OBLIQUE, repeat=length):
            form = answering(name, [{tone} for tone in tones])
            for template in form.patterns[0].lines[1].templates:
                for place in counting_places(length):
                    assert {template[place], tones[place]} == {LEVEL, OBLIQUE}

    @pytest.mark.parametrize("length", [5, 7])
    def test_the_checker_finds_no_fault_in_an_answer_to_the_letter(self, length: int) -> None:
        name = {5: "五言联", 7: "七言联"}[length]
        samples = {LEVEL: "山江花春秋天人", OBLIQUE: "月水酒雪路客雨"}
        others = {LEVEL: "風樓舟雲沙煙湖", OBLIQUE: "石樹草海竹露寺"}
        for tones in itertools.product(LEVEL + OBLIQUE, repeat=length):
            first = "".join(samples[tone][place] for place, tone in enumerate(tones))
            form = answering(name, line_tones(first))
            (answer, *_) = form.patterns[0].lines[1].templates
            second = "".join(
                others[tone if tone in others else OBLIQUE][place]
                for place, tone in enumerate(answer)
            )
            faults = check_poem(name, (first, second)).faults
            assert not [fault for fault in faults if fault.line == 2], (first, second, faults)

    def test_a_regular_line_gets_its_counterpart(self) -> None:
        form = answering("五言联", line_tones("白日依山盡"))
        assert form.patterns[0].lines[1].templates[0] == "平平仄仄平"

    def test_a_line_that_closes_level_is_answered_on_an_oblique_tone(self) -> None:
        form = answering("五言联", line_tones("黃河入海流"))
        assert {template[-1] for template in form.patterns[0].lines[1].templates} == {OBLIQUE}
