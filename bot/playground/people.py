"""What people do: write, press buttons, use inline mode, block the bot, move a group.

Owns the updates that follow from it and who is in the sample world at the start.
The bot's own doings are in methods/.
"""

from typing import Any

from bot.playground.entities import formatted
from bot.playground.errors import ImpossibleError
from bot.playground.files import StoredFile
from bot.playground.formatted_text import utf16_length, utf16_slice
from bot.playground.methods.chats import member
from bot.playground.methods.marking import REACTIONS
from bot.playground.methods.sending import MAX_CAPTION, MAX_TEXT, file_content
from bot.playground.state import Chat, Json, Message, Query, Telegram, User, inline_key


def sample_world(telegram: Telegram) -> None:
    """Three people, a group of friends and a forum, so that one can begin at once; and a group
    that only the bot is in."""
    people = [
        User(10001, "小月", "xiaoyue_demo", "zh-hans"),
        User(10002, "Alice", "alice_demo", "en"),
        User(10003, "阿明", "aming_demo", "zh-hant"),
    ]
    for user in people:
        telegram.add_user(user)
    members = {10001: "creator", 10002: "member", 10003: "member"}
    telegram.add_group(Chat(-20001, "group", "诗友群", members=dict(members)))
    topics = {2: "诗词", 3: "闲聊"}
    forum = Chat(-1000000020002, "supergroup", "Poetry Forum", members=dict(members))
    forum.is_forum, forum.topics = True, topics
    telegram.add_group(forum)
    telegram.add_group(Chat(-20009, "group", "Pictures"))  # the bot's own, for file_ids


_STATUSES = ("member", "administrator", "restricted", "left", "kicked")
_PRESENT = ("member", "administrator", "restricted")
_ALL_KINDS = frozenset({"text", "photo", "document", "location"})


