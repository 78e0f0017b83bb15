from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


def test_from_report_to_rest(town: Town) -> None:
    """The example of the design's section 5, to the letter."""
    town.says("grid1", "wang", "3栋2单元电梯又坏了,老人上不去")
    assert town.news() == []  # held for a moment
    ack, notice = town.passes(seconds=10)
    assert ack.text == "@王姐 记为 #1【电梯·小事】3栋2单元。已告知网格长李敏,11:00 前受理。"
    assert (ack.room, ack.mentions, ack.reply_to, ack.cases) == ("grid1", ("wang",), "m1", ("百安坝#1",))
    assert notice.to == "limin"
    assert "老人上不去" in notice.text

    assert town.says("grid1", "zhou2", "我家也是") == []
    (assigned, order) = town.says("grid1", "limin", "@哨子 派单 1 万邦物业")
    assert assigned.text == "#1 已派给万邦物业,3月5日 18:00 前办结。@王姐"
    assert order.room == "wuye"
    news = town.says("wuye", "chen", "办结 1 主板更换,已恢复")
    assert texts(news, "grid1") == [
        "#1 已办结:主板更换,已恢复(1 人附议)。@王姐 办得怎么样?请回一个数:1 满意 2 基本满意 3 不满意 4 没解决 5 没人联系过我"  # noqa: E501
    ]
    assert texts(news, "wuye") == ["#1 已办结:主板更换,已恢复(1 人附议)。"]
    assert texts(town.says("grid1", "wang", "1"), to="wang") == ["#1 已归档,谢谢。"]
    assert town.state(1) == "closed"


@pytest.mark.parametrize(
    "command", ["受理 1", "受理#1", "受理 百安坝#1", "受理 百安坝社区#1", "受理１", "受理 1号"]
)
def test_numbers_may_be_said_in_many_ways(town: Town, command: str) -> None:
    town.report()
    town.says("grid1", "limin", f"@哨子 {command}")
    assert town.state(1) == "accepted"


@pytest.mark.parametrize("prefix", ["@哨子 ", "@哨子", "@哨子\u2005", "/", "／", "＠哨子 "])
def test_the_bot_is_spoken_to_by_name_or_slash(town: Town, prefix: str) -> None:
    town.report()
    town.says("grid1", "limin", f"{prefix}受理 1")
    assert town.state(1) == "accepted"


def test_a_bare_command_in_the_group_is_talk_but_by_staff_about_a_case(town: Town) -> None:
    town.report()
    assert town.says("grid1", "limin", "受理") == []
    assert town.says("grid1", "wang", "受理 1") == []
    assert town.state(1) == "reported"
    town.says("grid1", "limin", "受理 1")
    assert town.state(1) == "accepted"


def test_bare_commands_in_staff_rooms(town: Town) -> None:
    town.report()
    (answer,) = town.says("staff", "limin", "受理")
    assert answer.text.startswith("@李敏 受理要带编号")
    town.says("staff", "limin", "受理 1")
    assert town.state(1) == "accepted"


