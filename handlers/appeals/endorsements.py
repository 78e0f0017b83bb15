"""What an endorsement says: how plainly, what thing it names, and whether that can be a case's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard

# “是啊”, “确实” may be said to anybody; these speak of one's own home, or are said to second.
_PLAIN = re.compile(
    r"\+1|[加算]我一个|附议|同求|同样的?问题|同问题|同遭遇|飘过|举双手"
    r"|(?:我|俺|咱|阿拉|本人|家|屋|楼|栋|幢|座|单元|这边|那边|这里|小区)\S{0,4}(?:也|都|亦|一样|同样)"
)
_THING = re.compile(
    r"(?:我|们|家|屋|楼|栋|幢|座|单元|边|里)[^\s,\uff0c。.!!?~]{0,4}?(?:也|都|亦)"
    r"(?!是|一样|这样|如此|遇|碰|闻|看|听|感觉|发现|同样|有(?:这|同|一)|$)(?P<thing>[^\s,\uff0c。.!!?~]{1,8})"
)
_EMPTY = frozenset("也都是没有不了的啊呀呢吧很太在得坏这那个一样家我们想要会到着过去来好又还就被把给跟和说看")
TELLING = 1.0  # a category that scores so much is named


def is_plain(heard: Heard) -> bool:
    """Whether it seconds by itself, and is not just a word of assent."""
    return _PLAIN.search(heard.address.text) is not None


def names(heard: Heard, case: Case) -> bool:
    """Whether an endorsement names a case's building, or its thing."""
    building = heard.understanding.place.building
    if building is not None and building == case.place.building:
        return True
    thing = _thing(heard)
    return bool(thing) and _is_of(thing, case)


def fits(heard: Heard, case: Case) -> bool:
    """Whether what an endorsement names, if anything, can be a case's matter: “我家也漏” is no rubbish."""
    thing = _thing(heard)
    if thing:
        return _is_of(thing, case)
    if is_plain(heard):
        return True
    scores = heard.house.understander.category_scores(heard.house.understander.hear(heard.address.text))
    best = max(scores, key=lambda name: scores[name], default=None)
    return best is None or scores[best] < TELLING or best == case.category


def _thing(heard: Heard) -> set[str]:
    found = _THING.search(heard.address.text)
    return set(found["thing"]) - _EMPTY if found else set()


def _is_of(thing: set[str], case: Case) -> bool:
    return bool(thing & set(case.summary + case.kind_name))
