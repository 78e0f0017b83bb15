"""What was acknowledged is on disk: the process is killed (-9) again and again under load, and counted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from data.store import Store

if TYPE_CHECKING:
    from pathlib import Path

LOAD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from bot.bootstrap import build
from bot.config import Config
from data.domain.messages import Inbound
from data.store import Store
url, cache, start = sys.argv[1], sys.argv[2], int(sys.argv[3])
config = Config.model_validate({"storage": {"folder": cache}, "bot": {"quiet_hours": "off"}})
parts = build(config, {}, store=Store(url))
print("ready", flush=True)
number = start
while True:
    batch = []
    for _ in range(7):
        number += 1
        text = f"{number}栋门口垃圾没人清臭死了" if number % 3 == 0 else "早上好"
        now = datetime.now(UTC)
        batch.append(Inbound("web", f"m{number}", now, "grid1", f"p{number}", f"人{number}", text))
    for message, route in zip(batch, parts.intake.take(batch)):
        print(message.message_id, route, flush=True)
"""


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kills", [6, pytest.param(40, marks=pytest.mark.soak)])
def test_nothing_acknowledged_is_lost(town_url: str, tmp_path: Path, kills: int) -> None:
    script = tmp_path / "load.py"
    script.write_text(LOAD, encoding="utf-8")
    acknowledged: dict[str, str] = {}
    for kill in range(kills):
        start = kill * 100_000
        with subprocess.Popen(
            [sys.executable, str(script), town_url, str(tmp_path / "cache"), str(start)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        ) as process:
            assert process.stdout is not None
            for count, line in enumerate(process.stdout):
                if count:
                    message_id, route = line.split()
                    acknowledged[message_id] = route
                if count >= 3 + kill * 2:  # in the middle of a batch as often as not
                    process.send_signal(signal.SIGKILL)
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
