"""The forms of households, motions, ballots, publicity, and of who may come in (community, §1–§4)."""

from __future__ import annotations

from handlers.hearing.forms.form import Form
from handlers.hearing.verbs import Needs, Verb, Who

OF_DELIBERATION: tuple[Form, ...] = (
    Form(Verb.REGISTER, Who.ANYONE, Needs.NOTHING, words=True, example="登记 3栋2单元501", to_oneself=True),
    Form(Verb.CONFIRM_RESIDENT, Who.STAFF, Needs.NOTHING, words=False, example="确认住户 王姐 3栋2单元501"),
    Form(Verb.NOT_RESIDENT, Who.STAFF, Needs.NOTHING, words=False, example="不是住户 王姐"),
    Form(Verb.MOTION, Who.ANYONE, Needs.MOTION, words=False, example="议题 加装电梯,一楼不同意怎么办"),
    Form(
        Verb.SUPPORT,
        Who.ANYONE,
        Needs.MOTION,
        words=False,
        example="支持 议题3",
        also=("附议议题",),
        by_number=True,
    ),
    Form(Verb.LIST_MOTION, Who.STAFF, Needs.MOTION, words=False, example="列入 3 #1"),
    Form(Verb.AGENDA, Who.ANYONE, Needs.MEETING, words=False, example="议事 议程 1"),
    Form(
        Verb.MINUTES, Who.STAFF, Needs.MEETING, words=True, example="议事 纪要 1 到会 23 户,先说了底楼的顾虑"
    ),
    Form(
        Verb.PUBLICITY,
        Who.ANYONE,
        Needs.PUBLICITY,
        words=False,
        example="公示 7天 加装电梯方案:2单元东侧加装",
    ),
    Form(
        Verb.OBJECT, Who.ANYONE, Needs.PUBLICITY, words=True, example="异议 4 挡了一楼采光", to_oneself=True
    ),
    Form(
        Verb.ANSWER_OBJECTION,
        Who.STAFF,
        Needs.NOTHING,
        words=True,
        example="回复异议 4-1 已请设计院看过,不挡光",
        to_oneself=True,
    ),
    Form(Verb.FOUR, Who.STAFF, Needs.NOTHING, words=False, example="四议 12 商议 支委会和居委会一起商量过"),
    Form(Verb.PUBLISH, Who.OFFICER, Needs.CASE, words=False, example="公开 12", to_oneself=True),
    Form(
        Verb.BALLOT,
        Who.ANYONE,
        Needs.BALLOT,
        words=False,
        example="表决 加装电梯 同意/反对/弃权 至 3月10日18:00 重大事项",
        to_oneself=True,
    ),
    Form(
        Verb.EXTEND_BALLOT, Who.STAFF, Needs.BALLOT, words=True, example="表决 延期 2 3月12日 参与的户数不够"
    ),
    Form(Verb.CANCEL_BALLOT, Who.STAFF, Needs.BALLOT, words=True, example="表决 取消 2 选项写错了"),
    Form(
        Verb.VOTE, Who.ANYONE, Needs.BALLOT, words=True, example="投票 2 同意", to_oneself=True, secret=True
    ),
    Form(
        Verb.ENTRUST,
        Who.ANYONE,
        Needs.BALLOT,
        words=True,
        example="委托 2 李四",
        to_oneself=True,
        secret=True,
    ),
    Form(
        Verb.AGREE_PROXY,
        Who.ANYONE,
        Needs.BALLOT,
        words=False,
        example="同意委托 2",
        to_oneself=True,
        secret=True,
    ),
    Form(Verb.PUT_OUT, Who.OFFICER, Needs.NOTHING, words=True, example="踢出 王二", to_oneself=True),
    Form(Verb.BAN, Who.OFFICER, Needs.NOTHING, words=True, example="封禁 王二 7天", to_oneself=True),
    Form(
        Verb.INVITE,
        Who.OFFICER,
        Needs.NOTHING,
        words=False,
        example="邀请 第一网格 7天 50人",
        to_oneself=True,
        again="邀请 3",
    ),
    Form(
        Verb.CANCEL_INVITATION, Who.OFFICER, Needs.THING, words=False, example="邀请 取消 3", to_oneself=True
    ),
    Form(Verb.AUDIT, Who.OFFICER, Needs.NOTHING, words=False, example="审计", to_oneself=True),
    Form(Verb.LIFT_BAN, Who.OFFICER, Needs.NOTHING, words=True, example="解封 王二", to_oneself=True),
    Form(Verb.UNDO, Who.DUTY, Needs.NOTHING, words=False, example="撤销"),
    Form(
        Verb.CALENDAR,
        Who.DUTY,
        Needs.NOTHING,
        words=False,
        example="日历",
        to_oneself=True,
        again="日历 停用",
    ),
    Form(Verb.BIND, Who.ANYONE, Needs.NOTHING, words=False, example="绑定 ABCD-EFGH-JKLM"),
)
