"""How our commands end: an exit code, and one line on standard error when they fail.

Owns the exit codes: 0 done, 2 a bad request, 1 anything else. Shared by both
commands of the project.
"""

import sys
from typing import NoReturn

import typer
from typer.exceptions import TyperException

BAD_REQUEST, FAILED, INTERRUPTED = 2, 1, 130


def run_app(
    app: typer.Typer,
    name: str,
    *,
    bad_requests: tuple[type[Exception], ...] = (),
    failures: tuple[type[Exception], ...] = (),
) -> NoReturn:
    """Runs a Typer app as a console script and ends the process."""
    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        quit_with(BAD_REQUEST, name, error.format_message())
    except bad_requests as error:
        quit_with(BAD_REQUEST, name, str(error))
    except failures as error:
        quit_with(FAILED, name, str(error))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        sys.exit(FAILED)
    sys.exit(code if isinstance(code, int) else 0)


def quit_with(code: int, name: str, said: str) -> NoReturn:
    """Ends the process with one line, whatever line breaks the message holds.

    With none where nothing was said: after the help, which says it all.
    """
    if line := " ".join(said.split()):
        print(f"{name}: {line}", file=sys.stderr, flush=True)  # noqa: T201 - a command's voice
    sys.exit(code)
