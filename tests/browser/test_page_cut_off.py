"""What the page does while the playground is not to be reached."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.bot.playground.conftest import XIAOYUE
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

POSTS = "**/playground/messages*"
EDITS = "**/playground/messages/edit"
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


def _reconnect(page: Page, addresses: str) -> None:
    """The page loads anew, as it does when its events are heard again."""
    page.unroute(addresses)
    with page.expect_response("**/commands*"):
        page.evaluate("dispatchEvent(new Event('hashchange'))")


def test_what_did_not_arrive_stands_in_the_field_again(page: Page, stage: Stage) -> None:
    _cut(page, POSTS)
    _field(page).fill("秋夜")
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("toast")).to_have_text(LOST)
    expect(_field(page)).to_have_value("秋夜")
    _reconnect(page, POSTS)
    expect(_field(page)).to_have_value("秋夜")
    _field(page).press("Enter")
    assert stage.update("message")["text"] == "秋夜"
    expect(_field(page)).to_have_value("")


def test_an_answer_that_did_not_arrive_is_an_answer_still(page: Page, stage: Stage) -> None:
    stage.bot("sendMessage", chat_id=XIAOYUE, text="题目？", reply_markup={"force_reply": True})
    expect(page.get_by_test_id("reply-bar")).to_contain_text("题目？")
    _cut(page, POSTS)
    _field(page).fill("月")
    _field(page).press("Enter")
    expect(_field(page)).to_have_value("月")
    page.unroute(POSTS)
    _field(page).press("Enter")
    assert stage.update("message")["reply_to_message"]["text"] == "题目？"


def test_what_did_not_arrive_is_a_draft_of_its_chat_and_of_no_other(page: Page) -> None:
    held: list[Route] = []
    page.route(POSTS, lambda route: held.append(route))
    _field(page).fill("秋夜")
    with page.expect_request(POSTS):
        _field(page).press("Enter")
    page.get_by_test_id("chat-item").filter(has_text="诗友群").click()
    expect(page.get_by_test_id("chat-name")).to_have_text("诗友群")
    held[0].abort()
    expect(page.get_by_test_id("toast")).to_have_text(LOST)
    expect(_field(page)).to_have_value("")
    page.get_by_test_id("chat-item").first.click()
    expect(_field(page)).to_have_value("秋夜")


def test_words_written_meanwhile_stay(page: Page) -> None:
    _cut(page, POSTS)
    _field(page).evaluate(
        "field => { const put = (text) => { field.value = text;"
        " field.dispatchEvent(new Event('input')); };"
        " put('秋夜'); field.form.requestSubmit(); put('春江'); }"
    )
    expect(page.get_by_test_id("toast")).to_have_text(LOST)
    expect(_field(page)).to_have_value("春江")


def test_an_edit_that_did_not_arrive_goes_on(page: Page, stage: Stage) -> None:
    page.get_by_test_id("message-text").click(button="right", position={"x": 8, "y": 8})
    page.get_by_test_id("message-menu").get_by_text("编辑").click()
    _cut(page, EDITS)
    _field(page).fill("春江")
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("toast")).to_have_text(LOST)
    expect(_field(page)).to_have_value("春江")
    _reconnect(page, EDITS)
    expect(_field(page)).to_have_value("春江")
    expect(page.get_by_test_id("reply-bar")).to_contain_text("编辑")
    _field(page).press("Enter")
    assert stage.update("edited_message")["text"] == "春江"


def test_a_button_that_cannot_be_pressed_says_why_in_ones_own_language(
    page: Page, stage: Stage
) -> None:
    rows = [[{"text": "平仄", "callback_data": "tones"}]]
    stage.bot("sendMessage", chat_id=XIAOYUE, text="月", reply_markup={"inline_keyboard": rows})
    _cut(page, "**/playground/callbacks")
    page.get_by_test_id("inline-button").click()
    expect(page.get_by_test_id("toast")).to_have_text(LOST)
    expect(page.get_by_test_id("inline-button")).not_to_have_attribute("aria-busy", "true")
