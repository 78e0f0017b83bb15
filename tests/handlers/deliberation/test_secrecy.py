"""不记名 is proven: two stories in which the same people vote the other way round leave the same traces.

Whatever the store, the log and all messages hold after the end is equal to the byte in both, so nothing in
them can tell who chose what: there is no way from a household to its choice.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from data.domain.messages import Inbound
from handlers.deliberation.secrecy import may_be_vote
from tests.handlers.deliberation.town import NAMES, NEIGHBOURS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.town import Town

BLUE, GREEN = "刷成蓝色的", "刷成绿色的"
OPTIONS = f"{BLUE}/{GREEN}/弃权"


def tell(town: Town, yes: str, no: str) -> None:
    """Let the neighbours vote in every way there is; `yes` and `no` are the options, the other way round."""
    letters = {BLUE: "A", GREEN: "B"}
    (opened,) = town.says("grid1", "limin", f"@哨子 表决 外墙 {OPTIONS} 至 3月10日")
    town.says(None, "wang", f"投票 1 {no}")
    town.says(None, "wang", f"投票 1 {yes}")  # changed
    town.says("grid1", "zhang", letters[no], quote=opened.id, name="张三")
    town.says("grid1", "zhang", f"@哨子 我家投{yes}", name="张三")  # not understood
    town.says("grid1", "zhang2", f"@哨子 投票 {no}", name="张嫂")
    town.says(None, "chen2", f"投票 1 {yes}了吧", name="陈伯")  # no such option
    town.says(None, "chen2", f"表决 1 {yes}", name="陈伯")
    town.says(None, "sun", "委托 1 李四", name="孙哥")
    town.says(None, "li", "同意委托", name="李四")
    town.says(None, "li", no, name="李四")
    town.says(None, "sun", yes, name="孙哥")  # took it back
    town.says("grid1", "liu", "@哨子 投票 1 弃权")  # waits, and is confirmed in time
    town.says(None, "liu", "登记 3栋1单元103")
    town.says(None, "limin", "确认住户 刘婶")
    town.says(None, "wang", "表决 1")
    town.until("2026-03-11 08:00")


def traces(town: Town, capsys: pytest.CaptureFixture[str]) -> tuple[str, str, str]:
    """Return all that is left: the store, the log, every message."""
    log = capsys.readouterr()
    return town.dump(), log.out + log.err, "\n".join(map(str, town.channel.said))


def test_two_stories_the_other_way_round_leave_the_same_traces(
    make_town: Callable[..., Town], empty_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left = []
    for name, (yes, no) in {"one": (BLUE, GREEN), "two": (GREEN, BLUE)}.items():
        shutil.copy(empty_store, tmp_path / name)
        town = make_town(NEIGHBOURS, url=f"sqlite:///{tmp_path / name}")
        for who in NAMES:
            town.says("grid1", who, "大家好", name=NAMES[who])
        tell(town, yes, no)
        left.append(traces(town, capsys))
    store, log, said = zip(*left, strict=True)
    result = f"{BLUE} 2 户、{GREEN} 2 户、弃权 1 户"
    assert result in said[0]
    assert said[0] == said[1]
    assert store[0] == store[1]
    assert log[0] == log[1]


def test_nothing_of_a_vote_is_left_in_the_file(neighbours: Town, tmp_path: Path) -> None:
    """What the voters wrote is in no page of the file, free ones and the write-ahead log included."""
    neighbours.says("grid1", "limin", f"@哨子 表决 外墙 {OPTIONS} 至 3月10日")
    neighbours.says(None, "wang", f"投票 1 {BLUE}")
    neighbours.says(None, "li", f"投票 表决1 {BLUE}!!", name="李四")
    path = neighbours.store.engines.path
    assert path is not None
    for file in (path, path.with_name(f"{path.name}-wal")):
        raw = file.read_bytes().decode("utf-8", errors="ignore")
        assert f"投票 1 {BLUE}" not in raw
        assert f"{BLUE}!!" not in raw
    neighbours.until("2026-03-10 18:00")
    dump = neighbours.dump()
    for table in ("choices", "votes", "proxies"):
        assert f'INSERT INTO "{table}"' not in dump


def test_while_it_is_open_no_query_joins_them(neighbours: Town) -> None:
    """Choices are written by a vote and read by the closing; no command asks for them, no page can."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "choices" in statement:
            asked.append(statement.split(maxsplit=1)[0])

    for engine in (neighbours.store.engines.writer, neighbours.store.engines.reader):
        event.listen(engine, "before_cursor_execute", note)
    neighbours.says("grid1", "limin", "@哨子 表决 外墙 至 3月10日")
    neighbours.says(None, "wang", "投票 1 同意")
    neighbours.says(None, "sun", "委托 1 李四", name="孙哥")
    neighbours.says(None, "li", "同意委托", name="李四")
    neighbours.says(None, "li", "弃权", name="李四")
    for command in ("表决 1", "表决", "进度", "我的诉求", "我的数据", "待办", "统计 本周", "帮助"):
        neighbours.says(None, "limin", command)
        neighbours.says(None, "wang", command)
    neighbours.until("2026-03-10 17:59")
    assert set(asked) == {"INSERT"}
    neighbours.until("2026-03-10 18:00")
    assert set(asked) == {"INSERT", "SELECT", "DELETE"}


def test_the_words_of_a_vote_are_never_in_the_inbox(neighbours: Town) -> None:
    (opened,) = neighbours.says("grid1", "limin", "@哨子 表决 外墙 至 3月10日")
    lines = [
        "投票 1 同意",
        "投票 同意",
        "同意",
        "A",
        "投票 1 赞成",
        "投票 9 同意",
        "投票",
        "表决 1 同意",
        "我投同意票",
    ]
    for line in lines:
        neighbours.says(None, "wang", line)
        neighbours.says("grid1", "li", f"@哨子 {line}", name="李四")
        neighbours.says("grid1", "sun", line, quote=opened.id, name="孙哥")
    with neighbours.store.read() as uow:
        kept = [row.text for row in uow.inbox.rows() if row.text is not None]
    assert kept == ["@哨子 表决 外墙 至 3月10日"]
    said = [s.text for s in neighbours.channel.said if s.room is not None]
    assert len(said) == 1


@pytest.mark.parametrize(
    ("room", "text", "quote"),
    [
        (None, "A", None),
        ("grid1", "@哨子 投票 1 同意", None),
        ("grid1", "同意", "b1"),
        ("grid1", "表决 1 同意", None),
    ],
)
def test_what_may_be_a_vote_is_not_kept_even_where_it_fails(
    neighbours: Town, room: str | None, text: str, quote: str | None
) -> None:
    now = neighbours.clock.now()
    assert may_be_vote(Inbound("web", "m", now, room, "wang", "王姐", text, quote=quote))
    assert not may_be_vote(Inbound("web", "m", now, "grid1", "wang", "王姐", "电梯坏了"))
