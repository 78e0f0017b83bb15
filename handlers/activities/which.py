"""Which activity or meeting is meant: by number, by quoting, by what is ahead where one speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.activity import ActivityKind
from data.domain.errors import RefusedError, UserError
from data.domain.people import STAFF
from handlers.hearing.lookup import communities_meant, quoted_id
from handlers.saying.rooms_for import serves

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from data.domain.areas import Area
    from data.domain.references import Reference
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

MEETING, ACTIVITY = "meeting", "activity"
BOTH = (MEETING, ACTIVITY)
_SAID = {"议事会": (MEETING,), "活动": (ACTIVITY,)}
NAMED = (ActivityKind.MEETING, ActivityKind.ACTIVITY)  # to a day of the office one just comes


def meeting_for(heard: Heard, ref: Reference | None) -> Activity:
    """Return the meeting that a command means, or raise."""
    return _meant(heard, ref, (MEETING,))


def activity_for(heard: Heard, command: Command) -> Activity:
    """Return the activity (no meeting) that is meant."""
    return _meant(heard, command.ref, (ACTIVITY,))


def either_for(heard: Heard, command: Command) -> Activity:
    """Return the activity or meeting that is meant; of two with a number the one that still takes names."""
    return _meant(heard, command.ref, _SAID.get(command.thing, BOTH))


def own(heard: Heard, command: Command, activity: Activity) -> Activity:
    """Return the activity if the speaker may say what becomes of it, or raise."""
    if activity.caller_id != heard.person.id and not heard.roles_at(activity.area_id) & STAFF:
        raise RefusedError("refused.area", verb=command.verb.value, number=activity.number)
    return activity


def ahead_here(heard: Heard, words: tuple[str, ...] = BOTH) -> list[Activity]:
    """Return what takes names where somebody speaks (in private: where they spoke last)."""
    room = heard.room
    if room is None and heard.account.last_room_id is not None:
        room = heard.uow.rooms.get(heard.account.last_room_id)
    community = _community(heard, room.area_id if room is not None else None)
    if community is None:
        return []
    ahead = [a for a in heard.uow.activities.ahead(community.id, heard.now) if a.counted_as in words]
    named = [a for a in ahead if a.kind in NAMED]
    if room is not None and room.public:
        return [a for a in named if serves(heard, room, heard.uow.areas.get(a.area_id))]
    return named


def fault(activity: Activity, name: str, **values: object) -> UserError:
    """Return the error of an activity, worded for a meeting or for any other."""
    return UserError(f"{activity.counted_as}.{name}", number=activity.number, **values)


def worded(activity: Activity, what: str) -> str:
    """Return the wording of something said of an activity: a meeting has words of its own."""
    return f"meeting.{what}" if activity.is_meeting else f"activity.{what}"


def shown_name(activity: Activity) -> str:
    """Return how an activity stands in a list to choose from: `#1 加装电梯`, `活动2 大扫除`."""
    return f"{'#' if activity.is_meeting else '活动'}{activity.number} {activity.topic}"


def _meant(heard: Heard, ref: Reference | None, words: tuple[str, ...]) -> Activity:
    if ref is not None:
        return _numbered(heard, ref, words)
    for word in words:
        quoted = quoted_id(heard, word)
        if quoted is not None:
            return heard.uow.activities.get(quoted)
    ahead = ahead_here(heard, words)
    if not ahead:
        raise UserError("activity.none_ahead" if words == (ACTIVITY,) else "meeting.none_ahead")
    if len(ahead) > 1:
        raise UserError("meeting.which", numbers="、".join(shown_name(a) for a in ahead))
    return ahead[0]


def _numbered(heard: Heard, ref: Reference, words: tuple[str, ...]) -> Activity:
    found = [
        activity
        for community in communities_meant(heard, ref)
        for word in words
        if (activity := heard.uow.activities.numbered(community.id, word, ref.number)) is not None
    ]
    if not found:
        raise UserError(f"{words[0] if len(words) == 1 else 'activity'}.unknown", number=ref.number)
    alive = [a for a in found if a.takes_names(heard.now)] or found
    if len(alive) > 1:
        raise UserError("meeting.which", numbers="、".join(shown_name(a) for a in alive))
    return alive[0]


def _community(heard: Heard, area_id: int | None) -> Area | None:
    if area_id is not None:
        return heard.uow.areas.community_of(area_id) or heard.uow.areas.get(area_id)
    return heard.community
