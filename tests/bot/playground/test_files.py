"""Pictures' sizes, read from the first bytes of each format."""

import struct

import pytest

from bot.playground.files import FileStore, picture_size, picture_type
from tests.bot.playground.conftest import PNG

JPEG = (
    b"\xff\xd8"
    + b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    + b"\xff\xc0\x00\x11\x08"
    + struct.pack(">HH", 480, 640)
    + b"\x03"
)
GIF = b"GIF89a" + struct.pack("<HH", 30, 20)
WEBP_LOSSY = b"RIFF____WEBPVP8 " + b"\0" * 10 + struct.pack("<HH", 30, 20)
WEBP_LOSSLESS = b"RIFF____WEBPVP8L" + b"\0" * 5 + ((19 << 14) | 29).to_bytes(4, "little")
WEBP_EXTENDED = b"RIFF____WEBPVP8X" + b"\0" * 8 + b"\x1d\0\0" + b"\x13\0\0"


@pytest.mark.parametrize(
    ("body", "kind", "size"),
    [
        (PNG, "image/png", (1, 1)),
        (JPEG, "image/jpeg", (640, 480)),
        (GIF, "image/gif", (30, 20)),
        (WEBP_LOSSY, "image/webp", (30, 20)),
        (WEBP_LOSSLESS, "image/webp", (30, 20)),
        (WEBP_EXTENDED, "image/webp", (30, 20)),
        (b"text", None, None),
        (PNG[:18], "image/png", None),
    ],
)
def test_the_size_of_a_picture(body: bytes, kind: str | None, size: tuple[int, int] | None) -> None:
    assert picture_type(body) == kind
    assert picture_size(body) == size


def test_a_file_is_found_by_id_and_by_path() -> None:
    store = FileStore()
    kept = store.add("document", "诗集.txt", b"x", "text/plain")
    assert store.by_id(kept.file_id) is kept
    assert store.by_path(kept.path) is kept
    assert kept.path.endswith(".txt")
    assert store.by_id("other") is None
