"""The same stories on a real PostgreSQL: the same schema, the same words."""

from __future__ import annotations

from contextlib import AsyncExitStack, closing
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, func, select, text

from bot.cli.app import main
from data.checks import problems
from data.copying import copy
from data.domain.charge import Charge, Standing, Wanted
from data.domain.token import TokenScope
from data.engine import parse
from data.schema import current, newest
from data.store import Store
from data.tables.people import people
from tests.bot.web.conftest import Place
from tests.town import Town, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nlp.understand import Understander

pytestmark = pytest.mark.postgres


@pytest.fixture
def url(postgres: str) -> str:
    """An empty database of its own."""
    admin = create_engine(parse(postgres), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS shaozi_test"))
        connection.execute(text("CREATE DATABASE shaozi_test"))
    admin.dispose()
    return parse(postgres).set(database="shaozi_test").render_as_string(hide_password=False)


@pytest.fixture
def town(url: str, make_town: Callable[..., Town]) -> Town:
    store = Store(url)
    store.upgrade()
    store.close()
    return make_town(url=url)


def test_from_empty_to_the_newest_version(url: str) -> None:
    store = Store(url)
    assert store.upgrade() == (None, newest())
    with store.engines.reader.connect() as connection:
        assert current(connection) == newest()
    assert problems(store) == []
    store.close()


def test_a_day_in_the_town(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯又坏了,老人上不去")
    town.says("grid1", "zhou2", "我家也是")
    said = town.passes(seconds=10)
    assert texts(said, "grid1") == ["@王姐 记为 #1【电梯·小事】3栋2单元。已告知网格长李敏,11:00 前受理。"]
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    town.says("wuye", "chen", "办结 1 好了")
    town.says("grid1", "wang", "3")
    assert town.state(1) == "in_progress"
    town.says("grid1", "limin", "@哨子 议事 周六晚上7点半 党群服务中心 加装电梯")
    town.says("grid1", "wang", "报名")
    town.says("staff", "limin", "@哨子 走访 计划 3栋 每周")
    town.says("staff", "limin", "@哨子 走访 记录 3栋501 王奶奶 楼道灯坏了好久没人修")
    assert texts(town.says(None, "limin", "待办"))[0].startswith("待办 2 件:")
    assert "评价 1 人" in texts(town.says("grid1", "limin", "@哨子 统计"))[0]
    town.says("grid1", "wang", "\x00电梯\ud800坏了")
    town.says("grid1", "wang", "@哨子 删除我的数据")
    town.says("grid1", "wang", "@哨子 确认删除")
    said = town.until("2026-03-10 10:00")
    assert any("提醒:议事会" in s.text for s in said)
    assert any("走访提醒" in s.text for s in said)


def test_a_week_in_the_town(town: Town) -> None:
    for who in ("wang", "liu", "xiaowu", "zhou2", "he"):
        town.report(who, "3栋2单元电梯又坏了,没人修")
    assert any("主动治理" in s.text for s in town.channel.said if s.to == "zhao")
    town.says("staff", "limin", "@哨子 巡查 5栋 消防通道堵塞", kind="image", media="a.jpg")
    town.says("staff", "zhao", "@哨子 通知 全部 停水", kind="image", media="b.jpg")
    town.says("grid1", "liu", "收到")
    (answer,) = town.says("staff", "zhao", "@哨子 通知 1 未回复")
    assert "收到 1 人" in answer.text
    (answer,) = town.says("staff", "zhao", "@哨子 统计 本月 第一网格")
    assert "上报 2 件" in answer.text
    said = town.until("2026-03-09 10:00")
    assert [s.room for s in said if "一周通报" in s.text] == ["grid1"]
    assert any("今天手上" in s.text for s in said if s.to == "limin")


def test_the_sample_moves_over_and_back(url: str, tmp_path: Path) -> None:
    here, back = f"sqlite:///{tmp_path / 'here.db'}", f"sqlite:///{tmp_path / 'back.db'}"
    with as_file(files("data") / "samples") as samples:
        story = str(samples / "two-days.jsonl"), "--roster", str(samples / "roster.yaml")
        assert main(["replay", *story, "--db", here, "--out", str(tmp_path / "said.jsonl")]) == 0
    with closing(Store(here)) as old, closing(Store(url)) as new, closing(Store(back)) as again:
        there = list(copy(old, new))
        assert sum(one.rows for one in there) > 500
        assert problems(new) == []
        with old.read() as uow:
            highest = uow.connection.execute(select(func.max(people.c.id))).scalar_one()
        with new.write() as uow:  # rolled back: it only shows that the numbers go on
            assert uow.people.meet("web", "newcomer", "新邻居")[1].id == highest + 1
        assert list(copy(new, again)) == there
        assert problems(again) == []


def test_a_reader_cannot_write(town: Town) -> None:
    with town.store.read() as uow, pytest.raises(Exception, match="read-only"):
        uow.roster_changed()


def test_cases_are_found_by_words_over_an_index_of_trigrams(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元楼道的声控灯不亮,电话13812345678")
    town.passes(minutes=5)
    town.says("grid1", "zhou2", "5栋门口的井盖松了,100%_要出事")
    town.passes(minutes=5)
    with town.store.read() as uow:
        charge = Charge(tuple(uow.areas.communities()), (), 0, None)
        now = town.clock.now()

        def found(words: str) -> list[int]:
            wanted = Wanted(Standing.ALL, words=words)
            page = uow.finding.page(charge, wanted, now, now, page=1, size=9)
            return sorted(case.number for case in page.cases)

        assert [found("声控灯"), found("灯"), found("井盖 5栋"), found("13812345678")] == [[1], [1], [2], [1]]
        assert [found("100%_"), found("100%x"), found("没有这样的话"), found("'; --")] == [[2], [], [], []]
        known = uow.connection.execute(text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")).scalar()
        if known:  # a server may come without it: then words are found, only slower
            uow.connection.execute(text("SET LOCAL enable_seqscan = off"))
            plan = uow.connection.execute(
                text("EXPLAIN SELECT case_id FROM case_words WHERE words LIKE '%声控灯不亮%'")
            ).scalars()
            assert "ix_case_words_words" in "".join(plan)


async def test_other_software_reads_and_writes(url: str, tmp_path: Path, understander: Understander) -> None:
    store = Store(url)
    store.upgrade()
    store.close()
    async with AsyncExitStack() as stack:
        place = Place(url, tmp_path / "files", understander, stack)
        stack.callback(place.store.close)
        await place.open(bot=True, board=True)
        key = place.token(*TokenScope, person="赵主任")
        program = await place.software(key)
        said = {"room": "grid1", "text": "3栋2单元电梯坏了", "lat": 30.8, "long": 108.4}
        for _ in range(2):
            answer = await program.post("/api/v1/appeals", json=said, headers={"Idempotency-Key": "k"})
            assert answer.status == 201, await answer.text()
        done = await program.post("/api/v1/cases/1.1.1/1/commands", json={"text": "派单 物业"})
        assert done.status == 200, await done.text()
        for path in (
            *("cases?area=g1&category=城乡建设&open=true&source=api&since=2026-03-01T00:00:00Z", "areas"),
            *("cases/1.1.1/1/timeline", "cases/1.1.1/1/appeals", "statistics", "meetings", "visits"),
            *("activities", "ballots", "publicities"),
        ):
            answer = await program.get(f"/api/v1/{path}")
            assert answer.status == 200, (path, await answer.text())
        for query, lat, did in (
            ("", None, ["已上报", "已派单"]),  # what anybody sees, as on the board
            (f"api_key={key}", 30.8, ["上报", "派单"]),
        ):
            rows = await (await program.get(f"/open311/v2/requests.json?status=open&{query}")).json()
            assert [(row["service_request_id"], row["lat"]) for row in rows] == [("1", lat)]
            steps = await (await program.get(f"/open311/v2/servicerequestupdates.json?{query}")).json()
            assert [step["description"].split()[0] for step in steps] == did
