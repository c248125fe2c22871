"""The command menus: everybody's, by the language of their Telegram; and a chat's own, where the
bot speaks another language there than Telegram's menu would.

Telegram knows of languages what two letters say, so that who reads 繁體 would find the menu in
简体, and who reads German in Chinese. The menu of one chat goes before all others.
"""

from collections.abc import Mapping

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, TelegramError

from bot.errors import StorageError
from bot.handlers.visit import Visit
from bot.locales import DEFAULT, Language, known_language, speak
from bot.storage import Store

MENU = (
    "poem",
    "acrostic",
    "continue",
    "couplet",
    "jielong",
    "favourites",
    "history",
    "subscribe",
    "unsubscribe",
    "settings",
    "export",
    "forget",
    "help",
    "about",
)
OPERATOR_MENU = ("stats", "broadcast")
GROUP_MENU = (
    "poem",
    "acrostic",
    "continue",
    "couplet",
    "jielong",
    "subscribe",
    "settings",
    "help",
)
_FOR_ALL: tuple[tuple[Language, str | None], ...] = (
    (DEFAULT, None),
    (DEFAULT, "zh"),
    ("en", "en"),
)

log = structlog.stdlib.get_logger(__name__)


async def set_menus(bot: Bot, operators: Mapping[int, Language | None] | None = None) -> None:
    """Everybody's menu, in Chinese and, for English Telegrams, in English; the chats of the
    `operators` have a longer one, in the language that is spoken there where that is known."""
    for language, code in _FOR_ALL:
        for scope, names in _scopes():
            try:
                await _set(bot, scope, names, language, code)
            except TelegramError as error:
                log.warning("the command menu was not set", error=str(error))
                return
    for chat_id, spoken in (operators or {}).items():
        await _set_operators_menu(bot, chat_id, spoken)


async def spoken_to(store: Store, chat_ids: tuple[int, ...]) -> dict[int, Language | None]:
    """What is spoken in these chats, None where nobody knows yet."""
    chats = {chat_id: await store.chats.get(chat_id) for chat_id in chat_ids}
    return {
        chat_id: known_language(chat.language or chat.heard_language) if chat else None
        for chat_id, chat in chats.items()
    }


def _scopes() -> list[tuple[BotCommandScope, tuple[str, ...]]]:
    return [(BotCommandScopeDefault(), MENU), (BotCommandScopeAllGroupChats(), GROUP_MENU)]


async def _set(
    bot: Bot,
    scope: BotCommandScope,
    names: tuple[str, ...],
    language: Language,
    code: str | None = None,
) -> None:
    say = speak(language)
    menu = [BotCommand(name, say(f"menu-{name}")) for name in names]
    await bot.set_my_commands(menu, scope=scope, language_code=code)


async def _set_operators_menu(bot: Bot, chat_id: int, spoken: Language | None) -> None:
    """Where the bot and the operator have not met there is no chat to have a menu yet."""
    names, scope = (*MENU, *OPERATOR_MENU), BotCommandScopeChat(chat_id)
    try:
        await _set(bot, scope, names, spoken or DEFAULT)
        await _set(bot, scope, names, spoken or "en", "en")
    except TelegramError as error:
        log.info("an operator's menu was not set", chat_id=chat_id, error=str(error))


def own_menu(visit: Visit) -> Language | None:
    """The language of the menu that the visit's chat needs for itself; None where everybody's
    does. In a group, whose people have Telegrams of many languages, it is the chosen one."""
    if not visit.private:
        return known_language(visit.chat.language)
    user = visit.update.effective_user
    code = (user.language_code if user else None) or ""
    shown = "en" if code.lower().startswith("en") else DEFAULT
    spoken = visit.say.language
    return None if spoken == shown and visit.chat_id not in visit.parts.admin_chat_ids else spoken


async def suit(visit: Visit) -> None:
    """Gives the chat the menu it needs, once for each change, and remembers it. What comes in
    the way is no harm to anybody: the commands work in every language."""
    wanted = own_menu(visit)
    if wanted == visit.chat.menu:
        return
    try:
        chat = await visit.parts.store.chats.get(visit.chat_id)
        if chat is not None and chat.menu != wanted:  # None: /forget has just deleted it
            await _give(visit, wanted)
            await visit.parts.store.chats.set_menu(visit.chat_id, wanted)
    except (TelegramError, StorageError) as error:
        log.info("a chat's menu was not set", chat_id=visit.chat_id, error=str(error))


async def _give(visit: Visit, wanted: Language | None) -> None:
    """Raises TelegramError where it is worth another try."""
    try:
        if wanted is None:
            await take_away(visit)
        elif visit.chat_id in visit.parts.admin_chat_ids:
            await _set_operators_menu(visit.bot, visit.chat_id, wanted)
        else:
            names = MENU if visit.private else GROUP_MENU
            await _set(visit.bot, BotCommandScopeChat(visit.chat_id), names, wanted)
    except BadRequest as error:  # it would be refused again
        log.info("a chat's menu was refused", chat_id=visit.chat_id, error=str(error))


async def take_away(visit: Visit) -> None:
    """Everybody's menu again."""
    await visit.bot.delete_my_commands(scope=BotCommandScopeChat(visit.chat_id))
