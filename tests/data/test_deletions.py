"""A restored backup does not bring back what people have deleted since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.cli.app import main
from data.deletions import KEPT_FOR, NAME, DeletionLog, hash_of, line_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.town import Town

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_the_log_names_nobody_and_forgets(tmp_path: Path) -> None:
    log = DeletionLog(tmp_path)
    assert log.empty
    log.add([line_of(AT, "web", "liu"), line_of(AT + timedelta(hours=1), "web", "wang")])
    log.add([line_of(AT, "web", "liu")])  # killed between writing it and noting that: once is enough
    text = (tmp_path / NAME).read_text()
    assert text.count("\n") == 2
    assert "liu" not in text
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600
    assert log.since(AT) == {hash_of("web", "wang")}
    log.add([line_of(AT + KEPT_FOR + timedelta(minutes=1), "web", "he")])
    assert log.since(AT - timedelta(days=1)) == {hash_of("web", "wang"), hash_of("web", "he")}


def test_what_was_deleted_after_the_backup_is_deleted_again(
    make_town: Callable[..., Town],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = tmp_path / "files"
    town = make_town(config=f"storage: {{folder: {files}}}")
    town.report("liu", "5栋2单元门口的路灯坏了三天没人管")
    town.report("wang", "3栋2单元电梯又坏了,没人修")
    backup, path = tmp_path / "backup.db", town.store.engines.path
    town.store.backup(backup)
    town.says("grid1", "liu", "@哨子 删除我的数据")
    town.says("grid1", "liu", "@哨子 确认删除")
    town.parts.ticker.clear_away()
    assert not DeletionLog(files).empty
    town.store.close()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text(
        f'database: {{url: "sqlite:///{path}"}}\nstorage: {{folder: {files}}}\n', encoding="utf-8"
    )
    assert main(["db", "restore", str(backup), "--yes"]) == 0
    assert "有 1 人,又删了一遍" in capsys.readouterr().out
    with town.store.read() as uow:
        assert uow.people.speaker("web", "liu") is None
        words = [a.words for case in uow.cases.everything() for a in uow.appeals.of_case(case.id)]
    assert words == ["3栋2单元电梯又坏了,没人修"]
    assert main(["db", "check"]) == 0
