"""The table of commands: what each is called, what it needs, who may give it (design, §6)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from data.domain.community import LifePart
from data.domain.references import Several


class Who(StrEnum):
    """Whose a command is."""

    ANYONE = "anyone"
    STAFF = "staff"
    HANDLER = "handler"  # staff of the area, or the one the case is assigned to
    OFFICER = "officer"
    MEDIATOR = "mediator"  # or an officer
    RESPONDER = "responder"  # a member of an organisation
    DUTY = "duty"  # everyone with a duty or an organisation


class Needs(StrEnum):
    """What a command speaks about."""

    CASE = "case"
    CASE_OR_NOTHING = "case_or_nothing"
    MEETING = "meeting"
    ACTIVITY = "activity"  # a meeting, too, where that is what takes names
    NOTICE = "notice"
    THING = "thing"  # what else has a number: a wish, an exchange, a call
    BALLOT = "ballot"
    MOTION = "motion"
    PUBLICITY = "publicity"
    NOTHING = "nothing"


class Verb(StrEnum):
    """Every command; the value is the word people say."""

    HELP = "帮助"
    PROGRESS = "进度"
    MINE = "我的诉求"
    WITHDRAW = "撤回"
    SECOND = "附议"
    RATE = "评价"
    SIGN_UP = "报名"
    SIGN_OFF = "取消报名"
    MY_DATA = "我的数据"
    DELETE_MY_DATA = "删除我的数据"
    CORRECT = "更正"
    PUT_OUT = "踢出"
    BAN = "封禁"
    LIFT_BAN = "解封"
    AUDIT = "审计"
    ACCEPT = "受理"
    REJECT = "不受理"
    ASSIGN = "派单"
    NOTE = "办理"
    RESOLVE = "办结"
    HAND_BACK = "退单"
    RECLASSIFY = "改类"
    NOT_APPEAL = "不是诉求"
    REGRADE = "转级"
    MERGE = "并案"
    REOPEN = "重办"
    TODO = "待办"
    STATISTICS = "统计"
    CALL_MEETING = "议事"
    MOVE_MEETING = "议事改期"
    CANCEL_MEETING = "议事取消"
    PLAN_VISIT = "走访计划"
    RECORD_VISIT = "走访记录"
    WHISTLE = "吹哨"
    CHECK_IN = "报到"
    RETURN_PART = "退哨"
    END_WHISTLE = "销哨"
    PATROL = "巡查"
    NOTICE = "通知"
    NOTICE_STATUS = "通知回执"
    WITHDRAW_NOTICE = "通知撤回"
    MEDIATE = "调解"
    SHIFT = "值班"
    CANCEL_SHIFT = "值班取消"
    SUPERVISE = "督办"
    DEFER = "挂账"
    RESUME = "恢复"
    AWAIT_MEETING = "上会"
    DECIDE = "议事决议"
    SIGN_IN = "签到"
    BUILDING_DAY = "楼栋日"
    SERVICE_DAY = "服务日"
    ACTIVITY = "活动"
    ACTIVITIES = "活动安排"
    MOVE_ACTIVITY = "活动改期"
    CANCEL_ACTIVITY = "活动取消"
    NOTE_ACTIVITY = "活动记"
    END_ACTIVITY = "活动结束"
    COME = "来"
    NOT_COMING = "不来"
    VOLUNTEER = "志愿"
    LOOK_FOR_HELP = "找志愿者"
    TAKE_HELP = "接"
    HELP_DONE = "志愿完成"
    POINTS = "积分"
    ADD_POINTS = "加分"
    DEDUCT_POINTS = "扣分"
    EXCHANGE = "兑换"
    HAND_OUT = "兑换发放"
    CANCEL_EXCHANGE = "兑换取消"
    WISH = "心愿"
    PUBLISH_WISH = "心愿发布"
    WISH_DONE = "心愿完成"
    CLAIM = "认领"
    ASK = "问"
    ANSWERS = "问答"
    SAVE_ANSWER = "存"
    LIST_VISITS = "走访名单"
    CANCEL_VISIT = "走访取消"
    LOOK_UP_VISITS = "走访查"
    VISIT_COVERAGE = "走访覆盖"
    PAIR = "联户"
    MY_PAIRS = "我的联系户"
    PARTY_MEMBER = "党员报到"
    CLAIMABLE = "可认领"
    NECESSARY = "必到"
    ARRIVED = "到了"
    ON_BEHALF = "代报"
    ELECTION = "评选"
    ELECTION_LIST = "评选名单"
    ELECTION_VOTE = "评选投票"
    NOMINATE = "推荐"
    GOOD_PERSON = "好人"
    PUBLISH_GOOD = "好人发布"
    REGISTER = "登记"
    CONFIRM_RESIDENT = "确认住户"
    NOT_RESIDENT = "不是住户"
    MOTION = "议题"
    SUPPORT = "支持"
    LIST_MOTION = "列入"
    AGENDA = "议事议程"
    MINUTES = "议事纪要"
    PUBLICITY = "公示"
    OBJECT = "异议"
    ANSWER_OBJECTION = "回复异议"
    FOUR = "四议"
    BALLOT = "表决"
    EXTEND_BALLOT = "表决延期"
    CANCEL_BALLOT = "表决取消"
    VOTE = "投票"
    ENTRUST = "委托"
    AGREE_PROXY = "同意委托"
    UNDO = "撤销"
    BIND = "绑定"
    PUBLISH = "公开"


class Form(NamedTuple):
    """How a command is said: its words, what it is about, whether words follow, and a right example."""

    verb: Verb
    who: Who
    needs: Needs
    words: bool  # must be followed by words
    example: str
    also: tuple[str, ...] = ()
    to_oneself: bool = False  # the answer concerns the one who asks: it is given in private
    by_number: bool = False  # an everyday word (来, 接): no command without its number
    secret: bool = False  # its words are kept nowhere, and what is wrong with it is said in private
    several: Several = Several.NO  # how freely several numbers may stand after it
    again: str = ""  # another right example, where none can be made of the first (帮助 …)
    numbered: Verb | None = None  # what it is if nothing but a number (and 未回复) follows: 通知 5


FORMS: tuple[Form, ...] = (
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
    Form(
        Verb.CALL_MEETING,
        Who.STAFF,
        Needs.NOTHING,
        words=True,
        example="议事 周六晚上7点半 党群服务中心 加装电梯",
        again="议事 3月10日 19:30-21:00 3栋院坝 楼道充电",
    ),
    Form(Verb.MOVE_MEETING, Who.STAFF, Needs.MEETING, words=True, example="议事 改期 1 周日晚上7点半"),
    Form(Verb.CANCEL_MEETING, Who.STAFF, Needs.MEETING, words=False, example="议事 取消 1"),
    Form(
        Verb.PLAN_VISIT,
        Who.STAFF,
        Needs.NOTHING,
        words=True,
        example="走访 计划 李敏 3栋 每月",
        again="走访 计划 3栋2单元501 王奶奶 每周五",
    ),
    Form(
        Verb.RECORD_VISIT,
        Who.STAFF,
        Needs.NOTHING,
        words=True,
        example="走访 记录 3栋501 王奶奶 一切都好",
        again="3栋501走访了,水管漏水",
    ),
    Form(
        Verb.WHISTLE,
        Who.OFFICER,
        Needs.CASE,
        words=True,
        example="吹哨 12 城管局,燃气公司 占道烧烤堵了通道",
        several=Several.FREELY,
    ),
    Form(Verb.CHECK_IN, Who.RESPONDER, Needs.CASE, words=False, example="报到 12", several=Several.FREELY),
    Form(
        Verb.RETURN_PART,
        Who.RESPONDER,
        Needs.CASE,
        words=True,
        example="退哨 12 不是我们的管网",
        several=Several.FREELY,
    ),
    Form(Verb.END_WHISTLE, Who.OFFICER, Needs.CASE, words=False, example="销哨 12", several=Several.LISTED),
    Form(
        Verb.PATROL,
        Who.STAFF,
        Needs.NOTHING,
        words=True,
        example="巡查 3栋 消防通道堵塞",
        again="巡查 5栋2单元 楼道堆了杂物",
    ),
    Form(
        Verb.NOTICE,
        Who.OFFICER,
        Needs.NOTHING,
        words=True,
        example="通知 第一网格,第二网格 明天 9 点到 12 点停水",
        again="通知 全部 周六上午大扫除",
        numbered=Verb.NOTICE_STATUS,
    ),
    Form(
        Verb.NOTICE_STATUS,
        Who.OFFICER,
        Needs.NOTICE,
        words=False,
        example="通知 5 未回复",
        also=("查看通知",),
    ),
    Form(Verb.WITHDRAW_NOTICE, Who.OFFICER, Needs.NOTICE, words=False, example="通知 撤回 5"),
    Form(
        Verb.MEDIATE,
        Who.MEDIATOR,
        Needs.CASE,
        words=True,
        example="调解 12 记录 双方同意夜里不打牌",
        several=Several.LISTED,
    ),
    Form(
        Verb.SHIFT,
        Who.STAFF,
        Needs.NOTHING,
        words=False,
        example="值班 李敏 今天 8:00-20:00",
        again="值班 第一网格 李敏 周六 20:00-次日8:00",
        to_oneself=True,
    ),
    Form(
        Verb.CANCEL_SHIFT,
        Who.STAFF,
        Needs.NOTHING,
        words=True,
        example="值班 取消 李敏 今天",
        to_oneself=True,
    ),
    Form(
        Verb.SUPERVISE,
        Who.OFFICER,
        Needs.CASE,
        words=False,
        example="督办 12 至 3月10日 请抓紧",
        to_oneself=True,
        several=Several.DATED,
    ),
    Form(
        Verb.DEFER,
        Who.OFFICER,
        Needs.CASE,
        words=True,
        example="挂账 12 至 3月20日 等配件到货",
        several=Several.DATED,
    ),
    Form(Verb.RESUME, Who.OFFICER, Needs.CASE, words=False, example="恢复 12", several=Several.FREELY),
    Form(
        Verb.AWAIT_MEETING,
        Who.STAFF,
        Needs.CASE,
        words=False,
        example="上会 12 #1",
        also=("提请议事",),
        several=Several.LISTED,
    ),
    Form(Verb.DECIDE, Who.STAFF, Needs.MEETING, words=True, example="议事 决议 1 同意加装,费用按层分摊 #12"),
    Form(Verb.SIGN_IN, Who.ANYONE, Needs.ACTIVITY, words=False, example="签到", to_oneself=True),
    Form(
        Verb.BUILDING_DAY,
        Who.STAFF,
        Needs.NOTHING,
        words=True,
        example="楼栋日 3栋 周五上午9点 院坝 物业,城管局",
        also=("楼栋工作日",),
    ),
    Form(
        Verb.SERVICE_DAY,
        Who.STAFF,
        Needs.NOTHING,
        words=True,
        example="服务日 每月15日9点 党群服务中心 律师,社区医生",
    ),
    Form(
        Verb.ACTIVITY,
        Who.STAFF,
        Needs.NOTHING,
        words=True,
        example="活动 周六上午9点 广场 大扫除 招10人 积分2",
        numbered=Verb.ACTIVITIES,
    ),
    Form(Verb.ACTIVITIES, Who.ANYONE, Needs.ACTIVITY, words=False, example="活动安排"),
    Form(Verb.MOVE_ACTIVITY, Who.STAFF, Needs.ACTIVITY, words=True, example="活动 改期 5 周日上午9点"),
    Form(Verb.CANCEL_ACTIVITY, Who.STAFF, Needs.ACTIVITY, words=False, example="活动 取消 5"),
    Form(
        Verb.NOTE_ACTIVITY,
        Who.STAFF,
        Needs.ACTIVITY,
        words=True,
        example="活动 记 5 二楼消防门坏了",
        to_oneself=True,
    ),
    Form(Verb.END_ACTIVITY, Who.STAFF, Needs.ACTIVITY, words=True, example="活动 结束 5 清了三个楼道"),
    Form(Verb.COME, Who.RESPONDER, Needs.ACTIVITY, words=False, example="来 5", by_number=True),
    Form(
        Verb.NOT_COMING,
        Who.RESPONDER,
        Needs.ACTIVITY,
        words=False,
        example="不来 5 那天有任务",
        by_number=True,
    ),
    Form(Verb.VOLUNTEER, Who.ANYONE, Needs.NOTHING, words=False, example="志愿 水电,理发", to_oneself=True),
    Form(
        Verb.LOOK_FOR_HELP,
        Who.STAFF,
        Needs.NOTHING,
        words=True,
        example="找志愿者 取药 3栋501 明天上午",
        to_oneself=True,
    ),
    Form(
        Verb.TAKE_HELP, Who.ANYONE, Needs.THING, words=False, example="接 7", to_oneself=True, by_number=True
    ),
    Form(Verb.HELP_DONE, Who.STAFF, Needs.THING, words=True, example="志愿 完成 7 2小时", to_oneself=True),
    Form(Verb.POINTS, Who.ANYONE, Needs.NOTHING, words=False, example="积分"),
    Form(Verb.ADD_POINTS, Who.STAFF, Needs.NOTHING, words=True, example="加分 刘婶 2 清楼道"),
    Form(Verb.DEDUCT_POINTS, Who.STAFF, Needs.NOTHING, words=True, example="扣分 刘婶 1 记错了"),
    Form(Verb.EXCHANGE, Who.ANYONE, Needs.NOTHING, words=False, example="兑换 洗衣液", to_oneself=True),
    Form(Verb.HAND_OUT, Who.STAFF, Needs.THING, words=False, example="兑换 发放 3"),
    Form(Verb.CANCEL_EXCHANGE, Who.ANYONE, Needs.THING, words=False, example="兑换 取消 3"),
    Form(Verb.WISH, Who.ANYONE, Needs.NOTHING, words=False, example="心愿 一副老花镜"),
    Form(Verb.PUBLISH_WISH, Who.OFFICER, Needs.THING, words=False, example="心愿 发布 6"),
    Form(Verb.CLAIM, Who.ANYONE, Needs.THING, words=False, example="认领 心愿6"),
    Form(Verb.WISH_DONE, Who.ANYONE, Needs.THING, words=False, example="心愿 完成 6 已送到"),
    Form(Verb.ASK, Who.ANYONE, Needs.NOTHING, words=True, example="问 停车费怎么交"),
    Form(
        Verb.ANSWERS,
        Who.STAFF,
        Needs.NOTHING,
        words=False,
        example="问答 加 停车费,月租 | 每月 200 元",
    ),
    Form(Verb.SAVE_ANSWER, Who.STAFF, Needs.NOTHING, words=False, example="存"),
    Form(Verb.LIST_VISITS, Who.STAFF, Needs.NOTHING, words=False, example="走访 名单", to_oneself=True),
    Form(
        Verb.CANCEL_VISIT, Who.STAFF, Needs.NOTHING, words=True, example="走访 取消 3栋501", to_oneself=True
    ),
    Form(
        Verb.LOOK_UP_VISITS, Who.STAFF, Needs.NOTHING, words=True, example="走访 查 3栋501", to_oneself=True
    ),
    Form(
        Verb.VISIT_COVERAGE, Who.STAFF, Needs.NOTHING, words=False, example="走访 覆盖 本季", to_oneself=True
    ),
    Form(Verb.PAIR, Who.OFFICER, Needs.NOTHING, words=True, example="联户 李敏 3栋2单元501,502"),
    Form(Verb.MY_PAIRS, Who.ANYONE, Needs.NOTHING, words=False, example="我的联系户", to_oneself=True),
    Form(
        Verb.PARTY_MEMBER,
        Who.ANYONE,
        Needs.NOTHING,
        words=True,
        example="党员报到 3栋 特长 法律",
        to_oneself=True,
    ),
    Form(Verb.CLAIMABLE, Who.STAFF, Needs.CASE, words=False, example="可认领 12"),
    Form(Verb.NECESSARY, Who.STAFF, Needs.NOTHING, words=False, example="必到 3栋501 红白 老人走了"),
    Form(Verb.ARRIVED, Who.ANYONE, Needs.THING, words=False, example="到了 8 都安顿好了", by_number=True),
    Form(Verb.ON_BEHALF, Who.STAFF, Needs.NOTHING, words=True, example="代报 王奶奶 3栋501 停水两天了"),
    Form(
        Verb.ELECTION,
        Who.ANYONE,
        Needs.THING,
        words=False,
        example="评选 五好楼栋 推荐至 3月10日 投票至 3月20日 名额3",
    ),
    Form(Verb.ELECTION_LIST, Who.OFFICER, Needs.THING, words=True, example="评选 名单 1 3栋,5栋,7栋"),
    Form(
        Verb.ELECTION_VOTE,
        Who.ANYONE,
        Needs.THING,
        words=True,
        example="评选 投票 1 3栋,5栋",
        to_oneself=True,
        secret=True,
    ),
    Form(Verb.NOMINATE, Who.ANYONE, Needs.NOTHING, words=True, example="推荐 五好楼栋 3栋 楼道干净"),
    Form(Verb.GOOD_PERSON, Who.ANYONE, Needs.NOTHING, words=False, example="好人 刘婶 照顾独居老人"),
    Form(Verb.PUBLISH_GOOD, Who.OFFICER, Needs.THING, words=False, example="好人 发布 4"),
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
    Form(Verb.AUDIT, Who.OFFICER, Needs.NOTHING, words=False, example="审计", to_oneself=True),
    Form(Verb.LIFT_BAN, Who.OFFICER, Needs.NOTHING, words=True, example="解封 王二", to_oneself=True),
    Form(Verb.UNDO, Who.DUTY, Needs.NOTHING, words=False, example="撤销"),
    Form(Verb.BIND, Who.ANYONE, Needs.NOTHING, words=False, example="绑定 ABCD-EFGH-JKLM"),
)

FORM_OF: dict[Verb, Form] = {form.verb: form for form in FORMS}

# What a place may switch off, and the commands that are off with it.
PART_OF: dict[Verb, LifePart] = {
    verb: part
    for part, verbs in {
        LifePart.ACTIVITIES: (
            Verb.BUILDING_DAY,
            Verb.SERVICE_DAY,
            Verb.ACTIVITY,
            Verb.ACTIVITIES,
            Verb.MOVE_ACTIVITY,
            Verb.CANCEL_ACTIVITY,
            Verb.NOTE_ACTIVITY,
            Verb.END_ACTIVITY,
            Verb.COME,
            Verb.NOT_COMING,
        ),
        LifePart.VOLUNTEERS: (Verb.VOLUNTEER, Verb.LOOK_FOR_HELP, Verb.TAKE_HELP, Verb.HELP_DONE),
        LifePart.POINTS: (
            Verb.POINTS,
            Verb.ADD_POINTS,
            Verb.DEDUCT_POINTS,
            Verb.EXCHANGE,
            Verb.HAND_OUT,
            Verb.CANCEL_EXCHANGE,
        ),
        LifePart.PAIRS: (Verb.PAIR, Verb.MY_PAIRS, Verb.PARTY_MEMBER, Verb.CLAIMABLE),
        LifePart.ELECTIONS: (
            Verb.ELECTION,
            Verb.ELECTION_LIST,
            Verb.ELECTION_VOTE,
            Verb.NOMINATE,
            Verb.GOOD_PERSON,
            Verb.PUBLISH_GOOD,
        ),
        LifePart.ANSWERS: (Verb.ASK, Verb.ANSWERS, Verb.SAVE_ANSWER),
        LifePart.WISHES: (Verb.WISH, Verb.PUBLISH_WISH, Verb.WISH_DONE),
    }.items()
    for verb in verbs
}
