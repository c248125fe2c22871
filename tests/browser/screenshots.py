"""The pictures of the README, of the real bot with the shipped weights: `make screenshots`.

Each scene is a short conversation; what the bot answers is what it answers. Look at them.
`python -m tests.browser.screenshots phone-poem inline` makes some of them.
"""

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.serving import ARGUMENTS, MISSING, find_chromium, serving

DOCS = Path(__file__).parents[2] / "docs"
XIAOYUE, ALICE, AMING, GROUP = 10001, 10002, 10003, -20001
_TALK = [
    (AMING, "今晚的月亮真圓"),
    (ALICE, "It really is! A poem, somebody?"),
    (XIAOYUE, "我来问问吟诗"),
    (AMING, "好啊，等你"),
    (XIAOYUE, "马上"),
]
_PATIENCE = 60_000  # milliseconds for a poem
_INLINE = 3_000  # milliseconds in which inline results are there
_SETTLED = 700  # milliseconds for pictures to be decoded and movements to end
_WALL = 4  # inline results that make a picture
_MOST = 200_000  # bytes of a picture


def _field(page: Page) -> Locator:
    return page.get_by_test_id("composer-input")


def _say(page: Page, text: str) -> Locator:
    """Writes, and waits for the bot's answer."""
    before = page.locator("[data-from=bot]").count()
    _field(page).fill(text)
    _field(page).press("Enter")
    expect(page.locator("[data-from=bot]")).not_to_have_count(before)
    return page.locator("[data-from=bot]").last


def _press(message: Locator, text: str) -> None:
    message.get_by_test_id("inline-button").filter(has_text=text).click()


# Scenes: each opens a page of its own, acts, and leaves it as it is to be seen.


def playground(page: Page) -> None:
    """Two people in one group, side by side."""
    page.goto(f"/#{XIAOYUE}/{GROUP}|{AMING}/{GROUP}")
    expect(page.get_by_test_id("chat-name")).to_have_text("诗友群")
    second = page.frame_locator("[data-testid=second]")
    expect(second.get_by_test_id("chat-name")).to_have_text("诗友群")
    _field(page).fill("昨夜下了一场雨，院子里都是桂花香")
    _field(page).press("Enter")
    theirs = second.get_by_test_id("composer-input")
    theirs.fill("寫一首吧！")
    theirs.press("Enter")
    _say(page, "/poem 七绝 秋夜雨")


def phone_poem(page: Page) -> None:
    """A poem, and its card."""
    page.goto(f"/#{XIAOYUE}/{XIAOYUE}")
    poem = _say(page, "/poem 五绝 山月")
    photos = page.get_by_test_id("photo")
    _press(poem, "诗笺")
    expect(photos).to_have_count(1)


def phone_dark(page: Page) -> None:
    """Tones under a poem, in the dark."""
    page.goto(f"/#{XIAOYUE}/{XIAOYUE}")
    poem = _say(page, "/poem 七绝 江上")
    _press(poem, "平仄")
    expect(poem).to_contain_text("仄")


def inline(page: Page) -> None:
    """Poems in any chat, before one of them is sent."""
    page.goto(f"/#{XIAOYUE}/{GROUP}")
    for user, text in _TALK:
        answer = page.request.post(
            "/playground/messages", data={"chat_id": GROUP, "user_id": user, "text": text}
        )
        assert answer.ok
    results = page.get_by_test_id("inline-result")
    for theme in ("中秋", "中秋月", "秋月", "月夜", "秋夜"):
        _field(page).fill(f"@poetry_playground_bot {theme}")
        page.wait_for_timeout(_INLINE)
        if results.count() >= _WALL:  # on a busy machine fewer are ready within a second
            return


def _others_say(page: Page, chat: int, user: int, text: str, answers: int = 0) -> None:
    """Somebody else writes; the page shows it."""
    before = page.get_by_test_id("message").count()
    said: dict[str, object] = {"chat_id": chat, "user_id": user, "text": text}
    if answers:
        said["reply_to"] = answers
    assert page.request.post("/playground/messages", data=said).ok
    expect(page.get_by_test_id("message")).not_to_have_count(before)


def _last_of_bot(page: Page, chat: int) -> int:
    """The number of the bot's last message in a chat."""
    told = page.request.get(f"/playground/chats/{chat}/messages").json()["messages"]
    return int([each["message_id"] for each in told if each["from"]["is_bot"]][-1])


