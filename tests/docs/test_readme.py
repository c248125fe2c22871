"""The README tells the truth: its snippets run, its commands and files exist."""

import re
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from bot.__main__ import app as bot_app
from bot.handlers import COMMANDS, OPERATOR_COMMANDS
from poetry_model.__main__ import app as model_app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text("utf-8")


def test_the_python_snippet_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (snippet,) = re.findall(r"```python\n(.*?)```", README, re.S)
    exec(snippet, {})  # noqa: S102 - our own README
    assert "。" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "app"), [("poetry-bot", bot_app), ("poetry-model", model_app)])
def test_the_commands_it_names_exist(name: str, app: typer.Typer) -> None:
    known = get_command(app).commands.keys()  # type: ignore[attr-defined]  # a group of commands
    named = set(re.findall(rf"\.venv/bin/{name} ([a-z]+)", README))
    assert named
    assert named <= known


def test_the_chat_commands_it_names_are_served() -> None:
    served = {f"/{name}" for names in COMMANDS | OPERATOR_COMMANDS for name in names}
    rows = "\n".join(line for line in README.splitlines() if line.startswith("|"))
    assert set(re.findall(r"`(/[a-z]+)", rows)) == served - {"/favorites"}


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "README.zh-CN.md",
        "docs/architecture.md",
        "docs/model_card.md",
        "docs/operating.md",
    ],
)
def test_the_files_it_points_to_exist(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_the_reading_order_names_files_that_exist() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    for name in re.findall(r"`((?:poetry_model|bot|migrations)/[\w/.]*)`", page):
        assert (ROOT / name).exists(), name


def test_both_languages_show_the_same_commands_pictures_and_figures() -> None:
    for pattern in (r"`/[a-z]+[^`]*`", r"\]\((docs/[^)]+)\)", r'src="([^"]+)"', r"\d+\.\d+"):
        english, chinese = (sorted(re.findall(pattern, page)) for page in (README, CHINESE))
        assert english == chinese
