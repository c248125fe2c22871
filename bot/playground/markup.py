"""reply_markup: the four kinds, each checked as Telegram checks it.

Knows the shapes of keyboards; not who sees them.
"""

import re
from typing import Any

from bot.playground.arguments import Arguments
from bot.playground.errors import bad_request

Markup = dict[str, Any]

_ACTIONS = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
]
_MAX_BUTTONS = 100
_PRIVATE_ONLY = {"request_location": "location", "request_contact": "phone number"}
_URL = re.compile(r"(https?://|tg://|t\.me/)\S+|[\w-]+(\.[\w-]+)+\S*")


def reply_markup(arguments: Arguments, *, private: bool = True) -> Markup | None:
    """The checked markup of a call; None when there is none. `private`: the kind of chat."""
    given = arguments.parsed("reply_markup", "reply keyboard markup")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        return inline_keyboard(given)
    if "keyboard" in given:
        return _reply_keyboard(given, private=private)
    if given.get("remove_keyboard") or given.get("force_reply") or not given:
        return given or None
    raise bad_request("can't parse reply keyboard markup: unknown reply markup")


def inline_markup(arguments: Arguments) -> Markup | None:
    """The markup of an edited message, which can only be an inline keyboard."""
    markup = reply_markup(arguments)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup if markup and markup["inline_keyboard"] else None


def inline_keyboard(given: Any) -> Markup:
    """An inline keyboard, checked; empty rows are left out."""
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    rows = [[_inline_button(each) for each in row] for row in _rows(given.get("inline_keyboard"))]
    if sum(map(len, rows)) > _MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": [row for row in rows if row]}


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'can\'t parse reply keyboard markup JSON object: Field "inline_keyboard" '
            "must be an Array of Arrays"
        )
    return rows


def _inline_button(button: Any) -> Markup:
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = [name for name in _ACTIONS if button.get(name) is not None]
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action must be used")
    _check_action(button)
    return button


def _check_action(button: Markup) -> None:
    data = button.get("callback_data")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= 64):
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not (isinstance(url, str) and _URL.fullmatch(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    copied = button.get("copy_text")
    text = copied.get("text", "") if isinstance(copied, dict) else ""
    if copied is not None and not 1 <= len(str(text)) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _reply_keyboard(given: Markup, *, private: bool) -> Markup:
    rows = given["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "keyboard" must be an Array of Arrays')
    keyboard = [[_reply_button(button) for button in row] for row in rows]
    for button in (button for row in keyboard for button in row if not private):
        for what, words in _PRIVATE_ONLY.items():
            if button.get(what):
                raise bad_request(f"{words} can be requested in private chats only")
    if len(str(given.get("input_field_placeholder", ""))) > 64:
        raise bad_request("input field placeholder is too long")
    return given | {"keyboard": keyboard}


def _reply_button(button: Any) -> Markup:
    shaped = {"text": button} if isinstance(button, str) else button
    if not isinstance(shaped, dict) or not isinstance(shaped.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not shaped["text"].strip():
        raise bad_request("reply keyboard button text must be non-empty")
    return shaped
