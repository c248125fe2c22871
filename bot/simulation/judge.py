"""What arrived, judged: nobody missed, nobody twice, no limit exceeded. Pure.

The limits are checked on sliding windows over every message that Telegram was asked to send,
those it refused among them; that is stricter than Telegram is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.simulation.telegram import Kind, original

SECOND, MINUTE = 1.0, 60.0
OVER_ALL, PER_CHAT, PER_GROUP = 30, 1, 20
_WAITING = 300  # messages, ten seconds' work: so many wait, or the minute may not be full
_ROUNDING = 1e-3  # seconds; slots are kept in microseconds


@dataclass(frozen=True)
class Asked:
    """A message Telegram was asked to send. Times are simulated seconds."""

    at: float
    chat_id: int
    text: str
    worker: int  # the process, each with a number of its own
    kind: Kind
    answered_at: float
    retry_after: float = 0
    is_reply: bool = False


@dataclass(frozen=True)
class Verdict:
    """The numbers of a run."""

    due: int
    sent: int  # daily poems that arrived, each counted once
    missed: int
    twice_lost: int  # a second time, since the first answer was lost
    twice_killed: int  # a second time, since a worker died before it could note the yes
    twice_other: int
    blocked: int
    exceeded_over_all: int
    exceeded_chat: int
    exceeded_group: int
    asked_in_pause: int  # in spite of a 429
    drain: float  # messages a second while more was due than went
    replies: int

    @property
    def exceeded(self) -> int:
        """How often a limit was."""
        chats = self.exceeded_chat + self.exceeded_group
        return self.exceeded_over_all + chats + self.asked_in_pause

    @property
    def good(self) -> bool:
        """Whether the promise was kept."""
        return not (self.missed or self.twice_other or self.exceeded)


def judge(
    expected: Sequence[tuple[int, float]],
    asked: Iterable[Asked],
    deaths: dict[int, float],
    blocked: set[int],
) -> Verdict:
    """`expected` are chats and instants, `deaths` says when a worker was killed."""
    messages = sorted(asked, key=lambda each: each.at)
    poems = [each for each in messages if not each.is_reply]
    arrived: defaultdict[int, defaultdict[str, list[Asked]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for each in poems:
        if each.kind.arrived:
            arrived[original(each.chat_id)][each.text].append(each)
    all_sends = [sends for texts in arrived.values() for sends in texts.values()]
    twice = Counter(why for sends in all_sends for why in reasons(sends, deaths))
    wanted = Counter(chat_id for chat_id, _ in expected)
    got = {chat_id: len(texts) for chat_id, texts in arrived.items()}
    return Verdict(
        due=len(expected),
        sent=sum(got.values()),
        missed=sum(
            max(count - got.get(chat_id, 0), 0)
            for chat_id, count in wanted.items()
            if chat_id not in blocked
        ),
        twice_lost=twice["lost"],
        twice_killed=twice["killed"],
        # Another poem for the same day is a second one too.
        twice_other=twice["other"] + sum(max(n - wanted[chat], 0) for chat, n in got.items()),
        blocked=len(blocked & set(wanted)),
        exceeded_over_all=too_many([each.at for each in messages], OVER_ALL, SECOND),
        exceeded_chat=_by_chat(messages, PER_CHAT, SECOND, groups_only=False),
        exceeded_group=_by_chat(messages, PER_GROUP, MINUTE, groups_only=True),
        asked_in_pause=in_pause(messages),
        drain=drain_rate(messages, sorted(at for _, at in expected)),
        replies=sum(each.is_reply for each in messages),
    )


def reasons(sends: Sequence[Asked], deaths: dict[int, float]) -> list[str]:
    """Why the same poem arrived again, for each time after the first."""
    why = []
    for earlier in sends[:-1]:
        died = deaths.get(earlier.worker)
        if earlier.kind is Kind.LOST:
            why.append("lost")
        elif died is not None and died <= earlier.answered_at + _ROUNDING:
            why.append("killed")
        else:
            why.append("other")
    return why


def too_many(moments: Sequence[float], most: int, span: float) -> int:
    """How many of the sorted moments are one too many in the span that ends with them."""
    return sum(
        moments[index] - moments[index - most] < span - _ROUNDING
        for index in range(most, len(moments))
    )


def _by_chat(messages: Sequence[Asked], most: int, span: float, *, groups_only: bool) -> int:
    moments: defaultdict[int, list[float]] = defaultdict(list)
    for each in messages:
        if each.chat_id < 0 or not groups_only:
            moments[each.chat_id].append(each.at)
    return sum(too_many(each, most, span) for each in moments.values())


def in_pause(messages: Sequence[Asked]) -> int:
    """How many messages were asked for while their chat had to wait."""
    paused: dict[int, float] = {}
    count = 0
    for each in messages:
        count += each.at < paused.get(each.chat_id, 0.0) - _ROUNDING
        if each.kind is Kind.TOO_FAST:
            paused[each.chat_id] = each.answered_at + each.retry_after
    return count


def drain_rate(messages: Sequence[Asked], due: Sequence[float]) -> float:
    """Messages a second in the minutes in which more was due than went by their end.

    The first minute of such a time and its last are left out: they are not full.
    """
    per_minute = Counter(int(each.at // MINUTE) for each in messages)
    if not per_minute:
        return 0.0
    due_by = Counter(int(at // MINUTE) for at in due)
    waiting, full = 0, []
    for minute in range(min(per_minute), max(per_minute) + 1):
        begins_full = waiting > 0
        waiting = max(waiting + due_by[minute] - per_minute[minute], 0)
        if begins_full and waiting > _WAITING:
            full.append(per_minute[minute])
    return sum(full) / (len(full) * MINUTE) if full else 0.0
