"""The table a run ends with."""

from dataclasses import dataclass

from bot.simulation.judge import Verdict
from bot.storage import WaitingDeliveries


@dataclass(frozen=True)
class Cost:
    """What a run took, in seconds of the real world."""

    wall: float
    workers_cpu: float
    database_cpu: float | None  # None: it works inside the workers, or can't be read
    kills: int
    simulated: float


def rows(verdict: Verdict, left: WaitingDeliveries, cost: Cost) -> list[tuple[str, str]]:
    """Line by line: what, and how much."""
    per_message = 1000 / max(verdict.sent, 1)
    database = "" if cost.database_cpu is None else f" + {cost.database_cpu * per_message:.1f}"
    return [
        ("due", f"{verdict.due:,}"),
        ("arrived", f"{verdict.sent:,}"),
        ("missed", f"{verdict.missed:,}"),
        ("twice, the first answer was lost", f"{verdict.twice_lost:,}"),
        ("twice, killed between Telegram's yes and our record", f"{verdict.twice_killed:,}"),
        ("twice, for any other reason", f"{verdict.twice_other:,}"),
        ("chats that have blocked the bot", f"{verdict.blocked:,}"),
        ("still open in the diary", f"{left.due + left.ready + left.planned:,}"),
        ("over 30 messages in a second", f"{verdict.exceeded_over_all:,}"),
        ("over 1 message in a second of a chat", f"{verdict.exceeded_chat:,}"),
        ("over 20 messages in a minute of a group", f"{verdict.exceeded_group:,}"),
        ("sent in spite of a 429", f"{verdict.asked_in_pause:,}"),
        ("drain, messages a simulated second", f"{verdict.drain:.2f}"),
        ("answers to people between", f"{verdict.replies:,}"),
        ("workers killed", f"{cost.kills:,}"),
        ("CPU a poem, ms (workers + database)", f"{cost.workers_cpu * per_message:.1f}{database}"),
        ("simulated hours", f"{cost.simulated / 3600:.1f}"),
        ("real seconds", f"{cost.wall:.0f}"),
    ]


def table(title: str, lines: list[tuple[str, str]]) -> str:
    """The lines under each other, numbers to the right."""
    width = max(len(what) for what, _ in lines)
    numbers = max(len(value) for _, value in lines)
    rule = "-" * (width + numbers + 3)
    body = [f"{what:<{width}}   {value:>{numbers}}" for what, value in lines]
    return "\n".join([title, rule, *body, rule])
