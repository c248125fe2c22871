"""In which part poets rhyme a character of several, learned from poems that say so."""

from pathlib import Path

from poetry_model import ci_rhyme_evidence
from poetry_model.ci_rhyme_evidence import main, rhyme_table, sightings
from poetry_model.ci_rhymes import RhymePart, parts_of, usual_parts
from poetry_model.corpus import PREPARED, PoemRecord, write_records
from poetry_model.script import data_lines

# 意 may be of part three or, by an old reading, seventeen. The other rhymes are part three's.
RIVALS = ("塞下秋來風景異", "衡陽雁去無留意", "四面邊聲連角起", "千嶂裏", "長煙落日孤城閉",
          "濁酒一杯家萬里", "燕然未勒歸無計", "羌管悠悠霜滿地", "人不寐",
          "將軍白髮征夫淚")  # fmt: skip


def poem(*, split: str = "train") -> PoemRecord:
    return PoemRecord(split, "词", "宋", "漁家傲", 0.5, RIVALS)


def test_sure_words_tell_the_part_of_the_others() -> None:
    assert {part.number for _, part in parts_of("意")} == {3, 17}
    found = set(sightings("仄", ["異", "意", "起", "裏", "地"]))
    assert ("意", "仄", RhymePart(3)) in found


def test_too_few_words_or_words_that_disagree_tell_nothing() -> None:
    assert not list(sightings("仄", ["意", "起"]))
    assert not list(sightings("仄", ["意", "起", "月", "路"]))


def test_a_part_is_customary_after_three_sightings() -> None:
    assert ("意", "仄") not in rhyme_table([poem()] * 2)
    assert rhyme_table([poem()] * 3)["意", "仄"] == (RhymePart(3),)


def test_only_training_poems_are_looked_at() -> None:
    assert not rhyme_table([poem(split="validation")] * 3)


def test_the_file_is_written_for_reading(tmp_path: Path) -> None:
    write_records([poem()] * 3, tmp_path / PREPARED)
    main(tmp_path, tmp_path / "out.tsv")
    text = (tmp_path / "out.tsv").read_text("utf-8")
    assert text.startswith(ci_rhyme_evidence.HEADER)
    assert "意\t仄\t3\n" in text


def test_what_ships_names_parts_that_the_characters_stand_in() -> None:
    for character, tone, numbers in data_lines("ci_rhyme_words.tsv"):
        known = {part.number for heard, part in parts_of(character) if heard == tone}
        assert {int(number) for number in numbers.split()} < known or len(known) > 1


def test_a_character_of_one_part_keeps_it_whatever_was_seen() -> None:
    assert usual_parts("東") == parts_of("東")
    assert {part.number for tone, part in usual_parts("度") if tone == "仄"} == {4}
