"""What an endorsement says: how plainly, what thing it names, and whether that can be a case's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard

# They speak of one's own home, or are said to second.
_PLAIN = re.compile(
    r"\+1|[加算]我一个|附议|同求|同样的?问题|同问题|同遭遇|飘过|举双手"
    r"|(?:我|俺|咱|阿拉|本人|家|屋|楼|栋|幢|座|单元|这边|那边|这里|小区)[^\s,\uff0c。对跟和]{0,4}(?:也|都|亦|一样|同样)"
)
# These may be said to anybody about anything: they second only what was said right before.
_ASSENT = re.compile(
    r"(?:(?:强烈)?支持|顶一?[下个]?|赞[成同]|同[意感上]|确实是?|是啊|对[啊头]|没错|就是|说得对|唉)[啊呀哦了。.!!~👍]*"
)
# They speak of who does nothing, not of what is wrong: a word on what was just said, if anything was.
_GRUMBLE = re.compile(
    r"(?:[这那]|你们|我们|就是|真是|反正|[唉哎啊呀,\uff0c ])*"
    r"(?:物业|社区|居委会|业委会|他们|保安|城管|领导|都?没得?人|谁)+(?:[也都就又]|到底|从来|根本|一直|只会?|只知道)*"
    r"(?:(?:不|没人?|不得|懒得)[来去]?(?:[管理问修动]|作为|处理|出面|干事|见人)+|收钱|装死|装聋作哑)"
    r"[一下管啊哦呀的嘛吗呢了吧。.!!~]*"
)
_ASKS = re.compile(r"[?\uff1f吗咩么]|谁|什么|哪")
_THING = re.compile(
    r"(?:我|们|家|屋|楼|栋|幢|座|单元|边|里)[^\s,\uff0c。.!!?~]{0,4}?(?:也|都|亦)"
    r"(?!是|一样|这样|如此|遇|碰|闻|看|听|感觉|发现|同样|有(?:这|同|一)|$)(?P<thing>[^\s,\uff0c。.!!?~]{1,8})"
)
_EMPTY = frozenset("也都是没有不了的啊呀呢吧很太在得坏这那个一样家我们想要会到着过去来好又还就被把给跟和说看")
TELLING = 1.0  # a category that scores so much is named


def is_plain(heard: Heard) -> bool:
    """Whether it seconds by itself, and is not just a word of assent."""
    return _PLAIN.search(heard.address.text) is not None and not _ASKS.search(heard.address.text)


def is_assent(heard: Heard) -> bool:
    """Whether it is a word of assent and nothing else: 是啊, 支持."""
    return _ASSENT.fullmatch(heard.address.text.strip()) is not None


def is_grumble(heard: Heard) -> bool:
    """Whether it only grumbles at who does nothing: 物业也不管管."""
    return _GRUMBLE.fullmatch(heard.address.text.strip()) is not None


def names(heard: Heard, case: Case) -> bool:
    """Whether an endorsement names a case's building, or its thing."""
    building = heard.understanding.place.building
    if building is not None and building == case.place.building:
        return True
    thing = _thing(heard)
    return thing is not None and thing in _said_of(case)


def fits(heard: Heard, case: Case) -> bool:
    """Whether what an endorsement names, if anything, can be a case's matter: “我家也漏” is no rubbish."""
    if not fits_words(heard, _said_of(case)):
        return False
    if _thing(heard) is not None or is_plain(heard):
        return True
    scores = heard.house.understander.category_scores(heard.house.understander.hear(heard.address.text))
    best = max(scores, key=lambda name: scores[name], default=None)
    return best is None or scores[best] < TELLING or best == case.category


def fits_words(heard: Heard, words: str) -> bool:
    """Whether the thing that an endorsement names, if any, is in some words."""
    thing = _thing(heard)
    return thing is None or thing in words


def _thing(heard: Heard) -> str | None:
    """Return the character that stands for what is named: 漏 of “我家厨房也漏得厉害”."""
    found = _THING.search(heard.address.text)
    return next((c for c in found["thing"] if c not in _EMPTY), None) if found else None


def _said_of(case: Case) -> str:
    return case.summary + case.kind_name
