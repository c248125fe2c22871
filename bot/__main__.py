"""The command line: run, playground, migrate, check, due, forget. Errors are one line.

What a command needs is imported when it runs, after the settings are read: the network's
library takes seconds to load, and a wrong setting shall be told at once.
"""

import asyncio
from typing import Annotated

import typer

from bot.errors import BotError, SettingsError, StorageError
from bot.logs import set_up_logs
from bot.settings import Settings, read_settings
from poetry_model.command_line import run_app

NAME = "poetry-bot"
PLAYGROUND_PORT = 8081
_PORTS_TRIED = 20  # after the first, where the port was not chosen by hand

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A Telegram bot that writes classical Chinese poems.",
)


@app.command()
def run(
    or_playground: Annotated[
        bool, typer.Option("--or-playground", hidden=True, help="playground without BOT_TOKEN")
    ] = False,
) -> None:
    """Serve Telegram: by long polling, or by webhook when WEBHOOK_URL is set."""
    settings = _settings()
    if not or_playground:
        settings.token()
    from bot.running import serve, serve_playground

    if settings.bot_token is None:
        serving = serve_playground(
            settings, "127.0.0.1", PLAYGROUND_PORT, _announce, next_ports=_PORTS_TRIED
        )
    else:
        serving = serve(settings, _announce)
    asyncio.run(serving)


@app.command()
def playground(
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any")] = PLAYGROUND_PORT,
) -> None:
    """A local Bot API with a chat page, and the bot on it; needs no token."""
    settings = _settings()
    from bot.running import serve_playground

    asyncio.run(serve_playground(settings, host, port, _announce))


@app.command()
def migrate() -> None:
    """Bring the database to the newest revision."""
    settings = _settings()
    from bot.storage import current_revision
    from bot.storage import migrate as bring_up

    bring_up(settings.database)
    _announce(f"database: at revision {current_revision(settings.database)}")


@app.command()
def check() -> None:
    """Read settings, database and weights, and say in one line each what is wrong."""
    try:
        settings = _settings()
    except SettingsError as error:
        for fault in error.args:
            typer.echo(f"{NAME}: {fault}", err=True)
        raise typer.Exit(1) from None
    from bot.checkup import check_up

    findings = asyncio.run(check_up(settings))
    for finding in findings:
        _announce(finding.line)
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


@app.command()
def due(
    each: Annotated[bool, typer.Option("--list", help="a line for each of them")] = False,
    hours: Annotated[int, typer.Option(min=1, max=168, help="how far to look ahead")] = 24,
) -> None:
    """How many daily poems are due in the next day, hour by hour."""
    settings = _settings_of_a_database()
    from bot.due_list import due_lines

    for line in asyncio.run(due_lines(settings, hours, each=each)):
        _announce(line)


@app.command()
def forget(
    user_id: Annotated[int, typer.Argument(min=1, help="Telegram's number of a person")],
    yes: Annotated[bool, typer.Option("--yes", help="delete it; this can't be undone")] = False,
) -> None:
    """What is known of a person who wants to be forgotten, and with --yes no more of it."""
    settings = _settings_of_a_database()
    from bot.forgetting import forgetting_lines

    for line in asyncio.run(forgetting_lines(settings, user_id, delete=yes)):
        _announce(line)


def _settings() -> Settings:
    settings = read_settings()
    set_up_logs(settings.log_level, settings.log_format)
    return settings


def _settings_of_a_database() -> Settings:
    """The settings; the database must be there already."""
    settings = _settings()
    from bot.storage import current_revision

    if current_revision(settings.database) is None:
        raise StorageError("database: not made yet; poetry-bot run or migrate makes it")
    return settings


def _announce(line: str) -> None:
    """Tells whoever started us, at once even into a pipe."""
    print(line, flush=True)  # noqa: T201 - the command line speaks through standard output


def main() -> None:
    """The console script. Exit codes: 0 done, 1 it did not work, 2 bad usage."""
    run_app(app, NAME, failures=(BotError,))


if __name__ == "__main__":
    main()
