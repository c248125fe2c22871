"""pinChatMessage and its undoing, setMessageReaction: what is put on a message that stands."""

from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.state import Chat

# The emoji that anyone may react with, as the Bot API lists them.
_LISTED = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡
🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈
😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿
🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
REACTIONS = frozenset(_LISTED.split())


def set_message_reaction(call: Call) -> bool:
    """The bot's one reaction to a message; none takes it back."""
    message = call.message("react")
    given = call.arguments.objects("reaction", "reaction types") or []
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for each in given:
        if each.get("type") != "emoji" or each.get("emoji") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    message.reactions[call.telegram.bot.id] = given
    call.telegram.message_changed(message)
    return True


def pin_chat_message(call: Call) -> bool:
    """Puts a message at the top of its chat, with a note unless it is silent or private."""
    message = call.message("pin")
    chat = message.chat
    _check_right(chat)
    chat.pinned = [number for number in chat.pinned if number != message.message_id]
    chat.pinned.append(message.message_id)
    call.telegram.add_message(
        chat,
        call.telegram.bot,
        {"pinned_message": message.json(deep=False)},
        date=int(call.now),
        thread_id=message.thread_id if chat.is_forum else None,
    )
    call.telegram.tell("chat", chat_id=chat.id)
    return True


def unpin_chat_message(call: Call) -> bool:
    """Takes one message from the top, or the last one pinned."""
    chat = call.chat_to_write_in()
    _check_right(chat)
    wanted = call.arguments.integer("message_id", chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    call.telegram.tell("chat", chat_id=chat.id)
    return True


def unpin_all_chat_messages(call: Call) -> bool:
    """Takes every message from the top."""
    chat = call.chat_to_write_in()
    _check_right(chat)
    chat.pinned = []
    call.telegram.tell("chat", chat_id=chat.id)
    return True


def _check_right(chat: Chat) -> None:
    if chat.type != "private" and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
