"""The fixtures of the browser's tests: Chromium, the bot's page, a stage for a played bot."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.bot.playground.conftest import XIAOYUE
from tests.browser.serving import ARGUMENTS, MISSING, find_chromium, serving
from tests.browser.stage import Stage

_PATIENCE = 15_000  # milliseconds for what the page does by itself; the machine may be busy
PHONE: ViewportSize = {"width": 390, "height": 844}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A skipped test is easily overlooked; this line is not."""
    if find_chromium() is None:
        terminalreporter.write_line(MISSING, red=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the tests of this folder are skipped, aloud."""
    found = find_chromium()
    if found is None:
        pytest.skip(MISSING)
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A running Chromium. Playwright's loop runs as long as it does, and no test elsewhere
    could run its own beside it; so it ends with the module."""
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running playground with the bot, its shipped weights and a new database."""
    with serving(tmp_path_factory.mktemp("data")) as address:
        yield address


@contextmanager
def _without_complaints(page: Page) -> Iterator[Page]:
    """The page; whatever its console complains of fails the test."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    page.context.close()
    assert complaints == []


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """The page of the real bot on a phone."""
    context = browser.new_context(
        viewport=PHONE, is_mobile=True, has_touch=True, base_url=site, locale="zh-CN"
    )
    with _without_complaints(context.new_page()) as page:
        yield page


@pytest.fixture
def desktop(browser: Browser, site: str) -> Iterator[Page]:
    """The page of the real bot in a wide window, in the dark."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, color_scheme="dark", base_url=site
    )
    with _without_complaints(context.new_page()) as page:
        yield page


@pytest.fixture
def stage(chromium: str) -> Iterator[Stage]:
    with Stage() as running:
        yield running


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    """The page of a bot that the test plays."""
    context = browser.new_context(base_url=stage.url, viewport={"width": 1000, "height": 760})
    with _without_complaints(context.new_page()) as opened:
        opened.goto(f"/#{XIAOYUE}/{XIAOYUE}")
        expect(opened.get_by_test_id("message")).to_have_count(1)
        expect(opened.get_by_test_id("composer-input")).to_be_enabled()  # keys are lost before
        yield opened
