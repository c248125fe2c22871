"""↗ under a poem: send it to another chat, or copy the link that opens it."""

from urllib.parse import urlencode

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.handlers.keyboards import button
from bot.handlers.taps import Look, Share
from bot.handlers.visit import Visit
from bot.services.deep_links import link_to, poem_payload

_SHARING_PAGE = "https://t.me/share/url"


async def share(visit: Visit, tap: Share) -> None:
    """The ways to pass a poem on, in the place of its buttons."""
    poem, say = await visit.find(tap.poem_id), visit.say_there
    token = await visit.parts.poems.share_token(poem)
    link = link_to(visit.bot.username, poem_payload(token))
    back = button(say("button-back"), Look(poem.id, tap.script, tap.face))
    copy = InlineKeyboardButton(say("button-copy-link"), copy_text=CopyTextButton(link))
    rows = [[_send(visit, token, link)], [copy], [back]]
    await visit.edit_keyboard(InlineKeyboardMarkup(rows))


def _send(visit: Visit, token: str, link: str) -> InlineKeyboardButton:
    """Sends the poem itself where the bot is known inline, else its link."""
    text = visit.say_there("button-send")
    if visit.bot.supports_inline_queries:
        return InlineKeyboardButton(text, switch_inline_query=f"#{token}")
    return InlineKeyboardButton(text, url=f"{_SHARING_PAGE}?{urlencode({'url': link})}")