def jielong(page: Page) -> None:
    """A poem that a group writes line by line, with a line of the bot's."""
    page.goto(f"/#{XIAOYUE}/{GROUP}")
    _say(page, "/jielong 五绝 登楼")
    lines = ((XIAOYUE, "落日千峰外"), (AMING, "江风一雁秋"))
    for count, (user, line) in enumerate(lines, 2):
        _others_say(page, GROUP, user, line, _last_of_bot(page, GROUP))
        expect(page.locator("[data-from=bot]")).to_have_count(count)
    game = page.locator("[data-from=bot]").last
    _press(game, "请 AI 接一句")
    expect(game).to_contain_text("第 4 句")


def daily(page: Page) -> None:
    """A daily poem, and what can be changed about it."""
    page.goto(f"/#{XIAOYUE}/{XIAOYUE}")
    _say(page, "/subscribe 早上八点 月 五绝 工作日")


def favourites(page: Page) -> None:
    """Poems that were kept, to be leafed through."""
    page.goto(f"/#{XIAOYUE}/{XIAOYUE}")
    for theme in ("五绝 山月", "七绝 江上", "浣溪沙 秋思", "对联 新年", "七律 秋夜", "五律 归乡"):
        _press(_say(page, f"/poem {theme}"), "收藏")
        expect(page.locator("[data-from=bot]").last).to_contain_text("已收藏")
    _say(page, "/favourites")


def settings(page: Page) -> None:
    """All settings in one message, in 繁體."""
    page.goto(f"/#{AMING}/{AMING}")
    _say(page, "/settings")


def help_(page: Page) -> None:
    """A section of the help, in English."""
    page.goto(f"/#{ALICE}/{ALICE}")
    _press(_say(page, "/help"), "Couplet")
    expect(page.locator("[data-from=bot]").last).to_contain_text("/couplet")


Scene = tuple[Callable[[Page], None], dict[str, object]]
_PHONE: dict[str, object] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 1.5,
    "is_mobile": True,
    "has_touch": True,
}
SCENES: dict[str, Scene] = {
    "playground": (playground, {"viewport": {"width": 1480, "height": 860}}),
    "phone-poem": (phone_poem, _PHONE),
    "phone-dark": (phone_dark, _PHONE | {"color_scheme": "dark"}),
    "inline": (inline, _PHONE),
    "jielong": (jielong, _PHONE),
    "daily": (daily, _PHONE),
    "favourites": (favourites, _PHONE | {"color_scheme": "dark"}),
    "settings": (settings, _PHONE),
    "help": (help_, _PHONE),
}


def take(browser: Browser, name: str, folder: Path) -> Path:
    """Plays one scene with a bot of its own and keeps the picture."""
    act, look = SCENES[name]
    with tempfile.TemporaryDirectory() as data, serving(Path(data)) as address:
        context = browser.new_context(base_url=address, **look)  # type: ignore[arg-type] # names of the call itself
        page = context.new_page()
        act(page)
        _settle(page)
        path = folder / f"{name}.png"
        path.write_bytes(_small(page.screenshot(caret="hide")))
        context.close()
    return path


def _settle(page: Page) -> None:
    """Nobody types, nothing is said over the page, and no button is under the mouse."""
    page.mouse.move(0, 0)
    expect(page.locator("#toast")).to_be_hidden()
    expect(page.locator(".head-text .busy")).to_have_count(0)
    for frame in page.frames:
        frame.evaluate("document.fonts.ready")
    page.wait_for_timeout(_SETTLED)


def _small(png: bytes) -> bytes:
    """The picture as it is, or in as many colours as let it be light enough for a README."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    packed = _packed(picture)
    for colours in (256, 192, 128, 96, 64):
        if len(packed) <= _MOST:
            break
        # Rare colours, a heart's red, begin; the common ones move them to where they are needed.
        packed = _packed(
            picture.quantize(
                colours,
                method=Image.Quantize.MAXCOVERAGE,
                kmeans=4,
                dither=Image.Dither.FLOYDSTEINBERG,
            )
        )
    return packed


def _packed(picture: Image.Image) -> bytes:
    packed = io.BytesIO()
    picture.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def main(names: list[str]) -> int:
    """Makes the named pictures, or all."""
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write(f"{MISSING}\n")
        return 1
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name in names or SCENES:
            path = take(browser, name, DOCS)
            sys.stdout.write(f"{path.name}: {path.stat().st_size // 1000} kB\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
