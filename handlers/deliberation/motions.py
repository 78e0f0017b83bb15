"""议题: put forward by anybody, supported by households; the leader is asked to put it to a meeting."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.domain.areas import AreaKind
from data.domain.errors import UserError
from data.domain.motion import OPEN_MOTIONS, Motion, MotionState
from data.domain.people import STAFF
from data.domain.purpose import Purpose
from handlers.cases.in_charge import holders
from handlers.context import said_in
from handlers.deliberation.telling import say_in_rooms
from handlers.deliberation.which import around_here, thing_for
from handlers.hearing.called_for import called_for
from handlers.hearing.lookup import quoted_id
from handlers.hearing.verbs import Verb
from handlers.households.registering import ASKED
from handlers.saying.rooms_for import rooms_serving
from handlers.saying.say import Saying, answer_about, say, say_to_person, wording
from handlers.saying.things import about
from handlers.texts.punctuation import without_marks
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.areas import Area
    from data.domain.references import Reference
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

SAID_EVERY = timedelta(hours=1)
LONGEST = 200
SHOWN = "shown"
_SUPPORT = re.compile(
    r"(?:我家?也?|我们家?也?)?(?:支持|附议|同意|赞成|\+1|＋1|加一)[!！。.~]*|👍+", re.IGNORECASE
)
_BARE = re.compile(r"(?:我家?也?|我们家?也?)?支持(?:\s*(?:议题)?\s*[#＃]?(?P<number>\d{1,6}))?")
_TITLED = re.compile(r"(?:我家?也?|我们家?也?)?(?:都|也)?支持(?P<title>[^\s\d]{2,30})")
FRESH = timedelta(minutes=10)  # so long a bare 支持 in the group is for the motion that was just put forward


def motion(heard: Heard, command: Command) -> None:
    """Show the open motions or one of them, or put one forward: 议题 加装电梯 …."""
    if command.ref is not None and not command.words:
        show(heard, command.ref)
    elif command.ref is not None and _SUPPORT.fullmatch(command.words):
        heard.detail = Verb.SUPPORT.value
        support(heard, command)
    elif command.words:
        number = f"{command.ref.number} " if command.ref is not None else ""
        propose(heard, command, f"{number}{command.words}")
    else:
        _list(heard)


def propose(heard: Heard, command: Command, said: str) -> None:
    """Put a motion forward: said once in the group, with how to support it."""
    area, words = _area(heard, command, said)
    if len(words) > LONGEST:
        raise UserError("motion.long", most=LONGEST)
    community = heard.uow.areas.community_of(area.id) or area
    made = heard.uow.motions.propose(
        {
            "community_id": community.id,
            "areas": (area.id,),
            "title": words,
            "by_id": heard.person.id,
            "at": heard.now,
            "case_id": None,
            "said_in": said_in(heard),
        }
    )
    heard.private_answer = False  # the room hears of it
    say_in_rooms(heard, "motion", made, "motion.proposed", values_of(heard, made))
    _ask_leader(heard, made)


def show(heard: Heard, ref: Reference | None) -> None:
    """Show a motion: what it says, who supports it, where it stands."""
    heard.private_answer, heard.detail = True, SHOWN
    one = motion_for(heard, ref)
    answer_about(heard, "motion.shown", (), about=(about(heard, "motion", one),), **values_of(heard, one))


def support(heard: Heard, command: Command) -> None:
    """Count the speaker's household as a supporter of a motion: 支持 议题 3."""
    one = motion_for(heard, command.ref)
    require_open(one)
    if not _count(heard, one):
        raise UserError("motion.supported", number=one.number)
    heard.private_answer = True
    answer_about(heard, "motion.thanks", (), about=(about(heard, "motion", one),), **values_of(heard, one))
    _tell_room(heard, one)


def heard_as_support(heard: Heard) -> bool:
    """Take 支持 or +1 that quotes what the bot said of a motion, or a bare 支持 where one was just said."""
    one = _quoted(heard) if heard.inbound.quote is not None else _spoken_of(heard) or _named(heard)
    if one is None:
        return False
    heard.keep_text = True
    new = one.state in OPEN_MOTIONS and _count(heard, one)
    if heard.room is None:
        key = "motion.thanks" if new else "error.motion.supported"
        answer_about(heard, key, (), about=(about(heard, "motion", one),), **values_of(heard, one))
    if new:
        _tell_room(heard, one)
    return True


def _quoted(heard: Heard) -> Motion | None:
    quoted = quoted_id(heard, "motion")
    if quoted is None or not _SUPPORT.fullmatch(heard.address.text.strip()):
        return None
    return heard.uow.motions.get(quoted)


def _spoken_of(heard: Heard) -> Motion | None:
    """Return the motion that a bare 支持 in a group is for: the one numbered, or the one just said here."""
    said = _BARE.fullmatch(without_marks(heard.address.text))
    room = heard.room
    if said is None or room is None or not room.public:
        return None
    ahead = around_here(heard, heard.uow.motions.open_ones())
    if said["number"]:
        return next((one for one in ahead if one.number == int(said["number"])), None)
    told = heard.uow.outbox.put_since
    fresh = [m for m in ahead if told(f"motion.proposed:{m.id}:", heard.now - FRESH, room_id=room.id)]
    return fresh[0] if len(fresh) == 1 else None


