"""What people can do: one file each. Here they are tied to commands, buttons and messages.

In groups the bot is silent unless a command, or its name at either end of a message, asks it.
Edited messages and posts of channels are nobody's wish.
"""

from typing import Any

from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.handlers.about import about
from bot.handlers.broadcasting import broadcast
from bot.handlers.buttons import tapped
from bot.handlers.doings import words_given
from bot.handlers.export import export
from bot.handlers.failures import Failures
from bot.handlers.favourites import favourites
from bot.handlers.forget import forget
from bot.handlers.groups import AnswersUs, SlipsToUs, SpeaksToUs, spoken_to
from bot.handlers.guidance import show_help, start
from bot.handlers.history import history
from bot.handlers.inline import Chosen, InlineMode
from bot.handlers.jielong import jielong
from bot.handlers.memberships import group_migrated, membership_changed
from bot.handlers.operators import for_operators
from bot.handlers.other_messages import not_text, plain_text, unknown_command
from bot.handlers.poem import acrostic, continue_line, couplet, poem
from bot.handlers.questions import AnswersAQuestion, GivesWords
from bot.handlers.serving import visiting
from bot.handlers.settings import settings
from bot.handlers.stats import stats
from bot.handlers.subscribe import (
    STAY,
    answered,
    located,
    not_located,
    subscribe,
    unsubscribe,
)
from bot.handlers.visit import BotApplication, Parts

COMMANDS = {
    ("start",): start,
    ("help",): show_help,
    ("about",): about,
    ("poem",): poem,
    ("acrostic",): acrostic,
    ("continue",): continue_line,
    ("couplet",): couplet,
    ("jielong",): jielong,
    ("favourites", "favorites"): favourites,
    ("history",): history,
    ("export",): export,
    ("forget",): forget,
    ("settings",): settings,
    ("subscribe",): subscribe,
    ("unsubscribe",): unsubscribe,
}
# In no menu, and of no effect for others: see operators.py.
OPERATOR_COMMANDS = {
    ("broadcast",): for_operators(broadcast),
    ("stats",): for_operators(stats),
}
_NEW = filters.UpdateType.MESSAGE
# What was sent by way of a bot, ours or another's, is no wish.
_PRIVATE = _NEW & filters.ChatType.PRIVATE & ~filters.VIA_BOT
_GROUPS = _NEW & filters.ChatType.GROUPS & filters.TEXT & ~filters.VIA_BOT & ~filters.COMMAND

_ANSWER = _NEW & filters.TEXT & ~filters.COMMAND & ~filters.VIA_BOT


def register(application: BotApplication, parts: Parts) -> None:
    """Ties everything to the application."""
    application.add_handlers([*_commands(parts), *_messages(parts)])
    application.add_error_handler(Failures(parts))


def _commands(parts: Parts) -> list[BaseHandler[Any, Any, None]]:
    return [
        CommandHandler(names, visiting(step, parts), filters=_NEW)
        for names, step in (COMMANDS | OPERATOR_COMMANDS).items()
    ]


def _messages(parts: Parts) -> list[BaseHandler[Any, Any, None]]:
    """In this order; the first that fits takes the update."""
    return [
        CallbackQueryHandler(visiting(tapped, parts)),
        InlineQueryHandler(InlineMode(parts)),
        ChosenInlineResultHandler(Chosen(parts)),
        ChatMemberHandler(membership_changed(parts), ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(_NEW & filters.StatusUpdate.MIGRATE, group_migrated(parts)),
        MessageHandler(_ANSWER & GivesWords(), visiting(words_given, parts)),
        MessageHandler(_ANSWER & AnswersAQuestion(), visiting(answered, parts)),
        # A venue has a location too, but is sent for its name.
        MessageHandler(_PRIVATE & filters.LOCATION & ~filters.VENUE, visiting(located, parts)),
        MessageHandler(_PRIVATE & filters.Text(STAY), visiting(not_located, parts)),
        MessageHandler(_GROUPS & (SpeaksToUs() | AnswersUs()), visiting(spoken_to, parts)),
        MessageHandler(
            (_PRIVATE | _NEW & filters.ChatType.GROUPS & SlipsToUs()) & filters.COMMAND,
            visiting(unknown_command, parts),
        ),
        MessageHandler(_PRIVATE & filters.TEXT, visiting(plain_text, parts)),
        MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, visiting(not_text, parts)),
    ]
