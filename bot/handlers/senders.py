"""Who somebody is to us: one number, by which requests, favourites, limits, the lines of a 接龙
and the order of updates go.

- Who writes as themselves, taps or asks inline is their own id. A tap is always a person's:
  Telegram names whose finger it was, also where that administrator writes anonymously.
- What is written in the name of a chat is by that chat, and its id, which is below zero: an
  anonymous administrator's is the group's, another's that of a channel, as are the posts that
  come to a channel's group by themselves. The user whom Telegram names beside it
  (GroupAnonymousBot, Channel_Bot) is the same in every group of the world, and so nobody.

All who write in one name are one person: they share the limits and, in a 接龙, the turn. Nothing
is theirs alone: lists of poems, /export and /forget only show them the way to the private chat,
what they ask for stays with the group, and the taps on it are let in by rank (`admins.py`),
since no tap can be told to be by who wrote.
"""

from dataclasses import dataclass

from telegram import Chat, Update


@dataclass(frozen=True)
class Sender:
    """A person, or the chat in whose name somebody wrote."""

    id: int
    name: str
    is_chat: bool


def sender_of(update: Update) -> Sender | None:
    """Whose update this is; None for what nobody did."""
    sender = update.effective_sender
    if isinstance(sender, Chat):
        return Sender(sender.id, sender.title or "", is_chat=True)
    return Sender(sender.id, sender.first_name, is_chat=False) if sender else None
