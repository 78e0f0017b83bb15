"""绑定: accounts and groups are bound by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.domain.messages import Inbound
from handlers.people.invitations import ROOM, invite
from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


PEOPLE = """
people:
  - {name: 何干事, duties: [{role: officer, area: "1.1.1"}]}
"""
APPEAL = "3栋2单元电梯坏了没人修"


def code_for(town: Town, name: str = "何干事") -> str:
    with town.store.write() as uow:
        code = invite(uow, town.clock.now(), person_id=uow.people.on_roster(name)[0].id)
        uow.commit()
    return code


def code_for_room(town: Town, room: str) -> str:
    with town.store.write() as uow:
        found = uow.rooms.of("web", room)
        assert found is not None
        code = invite(uow, town.clock.now(), room_id=found.id, purpose=ROOM)
        uow.commit()
    return code


def who(town: Town, account: str) -> str:
    with town.store.read() as uow:
        found = uow.people.speaker("web", account)
        return found[1].name if found else ""


def test_what_was_said_before_goes_along(town: Town) -> None:
    town.learn(PEOPLE)
    town.report("newcomer")
    code = code_for(town)
    said = town.says(None, "newcomer", f"绑定 {code.lower().replace('-', ' ')}")
    assert texts(said, to="newcomer") == ["绑定好了:这个账号是何干事。"]
    assert who(town, "newcomer") == "何干事"
    assert "#1" in town.says(None, "newcomer", "我的诉求")[0].text
    assert "不能派单" not in town.says("staff", "newcomer", "派单 1 万邦物业")[0].text
    assert town.state(1) == "assigned"
    assert code.split("-")[0] not in town.dump()


def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(town: Town) -> None:
    town.learn(PEOPLE)
    code = code_for(town)
    town.says(None, "first", f"绑定 {code}")
    assert "不对" in town.says(None, "second", f"绑定 {code}")[0].text
    late = code_for(town)
    town.passes(minutes=15)
    assert "不对" in town.says(None, "second", f"绑定 {late}")[0].text
    assert who(town, "second") == "second"


def test_an_account_that_is_somebody_s_stays_theirs(town: Town) -> None:
    town.learn(PEOPLE)
    assert "已经是李敏的了" in town.says(None, "limin", f"绑定 {code_for(town)}")[0].text
    assert "这个账号是李敏" in town.says(None, "limin", f"绑定 {code_for(town, '李敏')}")[0].text


def test_the_web_gives_codes_to_those_it_knows(town: Town) -> None:
    assert "私聊" in town.says("grid1", "limin", "@哨子 绑定")[0].text
    told = town.says(None, "limin", "绑定")[0].text
    code = told.split("绑定 ")[1].split("\n")[0]
    assert "这个账号是李敏" in town.says(None, "phone", f"绑定 {code}")[0].text


def test_groups_become_those_of_the_roster(town: Town) -> None:
    code = code_for_room(town, "grid1")
    assert town.says("unknown", "wang", APPEAL) == []
    assert town.says("unknown", "wang", "绑定 AAAA-BBBB-CCCC") == []
    said = town.says("unknown", "wang", f"@哨子 绑定 {code}")
    assert said[0].text.startswith("绑定好了:这个群就是花名册里的「第一网格居民群」。")
    town.report(room="unknown")
    assert town.state(1) == "reported"
    assert "不对" in town.says(None, "wang", f"绑定 {code}")[0].text
    assert "请到要绑定的群里发" in town.says(None, "wang", f"绑定 {code_for_room(town, 'grid2')}")[0].text


def test_codes_for_new_residents_bind_nothing(town: Town) -> None:
    with town.store.write() as uow:
        room = uow.rooms.of("web", "grid1")
        assert room is not None
        code = invite(uow, town.clock.now(), name="新邻居", room_id=room.id)
        uow.commit()
    assert "不对" in town.says(None, "wang", f"绑定 {code}")[0].text


def test_a_roster_that_comes_again_knows_who_was_bound(town: Town) -> None:
    town.learn(PEOPLE)
    code = code_for(town)
    with town.store.write() as uow:
        account, _ = uow.people.meet("wechaty", "wx_he", "老何")
        uow.commit()
    bind = Inbound("wechaty", "x1", town.clock.now(), None, "wx_he", "老何", f"绑定 {code}")
    assert town.parts.intake.take([bind]) == ["command:绑定"]
    town.learn(PEOPLE)
    with town.store.read() as uow:
        (person,) = uow.people.on_roster("何干事")
        assert [a.id for a in uow.people.accounts(person.id)] == [account.id]


@pytest.mark.parametrize("text", ["绑定手机号怎么弄", "绑定 12345", "我要绑定 ABCD-EFGH-JKLM"])
def test_talk_is_no_binding(town: Town, text: str) -> None:
    assert town.says("grid1", "wang", text) == []


def test_where_ids_change_nobody_is_bound(make_town: Callable[..., Town]) -> None:
    from handlers.context import Reach

    town = make_town(reach=Reach(stable_ids=False))
    code = code_for(town, "李敏")
    assert "认不准账号" in town.says(None, "phone", f"绑定 {code}")[0].text
    town.passes(seconds=1)
    with town.store.read() as uow:
        assert uow.audit.refusals()[-1].outcome == "refused.unstable"
