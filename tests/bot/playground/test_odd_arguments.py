"""Whatever a bot sends, it is answered or refused; the server never breaks."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground import Telegram
from bot.playground.arguments import Arguments
from bot.playground.call import Call
from bot.playground.entities import formatted
from bot.playground.errors import ApiError
from bot.playground.formatted_text import utf16_length
from bot.playground.methods import METHODS
from bot.playground.people import People, sample_world

NOW = 1_800_000_000.0
WORDS = ["10001", "1", "x", "HTML", "<b>", "default", "article", "photo", "t.me/x", "zh", "typing"]
KEYS = ["type", "id", "text", "url", "callback_data", "message_id", "media", "offset", "length"]
KEYS += ["chat_id", "command", "description", "input_message_content", "message_text", "keyboard"]
KEYS += ["photo_file_id", "reply_markup", "inline_keyboard", "copy_text", "entities", "caption"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(WORDS) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=8,
)
# What a method reads of JSON, so that the odd things land where they are looked at.
STRUCTURED = {
    "sendmessage": ["entities", "reply_markup", "reply_parameters", "parse_mode", "text"],
    "sendphoto": ["photo", "caption", "caption_entities", "reply_markup"],
    "sendmediagroup": ["media"],
    "editmessagemedia": ["media", "reply_markup"],
    "deletemessages": ["message_ids"],
    "answerinlinequery": ["results", "button", "next_offset"],
    "answercallbackquery": ["text", "show_alert", "url"],
    "setmycommands": ["commands", "scope", "language_code"],
    "setwebhook": ["url", "secret_token", "allowed_updates", "max_connections"],
    "setchatmenubutton": ["menu_button", "chat_id"],
    "getchatmember": ["chat_id", "user_id"],
}


def _objects(value: Any) -> list[Any]:
    return [value, [value], [value, value], [[value]]]


def _world() -> Telegram:
    telegram = Telegram()
    sample_world(telegram)
    people = People(telegram)
    people.write(10001, 10001, "/start", now=NOW)
    telegram.add_message(
        telegram.chats[10001],
        telegram.bot,
        {"text": "月"},
        date=int(NOW),
        reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]},
    )
    people.press(10001, 2, 10001, "x", now=NOW)
    people.type_inline(10001, "月", now=NOW)
    return telegram


@pytest.mark.parametrize("method", STRUCTURED)
@settings(max_examples=25, deadline=None)
@given(data=st.data(), odd=ANYTHING)
def test_odd_arguments_are_answered_or_refused(method: str, data: st.DataObject, odd: Any) -> None:
    name = data.draw(st.sampled_from(STRUCTURED[method]))
    value = data.draw(st.sampled_from(_objects(odd)))
    likely = {"chat_id": 10001, "message_id": 2, "text": "月", "user_id": 10001}
    queries = {"callback_query_id": "9000001", "inline_query_id": "9000002"}
    call = Call(_world(), Arguments(likely | queries | {name: value}), NOW)
    with suppress(ApiError):
        json.dumps(METHODS[method](call))


@given(source=st.text(alphabet=st.sampled_from('<>/b i="a&;lt月🌙 \n')))
def test_any_text_parses_to_entities_within_it_or_is_refused(source: str) -> None:
    try:
        parsed = formatted(source, "HTML")
    except ApiError:
        return
    for entity in parsed.entities:
        assert entity["length"] > 0
        assert 0 <= entity["offset"] <= utf16_length(parsed.text) - entity["length"]
