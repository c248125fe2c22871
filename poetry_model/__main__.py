"""The command line of the model: generate, corpus, train, summary, score, check, tunes,
readings, parallels, evaluate, naturalness, benchmark. Reads arguments, calls one function, prints.

What a command needs is imported when it runs, so that `--help` answers at once.
"""

import json
import math
import secrets
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from poetry_model.command_line import run_app
from poetry_model.errors import BadRequest, PoetryModelError

if TYPE_CHECKING:
    from poetry_model.requests import Poem

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Classical Chinese verse by a two-layer LSTM.",
)

CORPUS = Path("corpus")
DATA = Path(__file__).parent / "data"  # the tables that ship
ModelDir = Annotated[
    Path | None, typer.Option("--model", help="folder of weights; default: those that ship")
]


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the command line speaks through standard output


def _say_json(value: object) -> None:
    _say(json.dumps(value, ensure_ascii=False))


@app.command()
def generate(
    form: Annotated[str | None, typer.Option(help="五绝 七绝 五律 七律, a 词牌, 对联")] = None,
    theme: Annotated[str, typer.Option(help="what the poem is about")] = "",
    heads: Annotated[str | None, typer.Option(help="2-16 characters that open the lines")] = None,
    first_line: Annotated[str | None, typer.Option(help="a line to go on from")] = None,
    script: Annotated[str, typer.Option(help="simplified or traditional")] = "simplified",
    count: Annotated[int, typer.Option(min=1, help="how many poems")] = 1,
    seed: Annotated[int | None, typer.Option(min=0, help="of the first poem; then +1")] = None,
    dynasty: Annotated[str | None, typer.Option(help="in the style of 唐 or 宋")] = None,
    register: Annotated[str | None, typer.Option(help="plain or allusive")] = None,
    boldness: Annotated[str, typer.Option(help="steady, even or bold: 稳 to 奇")] = "even",
    model: ModelDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
) -> None:
    """Write poems."""
    from poetry_model.requests import PoemRequest, check_manner, checked_form, checked_theme

    first = secrets.randbelow(2**31) if seed is None else seed
    request = PoemRequest(
        form, theme, heads, first_line, script, first, dynasty, register, boldness
    )
    checked_form(request)
    checked_theme(theme)
    check_manner(request)

    from poetry_model.poet import Poet

    poet = Poet.load(model)
    for number in range(first, first + count):
        poem = poet.write(replace(request, seed=number))
        if as_json:
            _say_json(poem.to_json())
        else:
            _say("\n".join((*_heading(poem), poem.text, "")))


def _heading(poem: "Poem") -> list[str]:
    """What stands above a poem: `高铁 → 千里 · 飞` where its theme is of today."""
    quiet = " · ".join(
        part for part in (poem.form, poem.rhyme) if part
    )  # couplets rhyme on nothing
    heading = [f"{poem.title}  {quiet}"]
    if poem.theme_reading:
        heading.append(f"{poem.theme} → {' · '.join(poem.theme_reading)}")
    elif poem.theme_taken == "freely":
        heading.append(f"{poem.theme} → (freely: no character of it is known to verse)")
    return heading


@app.command()
def corpus(
    tarball: Annotated[Path | None, typer.Option(help="chinese-poetry package, if at hand")] = None,
    out: Annotated[Path, typer.Option(help="folder to prepare it in")] = CORPUS,
) -> None:
    """Get the poems, clean and split them, print how many there are."""
    from poetry_model import corpus as poems

    if tarball is not None and not tarball.is_file():
        raise BadRequest("tarball", "no_file", f"--tarball: there is no file {tarball}")
    dist = poems.unpack(tarball or poems.fetch_tarball(out / "raw"), out / "raw")
    records = poems.prepare(poems.read_raw(dist))
    poems.write_records(records, out / poems.PREPARED)
    counts = poems.count_records(records)
    table = Table("form", *poems.SPLITS)
    for name in dict.fromkeys(form for form, _ in sorted(counts)):
        table.add_row(name, *(f"{counts[name, split]:,}" for split in poems.SPLITS))
    Console().print(table)


