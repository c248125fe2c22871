"""Characters, tones and the 106 groups."""

from poetry_model.corpus import PoemRecord
from poetry_model.rhyme_book import (
    LEVEL,
    OBLIQUE,
    groups_of,
    level_groups,
    tones_of,
    typed_groups,
    typed_tones,
)
from poetry_model.script import normalise, to_simplified
from tests.poetry_model import slow_checker as slow


def test_there_are_thirty_level_groups_from_dong_to_xian() -> None:
    groups = level_groups()
    assert len(groups) == 30
    assert (groups[0].name, groups[-1].name) == ("一東", "十五咸")
    assert groups[0].label("simplified") == "一东"
    assert groups[0].label("traditional") == "一東"


def test_tones_of_well_known_characters() -> None:
    assert tones_of("月") == tones_of("白") == tones_of("國") == {OBLIQUE}
    assert tones_of("山") == {LEVEL}
    assert tones_of("看") == tones_of("思") == tones_of("過") == {LEVEL, OBLIQUE}
    assert tones_of("囍") == frozenset()


def test_gaps_of_the_printed_list_are_filled() -> None:
    assert all(tones_of(character) for character in normalise("溪啼樽遍掃懶爲卻煙涼黃"))


def test_a_simplified_character_has_the_readings_of_all_it_stands_for() -> None:
    assert set(typed_groups("发")) == {*groups_of("發"), *groups_of("髮")}
    assert typed_tones("干") == {LEVEL, OBLIQUE}


def test_simplifying_loses_no_reading(records: list[PoemRecord]) -> None:
    characters = {c for record in records for line in record.lines for c in line}
    for character in characters:
        assert set(groups_of(character)) <= set(typed_groups(to_simplified(character)))


def test_readings_equal_those_read_from_the_file_anew(records: list[PoemRecord]) -> None:
    characters = {c for record in records for line in record.lines for c in line}
    for character in characters | set(map(to_simplified, characters)):
        expected = slow.readings(character)
        assert {(g.tone, g.name) for g in typed_groups(character)} == expected


def test_nearly_every_running_character_is_known(records: list[PoemRecord]) -> None:
    running = [c for record in records for line in record.lines for c in line]
    assert sum(map(bool, map(tones_of, running))) / len(running) > 0.99
