"""What `poetry-bot due` prints: the daily poems of the next hours, counted or one by one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services.due import DuePoem, by_hour, due_within
from bot.settings import Settings
from bot.storage import Store


async def due_lines(settings: Settings, hours: int, *, each: bool) -> list[str]:
    """The lines, the sum last. Raises StorageError."""
    store = await Store.open(settings.database)
    try:
        poems = await due_within(store, datetime.now(UTC), timedelta(hours=hours))
    finally:
        await store.close()
    zone = ZoneInfo(settings.default_timezone)
    lines = [line_of(poem) for poem in poems] if each else []
    if not each:
        lines = [f"{hour:%Y-%m-%d %H:%M}  {count:>7,}" for hour, count in by_hour(poems, zone)]
    return [*lines, f"{len(poems):,} due in {hours} h ({zone.key})"]


def line_of(poem: DuePoem) -> str:
    """When on the subscriber's clock, to which chat, what of, and how far it is."""
    wish = poem.subscription
    what = " ".join(filter(None, (wish.theme, wish.form))) or "-"
    topic = f"/{wish.thread_id}" if wish.thread_id else ""
    state = poem.state.value if poem.state else "to be planned"
    return f"{poem.local:%Y-%m-%d %H:%M} {wish.timezone}  {wish.chat_id}{topic}  {what}  {state}"
