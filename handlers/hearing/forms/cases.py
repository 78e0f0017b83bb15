"""The forms of what moves a case, and of what one asks for oneself (design, §6)."""

from __future__ import annotations

from data.domain.references import Several
from handlers.hearing.forms.form import Form
from handlers.hearing.verbs import Needs, Verb, Who

OF_CASES: tuple[Form, ...] = (
    Form(Verb.HELP, Who.ANYONE, Needs.NOTHING, words=False, example="帮助", also=("help", "?", "？")),
    Form(
        Verb.PROGRESS,
        Who.ANYONE,
        Needs.CASE_OR_NOTHING,
        words=False,
        example="进度 12",
        also=("查询",),
        several=Several.FREELY,
    ),
    Form(Verb.MINE, Who.ANYONE, Needs.NOTHING, words=False, example="我的诉求", to_oneself=True),
    Form(Verb.WITHDRAW, Who.ANYONE, Needs.CASE, words=False, example="撤回 12", several=Several.FREELY),
    Form(Verb.SECOND, Who.ANYONE, Needs.CASE, words=False, example="附议 12", several=Several.FREELY),
    Form(Verb.RATE, Who.ANYONE, Needs.CASE, words=True, example="评价 12 满意", several=Several.LISTED),
    Form(Verb.SIGN_UP, Who.ANYONE, Needs.ACTIVITY, words=False, example="报名"),
    Form(Verb.SIGN_OFF, Who.ANYONE, Needs.ACTIVITY, words=False, example="取消报名"),
    Form(Verb.MY_DATA, Who.ANYONE, Needs.NOTHING, words=False, example="我的数据", to_oneself=True),
    Form(
        Verb.DELETE_MY_DATA, Who.ANYONE, Needs.NOTHING, words=False, example="删除我的数据", to_oneself=True
    ),
    Form(Verb.CORRECT, Who.ANYONE, Needs.CASE, words=True, example="更正 12 是4栋的电梯,不是3栋"),
    Form(Verb.ACCEPT, Who.HANDLER, Needs.CASE, words=False, example="受理 12", several=Several.FREELY),
    Form(
        Verb.REJECT,
        Who.STAFF,
        Needs.CASE,
        words=True,
        example="不受理 12 不属于社区职责,请拨打12345",
        also=("不予受理",),
        several=Several.FREELY,
    ),
    Form(
        Verb.ASSIGN,
        Who.STAFF,
        Needs.CASE,
        words=True,
        example="派单 12 万邦物业",
        also=("派给", "转派"),
        several=Several.FREELY,
    ),
    Form(
        Verb.NOTE,
        Who.HANDLER,
        Needs.CASE,
        words=True,
        example="办理 12 师傅下午到",
        also=("反馈", "进展"),
        several=Several.FREELY,
    ),
    Form(
        Verb.RESOLVE,
        Who.HANDLER,
        Needs.CASE,
        words=True,
        example="办结 12 已更换主板,恢复运行",
        also=("结案",),
        several=Several.FREELY,
    ),
    Form(
        Verb.HAND_BACK,
        Who.HANDLER,
        Needs.CASE,
        words=True,
        example="退单 12 不归我们管,应找供电所",
        several=Several.FREELY,
    ),
    Form(
        Verb.RECLASSIFY, Who.STAFF, Needs.CASE, words=True, example="改类 12 消防隐患", several=Several.FREELY
    ),
    Form(
        Verb.NOT_APPEAL,
        Who.STAFF,
        Needs.CASE,
        words=False,
        example="不是诉求 12",
        also=("这不是诉求",),
        several=Several.FREELY,
    ),
    Form(Verb.REGRADE, Who.STAFF, Needs.CASE, words=True, example="转级 12 大事", several=Several.FREELY),
    Form(Verb.MERGE, Who.STAFF, Needs.CASE, words=True, example="并案 13 12", several=Several.FREELY),
    Form(Verb.URGE, Who.STAFF, Needs.CASE, words=False, example="催办 12", several=Several.FREELY),
    Form(Verb.REOPEN, Who.STAFF, Needs.CASE, words=True, example="重办 12 又坏了", several=Several.FREELY),
    Form(Verb.TODO, Who.DUTY, Needs.NOTHING, words=False, example="待办", to_oneself=True),
    Form(
        Verb.STATISTICS,
        Who.STAFF,
        Needs.NOTHING,
        words=False,
        example="统计 本周",
        again="统计 上月 第一网格",
    ),
)
