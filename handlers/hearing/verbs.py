"""What commands there are, whose they are, what they speak about, what may be switched off (design, §6)."""

from __future__ import annotations

from enum import StrEnum

from data.domain.community import LifePart


class Who(StrEnum):
    """Who may give a command: everybody, or those with some duty."""

    ANYONE = "anyone"
    STAFF = "staff"
    HANDLER = "handler"  # staff of the area, or the one the case is assigned to
    OFFICER = "officer"
    MEDIATOR = "mediator"  # or an officer
    RESPONDER = "responder"  # a member of an organisation
    DUTY = "duty"  # everyone with a duty or an organisation


class Needs(StrEnum):
    """What a command must be about: a case, a meeting, nothing …"""

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
    INVITE = "邀请"
    CANCEL_INVITATION = "邀请取消"
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
    URGE = "催办"
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
    MASK_GOOD = "好人打码"
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
    CALENDAR = "日历"
    PUBLISH = "公开"
    CHANGE_RULES = "改规则"
    CHANGE_WORDINGS = "改用语"


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
            Verb.MASK_GOOD,
        ),
        LifePart.ANSWERS: (Verb.ASK, Verb.ANSWERS, Verb.SAVE_ANSWER),
        LifePart.WISHES: (Verb.WISH, Verb.PUBLISH_WISH, Verb.WISH_DONE),
    }.items()
    for verb in verbs
}
