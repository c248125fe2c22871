"""The clock of all, the kills, and the course of a run.

The workers are real processes. Each tells until when it has nothing to do; when all have, the
clock goes on to the first of these moments. Those whose moment lies within BESIDE of it go along,
each at its own time, as real machines' clocks are never quite the same.
"""

import multiprocessing
import random
import time
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from bot.simulation.judge import Asked
from bot.simulation.telegram import Answer, Telegram
from bot.simulation.worker import REPLY, Ask, Orders, Quiet, work

BESIDE = 0.01  # seconds
_AT_THE_LATEST = 60.0  # seconds after its time a kill comes
_LIFE_SIGN = 600.0  # real seconds without a word from a worker that should be at work


@dataclass(frozen=True)
class Course:
    """How a run goes. Times are simulated."""

    database_url: str
    epoch: datetime
    end: float  # seconds; the run may end before, when everything is quiet
    all_due: float  # seconds, when the last poem is due
    people: int
    kill_every: float
    replies_every: float  # each worker
    quiet_for: float  # without a poem after the last is due: the end
    workers: int = 3
    restart_after: float = 15.0


class SimulationBroken(Exception):
    """A worker died of itself, or hangs: a bug, of the bot or of the simulation."""


@dataclass
class _Worker:
    """A process, and what it said last."""

    number: int
    process: BaseProcess
    connection: Connection
    quiet_until: float | None = None  # None: it is at work
    cpu: float = 0.0
    dies_at_message: int | None = None  # killed when so many more messages came from it
    dies_within: float | None = None  # or real seconds after it went on
    dies_by: float = inf  # simulated: where no such moment came


@dataclass
class Coordinator:
    """One run."""

    course: Course
    telegram: Telegram
    chance: random.Random
    now: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    deaths: dict[int, float] = field(default_factory=dict)
    cpu: float = 0.0
    _workers: list[_Worker] = field(default_factory=list)
    _restarts: list[float] = field(default_factory=list)
    _last_poem: float = 0.0

    def run(self) -> None:
        """From the first moment to the last. Raises SimulationBroken."""
        next_kill = self.course.kill_every
        try:
            for _ in range(self.course.workers):
                self._start()
            while not self._is_over():
                self._hear_all()
                moment = min([each.quiet_until or 0.0 for each in self._workers], default=inf)
                moment = min([moment, next_kill, *self._restarts])
                self.now = max(self.now, moment)
                if self.now >= next_kill:
                    self._choose_a_victim()
                    next_kill += self.course.kill_every
                elif self._restarts and self.now >= self._restarts[0]:
                    self._restarts.pop(0)
                    self._start()
                else:
                    self._go_on()
        finally:
            for worker in list(self._workers):
                self._end(worker)

    def _is_over(self) -> bool:
        after = max(self.course.all_due, self._last_poem)
        return self.now >= self.course.end or self.now > after + self.course.quiet_for

    # Workers

    def _start(self) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["bot.simulation.worker"])
        ours, theirs = context.Pipe()
        number = len(self.deaths) + len(self._workers) + 1
        orders = Orders(
            number,
            self.course.database_url,
            self.course.epoch,
            self.now,
            self.course.people,
            self.course.replies_every,
        )
        process = context.Process(target=work, args=(theirs, orders), daemon=True)
        process.start()
        theirs.close()
        self._workers.append(_Worker(number, process, ours))

    def _end(self, worker: _Worker) -> None:
        """SIGKILL; what it wrote and nobody read is lost with it."""
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        self.cpu += worker.cpu
        self._workers.remove(worker)

    def _choose_a_victim(self) -> None:
        """One of the workers dies at a moment of its own: asleep, at work, or in the middle of
        a message."""
        victim = self.chance.choice(self._workers) if self._workers else None
        if victim is None:
            return
        victim.dies_by = self.now + _AT_THE_LATEST
        match self.chance.choice(("asleep", "at work", "before a message", "after a message")):
            case "asleep":
                self._kill(victim)
            case "at work":
                victim.dies_within = self.chance.uniform(0, 0.01)
            case "before a message":
                victim.dies_at_message = -self.chance.randint(1, 20)
            case _:
                victim.dies_at_message = self.chance.randint(1, 20)

    def _kill(self, worker: _Worker) -> None:
        self._end(worker)
        self.deaths[worker.number] = self.now
        self._restarts.append(self.now + self.course.restart_after)

    # The clock

    def _go_on(self) -> None:
        """Let those go on whose moment has come."""
        for worker in list(self._workers):
            if self.now > worker.dies_by:
                self._kill(worker)
                continue
            until = worker.quiet_until
            if until is not None and until <= self.now + BESIDE:
                worker.quiet_until = None
                worker.connection.send(max(until, self.now))
                if worker.dies_within is not None:
                    time.sleep(worker.dies_within)
                    self._kill(worker)

    def _hear_all(self) -> None:
        """Serve the workers until all of them are quiet."""
        while busy := {each.connection: each for each in self._workers if each.quiet_until is None}:
            spoke = wait(list(busy), _LIFE_SIGN)
            if not spoke:
                raise SimulationBroken(f"workers hang at {self.now:.3f} s")
            for connection in spoke:
                self._hear(busy[connection])  # type: ignore[index]  # it is one of these

    def _hear(self, worker: _Worker) -> None:
        try:
            said = worker.connection.recv()
        except EOFError:
            raise SimulationBroken(f"worker {worker.number} died of itself") from None
        match said:
            case Quiet():
                worker.quiet_until, worker.cpu = said.until, said.cpu
            case Ask():
                self._serve(worker, said)

    # Telegram

    def _serve(self, worker: _Worker, ask: Ask) -> None:
        """Answer a message, unless its sender dies of it."""
        left = worker.dies_at_message
        if left is not None:
            worker.dies_at_message = left - 1 if left > 0 else left + 1
        if left == -1:
            self._kill(worker)
            return
        answer = self.telegram.answer(ask.chat_id)
        self._note(worker, ask, answer)
        if left == 1:
            self._kill(worker)
        else:
            worker.connection.send(answer)

    def _note(self, worker: _Worker, ask: Ask, answer: Answer) -> None:
        is_reply = ask.text == REPLY
        self._last_poem = self._last_poem if is_reply else ask.at
        self.asked.append(
            Asked(
                at=ask.at,
                chat_id=ask.chat_id,
                text=ask.text,
                worker=worker.number,
                kind=answer.kind,
                answered_at=ask.at + answer.seconds,
                retry_after=answer.retry_after,
                is_reply=is_reply,
            )
        )
