"""sendMessage, sendPhoto, sendDocument, sendMediaGroup, sendLocation, copies, sendChatAction."""

from typing import Any

from bot.playground.arguments import Arguments
from bot.playground.call import Call
from bot.playground.entities import formatted
from bot.playground.errors import ApiError, bad_request
from bot.playground.files import StoredFile
from bot.playground.formatted_text import FormattedText, utf16_length
from bot.playground.markup import reply_markup
from bot.playground.state import Chat, Json, Message

MAX_TEXT = 4096  # UTF-16 code units
MAX_CAPTION = 1024
_MAX_PHOTO_BYTES = 10 * 1024 * 1024
_MAX_FILE_BYTES = 50 * 1024 * 1024
_MAX_PHOTO_SIDES = 10_000  # width and height together
_MAX_PHOTO_RATIO = 20
_ACTIONS = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
    "record_audio",
    "upload_audio",
]


def send_message(call: Call) -> Json:
    """A text message."""
    chat = call.chat_to_write_in()
    content = text_content(call.arguments)
    return send(call, chat, content).json()


def send_photo(call: Call) -> Json:
    """A picture: uploaded bytes or a file_id."""
    chat = call.chat_to_write_in()
    stored = the_file(call, "photo", call.arguments.text("photo"), "photo")
    return send(call, chat, file_content(stored) | caption_content(call.arguments)).json()


def send_document(call: Call) -> Json:
    """A file: uploaded bytes or a file_id."""
    chat = call.chat_to_write_in()
    stored = the_file(call, "document", call.arguments.text("document"), "document")
    return send(call, chat, file_content(stored) | caption_content(call.arguments)).json()


def send_media_group(call: Call) -> list[Json]:
    """An album of 2 to 10 pictures or of 2 to 10 documents."""
    chat = call.chat_to_write_in()
    media = call.arguments.objects("media", "media") or []
    if not 2 <= len(media) <= 10:
        raise bad_request("wrong number of media: 2-10 items are expected")
    if len({str(item.get("type")) for item in media}) > 1:
        raise bad_request("photos and documents can't be mixed in an album")
    contents = [media_content(call, item) for item in media]
    group = {"media_group_id": call.telegram.new_id()}
    return [send(call, chat, content | group).json() for content in contents]


def send_location(call: Call) -> Json:
    """A place on the map."""
    chat = call.chat_to_write_in()
    return send(call, chat, {"location": place(call.arguments.values)}).json()


def place(given: Any) -> Json:
    """A checked Location."""
    try:
        found = {name: float(given[name]) for name in ("latitude", "longitude")}
    except (KeyError, TypeError, ValueError):
        raise bad_request("location must be non-empty") from None
    if not (abs(found["latitude"]) <= 90 and abs(found["longitude"]) <= 180):
        raise bad_request("wrong location specified")
    return found


def copy_message(call: Call) -> Json:
    """The content of another message, without saying where it is from."""
    chat, copied = call.chat_to_write_in(), _source(call, "copy")
    content = {k: v for k, v in copied.content.items() if k != "media_group_id"}
    if call.arguments.has("caption") and "text" not in content:
        bare = {k: v for k, v in content.items() if not k.startswith("caption")}
        content = bare | caption_content(call.arguments)
    return {"message_id": send(call, chat, content).message_id}


def forward_message(call: Call) -> Json:
    """Another message, with its author's name."""
    chat, copied = call.chat_to_write_in(), _source(call, "forward")
    origin = {"type": "user", "sender_user": copied.sender.json(), "date": copied.date}
    return send(call, chat, copied.content | {"forward_origin": origin}).json()


