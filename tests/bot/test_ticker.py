"""The ticker, and what the start does with what a killed bot left."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from threading import current_thread
from time import monotonic
from typing import TYPE_CHECKING

from sqlalchemy import insert

from bot.app import App
from bot.bootstrap import build
from bot.channels.album import Album
from bot.config import Config
from bot.ticker import LONGEST, Ticker
from data.domain.clock import SystemClock
from data.domain.reminder import ReminderKind
from data.heartbeat import beats
from data.lock import mark_path
from data.roster.load import import_roster
from data.store import Store
from data.tables.rooms import rooms
from handlers.context import Reach
from handlers.reminders import SEARCHING, Searching
from handlers.reports import weekly_digest
from tests.town import ROSTER, Memory, entries

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from bot.bootstrap import Parts
    from data.domain.areas import Room
    from data.domain.clock import Clock
    from data.domain.reminder import Reminder
    from handlers.context import Context
    from nlp.understand import Understander


MACHINE = SystemClock()


class Wall:
    """A machine's clock that can be set."""

    def __init__(self, hour: int = 2) -> None:
        self.off = datetime(2026, 3, 2, hour, tzinfo=UTC) - MACHINE.now()

    def now(self) -> datetime:
        """Return what it shows."""
        return MACHINE.now() + self.off


def bot(url: str, understander: Understander, clock: Clock) -> Parts:
    store = Store(url)
    memory = Memory(clock, Reach())
    parts = build(
        Config.model_validate({}),
        {"web": memory},
        clock=clock,
        store=store,
        random=Random(0),
        understander=understander,
    )
    with store.write() as uow:
        import_roster(uow, entries(ROSTER), "roster.yaml", work=parts.house.policy.work, now=clock.now())
        uow.commit()
    return parts


def ticker_of(parts: Parts, each: float) -> Ticker:
    """Return a ticker for which everything takes so many seconds."""
    return Ticker(
        parts.store,
        parts.house,
        parts.clock,
        parts.writer,
        album=Album(parts.config.storage.folder),
        committed=lambda: None,
        stopwatch=count(step=each).__next__,
    )


async def until(true: Callable[[], bool], within: float = 5) -> float:
    """Wait until something is true; return how long it took."""
    began = monotonic()
    while not true():
        assert monotonic() - began < within
        await asyncio.sleep(0.02)
    return monotonic() - began


def due(parts: Parts, at: datetime) -> None:
    """Let a list of the day fall due."""
    with parts.store.write() as uow:
        leader = uow.people.on_roster("李敏")[0]
        uow.reminders.put("daily:test", "daily", leader.id, at)
        uow.commit()


def fired(parts: Parts) -> bool:
    with parts.store.read() as uow:
        one = uow.connection.exec_driver_sql("SELECT state FROM reminders WHERE key = 'daily:test'")
        return str(one.scalar_one()) != "pending"


async def test_f3_whatever_the_clock_does_what_is_due_fires_once_and_soon(
    store_url: str, understander: Understander
) -> None:
    for jump in (timedelta(hours=-8), timedelta(minutes=-10), timedelta(hours=1)):
        wall = Wall()
        parts = bot(store_url, understander, SystemClock(wall.now))
        app = App(parts)
        await app.start()
        try:
            due(parts, parts.clock.now() + timedelta(seconds=1))
            wall.off += jump
            assert await until(lambda p=parts: fired(p)) < 4  # type: ignore[misc]  # mypy: a lambda's default
        finally:
            await app.stop()


async def test_f3_a_scheduler_that_a_clock_set_back_would_let_sleep_is_woken(
    store_url: str, understander: Understander
) -> None:
    parts = bot(store_url, understander, SystemClock(Wall().now))
    app = App(parts)
    await app.start()
    try:
        scheduler = parts.ticker._scheduler  # noqa: SLF001  as if eight hours had been taken away
        later = MACHINE.now() + timedelta(hours=8)
        scheduler.modify_job("tick", next_run_time=later)
        due(parts, parts.clock.now())
        assert await until(lambda: fired(parts)) < 5
    finally:
        await app.stop()


async def test_f14_the_heart_beats_in_the_store_and_in_the_file_beside_it(
    store_url: str, understander: Understander
) -> None:
    parts = bot(store_url, understander, SystemClock())
    path = parts.store.engines.path
    assert path is not None
    app = App(parts)
    await app.start()
    try:
        await until(mark_path(path).exists)
        with parts.store.read() as uow:
            assert str(beats(uow)) == mark_path(path).read_text() == "1"
    finally:
        await app.stop()


