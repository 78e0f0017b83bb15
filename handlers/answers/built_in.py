"""What the bot knows anyway: who is in charge, whose number is public, the next meeting, how to reach it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.people import Role
from handlers.answers.table import Known
from handlers.cases.in_charge import holders
from handlers.saying.days import day_and_time
from nlp.reading.jielong import heads_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.domain.activity import Activity
    from data.domain.areas import Area
    from handlers.context import Heard

_ASKS = (
    r"(?:请问|想问一?下?|咱们?|我们|这个?|小区|社区|的|是|在|有|啊|呀|呢|吗|哪位|哪家|哪个|哪里|谁|叫|什么|多少|都"
    r"|电话|号码|联系方式|怎么|联系|找|一下|[\s,，?？。!！])*"
)
_NEXT = r"(?:下一?次|最近一?次|下个|这次|这周|本周|周末|周[一二三四五六日天]|[今明][天晚]|[上下]午|晚上)*"
_WHEN, _PLACE = "什么时候|几点|哪天|啥时候", "什么地方|哪里|哪儿?"
_HOW_MANY = "哪些人|几个人|多少人|几家|几户|哪几家"
_DISCREET = re.compile(
    r"(?:请问|能不能|可以|可不可以|要|你们?|会不会|会|不用|别|不要|[\s,，])*(?:匿名|保密|(?:说|写|提|公开)(?:出)?我的?(?:名字|姓名|门牌|电话)"
    r"|(?:告诉|说给|让)(?:别人|邻居|他们|对方|楼上|物业)(?:知道)?(?:是我(?:说|投诉|反映)的)?|说出去|(?:说|讲|提|透露)(?:出去)?是?我(?:说|讲|投诉|反映|举报|提)?)(?:的|吗|么|吧|啊|哈|哦|[?？。!！])*"
)
_WHO_IT_IS = re.compile(
    r"(?:请问|[\s,，])*(?:你|哨子|这)(?:到底)?(?:是|叫)(?:个?(?:谁|啥|什么|哪位|机器人|真人|人工|活人|人|ai)|什么名字)(?:还是\S{1,4})?"
    r"(?:吗|么|啊|呀|来的|[?？。!！])*",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"(?:请问|你知道|告诉我|[\s,，])*(?P<who>\S{1,6}?)(?:家|他家)?的?"
    r"(?:(?:电话|手机号?码?|联系方式|微信)(?:号码|号)?(?:是)?(?:多少|几号)?|住(?:在)?(?:哪[里儿]?|几[栋楼号]\S{0,2})|家?在哪[里儿]?"
    r"|(?:的)?(?:住址|门牌号?|地址)(?:是)?(?:多少|哪里|几号)?)(?:[啊呀呢吗?？。])*"
)
_WHO_COMPLAINED = re.compile(
    r"(?:请问|想知道|最近|上次|刚才|昨天|这[件个]?事?|到底|是|都|有|[\s,，])*(?:谁|哪个|哪家|哪户|什么人)(?:人|家)?(?:最近|在|去|向社区|又)*"
    r"(?:投诉|举报|告|反映|告状|打的?小报告)(?:过|了|的)*(?:我|我们|我家|我们家|他|物业)?(?:的|了|过)*(?:[啊呀呢吗?？。])*"
)
_HUMAN = re.compile(
    r"(?:请|麻烦|帮我|我们?|想|要|给我|有没有|[\s,，])*(?:转|找|叫|换)?(?:一?个)?"
    r"(?:人工|真人|活人|客服|领导|负责人|管事的人?|社区的人)(?:客服|服务|吗|来|谈|说话?|[?？。!！])*"
    r"|(?:你们?|能不能|可以|可不可以|请|叫人|找人|[\s,，])*(?:打|回)个?电话(?:给我|来|过来|说)?(?:吗|吧|嘛|[?？。!！])*"
    r"|(?:我|年纪大|老年人|眼睛不好|[\s,，了])*(?:不会|不晓得怎么|不太会|打不来)(?:打字|写字|用手机|弄|用|操作)?(?:字|了|啊|[?？。!！])*"
)
LONGEST = 30
OF_THE_BOT = (
    "bot",
    "bot_is",
    "discreet",
    "human",
    "others",
    "complained",
)  # answered to who asks the bot, not among neighbours
ALONE = ("discreet", "human", "bot_is", "others", "complained")  # understood without a word that asks
_TABLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bot_is", _WHO_IT_IS),
    ("human", _HUMAN),
    ("leader", re.compile(rf"{_ASKS}网格(?:长|员){_ASKS}")),
    ("officer", re.compile(rf"{_ASKS}(?:社区)?(?:干部|书记|主任|居委会){_ASKS}")),
    ("property", re.compile(rf"{_ASKS}物业(?:公司|经理)?{_ASKS}")),
    (
        "meeting",
        re.compile(
            rf"{_ASKS}{_NEXT}(?:{_WHEN})?(?:再)?开?(?:的)?(?:议事会|居民会|会议|会)(?:是|在)?(?:{_WHEN}|{_PLACE})?(?:开始?)?{_ASKS}"
            rf"|{_ASKS}{_NEXT}(?:会议?)?在?(?:{_WHEN}|{_PLACE})(?:开(?:始|会)?|集合){_ASKS}"
            rf"|{_ASKS}{_NEXT}(?:议事会|会议?|开会)(?:是|在|定在)?(?:{_WHEN}|{_PLACE})(?:来着|来的|呢|啊)*{_ASKS}"
        ),
    ),
    (
        "coming",
        re.compile(
            rf"{_ASKS}(?:会议?|议事会)?都?(?:谁|{_HOW_MANY})都?(?:报名|参加|要?来|要?去)(?:开会|议事会|会议)?了?{_ASKS}"
        ),
    ),
    (
        "hours",
        re.compile(
            rf"{_ASKS}(?:社区|居委会|(?:党群|便民)?服务(?:中心|大厅))(?:办事|里|那边)?{_ASKS}"
            rf"(?:(?:什么时候|啥时候|几点)(?:才|开始)?(?:上班|下班|办公|办事|开门|关门)|(?:上班|办公|办事)的?时间)"
            rf"(?:到几点)?{_ASKS}"
        ),
    ),
    ("discreet", _DISCREET),
    ("complained", _WHO_COMPLAINED),
    ("bot", re.compile(rf"{_ASKS}(?:哨子|机器人|你){_ASKS}(?:用|联系|找|上报|报修)?{_ASKS}")),
    ("others", _OF_OTHERS),
)
_TABLE_ALONE = tuple(row for row in _TABLE if row[0] in ALONE)
_WHO = re.compile(
    r"谁|哪位|哪家|哪个|叫什么|电话|号码|联系|怎么找|怎么用|怎么报|上班时间|办公时间"
    rf"|{_WHEN}|{_PLACE}|{_HOW_MANY}"
)


def asks(question: str) -> bool:
    """Whether a text asks for what is known anyway, though it be no sentence: 物业电话, 社区上班时间."""
    text = question.strip()
    return len(text) <= LONGEST and _name(text) is not None


def known(heard: Heard, area: Area, question: str) -> Known | None:
    """Return what is known anyway of what a question asks."""
    text = question.strip()
    name = _name(text) if len(text) <= LONGEST else None
    said = _READERS[name](heard, area) if name is not None else ""
    if name == "others" and not _is_a_neighbour(heard, text):
        return None
    return Known(f"b:{name}:{area.id}", said, sure=name not in OF_THE_BOT) if said else None


def _name(text: str) -> str | None:
    """Return what of the table a text asks for."""
    table = _TABLE if _WHO.search(text) else _TABLE_ALONE
    return next((name for name, pattern in table if pattern.fullmatch(text)), None)


def _leader(heard: Heard, area: Area) -> str:
    return _people(heard, area, (Role.GRID_LEADER,), "grid_leader")


def _officer(heard: Heard, area: Area) -> str:
    return _people(heard, area, (Role.OFFICER,), "officer")


def _people(heard: Heard, area: Area, roles: tuple[Role, ...], role: str) -> str:
    texts = heard.house.texts
    names = []
    for _, person in holders(heard, area.id, roles):
        phone = heard.uow.people.public_phone(person.id)
        names.append(person.name + (texts("answers.phone", phone=phone) if phone else ""))
    return texts("answers.people", role=texts(f"role.{role}"), names="、".join(names)) if names else ""


def _human(heard: Heard, area: Area) -> str:
    people = _leader(heard, area) + _officer(heard, area)
    return heard.house.texts("answers.human", people=people) if people else ""


def _property(heard: Heard, area: Area) -> str:
    texts = heard.house.texts
    near = [
        o
        for o in heard.uow.organisations.all_of_them()
        if o.kind == "property" and o.area_id is not None and heard.uow.areas.covers(o.area_id, area.id)
    ]
    names = []
    for one in near:
        phone = heard.uow.organisations.public_phone(one.id)
        names.append(one.name + (texts("answers.phone", phone=phone) if phone else ""))
    return texts("answers.property", names="、".join(names)) if names else ""


def _next_meeting(heard: Heard, area: Area) -> Activity | None:
    community = heard.uow.areas.community_of(area.id) or area
    covers = heard.uow.areas.covers
    ahead = [
        a
        for a in heard.uow.activities.ahead(community.id, heard.now)
        if a.is_meeting and (covers(a.area_id, area.id) or covers(area.id, a.area_id))
    ]
    return ahead[0] if ahead else None


def _coming(heard: Heard, area: Area) -> str:
    one = _next_meeting(heard, area)
    if one is None:
        return heard.house.texts("answers.no_meeting")
    count = sum(heads_of(name.name) for name in heard.uow.activities.names(one.id) if not name.waiting)
    return heard.house.texts("answers.coming", number=one.number, topic=one.topic, count=count)


def _meeting(heard: Heard, area: Area) -> str:
    one = _next_meeting(heard, area)
    if one is None:
        return heard.house.texts("answers.no_meeting")
    time = day_and_time(heard, one.starts_at)
    return heard.house.texts(
        "answers.meeting", number=one.number, topic=one.topic, time=time, place=one.place
    )


def _hours(heard: Heard, _area: Area) -> str:
    opens, closes = heard.policy.work.opens, heard.policy.work.closes
    return heard.house.texts("answers.office_hours", opens=f"{opens:%H:%M}", closes=f"{closes:%H:%M}")


def _discreet(heard: Heard, _area: Area) -> str:
    return heard.house.texts("answers.discreet")


def _others(heard: Heard, _area: Area) -> str:
    return heard.house.texts("answers.others")


def _is_a_neighbour(heard: Heard, question: str) -> bool:
    """Whether a question asks after somebody who is known here and holds no duty: nothing is told of them."""
    found, people = _OF_OTHERS.fullmatch(question), heard.uow.people
    if found is None:
        return False
    known = [people.get(one.person_id) for one in people.accounts_named(found["who"])]
    known += people.on_roster(found["who"])
    return bool(known) and not any(one.organisation_id or people.duties(one.id) for one in known)


def _bot(heard: Heard, _area: Area) -> str:
    return heard.house.texts("answers.bot", bot=heard.policy.bot_name)


def _bot_is(heard: Heard, _area: Area) -> str:
    return heard.house.texts("answers.bot_is", bot=heard.policy.bot_name)


_READERS: dict[str, Callable[[Heard, Area], str]] = {
    "leader": _leader,
    "officer": _officer,
    "property": _property,
    "meeting": _meeting,
    "coming": _coming,
    "hours": _hours,
    "discreet": _discreet,
    "others": _others,
    "complained": _others,
    "human": _human,
    "bot": _bot,
    "bot_is": _bot_is,
}
