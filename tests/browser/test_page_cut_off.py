"""What the page does while the playground is not to be reached."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.bot.playground.conftest import XIAOYUE
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

LOST = "连接断开，正在重连…"


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    """A page whose console may complain: it does of each request that fails."""
    context = browser.new_context(base_url=stage.url, viewport={"width": 1000, "height": 760})
    opened = context.new_page()
    opened.goto(f"/#{XIAOYUE}/{XIAOYUE}")
    expect(opened.get_by_test_id("message")).to_have_count(1)
    expect(_field(opened)).to_be_enabled()
    yield opened
    context.close()


def _field(page: Page) -> Locator:
    return page.get_by_test_id("composer-input")


def _cut(page: Page, addresses: str) -> None:
    page.route(addresses, lambda route: route.abort("connectionrefused"))


def test_a_button_that_cannot_be_pressed_says_why_in_ones_own_language(
    page: Page, stage: Stage
) -> None:
    rows = [[{"text": "平仄", "callback_data": "tones"}]]
    stage.bot("sendMessage", chat_id=XIAOYUE, text="月", reply_markup={"inline_keyboard": rows})
    _cut(page, "**/playground/callbacks")
    page.get_by_test_id("inline-button").click()
    expect(page.get_by_test_id("toast")).to_have_text(LOST)
    expect(page.get_by_test_id("inline-button")).not_to_have_attribute("aria-busy", "true")