async def test_f10_what_was_in_flight_when_it_was_killed_goes_out_at_the_start(
    store_url: str, understander: Understander
) -> None:
    first = bot(store_url, understander, SystemClock(Wall().now))
    with first.store.write() as uow:
        row = {
            "lane": "r1!",
            "channel": "web",
            "room": "grid1",
            "kind": "text",
            "text": "【紧急】3栋着火冒烟",
            "mentions": [],
            "cases": [],
            "quiet": False,
            "dedupe_key": "alarm",
            "created_at": first.clock.now(),
            "send_at": first.clock.now(),
        }
        uow.outbox.put(row)
        uow.commit()
    assert [one.outgoing.text for one in first.sender.cycle([])] == ["【紧急】3栋着火冒烟"]  # and is killed
    first.close()
    parts = bot(store_url, understander, SystemClock(Wall().now))
    app, channel = App(parts), parts.channels["web"]
    assert isinstance(channel, Memory)
    await app.start()
    try:
        assert await until(lambda: bool(channel.said)) < 3
    finally:
        await app.stop()
    assert [said.text for said in channel.said] == ["【紧急】3栋着火冒烟"]


async def test_a_crowd_of_reminders_gives_way_to_whoever_waits_for_the_writer(
    store_url: str, understander: Understander
) -> None:
    """On a Monday at nine thousands fall due; a message that comes meanwhile is not behind all of them."""
    parts = bot(store_url, understander, SystemClock(Wall().now))
    slow = ticker_of(parts, each=LONGEST)  # each takes longer than there is time for
    with parts.store.write() as uow:
        leader = uow.people.on_roster("李敏")[0]
        for number in range(20):
            uow.reminders.put(f"daily:{number}", "daily", leader.id, parts.clock.now())
        uow.commit()

    def left() -> int:
        with parts.store.read() as uow:
            return int(
                uow.connection.exec_driver_sql(
                    "SELECT count(*) FROM reminders WHERE state = 'pending' AND due < '2026-03-02 10'"
                ).scalar_one()
            )

    ticking = asyncio.create_task(slow.tick())
    seen = 20
    while seen == 20:
        seen = await parts.writer.run(left)
    assert 10 < seen < 20
    await ticking
    with parts.store.read() as uow:
        assert (uow.reminders.due(parts.clock.now())) is None
    parts.close()


def test_nothing_is_begun_that_would_hold_the_writer_too_long(
    store_url: str, understander: Understander
) -> None:
    parts = bot(store_url, understander, SystemClock(Wall().now))
    ticker = ticker_of(parts, each=0.02)
    with parts.store.write() as uow:
        leader = uow.people.on_roster("李敏")[0]
        for number in range(4):
            uow.reminders.put(f"daily:{number}", "daily", leader.id, parts.clock.now())
        uow.commit()
    assert ticker.fire(0.05) == 2  # the third would end after 60 ms
    assert ticker.fire(LONGEST) == 1  # on a disk as slow as that others have the writer after each
    assert ticker.fire() == 1
    parts.close()


def test_an_alarm_comes_before_all_that_fell_due_earlier(store_url: str, understander: Understander) -> None:
    parts = bot(store_url, understander, SystemClock(Wall().now))
    now = parts.clock.now()
    with parts.store.write() as uow:
        uow.reminders.put("daily:a", "daily", 1, now - timedelta(minutes=5))
        uow.reminders.put("emergency:1", "emergency", 1, now - timedelta(seconds=1))
        uow.reminders.put("emergency:2", "emergency", 2, now + timedelta(minutes=5))
        found = uow.reminders.due(now)
        assert found is not None
        assert found.key == "emergency:1"
        uow.reminders.finish(found.id)
        found = uow.reminders.due(now)
        assert found is not None
        assert found.key == "daily:a"
    parts.close()


async def test_digests_are_looked_up_where_nobody_waits_for_the_writer(
    store_url: str, understander: Understander, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty groups, eight at a time: each batch is looked up by a reader and told once."""
    parts = bot(store_url, understander, SystemClock(Wall().now))
    now, looked, told = parts.clock.now(), list[str](), list[list[int]]()
    with parts.store.write() as uow:
        grid = uow.areas.by_code("g1")
        assert grid is not None
        more = {"channel": "web", "topic": "群", "kind": "residents", "area_id": grid.id}
        uow.connection.execute(insert(rooms), [{**more, "external_id": f"more{n}"} for n in range(40)])
        community = uow.areas.community_of(grid.id)
        assert community is not None
        uow.reminders.put("digest:1", "digest", community.id, now)
        uow.roster_changed()
        uow.commit()

    def look_up(ctx: Context, reminder: Reminder) -> list[tuple[Room, str]]:
        looked.append(current_thread().name)
        return weekly_digest.look_up(ctx, reminder)

    def fire(ctx: Context, reminder: Reminder, found: list[tuple[Room, str]]) -> None:
        told.append([room.id for room, _ in found])
        weekly_digest.fire(ctx, reminder, found)

    monkeypatch.setitem(SEARCHING, ReminderKind.DIGEST, Searching(look_up, fire))
    await parts.ticker.tick()
    every = [room for batch in told for room in batch]
    assert len(every) == len(set(every)) >= 40
    assert len(looked) == len(told) >= 5
    assert not [name for name in looked if name.startswith("writer")]
    with parts.store.read() as uow:
        assert uow.reminders.due(parts.clock.now()) is None
    parts.close()
