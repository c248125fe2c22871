"""The control endpoints and the page's files, as the page and the tests use them."""

import asyncio
import base64
import json
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import ChatMigrated, InvalidToken

from bot.playground import Playground
from tests.bot.playground.conftest import ALICE, FORUM, GROUP, PNG, TOKEN, XIAOYUE, eventually


async def _post(http: httpx.AsyncClient, path: str, **body: object) -> dict[str, Any]:
    answer = await http.post(f"/playground/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _get(http: httpx.AsyncClient, path: str) -> dict[str, Any]:
    answer = await http.get(f"/playground/{path}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _update(bot: Bot) -> Update:
    (update,) = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    return update


async def test_a_conversation_over_http_alone(bot: Bot, http: httpx.AsyncClient) -> None:
    await _post(http, "messages", chat_id=XIAOYUE, text="/poem 月")
    asked = await _update(bot)
    assert asked.message is not None
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("❤️", callback_data="keep:1")]])
    poem = await asked.message.reply_text("床前明月光", reply_markup=keyboard)
    chat = await _get(http, f"chats/{XIAOYUE}/messages?after={asked.message.message_id}")
    (shown,) = chat["messages"]
    assert shown["text"] == "床前明月光"
    pressed = await _post(
        http, "callbacks", chat_id=XIAOYUE, message_id=poem.message_id, button="❤️"
    )
    assert pressed["answer"] is None
    query = (await _update(bot)).callback_query
    assert query is not None
    await query.answer("已收藏")
    answered = await _get(http, f"callbacks/{pressed['query_id']}")
    assert answered["answer"] == {"text": "已收藏", "show_alert": False, "url": ""}


async def test_pictures_stickers_places_and_long_texts_can_be_sent(
    bot: Bot, http: httpx.AsyncClient
) -> None:
    png = base64.b64encode(PNG).decode()
    for kind in ("photo", "sticker", "document", "voice"):
        file = {"kind": kind, "name": "a.png", "base64": png}
        await _post(http, "messages", chat_id=XIAOYUE, caption="", file=file)
        message = (await _update(bot)).message
        assert message is not None
        assert message.effective_attachment
    place = {"latitude": 31.2, "longitude": 121.5}
    await _post(http, "messages", chat_id=XIAOYUE, location=place)
    message = (await _update(bot)).message
    assert message is not None
    assert message.location is not None
    assert message.location.latitude == 31.2
    await _post(http, "messages", chat_id=XIAOYUE, text="月" * 10_000)
    parts = [len(u.message.text or "") for u in await bot.get_updates() if u.message]
    assert parts == [4096, 4096, 1808]


async def test_topics_replies_and_edits_reach_the_bot(bot: Bot, http: httpx.AsyncClient) -> None:
    first = await bot.send_message(FORUM, "月", message_thread_id=2)
    sent = await _post(
        http,
        "messages",
        chat_id=FORUM,
        user_id=ALICE,
        text="moon",
        thread_id=2,
        reply_to=first.message_id,
    )
    message = (await _update(bot)).message
    assert message is not None
    assert message.message_thread_id == 2
    assert message.reply_to_message is not None
    number = sent["message"]["message_id"]
    edit = {"chat_id": FORUM, "message_id": number, "user_id": ALICE, "text": "/poem moon"}
    await _post(http, "messages/edit", **edit)
    edited = (await _update(bot)).edited_message
    assert edited is not None
    assert edited.text == "/poem moon"


async def test_inline_mode_over_http(bot: Bot, http: httpx.AsyncClient) -> None:
    asked = await _post(http, "inline_queries", user_id=ALICE, query="月")
    query = (await _update(bot)).inline_query
    assert query is not None
    content = {"message_text": "床前明月光"}
    article = {"type": "article", "id": "1", "title": "月", "input_message_content": content}
    answer = await http.post(
        f"/bot{TOKEN}/answerInlineQuery", json={"inline_query_id": query.id, "results": [article]}
    )
    assert answer.json()["ok"], answer.text
    shown = await _get(http, f"inline_queries/{asked['query_id']}")
    assert shown["answer"]["results"][0]["title"] == "月"
    chosen = {"query_id": query.id, "result_id": "1", "chat_id": GROUP}
    sent = await _post(http, "inline_results", **chosen)
    assert sent["message"]["text"] == "床前明月光"


async def test_a_blocked_bot_is_let_in_again_by_writing(bot: Bot, http: httpx.AsyncClient) -> None:
    await _post(http, f"users/{XIAOYUE}/block")
    blocked = (await _update(bot)).my_chat_member
    await _post(http, "messages", chat_id=XIAOYUE, text="/start")
    unblocked, message = await bot.get_updates()
    assert blocked is not None
    assert unblocked.my_chat_member is not None
    statuses = [c.new_chat_member.status for c in (blocked, unblocked.my_chat_member)]
    assert statuses == ["kicked", "member"]
    assert message.message is not None


async def test_a_group_that_moved_names_its_new_id(bot: Bot, http: httpx.AsyncClient) -> None:
    moved = await _post(http, f"chats/{GROUP}/migrate")
    new_id = moved["chat"]["id"]
    old, new = [update.message for update in await bot.get_updates()]
    assert old is not None
    assert new is not None
    assert (old.chat.id, old.migrate_to_chat_id) == (GROUP, new_id)
    assert (new.chat.id, new.migrate_from_chat_id) == (new_id, GROUP)
    with pytest.raises(ChatMigrated) as refused:
        await bot.send_message(GROUP, "月")
    assert refused.value.new_chat_id == new_id
    assert await bot.send_message(new_id, "月")


