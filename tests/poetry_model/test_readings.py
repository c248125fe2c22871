"""Two-tone characters in their words: what poets and dictionaries say, and how it is learned."""

from pathlib import Path

import pytest

from poetry_model.corpus import PoemRecord
from poetry_model.reading_evidence import (
    Choice,
    Evidence,
    learn,
    measure,
    read_in,
    required_tones,
    write_table,
)
from poetry_model.readings import (
    OPEN,
    line_tones,
    reading_table,
    tones_in_context,
    word_places,
    words_at,
)
from poetry_model.rhyme_book import typed_tones
from poetry_model.script import data_lines, to_simplified

LEVEL, OBLIQUE = "平", "仄"
# Characters of one tone.
L, O = "山", "月"  # noqa: E741


class TestWordsOfALine:
    def test_a_line_falls_into_words_from_its_head(self) -> None:
        assert word_places(4) == ((0, 1), (2, 3))
        assert word_places(7) == ((0, 1), (2, 3), (4, 5), (5, 6))
        assert word_places(3) == ((0, 1), (1, 2))
        assert word_places(1) == ()

    def test_how_a_longer_line_falls_is_not_known(self) -> None:
        assert word_places(8) == ()

    def test_the_words_of_a_character(self) -> None:
        assert list(words_at("白日依山盡", 1)) == [("白日", 1)]
        assert list(words_at("白日依山盡", 3)) == [("依山", 1), ("山盡", 0)]
        assert list(words_at("白日依山盡", 4)) == [("山盡", 1), ("盡。", 0)]


class TestReadInContext:
    """Lines by Tang poets; the sense decides, as any annotated edition tells."""

    @pytest.mark.parametrize(
        ("line", "position", "tone"),
        [
            ("丞相祠堂何处寻", 1, OBLIQUE),  # a minister
            ("此物最相思", 3, LEVEL),  # each other
            ("此物最相思", 4, LEVEL),  # to long for
            ("将军夜引弓", 0, LEVEL),  # to lead
            ("王侯将相望久绝", 2, OBLIQUE),  # a general
            ("长安一片月", 0, LEVEL),  # long
            ("却话巴山夜雨时", 6, LEVEL),
            ("待到重阳日", 2, LEVEL),  # double
            ("轻舟已过万重山", 5, LEVEL),
            ("春风不度玉门关", 2, OBLIQUE),  # not
            ("能饮一杯无不", 5, LEVEL + OBLIQUE),  # or not?
            ("几度夕阳红", 0, LEVEL + OBLIQUE),
            ("几时杯重把", 0, OBLIQUE),  # how many
            ("万里衣冠拜冕旒", 3, LEVEL),  # a cap
            ("教坊犹奏别离歌", 0, OBLIQUE),  # teaching
            ("教坊犹奏别离歌", 5, LEVEL),  # to part
            ("看花满眼泪", 0, LEVEL + OBLIQUE),  # either, and poets use it so
        ],
    )
    def test_the_word_tells(self, line: str, position: int, tone: str) -> None:
        assert tones_in_context(line, position) == set(tone)

    @pytest.mark.parametrize("line", ["丞相祠堂何處尋", "將軍夜引弓", "輕舟已過萬重山"])
    def test_in_either_script(self, line: str) -> None:
        assert line_tones(line) == line_tones(to_simplified(line))

    def test_words_lie_on_either_side_of_the_pause(self) -> None:
        # 將軍 across the second and third character is no general.
        assert tones_in_context("平將軍不戰", 1) == {LEVEL, OBLIQUE}
        assert tones_in_context("平明將軍戰", 2) == {LEVEL}

    def test_it_only_narrows(self) -> None:
        for (word, index), tone in reading_table().items():
            if word[index] != OPEN and tone != OPEN:
                assert typed_tones(word[index]) == {LEVEL, OBLIQUE}, word

    def test_a_character_of_one_tone_or_none_is_left_alone(self) -> None:
        assert tones_in_context("白日依山尽", 0) == {OBLIQUE}
        assert tones_in_context("白𠮷依山尽", 1) == frozenset()


