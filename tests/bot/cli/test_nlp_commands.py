"""The commands around the understanding: rules, topics, learn, evaluate."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from bot.cli.app import main
from data.store import Store
from nlp.learning import corpus
from nlp.understand import Understander

if TYPE_CHECKING:
    from pathlib import Path


STREAM = """谁,题,文,时,赞
甲,桂花苑捆绑销售车位,开发商在桂花苑强制捆绑销售车位,2026/3/1 08:00,3
乙,桂花苑捆绑销售车位合法吗,桂花苑买房必须捆绑买车位,2026/3/2 08:00,
丙,=公交车不来,302路公交车总是不来,2026/3/3 08:00,1
"""
COLUMNS = ["--text", "文", "--title", "题", "--time", "时", "--likes", "赞", "--author", "谁"]


@pytest.fixture
def config(tmp_path: Path, store_url: str) -> list[str]:
    path = tmp_path / "config.yaml"
    folder = (tmp_path / "files").as_posix()
    path.write_text(f"database: {{url: '{store_url}'}}\nstorage: {{folder: '{folder}'}}\n", encoding="utf-8")
    return ["--config", str(path)]


def test_rules_try_explains(config: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "try", "3栋2单元电梯坏了没人修", *config]) == 0
    shown = capsys.readouterr().out
    assert "城乡建设/电梯: 电梯 +3.5" in shown
    assert "learned, appeal:" in shown
    assert shown.splitlines()[-1].startswith("= appeal · 城乡建设/电梯 · normal · building=3 unit=2")


def test_a_bad_rule_file_is_refused_with_line_and_reason(
    tmp_path: Path, config: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("appeal:\n- {weight: 1, wrds: [坏]}\n", encoding="utf-8")
    for command in (["check"], ["try", "电梯坏了"]):
        assert main(["rules", *command, "--rules", str(own), *config]) == 2
        assert capsys.readouterr().err == f"{own}:2: unknown key 'wrds'\n"


def test_topics_of_a_file_and_as_a_table(
    tmp_path: Path, config: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file, table = tmp_path / "stream.csv", tmp_path / "hot.xlsx"
    file.write_text(STREAM, encoding="utf-8")
    assert main(["topics", str(file), *COLUMNS, "--xlsx", str(table), *config]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert len(rows) >= 3
    assert not {"甲", "乙", "丙"} & {cell for row in rows for cell in row}
    cells = [row[-1] for row in load_workbook(table)["热点"].iter_rows(values_only=True)]
    assert not any(str(cell).startswith("=") for cell in cells)


@pytest.mark.parametrize(
    ("text", "options", "error"),
    [
        (STREAM, ["--text", "没有"], ":1: 没有:没有这一列"),
        (STREAM.replace("2026/3/2", "大后天"), COLUMNS, ":3: 大后天 08:00:不是时间"),
        (STREAM.replace(",3\n", ",三\n"), COLUMNS, ":2: 三:不是数"),
    ],
)
def test_a_bad_stream_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], error: str
) -> None:
    file = tmp_path / "stream.csv"
    file.write_text(text, encoding="utf-8")
    assert main(["topics", str(file), *options]) == 2
    assert error in capsys.readouterr().err


def test_topics_of_an_empty_store(config: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["topics", "--store", *config]) == 0
    assert capsys.readouterr().out.startswith("热度")


def test_corrections_change_nothing_before_yes(
    tmp_path: Path,
    config: list[str],
    store_url: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = corpus.group_lines()[:200]  # each is understood four times here
    monkeypatch.setattr(corpus, "group_lines", lambda: few)
    assert main(["learn", "--from-corrections", *config]) == 1
    text, now = "小广场那排椅子老是湿漉漉的没法坐", "城乡建设/绿化"
    store = Store(store_url)
    with store.write() as uow:
        at = datetime(2026, 3, 2, tzinfo=UTC)
        uow.corrections.correct(at=at, person_id=None, appeal_id=None, text=text, was=None, now=now)
        uow.commit()
    store.close()
    own = tmp_path / "files" / "weights"
    assert main(["learn", "--from-corrections", *config]) == 0
    out = capsys.readouterr().out
    assert "200 句里变了" in out
    assert "--yes" in out
    assert not own.exists()
    assert main(["learn", "--from-corrections", "--yes", *config]) == 0
    assert Understander(weights=own).category_of(text) == now


def test_evaluate_measures_a_labelled_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "labelled.csv"
    rows = ["句,类", "3栋电梯坏了没人修,城乡建设", "厂里欠我们三个月工资不发,劳动和社会保障"]
    file.write_text("\n".join([*rows, "楼道灯不亮了,环境保护"]), encoding="utf-8")
    assert main(["evaluate", str(file), "--text", "句", "--label", "类"]) == 0
    out = capsys.readouterr().out
    assert "micro-F1  0.667" in out
    assert "macro-F1  0.556" in out
    assert "confusion: 环境保护 → 城乡建设 1" in out
    assert main(["evaluate", str(file), "--text", "话"]) == 2
    assert "没有这一列" in capsys.readouterr().err
    file.write_text("text,label\n哈哈哈哈,chat\n3栋电梯坏了没人修,appeal\n", encoding="utf-8")
    assert main(["evaluate", str(file)]) == 0
    assert "macro-F1  1.000" in capsys.readouterr().out


def test_evaluate_counts_on_lines(
    tmp_path: Path, config: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"text": "3栋电梯坏了没人修", "kind": "appeal"}\n', encoding="utf-8")
    assert main(["evaluate", "--lines", str(file)]) == 0
    assert "lines, appeal: recall, precision" in capsys.readouterr().out
    file.write_text("no json\n", encoding="utf-8")
    assert main(["evaluate", "--lines", str(file)]) == 2
    assert main(["evaluate", "--data", str(tmp_path / "none")]) == 2
