"""What staff say plainly while they quote a case: “好了” is 办结, “收到” is 受理, “这不是诉求” 不是诉求."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.case import WORKABLE, State
from handlers.hearing.grammar import Command
from handlers.hearing.lookup import quoted_cases
from handlers.hearing.verbs import Verb
from handlers.texts.punctuation import without_marks

if TYPE_CHECKING:
    from handlers.context import Heard

_DONE = re.compile(
    r"(?:已经?|都|全部|刚刚?)?(?:修|弄|搞|处理|解决|办|换|清理|疏通|打扫|恢复|维修)?(?:好|完|完成|完毕|定|妥|通|掉|解决|恢复|办结)(?:了|啦|咯|喽)?"
    r"|(?:已经?)(?:修复|处理|解决|恢复|更换|清理|完成|办结|疏通)(?:完毕|完成|正常)?了?|搞定了?"
)
_TAKEN = re.compile(
    r"(?:好的?[,,]?)?(?:收到|我来|我去看看?|马上(?:来|到|去|处理)|这就(?:来|去))(?:处理)?[了啦]?"
)
_NO_APPEAL = re.compile(r"(?:这|那)?(?:一?[个条句件])?(?:不是|不算)(?:什么)?(?:诉求|上报|报修)")


def read_plain(heard: Heard) -> Command | None:
    """Return the command that plain words mean on the one case that is quoted."""
    cases = quoted_cases(heard)
    text = without_marks(heard.address.text)
    if len(cases) != 1 or not text:
        return None
    head = re.split(r"[,,。;;!! ]", text, maxsplit=1)[0]
    if cases[0].is_open and _NO_APPEAL.fullmatch(text):
        return Command(Verb.NOT_APPEAL, None, "")
    if cases[0].state in WORKABLE and _DONE.fullmatch(head):
        return Command(Verb.RESOLVE, None, text)
    if cases[0].state is State.REPORTED and _TAKEN.fullmatch(head):
        return Command(Verb.ACCEPT, None, "")
    return None
