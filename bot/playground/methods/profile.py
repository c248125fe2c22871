"""What the bot says of itself: commands per scope and language, name, descriptions, menu."""

import re

from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.state import Chat, Json, Telegram

_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}
_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> Json:
    """The bot as a User."""
    return call.telegram.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(call: Call) -> bool:
    """The command menu of a scope and language."""
    given = call.arguments.objects("commands", "commands")
    if given is None:
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(given) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.telegram.commands[_key(call)] = [_command(each) for each in given]
    call.telegram.tell("commands")
    return True


def get_my_commands(call: Call) -> list[Json]:
    """The commands that were set for exactly this scope and language."""
    return call.telegram.commands.get(_key(call), [])


def delete_my_commands(call: Call) -> bool:
    """Forgets the commands of a scope and language."""
    call.telegram.commands.pop(_key(call), None)
    call.telegram.tell("commands")
    return True


def commands_for(telegram: Telegram, chat: Chat, language: str) -> list[Json]:
    """The menu a user sees in a chat: the narrowest scope first, the user's language first."""
    if chat.type == "private":
        scopes = [f"chat:{chat.id}", "all_private_chats", "default"]
    else:
        scopes = [f"chat:{chat.id}", "all_group_chats", "default"]
    for scope in scopes:
        for code in (language.split("-")[0], ""):
            if telegram.commands.get((scope, code)):
                return telegram.commands[scope, code]
    return []


def _key(call: Call) -> tuple[str, str]:
    scope = call.arguments.parsed("scope", "BotCommandScope") or {"type": "default"}
    kind = str(scope.get("type")) if isinstance(scope, dict) else ""
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if "chat_id" in scope:
        chat = call.telegram.find_chat(str(scope["chat_id"]))
        kind = f"{kind}:{chat.id}" + (f":{scope['user_id']}" if "user_id" in scope else "")
    return kind, _language(call)


def _language(call: Call) -> str:
    code = call.arguments.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def _command(given: Json) -> Json:
    if "command" not in given or "description" not in given:
        raise bad_request("can't parse BotCommand: Can't find field \"command\"")
    name = str(given["command"]).removeprefix("/")
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(given["description"]).strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": str(given["description"]).strip()}


def set_my_name(call: Call) -> bool:
    """The bot's name in a language."""
    return _set(call, "name")


def get_my_name(call: Call) -> Json:
    """The bot's name in a language."""
    return {"name": _text(call, "name") or call.telegram.bot.first_name}


def set_my_description(call: Call) -> bool:
    """What an empty chat shows."""
    return _set(call, "description")


def get_my_description(call: Call) -> Json:
    """What an empty chat shows."""
    return {"description": _text(call, "description")}


def set_my_short_description(call: Call) -> bool:
    """What the bot's profile shows."""
    return _set(call, "short_description")


def get_my_short_description(call: Call) -> Json:
    """What the bot's profile shows."""
    return {"short_description": _text(call, "short_description")}


def _set(call: Call, what: str) -> bool:
    text = call.arguments.text(what)
    if len(text) > _LIMITS[what]:
        raise bad_request(f"bot {what.replace('_', ' ')} is too long")
    call.telegram.profile[what, _language(call)] = text
    call.telegram.tell("bot")
    return True


def _text(call: Call, what: str) -> str:
    return profile_text(call.telegram, what, _language(call))


def profile_text(telegram: Telegram, what: str, language: str) -> str:
    """A text of the profile in a language, else in the default one."""
    return telegram.profile.get((what, language)) or telegram.profile.get((what, ""), "")


def set_chat_menu_button(call: Call) -> bool:
    """The button left of the text field, in one chat or in all."""
    button = call.arguments.parsed("menu_button", "MenuButton") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("commands", "web_app", "default"):
        raise bad_request("can't parse MenuButton: unsupported type specified")
    if call.arguments.has("chat_id"):
        call.chat().menu_button = button
    else:
        call.telegram.menu_button = button
    return True


def get_chat_menu_button(call: Call) -> Json:
    """The menu button of one chat, or of all."""
    own = call.chat().menu_button if call.arguments.has("chat_id") else None
    return own or call.telegram.menu_button
