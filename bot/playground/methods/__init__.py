"""The methods of the Bot API that the playground speaks, by lower-case name.

getUpdates is not among them: it waits, so polling.py answers it.
"""

from bot.playground.call import Method
from bot.playground.methods import chats, editing, marking, profile, queries, receiving, sending

METHODS: dict[str, Method] = {
    "getme": profile.get_me,
    "logout": receiving.farewell,
    "close": receiving.farewell,
    "setwebhook": receiving.set_webhook,
    "deletewebhook": receiving.delete_webhook,
    "getwebhookinfo": receiving.get_webhook_info,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendmediagroup": sending.send_media_group,
    "sendlocation": sending.send_location,
    "copymessage": sending.copy_message,
    "forwardmessage": sending.forward_message,
    "sendchataction": sending.send_chat_action,
    "setmessagereaction": marking.set_message_reaction,
    "pinchatmessage": marking.pin_chat_message,
    "unpinchatmessage": marking.unpin_chat_message,
    "unpinallchatmessages": marking.unpin_all_chat_messages,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "editmessagemedia": editing.edit_message_media,
    "deletemessage": editing.delete_message,
    "deletemessages": editing.delete_messages,
    "answercallbackquery": queries.answer_callback_query,
    "answerinlinequery": queries.answer_inline_query,
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "setmyname": profile.set_my_name,
    "getmyname": profile.get_my_name,
    "setmydescription": profile.set_my_description,
    "getmydescription": profile.get_my_description,
    "setmyshortdescription": profile.set_my_short_description,
    "getmyshortdescription": profile.get_my_short_description,
    "setchatmenubutton": profile.set_chat_menu_button,
    "getchatmenubutton": profile.get_chat_menu_button,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_chat_member,
    "getchatadministrators": chats.get_chat_administrators,
    "getchatmembercount": chats.get_chat_member_count,
    "leavechat": chats.leave_chat,
    "getfile": chats.get_file,
}
