"""What is no wish: unknown commands, pictures, stickers, voices. Only in private chats."""

from bot.handlers.visit import Visit

WORKING = (
    "/poem /acrostic /continue /couplet /jielong /favourites /history"
    " /subscribe /unsubscribe /forget /help"
)


async def unknown_command(visit: Visit) -> None:
    """Names the commands there are."""
    await visit.answer(visit.say("unknown-command", commands=WORKING))


async def not_text(visit: Visit) -> None:
    """Says what can be sent instead; once for an album, which comes as many messages."""
    if not visit.parts.turns.is_repeated(visit.update):
        await visit.answer(visit.say("only-text"))
