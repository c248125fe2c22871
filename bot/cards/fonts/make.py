"""Cuts the typefaces down to the characters the bot can show.

    npm pack @fontsource/lxgw-wenkai@5.3.0 && tar xzf fontsource-lxgw-wenkai-5.3.0.tgz
    apt-get download fonts-cns11643-kai && dpkg -x fonts-cns11643-kai_*.deb tw-kai
    pip install brotli
    python -m bot.cards.fonts.make package/files/lxgw-wenkai-latin-500-normal.woff2 \
        tw-kai/usr/share/fonts/truetype/cns11643/TW-Kai-98_1.ttf \
        tw-kai/usr/share/fonts/truetype/cns11643/TW-Kai-Ext-B-98_1.ttf

Run once, when the vocabulary grows; the bot itself never does. Everything that only helps a
screen of thirty pixels (hinting) or other kinds of typesetting (layout tables) is left out.
"""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import opencc
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from bot.cards.fonts import KAI, RARE
from poetry_model.script import data_lines, is_han

_VOCABULARY = Path(__file__).parents[3] / "poetry_model" / "weights" / "vocabulary.txt"
_NAMES = Path(__file__).parent / "names.txt"
_CONVERSIONS = ("t2s", "s2t", "s2tw", "s2hk", "t2tw", "t2hk")
# Latin with accents, dashes and quotation marks, numerals, CJK punctuation, upright forms of it
# for columns, and full-width forms.
_RANGES = (
    (0x20, 0x17F),
    (0x2010, 0x2027),
    (0x2030, 0x203B),
    (0x2160, 0x216B),
    (0x2460, 0x2473),
    (0x25A0, 0x25CF),
    (0x3000, 0x301F),
    (0xFE10, 0xFE19),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF5E),
)
_UNUSED_TABLES = ["BASE", "FFTM", "GDEF", "GPOS", "GSUB", "bsln", "feat", "gasp", "morx"]
_UNUSED_TABLES += ["prop", "vhea", "vmtx"]


def wanted_characters() -> set[str]:
    """Every Han character of the poet, of the tables beside it, of GB 2312 and of the first
    level of Big5, with what OpenCC makes of each; and names.txt, since an acrostic may hide
    anybody's name (堃, 喆, 赟)."""
    characters = set(filter(is_han, _VOCABULARY.read_text("utf-8")))
    for variants, kept in data_lines("variants.tsv"):
        characters |= set(variants + kept)
    characters |= set(_of_a_charset("gb2312", range(0xB0, 0xF8)))
    characters |= set(_of_a_charset("big5", range(0xA4, 0xC7)))
    return set(filter(is_han, characters | _converted(characters) | _of_names()))


def _of_names() -> set[str]:
    lines = _NAMES.read_text("utf-8").splitlines()
    return {character for line in lines if not line.startswith("#") for character in line}


def _of_a_charset(name: str, first_bytes: Iterable[int]) -> Iterable[str]:
    for first in first_bytes:
        for second in range(0x40, 0xFF):
            character = bytes([first, second]).decode(name, errors="ignore")
            if is_han(character):
                yield character


def _converted(characters: set[str]) -> set[str]:
    converters = [opencc.OpenCC(name) for name in _CONVERSIONS]
    return {
        each
        for character in characters
        for converter in converters
        for each in converter.convert(character)
    }


def make(kai: Path, rare: Path, rarer: Path) -> None:
    """Writes both subsets: what `kai` has of what is wanted, and what it lacks."""
    wanted = set(map(ord, wanted_characters()))
    others = {code for first, last in _RANGES for code in range(first, last + 1)}
    _cut_down(kai, wanted | others).save(KAI)
    lacking = wanted - set(TTFont(KAI).getBestCmap())
    with tempfile.TemporaryDirectory() as folder:
        parts = [Path(folder, source.name) for source in (rare, rarer)]
        for source, part in zip((rare, rarer), parts, strict=True):
            _cut_down(source, lacking).save(part)
        Merger().merge([str(part) for part in parts]).save(RARE)


def _cut_down(source: Path, characters: set[int]) -> TTFont:
    options = Options(hinting=False, layout_features=[], notdef_outline=True, glyph_names=False)
    options.drop_tables += _UNUSED_TABLES
    face = TTFont(source)
    face.flavor = None
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(face)
    return face


if __name__ == "__main__":
    make(*map(Path, sys.argv[1:]))
