"""Delivery of updates to the bot's webhook: several at a time, again until 2xx.

As on Telegram, updates of one kind about one chat or person come in order and one after the
other; all others side by side, up to max_connections. So a message and a tap of the same person
may come at once, and one update that fails holds up none but those behind it.
Owns the sending and the waiting between attempts. Does not queue updates.
"""

import asyncio
import json
import time
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from bot.playground.state import Telegram
from bot.playground.updates import Webhook

_PATIENCE = 30.0  # seconds for an answer
_LONGEST_PAUSE = 30.0
_MOST_AT_ONCE = 100  # the most that max_connections may be


class WebhookDelivery:
    """A task that posts what waits in the queue while a webhook is set."""

    def __init__(self, telegram: Telegram, *, first_pause: float = 0.2) -> None:
        self._telegram = telegram
        self._first_pause = first_pause  # seconds after the first failure, then doubled
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._under_way: dict[str, asyncio.Task[None]] = {}  # by line
        self._pauses: dict[str, float] = {}
        self._client: AsyncHTTPClient | None = None

    def start(self) -> None:
        """Starts the task on the running loop."""
        self._client = AsyncHTTPClient(force_instance=True, max_clients=_MOST_AT_ONCE)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Ends the task and what is under way."""
        if self._task is not None:
            tasks = [self._task, *self._under_way.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if self._client is not None:
            self._client.close()

    def wake(self) -> None:
        """Something was queued, or the webhook changed."""
        self._changed.set()

    async def _run(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            self._begin()

    def _begin(self) -> None:
        """Sends the first of each line that is free."""
        webhook = self._telegram.updates.webhook
        for update in self._telegram.updates.waiting() if webhook else []:
            line = _line(update)
            if webhook is None or len(self._under_way) >= webhook.max_connections:
                return
            if line not in self._under_way:
                task = asyncio.create_task(self._deliver(webhook, update, line))
                self._under_way[line] = task

    async def _deliver(self, webhook: Webhook, update: dict[str, Any], line: str) -> None:
        try:
            error = await self._post(webhook, update)
            if error is None:
                self._telegram.updates.confirm(update["update_id"])
                self._pauses.pop(line, None)
            else:
                webhook.last_error_date = int(time.time())
                webhook.last_error_message = error
                await self._pause(line)
        finally:
            del self._under_way[line]
            self.wake()

    async def _pause(self, line: str) -> None:
        pause = self._pauses.get(line, self._first_pause)
        self._pauses[line] = min(2 * pause, _LONGEST_PAUSE)
        await asyncio.sleep(pause)

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


def _line(update: dict[str, Any]) -> str:
    """Behind which updates this one waits: those of its kind about the same chat or person."""
    kind = next(name for name in update if name != "update_id")
    about = update[kind]
    whose = about.get("chat") or about.get("from") or about.get("user") or {}
    group = "message" if kind.endswith("message") else kind
    return f"{group} {whose.get('id', 0)}"


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
