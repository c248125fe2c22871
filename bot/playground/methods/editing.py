"""editMessageText, -Caption, -ReplyMarkup, -Media, deleteMessage and deleteMessages."""

from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.markup import inline_markup
from bot.playground.methods.sending import caption_content, media_content, text_content
from bot.playground.state import Json, Message

_DELETABLE_FOR = 48 * 3600  # seconds
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def edit_message_text(call: Call) -> Json | bool:
    """New words for a text message."""
    message = _editable(call)
    content = text_content(call.arguments)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _edit(call, message, content)


def edit_message_caption(call: Call) -> Json | bool:
    """New words under a picture or document."""
    message = _editable(call)
    if not {"photo", "document"} & set(message.content):
        raise bad_request("there is no caption in the message to edit")
    kept = {k: v for k, v in message.content.items() if not k.startswith("caption")}
    return _edit(call, message, kept | caption_content(call.arguments))


def edit_message_reply_markup(call: Call) -> Json | bool:
    """New buttons under a message."""
    message = _editable(call)
    return _edit(call, message, message.content)


def edit_message_media(call: Call) -> Json | bool:
    """Another picture or document in the place of the old one, or of a text."""
    message = _editable(call)
    if call.arguments.has("inline_message_id") and call.arguments.uploads:
        raise bad_request("a new file can't be uploaded when an inline message is edited")
    content = media_content(call, call.arguments.parsed("media", "InputMedia"))
    return _edit(call, message, content)


def delete_message(call: Call) -> bool:
    """Takes a message out of the chat."""
    message = call.message("delete")
    _check_deletable(call, message)
    call.telegram.delete_message(message)
    return True


def delete_messages(call: Call) -> bool:
    """Takes up to 100 messages out of the chat; those not there are passed over."""
    chat = call.chat_to_write_in()
    wanted = call.arguments.parsed("message_ids", "message identifiers")
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= 100:
        raise bad_request("message identifiers are not specified")
    for message in [m for number, m in chat.messages.items() if number in wanted]:
        _check_deletable(call, message)
        call.telegram.delete_message(message)
    return True


def _check_deletable(call: Call, message: Message) -> None:
    own = message.sender is call.telegram.bot or message.chat.type == "private"
    if not own and message.chat.bot_status != "administrator":
        raise bad_request("message can't be deleted")
    if call.now - message.date > _DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")


def _editable(call: Call) -> Message:
    if call.arguments.has("inline_message_id"):
        message = call.telegram.inline_message(call.arguments.text("inline_message_id"))
        if message is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return message
    message = call.message("edit")
    if message.sender is not call.telegram.bot:
        raise bad_request("message can't be edited")
    if message.with_keyboard:
        raise bad_request("message can't be edited")
    return message


def _edit(call: Call, message: Message, content: Json) -> Json | bool:
    markup = inline_markup(call.arguments)
    if content == message.content and markup == message.reply_markup:
        raise bad_request(_NOT_MODIFIED)
    message.content, message.reply_markup = content, markup
    message.edit_date = int(call.now)
    call.telegram.message_changed(message)
    return True if call.arguments.has("inline_message_id") else message.json()
