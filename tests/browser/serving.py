"""A real `poetry-bot playground` process, and where to find a Chromium to open its page with."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
MISSING = (
    f"NO BROWSER: none of {', '.join(_NAMES)} is on the PATH, so the chat page went untested. "
    "Install one: apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji"
)
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_START = 120  # seconds until the bot must serve; the first import of torch on a busy machine
_STOP = 20


class NotServingError(Exception):
    """The process ended before it served; its words say why."""


def find_chromium() -> str | None:
    """The path of a Chromium, if there is one."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a running playground with the bot, its shipped weights and a new database."""
    command = [sys.executable, "-m", "bot", "playground", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        env=_environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        watchdog = threading.Timer(_START, process.kill)
        watchdog.start()
        address, said = _address(process)
        watchdog.cancel()
        if not address:
            raise NotServingError(f"the playground did not start:\n{said}")
        # Its later words are read away, so that the pipe never fills.
        reader = threading.Thread(target=_read_away, args=(process,), daemon=True)
        reader.start()
        try:
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_STOP)
            reader.join(_STOP)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    mine = {"DATA_DIR": str(folder), "TORCH_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    return kept | mine | {"POEM_INTERVAL": "0"}  # tests write faster than people


def _address(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """The address the process prints once it serves, and all it said until then."""
    said = []
    for line in process.stdout or ():
        said.append(line)
        match = _ADDRESS.search(line)
        if match and "playground" in line:
            return match[0], "".join(said)
    return "", "".join(said)


def _read_away(process: "subprocess.Popen[str]") -> None:
    for _ in process.stdout or ():
        pass
