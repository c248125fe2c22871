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
_MOST = 250_000  # bytes of a picture


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
}


def take(browser: Browser, name: str, folder: Path) -> Path:
    """Plays one scene with a bot of its own and keeps the picture."""
    act, look = SCENES[name]
    with tempfile.TemporaryDirectory() as data, serving(Path(data)) as address:
        context = browser.new_context(base_url=address, **look)  # type: ignore[arg-type] # names of the call itself
        page = context.new_page()
        act(page)
        page.wait_for_timeout(_SETTLED)
        path = folder / f"{name}.png"
        path.write_bytes(_small(page.screenshot(caret="hide")))
        context.close()
    return path


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
