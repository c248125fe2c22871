"""The connection to Telegram. It notices when Telegram no longer accepts the token, whoever asks
for whatever: nothing more can be done then, and nobody who asks knows it of the others.
"""

import asyncio
from http import HTTPStatus
from typing import Any

from telegram.request import HTTPXRequest


class Connection(HTTPXRequest):
    """The library's, with an eye on the answers."""

    refusals: tuple[int, ...] = (HTTPStatus.UNAUTHORIZED,)

    def __init__(self, token_refused: asyncio.Event, **options: Any) -> None:
        super().__init__(**options)
        self._token_refused = token_refused

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """As the original does it."""
        code, body = await super().do_request(*args, **options)
        if code in self.refusals:
            self._token_refused.set()
        return code, body
