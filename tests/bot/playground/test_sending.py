"""sendMessage, sendPhoto, sendDocument, sendMediaGroup, sendChatAction and their limits."""

import json
import logging

import httpx
import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden

from bot.playground import Playground
from bot.playground.call import Call
from bot.playground.methods import METHODS
from tests.bot.playground.conftest import ALICE, FORUM, GROUP, PNG, TOKEN, XIAOYUE, Api


async def test_a_message_comes_back_with_its_entities_and_buttons(bot: Bot) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("❤️", callback_data="keep:1")]])
    sent = await bot.send_message(XIAOYUE, "<b>月</b> /help", "HTML", reply_markup=keyboard)
    assert sent.text == "月 /help"
    assert [entity.type for entity in sent.entities] == ["bold", "bot_command"]
    assert sent.reply_markup == keyboard
    assert sent.from_user is not None
    assert sent.from_user.id == bot.id == 123456


@pytest.mark.parametrize("text", ["月" * 4096, "<b>" + "月" * 4096 + "</b>", "🌙" * 2048])
async def test_4096_utf16_units_after_parsing_fit(bot: Bot, text: str) -> None:
    assert await bot.send_message(XIAOYUE, text, "HTML")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "message text is empty"),
        ("  \n ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("月" * 4097, "message is too long"),
        ("🌙" * 2049, "message is too long"),
        ("<p>月</p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
    ],
)
async def test_bad_text_is_refused(api: Api, text: str, words: str) -> None:
    refused = await api.refusal("sendMessage", chat_id=XIAOYUE, text=text, parse_mode="HTML")
    assert refused == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("chat_id", "words"),
    [
        (None, "Bad Request: chat_id is empty"),
        ("", "Bad Request: chat_id is empty"),
        (777, "Bad Request: chat not found"),
        ("@nobody", "Bad Request: chat not found"),
        (ALICE, "Forbidden: bot can't initiate conversation with a user"),
    ],
)
async def test_a_chat_must_be_open_to_the_bot(api: Api, chat_id: object, words: str) -> None:
    assert await api.refusal("sendMessage", chat_id=chat_id, text="月") == words


async def test_blocked_and_removed_bots_are_forbidden(bot: Bot, playground: Playground) -> None:
    people, now = playground.people, playground.clock()
    people.block(XIAOYUE, now=now)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(XIAOYUE, "月")
    people.set_bot_status(GROUP, XIAOYUE, "kicked", now=now)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(GROUP, "月")
    playground.telegram.users[ALICE].deactivated = True
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(ALICE, "月")


@pytest.mark.parametrize("size", [1, 64])
async def test_callback_data_of_1_to_64_bytes_is_taken(bot: Bot, size: int) -> None:
    button = InlineKeyboardButton("x", callback_data="d" * size)
    assert await bot.send_message(XIAOYUE, "月", reply_markup=InlineKeyboardMarkup([[button]]))


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": "月" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"callback_data": "x"},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"text": "x", "url": "javascript:alert(1)"},
            "inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_bad_buttons_are_refused(api: Api, button: dict[str, str], words: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    refused = await api.refusal("sendMessage", chat_id=XIAOYUE, text="月", reply_markup=markup)
    assert refused == f"Bad Request: {words}"


async def test_more_than_100_buttons_and_broken_markup_are_refused(api: Api) -> None:
    row = [{"text": "x", "callback_data": "x"}]
    many = {"inline_keyboard": [row] * 101}
    for markup in (many, "{", "[]", {"inline_keyboard": row}, {"something": True}):
        await api.refusal("sendMessage", chat_id=XIAOYUE, text="月", reply_markup=markup)


async def test_reply_keyboards_show_and_go(bot: Bot, playground: Playground) -> None:
    shown = playground.telegram.chats[XIAOYUE].keyboards
    await bot.send_message(XIAOYUE, "1", reply_markup=ReplyKeyboardMarkup([["春", "秋"]]))
    assert shown[XIAOYUE]["keyboard"] == [[{"text": "春"}, {"text": "秋"}]]
    await bot.send_message(XIAOYUE, "2", reply_markup=ReplyKeyboardRemove())
    assert shown == {}
    asked = await bot.send_message(
        XIAOYUE, "3", reply_markup=ForceReply(input_field_placeholder="题")
    )
    about = {"force_reply": True, "input_field_placeholder": "题", "message_id": asked.message_id}
    assert shown == {XIAOYUE: about}
    people, now = playground.people, playground.clock()
    people.write(XIAOYUE, XIAOYUE, "月", now=now, reply_to=asked.message_id)
    assert shown == {}
    with pytest.raises(BadRequest, match=r"(?i)message can't be edited"):
        await asked.edit_text("4")


async def test_a_reply_needs_its_message_unless_it_may_do_without(bot: Bot) -> None:
    first = await bot.send_message(XIAOYUE, "月")
    second = await bot.send_message(XIAOYUE, "日", reply_to_message_id=first.message_id)
    assert second.reply_to_message is not None
    assert second.reply_to_message.text == "月"
    with pytest.raises(BadRequest, match=r"(?i)message to be replied not found"):
        await bot.send_message(XIAOYUE, "x", reply_parameters=ReplyParameters(999))
    may = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(XIAOYUE, "x", reply_parameters=may)).reply_to_message is None


