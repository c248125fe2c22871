"""What `poetry-bot forget` prints: all that is known of a person, counted, and deleted if wished.

It does what their own /forget does, for those who ask the operator instead.
"""

from dataclasses import asdict

from bot.settings import Settings
from bot.storage import Belongings, Store

NAMES = {
    "favourites": "favourites",
    "requests": "wishes for poems",
    "poems": "poems that are theirs alone",
    "pictures": "cards kept for them",
    "subscriptions": "daily poems",
    "ended": "daily poems that have ended",
    "settings": "settings of their chat",
    "handed_over": "daily poems of groups, which stay without their name",
}


async def forgetting_lines(settings: Settings, user_id: int, *, delete: bool) -> list[str]:
    """The lines, what became of it last. Raises StorageError."""
    store = await Store.open(settings.database)
    try:
        if delete:
            return told(await store.forgetting.forget(user_id), "deleted")
        return told(await store.forgetting.belongings(user_id), "nothing is deleted without --yes")
    finally:
        await store.close()


def told(belongings: Belongings, outcome: str) -> list[str]:
    """How much there is of each kind, and what became of it."""
    counts = asdict(belongings)
    lines = [f"{counts[name]:>7,}  {words}" for name, words in NAMES.items() if counts[name]]
    return [*lines, outcome] if lines else ["there is nothing about this person"]
