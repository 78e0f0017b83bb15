"""`make bench-peers`: ours beside python-telegram-bot, aiogram and NoneBot2, each storing one row a message.

The peers are installed into a place of their own, which is gone afterwards. All take turns, so that a machine
that is busy for a while is busy for all; what counts is the ratio to the best of them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from statistics import median

from tests.bench.measures import durable
from tests.bench.page import put
from tests.bench.place import Place, settle

ROUNDS = 7
FOLDER = Path(__file__).parent / "peers"
PEERS = {
    "python-telegram-bot": ("telegram_bot.py", "python-telegram-bot>=22,<23"),
    "aiogram": ("aiogram_bot.py", "aiogram>=3.20,<4"),
    "NoneBot2": ("nonebot_bot.py", "nonebot2>=2.4,<3"),
}
OURS = {  # name: appeals in ten lines, messages a commit, messages of a round
    "chat, 50 a commit": (0, 50, 2000),
    "one appeal in ten, 50 a commit": (1, 50, 1000),
    "one appeal in ten, 1 a commit": (1, 1, 300),
    "appeals alone, 50 a commit": (10, 50, 300),
    "appeals alone, 1 a commit": (10, 1, 100),
}
HEAD = """
`make bench-peers`: each peer's handler stores one row a message, `synchronous=FULL`, a commit each, without a
network; ours understands each message, keeps what is meant for it, its case, its answers. All take turns in
{rounds} rounds, medians; the ratio is to the best peer.

| what | messages/s | × best peer |
| --- | --- | --- |
"""


def main() -> None:
    """Measure, print, and write it into docs/benchmarks.md."""
    with tempfile.TemporaryDirectory() as folder:
        python = _installed(Path(folder) / "peers")
        places = {name: settle(_made(Path(folder), name), room_count=100) for name in OURS}
        try:
            for place in places.values():
                durable(place, batch=50, count=4000, appeals=0)  # everybody is known
            found = _in_turn(python, places)
        finally:
            for place in places.values():
                place.parts.close()
    best = max(found[name] for name in PEERS)
    rows = "".join(f"| {name} | {speed:,.0f} | {speed / best:.2f} |\n" for name, speed in found.items())
    sys.stdout.write(rows)
    put("Beside other bots", HEAD.format(rounds=ROUNDS) + rows)


def _made(folder: Path, name: str) -> Path:
    made = folder / str(list(OURS).index(name))
    made.mkdir()
    return made


def _installed(folder: Path) -> Path:
    """Install the peers and return the Python that has them."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    wanted = [wanted for _, wanted in PEERS.values()]
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted], check=True
    )
    return python


def _in_turn(python: Path, places: dict[str, Place]) -> dict[str, float]:
    speeds: dict[str, list[float]] = {name: [] for name in (*PEERS, *OURS)}
    for _ in range(ROUNDS):
        for name, (script, _wanted) in PEERS.items():
            done = subprocess.run([python, FOLDER / script], check=True, capture_output=True, text=True)
            speeds[name].append(float(done.stdout.split()[-1]))
        for name, (appeals, batch, count) in OURS.items():
            speeds[name].append(durable(places[name], batch=batch, count=count, appeals=appeals))
    return {name: median(every) for name, every in speeds.items()}


if __name__ == "__main__":
    main()
