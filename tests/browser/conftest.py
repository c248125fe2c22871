"""A real `poetry-bot playground` process and a real Chromium that opens its page."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.bot.playground.conftest import XIAOYUE
from tests.browser.stage import Stage

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = [
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_START = 120  # seconds until the bot must serve; the first import of torch on a busy machine
_STOP = 20
_PATIENCE = 15_000  # milliseconds for what the page does by itself; the machine may be busy
PHONE: ViewportSize = {"width": 390, "height": 844}
_MISSING = (
    f"NO BROWSER: none of {', '.join(_NAMES)} is on the PATH, so the chat page went untested. "
    "Install one: apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji"
)


def _chromium() -> str | None:
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A skipped test is easily overlooked; this line is not."""
    if _chromium() is None:
        terminalreporter.write_line(_MISSING, red=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the tests of this folder are skipped, aloud."""
    found = _chromium()
    if found is None:
        pytest.skip(_MISSING)
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A running Chromium. Playwright's loop runs as long as it does, and no test elsewhere
    could run its own beside it; so it ends with the module."""
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running playground with the bot, its shipped weights and a new database."""
    folder = tmp_path_factory.mktemp("data")
    command = [sys.executable, "-m", "bot", "playground", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        env=_environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        watchdog = threading.Timer(_START, process.kill)
        watchdog.start()
        address, said = _address(process)
        watchdog.cancel()
        if not address:
            pytest.fail(f"the playground did not start:\n{said}")
        # Its later words are read away, so that the pipe never fills.
        reader = threading.Thread(target=_read_away, args=(process,), daemon=True)
        reader.start()
        yield address
        process.send_signal(signal.SIGTERM)
        process.wait(_STOP)
        reader.join(_STOP)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return kept | {"DATA_DIR": str(folder), "TORCH_THREADS": "1", "PYTHONUNBUFFERED": "1"}


def _address(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """The address the process prints once it serves, and all it said until then."""
    said = []
    for line in process.stdout or ():
        said.append(line)
        match = _ADDRESS.search(line)
        if match and "playground" in line:
            return match[0], "".join(said)
    return "", "".join(said)


def _read_away(process: "subprocess.Popen[str]") -> None:
    for _ in process.stdout or ():
        pass


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """The page on a phone; whatever its console complains of fails the test."""
    context = browser.new_context(
        viewport=PHONE, is_mobile=True, has_touch=True, base_url=site, locale="zh-CN"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def desktop(browser: Browser, site: str) -> Iterator[Page]:
    """The page in a wide window, in the dark."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, color_scheme="dark", base_url=site
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def stage(chromium: str) -> Iterator[Stage]:
    with Stage() as running:
        yield running


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    context = browser.new_context(base_url=stage.url, viewport={"width": 1000, "height": 760})
    opened = context.new_page()
    opened.goto(f"/#{XIAOYUE}/{XIAOYUE}")
    expect(opened.get_by_test_id("message")).to_have_count(1)
    yield opened
    context.close()
