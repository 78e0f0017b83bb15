"""The dispatcher: batches, order, and nobody is told before it is on disk."""

from __future__ import annotations

import asyncio
from random import Random
from threading import Event
from typing import TYPE_CHECKING

import pytest

from bot import dispatcher as module
from bot.dispatcher import Dispatcher
from bot.writer import Writer
from data.domain.messages import Inbound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.town import Town


class Book:
    """An intake that writes down what it is given, and refuses the first few batches."""

    def __init__(self, refuse: int = 0) -> None:
        self.batches: list[list[str]] = []
        self.ahead: dict[str, object] = {}
        self.looked, self.may_answer = Event(), Event()
        self._refuse = refuse

    def may_go_beside(self, inbound: Inbound) -> bool:
        return True

    def may_search(self, inbound: Inbound) -> bool:
        return "统计" in inbound.text

    def look_ahead(self, inbound: Inbound) -> str:
        self.looked.set()
        self.may_answer.wait(5)
        if inbound.text == "统计 坏":
            raise OSError("disk failed")
        return "looked up"

    def take(self, batch: Sequence[Inbound], ahead: Mapping[str, object]) -> list[str]:
        self.ahead |= ahead
        if self._refuse:
            self._refuse -= 1
            raise OSError("disk full")
        self.batches.append([m.message_id for m in batch])
        return ["left_alone"] * len(batch)


@pytest.fixture
def writer() -> Iterator[Writer]:
    writer = Writer()
    yield writer
    writer.close()


def message(town: Town, number: int, text: str = "早") -> Inbound:
    return Inbound("web", f"m{number}", town.clock.now(), "grid1", "u", "u", text)


async def test_what_arrives_together_is_one_batch_in_order(town: Town, writer: Writer) -> None:
    book, woken = Book(), []
    dispatcher = Dispatcher(book, writer, Random(0), lambda: woken.append(1))  # type: ignore[arg-type]  # a fake
    dispatcher.start()
    went = await asyncio.gather(*(dispatcher.accept(message(town, i)) for i in range(120)))
    await dispatcher.stop()
    assert went == ["left_alone"] * 120
    assert [m for batch in book.batches for m in batch] == [f"m{i}" for i in range(120)]
    assert max(map(len, book.batches)) <= module.BATCH
    assert len(woken) == len(book.batches)


async def test_a_batch_the_store_refuses_is_tried_again(town: Town, writer: Writer) -> None:
    book = Book(refuse=1)
    dispatcher = Dispatcher(book, writer, Random(0), lambda: None)  # type: ignore[arg-type]  # a fake
    dispatcher.start()
    assert await dispatcher.accept(message(town, 1)) == "left_alone"
    await dispatcher.stop()
    assert book.batches == [["m1"]]


async def test_what_is_not_on_disk_is_not_acknowledged(town: Town, writer: Writer) -> None:
    book = Book(refuse=10_000)
    dispatcher = Dispatcher(book, writer, Random(0), lambda: None)  # type: ignore[arg-type]  # a fake
    dispatcher.start()
    waiting = [asyncio.create_task(dispatcher.accept(message(town, i))) for i in range(60)]
    await asyncio.sleep(0.02)
    await dispatcher.stop()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(r, asyncio.CancelledError) for r in results)


async def test_nobody_waits_for_what_takes_long_to_look_up(town: Town, writer: Writer) -> None:
    book = Book()
    dispatcher = Dispatcher(book, writer, Random(0), lambda: None)  # type: ignore[arg-type]  # a fake
    dispatcher.start()
    asked = asyncio.create_task(dispatcher.accept(message(town, 1, "统计 上月")))
    await asyncio.to_thread(book.looked.wait, 5)
    assert await dispatcher.accept(message(town, 2)) == "left_alone"
    assert not asked.done()
    book.may_answer.set()
    assert await asked == "left_alone"
    assert await dispatcher.accept(message(town, 3, "统计 坏")) == "left_alone"
    await dispatcher.stop()
    assert (book.batches, book.ahead) == ([["m2"], ["m1"], ["m3"]], {"m1": "looked up"})


async def test_what_is_being_looked_up_at_the_end_is_not_acknowledged(town: Town, writer: Writer) -> None:
    book = Book()
    dispatcher = Dispatcher(book, writer, Random(0), lambda: None)  # type: ignore[arg-type]  # a fake
    dispatcher.start()
    asked = asyncio.create_task(dispatcher.accept(message(town, 1, "统计 上月")))
    await asyncio.to_thread(book.looked.wait, 5)
    await dispatcher.stop()
    book.may_answer.set()
    (ended,) = await asyncio.gather(asked, return_exceptions=True)
    assert isinstance(ended, asyncio.CancelledError)
    assert not book.batches
