"""answerCallbackQuery and answerInlineQuery: each query once, and not too late."""

from typing import Any

from bot.playground.arguments import Arguments
from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.formatted_text import utf16_length
from bot.playground.markup import inline_keyboard
from bot.playground.methods.sending import caption_content, text_content
from bot.playground.state import Json, Query

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_MAX_RESULTS = 50
_MAX_ALERT = 200


def answer_callback_query(call: Call) -> bool:
    """Ends the waiting of a pressed button, with a toast, an alert, a link or nothing."""
    query = _waiting(call, call.telegram.callback_queries, "callback_query_id")
    if utf16_length(call.arguments.text("text")) > _MAX_ALERT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = {
        "text": call.arguments.text("text"),
        "show_alert": call.arguments.boolean("show_alert"),
        "url": call.arguments.text("url"),
    }
    call.telegram.tell(
        "callback_answer", query_id=query.id, user_id=query.user.id, answer=query.answer
    )
    return True


def answer_inline_query(call: Call) -> bool:
    """Offers up to 50 results for what a user typed after the bot's name."""
    query = _waiting(call, call.telegram.inline_queries, "inline_query_id")
    results = call.arguments.objects("results", "inline query results") or []
    if len(results) > _MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    checked = [_result(result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(call.arguments.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    query.answer = {
        "results": [_with_file(call, result) for result in checked],
        "next_offset": call.arguments.text("next_offset"),
        "button": call.arguments.parsed("button", "inline query results button"),
    }
    call.telegram.tell(
        "inline_answer", query_id=query.id, user_id=query.user.id, answer=query.answer
    )
    return True


def _waiting(call: Call, queries: dict[str, Query], name: str) -> Query:
    query = queries.get(call.arguments.text(name))
    late = query is None or call.now - query.date > call.telegram.query_lifetime
    if query is None or late or query.answer is not None:
        raise bad_request(_TOO_OLD)
    return query


def _result(given: Json) -> Json:
    result = given | {"id": str(given.get("id", ""))}
    if not isinstance(result.get("type"), str):
        raise bad_request("can't parse inline query result: Can't find field \"type\"")
    if not 1 <= len(result["id"].encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if "reply_markup" in result:
        result = result | {"reply_markup": inline_keyboard(result["reply_markup"])}
    return result | {"sent": _sent(result)}


def _sent(result: Json) -> Json:
    """The content of the message that choosing this result sends."""
    content = result.get("input_message_content")
    if content is not None:
        return text_content(Arguments(_as_text_call(content)))
    if result["type"] == "photo":
        return caption_content(Arguments(result))
    if result["type"] == "article":
        raise bad_request("message text is empty")
    raise bad_request(f"the playground knows no inline result of type {result['type']}")


def _as_text_call(content: Any) -> Json:
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("message text is empty")
    return content | {"text": content["message_text"]}


def _with_file(call: Call, result: Json) -> Json:
    """A cached photo's file joins the content of the message."""
    if result["type"] != "photo" or "text" in result["sent"]:
        return result
    stored = call.telegram.files.by_id(str(result.get("photo_file_id", "")))
    if stored is None:
        if "photo_url" not in result:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return result
    width, height = stored.size or (0, 0)
    photo = [stored.json() | {"width": width, "height": height}]
    return result | {"sent": {"photo": photo} | result["sent"]}
