"""The control endpoints: what the chat page and the tests ask of the playground.

Owns the JSON of /playground/* (listed in server.py). Each function does one thing and knows
no HTTP; server.py finds it by its route.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from bot.playground.errors import ImpossibleError
from bot.playground.faults import Fault
from bot.playground.limits import Limits
from bot.playground.methods.profile import commands_for, profile_text
from bot.playground.methods.sending import place
from bot.playground.state import Chat, Json, Query, User, seen

if TYPE_CHECKING:
    from bot.playground.server import Playground

_REQUIRED = object()
_GONE = ("left", "kicked")
_FILES = ("photo", "document", "sticker", "voice")


@dataclass(frozen=True)
class Ask:
    """One control request: the playground, the number in its path, body and query string."""

    playground: "Playground"
    name: str = ""
    body: Json = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The id in the path."""
        return int(self.name)

    @property
    def now(self) -> float:
        """The moment, in Unix seconds."""
        return self.playground.clock()

    def integer(self, name: str, default: Any = _REQUIRED) -> Any:
        """A whole number of the body."""
        value = self.body.get(name, default)
        if value is _REQUIRED or not (value is default or type(value) is int):
            raise ImpossibleError(f"{name} must be a whole number")
        return value

    def text(self, name: str, default: Any = _REQUIRED) -> str:
        """A string of the body."""
        value = self.body.get(name, default)
        if not isinstance(value, str):
            raise ImpossibleError(f"{name} must be a string")
        return value

    def user_id(self) -> int:
        """Who acts; in a private chat that is the chat's user."""
        return int(self.integer("user_id", self.body.get("chat_id", _REQUIRED)))


def get_state(ask: Ask) -> Json:
    """Everything the page needs at its start."""
    telegram = ask.playground.telegram
    return {
        "bot": telegram.bot.json(),
        "users": [user.json() for user in telegram.users.values()],
        "chats": [chat_json(chat) for chat in telegram.chats.values()],
        "menu_button": telegram.menu_button,
        "descriptions": {
            user.id: profile_text(telegram, "description", user.language_code.split("-")[0])
            for user in telegram.users.values()
        },
    }


def chat_json(chat: Chat) -> Json:
    """A chat with what the page needs beside the Bot API's fields."""
    last = chat.messages[max(chat.messages)].json(deep=False) if chat.messages else None
    return chat.json() | {
        "members": [who for who, status in chat.members.items() if status not in _GONE],
        "bot_status": chat.bot_status,
        "started": chat.started,
        "topics": {str(thread): name for thread, name in chat.topics.items()},
        "migrated_to": chat.migrated_to,
        "statuses": {str(user_id): status for user_id, status in chat.members.items()},
        "keyboards": {str(user_id): shown for user_id, shown in chat.keyboards.items()},
        "pinned": chat.pinned[-1] if chat.pinned else None,
        "last_message": last,
    }


def _chat(ask: Ask, chat_id: int) -> Chat:
    chat = ask.playground.telegram.chats.get(chat_id)
    if chat is None:
        raise ImpossibleError(f"no chat {chat_id}")
    return chat


def get_messages(ask: Ask) -> Json:
    """A chat's messages, oldest first; `after` leaves out those up to an id."""
    chat = _chat(ask, ask.number)
    after = int(ask.query.get("after", "0"))
    messages = [seen(m) for number, m in sorted(chat.messages.items()) if number > after]
    return {"chat": chat_json(chat), "messages": messages}


def get_commands(ask: Ask) -> Json:
    """The command menu as a user sees it in a chat."""
    telegram = ask.playground.telegram
    chat = _chat(ask, ask.number)
    user = telegram.users.get(int(ask.query.get("user_id", "0")), chat.user)
    language = user.language_code if user else ""
    return {"commands": commands_for(telegram, chat, language)}


def post_message(ask: Ask) -> Json:
    """A user writes, or sends a location, a picture, a document or a sticker."""
    people = ask.playground.people
    where: Json = {"chat_id": ask.integer("chat_id"), "user_id": ask.user_id()}
    more: Json = {
        "reply_to": ask.body.get("reply_to"),
        "thread_id": ask.body.get("thread_id"),
        "anonymous": bool(ask.body.get("anonymous", False)),
    }
    if "text" in ask.body:
        message = people.write(**where, text=ask.text("text"), now=ask.now, **more)
    elif "location" in ask.body:
        content = {"location": place(ask.body["location"])}
        message = people.send(**where, content=content, now=ask.now, **more)
    else:
        kind, name, body = _file(ask)
        caption = ask.text("caption", "")
        message = people.send_file(
            **where, kind=kind, name=name, body=body, caption=caption, now=ask.now, **more
        )
    return {"message": message.json()}


