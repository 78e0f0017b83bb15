"""The command line: what is not a command ends with 2 and one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bot.cli.conftest import Run


def test_wrong_usage(run: Run) -> None:
    for arguments in (["nonsense"], ["db"], ["db", "nonsense"], ["replay"], ["understand", "--file"]):
        code, _, err = run(*arguments)
        assert code == 2, arguments
        assert err.count("\n") <= 1
    assert run("--help")[0] == 0
