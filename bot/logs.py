"""What the process says about itself: structlog, and the standard library routed through it.

Whatever a library writes, a bot token never reaches a log line: the last step before the
line is written takes tokens out, tracebacks included.
"""

import logging
import re
import sys
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "<token>"
_TOKENS = re.compile(r"(?<=/bot)\d+(?::|%3A)[A-Za-z0-9_-]+|\b\d+(?::|%3A)[A-Za-z0-9_-]{20,}", re.I)
# Below these levels they tell of requests with their addresses, of every message, of every poll,
# or of an alarm that rang late: what is due stands in the database, and the next one finds it.
_CHATTY = {
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.ERROR,
    "asyncio": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "telegram": logging.WARNING,
    "tornado.access": logging.WARNING,
}


def redact(text: str) -> str:
    """The text without the bot tokens in it.

    >>> redact("POST http://x/bot1:playground-needs/getMe")
    'POST http://x/bot<token>/getMe'
    """
    return _TOKENS.sub(HIDDEN, text)


def _redact_event(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {key: _redacted(value) for key, value in event.items()}


def _redacted(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return redact(value if isinstance(value, str) else repr(value))


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _rendering(style: Literal["console", "json"], colours: bool) -> list[Processor]:
    """The last steps. Tracebacks become text before the redaction, so that it sees them."""
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(
            colors=colours, exception_formatter=structlog.dev.plain_traceback
        )
    )
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        _redact_event,
        last,
    ]


def set_up_logs(
    level: str = "INFO", style: Literal["console", "json"] = "console", stream: TextIO | None = None
) -> None:
    """Sends every log line of this process to `stream` (standard error), formatted one way."""
    stream = stream or sys.stderr
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *_shared()],
            processors=_rendering(style, stream.isatty()),
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name, least in _CHATTY.items():
        logging.getLogger(name).setLevel(max(least, root.level))