async def test_users_and_groups_can_be_added(bot: Bot, http: httpx.AsyncClient) -> None:
    await _post(http, "users", id=5, first_name="Bo", language_code="en")
    assert await bot.send_message(5, "月")
    await _post(
        http, "chats", id=-5, type="supergroup", title="G", members=[5], topics={"7": "Poems"}
    )
    assert (await bot.send_message(-5, "月", message_thread_id=7)).chat.is_forum
    await _post(http, "chats/-5/bot", user_id=5, status="kicked")
    await _post(http, "users/5/deactivate")
    state = await _get(http, "state")
    assert [chat["id"] for chat in state["chats"]][-2:] == [5, -5]


async def test_people_see_commands_in_their_language(bot: Bot, http: httpx.AsyncClient) -> None:
    await bot.set_my_commands([("poem", "写一首诗")], language_code="zh")
    await bot.set_my_commands([("poem", "write a poem")])
    for user, words in ((XIAOYUE, "写一首诗"), (ALICE, "write a poem")):
        found = await _get(http, f"chats/{GROUP}/commands?user_id={user}")
        assert found["commands"] == [{"command": "poem", "description": words}]


async def test_the_request_log_is_read_from_a_number_on_and_emptied(
    bot: Bot, http: httpx.AsyncClient
) -> None:
    await bot.send_message(XIAOYUE, "一")
    await bot.send_message(XIAOYUE, "二")
    (first, _) = (await _get(http, "requests?method=sendmessage"))["requests"]
    (last,) = (await _get(http, f"requests?since={first['number']}"))["requests"]
    assert last["parameters"]["text"] == "二"
    await http.delete("/playground/requests")
    assert (await _get(http, "requests"))["requests"] == []
    assert await _get(http, "updates") == {"pending": 0}


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("messages", {"chat_id": 1, "text": "x"}, "no user 1"),
        ("messages", {"chat_id": 1, "user_id": XIAOYUE, "text": "x"}, "no chat 1"),
        ("messages", {"chat_id": XIAOYUE, "user_id": ALICE, "text": "x"}, "is not in chat"),
        ("messages", {"chat_id": XIAOYUE, "text": " "}, "text is empty"),
        ("messages", {"chat_id": XIAOYUE}, "is needed"),
        ("messages", {"chat_id": XIAOYUE, "text": "x", "reply_to": 99}, "no message 99"),
        ("messages", {"chat_id": XIAOYUE, "text": "x", "thread_id": 99}, "no topic 99"),
        ("callbacks", {"chat_id": XIAOYUE, "message_id": 99, "button": "x"}, "no message 99"),
        ("inline_results", {"query_id": "1", "result_id": "1", "chat_id": 5}, "no such inline"),
        (f"chats/{FORUM}/migrate", {}, "only a group"),
        ("users/5/block", {}, "no user 5"),
        ("users", {"id": "five"}, "id must be a whole number"),
    ],
)
async def test_what_cannot_be_done_is_said(
    http: httpx.AsyncClient, path: str, body: dict[str, object], words: str
) -> None:
    answer = await http.post(f"/playground/{path}", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["error"]


async def test_other_origins_cannot_post_and_unknown_paths_are_404(
    http: httpx.AsyncClient,
) -> None:
    forged = await http.post("/playground/messages", content='{"chat_id": 1}')
    assert forged.status_code == 415
    assert (await http.get("/playground/nothing")).status_code == 404
    assert (await http.get("/playground/files/nothing")).status_code == 404
    assert (await http.get(f"/file/bot{TOKEN}/photos/nothing.png")).status_code == 404
    assert (await http.get("/file/bot1:x/photos/nothing.png")).status_code == 401


async def test_the_stream_tells_what_happens(bot: Bot, http: httpx.AsyncClient) -> None:
    async with http.stream("GET", "/playground/events") as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == ": welcome"
        await bot.send_message(XIAOYUE, "月")
        async with asyncio.timeout(5):
            data = await anext(line async for line in lines if line.startswith("data: "))
    event = json.loads(data.removeprefix("data: "))
    assert (event["event"], event["message"]["text"]) == ("message", "月")


async def test_a_page_that_left_is_no_longer_told(
    http: httpx.AsyncClient, playground: Playground
) -> None:
    listeners = playground.telegram._listeners
    async with http.stream("GET", "/playground/events") as stream:
        assert await anext(stream.aiter_lines()) == ": welcome"
        assert len(listeners) == 1
    await eventually(lambda: not listeners)


async def test_the_page_asks_nothing_of_other_hosts(http: httpx.AsyncClient) -> None:
    page = await http.get("/")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    for name in ("page.css", "app.js", "composer.js", "messages.js", "icon.svg"):
        part = await http.get(f"/{name}")
        assert part.status_code == 200
        assert "url(http" not in part.text
        assert "import(" not in part.text


async def test_the_page_is_shown_pictures_and_given_other_files_to_save(
    bot: Bot, http: httpx.AsyncClient
) -> None:
    photo = await bot.send_photo(XIAOYUE, PNG)
    file = await bot.send_document(XIAOYUE, b"<script>", filename="a.html")
    assert file.document is not None
    shown = await http.get(f"/playground/files/{photo.photo[-1].file_id}")
    assert (shown.headers["Content-Type"], shown.content) == ("image/png", PNG)
    saved = await http.get(f"/playground/files/{file.document.file_id}")
    assert saved.headers["Content-Type"] == "application/octet-stream"


async def test_a_revoked_token_is_refused_even_to_a_poll_under_way(
    bot: Bot, playground: Playground, http: httpx.AsyncClient
) -> None:
    waiting = asyncio.ensure_future(bot.get_updates(timeout=5))
    await eventually(lambda: playground.polling.is_waiting)
    await _post(http, "tokens/revoke", token=TOKEN)
    assert await waiting == ()
    with pytest.raises(InvalidToken):
        await bot.get_updates()
