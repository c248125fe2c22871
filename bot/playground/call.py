"""One call of a method: Telegram, the arguments, the moment. What every method is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.arguments import Arguments
from bot.playground.errors import bad_request
from bot.playground.state import Chat, Message, Telegram


@dataclass(frozen=True)
class Call:
    """What a method works on; `now` is in Unix seconds."""

    telegram: Telegram
    arguments: Arguments
    now: float

    def chat(self) -> Chat:
        """The chat of `chat_id`."""
        return self.telegram.find_chat(self.arguments.text("chat_id"))

    def chat_to_write_in(self) -> Chat:
        """The chat of `chat_id`, if the bot may write there."""
        return self.telegram.chat_to_write_in(self.arguments.text("chat_id"))

    def message(self, what: str) -> Message:
        """The message of `chat_id` and `message_id`; `what` as in "message to edit"."""
        chat = self.chat_to_write_in()
        if not self.arguments.has("message_id"):
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(self.arguments.integer("message_id"))
        if message is None:
            raise bad_request(f"message to {what} not found")
        return message


Method = Callable[[Call], Any]
