"""E11: 邀请, a link and its QR code for a room that an officer makes in chat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from handlers.people import invitations, room_links
from tests.town import texts

if TYPE_CHECKING:
    from data.domain.people import Account
    from tests.town import Said, Town


def code_in(said: Said) -> str:
    found = re.search(r"/sign-in#([0-9A-Z-]{14})", said.text)
    assert found is not None
    return found[1]


def comes(town: Town, code: str, name: str) -> Account | None:
    """Come in by a link as the web's door lets one in; return the account, None if the door stays shut."""
    with town.store.write() as uow:
        link = room_links.opened(uow, code, town.clock.now())
        if link is None:
            return None
        account = invitations.new_account(uow, "web", name)
        room = room_links.come_in(uow, town.parts.house, link, account, town.clock.now())
        uow.commit()
    return account if room is not None else None


def rooms_of(town: Town, account: Account) -> set[str]:
    with town.store.read() as uow:
        found = uow.people.speaker("web", account.external_id)
        assert found is not None
        return {room.external_id for room in uow.chats.rooms_for(found[0])}


def test_e11_an_officer_makes_a_link_with_its_code_for_a_room(town: Town) -> None:
    (made,) = town.says("staff", "zhao", "邀请 第一网格 7天 50人")
    assert made.room == "staff"
    assert made.text.startswith("邀请 1:第一网格居民群,")
    assert "限 50 人,已进 0 人" in made.text
    assert "http://127.0.0.1:8311/sign-in#" in made.text
    assert "邀请 取消 1" in made.text
    account = comes(town, code_in(made), "新来的")
    assert account is not None
    assert "grid1" in rooms_of(town, account)
    (told,) = town.passes(seconds=1)
    assert told.to == account.external_id
    assert "登记 3栋2单元501" in told.text


def test_e11_whoever_came_in_registers_and_is_confirmed(town: Town) -> None:
    (made,) = town.says(None, "zhao", "邀请 第一网格")
    account = comes(town, code_in(made), "新来的")
    assert account is not None
    town.news()
    said = town.says(None, account.external_id, "登记 3栋2单元501", name="新来的")
    assert any("等网格长确认" in text for text in texts(said, to=account.external_id))
    said = town.says(None, "limin", "确认住户 新来的 3栋2单元501")
    assert any("确认了:你是 3栋2单元501 的住户" in text for text in texts(said, to=account.external_id))


@pytest.mark.parametrize(
    "words",
    [
        "邀请 第一网格 7天 2人",
        "邀请 第一网格 限2人 一周",
        "邀请 2人 7日 第一网格居民群",
        "邀请 第一网格,七天,两人",
    ],
)
def test_e11_uses_are_counted_and_end(town: Town, words: str) -> None:
    (made,) = town.says(None, "zhao", words)
    code = code_in(made)
    assert comes(town, code.lower().replace("-", " "), "甲") is not None
    assert "限 2 人,已进 1 人" in town.says(None, "zhao", "邀请 1")[-1].text
    assert comes(town, code, "乙") is not None
    assert comes(town, code, "丙") is None


def test_e11_of_two_who_come_at_once_by_the_last_place_one_is_in(town: Town) -> None:
    town.says(None, "zhao", "邀请 第一网格 7天 1人")
    with town.store.write() as uow:  # both have seen that there is a place
        assert [uow.invitations.come_by(1) for _ in range(2)] == [True, False]
        uow.invitations.end_link(1, town.clock.now())
        assert not uow.invitations.come_by(1)


def test_e11_who_is_in_already_takes_no_place(town: Town) -> None:
    (made,) = town.says(None, "zhao", "邀请 第一网格 7天 1人")
    town.says("grid1", "wang", "大家早")
    for _ in range(2):
        with town.store.write() as uow:
            found = uow.people.speaker("web", "wang")
            link = room_links.opened(uow, code_in(made), town.clock.now())
            assert found is not None
            assert link is not None
            assert room_links.come_in(uow, town.parts.house, link, found[0], town.clock.now()) is not None
            uow.commit()
    assert comes(town, code_in(made), "甲") is not None


