"""A person at the chat page: asks for a poem, reads it, keeps it, finds it again."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

POEM_TIME = 30_000  # milliseconds a poem may take on a busy machine
VERSES = re.compile(r"([㐀-鿿]{5}|[㐀-鿿]{7})[，。]")


def _ask(page: Page, text: str) -> None:
    page.get_by_test_id("composer-input").fill(text)
    page.get_by_test_id("composer-input").press("Enter")


def _last_of_bot(page: Page) -> Locator:
    return page.locator("[data-testid=message][data-from=bot]").last


def _open_private_chat(page: Page, user_id: int) -> None:
    page.goto(f"/#{user_id}/{user_id}")
    expect(page.get_by_test_id("composer-input")).to_be_visible()
    expect(page.get_by_test_id("chat-name")).not_to_be_empty()


def test_a_poem_is_asked_for_read_and_kept(phone: Page) -> None:
    _open_private_chat(phone, 10001)
    expect(phone.get_by_test_id("suggestion").first).to_have_text("/poem 月")
    _ask(phone, "/poem 月")

    poem = _last_of_bot(phone)
    expect(poem.get_by_test_id("message-text")).to_contain_text(VERSES, timeout=POEM_TIME)
    assert len(VERSES.findall(poem.inner_text())) >= 4

    heart = poem.get_by_test_id("inline-button").filter(has_text="❤️").first
    before = heart.inner_text()
    heart.tap()
    expect(poem.get_by_test_id("inline-button").first).not_to_have_text(before, timeout=POEM_TIME)
    verse = VERSES.search(poem.inner_text())
    assert verse is not None

    _ask(phone, "/favourites")
    expect(_last_of_bot(phone)).to_contain_text(verse[1], timeout=POEM_TIME)

    phone.reload()
    expect(_last_of_bot(phone)).to_contain_text(verse[1])


def test_an_acrostic_begins_its_lines_with_the_heads(phone: Page) -> None:
    _open_private_chat(phone, 10003)
    phone.get_by_test_id("suggestion").filter(has_text="/acrostic").tap()
    text = _last_of_bot(phone).get_by_test_id("message-text")
    expect(text).to_contain_text(VERSES, timeout=POEM_TIME)
    verses = [match[0] for match in VERSES.finditer(text.inner_text())]
    assert "".join(verse[0] for verse in verses) == "春夏秋冬"


def test_the_command_menu_opens_filters_and_is_used_by_keyboard(desktop: Page) -> None:
    _open_private_chat(desktop, 10002)
    items = desktop.get_by_test_id("command-item")
    desktop.get_by_test_id("command-menu-button").click()
    expect(items.filter(has_text="/poem")).to_be_visible()
    field = desktop.get_by_test_id("composer-input")
    field.fill("/hel")
    expect(items).to_have_count(1)
    field.press("ArrowDown")
    expect(items.first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    section = _last_of_bot(desktop).get_by_role("button", name="Poems", exact=True)
    expect(section).to_be_visible(timeout=POEM_TIME)
    section.press("Enter")
    expect(_last_of_bot(desktop)).to_contain_text("/poem", timeout=POEM_TIME)


def test_in_a_group_people_take_turns_and_the_bot_answers_only_its_commands(
    desktop: Page,
) -> None:
    desktop.goto("/#10001/-20001")
    expect(desktop.get_by_test_id("chat-name")).to_have_text("诗友群")
    _ask(desktop, "大家好")
    desktop.get_by_test_id("identity").filter(has_text="Alice").click()
    expect(desktop.get_by_test_id("status")).to_contain_text("Alice")
    _ask(desktop, "/poem 月")
    answer = _last_of_bot(desktop)
    expect(answer.get_by_test_id("message-text")).to_contain_text(VERSES, timeout=POEM_TIME)
    senders = [row.get_attribute("data-sender") for row in desktop.get_by_test_id("message").all()]
    assert senders[:2] == ["10001", "10002"]
    assert len(senders) == 3


def test_markup_that_people_write_stays_text(phone: Page) -> None:
    _open_private_chat(phone, 10002)
    _ask(phone, "<img src=x onerror=alert(1)>")
    own = phone.locator("[data-testid=message][data-from=me]").last
    expect(own.get_by_test_id("message-text")).to_have_text("<img src=x onerror=alert(1)>")
    assert own.locator("img").count() == 0


def test_nothing_is_wider_than_a_phone(phone: Page) -> None:
    _open_private_chat(phone, 10001)
    expect(phone.get_by_test_id("message").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.get_by_test_id("back").tap()
    expect(phone.get_by_test_id("chat-item").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_blocked_bot_is_unblocked_by_one_tap(phone: Page) -> None:
    _open_private_chat(phone, 10002)
    phone.get_by_test_id("chat-menu-button").tap()
    phone.get_by_test_id("chat-menu").get_by_text("Block the bot").tap()
    expect(phone.get_by_test_id("unblock")).to_be_visible()
    phone.get_by_test_id("unblock").tap()
    expect(phone.get_by_test_id("composer-input")).to_be_visible()


def test_a_card_is_drawn_and_its_paper_changed_in_place(phone: Page) -> None:
    _open_private_chat(phone, 10003)
    _ask(phone, "/poem 五绝 山月")
    poem = _last_of_bot(phone)
    expect(poem).to_contain_text("山月", timeout=POEM_TIME)
    poem.get_by_test_id("inline-button").filter(has_text="🖼").tap()
    card = phone.get_by_test_id("photo")
    expect(card).to_be_visible(timeout=POEM_TIME)
    expect(card).to_have_js_property("naturalWidth", 1080)
    first = card.get_attribute("src")
    assert first is not None
    papers = _last_of_bot(phone).get_by_test_id("inline-button")
    papers.last.tap()
    expect(card).not_to_have_attribute("src", first, timeout=POEM_TIME)
    expect(card).to_have_count(1)
    card.tap()
    expect(phone.get_by_test_id("viewer")).to_be_visible()
    phone.keyboard.press("Escape")


def test_poems_are_offered_in_a_group_and_the_chosen_one_is_sent(desktop: Page) -> None:
    desktop.goto("/#10003/-20001")
    expect(desktop.get_by_test_id("chat-name")).to_have_text("诗友群")
    desktop.get_by_test_id("composer-input").fill("@poetry_playground_bot 秋月")
    results = desktop.get_by_test_id("inline-result")
    expect(results.first).to_be_visible(timeout=POEM_TIME)
    desktop.get_by_test_id("composer-input").press("ArrowDown")
    results.first.click()
    sent = desktop.locator("[data-testid=message][data-from=me]").last
    expect(sent.get_by_test_id("via")).to_contain_text("poetry_playground_bot")
    expect(sent.get_by_test_id("message-text")).to_contain_text(VERSES)


def test_the_bot_changes_its_language_by_buttons_alone(phone: Page) -> None:
    _open_private_chat(phone, 10002)
    _ask(phone, "/settings")
    settings = _last_of_bot(phone)
    expect(settings).to_contain_text("Language", timeout=POEM_TIME)
    settings.get_by_test_id("inline-button").filter(has_text="Language").tap()
    settings.get_by_test_id("inline-button").filter(has_text="繁體").tap()
    expect(settings).to_contain_text("語言", timeout=POEM_TIME)


def test_the_words_of_a_message_become_a_poem_for_its_group(desktop: Page) -> None:
    desktop.goto("/#10001/-1000000020002/2")
    _ask(desktop, "昨夜雨疏风骤")
    desktop.get_by_test_id("message").last.hover()
    desktop.get_by_test_id("reply").last.click()
    _ask(desktop, "/poem")
    expect(_last_of_bot(desktop)).to_contain_text(VERSES, timeout=POEM_TIME)
    desktop.get_by_test_id("topic").first.click()
    expect(desktop.locator("[data-from=bot]")).to_have_count(0)


def test_a_poem_is_asked_for_and_kept_by_keys_alone(desktop: Page) -> None:
    _open_private_chat(desktop, 10001)
    keys = desktop.keyboard
    expect(desktop.get_by_test_id("composer-input")).to_be_focused()
    keys.type("/poem 寒江")  # of which no poem stands here yet
    keys.press("Enter")
    poem = _last_of_bot(desktop)
    expect(poem).to_contain_text("寒江", timeout=POEM_TIME)
    expect(poem.get_by_test_id("message-text")).to_contain_text(VERSES, timeout=POEM_TIME)
    heart = poem.get_by_test_id("inline-button").first
    before = heart.inner_text()
    for key in ("ArrowUp", "Enter", "Enter"):
        keys.press(key)
    expect(heart).not_to_have_text(before, timeout=POEM_TIME)
    expect(heart).to_be_focused()
    keys.press("Escape")
    expect(desktop.get_by_test_id("composer-input")).to_be_focused()
