"""`shaozi doctor`: what is well, what will fail, what nobody has seen to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.conftest import Run


def test_doctor(run: Run) -> None:
    code, out, _ = run("doctor")
    assert (code, "✗ 没有数据库" in out) == (1, True)
    run("roster", "import", "roster.yaml")
    code, out, _ = run("doctor")
    assert (code, "✗" in out) == (0, False)


def test_e2_the_doctor_says_which_units_nobody_hears_for(run: Run, here: Path) -> None:
    roster = here / "roster.yaml"
    silent = 'organisations:\n  - {name: 万州供电所, kind: department, area: "1"}\n'
    roster.write_text(
        roster.read_text(encoding="utf-8").replace("organisations:\n", silent, 1), encoding="utf-8"
    )
    assert run("roster", "import", "roster.yaml")[0] == 0
    code, out, _ = run("doctor")
    (line,) = [line for line in out.splitlines() if "万州供电所" in line]
    assert (code, line.startswith("!")) == (0, True)


@pytest.mark.parametrize(
    "config",
    [
        "web: {public_url: hallo}",
        "understanding: {rules: gone.yaml}",
        "channels: {wechat: {enabled: true}}",
    ],
)
def test_e12_what_will_fail_is_a_cross_and_exit_one(run: Run, here: Path, config: str) -> None:
    run("roster", "import", "roster.yaml")
    (here / "config.yaml").write_text(f"{config}\n", encoding="utf-8")
    code, out, err = run("doctor")
    assert code != 0
    assert "✗" in out or err.count("\n") == 1
