"""What else the page can do, with the test in the bot's place."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.bot.playground.conftest import FORUM, GROUP, PNG, XIAOYUE
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

NARROW = 360


def _inline_keyboard(*rows: list[str]) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": t, "callback_data": t} for t in row] for row in rows]}


def _field(page: Page) -> Locator:
    return page.get_by_test_id("composer-input")


def _open(page: Page, name: str) -> None:
    page.get_by_test_id("chat-item").filter(has_text=name).click()
    expect(page.get_by_test_id("chat-name")).to_have_text(name)


def _photos(stage: Stage, number: int) -> list[Any]:
    files = {f"p{n}": PNG for n in range(number)}
    media = [{"type": "photo", "media": f"attach://p{n}", "caption": f"{n}"} for n in range(number)]
    return list(stage.bot("sendMediaGroup", files, chat_id=XIAOYUE, media=json.dumps(media)))


# Pictures, places, marks


def test_pictures_sent_together_are_one_album_to_walk_through(page: Page, stage: Stage) -> None:
    _photos(stage, 4)
    album = page.get_by_test_id("album")
    expect(album.get_by_test_id("photo")).to_have_count(4)
    expect(page.get_by_test_id("message")).to_have_count(2)
    album.get_by_test_id("photo").first.click()
    shown = page.get_by_test_id("viewer").locator("img")
    expect(shown).to_have_attribute("alt", "0")
    page.keyboard.press("ArrowRight")
    expect(shown).to_have_attribute("alt", "1")


def test_a_picture_changes_in_place_with_its_words_and_buttons(page: Page, stage: Stage) -> None:
    first = stage.bot("sendPhoto", {"photo": PNG}, chat_id=XIAOYUE, caption="素笺")
    other = stage.bot("sendPhoto", {"photo": PNG}, chat_id=GROUP)
    stage.bot(
        "editMessageMedia",
        chat_id=XIAOYUE,
        message_id=first["message_id"],
        media={"type": "photo", "media": other["photo"][0]["file_id"], "caption": "月白"},
        reply_markup=_inline_keyboard(["换纸"]),
    )
    expect(page.get_by_test_id("message-text").last).to_have_text("月白")
    expect(page.get_by_test_id("inline-button")).to_have_text("换纸")
    expect(page.get_by_test_id("message")).to_have_count(2)


def test_a_place_is_asked_for_and_chosen_among_cities(page: Page, stage: Stage) -> None:
    markup = {"keyboard": [[{"text": "📍 在哪里", "request_location": True}]]}
    stage.bot("sendMessage", chat_id=XIAOYUE, text="?", reply_markup=markup)
    page.get_by_test_id("reply-key").click()
    page.get_by_test_id("city").filter(has_text="香港").click()
    place = stage.update("message")["location"]
    assert (round(place["latitude"]), round(place["longitude"])) == (22, 114)
    expect(page.get_by_test_id("location")).to_contain_text("22.3193° N")


def test_figures_name_any_place(page: Page, stage: Stage) -> None:
    page.get_by_test_id("attach").click()
    page.get_by_test_id("attach-menu").get_by_text("位置").click()
    page.get_by_test_id("latitude").fill("-31.5")
    page.get_by_test_id("longitude").fill("159.1")
    page.keyboard.press("Enter")
    assert stage.update("message")["location"] == {"latitude": -31.5, "longitude": 159.1}


def test_pins_and_reactions_are_seen(page: Page, stage: Stage) -> None:
    sent = stage.bot("sendMessage", chat_id=XIAOYUE, text="今日一诗")
    where = {"chat_id": XIAOYUE, "message_id": sent["message_id"]}
    stage.bot("pinChatMessage", **where)
    expect(page.get_by_test_id("pinned")).to_contain_text("今日一诗")
    expect(page.get_by_test_id("service")).to_contain_text("置顶")
    stage.bot("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "🎉"}])
    expect(page.get_by_test_id("reactions")).to_have_text("🎉")


# Replies, keyboards, menus


def test_a_reply_that_is_asked_for_opens_the_field_as_a_reply(page: Page, stage: Stage) -> None:
    markup = {"force_reply": True, "input_field_placeholder": "写一个题目"}
    stage.bot("sendMessage", chat_id=XIAOYUE, text="题目？", reply_markup=markup)
    expect(page.get_by_test_id("reply-bar")).to_contain_text("题目？")
    expect(_field(page)).to_have_attribute("placeholder", "写一个题目")
    _field(page).fill("月")
    page.keyboard.press("Enter")
    assert stage.update("message")["reply_to_message"]["text"] == "题目？"
    expect(page.get_by_test_id("reply-bar")).to_be_hidden()
    expect(_field(page)).to_have_attribute("placeholder", "说点什么…")


def test_ones_own_message_is_edited_and_any_is_deleted_by_its_menu(
    page: Page, stage: Stage
) -> None:
    page.get_by_test_id("message-text").click(button="right", position={"x": 8, "y": 8})
    page.get_by_test_id("message-menu").get_by_text("编辑").click()
    _field(page).fill("/help")
    page.keyboard.press("Enter")
    assert stage.update("edited_message")["text"] == "/help"
    expect(page.get_by_test_id("edited")).to_be_visible()
    page.get_by_test_id("message-text").click(button="right", position={"x": 8, "y": 8})
    page.get_by_test_id("message-menu").get_by_text("删除").click()
    expect(page.get_by_test_id("message")).to_have_count(0)
    expect(page.get_by_test_id("empty")).to_be_visible()


def test_a_text_is_copied_by_its_button(page: Page, stage: Stage) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = {"text": "抄录", "copy_text": {"text": "床前明月光"}}
    stage.bot(
        "sendMessage", chat_id=XIAOYUE, text="诗", reply_markup={"inline_keyboard": [[button]]}
    )
    page.get_by_test_id("inline-button").click()
    expect(page.get_by_test_id("toast")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == "床前明月光"


# Inline mode


def _asked(page: Page, stage: Stage, text: str) -> str:
    _field(page).fill(f"@poetry_playground_bot {text}")
    query = stage.update("inline_query")
    assert query["query"] == text
    return str(query["id"])


def _articles(*titles: str) -> list[dict[str, object]]:
    return [
        {"type": "article", "id": t, "title": t, "input_message_content": {"message_text": t}}
        for t in titles
    ]


def test_cards_are_offered_as_a_wall_of_pictures_and_chosen_by_arrows(
    page: Page, stage: Stage
) -> None:
    files = [
        stage.bot("sendPhoto", {"photo": PNG}, chat_id=XIAOYUE)["photo"][-1]["file_id"]
        for _ in range(2)
    ]
    query = _asked(page, stage, "月")
    results = [
        {"type": "photo", "id": str(n), "photo_file_id": file, "title": f"诗笺{n}", "caption": "月"}
        for n, file in enumerate(files)
    ]
    stage.bot("answerInlineQuery", inline_query_id=query, results=results)
    expect(page.get_by_test_id("inline-result").locator("img")).to_have_count(2)
    _field(page).press("ArrowDown")
    _field(page).press("ArrowDown")
    expect(page.get_by_test_id("inline-result").last).to_have_attribute("aria-selected", "true")
    _field(page).press("Enter")
    expect(page.get_by_test_id("via")).to_contain_text("@poetry_playground_bot")
    assert stage.update("chosen_inline_result")["result_id"] == "1"
    expect(_field(page)).to_have_value("")


def test_more_results_come_when_the_end_is_near(page: Page, stage: Stage) -> None:
    query = _asked(page, stage, "月")
    stage.bot(
        "answerInlineQuery", inline_query_id=query, results=_articles("五绝"), next_offset="1"
    )
    expect(page.get_by_test_id("inline-result")).to_have_count(1)
    _field(page).press("ArrowDown")
    more = stage.update("inline_query")
    assert more["offset"] == "1"
    stage.bot("answerInlineQuery", inline_query_id=more["id"], results=_articles("七绝"))
    expect(page.get_by_test_id("inline-result")).to_have_count(2)


def test_the_button_above_the_results_opens_the_bot(page: Page, stage: Stage) -> None:
    _open(page, "诗友群")
    query = _asked(page, stage, "月")
    button = {"text": "去写一首", "start_parameter": "inline"}
    stage.bot("answerInlineQuery", inline_query_id=query, results=[], button=button)
    page.get_by_test_id("inline-start").click()
    expect(page.get_by_test_id("message-text").last).to_have_text("/start inline")
    expect(page.get_by_test_id("chat-name")).to_have_text("吟诗 Poetry Bot")


def test_a_share_button_asks_for_a_chat_and_queries_there(page: Page, stage: Stage) -> None:
    button = {"text": "分享", "switch_inline_query": "poem 7"}
    stage.bot(
        "sendMessage", chat_id=XIAOYUE, text="诗", reply_markup={"inline_keyboard": [[button]]}
    )
    page.get_by_test_id("inline-button").click()
    page.get_by_test_id("picker").get_by_text("诗友群").click()
    assert stage.update("inline_query")["query"] == "poem 7"
    expect(_field(page)).to_have_value("@poetry_playground_bot poem 7")


def test_the_bot_is_offered_after_an_at_sign(page: Page) -> None:
    _field(page).press_sequentially("@poe")
    expect(page.get_by_test_id("name-item")).to_have_count(1)
    _field(page).press("Tab")
    expect(_field(page)).to_have_value("@poetry_playground_bot ")


# Groups, topics, several people


def test_two_people_see_the_same_group_side_by_side(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(base_url=stage.url, viewport={"width": 1500, "height": 800})
    wide = context.new_page()
    wide.goto(f"/#{XIAOYUE}/{GROUP}")
    wide.get_by_test_id("split").click()
    second = wide.frame_locator("[data-testid=second]")
    expect(second.get_by_test_id("status")).to_contain_text("阿明")
    _field(wide).fill("大家好")
    _field(wide).press("Enter")
    theirs = second.locator("[data-testid=message][data-from=other]")
    expect(theirs).to_contain_text("大家好")
    second.get_by_test_id("me").click()
    second.get_by_test_id("me-menu").get_by_text("Alice").click()
    expect(second.get_by_test_id("status")).to_contain_text("You are Alice")
    wide.reload()
    expect(second.get_by_test_id("status")).to_contain_text("You are Alice")
    wide.get_by_test_id("split").click()
    expect(wide.get_by_test_id("second")).to_be_hidden()
    context.close()


def test_the_end_stays_in_sight_when_a_second_pane_takes_room(
    browser: Browser, stage: Stage
) -> None:
    for number in range(24):
        stage.bot(
            "sendMessage", chat_id=XIAOYUE, text=f"{number} " + "江流天地外，山色有无中。" * 8
        )
    context = browser.new_context(base_url=stage.url, viewport={"width": 1440, "height": 800})
    wide = context.new_page()
    wide.goto(f"/#{XIAOYUE}/{XIAOYUE}")
    last = wide.get_by_test_id("message").last
    for shown in (True, False):
        expect(last).to_be_in_viewport(ratio=1)
        wide.get_by_test_id("split").click()
        expect(wide.get_by_test_id("second")).to_be_visible(visible=shown)
    expect(last).to_be_in_viewport(ratio=1)
    wide.locator("#scroll").evaluate("stream => { stream.scrollTop = 200; }")
    expect(wide.locator("#to-end")).to_be_visible()
    wide.get_by_test_id("split").click()
    expect(wide.locator("#to-end")).to_be_visible()
    context.close()


def test_typing_in_a_topic_shows_in_that_topic_alone(page: Page, stage: Stage) -> None:
    page.goto(f"/#{XIAOYUE}/{FORUM}/2")
    expect(page.get_by_test_id("topic").nth(1)).to_have_attribute("aria-selected", "true")
    stage.bot("sendChatAction", chat_id=FORUM, message_thread_id=3, action="typing")
    stage.bot("sendMessage", chat_id=FORUM, message_thread_id=3, text="闲话")
    stage.bot("sendMessage", chat_id=FORUM, message_thread_id=2, text="诗话")
    expect(page.get_by_test_id("message-text")).to_have_text("诗话")
    expect(page.get_by_test_id("topic").nth(2).locator("b")).to_have_text("1")
    stage.bot("sendChatAction", chat_id=FORUM, message_thread_id=2, action="upload_photo")
    expect(page.get_by_test_id("status")).to_contain_text("正在发送图片…")
    page.get_by_test_id("topic").nth(1).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("message-text")).to_have_text("闲话")
    expect(page.get_by_test_id("topic").locator("b")).to_have_count(0)


def test_a_link_adds_the_bot_to_a_group_and_starts_it_there(page: Page, stage: Stage) -> None:
    stage.control(f"chats/{GROUP}/bot", user_id=XIAOYUE, status="kicked")
    link = "https://t.me/poetry_playground_bot?startgroup=hello"
    button = {"text": "请进群", "url": link}
    stage.bot(
        "sendMessage", chat_id=XIAOYUE, text="诗", reply_markup={"inline_keyboard": [[button]]}
    )
    page.get_by_test_id("inline-button").click()
    page.get_by_test_id("picker").get_by_text("诗友群").click()
    expect(page.get_by_test_id("service").last).to_contain_text("邀请")
    expect(page.get_by_test_id("message-text").last).to_have_text(
        "/start@poetry_playground_bot hello"
    )


def test_the_owner_writes_as_the_group_and_promotes_a_member(page: Page, stage: Stage) -> None:
    _open(page, "诗友群")
    page.get_by_test_id("chat-menu-button").click()
    page.get_by_test_id("chat-menu").get_by_text("以群的身份发言").click()
    _field(page).fill("/poem 月")
    page.keyboard.press("Enter")
    assert stage.update("message")["sender_chat"]["id"] == GROUP
    page.get_by_test_id("chat-menu-button").click()
    page.get_by_test_id("chat-menu").get_by_text("成员").click()
    page.get_by_test_id("members").get_by_role("button", name="设为管理员").first.click()
    expect(page.get_by_test_id("members").get_by_text("管理员", exact=True)).to_be_visible()
    admins = stage.bot("getChatAdministrators", chat_id=GROUP)
    assert len(admins) == 2


def test_a_newcomer_is_asked_in_and_meets_the_bot(page: Page, stage: Stage) -> None:
    page.get_by_test_id("newcomer").click()
    page.get_by_test_id("newcomer-name").fill("Bo")
    page.get_by_test_id("newcomer-language").select_option("en")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("status")).to_contain_text("You are Bo")
    page.get_by_test_id("start").click()
    assert stage.update("message")["from"]["language_code"] == "en"


def test_the_calls_of_the_bot_are_listed_without_its_token(page: Page, stage: Stage) -> None:
    stage.bot("sendMessage", chat_id=XIAOYUE, text="月光")
    page.get_by_test_id("chat-menu-button").click()
    page.get_by_test_id("chat-menu").get_by_text("机器人的调用").click()
    calls = page.get_by_test_id("calls")
    calls.get_by_text("sendMessage").click()
    expect(calls).to_contain_text("月光")
    expect(calls).not_to_contain_text("test-token")


# By keyboard, for the ears, in the dark, on a narrow phone


def test_a_button_is_reached_and_pressed_by_keys_alone(page: Page, stage: Stage) -> None:
    stage.bot(
        "sendMessage",
        chat_id=XIAOYUE,
        text="诗",
        reply_markup=_inline_keyboard(["一", "二"], ["三"]),
    )
    expect(page.get_by_test_id("inline-button")).to_have_count(3)
    _field(page).press("ArrowUp")
    expect(page.get_by_test_id("message").last).to_be_focused()
    for key in ("Enter", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    query = stage.update("callback_query")
    assert query["data"] == "二"
    stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="好")
    edited = {"chat_id": XIAOYUE, "message_id": query["message"]["message_id"]}
    stage.bot("editMessageText", text="诗二", reply_markup=_inline_keyboard(["一", "二"]), **edited)
    expect(page.get_by_test_id("message-text").last).to_have_text("诗二")
    expect(page.get_by_test_id("inline-button").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(_field(page)).to_be_focused()


def test_tab_passes_over_all_messages_but_the_last(page: Page, stage: Stage) -> None:
    for text in ("一", "二", "三"):
        stage.bot("sendMessage", chat_id=XIAOYUE, text=text, reply_markup=_inline_keyboard([text]))
    expect(page.get_by_test_id("inline-button")).to_have_count(3)
    page.get_by_test_id("chat-menu-button").focus()
    for focused in (page.get_by_test_id("message").last, page.get_by_test_id("inline-button").last):
        page.keyboard.press("Tab")
        expect(focused).to_be_focused()


def test_people_and_chats_are_changed_by_alt_and_menus_walked_by_arrows(page: Page) -> None:
    page.keyboard.press("Alt+2")
    expect(page.get_by_test_id("status")).to_contain_text("Alice")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_test_id("chat-name")).to_have_text("诗友群")
    page.get_by_test_id("chat-menu-button").focus()
    page.keyboard.press("Enter")
    items = page.get_by_test_id("chat-menu").get_by_role("menuitem")
    expect(items.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("chat-menu-button")).to_be_focused()


def test_what_is_new_is_said_aloud(page: Page, stage: Stage) -> None:
    said = page.get_by_test_id("announce")
    sent = stage.bot("sendMessage", chat_id=XIAOYUE, text="月")
    expect(said).to_have_text("吟诗 Poetry Bot: 月")
    stage.bot("editMessageText", chat_id=XIAOYUE, message_id=sent["message_id"], text="日")
    expect(said).to_have_text("吟诗 Poetry Bot (已编辑): 日")


def test_the_dark_is_chosen_and_stays(page: Page) -> None:
    root = page.locator("html")
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    page.get_by_test_id("theme").click()
    expect(root).to_have_attribute("data-theme", "dark")
    assert page.evaluate(colour) != light
    page.reload()
    expect(root).to_have_attribute("data-theme", "dark")
    assert page.evaluate(colour) != light


def test_nothing_is_cut_or_scrolls_sideways_on_a_narrow_phone(
    browser: Browser, stage: Stage
) -> None:
    context = browser.new_context(
        base_url=stage.url,
        viewport={"width": NARROW, "height": 640},
        is_mobile=True,
        has_touch=True,
    )
    phone = context.new_page()
    rows = [
        ["❤️ 收藏", "🔄 再来一首", "🖼 诗笺"],
        ["繁體", "平仄", "拼音", "↗ 分享"],
        ["✍️ 同一起句", "体裁 ›"],
    ]
    poem = "<b>静夜思</b>\n<i>七绝 · 七阳韵</i>\n\n" + "朝辞白帝彩云间，千里江陵一日还。\n" * 2
    stage.bot(
        "sendMessage",
        chat_id=XIAOYUE,
        text=poem,
        parse_mode="HTML",
        reply_markup=_inline_keyboard(*rows),
    )
    keys = [[f"{n:02}:00", f"{n:02}:30"] for n in range(24)]
    stage.bot("sendMessage", chat_id=XIAOYUE, text="几点？", reply_markup={"keyboard": keys})
    _photos(stage, 3)
    phone.goto(f"/#{XIAOYUE}/{XIAOYUE}")
    expect(phone.get_by_test_id("reply-key")).to_have_count(48)
    assert phone.evaluate("document.documentElement.scrollWidth") == NARROW
    for panel in ("#scroll", "#keys"):
        assert phone.locator(panel).evaluate("e => e.scrollWidth <= e.clientWidth")
    cut = "keys => keys.filter(key => key.scrollWidth > key.clientWidth).map(key => key.innerText)"
    assert phone.locator(".key").evaluate_all(cut) == []
    assert phone.locator("#keys").evaluate("e => e.clientHeight < innerHeight / 2")
    # Each verse stands in one line.
    text = phone.get_by_test_id("message-text").nth(1)
    lines = text.evaluate(
        "e => Math.round(e.clientHeight / parseFloat(getComputedStyle(e).lineHeight))"
    )
    assert lines == 5
    context.close()


def test_telegrams_limits_are_switched_on_and_seen(page: Page, stage: Stage) -> None:
    page.get_by_test_id("chat-menu-button").click()
    page.get_by_test_id("chat-menu").get_by_text("限速").click()
    page.get_by_test_id("turn-limits").click()
    expect(page.get_by_test_id("turn-limits")).to_have_text(re.compile("关闭"))
    stage.bot("sendMessage", chat_id=XIAOYUE, text="一")
    with pytest.raises(AssertionError, match="Too Many Requests"):
        stage.bot("sendMessage", chat_id=XIAOYUE, text="二")
    page.get_by_test_id("turn-limits").click()
    expect(page.get_by_test_id("turn-limits")).to_have_text(re.compile("打开"))
