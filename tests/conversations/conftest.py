"""The Telegram of the conversations: a playground in a thread of the tests."""

import asyncio
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from bot.playground import Playground
from poetry_model.checkpoints import Model, save_model, shipped_weights
from poetry_model.config import NetworkConfig
from poetry_model.network import build_network
from poetry_model.vocabulary import Vocabulary
from tests.conversations.forking import HURRIED
from tests.conversations.process import (
    AMING,
    PICTURES,
    TOKEN,
    BotProcess,
    Conversation,
    running,
)


class PlaygroundThread:
    """A playground on an event loop of its own, so that tests may block."""

    def __init__(self) -> None:
        self.url = ""
        self._ready, self._loop = threading.Event(), asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="playground")

    def start(self) -> None:
        """Serves until `stop`."""
        self._thread.start()
        assert self._ready.wait(30)

    def stop(self) -> None:
        """Ends the thread."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(30)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        async with Playground() as playground:
            self.url = playground.url
            self._ready.set()
            await self._stop.wait()


@pytest.fixture(scope="module")
def telegram() -> Iterator[str]:
    """The address of a Telegram of our own."""
    playground = PlaygroundThread()
    playground.start()
    yield playground.url
    playground.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the module's bot."""
    return tmp_path_factory.mktemp("bot")


@pytest.fixture(scope="session")
def cheap_poet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of weights for processes that shall write at once: as few and as random as can
    be. The rules of verse are masks, so what it writes keeps them all the same."""
    folder = tmp_path_factory.mktemp("weights")
    vocabulary = Vocabulary.load(shipped_weights() / "vocabulary.txt")
    torch.manual_seed(1)
    sizes = NetworkConfig("slots", embedding_size=16, hidden_size=16, dropout=0, above_size=8)
    save_model(Model("cheap", build_network(sizes, len(vocabulary)), vocabulary, {}), folder)
    shutil.copy(shipped_weights() / "lines.bloom", folder)
    return folder


@pytest.fixture(scope="module")
def bot(telegram: str, folder: Path) -> Iterator[BotProcess]:
    """A bot that polls."""
    settings = HURRIED | {"BOT_TOKEN": TOKEN, "BOT_API_URL": telegram}
    with running(folder, "run", **settings) as process:
        process.wait_for("serving @")
        yield process


@pytest.fixture(scope="module")
def quick_bot(telegram: str, folder: Path, cheap_poet: Path) -> Iterator[BotProcess]:
    """A bot that polls and writes at once, with an operator and a chat for pictures."""
    settings = HURRIED | {"ADMIN_CHAT_IDS": str(AMING), "PICTURE_CHAT_ID": str(PICTURES)}
    settings |= {"MODEL_DIR": str(cheap_poet), "BOT_TOKEN": TOKEN, "BOT_API_URL": telegram}
    with running(folder, "run", **settings) as process:
        process.wait_for("serving @")
        yield process


@pytest.fixture(scope="module")
def conversation(telegram: str) -> Iterator[Conversation]:
    """The people on it."""
    people = Conversation(telegram)
    yield people
    people.close()
