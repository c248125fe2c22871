"""One update, seen as a person who wants something in a chat, and the ways to answer them.

It does not know what is wanted: handlers read `words` or `tap`, call one service, and answer.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from html import escape
from typing import Any

import structlog
from telegram import (
    CallbackQuery,
    ForceReply,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.constants import ZERO_DATE, ChatAction, ChatType, ParseMode
from telegram.error import BadRequest as TelegramRefused
from telegram.error import NetworkError, TelegramError
from telegram.ext import Application, CallbackContext, ExtBot

from bot.errors import StorageError
from bot.handlers.answered import carried_html, quoted_words
from bot.handlers.error_reports import ErrorReports
from bot.handlers.keyboards import language_shown, poem_keyboard, serves_again, verse_in
from bot.handlers.rendering import poem_html
from bot.handlers.senders import sender_of
from bot.handlers.turns import Turns
from bot.locales import Say, known_language, language_of, script_of, speak
from bot.metrics import Metrics
from bot.services.anthology import Anthology
from bot.services.cards import CardService
from bot.services.command_names import command_apart
from bot.services.export import Exports
from bot.services.inline import InlinePoems
from bot.services.jielong import Jielong
from bot.services.poems import Ask, Clock, PoemService
from bot.services.statistics import StatisticsService
from bot.services.subscriptions import SubscriptionService
from bot.storage import Chat, Store, StoredPoem

BotApplication = Application[ExtBot[Any], Any, Any, Any, Any, Any]
Context = CallbackContext[Any, Any, Any, Any]
Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply
HandlerCallback = Callable[[Update, Context], Coroutine[Any, Any, None]]

BLINK = 0.3  # seconds an answer may take before "typing…" is shown
TYPING_LASTS = 4.0  # Telegram shows it for five seconds
_UPLOAD_TAKES = 60  # seconds at most
_PICTURE_NAME = "poem.jpg"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # of links that only we read
# Signs that turn the direction of all that is written behind them, ours too.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TOAST = 200  # characters Telegram shows as the answer to a tap

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Parts:
    """What handlers work with."""

    store: Store
    poems: PoemService
    subscriptions: SubscriptionService
    anthology: Anthology
    reports: ErrorReports
    statistics: StatisticsService
    clock: Clock
    metrics: Metrics
    turns: Turns
    admin_chat_ids: tuple[int, ...]  # see bot.handlers.operators
    inline: InlinePoems
    jielong: Jielong
    cards: CardService
    exports: Exports


class Visit:
    """Somebody, somewhere, now."""

    def __init__(
        self, update: Update, application: BotApplication, parts: Parts, chat: Chat
    ) -> None:
        sender = sender_of(update)
        if sender is None or update.effective_user is None or update.effective_chat is None:
            raise ValueError("an update without a person or a chat is no visit")
        self.update = update
        self.application = application
        self.bot = application.bot
        self.parts = parts
        self.user_id = sender.id
        self.first_name = _TURNING.sub("", sender.name)
        self.in_chats_name = sender.is_chat
        self.chat_id = update.effective_chat.id
        self.private = update.effective_chat.type == ChatType.PRIVATE
        self._spoken = language_of(update.effective_user.language_code)
        self._query_answered = False
        self._said: str | None = None
        self._heed(chat)

    def _heed(self, chat: Chat) -> None:
        """Does as the chat chose: its language, its script."""
        self.chat = chat
        self.say: Say = speak(known_language(chat.language) or self._spoken)
        self.script = chat.script or script_of(self.say.language)

    async def choose(self, **choices: str | None) -> None:
        """Stores what the chat chose, and does so from now on."""
        chat = await self.parts.store.chats.choose(self.chat_id, **choices)
        if chat is not None:
            self._heed(chat)

    @classmethod
    async def begin(cls, update: Update, application: BotApplication, parts: Parts) -> "Visit":
        """The visit of an update's person; the chat is noted as seen."""
        where, who = update.effective_chat, update.effective_user
        if where is None:
            raise ValueError("an update without a chat is no visit")
        private = who is not None and where.type == ChatType.PRIVATE
        heard = language_of(who.language_code) if who is not None and private else None
        now = parts.clock()
        chat = await parts.store.chats.seen(where.id, str(where.type), now=now, heard=heard)
        return cls(update, application, parts, chat)

    @property
    def message(self) -> Message | None:
        """The message that was sent, or whose button was tapped, where its words can be read."""
        query = self.query
        if query is None:
            return self.update.effective_message
        tapped = query.message
        return tapped if isinstance(tapped, Message) and tapped.date > ZERO_DATE else None

    @property
    def words(self) -> str:
        """What was written, without the command in front."""
        if self._said is not None:
            return self._said
        text = _TURNING.sub("", (self.message.text if self.message else None) or "")
        if not text.startswith("/"):
            return text.strip()
        return command_apart(text)[1]

    def saying(self, words: str) -> "Visit":
        """The same visit, as if these words had been written after a command."""
        self._said = _TURNING.sub("", words)
        return self

    @property
    def quoted(self) -> str | None:
        """The words of the message that this one answers, or what of them was marked; "" where
        it has none, None where this answers nothing. A poem of ours gives its title."""
        if self._said is not None:
            return None
        return quoted_words(self.update.message, self.bot.id)

    @property
    def query(self) -> CallbackQuery | None:
        """The tap on a button, if this is one."""
        return self.update.callback_query

    @property
    def say_there(self) -> Say:
        """Speaks the language of the tapped message, for what changes in it: in a group, which
        may have chosen none, the message is everybody's, and not only of who taps."""
        if self.private or known_language(self.chat.language) or self.message is None:
            return self.say
        return speak(language_shown(self.message) or self.say.language)

    @property
    def thread_id(self) -> int | None:
        """The forum topic this happens in."""
        message = self.message
        if not isinstance(message, Message) or not message.is_topic_message:
            return None
        return message.message_thread_id

    def ask(self, kind: str = "poem") -> Ask:
        """The beginning of a wish: who asks, and where."""
        return Ask(
            kind,
            self.chat_id,
            self.user_id,
            self.script,
            boldness=self.chat.boldness,
            usual_form=self.chat.default_form,
        )

    async def answer(
        self,
        text: str,
        keyboard: Keyboard | None = None,
        *,
        html: bool = False,
        as_reply: bool = False,
    ) -> Message:
        """Sends a message here; in a group, or `as_reply`, it replies to who asked."""
        return await self.bot.send_message(
            self.chat_id,
            text,
            parse_mode=ParseMode.HTML if html else None,
            reply_markup=keyboard,
            message_thread_id=self.thread_id,
            reply_parameters=self._reply() if as_reply or not self.private else None,
            link_preview_options=_NO_PREVIEW,
        )

    def _reply(self) -> ReplyParameters | None:
        asked = self.update.message
        if asked is None:
            return None
        return ReplyParameters(asked.message_id, allow_sending_without_reply=True)

    @property
    def placeholder(self) -> int | None:
        """The message that holds the place of the answer already, from a process that died."""
        return self.parts.turns.placeholder(self.update)

    async def hold_place(self, text: str) -> int:
        """Sends a message that the answer will take the place of, whoever gives it."""
        message = await self.answer(text)
        with suppress(StorageError):  # it only matters if we die
            await self.parts.turns.hold_place(self.update, message.message_id)
        return message.message_id

    async def replace(
        self, message_id: int, html: str, keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        """Turns a message of ours into another; False where it is there no longer."""
        with _tolerating(*_UNEDITABLE):
            await self.bot.edit_message_text(
                html,
                self.chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
            )
            return True
        return False

    async def delete(self, message_id: int) -> None:
        """Takes back a message of ours, where it still can be."""
        with suppress(TelegramError):
            await self.bot.delete_message(self.chat_id, message_id)

    async def find(self, poem_id: int) -> StoredPoem:
        """The poem that a tap refers to; PoemNotFound where it is not this person's to see."""
        return await self.parts.poems.find(poem_id, chat_id=self.chat_id, user_id=self.user_id)

    async def show(self, poem: StoredPoem) -> None:
        """Shows a poem that was just written, with its buttons."""
        keyboard = poem_keyboard(poem, self.say, kept=False)
        await self.answer(poem_html(poem, self.say), keyboard, html=True)

    async def show_again(self, poem_id: int) -> None:
        """Shows a poem out of somebody's list; in a group to read, without buttons, since
        it is not the group's."""
        poem = await self.find(poem_id)
        if self.private:
            await self.show_earlier(poem)
        else:
            await self.answer(poem_html(poem, self.say, verse_in(self.script)), html=True)

    async def show_earlier(self, poem: StoredPoem) -> None:
        """Shows a poem from before, or from somebody else, in the script that is read here now;
        in a group the heart is nobody's."""
        is_kept = self.parts.store.favourites.is_kept
        kept = self.private and await is_kept(self.user_id, poem.id)
        view = verse_in(self.script)
        keyboard = poem_keyboard(poem, self.say, kept=kept, view=view)
        await self.answer(poem_html(poem, self.say, view), keyboard, html=True)

    async def tell(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """A short word: over the chat for a tap not answered yet, else as a message, which
        replies to what was asked where its buttons will need that."""
        if self.query is None and keyboard is not None and serves_again(keyboard):
            await self.offer(text, keyboard)
        elif self.query is None or self._query_answered:
            await self.answer(text, keyboard, as_reply=keyboard is not None)
        else:
            await self.toast(text)

    async def offer(self, text: str, keyboard: InlineKeyboardMarkup) -> None:
        """An answer to what was written, with buttons that serve that once more."""
        above = carried_html(self.update.message, self.bot.bot)
        await self.answer(above + escape(text), keyboard, html=True, as_reply=True)

    async def toast(self, text: str | None = None) -> None:
        """Answers the tap, once; a tap too old to be answered is let be, and a word that is lost
        on the way is: what was done for the tap is done."""
        if self.query is None or self._query_answered:
            return
        self._query_answered = True
        try:
            with _tolerating("query is too old", "query_id_invalid"):
                await self.query.answer(text[:_TOAST] if text else None)
        except NetworkError as error:
            if isinstance(error, TelegramRefused):
                raise
            log.info("a tap was not answered", error=str(error))

    async def edit_keyboard(self, keyboard: InlineKeyboardMarkup | None) -> None:
        """Puts other buttons under the message that was tapped, where it still can be."""
        if self.query is not None:
            with _tolerating(*_UNEDITABLE):
                await self.bot.edit_message_reply_markup(*self._tapped(), reply_markup=keyboard)

    async def edit(self, text: str, keyboard: InlineKeyboardMarkup | None, *, html: bool) -> None:
        """Changes the message that was tapped, where it still can be."""
        if self.query is not None:
            with _tolerating(*_UNEDITABLE):
                await self.bot.edit_message_text(
                    text,
                    *self._tapped(),
                    parse_mode=ParseMode.HTML if html else None,
                    reply_markup=keyboard,
                )

    async def send_picture(
        self, picture: bytes | str, caption: str, keyboard: InlineKeyboardMarkup
    ) -> Message:
        """Sends a picture, bytes or one that Telegram keeps, as a reply to the tapped message."""
        return await self.bot.send_photo(
            self.chat_id,
            picture,
            caption=caption,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            message_thread_id=self.thread_id,
            reply_parameters=self._reply_to_tapped(),
            filename=_PICTURE_NAME,
        )

    async def change_picture(
        self, picture: bytes | str, caption: str, keyboard: InlineKeyboardMarkup
    ) -> Message | None:
        """Puts another picture into the tapped message, where it still can be."""
        media = InputMediaPhoto(picture, caption, ParseMode.HTML, filename=_PICTURE_NAME)
        if self.query is not None:
            with _tolerating(*_UNEDITABLE):
                changed = await self.bot.edit_message_media(
                    media, *self._tapped(), reply_markup=keyboard
                )
                return changed if isinstance(changed, Message) else None
        return None

    async def send_file(self, body: bytes, name: str, caption: str) -> None:
        """Sends a file; a large one may take its time."""
        await self.bot.send_document(
            self.chat_id,
            body,
            caption=caption,
            message_thread_id=self.thread_id,
            reply_parameters=self._reply_to_tapped(),
            filename=name,
            read_timeout=_UPLOAD_TAKES,
            write_timeout=_UPLOAD_TAKES,
        )

    def _reply_to_tapped(self) -> ReplyParameters | None:
        tapped = self.tapped_id
        if tapped is None:
            return None
        return ReplyParameters(tapped, allow_sending_without_reply=True)

    @property
    def tapped_id(self) -> int | None:
        """The number of the message that was tapped: of an old one Telegram tells nothing else."""
        tapped = self.query.message if self.query else None
        return tapped.message_id if tapped else None

    def _tapped(self) -> tuple[int, int]:
        """Where it is, for calls that change it whether its words can be read or not."""
        return self.chat_id, self.tapped_id or 0

    @asynccontextmanager
    async def typing(self, action: ChatAction = ChatAction.TYPING) -> AsyncIterator[None]:
        """Shows "typing…" for as long as the block takes, if that is longer than a blink."""
        showing = asyncio.create_task(self._show(action))
        try:
            yield
        finally:
            showing.cancel()
            with suppress(asyncio.CancelledError):
                await showing

    async def _show(self, action: ChatAction) -> None:
        await asyncio.sleep(BLINK)
        while True:
            try:
                await self.bot.send_chat_action(
                    self.chat_id, action, message_thread_id=self.thread_id
                )
            except TelegramError as error:
                log.debug("typing was not shown", error=str(error))
            await asyncio.sleep(TYPING_LASTS)


_UNEDITABLE = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
)


class _tolerating:  # noqa: N801 - reads as a statement, like contextlib.suppress
    """Lets Telegram's refusals with one of these texts pass: what was wanted is moot."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        said = str(error).lower()
        return isinstance(error, TelegramRefused) and any(text in said for text in self._texts)
