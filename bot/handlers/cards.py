"""🖼 under a poem: it as a picture, and the same picture on another paper.

A picture is drawn and sent up once for each paper and script; then Telegram has it.
"""

from collections.abc import Awaitable, Callable

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatAction
from telegram.error import BadRequest as TelegramRefused

from bot.handlers.keyboards import button
from bot.handlers.rendering import SCRIPTS, form_name, title_html
from bot.handlers.taps import CardOn, PaperName, ShowCard
from bot.handlers.visit import Visit
from bot.locales import Say
from bot.services.cards import paper_or_default
from bot.services.scripts import in_script
from bot.storage import StoredPoem

_IN_A_ROW = 4
Sending = Callable[[bytes | str, str, InlineKeyboardMarkup], Awaitable[Message | None]]


async def show(visit: Visit, tap: ShowCard) -> None:
    """The card on the chat's paper, as a reply to the poem."""
    paper = PaperName(paper_or_default(visit.chat.paper))
    await _give(visit, CardOn(tap.poem_id, tap.script, paper), visit.send_picture, visit.say)


async def change_paper(visit: Visit, tap: CardOn) -> None:
    """The card in the same message, on the paper of the button."""
    await _give(visit, tap, visit.change_picture, visit.say_there)


async def _give(visit: Visit, card: CardOn, send: Sending, say: Say) -> None:
    """Sends the card; a chat that allows no pictures is told so."""
    poem = await visit.find(card.poem_id)
    try:
        if not await _give_known(visit, poem, card, send, say):
            await _give_drawn(visit, poem, card, send, say)
    except TelegramRefused as error:
        if not _says(error, "not enough rights", "photos_forbidden"):
            raise
        await visit.tell(visit.say("card-not-allowed"))


async def _give_known(
    visit: Visit, poem: StoredPoem, card: CardOn, send: Sending, say: Say
) -> bool:
    """Sends the picture Telegram keeps; False where it keeps none, or no longer."""
    cards, script = visit.parts.cards, SCRIPTS[card.script]
    file_id = await cards.known(poem.id, card.paper, script)
    if file_id is None:
        return False
    try:
        await send(file_id, _caption(poem, card, say), _keyboard(card, say))
    except TelegramRefused as error:
        if not _says(error, "file_id", "file identifier", "file reference"):
            raise
        await cards.forget(poem.id, card.paper, script)
        return False
    return True


async def _give_drawn(
    visit: Visit, poem: StoredPoem, card: CardOn, send: Sending, say: Say
) -> None:
    cards, script = visit.parts.cards, SCRIPTS[card.script]
    async with visit.typing(ChatAction.UPLOAD_PHOTO):
        drawn = await cards.draw(poem, card.paper, script)
        sent = await send(drawn, _caption(poem, card, say), _keyboard(card, say))
    if sent is not None and sent.photo:
        await cards.remember(poem.id, card.paper, script, sent.photo[-1].file_id)


def _says(error: TelegramRefused, *texts: str) -> bool:
    return any(text in str(error).lower() for text in texts)


def _caption(poem: StoredPoem, card: CardOn, say: Say) -> str:
    shown = in_script(poem, SCRIPTS[card.script])
    return f"{title_html(shown, say)} · {form_name(shown, say)}"


def _keyboard(card: CardOn, say: Say) -> InlineKeyboardMarkup:
    """Every paper; the one it is on is ticked."""
    papers = [
        button(
            say("paper-chosen", paper=say(f"paper-{paper}"))
            if paper == card.paper
            else say(f"paper-{paper}"),
            CardOn(card.poem_id, card.script, paper),
        )
        for paper in PaperName
    ]
    starts = range(0, len(papers), _IN_A_ROW)
    return InlineKeyboardMarkup([papers[start : start + _IN_A_ROW] for start in starts])