def _named(heard: Heard) -> Motion | None:
    """Return the open motion that is supported by its title, where the bot is spoken to: 支持加装电梯."""
    said = _TITLED.fullmatch(without_marks(heard.address.command))
    if said is None or not (heard.address.spoken_to or heard.room is None):
        return None
    fits = [m for m in around_here(heard, heard.uow.motions.open_ones()) if said["title"] in m.title]
    return fits[0] if len(fits) == 1 else None


def motion_for(heard: Heard, ref: Reference | None) -> Motion:
    """Return the motion that a command means, or raise."""
    return thing_for(heard, heard.uow.motions, "motion", ref, heard.uow.motions.open_ones)


def require_open(one: Motion) -> None:
    """Raise if a motion was decided, or taken back."""
    if one.state is MotionState.WITHDRAWN:
        raise UserError("motion.taken_back", number=one.number)
    if one.state not in OPEN_MOTIONS:
        raise UserError("motion.decided", number=one.number)


def values_of(ctx: Context, one: Motion) -> dict[str, Any]:
    """Return what wordings about a motion may speak of."""
    texts = ctx.house.texts
    meeting = ctx.uow.activities.get(one.meeting_id) if one.meeting_id is not None else None
    where = texts(f"motion_state.{one.state.value}", meeting=meeting.number if meeting else "")
    return {
        "number": one.number,
        "title": Said(one.title),
        "count": count_of(ctx, one),
        "where": where,
        "bot": ctx.policy.bot_name,
    }


def count_of(ctx: Context, one: Motion) -> int:
    """Return how many households support a motion; a person without one counts as one of their own."""
    return len({home or -person for person, home in ctx.uow.motions.supporters(one.id)})


def _count(heard: Heard, one: Motion) -> bool:
    """Count the speaker's household; return whether it is a new one. At the threshold the leader is asked."""
    home = heard.home
    known = heard.uow.motions.supporters(one.id)
    if any(person == heard.person.id or (home is not None and home.id == where) for person, where in known):
        return False
    heard.uow.motions.support(one.id, heard.person.id, heard.now)
    _ask_leader(heard, one)
    return True


def _ask_leader(heard: Heard, one: Motion) -> None:
    """Ask once, when enough households support a motion, to put it before a meeting."""
    if one.leader_asked or count_of(heard, one) < heard.policy.deliberation.motion_support:
        return
    heard.uow.motions.change(one.id, leader_asked=True)
    for _, person in holders(heard, one.areas[0], ASKED):
        name = f"motion:ask:{one.id}:{person.id}"
        saying = Saying(
            "motion.ask_leader", name, values_of(heard, one), about=(about(heard, "motion", one),)
        )
        say_to_person(heard, person.id, saying)


def _tell_room(heard: Heard, one: Motion) -> None:
    """Let the group hear how many support a motion, at most once an hour; what waits is rewritten."""
    purpose = Purpose.SUPPORTED.of(one.id)
    saying = Saying(
        "motion.so_far",
        dedupe=f"{purpose}:{heard.inbound.channel}:{heard.inbound.message_id}",
        values=values_of(heard, one),
        about=(about(heard, "motion", one),),
        send_at=heard.now + SAID_EVERY,
        purpose=purpose,
    )
    for room in rooms_serving(heard, [heard.uow.areas.get(area_id) for area_id in one.areas]):
        waiting = heard.uow.outbox.waiting_for(purpose, room.id)
        if waiting is not None:
            heard.uow.outbox.rewrite(waiting, text=wording(heard, room, saying))
        elif room == heard.room:
            say(heard, room, saying)


def _list(heard: Heard) -> None:
    heard.private_answer, heard.detail = True, SHOWN
    found = around_here(heard, heard.uow.motions.open_ones())
    if not found:
        answer_about(heard, "motion.none", ())
        return
    rows = [heard.house.texts("motion.row", **values_of(heard, one)) for one in found]
    mark = tuple(about(heard, "motion", one) for one in found[:1])
    answer_about(heard, "motion.list", (), about=mark, rows=Said("\n".join(rows)))


def _area(heard: Heard, command: Command, said: str) -> tuple[Area, str]:
    """Return for which area a motion is: the room's, one's duty's, else where one lives or spoke last."""
    if heard.room is not None and heard.room.public:
        return heard.uow.areas.get(heard.room.area_id or 0), said
    if any(duty.role in STAFF for duty in heard.duties):
        areas, words = called_for(heard, command.verb, said, STAFF)
        return areas[0], words
    last = heard.account.last_room_id
    where = heard.uow.rooms.get(last).area_id if last is not None else None
    if where is None and (home := heard.home) is not None:
        grid = heard.uow.areas.nearest(home.building_id, AreaKind.GRID)
        where = grid.id if grid is not None else home.building_id
    if where is None:
        raise UserError("motion.where")
    return heard.uow.areas.get(where), said
