"""What is no wish: unknown commands, pictures, stickers, voices. Only in private chats."""

from bot.handlers.visit import Visit

WORKING = (
    "/poem /acrostic /continue /couplet /favourites /history"
    " /subscribe /unsubscribe /forget /help /about"
)


async def unknown_command(visit: Visit) -> None:
    """Names the commands there are."""
    await visit.answer(visit.say("unknown-command", commands=WORKING))


class NotText:
    """Says what can be sent instead; once for an album, which comes as many messages."""

    def __init__(self) -> None:
        self._last_album: str | None = None

    async def __call__(self, visit: Visit) -> None:
        album = visit.message.media_group_id if visit.message else None
        if album is None or album != self._last_album:
            await visit.answer(visit.say("only-text"))
        self._last_album = album
