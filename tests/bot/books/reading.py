"""Reads back what a PDF of ours holds: its pages' code, and the words in it."""

import base64
import re
import zlib

from pypdfium2 import PdfDocument

_OBJECT = re.compile(rb"\n(\d+) 0 obj\r?\n(.*?)endobj", re.DOTALL)
_REFERENCE = re.compile(rb"(\d+) 0 R")
_WORDS = re.compile(r"/ActualText <feff([0-9a-f]*)>")


def code(pdf: bytes) -> list[str]:
    """The code of each page, in their order."""
    objects = dict(_OBJECT.findall(pdf))
    kids = next(each for each in objects.values() if b"/Kids" in each and b"/Pages" in each)
    pages = _REFERENCE.findall(kids.split(b"[")[1].split(b"]")[0])
    contents = [_REFERENCE.findall(objects[page].split(b"/Contents")[1])[0] for page in pages]
    return [_unpacked(objects[each]).decode("latin-1") for each in contents]


def _unpacked(item: bytes) -> bytes:
    stream = item.split(b"stream", 1)[1].split(b"endstream")[0].strip()
    return zlib.decompress(base64.a85decode(stream.removesuffix(b"~>")))


def words(pdf: bytes) -> list[list[str]]:
    """What is copied from the columns of each page."""
    return [
        [bytes.fromhex(each).decode("utf-16-be") for each in _WORDS.findall(page)]
        for page in code(pdf)
    ]


def is_in_columns(pdf: bytes) -> bool:
    """Whether its poems stand in columns."""
    _, *inside, _ = words(pdf)  # cover and colophon have columns in any book
    return any(inside)


def in_another_reader(pdf: bytes) -> list[list[str]]:
    """The lines of each page as PDFium has them, which Chrome, Edge and Android read PDFs with."""
    return [page.get_textpage().get_text_range().splitlines() for page in PdfDocument(pdf)]


def page_count(pdf: bytes) -> int:
    """How many leaves it has."""
    return len(code(pdf))
