"""Many subscriptions at once, as a rehearsal or an import needs them; it changes none."""

from collections.abc import Sequence

from sqlalchemy import insert

from bot.storage.database import Database
from bot.storage.records import Enrolment
from bot.storage.tables import chats, subscriptions


class Enrolling:
    """Enrols chats that are new."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enrol(self, enrolments: Sequence[Enrolment]) -> None:
        """Make the chats that are not known, and a subscription for each enrolment."""
        known = self._database.insert(chats).on_conflict_do_nothing()
        async with self._database.writing() as connection:
            await connection.execute(known, [_chat_of(each) for each in enrolments])
            await connection.execute(
                insert(subscriptions), [_subscription_of(each) for each in enrolments]
            )


def _chat_of(enrolment: Enrolment) -> dict[str, object]:
    kind = "group" if enrolment.chat_id < 0 else "private"
    return {"id": enrolment.chat_id, "kind": kind, "created_at": enrolment.since}


def _subscription_of(enrolment: Enrolment) -> dict[str, object]:
    values = {name: value for name, value in vars(enrolment).items() if name != "since"}
    times = ("created_at", "scheduled_at", "plan_at")
    return values | dict.fromkeys(times, enrolment.since)