def _file(ask: Ask) -> tuple[str, str, bytes]:
    given = ask.body.get("file")
    if not isinstance(given, dict) or given.get("kind") not in _FILES:
        raise ImpossibleError("text, location or file {kind, name, base64} is needed")
    try:
        body = base64.b64decode(str(given.get("base64", "")), validate=True)
    except binascii.Error as error:
        raise ImpossibleError("base64 can't be read") from error
    return given["kind"], str(given.get("name", "file")), body


def edit_message(ask: Ask) -> Json:
    """A user edits their own message."""
    message = ask.playground.people.edit(
        ask.integer("chat_id"), ask.integer("message_id"), ask.user_id(), ask.text("text"),
        now=ask.now,
    )  # fmt: skip
    return {"message": message.json()}


def delete_message(ask: Ask) -> Json:
    """A user takes a message away for everyone."""
    people = ask.playground.people
    people.delete(ask.integer("chat_id"), ask.integer("message_id"), ask.user_id())
    return {}


def post_reaction(ask: Ask) -> Json:
    """A user reacts to a message."""
    ask.playground.people.react(
        ask.integer("chat_id"), ask.integer("message_id"), ask.user_id(), ask.text("emoji"),
        now=ask.now,
    )  # fmt: skip
    return {}


def post_callback(ask: Ask) -> Json:
    """A user presses a button, named by its callback_data or its text."""
    query = ask.playground.people.press(
        ask.integer("chat_id"), ask.integer("message_id"), ask.user_id(), ask.text("button"),
        now=ask.now,
    )  # fmt: skip
    return _query(query)


def get_callback(ask: Ask) -> Json:
    """The answer of a pressed button; null while there is none."""
    return _query(ask.playground.telegram.callback_queries.get(ask.name))


def post_inline_query(ask: Ask) -> Json:
    """A user types after the bot's name."""
    asked = ask.playground.people.type_inline(
        ask.integer("user_id"), ask.text("query"), offset=ask.text("offset", ""), now=ask.now,
        chat_id=ask.integer("chat_id", None),
    )  # fmt: skip
    return _query(asked)


def get_inline_query(ask: Ask) -> Json:
    """The results of an inline query; null while there are none."""
    return _query(ask.playground.telegram.inline_queries.get(ask.name))


def _query(query: Query | None) -> Json:
    if query is None:
        raise ImpossibleError("no such query")
    return {"query_id": query.id, "answer": query.answer}


def post_inline_result(ask: Ask) -> Json:
    """The user takes one of the results."""
    message = ask.playground.people.choose_inline(
        ask.text("query_id"), ask.text("result_id"), ask.integer("chat_id"), now=ask.now,
        thread_id=ask.integer("thread_id", None),
    )  # fmt: skip
    return {"message": message.json()}


def post_user(ask: Ask) -> Json:
    """A new user; `started` opens the chat with the bot at once."""
    user = User(
        ask.integer("id"),
        ask.text("first_name", "User"),
        ask.text("username", ""),
        ask.text("language_code", ""),
    )
    started = bool(ask.body.get("started", True))
    return {"chat": chat_json(ask.playground.telegram.add_user(user, started=started))}


def post_user_action(action: str) -> Callable[[Ask], Json]:
    """block, unblock or deactivate."""

    def act(ask: Ask) -> Json:
        people, telegram = ask.playground.people, ask.playground.telegram
        if ask.number not in telegram.users:
            raise ImpossibleError(f"no user {ask.number}")
        if action == "block":
            people.block(ask.number, now=ask.now)
        elif action == "unblock":
            people.unblock(ask.number, now=ask.now)
        else:
            telegram.users[ask.number].deactivated = True
        return {}

    return act


def post_chat(ask: Ask) -> Json:
    """A new group, with its members and topics."""
    kind = ask.text("type", "group")
    if kind not in ("group", "supergroup"):
        raise ImpossibleError("type must be group or supergroup")
    members = ask.body.get("members", [])
    topics = {int(thread): str(name) for thread, name in ask.body.get("topics", {}).items()}
    chat = Chat(ask.integer("id"), kind, ask.text("title", "Group"), is_forum=bool(topics))
    chat.topics = topics
    chat.members = {user_id: "member" if n else "creator" for n, user_id in enumerate(members)}
    return {"chat": chat_json(ask.playground.telegram.add_group(chat))}


def post_bot_status(ask: Ask) -> Json:
    """A member adds, promotes or removes the bot."""
    ask.playground.people.set_bot_status(
        ask.number, ask.integer("user_id"), ask.text("status"), now=ask.now
    )
    return {}


