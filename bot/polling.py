"""Fetches updates by long polling, and brings them into the inbox before anybody hears of them.

Asking for the next updates confirms the last ones, and the library does so only after it got an
answer of ours: where they can't be kept, it gets an error instead, and asks for the same again.
It gets no more than their numbers, since the inbox serves them.
"""

import asyncio
import json
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError

from bot.connection import Connection
from bot.errors import StorageError
from bot.handlers.inbox import Inbox


class PollingRequest(Connection):
    """The connection over which the library's poller asks. Where the token is refused the poller
    ends, without a word to whoever started it."""

    # 404 is what a token gets whose bot was deleted.
    refusals = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)

    def __init__(self, inbox: Inbox, token_refused: asyncio.Event, **options: Any) -> None:
        super().__init__(token_refused, **options)
        self._inbox = inbox

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """As the original does it; updates are in the inbox before anybody hears of them."""
        code, body = await super().do_request(*args, **options)
        return code, await self._keep(body) if code == HTTPStatus.OK else body

    async def _keep(self, body: bytes) -> bytes:
        updates = self.parse_json_payload(body).get("result")
        if not isinstance(updates, list) or not updates:
            return body
        try:
            await self._inbox.keep(updates)
        except StorageError as error:
            raise NetworkError(f"updates could not be kept: {error}") from error
        numbers = [{"update_id": update["update_id"]} for update in updates]
        return json.dumps({"ok": True, "result": numbers}).encode()
