"""What the operator counts, for /metrics. It knows numbers only: no chat, no words."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

# What can come of a daily poem. Each is counted from zero on, so that a first one is an increase.
OUTCOMES = ("due", "sent", "late", "retried", "unknown", "missed", "failed", "blocked")
_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 12, 30)


class Metrics:
    """The counters of one bot; each has a registry of its own, so that tests do not share."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._poems = Counter(
            "poetry_bot_poems", "Poems written", ["kind", "form"], registry=self._registry
        )
        self._seconds = Histogram(
            "poetry_bot_poem_seconds",
            "Seconds from the wish to the stored poem, waiting included",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._failures = Counter(
            "poetry_bot_failures", "Wishes that failed", ["reason"], registry=self._registry
        )
        self._deliveries = Counter(
            "poetry_bot_deliveries",
            "What came of daily poems: due, sent, late, retried, unknown, missed, blocked, ...",
            ["outcome"],
            registry=self._registry,
        )
        for outcome in OUTCOMES:
            self._deliveries.labels(outcome)
        self._waiting = Gauge(
            "poetry_bot_deliveries_waiting",
            "Open daily poems: due, or still to come with their poem ready or only planned",
            ["state"],
            registry=self._registry,
        )
        self._updates = Gauge(
            "poetry_bot_updates_waiting",
            "What people did that is kept and not served yet",
            registry=self._registry,
        )
        self._database = Gauge(
            "poetry_bot_database_up",
            "1: the database answered when these numbers were asked for",
            registry=self._registry,
        )
        self._chosen = Counter(
            "poetry_bot_inline_chosen",
            "Poems sent to other chats from inline mode",
            ["kind"],
            registry=self._registry,
        )
        ProcessCollector(registry=self._registry)

    def poem_written(self, kind: str, form: str, seconds: float) -> None:
        """A poem is written and stored."""
        self._poems.labels(kind, form).inc()
        self._seconds.observe(seconds)

    def failed(self, reason: str) -> None:
        """Something a user asked for did not work, for our reasons."""
        self._failures.labels(reason).inc()

    def delivered(self, outcome: str, count: int = 1) -> None:
        """This came of so many daily poems."""
        self._deliveries.labels(outcome).inc(count)

    def waiting(self, states: dict[str, int]) -> None:
        """So many daily poems wait, by what they wait for."""
        for state, count in states.items():
            self._waiting.labels(state).set(count)

    def updates_waiting(self, count: int) -> None:
        """So many updates wait, over all processes."""
        self._updates.set(count)

    def database_up(self, up: bool) -> None:
        """Whether the database answers."""
        self._database.set(up)

    def chosen_inline(self, kind: str) -> None:
        """Somebody sent a poem from inline mode: one just written, a favourite, a shared one."""
        self._chosen.labels(kind).inc()

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)
