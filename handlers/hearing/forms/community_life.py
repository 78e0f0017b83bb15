"""The forms of community life: activities, volunteers, points, wishes, answers, pairs, elections."""

from __future__ import annotations

from handlers.hearing.forms.form import Form
from handlers.hearing.verbs import Needs, Verb, Who

OF_LIFE: tuple[Form, ...] = (
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
    Form(Verb.MASK_GOOD, Who.ANYONE, Needs.THING, words=False, example="好人 打码 4", to_oneself=True),
    Form(Verb.PUBLISH_GOOD, Who.OFFICER, Needs.THING, words=False, example="好人 发布 4"),
)
