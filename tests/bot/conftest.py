"""What the bot's tests share."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import set_up_logs


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """Everything the process logs, at the finest level, as an operator would read it."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers, root.level
    set_up_logs("DEBUG", "console", stream)
    yield stream
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()
