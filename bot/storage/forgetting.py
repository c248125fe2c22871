"""All that is known of one person: counted, and deleted in one transaction.

What belongs to a group stays the group's and loses the person's name: its daily poem, the
poems that brought it, a 接龙 that was begun or joined there. A poem goes with the person
unless somebody else refers to it: by a request, a favourite, a daily poem or a game of another
chat. It does not know who may ask for this.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    type_coerce,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.records import Belongings
from bot.storage.tables import (
    broadcast_messages,
    chats,
    deliveries,
    favourites,
    jielong_games,
    pictures,
    poems,
    requests,
    subscriptions,
    updates,
)

NOBODY = 0  # in the place of who made what belongs to a group


class Forgetting:
    """Counts and deletes what belongs to a person; their private chat has their id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def belongings(self, user_id: int) -> Belongings:
        """What `forget` would delete now."""
        async with self._database.reading() as connection:
            return await _count(connection, user_id)

    async def forget(self, user_id: int) -> Belongings:
        """Delete it all; committed when this returns, with what it was in numbers."""
        async with self._database.writing() as connection:
            belongings = await _count(connection, user_id)
            gone = await connection.execute(delete(poems).where(*_only_theirs(user_id)))
            for statement in _deletions(user_id):
                await connection.execute(statement)
            await _leave_games(connection, user_id)
        return replace(belongings, poems=gone.rowcount)


async def _count(connection: AsyncConnection, user_id: int) -> Belongings:
    their_poems = select(poems.c.id).where(*_only_theirs(user_id))
    counts: dict[str, Select[Any]] = {
        "poems": _number_of(poems, *_only_theirs(user_id)),
        "requests": _number_of(requests, _asked_by(user_id)),
        "favourites": _number_of(favourites, favourites.c.user_id == user_id),
        "subscriptions": _number_of(
            subscriptions,
            subscriptions.c.chat_id == user_id,
            subscriptions.c.ended_at.is_(None),
        ),
        "ended": _number_of(
            subscriptions,
            subscriptions.c.chat_id == user_id,
            subscriptions.c.ended_at.is_not(None),
        ),
        "handed_over": _number_of(
            subscriptions,
            subscriptions.c.chat_id != user_id,
            subscriptions.c.user_id == user_id,
            subscriptions.c.ended_at.is_(None),
        ),
        "pictures": _number_of(pictures, pictures.c.poem_id.in_(their_poems)),
        "settings": _number_of(chats, chats.c.id == user_id, _has_chosen()),
    }
    row = (
        await connection.execute(
            select(*(query.scalar_subquery().label(name) for name, query in counts.items()))
        )
    ).one()
    return Belongings(**row._mapping)


def _number_of(table: Any, *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(func.count()).select_from(table).where(*conditions)


def _has_chosen() -> ColumnElement[bool]:
    """Whether a chat has a setting of its own."""
    names = ("language", "script", "timezone", "default_form", "boldness", "paper", "layout")
    return or_(*(chats.c[name].is_not(None) for name in names))


def _asked_by(user_id: int) -> ColumnElement[bool]:
    """Everything asked in their private chat, and what they asked elsewhere; the daily poem of
    a group is the group's, whoever wished for it."""
    return or_(requests.c.chat_id == user_id, and_(requests.c.user_id == user_id, ~_of_a_group()))


def _of_a_group() -> ColumnElement[bool]:
    return and_(requests.c.kind == "daily", requests.c.chat_id.is_not(None))


def _only_theirs(user_id: int) -> tuple[ColumnElement[bool], ...]:
    """Poems this person asked for, keeps or was sent, that nobody else refers to."""
    their_days = select(subscriptions.c.id).where(subscriptions.c.chat_id == user_id)
    played = select(jielong_games.c.poem_id)
    theirs = union(
        select(requests.c.poem_id).where(_asked_by(user_id)),
        select(favourites.c.poem_id).where(favourites.c.user_id == user_id),
        select(deliveries.c.poem_id).where(deliveries.c.subscription_id.in_(their_days)),
        played.where(jielong_games.c.chat_id == user_id),
    )
    # NULL in a request's chat or user is nobody's, so it makes neither true nor false.
    asked_by_others = case((_asked_by(user_id), 0), else_=1) == 1
    others = (
        exists().where(requests.c.poem_id == poems.c.id, asked_by_others),
        exists().where(favourites.c.poem_id == poems.c.id, favourites.c.user_id != user_id),
        exists().where(
            deliveries.c.poem_id == poems.c.id, deliveries.c.subscription_id.not_in(their_days)
        ),
        played.where(
            jielong_games.c.poem_id == poems.c.id, jielong_games.c.chat_id != user_id
        ).exists(),
    )
    return poems.c.id.in_(theirs), *(~referred for referred in others)


def _deletions(user_id: int) -> tuple[Any, ...]:
    """Everything but the poems. Deliveries, pictures and games of the chat go by cascade."""
    handed_over = {"user_id": NOBODY}
    served = updates.c.finished_at.is_not(None)
    return (
        delete(requests).where(_asked_by(user_id)),
        update(requests).where(requests.c.user_id == user_id).values(user_id=None),
        delete(favourites).where(favourites.c.user_id == user_id),
        delete(subscriptions).where(subscriptions.c.chat_id == user_id),
        update(subscriptions).where(subscriptions.c.user_id == user_id).values(handed_over),
        delete(broadcast_messages).where(broadcast_messages.c.chat_id == user_id),
        # What they did is served; that it was stays known, so that no update is served twice.
        update(updates)
        .where(served, updates.c.person.endswith(f":{user_id}"))
        .values(person=None, tap=None, body=""),
        delete(chats).where(chats.c.id == user_id),
    )


async def _leave_games(connection: AsyncConnection, user_id: int) -> None:
    """Take their name off the games of groups; the lines stay, they are the group's."""
    name = str(user_id)
    joined = type_coerce(jielong_games.c.authors, Text).contains(name)
    query = select(jielong_games.c.id, jielong_games.c.user_id, jielong_games.c.authors)
    games = await connection.execute(query.where(or_(jielong_games.c.user_id == user_id, joined)))
    for game in games.all():
        # An author is an id, and behind a space the name that the game shows.
        authors = tuple(
            str(NOBODY) if author.partition(" ")[0] == name else author for author in game.authors
        )
        began = NOBODY if game.user_id == user_id else game.user_id
        change = update(jielong_games).where(jielong_games.c.id == game.id)
        await connection.execute(change.values(user_id=began, authors=authors))
