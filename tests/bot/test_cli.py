"""The command line: exit codes, one-line errors, what the commands print."""

from __future__ import annotations

import io
import json
import socket
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from bot.cli.app import main
from data.domain.clock import SystemClock
from data.domain.people import Role
from data.lock import locked
from data.store import Store
from tests.town import ROSTER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.town import Town


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.yaml").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["nonsense"], ["db"], ["db", "nonsense"], ["replay"], ["understand", "--file"]):
        code, _, err = run(capsys, *arguments)
        assert code == 2, arguments
        assert err.count("\n") <= 1
    assert run(capsys, "--help")[0] == 0


def test_roster_import_twice_changes_nothing(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    code, out, _ = run(capsys, "roster", "import", "roster.yaml")
    assert (code, out.split(",")[0]) == (0, "花名册:新增 41")
    with closing(sqlite3.connect(here / "shaozi.db")) as connection:
        before = list(connection.iterdump())
    code, out, _ = run(capsys, "roster", "import", "roster.yaml")
    assert (code, out.split(",")[:2]) == (0, ["花名册:新增 0", "修改 0"])
    with closing(sqlite3.connect(here / "shaozi.db")) as connection:
        assert list(connection.iterdump()) == before


def test_the_same_roster_as_a_spreadsheet(capsys: pytest.CaptureFixture[str]) -> None:
    book = Workbook(write_only=True)
    areas = book.create_sheet("areas")
    for row in (
        ("code", "name", "kind", "parent"),
        ("1", "百安坝社区", "community", None),
        (500101002001001, "一网格", "grid", 1),
    ):
        areas.append(row)
    people = book.create_sheet("people")
    people.append(("name", "accounts", "duties", "organisation"))
    people.append(("李敏", "web:limin; wechaty:lm", "grid_leader@500101002001001", None))
    organisations = book.create_sheet("organisations")
    organisations.append(("name", "kind", "aliases"))
    organisations.append(("万邦物业", "property", "物业,万邦"))
    services = book.create_sheet("services")
    services.append(("name", "words", "person", "area"))
    services.append(("法律顾问", "找律师,法律咨询", "李敏", 1))
    book.save("roster.xlsx")
    code, _, err = run(capsys, "roster", "import", "roster.xlsx")
    assert (code, err) == (0, "")
    assert run(capsys, "roster", "import", "roster.xlsx")[1].startswith("花名册:新增 0,修改 0")


@pytest.mark.parametrize(
    ("roster", "says"),
    [
        ("areas: [", "不是正确的 YAML"),
        ("- a\n", "应有这些部分"),
        ("aliens: []\n", "第 1 行: 没有「aliens」这个部分"),
        ("areas: 7\n", "第 1 行: areas 下面应该是列表"),
        ("areas:\n  - 7\n", "第 2 行 areas[0]: 应该是「键: 值」的形式"),
        ("areas:\n  - {code: a, name: A, kind: planet}\n", "第 2 行 areas[0] A: kind:"),
        ("areas:\n  - {code: a, name: A, kind: grid, moon: 1}\n", "第 2 行 areas[0] A: moon:"),
        (
            "areas:\n  - {code: a, name: A, kind: community}\n  - {code: a, name: B, kind: community}\n",
            "前面已有",
        ),
        ("areas:\n  - {code: a, name: A, kind: grid}\n", "第 2 行 areas[0] A: grid 要写 parent"),
        ("areas:\n  - {code: b, name: B, kind: grid, parent: zz}\n", "没有编码为 zz 的区域"),
        ("areas: [{code: a, name: A, kind: grid, parent: b}, {code: b, name: B, kind: grid}]\n", "不能放在"),
        (
            "rooms:\n  - {channel: web, id: r, topic: T, kind: residents, area: zz}\n",
            "第 2 行 rooms[0] T: 没有编码为 zz 的区域",
        ),
        ("rooms:\n  - {channel: web, id: r, topic: T, kind: residents}\n", "residents 群要写 area"),
        ("rooms:\n  - {channel: web, id: r, topic: T, kind: department}\n", "要写 organisation"),
        (
            "rooms:\n  - {channel: web, id: r, topic: T, kind: department, organisation: X}\n",
            "没有叫「X」的单位",
        ),
        (
            "people:\n  - {name: 甲, accounts: [{channel: web, id: a}]}\n  - {name: 乙, accounts: 'web:a'}\n",
            "第 3 行 people[1] 乙: account web:a 前面已有(第 2 行 people[0] 甲)",
        ),
        (
            "people:\n  - {name: 甲, duties: [{role: king, area: a}]}\n",
            "第 2 行 people[0] 甲: duties.0.role:",
        ),
        ("people:\n  - {name: 甲, duties: [{role: officer, area: zz}]}\n", "没有编码为 zz 的区域"),
        ("people:\n  - {name: 甲, organisation: 无}\n", "没有叫「无」的单位"),
        (
            "areas:\n  - {code: c, name: C, kind: community}\nhouseholds:\n  - {building: c, door: '1'}\n",
            "c 是 community,应为 building",
        ),
        ("visit_plans:\n  - {visitor: 甲, building: b, every: 偶尔}\n", "visit_plans[0]: every:"),
        (
            "services:\n  - {name: 律师, words: [找律师], person: 谁}\n",
            "第 2 行 services[0] 律师: 花名册里没有「谁」",
        ),
        ("services:\n  - {name: 律师, words: [], person: 甲}\n", "第 2 行 services[0] 律师: words:"),
        (
            "people: [{name: 甲}]\nservices:\n  - {name: 律师, words: [找律师], person: 甲, area: zz}\n",
            "第 3 行 services[0] 律师: 没有编码为 zz 的区域",
        ),
        (
            "people: [{name: 甲}]\nservices:\n" + "  - {name: 律师, words: 找律师, person: 甲}\n" * 2,
            "第 4 行 services[1] 律师: service 律师:甲: 前面已有(第 3 行 services[0] 律师)",
        ),
    ],
)
def test_a_wrong_roster_names_the_row_and_imports_nothing(
    capsys: pytest.CaptureFixture[str], here: Path, roster: str, says: str
) -> None:
    (here / "bad.yaml").write_text(roster, encoding="utf-8")
    code, out, err = run(capsys, "roster", "import", "bad.yaml")
    assert code == 2
    assert says in err
    assert err.startswith("bad.yaml")
    assert err.count("\n") == 1
    assert out == ""
    if (here / "shaozi.db").exists():
        with closing(sqlite3.connect(here / "shaozi.db")) as connection:
            assert connection.execute("SELECT count(*) FROM areas").fetchone() == (0,)


def test_names_that_are_borne_twice(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    two = "people: [{name: 甲, accounts: 'web:a'}, {name: 甲, accounts: 'web:b'}]\n"
    areas = "areas: [{code: c, name: C, kind: community}, {code: b, name: 1栋, kind: building, parent: c}]\n"
    (here / "a.yaml").write_text(areas + two, encoding="utf-8")
    assert run(capsys, "roster", "import", "a.yaml")[0] == 0  # two people of one name are two people
    (here / "b.yaml").write_text("households: [{building: b, door: '1', contact: 甲}]\n", encoding="utf-8")
    assert "「甲」对应不止一个人" in run(capsys, "roster", "import", "b.yaml")[2]
    (here / "c.yaml").write_text(
        "people: [{name: 丙, accounts: [{channel: web, id: a}, {channel: web, id: b}]}]\n", encoding="utf-8"
    )
    assert "「丙」对应不止一个人" in run(capsys, "roster", "import", "c.yaml")[2]
    (here / "d.yaml").write_text("households: [{building: b, door: '1', contact: 谁}]\n", encoding="utf-8")
    assert "花名册里没有「谁」" in run(capsys, "roster", "import", "d.yaml")[2]


def test_files_that_are_no_roster(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    (here / "x.xlsx").write_text("nonsense", encoding="utf-8")
    assert "不是能读的 xlsx" in run(capsys, "roster", "import", "x.xlsx")[2]
    (here / "x.yaml").write_bytes(b"\xff\xfe\xff")
    assert "不是 UTF-8" in run(capsys, "roster", "import", "x.yaml")[2]
    (here / "x.yaml").write_text("", encoding="utf-8")
    assert "是空的" in run(capsys, "roster", "import", "x.yaml")[2]
    book = Workbook(write_only=True)
    book.create_sheet("planets").append(["Mars"])
    book.save("p.xlsx")
    assert "没有「planets」这个部分" in run(capsys, "roster", "import", "p.xlsx")[2]


def test_the_life_of_a_database(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    assert run(capsys, "db", "check")[0] == 2
    assert run(capsys, "db", "upgrade")[1].startswith("数据库:- → ")
    assert run(capsys, "db", "upgrade")[1].startswith("数据库已是最新版")
    assert run(capsys, "db", "check")[:2] == (0, "数据库完好\n")
    run(capsys, "roster", "import", "roster.yaml")
    assert run(capsys, "db", "backup", "copy.db")[0] == 0
    assert "文件已存在" in run(capsys, "db", "backup", "copy.db")[2]
    assert run(capsys, "db", "backup")[0] == 0
    code, _, err = run(capsys, "db", "restore", "copy.db")
    assert (code, "--yes" in err) == (2, True)
    with closing(sqlite3.connect(here / "shaozi.db")) as connection:
        connection.execute("DELETE FROM households")
        connection.commit()
    assert run(capsys, "db", "restore", "copy.db", "--yes")[0] == 0
    with closing(sqlite3.connect(here / "shaozi.db")) as connection:
        assert connection.execute("SELECT count(*) FROM households").fetchone() == (1,)
    (here / "junk.db").write_text("junk", encoding="utf-8")
    assert "不是哨子的数据库" in run(capsys, "db", "restore", "junk.db", "--yes")[2]
    assert "没有这个文件" in run(capsys, "db", "restore", "nowhere.db")[2]


def test_a_newer_database_is_refused_and_untouched(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    run(capsys, "db", "upgrade")
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
        code, _, err = run(capsys, *arguments)
        assert code == 2
        assert "比程序新" in err
    assert (here / "shaozi.db").read_bytes() == before
    code, out, _ = run(capsys, "doctor")
    assert code == 1
    assert "✗ 数据库不能用" in out


def test_what_was_deleted_gives_its_place_back(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    run(capsys, "db", "upgrade")
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
        assert "正被另一个进程用着" in run(capsys, "db", "shrink")[2]
    code, out, _ = run(capsys, "db", "shrink")
    assert code == 0
    assert " KB → " in out
    assert (here / "shaozi.db").stat().st_size < large - 3_900_000
    assert run(capsys, "db", "check")[0] == 0


def test_a_server_that_refuses_is_one_line(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    """PostgreSQL where nobody listens: the commands, and the bot itself, say so and end."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    text = f"database: {{url: 'postgresql://nobody@127.0.0.1:1/shaozi'}}\nweb: {{port: {port}}}\n"
    (here / "config.yaml").write_text(text, encoding="utf-8")
    for arguments in (["db", "upgrade"], ["db", "check"], ["run"]):
        code, _, err = run(capsys, *arguments)
        assert code == 1, arguments
        assert err.count("\n") == 1
        assert err.startswith("数据库打不开或写不进:"), arguments
        assert "refused" in err


def test_a_damaged_database(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    run(capsys, "db", "upgrade")
    with closing(sqlite3.connect(here / "shaozi.db")) as connection:
        connection.execute("INSERT INTO duties (person_id, area_id, role) VALUES (77, 88, 'officer')")
        connection.execute("DROP TABLE corrections")
        connection.commit()
    code, _, err = run(capsys, "db", "check")
    assert code == 1
    assert "no table corrections" in err
    assert "duties 1 → " in err
    assert run(capsys, "doctor")[0] == 1


def test_doctor(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "doctor")
    assert (code, "✗ 没有数据库" in out) == (1, True)
    run(capsys, "roster", "import", "roster.yaml")
    code, out, _ = run(capsys, "doctor")
    assert (code, "✗" in out) == (0, False)


def test_e2_the_doctor_says_which_units_nobody_hears_for(
    capsys: pytest.CaptureFixture[str], here: Path
) -> None:
    roster = here / "roster.yaml"
    silent = 'organisations:\n  - {name: 万州供电所, kind: department, area: "1"}\n'
    roster.write_text(
        roster.read_text(encoding="utf-8").replace("organisations:\n", silent, 1), encoding="utf-8"
    )
    assert run(capsys, "roster", "import", "roster.yaml")[0] == 0
    code, out, _ = run(capsys, "doctor")
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
def test_e12_what_will_fail_is_a_cross_and_exit_one(
    capsys: pytest.CaptureFixture[str], here: Path, config: str
) -> None:
    run(capsys, "roster", "import", "roster.yaml")
    (here / "config.yaml").write_text(f"{config}\n", encoding="utf-8")
    code, out, err = run(capsys, "doctor")
    assert code != 0
    assert "✗" in out or err.count("\n") == 1


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_a_store_that_cannot_be(capsys: pytest.CaptureFixture[str], here: Path, url: str) -> None:
    (here / "config.yaml").write_text(f"database: {{url: '{url}'}}\n", encoding="utf-8")
    code, _, err = run(capsys, "db", "upgrade")
    assert code == 2
    assert "sqlite:///文件" in err


def test_a_store_that_is_a_folder(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    (here / "shaozi.db").mkdir()
    for arguments in (["export"], ["db", "upgrade"], ["roster", "import", "roster.yaml"]):
        code, _, err = run(capsys, *arguments)
        assert (code, err.count("\n")) == (1, 1), (arguments, err)
        assert "unable to open database file" in err


def test_backups_are_for_sqlite(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    (here / "config.yaml").write_text("database: {url: 'postgresql://h/x'}\n", encoding="utf-8")
    assert "pg_dump" in run(capsys, "db", "backup", "x.db")[2]
    assert "pg_dump" in run(capsys, "db", "restore", "x.db")[2]


def test_understand(capsys: pytest.CaptureFixture[str], here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = run(capsys, "understand", "3栋2单元电梯坏了没人修", "早上好", "--json")
    first, second = map(json.loads, out.splitlines())
    assert code == 0
    assert (first["kind"], first["category"], first["place"]["building"]) == ("appeal", "城乡建设/电梯", "3")
    assert second["kind"] == "chat"
    texts = ["整栋楼都停水了没人管", "5栋那边冒烟了", "养老金三个月没到账", "楼上天天半夜打麻将,说了还骂人"]
    out = run(capsys, "understand", *texts, "--json")[1]
    assert [json.loads(line)["grade"] for line in out.splitlines()] == ["major", "major", "private", "minor"]
    assert (first["grade"], second["grade"]) == ("minor", None)
    (here / "lines.txt").write_text("早上好\n3栋电梯坏了没人修\n", encoding="utf-8")
    code, out, _ = run(capsys, "understand", "--file", "lines.txt")
    assert "城乡建设/电梯" in out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("路灯不亮好几天了\n".encode())))
    assert "城乡建设/路灯" in run(capsys, "understand", "--file", "-", "--json")[1]
    assert " · 3栋2单元501门口 (" in run(capsys, "understand", "3栋2单元501门口楼道灯坏了没人修")[1]
    assert run(capsys, "understand")[0] == 2
    assert "没有这个文件" in run(capsys, "understand", "--file", "nowhere.txt")[2]


def test_export(capsys: pytest.CaptureFixture[str], here: Path, town: Town) -> None:
    town.report("wang", "=HYPERLINK(1) 3栋2单元501电梯坏了没人修,电话13812345678")
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    town.says("wuye", "chen", "办结 1 好了")
    town.says("grid1", "wang", "1")
    (here / "config.yaml").write_text(f"database: {{url: 'sqlite:///{here}/shaozi.db'}}\n", encoding="utf-8")
    assert run(capsys, "export", "cases.xlsx")[0] == 0
    head, row = load_workbook("cases.xlsx").worksheets[0].iter_rows(values_only=True)
    shown = {str(name): str(value) for name, value in zip(head, row, strict=True)}
    assert shown["编号"] == "百安坝#1"
    assert shown["诉求"].startswith("'=HYPERLINK")
    assert "13812345678" not in shown["诉求"]
    assert "501" not in shown["诉求"]
    assert [shown[f"第一时间{x}"][11:] for x in ("发现", "受理", "办结", "反馈", "确认")] == [
        "08:00:01",
        "08:00:47",
        "08:00:48",
        "08:00:48",
        "08:00:49",
    ]


def test_f8_sessions_are_listed_and_ended(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    run(capsys, "db", "upgrade")
    with closing(Store(f"sqlite:///{here}/shaozi.db")) as store, store.write() as uow:
        account, _ = uow.people.meet("web", "wang", "王姐")
        for token in ("a", "b"):
            uow.sessions.begin(account.id, token, "mobile", SystemClock().now())
        uow.commit()
    code, out, _ = run(capsys, "sessions", "list")
    assert (code, out.count("王姐(wang)  手机")) == (0, 2)
    assert run(capsys, "sessions", "end", "1")[1] == "退出了 1 台设备\n"
    assert run(capsys, "sessions", "list")[1].startswith("2  王姐")
    assert run(capsys, "sessions", "end", "--person", "王姐")[0] == 0
    assert run(capsys, "sessions", "list")[1] == ""
    assert run(capsys, "sessions", "end")[0] == 2


def test_f8_a_roster_line_that_is_gone_is_asked_about(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    whole = """
areas: [{code: c, name: 百安坝社区, kind: community}]
people:
  - {name: 李敏, accounts: [{channel: web, id: limin}], duties: [{role: officer, area: c}]}
"""
    other = "  - {name: 赵强, accounts: [{channel: web, id: zhao}], duties: [{role: officer, area: c}]}\n"
    (here / "all.yaml").write_text(whole + other, encoding="utf-8")
    (here / "fewer.yaml").write_text(whole, encoding="utf-8")
    assert run(capsys, "roster", "import", "all.yaml")[1].count("\n") == 1
    assert "没有了,职责和登录还留着:赵强" in run(capsys, "roster", "import", "fewer.yaml")[1]
    assert "撤掉了职责,退出了登录:赵强" in run(capsys, "roster", "import", "fewer.yaml", "--end-gone")[1]
    assert run(capsys, "roster", "import", "fewer.yaml")[1].count("\n") == 1
    with closing(Store(f"sqlite:///{here}/shaozi.db")) as store, store.read() as uow:
        assert [p.name for p in uow.people.all_holding(Role.OFFICER)] == ["李敏"]
