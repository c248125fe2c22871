"""What is sent without being text: captions and places."""

import pytest

from poetry_model import COUPLETS
from tests.fakes.chatting import BotAtWork

PHOTO = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]}


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("/help", "用法"),
        ("帮助", "用法"),
        ("/subscribe 21:30", "好，每天 21:30"),
    ],
)
async def test_a_caption_that_is_a_command_is_obeyed(
    chat: BotAtWork, caption: str, said: str
) -> None:
    (answer,) = await chat.sends(PHOTO | {"caption": caption})
    assert answer["text"].startswith(said)


async def test_a_caption_that_asks_for_verse_gets_that_verse(chat: BotAtWork) -> None:
    for caption in ("/acrostic 春夏秋冬", "续写 床前明月光", "/couplet 月", "月"):
        await chat.sends(PHOTO | {"caption": caption})
    heads, line, couplet, theme = chat.poet.asked
    assert heads.heads == "春夏秋冬"
    assert line.first_line == "床前明月光"
    assert (couplet.theme, couplet.form in COUPLETS) == ("月", True)
    assert (theme.form, theme.theme) == (None, "月")


@pytest.mark.parametrize(
    ("title", "theme"), [("黄鹤楼", "黄鹤楼"), ("Starbucks", None), ("", None)]
)
async def test_a_place_is_sent_for_its_name(chat: BotAtWork, title: str, theme: str | None) -> None:
    where = {"latitude": 30.5, "longitude": 114.3}
    venue = {"location": where, "title": title, "address": "武昌"}
    (answer,) = await chat.sends({"venue": venue, "location": where})
    assert [ask.theme for ask in chat.poet.asked] == ([theme] if theme else [])
    assert answer["text"].startswith(theme or "好地方！")