@app.command()
def train(
    preset: Annotated[str, typer.Option(help="seed, poet or tiny")],
    out: Annotated[Path | None, typer.Option(help="run folder; default runs/PRESET")] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0.01, help="budget of the whole run; default 30")
    ] = None,
    characters: Annotated[
        float | None, typer.Option(min=1, help="budget in characters instead, or too")
    ] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda")] = "auto",
    resume: Annotated[bool, typer.Option("--resume", help="go on with the run in --out")] = False,
    corpus_dir: Annotated[Path, typer.Option("--corpus", help="prepared corpus")] = CORPUS,
    seed: Annotated[int, typer.Option(help="of weights and batches")] = 1,
    start: Annotated[
        Path | None, typer.Option("--from", help="folder of weights to go on from")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", help="a field of the preset, as learning_rate=2e-3; repeatable"),
    ] = None,
    threads: Annotated[int, typer.Option(min=1, help="of PyTorch, on the CPU")] = 1,
    distributed: Annotated[
        bool, typer.Option("--distributed", help="one of several processes under torchrun")
    ] = False,
) -> None:
    """Train a preset; stopping it loses nothing but the last minutes, --resume goes on."""
    from poetry_model.config import find_preset
    from poetry_model.corpus import read_records

    chosen = find_preset(preset, settings or ())

    import torch

    from poetry_model.checkpoints import load_model
    from poetry_model.processes import ALONE, Crew
    from poetry_model.training import Trainer, pick_device
    from poetry_model.training_progress import TrainingProgress

    torch.set_num_threads(threads)
    where, records = pick_device(device), read_records(corpus_dir)
    crew = Crew.join(where) if distributed else ALONE
    trainer = Trainer(
        records,
        chosen,
        out or Path("runs") / preset,
        minutes=minutes or (math.inf if characters else 30.0),
        characters=characters or math.inf,
        device=where,
        clock=time.monotonic,
        seed=seed,
        resume=resume,
        start=load_model(start) if start else None,
        crew=crew,
    )
    with TrainingProgress(Console(stderr=True, quiet=not crew.leads)) as progress:
        model = trainer.run(progress.tick)
    crew.leave()
    if crew.leads:
        _say_json({"model": model.name, "folder": str(trainer.folder), **model.figures})


@app.command()
def curves(
    runs: Annotated[list[Path], typer.Argument(help="run folders of train")],
    out: Annotated[Path, typer.Option(help="the picture")] = Path("curves.png"),
) -> None:
    """Draw the validation curves of several runs in one picture."""
    from poetry_model.curves import draw_runs, read_points

    draw_runs({run.name: read_points(run) for run in runs}, out)


@app.command()
def summary(
    model: ModelDir = None,
    preset: Annotated[str | None, typer.Option(help="an untrained preset instead")] = None,
) -> None:
    """Print the layers, their output shapes and their parameters."""
    from poetry_model.summary import preset_rows, summary_table

    Console(width=100).print(summary_table(*preset_rows(preset, model)))


@app.command()
def score(
    file: Annotated[Path, typer.Argument(help="form<TAB>title<TAB>line/line/…; - for stdin")],
    model: ModelDir = None,
    with_title: Annotated[bool, typer.Option("--with-title", help="the title as theme")] = False,
) -> None:
    """Print how surprised the network is by each poem: one JSON object a line."""
    import torch

    from poetry_model.checkpoints import load_model
    from poetry_model.scoring import score_rows

    # On a busy machine two threads wait for each other longer than one would work.
    torch.set_num_threads(1)
    for found in score_rows(load_model(model), _rows(file), with_title=with_title):
        _say_json(found)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="lines as for score, or generate's JSON")] = Path(
        "-"
    ),
) -> None:
    """Print what the prosody checker finds in each poem: one JSON object a line."""
    from poetry_model.checking import Tally, check_rows

    tally = Tally()
    for report in check_rows(_rows(file)):
        _say_json(report.to_json())
        tally.add(report)
    print(tally.line, file=sys.stderr)  # noqa: T201 - the reports go to standard output


@app.command()
def tunes(
    corpus_dir: Annotated[Path, typer.Option("--corpus", help="prepared corpus")] = CORPUS,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a tune")] = False,
) -> None:
    """Print how many real 词 keep the rules of their tune, over the training split."""
    from poetry_model.corpus import read_records
    from poetry_model.tune_report import tune_fits, tune_table

    fits = tune_fits(read_records(corpus_dir))
    if as_json:
        for fit in fits:
            _say_json(fit.to_json())
    else:
        Console(width=100).print(tune_table(fits))


