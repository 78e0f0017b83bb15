"""The ledger: whatever several writers do, and in whatever order, no balance falls below zero."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.domain.community import Good
from data.domain.volunteering import ExchangeState
from data.store import Store
from data.tables.areas import areas

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SOAP = Good("洗衣液", 2, 3)
People = tuple[int, list[int]]


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = Store(store_url)
    yield store
    store.close()


def settle_down(store: Store) -> People:
    with store.write() as uow:
        community = uow.people.add(areas, {"code": "c", "name": "C", "kind": "community", "label": ""})
        people = [uow.people.meet("web", f"p{i}", f"P{i}")[1].id for i in range(3)]
        uow.commit()
    return community, people


def act(store: Store, community: int, person: int, what: int) -> None:
    """Do one thing as one writer: give, take, exchange, cancel."""
    with store.write() as uow:
        if what > 0 or what < 0:
            uow.points.write(community, person, what, at=NOW, why="x", source="given")
        else:
            made = uow.points.exchange(community, person, SOAP, NOW)
            if made is not None and made.number % 3 == 0:
                uow.points.settle(made, ExchangeState.CANCELLED, at=NOW)
                uow.points.settle(made, ExchangeState.CANCELLED, at=NOW)
        uow.commit()


def check(store: Store, community: int, people: list[int]) -> None:
    with store.read() as uow:
        running = dict.fromkeys(people, 0)
        for entry in uow.points.everything():
            running[entry.person_id] += entry.amount
            assert running[entry.person_id] >= 0
        assert running == {p: uow.points.balance(community, p) for p in people}
        held = list(uow.points.exchanges_of(community))
        assert len(held) + uow.points.left(community, SOAP) == SOAP.stock


def test_several_writers_at_once(store: Store) -> None:
    community, people = settle_down(store)
    random = Random(7)
    work = [(random.choice(people), random.choice((3, 1, -2, -5, 0, 0))) for _ in range(120)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda job: act(store, community, *job), work))
    check(store, community, people)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(jobs=st.lists(st.tuples(st.integers(0, 2), st.integers(-6, 4)), max_size=12))
def test_in_any_order(store: Store, jobs: list[tuple[int, int]]) -> None:
    with store.write() as uow:
        known = uow.areas.by_code("c")
        uow.commit()
    if known is None:
        settle_down(store)
    with store.read() as uow:
        area = uow.areas.by_code("c")
        assert area is not None
        people = [found[1].id for i in range(3) if (found := uow.people.speaker("web", f"p{i}"))]
    for who, what in jobs:
        act(store, area.id, people[who], what)
    check(store, area.id, people)
