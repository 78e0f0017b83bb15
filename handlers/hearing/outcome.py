"""How sure the bot is of a line: it is announced, asked about, or left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.hearing import Outcome, shifted
from handlers.hearing.own_words import says_nothing_yet
from nlp.reading.jielong import jielong_in
from nlp.understanding import Kind, Urgency

if TYPE_CHECKING:
    from data.domain.areas import Room
    from handlers.context import Heard
    from nlp.understanding import Understanding


_ASKED_FOR = re.compile(
    r"时间|电话|号码|地址|几点|多少钱|在哪|哪里|是谁|哪个|怎么办理|怎么走|怎么交|上班|下班"
)
_ASKING = ("?", "？")
PLACE_HERE = 1.5  # log-odds
SPOKEN_TO = 4.6  # log-odds: in a group one line in a hundred is an appeal, of those to the bot every other
SOMETHING_ELSE = 0.6  # log-odds: what may as well be meant otherwise must be so much likelier an appeal
NEGLIGIBLE = 0.01  # no room's experience makes a doubtful line of it


def outcome(heard: Heard, said: Understanding) -> Outcome:
    """Return what is done with what was said here; who speaks to the bot means what they say.

    In a residents' group the probability counts, as the room's own experience shifts it.
    """
    if is_spoken_to(heard):
        return Outcome.SURE if _meant_as_appeal(heard, said) else Outcome.NO
    if said.urgency is Urgency.EMERGENCY:
        return Outcome.SURE
    if said.is_passed_on or _only_asks(heard, said) or _is_list_of_names(said.text):
        return Outcome.NO
    bounds, likely = heard.policy.hearing, likelihood(heard, said)
    if likely >= bounds.sure and said.is_appeal:
        return Outcome.SURE
    if likely >= bounds.doubtful or said.emergency_probability >= bounds.emergency:
        return Outcome.DOUBTFUL
    return Outcome.NO


def _is_list_of_names(text: str) -> bool:
    """Whether a text is a 接龙: who comes or buys, whatever it is for."""
    return "接龙" in text.lstrip("# ")[:12] and jielong_in(text) is not None


def _meant_as_appeal(heard: Heard, said: Understanding) -> bool:
    """Whether what is said to the bot is an appeal: it is far likelier one than the same said in a group."""
    if says_nothing_yet(said.text) or _only_asks(heard, said):
        return False
    if heard.has_duty:  # staff talk about their work, unless they say where something is wrong
        told = bool(said.place) or said.urgency is not Urgency.NORMAL
        return said.is_appeal and told and not is_unclear(heard, said)
    likely = shifted(said.probability, SPOKEN_TO) >= heard.policy.hearing.sure
    return said.is_appeal or (said.kind is Kind.CHAT and said.category is not None and likely)


def likelihood(heard: Heard, said: Understanding) -> float:
    """Return the probability that a line is an appeal, as it stands in the room where it was said.

    It is worked out once a message: whether a line is sure is asked more than once.
    """
    if heard.room is None or said.probability < NEGLIGIBLE:
        return said.probability
    if said.text not in heard.likely:
        heard.likely[said.text] = _likelihood_here(heard, heard.room, said)
    return heard.likely[said.text]


def _likelihood_here(heard: Heard, room: Room, said: Understanding) -> float:
    """Who names a door, a unit or a building of the neighbourhood speaks of it; everyday talk hardly does."""
    likely = heard.uow.doubts.experience(room.id).applied(said.probability)
    return shifted(likely, PLACE_HERE) if _names_a_place_here(heard, room, said) else likely


def _names_a_place_here(heard: Heard, room: Room, said: Understanding) -> bool:
    place = said.place
    if place.building is None or room.area_id is None:
        return bool(place.unit or place.door)
    return bool(heard.uow.areas.buildings(room.area_id, place.building))


def would_be_urgent(heard: Heard, said: Understanding) -> bool:
    """Whether a doubtful line would be urgent, or an emergency: that is asked about at once."""
    return said.urgency is not Urgency.NORMAL or said.emergency_probability >= heard.policy.hearing.emergency


def is_unclear(heard: Heard, said: Understanding) -> bool:
    """Whether what was said would hardly be announced by itself: something else may be meant by it."""
    return shifted(said.probability, -SOMETHING_ELSE) < heard.policy.hearing.sure


def _only_asks(heard: Heard, said: Understanding) -> bool:
    """Whether a line that is hardly an appeal asks for something to be told: 社区上班时间."""
    hardly = is_unclear(heard, said) and said.urgency is Urgency.NORMAL and not said.place
    asks = said.text.endswith(_ASKING) and (is_spoken_to(heard) or not said.is_appeal)
    return hardly and (asks or _ASKED_FOR.search(said.text) is not None)


def is_spoken_to(heard: Heard) -> bool:
    """Whether the bot is meant: in private, by its name, or in a room that is not the residents'."""
    return heard.room is None or not heard.room.public or heard.address.spoken_to
