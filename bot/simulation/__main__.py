"""`python -m bot.simulation`: runs, their tables, and whether every promise was kept."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.simulation.rehearsal import Size, postgresql_database, rehearse, sqlite_database
from bot.simulation.report import rows, table


class Backend(StrEnum):
    """Where the diary is kept."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


DATABASES = {Backend.SQLITE: sqlite_database, Backend.POSTGRESQL: postgresql_database}


def main(
    database: Annotated[Backend, typer.Option(help="where the diary is kept")] = Backend.SQLITE,
    subscribers: Annotated[int, typer.Option(min=10, help="how many there are")] = 10_000,
    seed: Annotated[int, typer.Option(help="of chance")] = 1,
) -> None:
    """Rehearse a morning of daily poems with three workers, one of which is killed every ten
    minutes, and a Telegram that has bad days."""
    with DATABASES[database]() as (url, postmaster):
        outcome = rehearse(Size(subscribers), url, seed=seed, postmaster=postmaster)
    title = f"{subscribers:,} subscribers on {database.value}, seed {seed}"
    print(table(title, rows(outcome.verdict, outcome.left, outcome.cost)), flush=True)  # noqa: T201
    if not outcome.good:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
