"""Inline mode: `@bot 月` in any chat, and what happens when a poem is sent from it.

The messages that come of it belong to chats we do not know, so their buttons are links.
"""

import asyncio
from contextlib import suppress

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest as TelegramRefused

from bot.errors import TooBusy, TooSoon
from bot.handlers.rendering import first_sentence, form_name, poem_html, title_of, untitled
from bot.handlers.sentences import Sayable, sentence
from bot.handlers.visit import Context, Parts
from bot.locales import Say, known_language, language_of, script_of, speak
from bot.services.cards import paper_or_default
from bot.services.deep_links import link_to, poem_payload
from bot.services.inline import FAVOURITE, SHARED, WRITTEN, Asker, Offer, wish_of

SETTLING = 0.12  # seconds in which somebody who types may type on
_CACHED = 5  # seconds Telegram gives the same answer to the same person
_OVER = ("query is too old", "query_id_invalid", "query id is invalid")
_CODES = {WRITTEN: "w", FAVOURITE: "k", SHARED: "s"}
_AS_CARD = "c"
_KINDS = {code: kind for kind, code in _CODES.items()}
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class InlineMode:
    """Answers the last thing somebody typed; what they typed before it no longer matters."""

    def __init__(self, parts: Parts, settling: float = SETTLING) -> None:
        self._parts = parts
        self._settling = settling
        self._newest: dict[int, str] = {}

    async def __call__(self, update: Update, _: Context) -> None:
        """Offers poems, or the one sentence that says what would work."""
        query = update.inline_query
        if query is None:
            return
        user = query.from_user.id
        self._newest[user] = query.id
        try:
            await asyncio.sleep(self._settling)
            if self._is_newest(query):
                await self._answer(query)
        finally:
            if self._is_newest(query):
                del self._newest[user]

    def _is_newest(self, query: InlineQuery) -> bool:
        return self._newest.get(query.from_user.id) == query.id

    async def _answer(self, query: InlineQuery) -> None:
        asker, say = await self._asker(query)
        name = query.get_bot().username
        results: list[InlineQueryResult]
        cached = _CACHED
        try:
            offers = await self._parts.inline.offers(
                asker, query.query, lambda: self._is_newest(query)
            )
            results = [_article(offer, say, name) for offer in offers]
            results += [_card(offer, say, name) for offer in offers if offer.picture]
        except (TooBusy, TooSoon) as error:  # over in a moment, and so not to be given again
            cached, results = 0, [_patience(sentence(error, say), say, name)]
        except Sayable as error:
            results = [
                _hint(say("inline-hint-title"), sentence(error, say, asker.script), say, name)
            ]
        if self._is_newest(query):
            await _give(query, results, say, cached)

    async def _asker(self, query: InlineQuery) -> tuple[Asker, Say]:
        """What they chose in their own chat with us, else what their Telegram says."""
        chat = await self._parts.store.chats.get(query.from_user.id)
        chosen = known_language(chat.language) if chat else None
        say = speak(chosen or language_of(query.from_user.language_code))
        script = (chat.script if chat else None) or script_of(say.language)
        asker = Asker(
            query.from_user.id,
            script,
            paper_or_default(chat.paper if chat else None),
            form=chat.default_form if chat else None,
            boldness=chat.boldness if chat else None,
        )
        return asker, say


async def _give(
    query: InlineQuery, results: list[InlineQueryResult], say: Say, cached: int
) -> None:
    button = InlineQueryResultsButton(say("inline-open-bot"), start_parameter="inline")
    try:
        await query.answer(results, cache_time=cached, is_personal=True, button=button)
    except TelegramRefused as error:
        if not any(text in str(error).lower() for text in _OVER):
            raise


def _article(offer: Offer, say: Say, name: str) -> InlineQueryResultArticle:
    """The title and how it begins; sent, the whole poem as it is typeset elsewhere."""
    return InlineQueryResultArticle(
        f"{_CODES[offer.kind]}{offer.poem.id}",
        _heading(offer, say),
        _message(poem_html(offer.poem, say)),
        reply_markup=_links(offer, say, name),
        description=first_sentence(offer.poem),
    )


def _card(offer: Offer, say: Say, name: str) -> InlineQueryResultCachedPhoto:
    """The poem as a picture, with its text below."""
    return InlineQueryResultCachedPhoto(
        f"{_CODES[offer.kind]}{offer.poem.id}{_AS_CARD}",
        offer.picture or "",
        title=_heading(offer, say),
        description=first_sentence(offer.poem),
        caption=poem_html(offer.poem, say),
        parse_mode=ParseMode.HTML,
        reply_markup=_links(offer, say, name),
    )


def _heading(offer: Offer, say: Say) -> str:
    title = title_of(offer.poem) or untitled(offer.poem, say)
    heading = f"{title} · {form_name(offer.poem, say)}"
    return f"💛 {heading}" if offer.kind == FAVOURITE else heading


def _message(html: str) -> InputTextMessageContent:
    return InputTextMessageContent(html, ParseMode.HTML, link_preview_options=_NO_PREVIEW)


def _links(offer: Offer, say: Say, name: str) -> InlineKeyboardMarkup:
    """What can be done in a chat that we do not know: open the poem with us, or write another."""
    opened = link_to(name, poem_payload(offer.token))
    row = [InlineKeyboardButton(say("button-open"), opened)]
    wish = wish_of(offer.poem)
    if wish is not None:
        row.append(InlineKeyboardButton(say("button-another"), link_to(name, wish)))
    return InlineKeyboardMarkup([row])


def _patience(told: str, say: Say, name: str) -> InlineQueryResultArticle:
    """How long to wait, where it is read first."""
    return _hint(told, say("inline-hint-title"), say, name)


def _hint(title: str, told: str, say: Say, name: str) -> InlineQueryResultArticle:
    """What works, for who typed something that does not; also as a message, if it is sent."""
    button = InlineKeyboardButton(say("inline-open-bot"), f"https://t.me/{name}")
    return InlineQueryResultArticle(
        "hint",
        title,
        _message(say("inline-hint-html", bot=name)),
        reply_markup=InlineKeyboardMarkup([[button]]),
        description=told,
    )


class Chosen:
    """chosen_inline_result: Telegram tells of it where BotFather's inline feedback is on."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def __call__(self, update: Update, _: Context) -> None:
        """Counts it."""
        chosen = update.chosen_inline_result
        if chosen is None:
            return
        kind = _KINDS.get(chosen.result_id[:1])
        with suppress(ValueError):
            if kind is not None:
                poem_id = int(chosen.result_id[1:].removesuffix(_AS_CARD))
                await self._parts.inline.chosen(kind, poem_id, chosen.from_user.id)
