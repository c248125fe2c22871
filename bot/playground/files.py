"""Files as Telegram keeps them: bytes under a file_id, with a path to download them from.

Owns the ids, the paths and the reading of picture sizes from PNG, JPEG, GIF and WebP headers.
Does not know messages.
"""

import hashlib
import struct
from dataclasses import dataclass
from typing import Any

_FOLDERS = {"photo": "photos", "document": "documents", "sticker": "stickers", "voice": "voice"}
_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
}


@dataclass(frozen=True)
class StoredFile:
    """One file; `size` is (width, height) of a picture."""

    file_id: str
    unique_id: str
    kind: str  # "photo", "document", "sticker" or "voice"
    path: str
    name: str
    mime_type: str
    body: bytes
    size: tuple[int, int] | None

    def json(self) -> dict[str, Any]:
        """The fields that every kind of file has in the Bot API."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.body),
        }


class FileStore:
    """All files of the playground, by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, name: str, body: bytes, mime_type: str) -> StoredFile:
        """Keeps the bytes and gives them ids."""
        number = len(self._by_id) + 1
        digest = hashlib.sha256(body).hexdigest()
        known = picture_type(body) or mime_type or "application/octet-stream"
        suffix = _SUFFIXES.get(known, "") if kind == "photo" else "." + name.rpartition(".")[2]
        stored = StoredFile(
            file_id=f"BQAC{kind[0].upper()}{number:06d}{digest[:40]}",
            unique_id=f"AQAD{digest[:12]}",
            kind=kind,
            path=f"{_FOLDERS.get(kind, 'documents')}/file_{number}{suffix}",
            name=name,
            mime_type=known,
            body=body,
            size=picture_size(body),
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file of an id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file of a path that getFile gave."""
        return self._by_path.get(path)


def picture_type(body: bytes) -> str | None:
    """The media type of a picture by its first bytes; None when it is none of the four."""
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if body.startswith(b"\xff\xd8"):
        return "image/jpeg"
    if body[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return None


def picture_size(body: bytes) -> tuple[int, int] | None:
    """Width and height in pixels from the header; None when the bytes are no picture."""
    readers = {
        "image/png": _png_size,
        "image/jpeg": _jpeg_size,
        "image/gif": _gif_size,
        "image/webp": _webp_size,
    }
    kind = picture_type(body)
    try:
        return readers[kind](body) if kind else None
    except (struct.error, IndexError):
        return None  # cut short


def _png_size(body: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack(">II", body[16:24])
    return width, height


def _gif_size(body: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack("<HH", body[6:10])
    return width, height


def _jpeg_size(body: bytes) -> tuple[int, int] | None:
    at = 2
    while at < len(body):
        marker, length = struct.unpack(">xBH", body[at : at + 4])
        # The start-of-frame markers; C4, C8 and CC mean tables and such.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _webp_size(body: bytes) -> tuple[int, int] | None:
    if body[12:16] == b"VP8X":
        width = int.from_bytes(body[24:27], "little") + 1
        return width, int.from_bytes(body[27:30], "little") + 1
    if body[12:16] == b"VP8L":
        bits = int.from_bytes(body[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", body[26:30])
    return width & 0x3FFF, height & 0x3FFF
