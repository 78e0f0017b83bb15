"""`make mutate [SAMPLE=n] [SEED=s]`: falsify the code, run the tests that reach it, count what they notice.

mutmut makes the mutants; this draws the sample (n of each folder, by a seed), tries them (trying.py) and
writes the table of docs/quality.md. A mutant counts as noticed when a test fails, or never ends.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from mutmut.__main__ import create_mutants
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
MUTANTS = ROOT / "mutants"
PAGE = ROOT / "docs" / "quality.md"
FOLDERS = ("data/domain", "handlers/cases", "handlers/hearing", "handlers/ratings", "handlers/whistles")
MARK = "<!-- the table below is written by make mutate -->"
WANTED = 85.0  # per cent


def make() -> dict[str, list[str]]:
    """Make all mutants, and return their names by folder."""
    os.chdir(ROOT)
    set_mutant_under_test("mutant_generation")
    shutil.rmtree(MUTANTS, ignore_errors=True)  # mutmut copies nothing anew that is there already
    MUTANTS.mkdir()
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(os.cpu_count() or 1)
    return {folder: sorted(_names(MUTANTS / folder)) for folder in FOLDERS}


def _names(folder: Path) -> Iterator[str]:
    for meta in folder.rglob("*.py.meta"):
        yield from json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]


def draw(mutants: dict[str, list[str]], most: int | None, seed: int) -> list[str]:
    """Return the mutants that are tried: all, or so many of each folder."""
    chance = random.Random(seed)
    drawn = [
        mutant
        for names in mutants.values()
        for mutant in (names if most is None else chance.sample(names, min(most, len(names))))
    ]
    chance.shuffle(drawn)  # so that a run that is broken off has tried some of each
    return drawn


def tried(drawn: list[str]) -> dict[str, str]:
    """Try mutants in a process of its own, which loads the code that has them; return what became of each."""
    names, out = MUTANTS / "drawn.txt", MUTANTS / "verdicts.json"
    names.write_text("\n".join(drawn), encoding="utf-8")
    command = [sys.executable, "-m", "tests.mutate.trying", names.name, out.name]
    subprocess.run(command, cwd=MUTANTS, check=True, env=os.environ | {"PYTHONPATH": str(MUTANTS)})
    found: dict[str, str] = json.loads(out.read_text(encoding="utf-8"))
    return found


def table(mutants: dict[str, list[str]], verdicts: dict[str, str]) -> tuple[list[str], list[float]]:
    """Return the rows of the table (tried, noticed, the share, by folder), and the shares in per cent."""
    rows = ["| folder | mutants | tried | noticed | share |", "| --- | ---: | ---: | ---: | ---: |"]
    shares = []
    for folder, names in mutants.items():
        counts = Counter(verdicts[name] for name in names if name in verdicts)
        if counts:
            shares.append(100 * counts["noticed"] / counts.total())
            cells = (len(names), counts.total(), counts["noticed"], f"{shares[-1]:.1f} %")
            rows.append(f"| `{folder}` | {' | '.join(map(str, cells))} |")
    return rows, shares


def main() -> int:
    """Make the mutants, try a sample or all of them, write the table; 1 if a folder is below."""
    most, seed = (int(given) if given else None for given in [*sys.argv[1:], "", ""][:2])
    mutants = make()
    verdicts = tried(draw(mutants, most, seed or 0))
    rows, shares = table(mutants, verdicts)
    head = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    PAGE.write_text(f"{head}{MARK}\n\n" + "\n".join(rows) + "\n", encoding="utf-8")
    lived = [f"{verdict} {name}" for name, verdict in sorted(verdicts.items()) if verdict != "noticed"]
    sys.stdout.write("\n".join([*lived, *rows]) + "\n")
    return int(any(share < WANTED for share in shares))


if __name__ == "__main__":
    sys.exit(main())
