"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>.

Owns the reading of arguments, the order of things (token, log, fault, method) and the ways of
breaking a connection. The methods themselves are in methods/.
"""

import asyncio
import json
import re
from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.iostream import StreamClosedError

from bot.playground.arguments import Arguments, Upload, well_encoded
from bot.playground.errors import ApiError
from bot.playground.faults import Fault
from bot.playground.handler import Handler
from bot.playground.request_log import LoggedRequest


class MethodHandler(Handler):
    """/bot<token>/<method>"""

    async def get(self, token: str, method: str) -> None:
        await self._call(token, method)

    async def post(self, token: str, method: str) -> None:
        await self._call(token, method)

    async def _call(self, token: str, method: str) -> None:
        playground = self.playground
        try:
            playground.check_token(token)
            arguments = read_arguments(self.request)
        except ApiError as error:
            self.answer(error.code, error.json())
            return
        logged = playground.requests.add(method, arguments, playground.clock())
        fault = playground.faults.take(method, chat_id_of(arguments))
        try:
            with playground.call_under_way():
                await self._act(method, arguments, fault, logged)
        except StreamClosedError:
            logged.description = "the caller left"

    async def _act(
        self, method: str, arguments: Arguments, fault: Fault | None, logged: LoggedRequest
    ) -> None:
        if fault is not None and fault.kind == "hang":
            await self._hang(fault.seconds)
        if fault is not None and fault.kind == "drop_before":
            logged.description = "dropped before acting"
            self.drop()
            return
        try:
            error = fault.error() if fault is not None else None
            if error is not None:
                raise error
            result = await self.until_gone(self.playground.answer(method, arguments))
        except ApiError as refusal:
            self._refuse(refusal, logged)
            return
        if fault is not None and fault.kind == "drop_after":
            logged.description = "dropped after acting"
            self.drop()
            return
        logged.status = 200
        self.answer(200, {"ok": True, "result": result})

    def _refuse(self, error: ApiError, logged: LoggedRequest) -> None:
        logged.status, logged.description = error.code, error.description
        if "retry_after" in error.parameters:
            self.set_header("Retry-After", str(error.parameters["retry_after"]))
        self.answer(error.code, error.json())

    async def _hang(self, seconds: float) -> None:
        """Waits; for ever (0) until the caller leaves or the playground stops."""
        try:
            async with asyncio.timeout(seconds or None):
                await self.until_gone(self.playground.stopping.wait())
        except TimeoutError:
            return
        self.drop()
        raise StreamClosedError


def read_arguments(request: HTTPServerRequest) -> Arguments:
    """The arguments of a call from query string and body; ApiError when JSON is broken."""
    values: dict[str, Any] = {
        name: parts[-1].decode(errors="replace") for name, parts in request.arguments.items()
    }
    if request.headers.get("Content-Type", "").startswith("application/json"):
        values |= json_object(request.body)
    uploads = {
        name: Upload(parts[-1].filename, parts[-1].body, parts[-1].content_type)
        for name, parts in request.files.items()
    }
    return Arguments(values, uploads)


def json_object(body: bytes) -> dict[str, Any]:
    """The object of a JSON body, empty when there is none; ApiError when it is broken."""
    if not body.strip():
        return {}
    try:
        parsed = json.loads(body)
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(parsed, dict):
        raise ApiError(400, "Bad Request: JSON object expected")
    return dict(well_encoded(parsed))


def chat_id_of(arguments: Arguments) -> int | None:
    """The chat a call is about, where it names one by number."""
    text = arguments.text("chat_id")
    return int(text) if re.fullmatch(r"-?\d+", text) else None


class DownloadHandler(Handler):
    """/file/bot<token>/<path>"""

    def get(self, token: str, path: str) -> None:
        try:
            self.playground.check_token(token)
        except ApiError as error:
            self.answer(error.code, error.json())
            return
        stored = self.playground.telegram.files.by_path(path)
        if stored is None:
            self.answer(404, ApiError(404, "Not Found").json())
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(stored.body)