def post_member(ask: Ask) -> Json:
    """A member is invited, promoted or removed; `by`: who does it, else the creator."""
    chat = _chat(ask, ask.number)
    creator = next((who for who, status in chat.members.items() if status == "creator"), 0)
    ask.playground.people.set_member(
        ask.number, ask.integer("user_id"), ask.text("status"), by=ask.integer("by", creator),
        now=ask.now,
    )  # fmt: skip
    return {"chat": chat_json(chat)}


def post_migration(ask: Ask) -> Json:
    """The group becomes a supergroup."""
    return {"chat": chat_json(ask.playground.people.migrate(ask.number, now=ask.now))}


def get_faults(ask: Ask) -> Json:
    """The faults still to come."""
    waiting = ask.playground.faults.waiting()
    return {"faults": [asdict(fault) | {"times": left} for fault, left in waiting]}


def post_fault(ask: Ask) -> Json:
    """Orders a fault."""
    try:
        ask.playground.faults.add(Fault.of_json(ask.body))
    except (ValueError, TypeError) as error:
        raise ImpossibleError(str(error)) from error
    return get_faults(ask)


def delete_faults(ask: Ask) -> Json:
    """Forgets all faults."""
    ask.playground.faults.clear()
    return get_faults(ask)


def get_limits(ask: Ask) -> Json:
    """The limits that hold, null for none, and how many messages they refused."""
    rates = ask.playground.rates
    return {"limits": asdict(rates.limits) if rates.limits else None, "refused": rates.refused}


def post_limits(ask: Ask) -> Json:
    """Holds to Telegram's limits from now on; fields of the body replace its figures."""
    try:
        ask.playground.rates.enforce(Limits.of_json(ask.body))
    except ValueError as error:
        raise ImpossibleError(str(error)) from error
    return get_limits(ask)


def delete_limits(ask: Ask) -> Json:
    """Lets everything through again."""
    ask.playground.rates.enforce(None)
    return get_limits(ask)


def post_revocation(ask: Ask) -> Json:
    """The owner of a bot revokes its token."""
    ask.playground.revoke_token(ask.text("token"))
    return {}


def get_requests(ask: Ask) -> Json:
    """The calls of the bot; `method` and `since` (a number) narrow them."""
    since = int(ask.query.get("since", "0"))
    found = ask.playground.requests.find(ask.query.get("method", ""), since)
    return {"requests": [request.json() for request in found]}


def delete_requests(ask: Ask) -> Json:
    """Empties the log."""
    ask.playground.requests.clear()
    return {}


def get_updates_info(ask: Ask) -> Json:
    """How many updates wait for the bot."""
    return {"pending": len(ask.playground.telegram.updates)}


Route = Callable[[Ask], Json]
_ID = r"(-?\d+)"
_ROUTES: list[tuple[str, str, Route]] = [
    ("GET", "state", get_state),
    ("GET", "updates", get_updates_info),
    ("GET", f"chats/{_ID}/messages", get_messages),
    ("GET", f"chats/{_ID}/commands", get_commands),
    ("POST", "messages", post_message),
    ("POST", "messages/edit", edit_message),
    ("POST", "messages/delete", delete_message),
    ("POST", "reactions", post_reaction),
    ("POST", "callbacks", post_callback),
    ("GET", r"callbacks/(\d+)", get_callback),
    ("POST", "inline_queries", post_inline_query),
    ("GET", r"inline_queries/(\d+)", get_inline_query),
    ("POST", "inline_results", post_inline_result),
    ("POST", "users", post_user),
    ("POST", f"users/{_ID}/block", post_user_action("block")),
    ("POST", f"users/{_ID}/unblock", post_user_action("unblock")),
    ("POST", f"users/{_ID}/deactivate", post_user_action("deactivate")),
    ("POST", "chats", post_chat),
    ("POST", f"chats/{_ID}/bot", post_bot_status),
    ("POST", f"chats/{_ID}/members", post_member),
    ("POST", f"chats/{_ID}/migrate", post_migration),
    ("GET", "faults", get_faults),
    ("POST", "faults", post_fault),
    ("DELETE", "faults", delete_faults),
    ("GET", "limits", get_limits),
    ("POST", "limits", post_limits),
    ("DELETE", "limits", delete_limits),
    ("POST", "tokens/revoke", post_revocation),
    ("GET", "requests", get_requests),
    ("DELETE", "requests", delete_requests),
]


def find_route(method: str, path: str) -> tuple[Route, str] | None:
    """The function for a request and the id in its path."""
    for wanted, pattern, route in _ROUTES:
        match = re.fullmatch(pattern, path)
        if wanted == method and match is not None:
            return route, match[1] if match.groups() else ""
    return None
