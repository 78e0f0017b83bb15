"""F8: 踢出, 封禁, 解封, by an officer and never against staff."""

from __future__ import annotations

from tests.town import Town, texts


def rooms_of(town: Town, account: str) -> set[str]:
    with town.store.read() as uow:
        found = uow.people.speaker("web", account)
        assert found is not None
        return {room.external_id for room in uow.chats.rooms_for(found[0])}


def test_f8_put_out_of_the_group_and_let_in_again(town: Town) -> None:
    town.says("grid1", "wanger", "大家好", name="王二")
    assert "grid1" in rooms_of(town, "wanger")
    (told,) = town.says("grid1", "zhao", "@哨子 踢出 王二")
    assert told.to == "zhao"
    assert told.text.startswith("已把王二移出:第一网格居民群")
    assert "grid1" not in rooms_of(town, "wanger")
    assert town.says("grid1", "wanger", "3栋电梯坏了没人修", name="王二") == []
    town.passes(minutes=2)
    assert "3栋电梯坏了" not in town.dump()
    (lifted,) = town.says(None, "zhao", "解封 王二")
    assert lifted.text.startswith("已解除")
    town.says("grid1", "wanger", "3栋电梯坏了没人修", name="王二")
    assert any("记为 #1" in text for text in texts(town.passes(minutes=2), "grid1"))


def test_f8_banned_for_a_week_but_a_fire_is_heard(town: Town) -> None:
    town.says("grid1", "wanger", "大家好", name="王二")
    said = town.says(None, "zhao", "封禁 王二 7天")
    assert any(s.to == "wanger" and "停用" in s.text for s in said)
    assert town.says("grid1", "wanger", "3栋路灯坏了好几天", name="王二") == []
    alarm = town.says("grid1", "wanger", "3栋着火了快来人", name="王二")
    assert any("119" in s.text for s in alarm)
    town.passes(days=7, minutes=1)
    town.news()
    town.says("grid1", "wanger", "5栋路灯坏了好几天没人管", name="王二")
    assert any("记为" in text for text in texts(town.passes(minutes=2), "grid1"))


def test_f8_staff_are_put_out_by_the_roster_and_residents_put_out_nobody(town: Town) -> None:
    (refused,) = town.says(None, "zhao", "封禁 李敏")
    assert "没找到" in refused.text or "花名册" in refused.text
    town.says("grid1", "limin", "大家好")
    (refused,) = town.says(None, "zhao", "封禁 李敏")
    assert "由管理员在花名册里管" in refused.text
    (refused,) = town.says("grid1", "wang", "@哨子 踢出 李敏")
    assert "要有相应职责" in refused.text
    (unknown,) = town.says(None, "zhao", "踢出 没这个人")
    assert "没找到「没这个人」" in unknown.text
    with town.store.read() as uow:
        assert {row.outcome for row in uow.audit.refusals()} >= {"put_out.on_duty", "refused.duty"}


def test_f8_what_an_officer_did_is_in_the_audit(town: Town) -> None:
    town.says("grid1", "wanger", "大家好", name="王二")
    town.says(None, "zhao", "封禁 王二")
    with town.store.read() as uow:
        acts = [(row.command, row.outcome[:7]) for row in uow.audit.refusals()]
    assert ("封禁", "person:") in acts
