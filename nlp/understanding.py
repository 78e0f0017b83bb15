"""What was understood of one text, with the evidence for each part of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from typing_extensions import override


class Kind(StrEnum):
    """What sort of talk a text is."""

    APPEAL = "appeal"
    ENDORSEMENT = "endorsement"
    QUESTION = "question"
    THANKS = "thanks"
    ANSWER = "answer"
    CHAT = "chat"


class Urgency(StrEnum):
    """How soon somebody must act."""

    NORMAL = "normal"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Shape(StrEnum):
    """What a text is by its form, where it is not its sender's own talk."""

    DIGEST = "digest"  # a digest of news, numbered
    CARD = "card"  # a link, a shared card, a mini-program
    ARTICLE = "article"  # an article, a headline, a joke, a poem: passed on
    ADVERT = "advert"  # prices and numbers, recruitment, rooms to let
    NOTICE = "notice"  # 特此通知, 请各位业主
    REPLY = "reply"  # an office's or the staff's answer: 您好,来信收悉
    PLEA = "plea"  # a plea for help passed on, which is heard as any other


class Necessary(StrEnum):
    """What somebody must go and see a household for (五个必到)."""

    ERRAND = "errand"  # 代办
    MOOD = "mood"  # 情绪
    SUDDEN = "sudden"  # 突发
    DISPUTE = "dispute"  # 纠纷
    FAMILY = "family"  # 红白


class Place(NamedTuple):
    """Where the matter lies, as the text states it, normalised (三号楼 → `3`); each part may be unknown."""

    building: str | None = None
    unit: str | None = None
    floor: str | None = None
    door: str | None = None
    spot: str | None = None
    compound: str | None = None  # what tells buildings of one number apart: 东区, 2期, 88弄, 人民路

    def __bool__(self) -> bool:
        """Whether anything at all is known."""
        return any(self)


NOWHERE = Place()


class Evidence(NamedTuple):
    """One reason for one part of an understanding: a word (or rule) and the weight it brought."""

    part: str  # "kind", "category", "urgency", "shape", "necessary"
    why: str  # the words found, or a rule's name
    weight: float

    @override
    def __str__(self) -> str:
        return f"{self.why} {self.weight:+.1f}"


class Understanding(NamedTuple):
    """What one text says: its kind, category (`一级/二级`), urgency, place, and why we think so.

    `score` is the log-odds margin by which the text counts as its kind (above 0: an appeal).
    `category` is None unless the text is an appeal, or may be one. `hazard` names the sort of emergency
    (`fire`, `gas`, `lift`, `electricity`, `danger`, `medical`, `missing`), None where there is none.

    `probability` says how likely it is an appeal, `emergency_probability` an emergency, where one line in a
    hundred is an appeal, as in life (nlp/weights/calibration.yaml). `kind` judges the line by itself.
    """

    text: str
    kind: Kind = Kind.CHAT
    category: str | None = None
    score: float = 0.0
    urgency: Urgency = Urgency.NORMAL
    hazard: str | None = None
    place: Place = NOWHERE
    phone: str | None = None
    dispute: bool = False
    concerned: int | None = None  # how many households or people the text says are concerned
    own_building: bool = False  # “我们楼”, “我们单元”: the place is the speaker's own
    own_unit: bool = False  # “我们单元”, or what is wrong in “我家”
    evidence: tuple[Evidence, ...] = ()
    probability: float = 0.0
    emergency_probability: float = 0.0
    shape: Shape | None = None  # None: the sender's own talk
    necessary: Necessary | None = None  # said by a resident: somebody must go and see them
    despair: bool = False  # words of somebody who does not want to live any more
    beaten: bool = False  # words of somebody whom somebody at home beats

    @property
    def is_passed_on(self) -> bool:
        """Whether this is forwarded, posted or official: no appeal, whatever words it has."""
        return self.shape is not None and self.shape is not Shape.PLEA

    @property
    def is_told_alone(self) -> bool:
        """Whether this is an emergency of which nobody may hear but who is called."""
        return self.despair or self.beaten

    @property
    def is_appeal(self) -> bool:
        """Whether this is an appeal."""
        return self.kind is Kind.APPEAL

    def as_json(self) -> dict[str, Any]:
        """What `shaozi understand --json` prints, but for the grade: that is the place's to say."""
        place = self.place._asdict()
        del place["compound"]  # the five parts are the format; this one is for telling places apart
        shown = self._asdict() | {"score": round(self.score, 2), "place": place}
        for name in ("probability", "emergency_probability"):
            shown[name] = round(shown[name], 4)
        shown["evidence"] = [e._asdict() | {"weight": round(e.weight, 2)} for e in self.evidence]
        return shown