@app.command()
def readings(
    corpus_dir: Annotated[Path, typer.Option("--corpus", help="prepared corpus")] = CORPUS,
    out: Annotated[Path, typer.Option(help="folder to write the table into")] = DATA,
) -> None:
    """Learn how characters of two tones are read, print how it fares on validation poems."""
    from poetry_model.reading_evidence import rebuild

    _say_json(rebuild(corpus_dir, out))


@app.command()
def parallels(
    corpus_dir: Annotated[Path, typer.Option("--corpus", help="prepared corpus")] = CORPUS,
    out: Annotated[Path, typer.Option(help="folder to write the table into")] = DATA,
) -> None:
    """Learn which characters answer each other in couplets, print how it fares."""
    import torch

    from poetry_model.parallel_evidence import rebuild

    torch.set_num_threads(1)
    _say_json(rebuild(corpus_dir, out))


@app.command()
def evaluate(
    model: ModelDir = None,
    seed_model: Annotated[Path | None, typer.Option(help="a trained seed to set beside it")] = None,
    corpus_dir: Annotated[Path, typer.Option("--corpus", help="prepared corpus")] = CORPUS,
    poems: Annotated[int, typer.Option(min=1, help="poems per form")] = 200,
    split: Annotated[str, typer.Option(help="of the human poems: test, validation …")] = "test",
    out: Annotated[Path | None, typer.Option(help="folder for the JSON and the picture")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of tables")] = False,
    threads: Annotated[int, typer.Option(min=1, help="of PyTorch")] = 1,
) -> None:
    """Print the scorecard: perplexity, rules, theme, variety, copying, told from human poems."""
    from poetry_model.corpus import read_records
    from poetry_model.evaluation import (
        EvaluationProgress,
        evaluate_model,
        evaluation_tables,
        write_scorecard,
    )

    records = read_records(corpus_dir)
    with EvaluationProgress(Console(stderr=True)) as bar:
        card = evaluate_model(
            records, model, seed_model, poems=poems, split=split, threads=threads, listen=bar.tell
        )
    if out is not None:
        write_scorecard(card, out)
    if as_json:
        _say_json(asdict(card))
    else:
        Console(width=110).print(*evaluation_tables(card), sep="\n")


@app.command()
def naturalness(
    model: ModelDir = None,
    corpus_dir: Annotated[Path, typer.Option("--corpus", help="prepared corpus")] = CORPUS,
    poems: Annotated[int, typer.Option(min=2, help="poems to write a round")] = 240,
    rounds: Annotated[int, typer.Option(min=1, help="each leans on the one before")] = 3,
) -> None:
    """Learn what gives the model's poems away, and put the table beside its weights."""
    from poetry_model.checkpoints import shipped_weights
    from poetry_model.corpus import read_records
    from poetry_model.naturalness_training import learn
    from poetry_model.poet import Poet

    records, poet = read_records(corpus_dir), Poet.load(model)
    poet.naturalness = None
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("poems", total=poems * rounds)
        found = learn(poet, records, poems=poems, rounds=rounds, written=lambda: bar.advance(task))
    assert poet.naturalness is not None
    poet.naturalness.save(model or shipped_weights())
    for number, round_ in enumerate(found, 1):
        _say_json({"round": number, **asdict(round_)})


@app.command()
def benchmark(
    model: ModelDir = None,
    poems: Annotated[int, typer.Option(min=1, help="poems per form")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table")] = False,
) -> None:
    """Measure the speed of writing beside the seed's way, in one run."""
    from poetry_model.benchmark import Clocks, benchmark_table, run_benchmark

    clocks = Clocks(wall=time.perf_counter, cpu=time.process_time)
    figures = run_benchmark(model, poems=poems, clocks=clocks)
    if as_json:
        _say_json(figures)
    else:
        Console(width=100).print(benchmark_table(figures))


def _rows(file: Path) -> Iterator[str]:
    try:
        if str(file) == "-":
            yield from sys.stdin
            return
        if not file.is_file():
            raise BadRequest("file", "no_file", f"FILE: there is no file {file}")
        with file.open(encoding="utf-8") as rows:
            yield from rows
    except UnicodeDecodeError as error:
        raise BadRequest("file", "not_utf8", f"FILE: {file} is not UTF-8 text") from error


def main() -> None:
    """The console script. Exit codes: 0 done, 2 bad request, 1 anything else."""
    run_app(
        app,
        "poetry-model",
        bad_requests=(BadRequest,),
        failures=(PoetryModelError, OSError),
    )


if __name__ == "__main__":
    main()