def test_a_command_by_quoting_the_bot_or_the_appeal(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了")
    (ack, _) = town.passes(seconds=10)
    town.says("grid1", "limin", "@哨子 受理", quote=ack.id)
    assert town.state(1) == "accepted"
    town.says("grid1", "limin", "@哨子 办理 师傅来了", quote="m1")
    assert town.state(1) == "in_progress"
    town.says("grid1", "limin", "好了", quote="m1")
    assert town.state(1) == "resolved"


def test_plain_words_of_neighbours_do_nothing(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了")
    (ack, _) = town.passes(seconds=10)
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "liu", "好了", quote=ack.id)
    assert town.state(1) == "accepted"


def test_an_illegal_step_is_one_line(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 受理 1")
    (answer,) = town.says("grid1", "limin", "@哨子 受理 1")
    assert answer.text == "@李敏 #1 已经受理了,不用再发。"


def test_words_that_are_missing(town: Town) -> None:
    town.report()
    (answer,) = town.says("grid1", "limin", "@哨子 办结 1")
    assert answer.text == "@李敏 办结后面还要写内容,例如:办结 12 已更换主板,恢复运行"
    (answer,) = town.says("grid1", "limin", "@哨子 受理")
    assert "要带编号" in answer.text


@pytest.mark.parametrize("number", ["7", "99999999999999999999", "0", "9" * 4400])
def test_a_number_that_does_not_exist(town: Town, number: str) -> None:
    (answer,) = town.says("grid1", "limin", f"@哨子 受理 #{number}")
    assert answer.text.startswith("@李敏 这里没有 #")
    assert "\n" not in answer.text


def test_an_unknown_command_gets_the_right_form(town: Town) -> None:
    (answer,) = town.says("grid1", "limin", "@哨子 派但 1 物业")
    assert (answer.to, answer.text) == ("limin", "没有「派但」这个命令,是不是:派单 12 万邦物业")


def test_only_staff_of_the_area_may_act(town: Town) -> None:
    town.report()
    (answer,) = town.says("grid1", "wang", "@哨子 受理 1")
    assert answer.text == "@王姐 「受理」要有相应职责才能用(网格工作人员,或派给了的人、单位)。"
    (answer,) = town.says("staff", "wangqiang", "受理 1")  # of the other grid
    assert answer.text == "@王强 #1 不归你管,不能受理。"
    assert town.state(1) == "reported"
    with town.store.read() as uow:
        kept = uow.audit.refusals()
    assert [(row.command, row.outcome) for row in kept] == [
        ("受理", "refused.duty"),
        ("受理", "refused.area"),
    ]


def test_a_name_is_never_identity(town: Town) -> None:
    town.report()
    town.says("grid1", "stranger", "@哨子 受理 1", name="李敏")
    assert town.state(1) == "reported"


def test_another_community_neither_sees_nor_touches(town: Town) -> None:
    town.report()
    for text in ("进度 百安坝#1", "进度 1", "受理 百安坝#1", "附议 百安坝#1"):
        (answer,) = town.says("grid9", "sunli", f"@哨子 {text}")
        assert "这里没有" in answer.text
    (answer,) = town.says(None, "sunli", "进度 百安坝#1")
    assert "这里没有" in answer.text
    # an officer over both may not speak of it in the other community's group either
    (answer,) = town.says("grid9", "zhou", "@哨子 进度 百安坝#1")
    assert "这里没有" in answer.text
    # but may in the street's own staff room, and alone
    (answer,) = town.says("street", "zhou", "@哨子 进度 百安坝#1")
    assert "电梯" in answer.text
    (answer,) = town.says(None, "zhou", "进度 百安坝#1")
    assert "电梯" in answer.text


def test_each_community_counts_for_itself(town: Town) -> None:
    town.report()
    town.report("li9", "8栋路灯不亮好几天了", "grid9")
    assert town.state(1, "电报路社区") == "reported"
    (answer,) = town.says(None, "zhou", "进度 1")
    assert answer.text == "有两个 #1:百安坝#1、电报路#1。请写全。"


TWO_ROOMS = """
rooms:
  - {channel: web, id: chengguan, topic: 城管群, kind: department, organisation: 区城管局}
"""


def test_who_serves_several_communities_reads_every_number_in_full(town: Town) -> None:
    town.learn(TWO_ROOMS)
    town.report()
    said = town.says("staff", "zhao", "派单 1 城管")
    assert texts(said, "staff")[0].startswith("#1 已派给")
    assert texts(said, "chengguan")[0].startswith("百安坝#1【电梯·小事】3栋2单元 派给你们")
    assert "有进展发:办理 百安坝#1 进展" in texts(said, "chengguan")[0]
    (answer,) = [s for s in town.says("chengguan", "liudui", "办理 1 在路上") if s.room == "chengguan"]
    assert answer.text == "百安坝#1 办理中:在路上。"
    (answer,) = town.says("chengguan", "liudui", "/待办")
    assert "\n百安坝#1【" in answer.text
    said = town.says("staff", "zhao", "派单 1 物业")  # a company of this community alone
    assert texts(said, "wuye")[0].startswith("#1【")


def test_assign_reject_hand_back(town: Town) -> None:
    town.report()
    (answer,) = town.says("grid1", "limin", "@哨子 派单 1 外星人")
    assert answer.text == "@李敏 没找到「外星人」。可以派给:万邦物业、区城管局"
    town.says("grid1", "limin", "@哨子 派单 1 城管")
    assert town.state(1) == "assigned"
    news = town.says(None, "liudui", "退单 1 不归城管")
    assert texts(news, "grid1") == ["#1 被退回(不归城管),重新安排。@王姐"]
    assert texts(news, to="liudui") == ["百安坝#1 被退回(不归城管),重新安排。"]
    assert "请重新派单" in texts(news, to="limin")[0]
    assert town.state(1) == "accepted"
    news = town.says("grid1", "limin", "@哨子 派单 1 @老罗 今天去看看")
    assert texts(news, to="luo")[0].splitlines()[2] == "今天去看看"
    town.says(None, "chen", "办理 1 马上去")  # a colleague of the assignee
    assert town.state(1) == "in_progress"
    town.report("liu", "5栋门口垃圾没人清")
    town.says("grid1", "limin", "@哨子 不受理 2 请拨打12345")
    assert town.state(2) == "rejected"


def test_assigned_after_its_deadline_it_is_said_to_be_late(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "受理 1")
    town.until("2026-03-06 10:00")
    said = town.says("staff", "limin", "派单 1 物业")
    assert texts(said, "grid1") == ["#1 已派给万邦物业,本应 3月5日 18:00 前办结,时限已过。@王姐"]
    assert texts(said, "wuye")[0].startswith(
        "#1【电梯·小事】3栋2单元 派给你们,本应 3月5日 18:00 前办结,时限已过。\n"
    )


def test_who_has_begun_is_told_how_to_be_rid_of_a_case(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "派单 1 物业")
    town.says("wuye", "chen", "办理 1 师傅看过了,是供电的线")
    (answer,) = town.says("wuye", "chen", "退单 1 不归我们")
    assert answer.text == (
        "@小陈 #1 已经动手办了,不能退单。不归你们办的,请网格长或社区干部改派,他们发:派单 1 单位"
    )
    town.says("staff", "limin", "派单 1 城管")
    assert town.state(1) == "assigned"


def test_reclassify_and_regrade(town: Town) -> None:
    town.report()
    (answer,) = town.says("grid1", "limin", "@哨子 改类 1 外星")
    assert "没有「外星」这一类" in answer.text
    (news,) = town.says("grid1", "limin", "@哨子 改类 1 消防隐患")
    assert news.text == "#1 改为【消防隐患】。@王姐"
    town.says("grid1", "limin", "@哨子 受理 1")
    (answer,) = town.says("grid1", "limin", "@哨子 转级 1 天大的事")
    assert answer.text == "@李敏 没有「天大的事」这一级,可以是:私事、小事、大事、难事"
    told, news = town.says("grid1", "limin", "@哨子 转级 1 大事")
    assert told.to == "zhao"
    assert news.text == "#1 转为大事,3月16日 18:00 前办结。@王姐"
    with town.store.read() as uow:
        assert [row.now for row in uow.corrections.all_of_them()] == ["城乡建设/消防隐患"]


def test_merge_takes_the_appellants_along(town: Town) -> None:
    town.report()
    town.report("liu", "5栋门口垃圾没人清")
    (answer,) = town.says("grid1", "limin", "@哨子 并案 2 2")
    assert answer.text == "@李敏 不能把 #2 并到它自己。"
    (news,) = town.says("grid1", "limin", "@哨子 并案 2 1")
    assert news.text == "#2 并入 #1,以后看 #1。@刘婶"
    assert town.state(2) == "merged"
    (news,) = town.says("grid1", "limin", "@哨子 受理 1")
    assert news.mentions == ("wang", "liu")


def test_withdraw(town: Town) -> None:
    town.report()
    (answer,) = town.says("grid1", "liu", "@哨子 撤回 1")
    assert answer.text == "@刘婶 #1 不是你提的,不能撤回。"
    news = town.says("grid1", "wang", "@哨子 撤回 1")
    assert texts(news, "grid1") == ["#1 已撤回。@王姐"]
    assert texts(news, to="limin") == ["#1【电梯·小事】3栋2单元 已撤回,不用办了。"]
    assert town.state(1) == "withdrawn"


def test_withdraw_by_one_of_several(town: Town) -> None:
    town.report()
    town.report("liu", "3栋2单元电梯坏了没人修,急死了")
    (answer,) = town.says("grid1", "wang", "@哨子 撤回 1")
    assert "还有别的邻居也反映了" in answer.text
    assert town.state(1) == "reported"
    (news,) = town.says("grid1", "limin", "@哨子 受理 1")
    assert news.mentions == ("liu",)


def test_reopen_by_staff(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 办结 1 修好了")
    (news,) = town.says("grid1", "limin", "@哨子 重办 1 又停了")
    assert news.text == "#1 退回重办(又停了),3月5日 18:00 前办结。@王姐"
    town.says("grid1", "limin", "@哨子 办结 1 再修好了")
    town.says("grid1", "wang", "1")
    town.passes(days=31)
    (answer,) = town.says("grid1", "limin", "@哨子 重办 1 又停了")
    assert answer.text == "@李敏 #1 归档已超过 30 天,请重新提。"


def test_the_same_assignee_again_is_told_once(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 派单 1 万邦物业")
    (answer,) = town.says(None, "limin", "派单 1 物业")
    assert answer.text == "#1 已经派给万邦物业了。要催一声发:派单 1 万邦物业 话"
    told = town.says(None, "limin", "派单 1 物业 今天务必去")
    assert "今天务必去" in texts(told, room="wuye")[0]
