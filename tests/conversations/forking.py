"""Bot processes without the seconds that an interpreter needs to import everything it works with.

A server process, Python's own `forkserver`, has imported it all, and forks: each bot is a process
of its own, with its own environment, folder and output, that can be killed like any other. What a
fresh interpreter does is left to the tests of the command line.

Telegram lets a chat have one message a second, and the bot keeps to that. With HURRIED in its
settings a bot does not: for conversations that are about what is said. The pace has tests of
its own.
"""

import multiprocessing
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

from bot.__main__ import main
from bot.services import pacing
from bot.storage import Rate

HURRIED = {"TESTS_HURRY": "1"}
_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(
    ["tests.conversations.forking", "bot.running", "poetry_model.poet", "torch"]
)


class Forked:
    """A process, with the methods of `subprocess.Popen` that tests use."""

    def __init__(
        self, arguments: tuple[str, ...], folder: Path, settings: dict[str, str], output: Path
    ) -> None:
        self._process = _FORKING.Process(
            target=_run, args=(arguments, folder, settings, output), daemon=True
        )
        self._process.start()

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """Its exit code, once it ended."""
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        """Its exit code; TimeoutError when it does not end."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise TimeoutError(f"process {self.pid} goes on")
        return code

    def send_signal(self, number: int) -> None:
        """Does nothing to one that ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """kill -9"""
        self._process.kill()


def _run(arguments: tuple[str, ...], folder: Path, settings: dict[str, str], output: Path) -> None:
    """In the new process: becomes `python -m bot …`."""
    os.chdir(folder)
    set_by_imports = {"PTB_TIMEDELTA": os.environ.get("PTB_TIMEDELTA", "1")}
    os.environ.clear()
    os.environ.update(settings | set_by_imports)
    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(written, stream.fileno())
    sys.argv = ["poetry-bot", *arguments]
    with _hurrying() if HURRIED.items() <= settings.items() else nullcontext():
        main()


def _hurrying() -> AbstractContextManager[object]:
    often = Rate(timedelta(milliseconds=20))
    limits = partial(pacing.PacingLimits, per_chat=often, per_group=often)
    return patch.object(pacing, "PacingLimits", limits)
