"""Several workers on one real PostgreSQL: who holds what, and what happens when one is no more."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from bot.bootstrap import policy_of
from bot.config import Config
from bot.web.health import reason_of
from bot.workers.roll import FAIR, RollKeeper
from bot.workers.shares import ROOMS, TICKER
from data.domain.messages import Inbound
from data.engine import parse
from data.holidays import ChineseHolidays
from data.store import Store
from tests.integration.accounts import settle_accounts
from tests.integration.crews import Crew, settle
from tests.integration.pages import Seen, under_fire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.town import Town

pytestmark = pytest.mark.postgres


BEHIND = (
    "CREATE SCHEMA behind",
    """CREATE FUNCTION behind.clock_timestamp() RETURNS timestamptz LANGUAGE sql
       AS $$ SELECT pg_catalog.clock_timestamp() - interval '2 hours' $$""",
    "ALTER DATABASE shaozi_crew SET search_path = behind, public, pg_catalog",
)


@pytest.fixture
def url(postgres: str) -> Iterator[str]:
    """A database of its own, with the schema in it."""
    admin = create_engine(parse(postgres), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS shaozi_crew WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE shaozi_crew"))
    yield parse(postgres).set(database="shaozi_crew").render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE shaozi_crew WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url)
    store.upgrade()
    yield store
    store.close()


class Ticks:
    """Monotonic time that is set by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


class Elsewhere(RollKeeper):
    """A worker on another machine: nobody here can see whether its process runs."""

    def __init__(self, store: Store, ticks: Ticks) -> None:
        super().__init__(store, ["channel:wechaty"], ticks=ticks)
        self._self = self._self._replace(place="elsewhere")


def held(store: Store) -> dict[str, str]:
    with store.read() as uow:
        return uow.workers.holders()


def hears(town: Town, room: str, who: str, text: str) -> None:
    """Let something be taken in; nobody sends the answer yet."""
    message = Inbound("web", f"{room}-{who}", town.clock.now(), room, who, who, text, mentions=("bot",))
    assert "failed" not in town.parts.intake.take([message])


def run_out(store: Store, worker: RollKeeper) -> None:
    """Let a worker's time be over, by the database's clock."""
    with store.write() as uow:
        late = text("UPDATE workers SET until = clock_timestamp() - interval '1 second' WHERE id = :who")
        uow.connection.execute(late, {"who": worker.me})
        uow.commit()


def test_the_work_is_shared_and_handed_on(store: Store) -> None:
    ticks = Ticks()
    first, second, third = (RollKeeper(store, ["channel:wechaty"], ticks=ticks) for _ in range(3))
    assert first.sign_on()
    assert set(held(store).values()) == {first.me}
    second.sign_on()
    third.sign_on()
    for worker in (first, second, third):
        worker.beat()
    holders = held(store)
    assert set(holders) == {*ROOMS, TICKER, "channel:wechaty"}
    assert {holders[name] for name in ROOMS} == {first.me, second.me, third.me}
    assert holders["channel:wechaty"] == first.me  # what is logged in stays where it is
    assert not any(worker.beat() for worker in (first, second, third))
    first.leave()
    assert first.me not in held(store).values()
    assert not first.beat()  # and takes nothing back
    first.sign_off()
    assert not second.beat()
    assert second.roll.workers == {second.me, third.me}


def test_who_is_silent_is_given_up_only_by_those_who_were_heard_themselves(store: Store) -> None:
    ticks = Ticks()
    here, silent = RollKeeper(store, [], ticks=ticks), Elsewhere(store, ticks)
    here.sign_on()
    silent.sign_on()
    run_out(store, silent)
    ticks.at += 60  # as if the server had been away for all of us
    stood = here.stands
    here.beat()
    assert (stood, here.stands) == (False, True)
    assert silent.me in held(store).values()
    for _ in range(int(FAIR) + 1):
        ticks.at += 1
        here.beat()
    assert silent.me not in held(store).values()
    assert all(who == here.me for name, who in held(store).items() if name in ROOMS)
    silent.beat()  # it comes back, and is one of us again
    here.beat()
    assert silent.me in held(store).values()


def test_leases_go_by_the_clock_of_the_database(store: Store) -> None:
    """Two hours behind, as a badly kept server is: nobody looks at the machines' clocks."""
    with store.write() as uow:
        for statement in BEHIND:
            uow.connection.execute(text(statement))
        uow.commit()
    store.engines.dispose()
    ticks = Ticks()
    first, second = RollKeeper(store, [], ticks=ticks), Elsewhere(store, ticks)
    first.sign_on()
    second.sign_on()
    first.beat()
    with store.read() as uow:
        assert len(uow.workers.everybody()) == uow.workers.count() == 2
    assert set(held(store).values()) == {first.me, second.me}


