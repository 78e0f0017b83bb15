"""What was acknowledged is on disk: the process is killed (-9) again and again under load, and counted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from data.store import Store
from tests.integration.warm import Warm

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kills", [6, pytest.param(40, marks=pytest.mark.soak)])
def test_nothing_acknowledged_is_lost(town_url: str, tmp_path: Path, kills: int) -> None:
    acknowledged: dict[str, str] = {}
    with Warm("tests.integration.loads:main") as warm:
        for kill in range(kills):
            said = tmp_path / f"said{kill}"
            os.mkfifo(said)
            load = warm.start(said, town_url, str(tmp_path / "cache"), str(kill * 100_000))
            with said.open(encoding="utf-8") as lines:
                for count, line in enumerate(lines, 1):
                    message_id, route = line.split()
                    acknowledged[message_id] = route
                    if count >= 3 + kill * 2:  # in the middle of a batch as often as not
                        load.kill()
                        break
    store = Store(town_url)
    with store.read() as uow:
        stored = {row.message_id: row.route for row in uow.inbox.rows()}
        cases = list(uow.cases.everything())
        numbers = [case.number for case in cases]
        words = {a.words for case in cases for a in uow.appeals.of_case(case.id)}
        waiting = uow.outbox.count_state("queued")
        assert uow.connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert uow.connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    store.close()
    assert len(acknowledged) > kills
    lost = {m: r for m, r in acknowledged.items() if stored.get(m) != r}
    assert lost == {}
    appeals = {m for m, route in acknowledged.items() if route == "appeal"}
    assert appeals
    assert all(f"{m.removeprefix('m')}栋门口垃圾没人清臭死了" in words for m in appeals)
    assert numbers == sorted(set(numbers))
    assert waiting >= len(appeals)
