"""`make mutate [SAMPLE=n]`: falsify the code, run the tests that reach it, count what they notice.

mutmut makes the mutants and runs the tests; this draws the sample (always the same one), counts by folder,
and writes the table of docs/quality.md. A mutant counts as noticed when a test fails, or never ends.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
MUTANTS = ROOT / "mutants"
PAGE = ROOT / "docs" / "quality.md"
FOLDERS = ("data/domain", "handlers/cases", "handlers/hearing", "handlers/ratings", "handlers/whistles")
NOTICED = {1, 3, 24, 36, 152, 255, -24}  # pytest failed or was interrupted; the time was up
MARK = "<!-- the table below is written by make mutate -->"
WANTED = 85.0  # per cent


def verdicts() -> dict[str, int | None]:
    """Return every mutant there is with the exit code of its tests, None for what was not run."""
    found: dict[str, int | None] = {}
    for meta in MUTANTS.rglob("*.py.meta"):
        found |= json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def folder_of(mutant: str) -> str:
    """Return the folder a mutant lies in: `data.domain.rating.x_rates__mutmut_3` → `data/domain`."""
    return "/".join(mutant.split(".")[:2])


def run(*mutants: str) -> None:
    """Let mutmut run the tests against some mutants, or all."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2", *mutants]
    subprocess.run(command, cwd=ROOT, check=False)


def table(codes: dict[str, int | None]) -> list[str]:
    """Return the rows of the table: tried, noticed, the share, by folder."""
    tried: Counter[str] = Counter(folder_of(mutant) for mutant, code in codes.items() if code is not None)
    noticed: Counter[str] = Counter(folder_of(mutant) for mutant, code in codes.items() if code in NOTICED)
    made: Counter[str] = Counter(map(folder_of, codes))
    rows = ["| folder | mutants | tried | noticed | share |", "| --- | ---: | ---: | ---: | ---: |"]
    for folder in FOLDERS:
        share = 100 * noticed[folder] / tried[folder] if tried[folder] else 0.0
        rows.append(f"| `{folder}` | {made[folder]} | {tried[folder]} | {noticed[folder]} | {share:.1f} % |")
    return rows


def main() -> int:
    """Make the mutants, try a sample or all of them, write the table; 1 if a folder is below."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else None
    run(f"{FOLDERS[0].replace('/', '.')}.errors.*")  # makes all mutants, and notes which tests reach what
    drawn = sorted(verdicts())
    if wanted is not None:
        drawn = random.Random(0).sample(drawn, min(wanted, len(drawn)))
    run(*drawn)
    tried = {mutant: code for mutant, code in verdicts().items() if mutant in set(drawn) or code is None}
    rows = table(tried)
    head = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    PAGE.write_text(f"{head}{MARK}\n\n" + "\n".join(rows) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(rows) + "\n")
    shares = [float(row.split("|")[5].strip(" %")) for row in rows[2:] if row.split("|")[3].strip() != "0"]
    return int(any(share < WANTED for share in shares))


if __name__ == "__main__":
    sys.exit(main())
