"""answerCallbackQuery and answerInlineQuery: each query once, and not too late."""

import re
from typing import Any

from bot.playground.arguments import Arguments
from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.formatted_text import utf16_length
from bot.playground.markup import inline_keyboard
from bot.playground.methods.sending import caption_content, file_content, text_content
from bot.playground.state import Json, Query, inline_key

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_MAX_RESULTS = 50
_MAX_ALERT = 200
_CACHED_FOR = 300  # seconds, unless the bot says otherwise
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_callback_query(call: Call) -> bool:
    """Ends the waiting of a pressed button, with a toast, an alert, a link or nothing."""
    query = _waiting(call, call.telegram.callback_queries, "callback_query_id")
    if utf16_length(call.arguments.text("text")) > _MAX_ALERT:
        raise bad_request("MESSAGE_TOO_LONG")
    url = call.arguments.text("url")
    if url and not re.match(rf"(https?://)?t\.me/{call.telegram.bot.username}\?start=", url, re.I):
        raise bad_request("URL_INVALID")
    query.answer = {
        "text": call.arguments.text("text"),
        "show_alert": call.arguments.boolean("show_alert"),
        "url": url,
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
        "button": _button(call.arguments.parsed("button", "inline query results button")),
    }
    _remember(call, query)
    call.telegram.tell(
        "inline_answer", query_id=query.id, user_id=query.user.id, answer=query.answer
    )
    return True


def _button(given: Any) -> Json | None:
    """The button above the results, which leads to the bot's private chat."""
    if given is None:
        return None
    if not isinstance(given, dict) or not str(given.get("text", "")).strip():
        raise bad_request("can't parse InlineQueryResultsButton: Can't find field \"text\"")
    if "web_app" not in given and not _START.fullmatch(str(given.get("start_parameter", ""))):
        raise bad_request("START_PARAM_INVALID")
    return given


def _remember(call: Call, query: Query) -> None:
    """Telegram gives the same answer again, to all or to this person, for a while."""
    personal = call.arguments.boolean("is_personal")
    seconds = call.arguments.integer("cache_time", _CACHED_FOR)
    call.telegram.inline_cache[inline_key(query, personal=personal)] = (
        call.now + seconds,
        query.answer or {},
    )


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
    if result["type"] == "article" and not str(result.get("title", "")).strip():
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
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
    if result["type"] in ("photo", "document"):
        return caption_content(Arguments(result))
    if result["type"] == "article":
        raise bad_request("message text is empty")
    raise bad_request(f"the playground knows no inline result of type {result['type']}")


def _as_text_call(content: Any) -> Json:
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("message text is empty")
    return content | {"text": content["message_text"]}


def _with_file(call: Call, result: Json) -> Json:
    """The file of a cached picture or document joins the content of the message."""
    kind = result["type"]
    if kind not in ("photo", "document"):
        return result
    if f"{kind}_url" in result:
        raise bad_request("WEBPAGE_CURL_FAILED")  # nothing outside is reached from here
    stored = call.telegram.files.by_id(str(result.get(f"{kind}_file_id", "")))
    if stored is None or stored.kind != kind:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if "text" in result["sent"]:
        return result
    return result | {"sent": file_content(stored) | result["sent"]}
