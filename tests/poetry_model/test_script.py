"""What a Han character is, and simplified to traditional and back."""

import pytest

from poetry_model import is_han, to_script
from poetry_model.script import (
    han_only,
    normalise,
    to_simplified,
    to_traditional,
    traditional_forms,
)


@pytest.mark.parametrize("character", [*"月龘〇囍", "𠮷", "\uf900"])
def test_a_han_character_is_one(character: str) -> None:
    assert is_han(character)


@pytest.mark.parametrize("text", ["", "a", "，", "の", "ㄅ", "😀", "１", "月月", " ", "々"])
def test_anything_else_is_none(text: str) -> None:
    assert not is_han(text)


def test_han_only_keeps_the_order() -> None:
    assert han_only("<b>春</b>，眠。\n不 覺𠮷") == "春眠不覺𠮷"


def test_normalise_folds_variants_into_one() -> None:
    assert normalise("凉烟") == normalise("涼煙") == "涼煙"


def test_traditional_comes_out_normalised_and_to_script_leaves_variants_as_typed() -> None:
    assert to_traditional("凉烟") == "涼煙"
    assert to_script("爲羣", "traditional") == "爲羣"
    assert to_script("为群", "traditional") == "為群"
    assert to_script("爲", "simplified") == "为"


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("床前明月光", "床前明月光"),
        ("群山为众峰", "群山為眾峰"),
        ("采桑子", "采桑子"),
        ("点绛唇", "點絳唇"),
        ("采桑", "採桑"),
    ],
)
def test_traditional_is_what_readers_of_it_write(simplified: str, traditional: str) -> None:
    assert to_script(simplified, "traditional") == traditional


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("后", {"后", "後"}),
        ("发", {"發", "髮"}),
        ("後", {"後"}),
        ("囍", {"囍"}),
        ("月", {"月"}),
        ("干", {"干", "乾", "幹"}),
    ],
)
def test_a_typed_character_stands_for_all_its_traditional_forms(
    typed: str, meant: set[str]
) -> None:
    assert meant <= set(traditional_forms(typed))
    assert typed == to_simplified(typed) or len(traditional_forms(typed)) == 1


def test_the_likeliest_form_comes_first() -> None:
    assert traditional_forms("发")[0] == "發"
    assert traditional_forms("后")[0] == "後"
