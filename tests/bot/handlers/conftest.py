"""The rig of the handler tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.chatting import BotAtWork, bot_at_work


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[BotAtWork]:
    """The real application on a playground, with a fake poet and a clock that stands still."""
    async with bot_at_work(tmp_path) as at_work:
        yield at_work