def _source(call: Call, what: str) -> Message:
    source = call.telegram.find_chat(call.arguments.text("from_chat_id"))
    message = source.messages.get(call.arguments.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {what} not found")
    if not {"text", "photo", "document", "sticker", "location"} & set(message.content):
        raise bad_request(f"message can't be {'copied' if what == 'copy' else 'forwarded'}")
    return message


def send_chat_action(call: Call) -> bool:
    """Shows "typing…" and the like for five seconds."""
    chat = call.chat_to_write_in()
    action = call.arguments.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    thread = _thread(call, chat)
    call.telegram.tell("chat_action", chat_id=chat.id, thread_id=thread, action=action)
    return True


def send(call: Call, chat: Chat, content: Json) -> Message:
    """Puts the bot's message into the chat, with its markup, thread and answered message."""
    _check_rights(chat, content)
    markup = reply_markup(call.arguments, private=chat.type == "private")
    inline = markup if markup and "inline_keyboard" in markup else None
    replied, thread = _replied(call, chat), _thread(call, chat)
    message = call.telegram.add_message(
        chat,
        call.telegram.bot,
        content,
        date=int(call.now),
        reply_to=replied,
        thread_id=thread,
        reply_markup=inline if inline and inline["inline_keyboard"] else None,
        with_keyboard=markup is not None and inline is None,
    )
    if markup is not None and inline is None:
        _show_keyboard(call, message, markup)
    return message


def _check_rights(chat: Chat, content: Json) -> None:
    names = {"text": "text messages", "photo": "photos", "document": "documents"}
    for kind in chat.closed_to & set(content):
        raise bad_request(f"not enough rights to send {names.get(kind, kind)} to the chat")


def _show_keyboard(call: Call, message: Message, markup: Json) -> None:
    """Shows a reply keyboard, asks for a reply, or takes either away, to whom it is meant for."""
    chat = message.chat
    shown = "keyboard" in markup or "force_reply" in markup
    for user_id in _addressed(call, message) if markup.get("selective") else list(chat.members):
        if shown:
            chat.keyboards[user_id] = markup | {"message_id": message.message_id}
        else:
            chat.keyboards.pop(user_id, None)
    call.telegram.tell("keyboard", chat_id=chat.id, keyboards=chat.keyboards)


def _addressed(call: Call, message: Message) -> set[int]:
    """Whom a selective keyboard is for: who is named, and whose message is answered."""
    answered = message.chat.messages.get(message.reply_to or 0)
    named = f"{message.content.get('text', '')} {message.content.get('caption', '')}".lower()
    users = [user for user in call.telegram.users.values() if user.id in message.chat.members]
    mentioned = {u.id for u in users if u.username and f"@{u.username.lower()}" in named}
    return mentioned | ({answered.sender.id} if answered else set())


def _replied(call: Call, chat: Chat) -> int | None:
    given = call.arguments.parsed("reply_parameters", "reply parameters") or {}
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    if not given and call.arguments.has("reply_to_message_id"):
        given = {
            "message_id": call.arguments.integer("reply_to_message_id"),
            "allow_sending_without_reply": call.arguments.boolean("allow_sending_without_reply"),
        }
    if not given:
        return None
    message_id = given.get("message_id")
    if isinstance(message_id, int) and message_id in chat.messages:
        return message_id
    if given.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _thread(call: Call, chat: Chat) -> int | None:
    thread = call.arguments.integer("message_thread_id")
    if thread and thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread or None


def text_content(arguments: Arguments) -> Json:
    """The checked `text` of a call with its entities."""
    source = arguments.text("text")
    if not source:
        raise bad_request("message text is empty")
    parsed = _formatted(arguments, source, "entities")
    if not parsed.text:
        raise bad_request("text must be non-empty")
    if utf16_length(parsed.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return _content("text", "entities", parsed)


def caption_content(arguments: Arguments) -> Json:
    """The checked `caption` of a call; empty when it has none."""
    parsed = _formatted(arguments, arguments.text("caption"), "caption_entities")
    if utf16_length(parsed.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return _content("caption", "caption_entities", parsed) if parsed.text else {}


def _formatted(arguments: Arguments, source: str, entities: str) -> FormattedText:
    given = arguments.objects(entities, "entities")
    return formatted(source, arguments.text("parse_mode"), given)


def _content(name: str, entities: str, parsed: FormattedText) -> Json:
    found = {entities: list(parsed.entities)} if parsed.entities else {}
    return {name: parsed.text} | found


def media_content(call: Call, item: Any) -> Json:
    """The content of an InputMedia: its file and caption."""
    if not isinstance(item, dict) or item.get("type") not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: type must be photo or document")
    stored = the_file(call, item["type"], str(item.get("media", "")), "media")
    return file_content(stored) | caption_content(Arguments(item))


def the_file(call: Call, kind: str, given: str, name: str) -> StoredFile:
    """The file an argument speaks of: an upload, attach://name or a file_id."""
    key = given.removeprefix("attach://") if given.startswith("attach://") else name
    upload = call.arguments.uploads.get(key)
    if upload is not None:
        _check_upload(kind, upload.body)
        return _checked_picture(
            call.telegram.files.add(kind, upload.name, upload.body, upload.mime_type)
        )
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    return _known_file(call, kind, given)


def _known_file(call: Call, kind: str, file_id: str) -> StoredFile:
    if file_id.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = call.telegram.files.by_id(file_id)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def _check_upload(kind: str, body: bytes) -> None:
    if not body:
        raise bad_request("file must be non-empty")
    if len(body) > _MAX_FILE_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo" and len(body) > _MAX_PHOTO_BYTES:
        raise bad_request("file of size too big: photo must be at most 10 MB")


def _checked_picture(stored: StoredFile) -> StoredFile:
    if stored.kind != "photo":
        return stored
    if stored.size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = stored.size
    ratio = max(width, height) / max(1, min(width, height))
    if width + height > _MAX_PHOTO_SIDES or ratio > _MAX_PHOTO_RATIO:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return stored


def file_content(stored: StoredFile) -> Json:
    """The message field of a file."""
    if stored.kind == "photo":
        width, height = stored.size or (0, 0)
        return {"photo": [stored.json() | {"width": width, "height": height}]}
    named = {"file_name": stored.name, "mime_type": stored.mime_type}
    return {stored.kind: stored.json() | named}
