from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.cli.app import main
from data.domain.clock import SystemClock
from data.store import Store
from handlers.people.invitations import ROOM, redeem, valid

if TYPE_CHECKING:
    from pathlib import Path

    from tests.town import Town

CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")


@pytest.fixture
def config(town: Town, tmp_path: Path) -> Path:
    """Return a config over a town's store, in which two are called 李四."""
    town.learn(
        """
people:
  - {name: 李四, accounts: [{channel: web, id: lisi1}]}
  - {name: 李四, accounts: [{channel: web, id: lisi2}]}
"""
    )
    path = tmp_path / "config.yaml"
    path.write_text(f"database: {{url: '{town.store.engines.url}'}}\n", encoding="utf-8")
    return path


def opened(url: str, code: str) -> tuple[str, str, str | None]:
    """Use a code and return whose account it opens, under which name, and to which room."""
    store = Store(url)
    try:
        with store.write() as uow:
            found = redeem(uow, "web", code, SystemClock().now())
            uow.commit()
    finally:
        store.close()
    assert found is not None
    return found.account.external_id, found.account.name, found.room.external_id if found.room else None


def invited(config: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["invite", *arguments, "--config", str(config)]) == 0
    out, err = capsys.readouterr()
    codes: set[str] = set(CODE.findall(out))
    assert len(codes) == 1  # the link's and the one to type are the same
    assert err == ""
    return codes.pop()


def test_somebody_of_the_roster(town: Town, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = invited(config, capsys, "--person", "李敏")
    assert opened(str(town.store.engines.url), code) == ("limin", "李敏", None)


def test_an_account(town: Town, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = invited(config, capsys, "--account", "lisi2", "--minutes", "60")
    assert opened(str(town.store.engines.url), code)[0] == "lisi2"


def test_a_group(town: Town, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = invited(config, capsys, "--group", "第一网格居民群")
    with town.store.read() as uow:
        found = valid(uow, code, SystemClock().now())
    assert found is not None
    assert (found.purpose, found.person_id) == (ROOM, None)


def test_a_new_resident(town: Town, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = invited(config, capsys, "--name", "王姐", "--room", "grid1")
    account, name, room = opened(str(town.store.engines.url), code)
    assert account not in ("wang", "")
    assert (name, room) == ("王姐", "grid1")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--person"),
        (["--person", "李敏", "--account", "limin"], "要写一样"),
        (["--name", "王姐"], "要写一样"),
        (["--person", "李敏", "--room", "grid1"], "要写一样"),
        (["--person", "没有这人"], "花名册里没有"),
        (["--person", "李四"], "lisi1、lisi2"),
        (["--account", "nobody"], "没有账号"),
        (["--group", "grid1", "--person", "李敏"], "要写一样"),
        (["--group", "没有这群"], "没有这群"),
        (["--name", "王姐", "--room", "nowhere"], "grid1, grid2"),
        (["--person", "李敏", "--minutes", "0"], "minutes"),
    ],
)
def test_what_is_wrong_is_one_line(
    config: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(["invite", *arguments, "--config", str(config)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


def test_without_a_store_nobody_is_invited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"database: {{url: 'sqlite:///{tmp_path}/none.db'}}\n", encoding="utf-8")
    assert main(["invite", "--person", "李敏", "--config", str(path)]) == 2
    assert "shaozi db upgrade" in capsys.readouterr().err
    assert not (tmp_path / "none.db").exists()


def test_an_open_network_is_warned_of(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = config.read_text(encoding="utf-8")
    config.write_text(text + "web: {public_url: 'http://chat.example.cn/'}\n", encoding="utf-8")
    assert main(["invite", "--person", "李敏", "--config", str(config)]) == 0
    out, err = capsys.readouterr()
    assert "http://chat.example.cn/sign-in#" in out
    assert "不加密" in err
