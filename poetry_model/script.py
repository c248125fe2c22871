"""Chinese script: what a Han character is, and simplified to traditional and back.

Owns OpenCC and the table of variant forms. Inside the package everything is in
traditional characters, one form of each; the edges convert with `to_script`.
Knows nothing of verse.
"""

import functools
import re
from collections.abc import Iterator
from importlib import resources

import opencc

SCRIPTS = ("simplified", "traditional")
_TUNES_BY_NAME = {"採桑子": "采桑子", "點絳脣": "點絳唇"}  # as OpenCC has them, as books do

HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]"
_HAN = re.compile(HAN)


def is_han(character: str) -> bool:
    """True for one Han character: `is_han("月")`."""
    return bool(_HAN.fullmatch(character))


def han_only(text: str) -> str:
    """The Han characters of the text, in order: `han_only("春，眠。") == "春眠"`."""
    return "".join(_HAN.findall(text))


@functools.cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def to_simplified(text: str) -> str:
    """OpenCC `t2s`; the corpus split is defined by it, so nothing else may be done here."""
    return str(_converter("t2s").convert(text))


def to_traditional(text: str) -> str:
    """OpenCC `s2t`, then the one form of each character that the corpus keeps."""
    return normalise(str(_converter("s2t").convert(text)))


def is_traditional(text: str) -> bool:
    """True when the text reads as traditional, told by which conversion changes less.

    >>> is_traditional("萬里江山一片雲"), is_traditional("万里江山一片云")
    (True, False)
    """
    simplified, traditional = to_simplified(text), str(_converter("s2t").convert(text))
    changes = [sum(a != b for a, b in zip(text, c, strict=True)) for c in (traditional, simplified)]
    return changes[0] < changes[1]


def to_script(text: str, script: str) -> str:
    """The text in one of `SCRIPTS`.

    What is turned into traditional is normalised (群, where OpenCC has 羣), and a reader's own 爲
    stays as typed.

    >>> to_script("床前为爲", "traditional"), to_script("采桑子、点绛唇", "traditional")
    ('床前為爲', '采桑子、點絳唇')
    """
    if script == "simplified":
        return to_simplified(text)
    turned = str(_converter("s2t").convert(text))
    pairs = zip(text, turned, strict=True)
    turned = "".join(new if new == old else normalise(new) for old, new in pairs)
    for misnamed, name in _TUNES_BY_NAME.items():
        turned = turned if misnamed in text else turned.replace(misnamed, name)
    return turned


def as_read(text: str, script: str) -> str:
    """Words as somebody wrote them, in the script of the poem that they belong to.

    >>> as_read("門前萬里雲", "simplified"), as_read("门前万里云", "traditional")
    ('门前万里云', '門前萬里雲')

    What is traditional already stays: only in simplified words can 里 mean 裏.

    >>> as_read("門前萬里雲", "traditional")
    '門前萬里雲'
    """
    simplified = to_simplified(text)
    if script == "simplified":
        return simplified
    return to_script(text, script) if simplified == text else text


def data_lines(name: str) -> Iterator[list[str]]:
    """The tab-separated fields of each line of a data file of this package."""
    text = resources.files("poetry_model").joinpath("data", name).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))


@functools.cache
def _variants() -> dict[int, str]:
    return {
        ord(variant): kept for variants, kept in data_lines("variants.tsv") for variant in variants
    }


def normalise(text: str) -> str:
    """Variant forms replaced by the one kept: `normalise("凉烟") == "涼煙"`."""
    return text.translate(_variants())


@functools.cache
def _simplified_to_traditional() -> dict[str, tuple[str, ...]]:
    """Every traditional character of the rhyme book under its simplified form."""
    table: dict[str, list[str]] = {}
    for _tone, _group, characters in data_lines("pingshui.tsv"):
        for character in characters:
            forms = table.setdefault(to_simplified(character), [])
            if character not in forms:
                forms.append(character)
    return {simplified: tuple(forms) for simplified, forms in table.items()}


def traditional_forms(character: str) -> tuple[str, ...]:
    """All traditional characters that one typed character can stand for, likeliest first.

    `traditional_forms("发") == ("發", "髮")`; a traditional character stands for
    itself, and so does one that no table knows.
    """
    likeliest = to_traditional(character)
    if to_simplified(character) != character:
        return (normalise(character),)
    return tuple(dict.fromkeys((likeliest, *_simplified_to_traditional().get(character, ()))))
