"""getChat, its members, leaveChat, getFile."""

from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.state import Chat, Json

_DOWNLOAD_LIMIT = 20 * 1024 * 1024


def get_chat(call: Call) -> Json:
    """A chat in full."""
    chat = call.chat_to_write_in()
    pinned = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    top = {"pinned_message": pinned.json(deep=False)} if pinned else {}
    return (
        chat.json() | {"accent_color_id": 0, "max_reaction_count": 11, **_permissions(chat)} | top
    )


def _permissions(chat: Chat) -> Json:
    accepted = {
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        }
    }
    if chat.type == "private":
        return accepted
    return accepted | {"permissions": {"can_send_messages": True, "can_send_photos": True}}


def get_chat_member(call: Call) -> Json:
    """How a user stands in a chat."""
    chat = call.chat_to_write_in()
    user_id = call.arguments.integer("user_id")
    if user_id == call.telegram.bot.id:
        return member(chat.bot_status, call.telegram.bot.json())
    if user_id not in call.telegram.users:
        raise bad_request("PARTICIPANT_ID_INVALID")
    status = chat.members.get(user_id, "left")
    return member(status, call.telegram.users[user_id].json())


def get_chat_administrators(call: Call) -> list[Json]:
    """The creator and the administrators of a group."""
    chat = call.chat_to_write_in()
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    users = call.telegram.users
    return [
        member(status, users[user_id].json())
        for user_id, status in chat.members.items()
        if status in ("creator", "administrator")
    ]


def get_chat_member_count(call: Call) -> int:
    """How many people, the bot among them, are in a chat."""
    chat = call.chat_to_write_in()
    present = [status for status in chat.members.values() if status not in ("left", "kicked")]
    return len(present) + 1


def leave_chat(call: Call) -> bool:
    """The bot goes."""
    chat = call.chat_to_write_in()
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    call.telegram.tell("chat", chat_id=chat.id)
    return True


def member(status: str, user: Json) -> Json:
    """A ChatMember of any status, with the rights that go with it."""
    shaped: Json = {"status": status, "user": user}
    if status == "creator":
        return shaped | {"is_anonymous": False}
    if status == "kicked":
        return shaped | {"until_date": 0}
    if status == "restricted":
        return shaped | {"is_member": True, "until_date": 0} | dict.fromkeys(_PERMISSIONS, False)
    if status == "administrator":
        return shaped | {"can_be_edited": False, "is_anonymous": False} | _RIGHTS
    return shaped


_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
)
_RIGHTS = dict.fromkeys(
    (
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ),
    True,
)


def get_file(call: Call) -> Json:
    """Where to download a file from."""
    stored = call.telegram.files.by_id(call.arguments.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.body) > _DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return stored.json() | {"file_path": stored.path}