async def test_topics_exist_only_where_they_exist(bot: Bot) -> None:
    sent = await bot.send_message(FORUM, "月", message_thread_id=2)
    assert (sent.message_thread_id, sent.is_topic_message) == (2, True)
    for chat in (FORUM, GROUP):
        with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
            await bot.send_message(chat, "月", message_thread_id=99)


async def test_a_picture_is_kept_resent_by_id_and_downloaded(bot: Bot) -> None:
    sent = await bot.send_photo(XIAOYUE, PNG, caption="<i>月</i>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (1, 1)
    assert sent.caption == "月"
    again = await bot.send_photo(XIAOYUE, sent.photo[-1].file_id)
    assert again.photo[-1].file_id == sent.photo[-1].file_id
    file = await bot.get_file(sent.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == PNG


async def test_a_document_keeps_name_type_and_bytes(bot: Bot) -> None:
    sent = await bot.send_document(XIAOYUE, "诗".encode(), filename="诗集.txt", caption="全部")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("诗集.txt", 3)
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == "诗".encode()


async def test_bad_files_are_refused(api: Api, bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(XIAOYUE, b"no picture")
    with pytest.raises(BadRequest, match=r"(?i)file must be non-empty"):
        await bot.send_document(XIAOYUE, b"")
    wide = PNG[:16] + (9000).to_bytes(4, "big") + (2000).to_bytes(4, "big") + PNG[24:]
    with pytest.raises(BadRequest, match=r"(?i)photo_invalid_dimensions"):
        await bot.send_photo(XIAOYUE, wide)
    unknown = "wrong file identifier/HTTP URL specified"
    assert await api.refusal("sendPhoto", chat_id=XIAOYUE, photo="x") == f"Bad Request: {unknown}"
    missing = "there is no photo in the request"
    assert await api.refusal("sendPhoto", chat_id=XIAOYUE) == f"Bad Request: {missing}"
    with pytest.raises(BadRequest, match=r"(?i)message caption is too long"):
        await bot.send_photo(XIAOYUE, PNG, caption="月" * 1025)


async def test_a_documents_id_is_no_photo(bot: Bot) -> None:
    sent = await bot.send_document(XIAOYUE, PNG, filename="a.png")
    assert sent.document is not None
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type Document as Photo"):
        await bot.send_photo(XIAOYUE, sent.document.file_id)


async def test_an_album_is_several_messages_of_one_group(bot: Bot) -> None:
    album = await bot.send_media_group(
        XIAOYUE, [InputMediaPhoto(PNG, caption="一"), InputMediaPhoto(PNG)]
    )
    assert len({message.media_group_id for message in album}) == 1
    assert [message.caption for message in album] == ["一", None]


async def test_typing_is_told_to_who_looks_and_odd_actions_are_refused(
    api: Api, bot: Bot, playground: Playground
) -> None:
    events: list[dict[str, object]] = []
    playground.telegram.listen(events.append)
    await bot.send_chat_action(XIAOYUE, "typing")
    seen = {"event": "chat_action", "chat_id": XIAOYUE, "thread_id": None, "action": "typing"}
    assert events == [seen]
    await bot.send_chat_action(FORUM, "upload_photo", message_thread_id=2)
    assert (events[1]["thread_id"], events[1]["action"]) == (2, "upload_photo")
    refused = await api.refusal("sendChatAction", chat_id=XIAOYUE, action="singing")
    assert refused == "Bad Request: wrong parameter action in request"


async def test_arguments_come_by_json_form_query_or_multipart(http: httpx.AsyncClient) -> None:
    path = f"/bot{TOKEN}/sendMessage"
    given = {"chat_id": str(XIAOYUE), "text": "月 & 日"}
    answers = [
        await http.post(path, json=given),
        await http.post(path, data=given),
        await http.get(path, params=given),
        await http.post(path, params=given),
        await http.post(path, data=given, files={"unused": b"x"}),
        await http.post(path.lower().replace(TOKEN.lower(), TOKEN), json=given),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["月 & 日"] * 6


async def test_half_characters_are_refused(http: httpx.AsyncClient) -> None:
    half = {"chat_id": XIAOYUE, "text": "月"}
    body = json.dumps(half).replace("\\u6708", "\\ud83c")
    headers = {"Content-Type": "application/json"}
    answer = await http.post(f"/bot{TOKEN}/sendMessage", content=body, headers=headers)
    assert answer.json()["description"] == "Bad Request: strings must be encoded in UTF-8"
    markup = json.dumps({"keyboard": [["月"]]}).replace("\\u6708", "\\ud83c")
    form = {"chat_id": str(XIAOYUE), "text": "x", "reply_markup": markup}
    answer = await http.post(f"/bot{TOKEN}/sendMessage", data=form)
    assert answer.json()["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_broken_json_and_numbers_are_refused(http: httpx.AsyncClient, api: Api) -> None:
    path = f"/bot{TOKEN}/sendMessage"
    for body in ("{", "[1]"):
        headers = {"Content-Type": "application/json"}
        answer = await http.post(path, content=body, headers=headers)
        assert answer.status_code == 400
    refused = await api.refusal("sendMessage", chat_id=XIAOYUE, text="x", message_thread_id="two")
    assert refused == 'Bad Request: parameter "message_thread_id" must be a valid Integer'


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        (f"/bot{TOKEN}/dance", 404, "Not Found"),
        ("/botnonsense/getMe", 404, "Not Found"),
        ("/bot123:short/getMe", 401, "Unauthorized"),
    ],
)
async def test_unknown_methods_and_tokens(
    http: httpx.AsyncClient, path: str, code: int, words: str
) -> None:
    answer = await http.get(path)
    assert answer.status_code == code
    assert answer.json() == {"ok": False, "error_code": code, "description": words}


async def test_only_the_named_token_opens_a_playground_that_has_one() -> None:
    async with (
        Playground(token=TOKEN) as strict,
        httpx.AsyncClient(base_url=strict.url) as client,
    ):
        assert (await client.get(f"/bot{TOKEN}/getMe")).status_code == 200
        assert (await client.get("/bot1:another-good-token/getMe")).status_code == 401


async def test_the_log_knows_the_calls_but_neither_token_nor_secret(
    api: Api, playground: Playground
) -> None:
    await api("setWebhook", url="http://127.0.0.1:9/x", secret_token="very-secret")
    await api("sendMessage", chat_id=XIAOYUE, text="月")
    logged = [request.json() for request in playground.requests.find()]
    assert [entry["method"] for entry in logged] == ["setWebhook", "sendMessage"]
    assert logged[1]["parameters"] == {"chat_id": XIAOYUE, "text": "月"}
    assert logged[1]["status"] == 200
    written = json.dumps(logged)
    assert "very-secret" not in written
    assert TOKEN.partition(":")[2] not in written


async def test_neither_a_fault_of_our_own_nor_an_odd_path_puts_the_token_into_the_log(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(_call: Call) -> None:
        raise RuntimeError("our own mistake")

    monkeypatch.setitem(METHODS, "getme", break_down)
    # The client of this test logs its own requests.
    monkeypatch.setattr(logging.getLogger("httpx"), "disabled", True)
    answers = [
        await http.get(f"/bot{TOKEN}/getMe"),
        await http.put(f"/bot{TOKEN}/getMe"),
        await http.get(f"/bot{TOKEN}/no/such/path"),
    ]
    assert [answer.status_code for answer in answers] == [500, 405, 404]
    assert answers[0].json()["description"] == "Internal Server Error"
    assert "our own mistake" in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text


async def test_keyboards_meant_for_some_show_to_them_alone(
    bot: Bot, playground: Playground
) -> None:
    shown = playground.telegram.chats[GROUP].keyboards
    await bot.send_message(
        GROUP, "@alice_demo ?", reply_markup=ReplyKeyboardMarkup([["春"]], selective=True)
    )
    assert set(shown) == {ALICE}
    asked = playground.people.write(GROUP, XIAOYUE, "/poem", now=playground.clock())
    answer = ReplyParameters(asked.message_id)
    await bot.send_message(
        GROUP, "题?", reply_markup=ForceReply(selective=True), reply_parameters=answer
    )
    assert set(shown) == {ALICE, XIAOYUE}


async def test_a_place_is_asked_for_in_private_chats_only(api: Api) -> None:
    markup = {"keyboard": [[{"text": "📍", "request_location": True}]]}
    assert (await api("sendMessage", chat_id=XIAOYUE, text="?", reply_markup=markup))["ok"]
    refused = await api.refusal("sendMessage", chat_id=GROUP, text="?", reply_markup=markup)
    assert refused == "Bad Request: location can be requested in private chats only"


async def test_places_are_sent_within_the_world(bot: Bot, api: Api) -> None:
    sent = await bot.send_location(XIAOYUE, 31.2, 121.5)
    assert sent.location is not None
    assert await api.refusal("sendLocation", chat_id=XIAOYUE, latitude=91, longitude=0)
    assert await api.refusal("sendLocation", chat_id=XIAOYUE)


async def test_messages_are_copied_and_forwarded(bot: Bot, api: Api) -> None:
    photo = await bot.send_photo(XIAOYUE, PNG, caption="一")
    copied = await bot.copy_message(GROUP, XIAOYUE, photo.message_id, caption="二")
    assert copied.message_id > 0
    text = await bot.send_message(XIAOYUE, "月")
    forwarded = await text.forward(GROUP)
    assert forwarded.text == "月"
    assert forwarded.forward_origin is not None
    refused = await api.refusal("copyMessage", chat_id=GROUP, from_chat_id=XIAOYUE, message_id=99)
    assert refused == "Bad Request: message to copy not found"


async def test_a_restricted_bot_may_not_write(bot: Bot, playground: Playground) -> None:
    playground.people.set_bot_status(GROUP, XIAOYUE, "restricted", now=playground.clock())
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send text messages"):
        await bot.send_message(GROUP, "月")
