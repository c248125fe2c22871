"""Delivery of updates to the bot's webhook: in order, one at a time, again until 2xx.

Owns the sending and the waiting between attempts. Does not queue updates.
"""

import asyncio
import json
import time

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from bot.playground.state import Telegram
from bot.playground.updates import Webhook

_PATIENCE = 30.0  # seconds for an answer
_LONGEST_PAUSE = 30.0


class WebhookDelivery:
    """A task that posts what waits in the queue while a webhook is set."""

    def __init__(self, telegram: Telegram, *, first_pause: float = 0.2) -> None:
        self._telegram = telegram
        self._first_pause = first_pause  # seconds after the first failure, then doubled
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._client: AsyncHTTPClient | None = None

    def start(self) -> None:
        """Starts the task on the running loop."""
        self._client = AsyncHTTPClient(force_instance=True)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Ends the task."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._client is not None:
            self._client.close()

    def wake(self) -> None:
        """Something was queued, or the webhook changed."""
        self._changed.set()

    async def _run(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            await self._deliver_all()

    async def _deliver_all(self) -> None:
        updates = self._telegram.updates
        pause = self._first_pause
        while updates.webhook is not None and (update := updates.first()) is not None:
            error = await self._post(updates.webhook, update)
            if error is None:
                updates.confirm(update["update_id"])
                pause = self._first_pause
                continue
            updates.webhook.last_error_date = int(time.time())
            updates.webhook.last_error_message = error
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _post(self, webhook: Webhook, update: dict[str, object]) -> str | None:
        """None when the bot took the update, else what went wrong."""
        assert self._client is not None
        try:
            await self._client.fetch(_request(webhook, update))
        except HTTPClientError as error:
            return f"Wrong response from the webhook: {error.code} {error.message}"
        except OSError as error:
            return f"Connection failed: {error.strerror or type(error).__name__}"
        return None


def _request(webhook: Webhook, update: dict[str, object]) -> HTTPRequest:
    headers = {"Content-Type": "application/json"}
    if webhook.secret_token:
        headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token
    return HTTPRequest(
        webhook.url,
        method="POST",
        headers=headers,
        body=json.dumps(update),
        request_timeout=_PATIENCE,
        follow_redirects=False,
    )
