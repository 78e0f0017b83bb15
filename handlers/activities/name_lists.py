"""Whether a numbered list says who comes: price lists, notices, minutes and complaints are numbered, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.hearing import Outcome
from handlers.hearing.outcome import outcome
from nlp.reading.jielong import jielong_in, who
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from data.domain.activity import Activity, SignUp
    from handlers.context import Heard
    from nlp.reading.jielong import Jielong


# What a list of any meeting or activity may say above the names.
_EVERY_LIST = re.compile(
    r"接龙|报名|参加|签到|名单|统计|人员|大家|各位|邻居们?|请|要|想|能|来|去|的|了|在|下面|这里|继续|一下|把|复制|开会|会议|议事会?|居民会?|活动|本次|这次"
    r"|周[一二三四五六日天末]|[今明后]天|[上下]午|早上|晚上|中午|[\d一二三四五六七八九十]+[月日号点时半]|[\W\d_]+"
)
_SOLD = re.compile("团购|拼单|拼团|代购|[斤箱盒份元块]|价")


def list_in(heard: Heard) -> Jielong | None:
    """Return the list of names in a message; an emergency, or an appeal, is heard before any list."""
    found = jielong_in(heard.address.text)
    if found is None or heard.understanding.urgency is Urgency.EMERGENCY:
        return None
    return found if found.says_so or outcome(heard, heard.understanding) is not Outcome.SURE else None


def is_for(heard: Heard, activity: Activity, said: Jielong) -> bool:
    """Whether a list is of those who come: by its word, what it names, or the names before.

    One that names something else (团购鸡蛋接龙) is of that, whoever stands on it.
    """
    if activity.topic and activity.topic in said.topic:
        return True
    if named := _EVERY_LIST.sub("", said.topic):
        about = f"{activity.topic}{activity.place}"
        if said.says_so or _SOLD.search(said.topic):
            return any(named[n : n + 2] in about for n in range(len(named) - 1))
    elif said.says_so:
        return True
    entries = {who(name) for name in said.names} | set(said.not_coming)
    return any(who(sign_up.name) in entries for sign_up in heard.uow.activities.names(activity.id))


def is_gone(heard: Heard, one: SignUp, known: list[SignUp], said: Jielong, listed: dict[str, str]) -> bool:
    """Whether somebody on the list is off it with the next one, or stands there with another count.

    Who signed up by 报名 stays but by their own word. Whom the last list added, and this one has others in
    their place, wrote at the same moment: nobody took them off.
    """
    name = who(one.name)
    if name in said.not_coming:
        return True
    if name in listed:
        return one.person_id is None and listed[name] != one.name
    if one.person_id not in (None, heard.person.id):
        return False
    new = [n for n in listed if n not in {who(s.name) for s in known}]
    last = [s for s in known if s.person_id is None and who(s.name) not in listed][-len(new) :] if new else []
    tail = {who(s.name) for s in known[-len(last) :]} if last else set()
    return not (one in last and name in tail)
