"""What a person's message answers: somebody's words, a question or a game of ours.

When such a message has to be served once more, Telegram shows it without what it answered. So
the message of ours that offers it carries that in the link of its first sign, as our questions
carry what they ask for; nobody has to remember it, and it survives any restart.
"""

import re
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from telegram import Message, MessageEntity, User

_SIGN = "↩️"
_LINK = "https://t.me/{username}#answers-{number}-{whose}-{words}"
_CARRIED = re.compile(r"#answers-(\d{1,18})-(us|them)-(.*)$")
_QUESTION = re.compile(r"#(?:words|daily)-[\w-]+$")
_MOST_WORDS = 100  # of a long message: enough for a theme, a line or heads


def quoted_words(message: Message | None, bot_id: int) -> str | None:
    """The words of the message that this one answers, or what of them was marked; "" where it
    has none, None where this answers nothing. A poem of ours gives its title."""
    if message is None:
        return None
    if message.quote is not None:
        return message.quote.text
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return None  # in a forum what stands alone answers the beginning of its topic
    text = answered.text or answered.caption or ""
    return text.partition("\n")[0] if _is_by(answered, bot_id) else text


def link_in(message: Message | None, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """What a message of ours holds in a link."""
    entities = message.entities if message else ()
    links = (each.url or "" for each in entities if each.type == MessageEntity.TEXT_LINK)
    return next((found for link in links if (found := pattern.search(link))), None)


def carried_html(message: Message | None, bot: User) -> str:
    """What to put before the text of an answer with buttons that serve `message` once more."""
    answered = message.reply_to_message if message is not None else None
    words = quoted_words(message, bot.id)
    if answered is None or words is None:
        return ""
    question = link_in(answered, _QUESTION) if _is_by(answered, bot.id) else None
    link = question.string if question else _link(answered, words, bot)
    return f'<a href="{escape(link)}">{_SIGN}</a> '


def _link(answered: Message, words: str, bot: User) -> str:
    whose = "us" if _is_by(answered, bot.id) else "them"
    return _LINK.format(
        username=bot.username,
        number=answered.message_id,
        whose=whose,
        words=quote(words[:_MOST_WORDS], safe=""),
    )


def carried(offering: Message, bot: User) -> dict[str, Any] | None:
    """The message that was answered, as far as it matters and as Telegram would show it, from
    the message of ours that offers to serve the answer to it once more."""
    base = {"date": int(offering.date.timestamp()), "chat": offering.chat.to_dict()}
    question = link_in(offering, _QUESTION)
    if question is not None:
        link = {"type": MessageEntity.TEXT_LINK, "offset": 0, "length": 1, "url": question.string}
        ours = {"message_id": offering.message_id, "from": bot.to_dict(), "text": "?"}
        return base | ours | {"entities": [link]}
    found = link_in(offering, _CARRIED)
    if found is None:
        return None
    author = bot.to_dict() if found[2] == "us" else {"id": 0, "is_bot": False, "first_name": "-"}
    return base | {"message_id": int(found[1]), "from": author, "text": unquote(found[3])}


def _is_by(message: Message, bot_id: int) -> bool:
    return message.from_user is not None and message.from_user.id == bot_id
