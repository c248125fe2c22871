"""What comes together is written together, and nobody waits for company."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.services.gathering import Gathering


class Book:
    """Notes batches; holds the pen while the gate is closed."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.failures: list[BaseException] = []

    async def write(self, items: Sequence[int]) -> None:
        self.batches.append(list(items))
        await self.gate.wait()
        if self.failures:
            raise self.failures.pop(0)


async def test_one_alone_is_written_at_once() -> None:
    book = Book()
    await Gathering(book.write).add(1)
    assert book.batches == [[1]]


async def test_those_who_come_during_a_batch_go_into_the_next() -> None:
    book = Book()
    gathering = Gathering(book.write)
    book.gate.clear()
    adding = [asyncio.ensure_future(gathering.add(n)) for n in range(5)]
    await asyncio.sleep(0.01)
    book.gate.set()
    await asyncio.gather(*adding)
    assert sorted(book.batches) == [[0], [1, 2, 3, 4]] or book.batches == [[0, 1, 2, 3, 4]]


async def test_a_failure_is_told_to_all_of_its_batch_and_to_no_other() -> None:
    book = Book()
    gathering = Gathering(book.write)
    book.gate.clear()
    first = asyncio.ensure_future(gathering.add(0))
    await asyncio.sleep(0.01)
    rest = [asyncio.ensure_future(gathering.add(n)) for n in range(1, 4)]
    await asyncio.sleep(0.01)
    book.failures = [ValueError("once")]
    book.gate.set()
    results = await asyncio.gather(first, *rest, return_exceptions=True)
    assert [type(result) for result in results] == [ValueError, type(None), type(None), type(None)]
    await gathering.add(9)
    assert book.batches[-1] == [9]


async def test_who_gives_up_waiting_harms_nobody() -> None:
    book = Book()
    gathering = Gathering(book.write)
    book.gate.clear()
    first = asyncio.ensure_future(gathering.add(0))
    await asyncio.sleep(0.01)
    second, third = (asyncio.ensure_future(gathering.add(n)) for n in (1, 2))
    await asyncio.sleep(0.01)
    second.cancel()
    book.gate.set()
    await asyncio.gather(first, third)
    with pytest.raises(asyncio.CancelledError):
        await second
