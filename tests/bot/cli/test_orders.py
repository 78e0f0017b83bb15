"""`shaozi orders import|export`: first a preview, then all or nothing; given back as text."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from data.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bot.cli.conftest import Run
    from tests.town import Town

HEAD = ("工单编号", "诉求内容", "来电人", "联系电话", "地址", "办理时限", "派单员")
LIFT = (
    "=A1",
    "3栋2单元电梯坏了三天没人修",
    "钱先生",
    "13800000001",
    "百安坝社区3栋",
    "2026-03-05 18:00",
    "x",
)
LAMP = ("@A2", "8栋门口路灯不亮好几天了,没人修", "", "", "百安坝社区8栋", "", "x")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, town: Town) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text(
        f"database: {{url: '{town.store.engines.url}'}}\n", encoding="utf-8"
    )
    return tmp_path


def sheet(*rows: Sequence[object], name: str = "in.xlsx") -> str:
    book = Workbook()
    for row in (HEAD, *rows):
        book.worksheets[0].append([str(cell) for cell in row])
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            cell.data_type = "s"
    book.save(name)
    return name


def cases(town: Town) -> int:
    with town.store.read() as uow:
        return uow.cases.count_open()


def test_a_preview_writes_nothing(run: Run, town: Town) -> None:
    code, out, _ = run("orders", "import", sheet(LIFT, LAMP))
    assert code == 1
    assert "工单编号 ← 工单编号" in out
    assert "办理时限 ← 办理时限" in out
    assert "类别 ← (没有这一列)" in out
    assert "不用的列:派单员" in out
    assert "=A1  时限 2026-03-05 18:00  3栋2单元电梯坏了三天没人修" in out
    assert "共 2 条,其中 0 条以前导入过" in out
    assert "什么也没有写" in out
    assert cases(town) == 0


def test_in_again_and_back(run: Run, town: Town) -> None:
    file = sheet(LIFT, LAMP)
    code, out, _ = run("orders", "import", file, "--yes", "--community", "百安坝社区")
    assert (code, out.splitlines()[-1]) == (0, "新立 2 件,并入已有的 0 件,以前导入过 0 条,来电人评价 0 个")
    out = run("orders", "import", file, "--yes")[1]
    assert out.splitlines()[-1] == "新立 0 件,并入已有的 0 件,以前导入过 2 条,来电人评价 0 个"
    assert cases(town) == 2
    assert run("orders", "export", "-o", "out.xlsx", "--since", "2020-01-01")[:2] == (
        0,
        "2 条工单,写到 out.xlsx\n",
    )
    head, first, second = load_workbook("out.xlsx").worksheets[0].iter_rows(values_only=True)
    assert head[:2] == ("工单编号", "件号")
    assert (first[0], second[0]) == ("'=A1", "'@A2")
    assert run("orders", "export", "-o", "out.xlsx", "--since", "哪天")[0] == 2


def test_one_wrong_row_and_none_is_taken_in(run: Run, town: Town) -> None:
    lost = ("A3", "路灯不亮好几天了", "", "", "人民路", "", "")
    code, _, err = run("orders", "import", sheet(LIFT, lost), "--yes")
    assert (code, err) == (2, "in.xlsx: 工单 A3 看不出在哪个社区,一条也没有导入;用 --community 指一个\n")
    code, _, err = run("orders", "import", sheet(LIFT, LAMP, LIFT), "--yes")
    assert (code, err) == (
        2,
        "in.xlsx:第 4 行: 工单 =A1 在第 2 行已经有了,同一个号不能两次,一条也没有导入\n",
    )
    assert run("orders", "import", sheet(LIFT), "--yes", "--community", "x")[0] == 2
    assert cases(town) == 0


def test_roster_first(run: Run, here: Path) -> None:
    store = Store(f"sqlite:///{here}/other.db")
    store.upgrade()
    store.close()
    (here / "config.yaml").write_text(f"database: {{url: 'sqlite:///{here}/other.db'}}\n", encoding="utf-8")
    assert "看不出在哪个社区" in run("orders", "import", sheet(LIFT), "--yes")[2]


def test_whoever_watches_sees_how_far_it_is(run: Run, monkeypatch: pytest.MonkeyPatch, town: Town) -> None:
    file = sheet(LIFT, LAMP)
    assert run("orders", "import", file)[2] == ""  # nobody does
    monkeypatch.setenv("FORCE_COLOR", "1")
    code, _, drawn = run("orders", "import", file, "--yes")
    assert (code, "100%" in drawn, cases(town)) == (0, True, 2)


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_fifty_thousand_orders_take_less_than_two_minutes(run: Run, town: Town) -> None:
    words = ("电梯坏了没人修", "路灯不亮好几天了", "门口垃圾没人清", "下水道堵了污水漫出来了")
    rows = (
        (f"G{n}", f"{n % 400 + 1}栋{words[n % 4]},第{n}次", "", "", "百安坝社区", "", "x")
        for n in range(50_000)
    )
    file = sheet(*rows)
    begun = time.process_time()  # others may work on this machine, too
    code, out, _ = run("orders", "import", file, "--yes", "--community", "百安坝社区")
    assert (code, sum(map(int, re.findall(r"(\d+) [件条],", out.splitlines()[-1])))) == (0, 50_000)
    assert time.process_time() - begun < 120
