"""No box is ever drawn: what the typefaces have, and what stands in for the rest."""

from pathlib import Path

import pytest
from PIL import ImageFont

import poetry_model
from bot.cards.fonts import KAI, RARE
from bot.cards.fonts.make import wanted_characters
from bot.cards.typeface import (
    can_be_drawn,
    face_of,
    glyphs,
    sized,
    upright,
    verse_with_glyphs,
    with_glyphs,
)
from poetry_model import TUNES, is_han, to_script
from poetry_model.script import SCRIPTS

VOCABULARY = Path(str(poetry_model.__file__)).parent / "weights" / "vocabulary.txt"


def vocabulary() -> set[str]:
    return set(filter(is_han, VOCABULARY.read_text("utf-8")))


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_character_of_the_poet_is_drawn_as_itself_in_both_scripts(script: str) -> None:
    for character in vocabulary() | set("".join(TUNES)):
        turned = to_script(character, script)
        assert verse_with_glyphs(turned) == turned.replace("𬭭", "鏚")


def test_of_all_that_is_wanted_one_character_lacks_a_glyph() -> None:
    assert {each for each in wanted_characters() if not can_be_drawn(each)} == {"𬭭"}
    assert with_glyphs("𬭭") == "鏚"


def test_what_the_first_face_lacks_is_drawn_in_the_second() -> None:
    assert face_of("月") == KAI
    assert face_of("㹠") == RARE


def test_a_title_goes_without_what_cannot_be_drawn() -> None:
    assert with_glyphs("月夜🌙✨ 怀友 👨‍👩‍👧\n") == "月夜 怀友"
    assert with_glyphs("㸚野\u200d\ufe0f") == "野"


def test_the_characters_of_peoples_names_and_of_cantonese_are_drawn_as_themselves() -> None:
    names = "喆堃燚垚骉猋龘靐彧珺翀瑄禛琋鋆頔赟翯龑曌囍婳孖皕䶮㛃㐱𠮷囧槑"
    assert verse_with_glyphs(names) == names
    assert verse_with_glyphs("冇啲咁佢哋咗喺啱嘅嚟嗰嘢") == "冇啲咁佢哋咗喺啱嘅嚟嗰嘢"


def test_a_verse_keeps_its_length() -> None:
    assert verse_with_glyphs("床前㸚月光") == "床前○月光"


def test_latin_and_digits_and_marks_are_there() -> None:
    text = "Élégie 2026：《月》「夜」（一）—…·，。、；！？"
    assert with_glyphs(text) == text


def test_brackets_and_quotes_stand_in_columns_and_every_mark_is_drawn() -> None:
    lying = "“明月”与‘清风’【一】〔二〕［三］｛四｝〖五〗《六》、；"
    standing = upright(lying)
    assert standing == "﹁明月﹂与﹃清风﹄︻一︼︹二︺﹇三﹈︷四︸︗五︘︽六︾︑︔"
    assert with_glyphs(standing) == standing


def test_an_apostrophe_stays_one() -> None:
    assert upright("poets’ night, don’t") == "poets’ night, don’t"


def test_the_faces_are_small_and_every_glyph_has_ink() -> None:
    assert KAI.stat().st_size + RARE.stat().st_size < 7_000_000
    for character in vocabulary():
        font: ImageFont.FreeTypeFont = sized(40, face_of(character))
        left, top, right, bottom = font.getbbox(character)
        assert right > left
        assert bottom > top


def test_their_licences_lie_beside_them() -> None:
    assert KAI.with_name("OFL.txt").read_text("utf-8").startswith("Copyright 2021-2023 LXGW")
    assert "National Development Council" in KAI.with_name("README.md").read_text("utf-8")
    assert len(glyphs(RARE)) == 84
