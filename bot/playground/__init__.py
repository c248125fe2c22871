"""A Telegram on this machine: the Bot API over HTTP and a chat page, all in memory.

`Playground` is what `poetry-bot playground` serves and what the tests talk to.
"""

from bot.playground.faults import Fault, Faults
from bot.playground.server import Playground
from bot.playground.state import Telegram

__all__ = ["Fault", "Faults", "Playground", "Telegram"]
