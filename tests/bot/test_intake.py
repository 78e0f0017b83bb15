"""Intake: duplicates, poison, full disks, and what is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError

from bot.intake import Intake
from bot.limiter import Limiter
from data.domain.messages import Inbound, MessageKind
from data.uow import BatchLostError
from handlers import routes
from handlers.routes import Route

if TYPE_CHECKING:
    from handlers.context import Heard
    from tests.town import Town

APPEAL = "3栋2单元电梯坏了没人修"


def message(town: Town, number: str, text: str, who: str = "wang", room: str | None = "grid1") -> Inbound:
    return Inbound("web", number, town.clock.now(), room, who, who, text).cleaned()


def test_the_same_message_twice_is_one(town: Town) -> None:
    batch = [message(town, "a", APPEAL), message(town, "a", APPEAL), message(town, "b", "早")]
    assert town.parts.intake.take(batch) == ["appeal", "duplicate", "left_alone"]
    assert town.parts.intake.take(batch) == ["duplicate", "duplicate", "duplicate"]
    assert town.state(1) == "reported"
    assert town.state(2) == "none"


def test_the_same_id_on_another_channel_is_another_message(town: Town) -> None:
    town.parts.intake.take([message(town, "a", "早")])
    other = Inbound("wechaty", "a", town.clock.now(), None, "x", "x", "早").cleaned()
    assert town.parts.intake.take([other]) == ["not_understood"]


def test_sums_are_looked_up_ahead_and_only_said_by_the_writer(town: Town) -> None:
    town.until("2026-03-02 09:00")
    town.report()
    asked = message(town, "s1", "@哨子 统计 本周", who="limin")
    intake = town.parts.intake
    assert intake.may_search(asked)
    found = intake.look_ahead(asked)
    assert found.values["reported"] == 1
    town.report("liu", "5栋门口路灯不亮好几天了")
    assert intake.take([asked], {"s1": found}) == ["command:统计"]
    (said,) = town.passes(seconds=1)
    assert "上报 1 件" in said.text  # as it was when it was looked up
    (now,) = town.says("grid1", "limin", "@哨子 统计 本周")
    assert "上报 2 件" in now.text


@pytest.mark.parametrize(
    ("who", "room", "text"),
    [
        ("wang", "grid1", "@哨子 统计 本周"),  # may not ask
        ("nobody", "grid1", "@哨子 统计 本周"),  # is not known
        ("limin", "nowhere", "@哨子 统计 本周"),
        ("limin", "grid1", "上个月的统计出来了吗"),  # asks nothing of the bot
        ("limin", "grid1", "@哨子 统计 老家"),  # names nothing there is
    ],
)
def test_nothing_is_looked_up_for_who_may_not_ask(town: Town, who: str, room: str, text: str) -> None:
    assert town.parts.intake.look_ahead(message(town, "s1", text, who, room)) is None


def test_what_the_bot_says_itself_is_ignored(town: Town) -> None:
    assert town.parts.intake.take([message(town, "a", APPEAL, who="bot")]) == ["ours"]


class Poisonous:
    """A route that a certain text breaks."""

    def take(self, heard: Heard) -> bool:
        if "毒" in heard.inbound.text:
            heard.uow.people.meet("web", "ghost", "幽灵")
            raise ValueError(heard.inbound.text)
        return False


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> None:
    route = Route("poison", frozenset({MessageKind.TEXT}), Poisonous().take)
    monkeypatch.setattr(routes, "ROUTES", (route, *routes.ROUTES))


@pytest.mark.usefixtures("poison")
def test_a_poisonous_message_rolls_back_alone(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    batch = [message(town, "a", "3栋"), message(town, "b", "毒药"), message(town, "c", "电梯坏了没人修")]
    assert town.parts.intake.take(batch) == ["left_alone", "failed", "appeal"]
    with town.store.read() as uow:
        assert uow.people.speaker("web", "ghost") is None
        assert [(row.route, row.text) for row in uow.inbox.rows()][1] == ("failed", "毒药")
    assert town.state(1) == "reported"
    assert "毒药" not in capsys.readouterr().out  # the log has ids, never what people said
    assert town.parts.intake.take(batch[1:2]) == ["duplicate"]


class Full:
    """A store whose disk is full until it is not."""

    alone = True

    def __init__(self, town: Town, failures: int) -> None:
        self._town = town
        self._failures = failures

    def write(self) -> object:
        if self._failures:
            self._failures -= 1
            raise OperationalError("INSERT", {}, Exception("database or disk is full"))
        return self._town.store.write()


def test_what_the_database_refuses_is_not_taken_in(town: Town) -> None:
    pace = Limiter(town.clock, 30, timedelta(minutes=1))
    intake = Intake(Full(town, 1), town.house, town.clock, pace)  # type: ignore[arg-type]  # a fake
    with pytest.raises(OperationalError):
        intake.take([message(town, "a", APPEAL)])
    assert town.state(1) == "none"
    assert intake.take([message(town, "a", APPEAL)]) == ["appeal"]


def test_a_really_full_disk_loses_nothing_acknowledged(town: Town) -> None:
    """SQLite rolls the whole transaction back inside a savepoint: the batch is given up, not half kept."""
    town.parts.intake.take([message(town, "a", APPEAL)])
    with town.store.engines.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    batch = [message(town, f"x{i}", f"{i}栋门口垃圾没人清" + "臭" * 3000, who=f"p{i}") for i in range(40)]
    with pytest.raises((OperationalError, BatchLostError)):
        town.parts.intake.take(batch)
    with town.store.engines.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
    assert set(town.parts.intake.take(batch)) == {"appeal"}
    assert town.state(1) == "reported"
    assert town.state(41) == "reported"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\u200b\u200d\ufeff",
        "\x00\x01\x02电梯坏了没人修",
        "电" * 100_000,
        "电梯坏了\u202e没人修",
        "电梯\ud83d坏了没人修",
        "@哨子" * 500,
        "/" * 5000,
        "@哨子 派单 #" + "9" * 4400 + " 物业",
        "{{at}} {0} %s ${jndi:ldap://x}",
        "'; DROP TABLE cases; --",
        "@哨子 办结 1 {at}{nothing}",
    ],
)
def test_texts_that_do_mischief(town: Town, text: str) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 受理 1")
    for room, who in (("grid1", "x"), ("grid1", "limin"), (None, "y"), ("staff", "limin")):
        town.says(room, who, text)
    with town.store.read() as uow:
        assert "failed" not in {row.route for row in uow.inbox.rows()}


@pytest.mark.parametrize("odd", ["", "\x00", "a" * 5000, "\ud800", "名\n字"])
def test_odd_names_and_ids(town: Town, odd: str) -> None:
    town.parts.intake.take(
        [Inbound("web", odd or "id", town.clock.now(), "grid1", odd or "s", odd, APPEAL, quote=odd).cleaned()]
    )
    town.passes(seconds=50)
    assert town.state(1) == "reported"


def test_lines_out_of_order_are_taken_as_they_come(town: Town) -> None:
    assert town.parts.intake.take([message(town, "z9", "早"), message(town, "a1", APPEAL)]) == [
        "left_alone",
        "appeal",
    ]


def test_chat_is_counted_and_nothing_else(town: Town) -> None:
    town.parts.intake.take([message(town, f"c{i}", f"晚上吃什么{i}") for i in range(5)])
    dump = town.dump()
    assert "晚上吃什么" not in dump
    assert "left_alone',5)" in dump
