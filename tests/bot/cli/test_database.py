"""`shaozi db` and `shaozi sessions`: a store made, checked, copied, put back, refused in one line."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from data.domain.clock import SystemClock
from data.lock import locked
from data.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.conftest import Run


def test_the_life_of_a_database(run: Run, here: Path) -> None:
    assert run("db", "check")[0] == 2
    assert run("db", "upgrade")[1].startswith("数据库:- → ")
    assert run("db", "upgrade")[1].startswith("数据库已是最新版")
    assert run("db", "check")[:2] == (0, "数据库完好\n")
    run("roster", "import", "roster.yaml")
    assert run("db", "backup", "copy.db")[0] == 0
    assert "文件已存在" in run("db", "backup", "copy.db")[2]
    assert run("db", "backup")[0] == 0
    code, _, err = run("db", "restore", "copy.db")
    assert (code, "--yes" in err) == (2, True)
    with closing(sqlite3.connect(here / "shaozi.db")) as connection:
        connection.execute("DELETE FROM households")
        connection.commit()
    assert run("db", "restore", "copy.db", "--yes")[0] == 0
    with closing(sqlite3.connect(here / "shaozi.db")) as connection:
        assert connection.execute("SELECT count(*) FROM households").fetchone() == (1,)
    (here / "junk.db").write_text("junk", encoding="utf-8")
    assert "不是哨子的数据库" in run("db", "restore", "junk.db", "--yes")[2]
    assert "没有这个文件" in run("db", "restore", "nowhere.db")[2]


def test_a_newer_database_is_refused_and_untouched(run: Run, here: Path) -> None:
    run("db", "upgrade")
    with closing(sqlite3.connect(here / "shaozi.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = (here / "shaozi.db").read_bytes()
    for arguments in (
        ["db", "upgrade"],
        ["db", "check"],
        ["roster", "import", "roster.yaml"],
        ["export", "x.xlsx"],
    ):
        code, _, err = run(*arguments)
        assert code == 2
        assert "比程序新" in err
    assert (here / "shaozi.db").read_bytes() == before
    code, out, _ = run("doctor")
    assert code == 1
    assert "✗ 数据库不能用" in out


def test_what_was_deleted_gives_its_place_back(run: Run, here: Path) -> None:
    run("db", "upgrade")
    url = f"sqlite:///{here / 'shaozi.db'}"
    store = Store(url)
    with store.write() as uow:
        uow.connection.exec_driver_sql("CREATE TABLE much (a)")
        uow.connection.exec_driver_sql("INSERT INTO much VALUES (zeroblob(4000000))")
        uow.connection.exec_driver_sql("DROP TABLE much")
        uow.commit()
    store.close()
    large = (here / "shaozi.db").stat().st_size
    with locked(url):
        assert "正被另一个进程用着" in run("db", "shrink")[2]
    code, out, _ = run("db", "shrink")
    assert code == 0
    assert " KB → " in out
    assert (here / "shaozi.db").stat().st_size < large - 3_900_000
    assert run("db", "check")[0] == 0


def test_a_server_that_refuses_is_one_line(run: Run, here: Path) -> None:
    """PostgreSQL where nobody listens: the commands, and the bot itself, say so and end."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    text = f"database: {{url: 'postgresql://nobody@127.0.0.1:1/shaozi'}}\nweb: {{port: {port}}}\n"
    (here / "config.yaml").write_text(text, encoding="utf-8")
    for arguments in (["db", "upgrade"], ["db", "check"], ["run"]):
        code, _, err = run(*arguments)
        assert code == 1, arguments
        assert err.count("\n") == 1
        assert err.startswith("数据库打不开或写不进:"), arguments
        assert "refused" in err


def test_a_damaged_database(run: Run, here: Path) -> None:
    run("db", "upgrade")
    with closing(sqlite3.connect(here / "shaozi.db")) as connection:
        connection.execute("INSERT INTO duties (person_id, area_id, role) VALUES (77, 88, 'officer')")
        connection.execute("DROP TABLE corrections")
        connection.commit()
    code, _, err = run("db", "check")
    assert code == 1
    assert "no table corrections" in err
    assert "duties 1 → " in err
    assert run("doctor")[0] == 1


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_a_store_that_cannot_be(run: Run, here: Path, url: str) -> None:
    (here / "config.yaml").write_text(f"database: {{url: '{url}'}}\n", encoding="utf-8")
    code, _, err = run("db", "upgrade")
    assert code == 2
    assert "sqlite:///文件" in err


def test_a_store_that_is_a_folder(run: Run, here: Path) -> None:
    (here / "shaozi.db").mkdir()
    for arguments in (["export"], ["db", "upgrade"], ["roster", "import", "roster.yaml"]):
        code, _, err = run(*arguments)
        assert (code, err.count("\n")) == (1, 1), (arguments, err)
        assert "unable to open database file" in err


def test_backups_are_for_sqlite(run: Run, here: Path) -> None:
    (here / "config.yaml").write_text("database: {url: 'postgresql://h/x'}\n", encoding="utf-8")
    assert "pg_dump" in run("db", "backup", "x.db")[2]
    assert "pg_dump" in run("db", "restore", "x.db")[2]


def test_f8_sessions_are_listed_and_ended(run: Run, here: Path) -> None:
    run("db", "upgrade")
    with closing(Store(f"sqlite:///{here}/shaozi.db")) as store, store.write() as uow:
        account, _ = uow.people.meet("web", "wang", "王姐")
        for token in ("a", "b"):
            uow.sessions.begin(account.id, token, "mobile", SystemClock().now())
        uow.commit()
    code, out, _ = run("sessions", "list")
    assert (code, out.count("王姐(wang)  手机")) == (0, 2)
    assert run("sessions", "end", "1")[1] == "退出了 1 台设备\n"
    assert run("sessions", "list")[1].startswith("2  王姐")
    assert run("sessions", "end", "--person", "王姐")[0] == 0
    assert run("sessions", "list")[1] == ""
    assert run("sessions", "end")[0] == 2
