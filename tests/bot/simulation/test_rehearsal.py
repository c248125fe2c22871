"""A small rehearsal with real processes that are really killed, on both databases."""

from datetime import timedelta

from bot.simulation.rehearsal import Size, rehearse
from bot.simulation.report import rows, table

SMALL = Size(
    subscribers=250,
    span=timedelta(minutes=30),
    lead=timedelta(minutes=5),
    hours=3,
    kill_every=400.0,
    quiet_for=900.0,
)


def test_nobody_is_missed_nobody_gets_it_twice_and_no_limit_is_exceeded(database_url: str) -> None:
    outcome = rehearse(SMALL, database_url, seed=7)
    verdict = outcome.verdict
    assert verdict.due >= SMALL.subscribers
    assert (verdict.missed, verdict.twice_other, verdict.exceeded) == (0, 0, 0)
    assert outcome.cost.kills >= 4
    assert verdict.sent + verdict.blocked >= SMALL.subscribers
    assert outcome.good
    lines = rows(verdict, outcome.left, outcome.cost)
    assert "missed" in table("a rehearsal", lines)
