"""`shaozi roster import`: what it takes, what it names as wrong, what it asks about."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from data.domain.people import Role
from data.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.conftest import Run


def test_roster_import_twice_changes_nothing(run: Run, here: Path) -> None:
    code, out, _ = run("roster", "import", "roster.yaml")
    assert (code, out.split(",")[0]) == (0, "花名册:新增 41")
    with closing(sqlite3.connect(here / "shaozi.db")) as connection:
        before = list(connection.iterdump())
    code, out, _ = run("roster", "import", "roster.yaml")
    assert (code, out.split(",")[:2]) == (0, ["花名册:新增 0", "修改 0"])
    with closing(sqlite3.connect(here / "shaozi.db")) as connection:
        assert list(connection.iterdump()) == before


def test_the_same_roster_as_a_spreadsheet(run: Run) -> None:
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
    code, _, err = run("roster", "import", "roster.xlsx")
    assert (code, err) == (0, "")
    assert run("roster", "import", "roster.xlsx")[1].startswith("花名册:新增 0,修改 0")


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
    run: Run, here: Path, roster: str, says: str
) -> None:
    (here / "bad.yaml").write_text(roster, encoding="utf-8")
    code, out, err = run("roster", "import", "bad.yaml")
    assert code == 2
    assert says in err
    assert err.startswith("bad.yaml")
    assert err.count("\n") == 1
    assert out == ""
    if (here / "shaozi.db").exists():
        with closing(sqlite3.connect(here / "shaozi.db")) as connection:
            assert connection.execute("SELECT count(*) FROM areas").fetchone() == (0,)


def test_names_that_are_borne_twice(run: Run, here: Path) -> None:
    two = "people: [{name: 甲, accounts: 'web:a'}, {name: 甲, accounts: 'web:b'}]\n"
    areas = "areas: [{code: c, name: C, kind: community}, {code: b, name: 1栋, kind: building, parent: c}]\n"
    (here / "a.yaml").write_text(areas + two, encoding="utf-8")
    assert run("roster", "import", "a.yaml")[0] == 0  # two people of one name are two people
    (here / "b.yaml").write_text("households: [{building: b, door: '1', contact: 甲}]\n", encoding="utf-8")
    assert "「甲」对应不止一个人" in run("roster", "import", "b.yaml")[2]
    (here / "c.yaml").write_text(
        "people: [{name: 丙, accounts: [{channel: web, id: a}, {channel: web, id: b}]}]\n", encoding="utf-8"
    )
    assert "「丙」对应不止一个人" in run("roster", "import", "c.yaml")[2]
    (here / "d.yaml").write_text("households: [{building: b, door: '1', contact: 谁}]\n", encoding="utf-8")
    assert "花名册里没有「谁」" in run("roster", "import", "d.yaml")[2]


def test_files_that_are_no_roster(run: Run, here: Path) -> None:
    (here / "x.xlsx").write_text("nonsense", encoding="utf-8")
    assert "不是能读的 xlsx" in run("roster", "import", "x.xlsx")[2]
    (here / "x.yaml").write_bytes(b"\xff\xfe\xff")
    assert "不是 UTF-8" in run("roster", "import", "x.yaml")[2]
    (here / "x.yaml").write_text("", encoding="utf-8")
    assert "是空的" in run("roster", "import", "x.yaml")[2]
    book = Workbook(write_only=True)
    book.create_sheet("planets").append(["Mars"])
    book.save("p.xlsx")
    assert "没有「planets」这个部分" in run("roster", "import", "p.xlsx")[2]


def test_f8_a_roster_line_that_is_gone_is_asked_about(run: Run, here: Path) -> None:
    whole = """
areas: [{code: c, name: 百安坝社区, kind: community}]
people:
  - {name: 李敏, accounts: [{channel: web, id: limin}], duties: [{role: officer, area: c}]}
"""
    other = "  - {name: 赵强, accounts: [{channel: web, id: zhao}], duties: [{role: officer, area: c}]}\n"
    (here / "all.yaml").write_text(whole + other, encoding="utf-8")
    (here / "fewer.yaml").write_text(whole, encoding="utf-8")
    assert run("roster", "import", "all.yaml")[1].count("\n") == 1
    assert "没有了,职责和登录还留着:赵强" in run("roster", "import", "fewer.yaml")[1]
    assert "撤掉了职责,退出了登录:赵强" in run("roster", "import", "fewer.yaml", "--end-gone")[1]
    assert run("roster", "import", "fewer.yaml")[1].count("\n") == 1
    with closing(Store(f"sqlite:///{here}/shaozi.db")) as store, store.read() as uow:
        assert [p.name for p in uow.people.all_holding(Role.OFFICER)] == ["李敏"]
