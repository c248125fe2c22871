"""Each part of the chat page, with the test in the bot's place: it answers by plain HTTP."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bot.playground.conftest import GROUP, PNG, XIAOYUE
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


def _keyboard(*texts: str) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": text, "callback_data": text} for text in texts]]}


def test_typing_shows_until_the_message_comes(page: Page, stage: Stage) -> None:
    stage.bot("sendChatAction", chat_id=XIAOYUE, action="typing")
    expect(page.get_by_test_id("status")).to_have_text("正在输入…")
    stage.bot("sendMessage", chat_id=XIAOYUE, text="月")
    expect(page.get_by_test_id("status")).not_to_have_text("正在输入…")
    expect(page.get_by_test_id("message-text").last).to_have_text("月")


def test_a_pressed_button_waits_then_its_answer_is_a_toast_or_an_alert(
    page: Page, stage: Stage
) -> None:
    stage.bot("sendMessage", chat_id=XIAOYUE, text="月", reply_markup=_keyboard("toast", "alert"))
    for name, alert in (("toast", False), ("alert", True)):
        button = page.get_by_test_id("inline-button").filter(has_text=name)
        button.click()
        expect(button).to_have_attribute("aria-busy", "true")
        query = stage.update("callback_query")
        stage.bot("answerCallbackQuery", callback_query_id=query["id"], text=name, show_alert=alert)
        expect(page.get_by_test_id(name)).to_contain_text(name)
        expect(button).not_to_have_attribute("aria-busy", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("alert")).to_be_hidden()


def test_edits_happen_in_place_and_deletions_take_away(page: Page, stage: Stage) -> None:
    sent = stage.bot("sendMessage", chat_id=XIAOYUE, text="月")
    where = {"chat_id": XIAOYUE, "message_id": sent["message_id"]}
    expect(page.get_by_test_id("message")).to_have_count(2)
    stage.bot("editMessageText", text="日", **where)
    expect(page.get_by_test_id("message-text").last).to_have_text("日")
    expect(page.get_by_test_id("edited")).to_be_visible()
    stage.bot("deleteMessage", **where)
    expect(page.get_by_test_id("message")).to_have_count(1)


def test_entities_are_set_and_nothing_runs(page: Page, stage: Stage) -> None:
    html = (
        "<b>静夜思 <i>🌙</i></b>\n<pre>平仄</pre>\n<tg-spoiler>谜</tg-spoiler> "
        '<a href="https://example.org/">good</a> &lt;script&gt; /help'
    )
    stage.bot("sendMessage", chat_id=XIAOYUE, text=html, parse_mode="HTML")
    text = page.get_by_test_id("message-text").last
    expect(text.locator("strong em")).to_have_text("🌙")
    expect(text.locator("pre")).to_have_text("平仄")
    expect(text.get_by_role("link", name="good")).to_have_attribute("rel", "noopener noreferrer")
    expect(text).to_contain_text("<script>")
    text.get_by_text("/help").click()
    expect(page.get_by_test_id("message-text").last).to_have_text("/help")


def test_pictures_and_documents_are_shown(page: Page, stage: Stage) -> None:
    stage.bot("sendPhoto", {"photo": PNG}, chat_id=XIAOYUE, caption="诗笺")
    photo = page.get_by_test_id("photo")
    expect(photo).to_be_visible()
    assert photo.evaluate("image => image.complete && image.naturalWidth") == 1
    photo.click()
    expect(page.get_by_test_id("viewer")).to_be_visible()
    page.keyboard.press("Escape")
    stage.bot("sendDocument", {"document": b"poem"}, chat_id=XIAOYUE)
    with page.expect_download() as download:
        page.get_by_test_id("document").click()
    assert download.value.path().read_bytes() == b"poem"


def test_inline_mode_offers_results_and_sends_the_chosen_one(page: Page, stage: Stage) -> None:
    page.get_by_test_id("composer-input").fill("@poetry_playground_bot 月")
    query = stage.update("inline_query")
    assert query["query"] == "月"
    results = [
        {
            "type": "article",
            "id": str(number),
            "title": form,
            "input_message_content": {"message_text": f"{form}一首"},
        }
        for number, form in enumerate(("五绝", "七绝"))
    ]
    stage.bot("answerInlineQuery", inline_query_id=query["id"], results=results)
    page.get_by_test_id("inline-result").filter(has_text="七绝").click()
    expect(page.get_by_test_id("message-text").last).to_have_text("七绝一首")


def test_a_reply_keyboard_shows_is_used_and_goes(page: Page, stage: Stage) -> None:
    markup = {"keyboard": [[{"text": "春"}, {"text": "秋"}]]}
    stage.bot("sendMessage", chat_id=XIAOYUE, text="?", reply_markup=markup)
    page.get_by_test_id("reply-key").filter(has_text="秋").click()
    expect(page.get_by_test_id("message-text").last).to_have_text("秋")
    stage.bot("sendMessage", chat_id=XIAOYUE, text="!", reply_markup={"remove_keyboard": True})
    expect(page.get_by_test_id("reply-keyboard")).to_be_hidden()


def test_a_message_elsewhere_is_counted_and_can_be_answered(page: Page, stage: Stage) -> None:
    stage.bot("sendMessage", chat_id=GROUP, text="大家好")
    group = page.get_by_test_id("chat-item").filter(has_text="诗友群")
    expect(group.locator("b")).to_have_text("1")
    group.click()
    expect(group.locator("b")).to_have_count(0)
    page.get_by_test_id("message").last.hover()
    page.get_by_test_id("reply").last.click()
    page.get_by_test_id("composer-input").fill("你好")
    page.keyboard.press("Enter")
    assert stage.update("message")["reply_to_message"]["text"] == "大家好"


def test_the_dark_is_dark(browser: Browser, stage: Stage) -> None:
    def paper(scheme: Any) -> int:
        context = browser.new_context(base_url=stage.url, color_scheme=scheme)
        opened = context.new_page()
        opened.goto("/")
        colour = opened.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor")
        context.close()
        return sum(int(part) for part in colour.strip("rgb()").split(","))

    assert paper("dark") < 3 * 64 < 3 * 192 < paper("light")


def test_a_deep_link_to_the_bot_starts_it(page: Page, stage: Stage) -> None:
    link = '<a href="https://t.me/poetry_playground_bot?start=poem_7">open</a>'
    stage.bot("sendMessage", chat_id=GROUP, text=link, parse_mode="HTML")
    page.get_by_test_id("chat-item").filter(has_text="诗友群").click()
    page.get_by_role("link", name="open").click()
    expect(page.get_by_test_id("message-text").last).to_have_text("/start poem_7")
    assert stage.update("message")["chat"]["id"] == XIAOYUE
