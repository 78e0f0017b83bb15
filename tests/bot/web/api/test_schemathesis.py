"""schemathesis over the document: every check, stateful too; nothing fails, nothing is outside the schema."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import pytest

from data.domain.token import TokenScope

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.web.conftest import Place

FEW, MANY = 2, 100  # examples an operation and phase; of the many there are 2,000 and more in all


async def run(place: Place, folder: Path, examples: int) -> str:
    await place.open(bot=True, requests_per_minute=1_000_000)
    await place.said("wang", "3栋2单元电梯坏了,我是501的")
    await place.said("zhou2", "8栋路灯不亮", "grid2")
    await place.said("limin", "@哨子 派单 1 物业")
    scopes = [scope.value for scope in TokenScope if scope is not TokenScope.CASES_PERSONAL]
    secret = place.token(*scopes, person="李敏")
    program = await asyncio.create_subprocess_exec(
        *(
            sys.executable,
            "-m",
            "schemathesis.cli",
            "run",
            str(place.server.make_url("/api/v1/openapi.json")),
        ),
        *("--header", f"Authorization: Bearer {secret}", "--checks", "all", "--max-examples", str(examples)),
        *("--no-color", "--seed", "1", "--generation-database", "none"),
        cwd=folder,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await program.communicate()
    said = out.decode(errors="replace")
    assert program.returncode == 0, said[-6000:]
    return said


async def test_a_few_examples_of_everything(place: Place, tmp_path: Path) -> None:
    said = await run(place, tmp_path, FEW)
    assert "Stateful" in said


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_two_thousand_examples(place: Place, tmp_path: Path) -> None:
    said = await run(place, tmp_path, MANY)
    generated = next(line for line in said.splitlines() if "generated" in line)
    assert int(generated.split()[0].replace(",", "")) >= 2_000
