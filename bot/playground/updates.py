"""The bot's queue of updates: numbered, filtered by allowed_updates, kept until confirmed.

Owns ids, filtering and confirmation, and the settings of a webhook.
Does not wait or send: polling.py and webhook.py do.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

_KINDS = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
]
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_FIRST_IDS = range(100_000_000, 2_000_000_000)


@dataclass
class Webhook:
    """Where updates go instead of getUpdates, and how the last delivery failed."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


class UpdateQueue:
    """Updates that the bot has not confirmed yet, oldest first."""

    def __init__(self) -> None:
        self._pending: list[dict[str, Any]] = []
        # As Telegram does after a quiet week. A bot may know the numbers of an earlier run still.
        self._next_id = random.choice(_FIRST_IDS)
        self.allowed: tuple[str, ...] = ()
        self.webhook: Webhook | None = None
        self.on_change: Callable[[], None] = lambda: None

    def __len__(self) -> int:
        return len(self._pending)

    def allow(self, kinds: Iterable[str]) -> None:
        """Takes the kinds to keep from now on; an empty list means the usual ones."""
        self.allowed = tuple(kind for kind in kinds if kind in _KINDS)

    def add(self, kind: str, payload: dict[str, Any]) -> None:
        """Queues an update, unless the bot did not ask for its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT
        if not wanted:
            return
        self._pending.append({"update_id": self._next_id, kind: payload})
        self._next_id += 1
        self.on_change()

    def take(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Updates from `offset` on; those before it count as confirmed and are forgotten.

        A negative offset counts from the end of the queue.
        """
        if offset < 0:
            self._pending = self._pending[offset:]
        elif offset > 0:
            self._pending = [u for u in self._pending if u["update_id"] >= offset]
        return self._pending[:limit]

    def waiting(self) -> list[dict[str, Any]]:
        """Everything that waits, for the webhook."""
        return list(self._pending)

    def confirm(self, update_id: int) -> None:
        """Forgets one update that the webhook took."""
        self._pending = [u for u in self._pending if u["update_id"] != update_id]

    def drop(self) -> None:
        """Forgets everything that waits."""
        self._pending.clear()
