"""docs/operating.md tells the truth: what it names exists, and what exists is named."""

import re
import sqlite3
from pathlib import Path

import pytest
from typer.main import get_command

from bot.__main__ import app
from bot.metrics import OUTCOMES, Metrics
from bot.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs/operating.md").read_text("utf-8")
METRICS = PAGE[PAGE.index("| metric |") : PAGE.index("```yaml")]


def exported() -> set[str]:
    """The metrics there are, as they are asked for."""
    metrics = Metrics()
    metrics.poem_written("poem", "七绝", 0.3)
    metrics.failed("TooBusy")
    metrics.chosen_inline("inline")
    metrics.waiting({"due": 0})
    names = re.findall(r"^(poetry_bot_\w+)", metrics.text().decode(), re.M)
    own = {name for name in names if not name.endswith(("_created", "_sum", "_count"))}
    return {name.removesuffix("_bucket") for name in own}


def test_every_metric_is_explained_and_none_that_is_not() -> None:
    assert set(re.findall(r"\| `(poetry_bot_\w+)", METRICS)) == exported()


def test_alerts_ask_for_metrics_that_exist() -> None:
    rules = PAGE[PAGE.index("```yaml") : PAGE.index("With a hundred thousand")]
    asked = {name.removesuffix("_bucket") for name in re.findall(r"poetry_bot_\w+", rules)}
    assert asked
    assert asked <= exported()
    outcomes = re.findall(r'outcome=~"([\w|]+)"', rules)
    assert {each for words in outcomes for each in words.split("|")} <= set(OUTCOMES)


def test_every_outcome_that_is_always_counted_is_explained() -> None:
    assert set(OUTCOMES) <= set(re.findall(r"`(\w+)`", METRICS))


def test_the_settings_it_names_exist() -> None:
    known = {name.upper() for name in Settings.model_fields}
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)(?:=\w+(?:\.\d+)*)?`", PAGE))
    assert named
    assert named <= known


def test_the_commands_it_names_exist() -> None:
    known = get_command(app).commands.keys()  # type: ignore[attr-defined]  # a group of commands
    named = set(re.findall(r"\.venv/bin/poetry-bot ([a-z]+)", PAGE))
    assert {"check", "due", "forget", "migrate", "run"} <= named <= known


@pytest.mark.parametrize("statement", re.findall(r'"\n(SELECT[^"]+)"', PAGE))
def test_the_questions_to_the_database_can_be_asked(statement: str, migrated_file: Path) -> None:
    connection = sqlite3.connect(migrated_file)
    assert connection.execute(statement).fetchall() == []
    connection.close()


def test_its_table_of_contents_leads_somewhere() -> None:
    titles = re.findall(r"^#+ (.+)$", PAGE, re.M)
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    links = set(re.findall(r"\]\(#([^)]+)\)", PAGE))
    assert links
    assert links <= anchors
