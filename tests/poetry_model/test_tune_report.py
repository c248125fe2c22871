"""How many real 词 keep the rules: the count, and the command that prints it."""

from pathlib import Path

from poetry_model.corpus import PoemRecord
from poetry_model.prosody import check_poem
from poetry_model.tune_report import tune_fit, tune_fits
from poetry_model.tunes import TUNES, titled_tune
from tests.poetry_model.test_command_line import objects, poetry_model

SWALLOWS = ("一曲新詞酒一杯", "去年天氣舊亭臺", "夕陽西下幾時回",
            "無可奈何花落去", "似曾相識燕歸來", "小園香徑獨徘徊")  # fmt: skip


def record(*lines: str, split: str = "train", title: str = "浣溪沙") -> PoemRecord:
    return PoemRecord(split, "词", "宋", title, 0.5, lines)


def test_each_rule_is_counted_among_the_poems_of_the_right_lines() -> None:
    wrong_tone = ("一杯新詞酒一杯", *SWALLOWS[1:])
    wrong_rhyme = (*SWALLOWS[:5], "小園香徑獨彷徨")
    poems = [
        record(*SWALLOWS),
        record(*wrong_tone),
        record(*wrong_rhyme),
        record(*SWALLOWS[:5]),
    ]
    fit = tune_fit("浣溪沙", poems)
    assert (fit.poems, fit.lengths, fit.tones, fit.rhymes, fit.both) == (4, 3, 2, 2, 1)
    assert 0.98 < fit.tone_places < 1.0


def test_only_the_training_split_is_looked_at() -> None:
    fits = tune_fits([record(*SWALLOWS), record(*SWALLOWS, split="test")])
    assert [fit.tune for fit in fits] == list(TUNES)
    assert sum(fit.poems for fit in fits) == 1


def test_the_command_prints_every_tune(corpus_folder: Path, records: list[PoemRecord]) -> None:
    table = poetry_model("tunes", "--corpus", corpus_folder)
    assert table.returncode == 0, table.stderr
    assert all(tune in table.stdout for tune in TUNES)
    rows = objects(poetry_model("tunes", "--corpus", corpus_folder, "--json").stdout)
    found = [
        (tune, record.lines)
        for record in records
        if record.form == "词" and record.split == "train" and (tune := titled_tune(record.title))
    ]
    assert sum(int(str(row["poems"])) for row in rows) == len(found)
    fitting = sum(check_poem(tune, lines).form_valid for tune, lines in found)
    assert sum(int(str(row["lengths"])) for row in rows) == fitting


def test_a_tune_is_generated_and_checked_from_the_command_line() -> None:
    done = poetry_model("generate", "--form", "浣溪沙", "--theme", "秋思", "--seed", 1, "--json")
    assert done.returncode == 0, done.stderr
    (poem,) = objects(done.stdout)
    assert (poem["form"], poem["theme"]) == ("浣溪沙", "秋思")
    assert str(poem["text"]).count("\n") == 1
    checked = poetry_model("check", "-", stdin=done.stdout)
    (report,) = objects(checked.stdout)
    assert (report["form"], report["faults"], report["rhyme"]) == ("浣溪沙", [], poem["rhyme"])
    assert "form 1/1, tone 1/1, rhyme 1/1, no repetition 1/1" in checked.stderr