def test_what_a_dead_worker_was_sending_is_sent_anew_and_nothing_else(
    store: Store, url: str, make_town: Callable[..., Town]
) -> None:
    town = make_town(url=url)
    dead, here = Elsewhere(store, Ticks()), RollKeeper(store, [])
    dead.sign_on()
    here.sign_on()
    for room, who in (("grid1", "wang"), ("grid2", "liu"), ("grid9", "li9")):
        hears(town, room, who, "@哨子 帮助")
    now = town.clock.now()
    lease = timedelta(minutes=2)
    with store.write() as uow:
        heads = list(uow.sending.heads(now, 50))
        mine, theirs = (
            uow.sending.claim(heads[0], now, lease, here.me),
            uow.sending.claim(heads[1], now, lease, dead.me),
        )
        assert mine is not None
        assert theirs is not None
        assert uow.sending.claim(heads[0], now, lease, dead.me) is None  # it is being sent
        uow.commit()
    with store.write() as uow:
        later = now + timedelta(hours=3)  # of a machine whose clock is ahead
        assert [head.id for head in uow.sending.heads(later, 50)] == [heads[2].id]
        assert uow.workers.give_up([dead.me]) == len(theirs.ids)
        assert uow.workers.give_up([dead.me]) is None
        assert {head.id for head in uow.sending.heads(now, 50)} == {heads[1].id, heads[2].id}
        assert not uow.sending.sent(theirs.ids, "b1", now, holder=dead.me)  # it comes too late
        assert uow.sending.sent(mine.ids, "b2", now, holder=here.me)
        uow.commit()


def test_two_that_claim_at_once_do_not_both_get_it(
    store: Store, url: str, make_town: Callable[..., Town]
) -> None:
    town = make_town(url=url)
    hears(town, "grid1", "wang", "@哨子 帮助")
    now, lease = town.clock.now(), timedelta(minutes=2)

    def claim(who: str) -> bool:
        with store.write(beside=True) as uow:
            uow.hold(())
            heads = uow.sending.heads(now, 50)
            got = uow.sending.claim(heads[0], now, lease, who) if heads else None
            uow.commit()
            return got is not None

    with ThreadPoolExecutor(4) as threads:
        assert Counter(threads.map(claim, "abcd"))[True] == 1


def test_a_server_that_takes_no_writes_is_noticed_and_comes_back(
    store: Store, url: str, make_town: Callable[..., Town]
) -> None:
    town = make_town(url=url)
    with store.write() as uow:
        uow.connection.execute(text("ALTER DATABASE shaozi_crew SET default_transaction_read_only = on"))
        uow.commit()
    town.store.engines.dispose()  # the server has failed over: whoever connects now meets a replica
    message = Inbound("web", "m1", town.clock.now(), "grid1", "wang", "王姐", "3栋2单元电梯又坏了")
    with pytest.raises(OperationalError) as caught:
        town.parts.intake.take([message])
    assert reason_of(caught.value) == "store is read-only"
    with store.engines.writer.connect() as connection:
        connection.execute(text("SET transaction_read_only = off"))
        connection.execute(text("ALTER DATABASE shaozi_crew SET default_transaction_read_only = off"))
        connection.commit()
    assert town.parts.intake.take([message]) == ["appeal"]  # on a new connection, by itself
    assert town.state(1) == "reported"


@pytest.mark.slow
@pytest.mark.timeout(150)
def test_killed_workers_are_replaced_and_nothing_is_lost_or_doubled(url: str, tmp_path: Path) -> None:
    """Two workers of a parent, and a bot by itself as another machine would run it; two kills."""
    settle(url, policy_of(Config(), ChineseHolidays()).work)
    crews = Crew(tmp_path / "a", url, 2), Crew(tmp_path / "b", url, 1)
    seen = Seen()
    shots = [partial(crews[0].kill_one, 0), partial(crews[0].kill_one, 1)]
    asyncio.run(under_fire(crews, url, seen, shots, pause=0.25))  # ten seconds: forty things from each page
    account = settle_accounts(url, seen)
    assert account.lost == []
    assert account.doubled == []
    assert account.unsaid == 0
    assert account.appeals > 10
    assert seen.slowest < 15


@pytest.mark.slow
def test_workers_end_with_their_parent(url: str, tmp_path: Path) -> None:
    settle(url, policy_of(Config(), ChineseHolidays()).work)
    crew = Crew(tmp_path, url, 2)
    crew.start()
    until(lambda: crew.events("started") == 2)
    pids = crew.pids()
    assert crew.process is not None
    crew.process.kill()
    crew.wait()
    until(lambda: not any(runs(pid) for pid in pids))


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def runs(pid: int) -> bool:
    """Whether a process has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
