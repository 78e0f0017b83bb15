"""Measure everything, print it, and write docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy

from tests.bench import (
    deliberation,
    interfaces,
    many_pages,
    measures,
    monday,
    old_cases,
    pages,
    wechat,
    workers,
)
from tests.bench.measures import durable, with_place
from tests.bench.page import put

if TYPE_CHECKING:
    from collections.abc import Iterator

    Rows = Iterator[tuple[str, str]]

HEAD = """# Benchmarks

Written by `make bench`; run it yourself. {machine}.

- *understanding*: one process, lines of `nlp/lines`: longer (20 letters) and harder than everyday chat (10
  letters), which is read twice as fast.
- *durable messages/s*: from a parsed message to its commit with `synchronous=FULL`, the answer in the outbox;
  one message in ten is an appeal; the sending itself is not in it. Median of {rounds} rounds after a warm-up.
- *cost with many rooms or cases*: the same, in a store with so many rooms or so many old cases (half of them
  open, each with its appeal and timeline).
- *through*: 1,000 messages at once over 20 rooms, in until all are stored and out until all are seen; the one
  message is timed from being said to being stored. WeChat's gateway is Wechaty's own, with a mock behind it,
  without the pause of 3–8 s that an account keeps; the web is measured from its channel on, no browser.
- *old cases*: of five years, one in twenty open, each with its timeline, four messages of the bot, three
  reminders, most with a rating; what is said is timed from parsed to its commit, the start from the process's
  first line to the first answers. *Monday 9:00*: every group's week and every leader's day fall due at once.

| what | figure |
| --- | --- |
"""


def rows() -> list[tuple[str, str]]:
    """Measure everything, one row after another."""
    found: list[tuple[str, str]] = []

    def add(what: str, figure: str) -> None:
        found.append((what, figure))
        sys.stdout.write(f"{what:60} {figure}\n")
        sys.stdout.flush()

    for measured in (_understanding, _messages, _processes, _through, _much):
        for what, figure in measured():
            add(what, figure)
    return found


def _understanding() -> Rows:
    for fast, name in ((True, "rjieba"), (False, "jieba")):
        for appeals, lines in ((100, "one line in ten an appeal"), (1000, "appeals alone")):
            speed = measures.understanding(fast=fast, appeals=appeals)
            yield f"understanding, {name}, {lines}", f"{speed:,.0f} lines/s"


def _messages() -> Rows:
    yield "bare SQLite on this disk, one row a commit", f"{measures.commits():,.0f} commits/s"
    one = with_place(partial(durable, batch=1, count=400), room_count=100)
    yield "durable messages, one a commit", f"{one:,.0f} messages/s"
    fifty = with_place(partial(durable, batch=50, count=3000), room_count=100)
    yield "durable messages, fifty a commit", f"{fifty:,.0f} messages/s"
    small = with_place(partial(durable, batch=50, count=2000), room_count=10, case_count=1_000)
    large = with_place(partial(durable, batch=50, count=2000), room_count=10_000, case_count=200_000)
    yield "with 10 rooms and 1,000 cases", f"{1e6 / small:,.0f} µs a message"
    yield "with 10,000 rooms and 200,000 cases", f"{1e6 / large:,.0f} µs a message, {small / large:.2f} times"
    same = with_place(measures.same_matter, room_count=1, case_count=20_000)
    yield "the same matter among 10,000 open cases of one grid", f"{same:.2f} ms"
    cost = deliberation.ballot(5_000)
    yield "a ballot of 5,000 households: a vote", f"{cost.vote:.1f} ms (登记: {cost.command:.1f} ms)"
    yield "a ballot of 5,000 households: its closing", f"{cost.closing:.2f} s"


def _processes() -> Rows:
    yield "start of the process to the first answers", f"{measures.start_up():.2f} s"
    rest, after = measures.memory()
    yield "memory at rest", f"{rest:,.0f} MiB"
    yield "memory after 100,000 messages", f"{after:,.0f} MiB"


def _through() -> Rows:
    for where, figures in (
        ("WeChat's gateway", wechat.through_wechat()),
        ("the web", wechat.through_the_web()),
    ):
        if figures is None:
            yield f"through {where}", "not measured: no node 18+ here"
            continue
        yield f"in through {where}", f"{figures.heard:,.0f} messages/s"
        yield f"out through {where}", f"{figures.said:,.0f} messages/s"
        yield f"one message in through {where}", f"p50 {figures.half:.1f} ms, p99 {figures.most:.1f} ms"
    spent = many_pages.many_pages()
    yield "500 pages in a room: the server's processor time a message", f"{spent:.1f} ms"


def _much() -> Rows:
    for count in (1_000, 1_000_000):
        for what, taken in old_cases.old_cases(count).items():
            yield f"{what}, {count:,} old cases", f"{taken:,.1f} ms"
    morning = monday.monday(10_000)
    yield "Monday 9:00, 10,000 groups: the writer held at one go", f"{morning.longest * 1000:,.0f} ms"
    yield "Monday 9:00, 10,000 groups: until all are told", f"{morning.all_told:,.0f} s"
    many = interfaces.interfaces(200_000)
    yield "GET /api/v1/cases, 50 of 200,000 cases", f"p50 {many.half:.0f} ms, p99 {many.most:.0f} ms"
    yield "POST /api/v1/appeals, 200,000 cases", f"{many.appeals:,.0f} appeals/s"
    yield "webhooks, signed and sent one after another", f"{many.events:,.0f} events/s"
    yield "hotline orders, 200,000 cases", f"{many.orders:,.0f} orders/s"
    for count in (1_000, 200_000):
        for page, shown in pages.pages(count).items():
            yield f"{page}, {count:,} cases", f"p50 {shown.half:.0f} ms, p99 {shown.most:.0f} ms"
    for together in workers.throughput():
        what = f"PostgreSQL, workers taking in together: {together.workers}, {together.batch} a commit"
        yield what, f"{together.speed:,.0f} messages/s"


def machine() -> str:
    """Say what it was measured on."""
    model = "unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if "model name" in line), model)
    return (
        f"Measured on {os.cpu_count()} cores of {model}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, SQLAlchemy {sqlalchemy.__version__}"
    )


def main() -> None:
    """Measure and write."""
    table = "".join(f"| {what} | {figure} |\n" for what, figure in rows())
    put("", HEAD.format(machine=machine(), rounds=measures.ROUNDS) + table)


if __name__ == "__main__":
    main()