def test_e11_it_expires(town: Town) -> None:
    (made,) = town.says(None, "zhao", "邀请 第一网格 2天 5人")
    town.passes(days=1, hours=23)
    assert comes(town, code_in(made), "甲") is not None
    town.passes(hours=1)
    assert comes(town, code_in(made), "乙") is None
    assert "没有" in town.says(None, "zhao", "邀请 1")[-1].text


@pytest.mark.parametrize("words", ["邀请 取消 1", "邀请取消 1", "邀请 取消 第一网格", "邀请 取消", "撤销"])
def test_e11_it_is_revoked_and_who_came_in_stays(town: Town, words: str) -> None:
    (made,) = town.says(None, "zhao", "邀请 第一网格")
    account = comes(town, code_in(made), "甲")
    assert account is not None
    town.news()
    (ended,) = town.says(None, "zhao", words)
    assert "邀请 1 取消了,已经进来的 1 人还在群里" in ended.text
    assert comes(town, code_in(made), "乙") is None
    assert "grid1" in rooms_of(town, account)


def test_e11_in_a_residents_group_the_link_is_the_officers_own(town: Town) -> None:
    said = town.says("grid1", "zhao", "@哨子 邀请 3天")
    assert [one.to for one in said] == ["zhao"]
    assert "第一网格居民群" in said[0].text
    (refused,) = town.says("grid1", "wang", "@哨子 邀请 第一网格")
    assert "要有相应职责" in refused.text
    (refused,) = town.says(None, "limin", "邀请 第一网格")
    assert "要有相应职责" in refused.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("邀请", "有好几个群"),
        ("邀请 第一网格 0天", "最多 90 天"),
        ("邀请 第一网格 400天", "最多 90 天"),
        ("邀请 第一网格 7天 0人", "最多 1000 人"),
        ("邀请 第一网格 100000人", "最多 1000 人"),
        ("邀请 刘婶 来参加 大扫除", "要写清进哪个群"),
        ("邀请 第九网格", "没有"),
        ("邀请 电报路网格", "没有"),
        ("邀请 7", "没有邀请 7"),
        ("邀请 取消 7", "没有邀请 7"),
        ("邀请 取消", "没有"),
    ],
)
def test_e11_what_cannot_be_made_is_said(town: Town, words: str, told: str) -> None:
    (answer,) = town.says(None, "zhao", words)
    assert told in answer.text
    with town.store.read() as uow:
        assert uow.invitations.links_open(town.clock.now()) == []


def test_e11_who_was_put_out_comes_in_by_no_link(town: Town) -> None:
    town.says("grid1", "wanger", "大家好", name="王二")
    (made,) = town.says(None, "zhao", "邀请 第一网格")
    town.says(None, "zhao", "踢出 王二")
    with town.store.write() as uow:
        found = uow.people.speaker("web", "wanger")
        link = room_links.opened(uow, code_in(made), town.clock.now())
        assert found is not None
        assert link is not None
        assert room_links.come_in(uow, town.parts.house, link, found[0], town.clock.now()) is None


def test_e11_a_grid_without_a_web_room_has_nothing_to_come_into(town: Town) -> None:
    town.learn('areas:\n  - {code: g3, name: 第三网格, kind: grid, parent: "1.1.1"}\n')
    assert "没有网页上的居民群" in town.says(None, "zhao", "邀请 第三网格")[-1].text


def test_e11_a_link_binds_no_account(town: Town) -> None:
    (made,) = town.says(None, "zhao", "邀请 第一网格")
    town.says(None, "xin", f"绑定 {code_in(made)}")
    assert comes(town, code_in(made), "甲") is not None  # 绑定 opens nothing with it
