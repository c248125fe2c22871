"""The Dockerfile and compose.yaml: what they name exists. Nothing is built here."""

import re
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text("utf-8")
IGNORED = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
SETTINGS = {name.upper() for name in Settings.model_fields}
OTHERS = {"PATH", "PYTHONUNBUFFERED", "MPLCONFIGDIR"}


def copied() -> set[str]:
    """What of the repository gets into the image."""
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M)
    return {name for line in lines for name in line.split()}


def test_what_is_copied_exists_and_nothing_else_is_sent_to_the_builder() -> None:
    assert all((ROOT / name).exists() for name in copied())
    assert {line.removeprefix("!") for line in IGNORED if line.startswith("!")} == copied()
    assert "*" in IGNORED


def test_the_packages_are_all_there() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= copied()


def test_the_settings_exist() -> None:
    env = re.search(r"^ENV ((?:.+\\\n)*.+)$", DOCKERFILE, re.M)
    assert env
    assert set(re.findall(r"([A-Z_]+)=", env[1])) - OTHERS <= SETTINGS
    assert set(re.findall(r"^ +([A-Z_]+):", COMPOSE, re.M)) <= SETTINGS


def test_the_port_of_its_health_is_the_one_that_is_asked() -> None:
    (port,) = re.findall(r"HEALTH_PORT=(\d+)", DOCKERFILE)
    assert f"127.0.0.1:{port}/healthz" in DOCKERFILE
    assert f"127.0.0.1:{port}:{port}" in COMPOSE
