"""A playground in a thread of its own, and the bot that the test plays over plain HTTP."""

import asyncio
import threading
import time
from typing import Any

import httpx

from bot.playground import Playground
from tests.bot.playground.conftest import TOKEN, XIAOYUE

_WAIT = 20  # seconds for an update; nothing waits that long when all is well


class Stage:
    """A playground in a thread of its own, and the bot that the test plays."""

    def __init__(self) -> None:
        self.url = ""
        self._up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))

    async def _run(self) -> None:
        self._down = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        async with Playground() as playground:
            playground.people.write(XIAOYUE, XIAOYUE, "/start", now=playground.clock())
            playground.telegram.updates.drop()
            self.url = playground.url
            self._up.set()
            await self._down.wait()

    def __enter__(self) -> "Stage":
        self._thread.start()
        assert self._up.wait(20)
        self._http = httpx.Client(base_url=self.url, timeout=2 * _WAIT)
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()
        self._loop.call_soon_threadsafe(self._down.set)
        self._thread.join(20)

    def bot(self, method: str, files: dict[str, bytes] | None = None, **given: object) -> Any:
        """The bot calls a method."""
        path = f"/bot{TOKEN}/{method}"
        if files:
            answer = self._http.post(path, data=given, files=files)
        else:
            answer = self._http.post(path, json=given)
        assert answer.json()["ok"], answer.text
        return answer.json()["result"]

    def update(self, kind: str) -> Any:
        """What the bot hears next of a kind; everything before it is passed over."""
        until = time.monotonic() + _WAIT
        while time.monotonic() < until:
            for update in self.bot("getUpdates", timeout=_WAIT):
                self.bot("getUpdates", offset=update["update_id"] + 1)
                if kind in update:
                    return update[kind]
        raise AssertionError(f"no {kind} came")

    def control(self, path: str, **body: object) -> Any:
        """Somebody does something that the page does not show."""
        answer = self._http.post(f"/playground/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()