class TestRequiredTones:
    def test_a_regular_poem_asks_at_its_strict_places(self) -> None:
        lines = ("白日依山盡", "黃河入海流", "欲窮千里目", "更上一層樓")
        assert required_tones(lines) == ("中仄平平仄", "平平中仄平", "中平平仄仄", "中仄仄平平")

    def test_a_poem_that_breaks_the_pattern_asks_nothing(self) -> None:
        assert required_tones(("白雲依山盡", "黃河入海流", "欲窮千里目", "更上一層樓")) is None

    def test_where_a_liberty_fits_as_well_nothing_is_asked(self) -> None:
        # With 看 first, 平平中仄平 and 仄平平仄平 both fit.
        lines = ("白日依山盡", "看河東海流", "欲窮千里目", "更上一層樓")
        asked = required_tones(lines)
        assert asked is not None
        assert asked[1] == "中平中仄平"


def poem(*lines: str, split: str = "train") -> PoemRecord:
    written = tuple(line.replace("平", L).replace("仄", O) for line in lines)
    return PoemRecord(split, "五绝", "唐", "", 0.5, written)


class TestLearning:
    def corpus(self, times: int = 12) -> list[PoemRecord]:
        """將 stands where 平 is due before 月, and where 仄 is due behind 人."""
        general = poem("仄仄平將月", "平平仄仄平", "平平平仄仄", "仄仄仄平平")
        minister = poem("仄仄平人將", "平平仄仄平", "平平平仄仄", "仄仄仄平平")
        return [general] * times + [minister] * times

    def test_the_tone_that_the_place_asks_for_is_the_reading(self) -> None:
        table = learn(self.corpus(), Choice(nats=3.0))
        assert table["將月", 0] == LEVEL
        assert table["人將", 1] == OBLIQUE
        assert ("將", 0) not in table  # both readings occur

    def test_few_occurrences_settle_nothing(self) -> None:
        assert learn(self.corpus(11), Choice(nats=3.0)) == {}

    def test_a_place_that_always_asks_the_same_tells_nothing(self) -> None:
        evidence = Evidence()
        for record in self.corpus():
            for line, asked in zip(record.lines, required_tones(record.lines) or (), strict=True):
                evidence.add(line, asked)
        assert evidence.nats(("將月", 0), OBLIQUE) == 0
        assert evidence.nats(("將月", 0), LEVEL) > 0
        assert learn(self.corpus(), Choice(nats=1000.0)) == {}

    def test_a_character_nearly_always_read_alike_needs_no_word(self) -> None:
        rows = [poem("仄仄平深仄", "平平仄仄平", "平平平仄仄", "仄仄仄平平")] * 40
        assert learn(rows)["深", 0] == LEVEL
        assert ("深月", 0) not in learn(rows)

    def test_a_word_that_contradicts_its_character_is_left_open(self) -> None:
        rows = [poem("仄仄平深仄", "平平仄仄平", "平平平仄仄", "仄仄仄平平")] * 400
        rows += [poem("仄仄平平仄", "平平仄仄平", "平平平仄仄", "仄深仄平平")] * 4
        table = learn(rows)
        assert table["深", 0] == LEVEL
        assert table["月深", 1] == OPEN
        assert read_in(table, "月深月山山", 1) is None
        assert read_in(table, "山深月山山", 1) == LEVEL

    def test_irregular_poems_are_not_believed(self) -> None:
        rows = [poem("仄平平將仄", "平平仄仄平", "平平平仄仄", "仄仄仄平平")] * 50
        assert learn(rows) == {}

    def test_the_measure_counts_readings_against_the_poems(self) -> None:
        rows = self.corpus(4)
        table = {("將月", 0): OBLIQUE, ("人將", 1): OBLIQUE}
        found = measure(rows, table)
        assert (found.poems, found.regular, found.still_regular) == (8, 8, 4)
        assert (found.settled, found.agree, found.disagree) == (1.0, 0.5, 0.5)

    def test_the_file_is_read_as_it_was_written(self, tmp_path: Path) -> None:
        table = {("丞相", 1): OBLIQUE, ("深", 0): LEVEL, ("中規", 0): OPEN}
        write_table(table, tmp_path / "readings.tsv")
        rows = (tmp_path / "readings.tsv").read_text("utf-8").splitlines()
        kept = [row.split("\t") for row in rows if not row.startswith("#")]
        assert {(word, int(index)): tone for word, index, tone in kept} == table


def test_what_is_known_by_hand_never_stands_against_what_was_learned() -> None:
    learned = {(w, i): t for w, i, t in data_lines("readings.tsv")}
    for word, index, tone in data_lines("readings_by_hand.tsv"):
        assert learned.get((word, index), tone) in (tone, OPEN)