class People:
    """Every user at once; each method says who acts. `now` is in Unix seconds."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    # Writing

    def write(self, chat_id: int, user_id: int, text: str, *, now: float, **more: Any) -> Message:
        """A user writes; longer words than one message holds are split, as the apps do.

        `more`: reply_to and thread_id. Gives the first message.
        """
        parts = _split(text)
        if not parts:
            raise ImpossibleError("text is empty")
        contents = [_text(part) for part in parts]
        sent = [self.send(chat_id, user_id, each, now=now, **more) for each in contents]
        return sent[0]

    def send(
        self,
        chat_id: int,
        user_id: int,
        content: Json,
        *,
        now: float,
        reply_to: int | None = None,
        thread_id: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        """A user sends any content: {"text": ...}, {"location": ...}, {"photo": [...]}.

        `anonymous`: an administrator who writes as the group.
        """
        chat, user = self._chat_and_user(chat_id, user_id)
        if thread_id is not None and thread_id not in chat.topics:
            raise ImpossibleError(f"no topic {thread_id} in chat {chat_id}")
        if reply_to is not None and reply_to not in chat.messages:
            raise ImpossibleError(f"no message {reply_to} in chat {chat_id}")
        sender = self._anonymous(chat, user) if anonymous else user
        self._open(chat, now)
        message = self.telegram.add_message(
            chat,
            sender,
            content,
            date=int(now),
            reply_to=reply_to,
            thread_id=thread_id,
            sender_chat=chat if anonymous else None,
        )
        self._answered(chat, user, reply_to)
        if _reaches_bot(chat, message, self.telegram.bot):
            self.telegram.updates.add("message", message.json())
        return message

    def _anonymous(self, chat: Chat, user: User) -> User:
        if chat.members.get(user.id) not in ("creator", "administrator"):
            raise ImpossibleError("only administrators of a group can write as the group")
        return self.telegram.group_anonymous_bot

    def _answered(self, chat: Chat, user: User, reply_to: int | None) -> None:
        """A reply that was asked for is asked for no longer."""
        asked = chat.keyboards.get(user.id, {})
        if asked.get("force_reply") and asked["message_id"] == reply_to:
            del chat.keyboards[user.id]
            self.telegram.tell("keyboard", chat_id=chat.id, keyboards=chat.keyboards)

    def send_file(
        self,
        chat_id: int,
        user_id: int,
        kind: str,
        name: str,
        body: bytes,
        *,
        caption: str,
        now: float,
        **more: Any,
    ) -> Message:
        """A user sends a picture, document or sticker."""
        self._chat_and_user(chat_id, user_id)
        stored = self.telegram.files.add(kind, name, body, "")
        if kind in ("photo", "sticker") and stored.size is None:
            raise ImpossibleError("the bytes are no picture")
        content = _shaped(stored)
        if caption:
            content["caption"] = caption[:MAX_CAPTION]
        return self.send(chat_id, user_id, content, now=now, **more)

    def edit(
        self, chat_id: int, message_id: int, user_id: int, text: str, *, now: float
    ) -> Message:
        """A user changes the words of their own message."""
        message = self._message(chat_id, message_id)
        if message.sender.id != user_id or "text" not in message.content:
            raise ImpossibleError("only one's own texts can be edited")
        message.content, message.edit_date = _text(text), int(now)
        self.telegram.message_changed(message)
        if _reaches_bot(message.chat, message, self.telegram.bot):
            self.telegram.updates.add("edited_message", message.json())
        return message

    def delete(self, chat_id: int, message_id: int, user_id: int) -> None:
        """A user takes a message away for everyone; Telegram tells bots nothing of it."""
        message = self._message(chat_id, message_id)
        chat, user = self._chat_and_user(chat_id, user_id)
        rules = chat.members[user_id] in ("creator", "administrator")
        if not (chat.type == "private" or rules or message.sender is user):
            raise ImpossibleError("only administrators can delete the messages of others")
        self.telegram.delete_message(message)

    def react(self, chat_id: int, message_id: int, user_id: int, emoji: str, *, now: float) -> None:
        """A user reacts to a message; "" takes the reaction back."""
        message = self._message(chat_id, message_id)
        chat, user = self._chat_and_user(chat_id, user_id)
        if emoji and emoji not in REACTIONS:
            raise ImpossibleError(f"{emoji} is no reaction")
        old = message.reactions.get(user_id, [])
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        message.reactions[user_id] = new
        about = {"chat": chat.json(), "message_id": message_id, "user": user.json()}
        changed = {"date": int(now), "old_reaction": old, "new_reaction": new}
        self.telegram.message_changed(message)
        if chat.type == "private" or chat.bot_status == "administrator":
            self.telegram.updates.add("message_reaction", about | changed)

    # Buttons

    def press(
        self, chat_id: int, message_id: int, user_id: int, button: str, *, now: float
    ) -> Query:
        """A user presses an inline button, named by its callback_data or else its text."""
        message = self._message(chat_id, message_id)
        _, user = self._chat_and_user(chat_id, user_id)
        data = _callback_data(message, button)
        query = Query(self.telegram.new_id(), user, now, self._pressed(message, user, data))
        query.payload["id"] = query.id
        self.telegram.callback_queries[query.id] = query
        self.telegram.updates.add("callback_query", query.payload)
        return query

    def _pressed(self, message: Message, user: User, data: str) -> Json:
        about: Json = {"message": message.json()}
        if message.inline_message_id:
            about = {"inline_message_id": message.inline_message_id}
        instance = str(abs(message.chat.id) * 7919)
        return {"from": user.json(), "chat_instance": instance, "data": data} | about

    # Inline mode

    def type_inline(
        self, user_id: int, query: str, *, now: float, offset: str = "", chat_id: int | None = None
    ) -> Query:
        """A user has typed `@bot query`, in `chat_id` where it is known.

        What the bot answered to the same words a while ago is given again without asking it.
        """
        user = self._user(user_id)
        asked = Query(self.telegram.new_id(), user, now, {"query": query[:256], "offset": offset})
        asked.payload |= {
            "id": asked.id,
            "from": user.json(),
            "chat_type": self._kind_of_chat(user_id, chat_id),
        }
        self.telegram.inline_queries[asked.id] = asked
        asked.answer = self._answer_kept(asked, now)
        if asked.answer is None:
            self.telegram.updates.add("inline_query", asked.payload)
        return asked

    def _kind_of_chat(self, user_id: int, chat_id: int | None) -> str:
        if chat_id in (None, user_id):
            return "sender"  # the private chat with the bot itself
        return self._chat_and_user(chat_id or 0, user_id)[0].type

    def _answer_kept(self, asked: Query, now: float) -> Json | None:
        for personal in (False, True):
            key = inline_key(asked, personal=personal)
            until, answer = self.telegram.inline_cache.get(key, (0.0, None))
            if answer is not None and now < until:
                return answer
        return None

    def choose_inline(
        self,
        query_id: str,
        result_id: str,
        chat_id: int,
        *,
        now: float,
        thread_id: int | None = None,
    ) -> Message:
        """The user takes a result; it is sent to the chat in their name."""
        query = self.telegram.inline_queries.get(query_id)
        results = (query.answer or {}).get("results", []) if query else []
        result = next((each for each in results if each["id"] == result_id), None)
        if query is None or result is None:
            raise ImpossibleError("no such inline result")
        chat, user = self._chat_and_user(chat_id, query.user.id)
        markup = result.get("reply_markup")
        inline_id = self.telegram.new_id() if markup else None
        message = self.telegram.add_message(
            chat,
            user,
            result["sent"],
            date=int(now),
            via_bot=self.telegram.bot,
            thread_id=thread_id,
            reply_markup=markup,
            inline_message_id=inline_id,
        )
        self._chosen(query, result_id, inline_id)
        if _reaches_bot(chat, message, self.telegram.bot):
            self.telegram.updates.add("message", message.json())
        return message

    def _chosen(self, query: Query, result_id: str, inline_id: str | None) -> None:
        chosen: Json = {
            "result_id": result_id,
            "from": query.user.json(),
            "query": query.payload["query"],
        }
        more = {"inline_message_id": inline_id} if inline_id else {}
        self.telegram.updates.add("chosen_inline_result", chosen | more)

    # Coming and going

    def block(self, user_id: int, *, now: float) -> None:
        """A user blocks the bot."""
        chat, _ = self._chat_and_user(user_id, user_id)
        self._bot_becomes(chat, user_id, "kicked", now)

    def unblock(self, user_id: int, *, now: float) -> None:
        """A user lets the bot in again."""
        chat, _ = self._chat_and_user(user_id, user_id)
        self._bot_becomes(chat, user_id, "member", now)

    def set_bot_status(self, chat_id: int, user_id: int, status: str, *, now: float) -> None:
        """Someone adds the bot to a group ("member"), promotes or removes ("kicked") it."""
        chat, _ = self._chat_and_user(chat_id, user_id)
        if status not in _STATUSES:
            raise ImpossibleError(f"status must be one of {', '.join(_STATUSES)}")
        self._bot_becomes(chat, user_id, status, now)

    def set_member(self, chat_id: int, user_id: int, status: str, *, by: int, now: float) -> None:
        """Someone invites, promotes or removes another member, or goes ("left") themselves."""
        chat, actor = self._chat_and_user(chat_id, by)
        user = self._user(user_id)
        if status not in (*_STATUSES, "creator") or chat.type == "private":
            raise ImpossibleError(f"status in a group must be one of {', '.join(_STATUSES)}")
        old, chat.members[user_id] = chat.members.get(user_id, "left"), status
        if old == status:
            return
        self._came_or_went(chat, actor, user, (old, status), now)
        changed = _changed(chat, actor, user, (old, status), now)
        if chat.bot_status == "administrator":
            self.telegram.updates.add("chat_member", changed)
        self.telegram.tell("chat", chat_id=chat.id)

    def _bot_becomes(self, chat: Chat, user_id: int, status: str, now: float) -> None:
        if chat.bot_status == status:
            return
        bot, actor = self.telegram.bot, self.telegram.users[user_id]
        old, chat.bot_status = chat.bot_status, status
        chat.closed_to = _ALL_KINDS if status == "restricted" else frozenset()
        changed = _changed(chat, actor, bot, (old, status), now)
        self.telegram.updates.add("my_chat_member", changed)
        if chat.type != "private":
            self._came_or_went(chat, actor, bot, (old, status), now)
        self.telegram.tell("chat", chat_id=chat.id)

    def _came_or_went(
        self, chat: Chat, actor: User, user: User, change: tuple[str, str], now: float
    ) -> None:
        """The note in the chat, if the change is one of coming or going."""
        was_out, is_out = (status in ("left", "kicked") for status in change)
        if was_out and not is_out:
            self._service(chat, actor, {"new_chat_members": [user.json()]}, now)
        elif is_out and not was_out:
            self._service(chat, actor, {"left_chat_member": user.json()}, now)

    def migrate(self, chat_id: int, *, now: float) -> Chat:
        """A group becomes a supergroup with another id; the old one is closed."""
        old = self.telegram.chats.get(chat_id)
        if old is None or old.type != "group" or old.migrated_to is not None:
            raise ImpossibleError("only a group that has not moved yet can become a supergroup")
        new = Chat(
            id=-1_000_000_000_000 + chat_id,
            type="supergroup",
            title=old.title,
            members=dict(old.members),
            bot_status=old.bot_status,
        )
        self.telegram.add_group(new)
        creator = self.telegram.users[next(iter(old.members))]
        self._service(old, creator, {"migrate_to_chat_id": new.id}, now)
        old.migrated_to = new.id
        self._service(new, creator, {"migrate_from_chat_id": old.id}, now)
        self.telegram.tell("chat", chat_id=old.id)
        return new

    def _service(self, chat: Chat, sender: User, content: Json, now: float) -> None:
        message = self.telegram.add_message(chat, sender, content, date=int(now))
        leaves = content.get("left_chat_member", {}).get("id") == self.telegram.bot.id
        if chat.bot_status in _PRESENT or leaves:
            self.telegram.updates.add("message", message.json())

    # Finding

    def _open(self, chat: Chat, now: float) -> None:
        """Writing to the bot starts it, and unblocks it."""
        if chat.type != "private":
            return
        chat.started = True
        if chat.bot_status == "kicked":
            self._bot_becomes(chat, chat.id, "member", now)

    def _user(self, user_id: int) -> User:
        user = self.telegram.users.get(user_id)
        if user is None:
            raise ImpossibleError(f"no user {user_id}")
        return user

    def _chat_and_user(self, chat_id: int, user_id: int) -> tuple[Chat, User]:
        chat, user = self.telegram.chats.get(chat_id), self._user(user_id)
        if chat is None:
            raise ImpossibleError(f"no chat {chat_id}")
        if chat.members.get(user_id, "left") in ("left", "kicked"):
            raise ImpossibleError(f"user {user_id} is not in chat {chat_id}")
        if chat.migrated_to is not None:
            raise ImpossibleError(f"chat {chat_id} has moved to {chat.migrated_to}")
        return chat, user

    def _message(self, chat_id: int, message_id: int) -> Message:
        chat = self.telegram.chats.get(chat_id)
        message = chat.messages.get(message_id) if chat else None
        if message is None:
            raise ImpossibleError(f"no message {message_id} in chat {chat_id}")
        return message


def _changed(chat: Chat, actor: User, user: User, change: tuple[str, str], now: float) -> Json:
    old, new = change
    return {
        "chat": chat.json(),
        "from": actor.json(),
        "date": int(now),
        "old_chat_member": member(old, user.json()),
        "new_chat_member": member(new, user.json()),
    }


def _text(text: str) -> Json:
    parsed = formatted(text, None)
    found = {"entities": list(parsed.entities)} if parsed.entities else {}
    return {"text": parsed.text} | found


def _split(text: str) -> list[str]:
    """Parts of at most 4096 UTF-16 units, as an app would send them."""
    parts, current, length = [], "", 0
    for character in text.strip():
        width = utf16_length(character)
        if length + width > MAX_TEXT:
            parts.append(current)
            current, length = "", 0
        current, length = current + character, length + width
    return [part for part in [*parts, current] if part.strip()]


def _shaped(stored: StoredFile) -> Json:
    """The message field of a file that a person sends."""
    if stored.kind == "voice":
        return {"voice": stored.json() | {"duration": 3, "mime_type": "audio/ogg"}}
    if stored.kind != "sticker":
        return file_content(stored)
    width, height = stored.size or (512, 512)
    shape = {"width": width, "height": height, "is_animated": False, "is_video": False}
    return {"sticker": stored.json() | shape | {"type": "regular", "emoji": "🌙"}}


def _callback_data(message: Message, button: str) -> str:
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    buttons = [each for row in rows for each in row if "callback_data" in each]
    for name in ("callback_data", "text"):
        for each in buttons:
            if each[name] == button:
                return str(each["callback_data"])
    raise ImpossibleError(f"no button {button!r} under message {message.message_id}")


def _reaches_bot(chat: Chat, message: Message, bot: User) -> bool:
    """Whether the bot is shown a message: in groups only what is meant for it (privacy mode)."""
    if chat.bot_status not in _PRESENT:
        return False
    if chat.type == "private" or chat.bot_status == "administrator" or message.via_bot is bot:
        return True
    answered = chat.messages.get(message.reply_to or 0)
    if answered is not None and answered.sender is bot:
        return True
    return _speaks_to(message, bot)


def _speaks_to(message: Message, bot: User) -> bool:
    text = message.content.get("text", "")
    for entity in message.content.get("entities", []):
        word = utf16_slice(text, entity["offset"], entity["length"]).lower()
        name = word.rpartition("@")[2] if "@" in word else ""
        if entity["type"] == "bot_command" and name in ("", bot.username.lower()):
            return True
        if entity["type"] == "mention" and name == bot.username.lower():
            return True
    return False
