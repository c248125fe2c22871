"""Telegram in memory: users, chats, messages, what the bot has set, and who is told of changes.

Owns the facts and their JSON in the words of the Bot API. Knows no HTTP, no clock and no
asyncio: whoever changes something says when it happens.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import ApiError, bad_request, forbidden
from bot.playground.files import FileStore
from bot.playground.updates import UpdateQueue

Json = dict[str, Any]


@dataclass
class User:
    """A person, or the bot."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    deactivated: bool = False

    def json(self) -> Json:
        """A Bot API User."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {"username": self.username, "language_code": self.language_code}
        return user | {name: value for name, value in optional.items() if value}


@dataclass
class Message:
    """A message; `content` holds the Bot API fields of what it says (text, photo, ...)."""

    message_id: int
    chat: "Chat"
    sender: User
    date: int
    content: Json
    reply_to: int | None = None
    thread_id: int | None = None
    reply_markup: Json | None = None  # an inline keyboard
    edit_date: int | None = None
    via_bot: User | None = None
    inline_message_id: str | None = None
    sender_chat: "Chat | None" = None  # set when an administrator writes as the group
    with_keyboard: bool = False  # sent with a reply keyboard: Telegram lets no one edit it
    reactions: dict[int, list[Json]] = field(default_factory=dict)  # by who reacted

    def json(self, *, deep: bool = True) -> Json:
        """A Bot API Message; `deep` adds the message it answers."""
        message: Json = {
            "message_id": self.message_id,
            "from": self.sender.json(),
            "chat": self.chat.json(),
            "date": self.date,
        }
        return message | self.content | dict(self._optional(deep=deep))

    def _optional(self, *, deep: bool) -> Iterator[tuple[str, Any]]:
        if self.thread_id is not None:
            yield "message_thread_id", self.thread_id
            if self.chat.is_forum:
                yield "is_topic_message", True
        if self.sender_chat is not None:
            yield "sender_chat", self.sender_chat.json()
        if self.edit_date is not None:
            yield "edit_date", self.edit_date
        if self.via_bot is not None:
            yield "via_bot", self.via_bot.json()
        answered = self.chat.messages.get(self.reply_to or 0)
        if deep and answered is not None:
            yield "reply_to_message", answered.json(deep=False)
        if self.reply_markup is not None:
            yield "reply_markup", self.reply_markup


@dataclass
class Chat:
    """A conversation of the bot with one user or a group."""

    id: int
    type: str  # "private", "group", "supergroup"
    title: str = ""
    user: User | None = None  # of a private chat
    members: dict[int, str] = field(default_factory=dict)  # user id → status
    bot_status: str = "member"  # "member", "administrator", "left", "kicked"
    started: bool = True  # False: the user has never written to the bot
    is_forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)  # thread id → name
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    # What stands in place of a person's letters: a reply keyboard or a reply they are asked for,
    # by user id, with the message_id it came with.
    keyboards: dict[int, Json] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)  # message ids, the last one on top
    closed_to: frozenset[str] = frozenset()  # what a restricted bot may not send: text, photo …
    menu_button: Json | None = None

    def json(self) -> Json:
        """A Bot API Chat."""
        chat: Json = {"id": self.id, "type": self.type}
        if self.user is not None:
            chat["first_name"] = self.user.first_name
            return chat | ({"username": self.user.username} if self.user.username else {})
        return chat | {"title": self.title} | ({"is_forum": True} if self.is_forum else {})


@dataclass
class Query:
    """A pressed button or a typed inline query that waits for its answer."""

    id: str
    user: User
    date: float
    payload: Json
    answer: Json | None = None


def seen(message: Message) -> Json:
    """A message with what people see and a bot is not told: the reactions to it."""
    given = {str(who): found for who, found in message.reactions.items() if found}
    return message.json() | ({"reactions": given} if given else {})


InlineKey = tuple[str, str, int | None]


def inline_key(query: Query, *, personal: bool) -> InlineKey:
    """Under what the answer of an inline query is kept."""
    whose = query.user.id if personal else None
    return query.payload["query"], query.payload["offset"], whose


class Telegram:
    """Everything the playground knows."""

    query_lifetime = 15.0  # seconds until a query is too old to be answered

    def __init__(self, bot: User | None = None) -> None:
        self.bot = bot or User(
            4_200_000_001, "吟诗 Poetry Bot", "poetry_playground_bot", is_bot=True
        )
        self.users: dict[int, User] = {}
        # Who stands as the sender when an administrator writes as the group.
        self.group_anonymous_bot = User(1_087_968_824, "Group", "GroupAnonymousBot", is_bot=True)
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.updates = UpdateQueue()
        self.commands: dict[tuple[str, str], list[Json]] = {}  # (scope, language) → commands
        self.profile: dict[tuple[str, str], str] = {}  # ("description", language) → text
        self.menu_button: Json = {"type": "commands"}
        self.callback_queries: dict[str, Query] = {}
        self.inline_queries: dict[str, Query] = {}
        # (query, offset, user or None for all) → when it ends, the answer
        self.inline_cache: dict[InlineKey, tuple[float, Json]] = {}
        self._query_number = 9_000_000
        self._listeners: list[Callable[[Json], None]] = []

    # Who listens

    def listen(self, listener: Callable[[Json], None]) -> Callable[[], None]:
        """Tells `listener` of every change people can see; the result ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, event: str, **facts: Any) -> None:
        """Tells the listeners that something happened."""
        for listener in list(self._listeners):
            listener({"event": event, **facts})

    # Users and chats

    def add_user(self, user: User, *, started: bool = False) -> Chat:
        """A new person, with a private chat that is open once they have written."""
        self.users[user.id] = user
        members = {user.id: "member"}
        chat = Chat(user.id, "private", user=user, members=members, started=started)
        self.chats[chat.id] = chat
        self.tell("chat", chat_id=chat.id)
        return chat

    def add_group(self, chat: Chat) -> Chat:
        """A new group."""
        self.chats[chat.id] = chat
        self.tell("chat", chat_id=chat.id)
        return chat

    def find_chat(self, chat_id: str) -> Chat:
        """The chat an argument names; refuses unknown ones in Telegram's words."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats.get(int(chat_id))
        except ValueError:
            chat = None
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            reason = "group chat was upgraded to a supergroup chat"
            raise bad_request(reason, migrate_to_chat_id=chat.migrated_to)
        return chat

    def chat_to_write_in(self, chat_id: str) -> Chat:
        """The chat, if the bot may write there."""
        chat = self.find_chat(chat_id)
        refusal = _refusal(chat)
        if refusal is not None:
            raise refusal
        return chat

    # Messages

    def add_message(self, chat: Chat, sender: User, content: Json, **more: Any) -> Message:
        """Puts a message at the end of a chat. `more`: date and the optional fields."""
        chat.last_message_id += 1
        message = Message(chat.last_message_id, chat, sender, content=content, **more)
        if chat.type == "supergroup" and not chat.is_forum and message.reply_to:
            message.thread_id = _thread_of_replies(chat, message.reply_to)
        chat.messages[message.message_id] = message
        self.tell("message", chat_id=chat.id, message=seen(message))
        return message

    def message_changed(self, message: Message) -> None:
        """Tells that a message was edited."""
        self.tell("message", chat_id=message.chat.id, message=seen(message))

    def delete_message(self, message: Message) -> None:
        """Takes a message out of its chat."""
        chat = message.chat
        del chat.messages[message.message_id]
        chat.pinned = [number for number in chat.pinned if number != message.message_id]
        self.tell("deleted", chat_id=message.chat.id, message_id=message.message_id)

    def inline_message(self, inline_message_id: str) -> Message | None:
        """The message that was sent by way of inline mode."""
        for chat in self.chats.values():
            for message in chat.messages.values():
                if message.inline_message_id == inline_message_id:
                    return message
        return None

    # Queries

    def new_id(self) -> str:
        """An id for a query or an inline message."""
        self._query_number += 1
        return str(self._query_number)


def _thread_of_replies(chat: Chat, answered: int) -> int:
    """In a supergroup without topics, answers form a thread named by its first message."""
    first = chat.messages.get(answered)
    return (first.thread_id if first else None) or answered


def _refusal(chat: Chat) -> ApiError | None:
    if chat.user is not None and chat.user.deactivated:
        return forbidden("user is deactivated")
    if not chat.started:
        return forbidden("bot can't initiate conversation with a user")
    if chat.bot_status == "kicked":
        if chat.type == "private":
            return forbidden("bot was blocked by the user")
        return forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.bot_status == "left":
        return forbidden(f"bot is not a member of the {chat.type} chat")
    return None
