"""`poetry-model`, as a process of its own: what it prints, and how it ends."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from poetry_model.prosody import check_poem

FIELDS = ["form", "theme", "heads", "lines", "text", "script", "rhyme", "seed", "model", "ms"]
STORK = "五绝\t登鹳雀楼\t白日依山尽/黄河入海流/欲穷千里目/更上一层楼"
SPRING = (
    "train\t五律\t唐\t春望\t0.99\t"
    "國破山河在/城春草木深/感時花濺淚/恨別鳥驚心/烽火連三月/家書抵萬金/白頭搔更短/渾欲不勝簪\n"
)


def poetry_model(
    *arguments: object, stdin: str | bytes | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs the command; nothing it says may be a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "poetry_model", *map(str, arguments)],
        input=stdin.encode() if isinstance(stdin, str) else stdin or b"",
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1", "NO_COLOR": "1"},
        check=False,
        timeout=300,
    )
    found = subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )
    assert "Traceback" not in found.stderr, found.stderr
    return found


def objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def assert_one_line(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert all(word in done.stderr for word in words), done.stderr


class TestGenerate:
    def test_json_has_the_promised_fields_and_check_finds_no_fault(self) -> None:
        done = poetry_model(
            "generate", "--form", "七绝", "--theme", "月", "--count", 2, "--seed", 1, "--json"
        )
        assert done.returncode == 0, done.stderr
        poems = objects(done.stdout)
        assert len(poems) == 2
        for number, poem in enumerate(poems, 1):
            assert [key for key in poem if key in FIELDS] == FIELDS
            assert (poem["form"], poem["theme"], poem["heads"]) == ("七绝", "月", None)
            assert (poem["script"], poem["seed"]) == ("simplified", number)
            lines = poem["lines"]
            assert isinstance(lines, list)
            assert [len(line) for line in lines] == [7] * 4
            assert poem["text"] == "{}，{}。{}，{}。".format(*lines)
            assert poem["rhyme"] == check_poem("七绝", lines).rhyme
            assert isinstance(poem["model"], str)
            assert isinstance(poem["ms"], float)
        checked = poetry_model("check", stdin=done.stdout)
        assert checked.returncode == 0
        assert [report["faults"] for report in objects(checked.stdout)] == [[]] * 2
        assert checked.stderr == "form 2/2, tone 2/2, rhyme 2/2, no repetition 2/2\n"

    def test_heads_first_line_and_script_reach_the_poem(self) -> None:
        done = poetry_model(
            *("generate", "--form", "五絕", "--heads", "云满人间", "--first-line", "云中白鹤归"),
            *("--script", "traditional", "--seed", 1, "--json"),
        )
        assert done.returncode == 0, done.stderr
        (poem,) = objects(done.stdout)
        lines = poem["lines"]
        assert isinstance(lines, list)
        assert lines[0] == poem["first_line"] == "雲中白鶴歸"
        assert "".join(line[0] for line in lines) == poem["heads"] == "雲滿人間"
        assert (poem["form"], poem["script"], poem["rhyme"]) == ("五绝", "traditional", "五微")

    def test_without_json_it_prints_for_reading(self) -> None:
        done = poetry_model("generate", "--form", "五绝", "--theme", "山")
        assert done.returncode == 0, done.stderr
        title, text = done.stdout.strip().splitlines()
        assert re.fullmatch("[㐀-鿿]{1,4}  五绝 · .{2,4}", title)
        assert re.fullmatch("([㐀-鿿]{5}，[㐀-鿿]{5}。){2}", text)

    def test_a_theme_of_today_is_told_as_it_was_read(self) -> None:
        done = poetry_model("generate", "--form", "五绝", "--theme", "AI", "--seed", 1)
        assert done.returncode == 0, done.stderr
        _title, reading, text = done.stdout.strip().splitlines()
        theme, images = reading.split(" → ")
        assert theme == "AI"
        assert set(images.split(" · ")) <= {"木人", "机心", "通灵", "镜", "机巧"}
        assert "→" not in text

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--form", "八股"), ("form", "五绝 七绝 五律 七律")),
            (("--heads", "春"), ("heads", "2 to 16")),
            (("--heads", "春夏秋😀"), ("heads", "Chinese")),
            (("--heads", "春夏秋冬", "--form", "七律"), ("heads", "8")),
            (("--first-line", "床前明月"), ("first line", "5 or 7")),
            (("--first-line", "hello"), ("first line", "5 or 7")),
            (("--script", "martian"), ("script", "simplified or traditional")),
            (("--theme", "moon"), ("theme", "Chinese")),
            (("--theme", "月" * 41), ("theme", "40")),
            (("--count", "0"), ("--count",)),
            (("--count", "many"), ("--count",)),
            (("--seed", "-1"), ("--seed",)),
            (("--colour", "red"), ("--colour",)),
        ],
    )
    def test_a_bad_request_ends_with_2_and_one_line(
        self, arguments: tuple[str, ...], said: tuple[str, ...]
    ) -> None:
        assert_one_line(poetry_model("generate", *arguments), 2, *said)

    def test_a_device_is_judged_before_the_corpus_is_looked_for(self, tmp_path: Path) -> None:
        command = ("train", "--preset", "seed", "--device", "tpu", "--corpus", tmp_path / "none")
        assert_one_line(poetry_model(*command), 2, "--device", "cpu")

    def test_missing_weights_end_with_1_and_are_named(self, tmp_path: Path) -> None:
        done = poetry_model("generate", "--model", tmp_path / "nowhere")
        assert_one_line(done, 1, "nowhere", "config.json")


class TestCheck:
    def test_reports_each_poem_and_tallies(self, tmp_path: Path) -> None:
        (tmp_path / "poems.tsv").write_text(
            f"{STORK}\n\n五绝\t\t床前看月光/疑是地上霜/举头望山月/低头思故乡\n", "utf-8"
        )
        done = poetry_model("check", tmp_path / "poems.tsv")
        good, bad = objects(done.stdout)
        assert done.returncode == 0
        assert (good["form_valid"], good["tone_valid"], good["rhyme"]) == (True, True, "十一尤")
        assert good["faults"] == []
        faults = bad["faults"]
        assert isinstance(faults, list)
        assert {"kind", "line", "position", "character", "expected"} <= set(faults[0])
        assert done.stderr == "form 2/2, tone 1/2, rhyme 2/2, no repetition 1/2\n"

    @pytest.mark.parametrize("command", ["check", "score"])
    def test_rows_that_are_no_poems_are_bad_requests(self, command: str) -> None:
        assert_one_line(poetry_model(command, "-", stdin="hello\n"), 2, "row 1")

    def test_a_file_that_is_not_there_or_no_text_is_a_bad_request(self, tmp_path: Path) -> None:
        assert_one_line(poetry_model("check", tmp_path / "none.tsv"), 2, "none.tsv")
        (tmp_path / "gbk.tsv").write_bytes(STORK.encode("gbk"))
        assert_one_line(poetry_model("check", tmp_path / "gbk.tsv"), 2, "gbk.tsv", "UTF-8")


class TestOnATinyModel:
    def test_corpus_prepares_a_tarball_and_counts_it(
        self, tarball: Path, tmp_path: Path, corpus_folder: Path
    ) -> None:
        done = poetry_model("corpus", "--tarball", tarball, "--out", tmp_path / "corpus")
        assert done.returncode == 0, done.stderr
        for word in ("五绝", "七绝", "五律", "七律", "词", "train", "validation", "test-public"):
            assert word in done.stdout
        prepared = (tmp_path / "corpus" / "poems.tsv").read_text("utf-8")
        assert prepared == (corpus_folder / "poems.tsv").read_text("utf-8")

    def test_corpus_names_a_tarball_that_is_not_there(self, tmp_path: Path) -> None:
        assert_one_line(poetry_model("corpus", "--tarball", tmp_path / "x.tgz"), 2, "--tarball")

    def test_corpus_names_a_tarball_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "x.tgz").write_bytes(b"?")
        done = poetry_model("corpus", "--tarball", tmp_path / "x.tgz", "--out", tmp_path)
        assert_one_line(done, 1, "x.tgz")

    def test_train_makes_a_run_that_resumes(self, corpus_folder: Path, tmp_path: Path) -> None:
        folder = tmp_path / "run"
        train = ("train", "--preset", "tiny", "--corpus", corpus_folder, "--out", folder)
        first = poetry_model(*train, "--minutes", 0.02)
        assert first.returncode == 0, first.stderr
        (said,) = objects(first.stdout)
        assert (said["model"], said["folder"]) == ("tiny", str(folder))
        steps = json.loads((folder / "run.json").read_text("utf-8"))["progress"]["step"]
        second = poetry_model(*train, "--minutes", 0.04, "--resume")
        assert second.returncode == 0, second.stderr
        assert json.loads((folder / "run.json").read_text("utf-8"))["progress"]["step"] > steps

    @pytest.mark.parametrize(
        ("arguments", "code", "said"),
        [
            (("--preset", "giant"), 2, "seed, poet, tiny"),
            (("--preset", "tiny", "--minutes", "0"), 2, "--minutes"),
            (("--preset", "tiny", "--corpus", "nowhere"), 1, "poetry-model corpus"),
            ((), 2, "--preset"),
        ],
    )
    def test_train_says_what_is_missing(
        self, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
    ) -> None:
        assert_one_line(poetry_model("train", *arguments, cwd=tmp_path), code, said)

    def test_summary_lists_layers_shapes_and_parameters(self, tiny_run: Path) -> None:
        done = poetry_model("summary", "--model", tiny_run)
        assert done.returncode == 0
        for word in ("lstm 1 (LSTM)", "lstm 2 (LSTM)", "(batch, time, 48)", "parameters", "total"):
            assert word in done.stdout

    def test_score_prints_nats_characters_and_unknown(self, tiny_run: Path, tmp_path: Path) -> None:
        (tmp_path / "poems.tsv").write_text(f"{STORK}\n{STORK}\n", "utf-8")
        hidden = poetry_model("score", tmp_path / "poems.tsv", "--model", tiny_run)
        told = poetry_model("score", "-", "--model", tiny_run, "--with-title", stdin=STORK)
        assert (hidden.returncode, told.returncode) == (0, 0)
        first, second = objects(hidden.stdout)
        assert first == second
        assert list(first) == ["nll", "characters", "unknown"]
        (titled,) = objects(told.stdout)
        assert titled["characters"] == first["characters"] == 20
        assert titled["nll"] != first["nll"]

    def test_evaluate_prints_the_scorecard(self, tiny_run: Path, corpus_folder: Path) -> None:
        command = ("evaluate", "--model", tiny_run, "--corpus", corpus_folder, "--poems", 1)
        out = corpus_folder / "scorecard"
        done = poetry_model(*command, "--seed-model", tiny_run, "--json", "--out", out)
        assert done.returncode == 0, done.stderr
        (card,) = objects(done.stdout)
        perplexities = card["perplexity"]
        assert isinstance(perplexities, dict)
        assert set(perplexities["tiny"]) == {"train", "validation", "test", "test-public"}
        assert all({"hidden", "with_title"} <= set(row) for row in perplexities["tiny"].values())
        written = card["written"]
        assert isinstance(written, dict)
        assert set(written) == {"五绝", "七绝", "五律", "七律"}
        assert json.loads((out / "evaluate.json").read_text("utf-8")) == card
        assert (out / "evaluate.png").is_file()

    def test_what_words_and_couplets_teach_is_learned_into_a_folder(self, tmp_path: Path) -> None:
        rows = [SPRING.replace("train", split) for split in ("train", "validation") * 8]
        (tmp_path / "poems.tsv").write_text("".join(rows), "utf-8")
        for command, table in (
            ("readings", "readings.tsv"),
            ("parallels", "parallels.safetensors"),
        ):
            done = poetry_model(command, "--corpus", tmp_path, "--out", tmp_path)
            assert done.returncode == 0, done.stderr
            (found,) = objects(done.stdout)
            assert found.get("poems", found.get("couplets")) in (8, 16)
            assert (tmp_path / table).is_file()

    @pytest.mark.parametrize("command", ["readings", "parallels"])
    def test_a_corpus_without_regular_verse_teaches_neither(
        self, command: str, tmp_path: Path
    ) -> None:
        (tmp_path / "poems.tsv").write_text(SPRING.replace("國破山河在", "國家山河在"), "utf-8")
        done = poetry_model(command, "--corpus", tmp_path, "--out", tmp_path)
        assert_one_line(done, 1, "regular poem")

    def test_naturalness_puts_a_table_beside_the_weights(
        self, tiny_run: Path, corpus_folder: Path, tmp_path: Path
    ) -> None:
        folder = shutil.copytree(tiny_run, tmp_path / "run")
        command = ("naturalness", "--model", folder, "--corpus", corpus_folder)
        done = poetry_model(*command, "--poems", 2, "--rounds", 1)
        assert done.returncode == 0, done.stderr
        (found,) = objects(done.stdout)
        assert (found["round"], found["poems"]) == (1, 2)
        assert (folder / "naturalness.safetensors").is_file()
        assert poetry_model("generate", "--model", folder).returncode == 0

    def test_benchmark_sets_the_seeds_way_beside_ours(self, tiny_run: Path) -> None:
        done = poetry_model("benchmark", "--model", tiny_run, "--poems", 1, "--json")
        assert done.returncode == 0, done.stderr
        (figures,) = objects(done.stdout)
        row = figures["七绝"]
        assert isinstance(row, dict)
        assert row["candidates"] == 32
        assert row["poet_ms"] > 0
        assert row["seed_ms"] > 0
        assert row["ratio"] == pytest.approx(row["seed_cpu_ms"] / row["poet_cpu_ms"], rel=0.1)


def test_help_names_every_command() -> None:
    done = poetry_model("--help")
    assert done.returncode == 0
    for command in (
        "generate",
        "corpus",
        "train",
        "summary",
        "score",
        "check",
        "tunes",
        "readings",
        "parallels",
        "evaluate",
        "naturalness",
        "benchmark",
    ):
        assert command in done.stdout


def test_an_unknown_command_is_a_bad_request() -> None:
    assert_one_line(poetry_model("compose"), 2, "compose")


def test_a_reader_that_stops_early_gets_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "poems.tsv").write_text(f"{STORK}\n" * 3, "utf-8")
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "poetry_model", "check", str(tmp_path / "poems.tsv")]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


def test_help_answers_without_waiting_for_pytorch() -> None:
    code = "import sys, poetry_model.__main__; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
