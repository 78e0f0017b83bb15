"""Who comes: 报名 and 取消报名, a bare 报名, a 接龙 list; the waiting list; and the list that is said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from data.domain.events import ListChanged
from data.domain.purpose import Purpose
from handlers.activities.announcing import shown
from handlers.activities.name_lists import is_for, is_gone, list_in
from handlers.activities.sparing import has_room_for
from handlers.activities.which import ahead_here, either_for, fault
from handlers.context import Heard
from handlers.hearing.grammar import Command
from handlers.hearing.lookup import quoted_id
from handlers.hearing.verbs import Verb
from handlers.saying.rooms_for import rooms_serving
from handlers.saying.say import Saying, answer_about, say, say_to_person, wording
from handlers.saying.things import about
from handlers.texts.punctuation import without_marks
from handlers.texts.wording import Said
from nlp.reading.jielong import heads_of, who

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from handlers.context import Context
    from nlp.reading.jielong import Jielong

MOST_NAMES = 200
_WHICH = r"(?: ?(?P<thing>活动|议事会)? ?[#＃]?(?P<number>\d{1,6})(?! ?个?[人口位]))?"
_HEADS = r"(?:[ ,,]*(?P<heads>\d{1,2}|[一二两三四五六七八九十])(?:个人|[人口位]))?"
_SIGN_UP = re.compile(
    rf"(?:我们?家?|\+|(?P<two>我[和跟]\S{{1,4}}?))?(?:也|都|要|来|一起)*报名(?:参加)?"
    rf"(?:{_WHICH}{_HEADS}|\s*(?P<title>[^\s\d#＃]{{2,12}}))"
)
_THINGS = ("活动", "议事会")
_SIGN_OFF = re.compile(rf"(?:我们?家?)?(?:取消报名|报名取消|不报名了){_WHICH}")


def sign_up(heard: Heard, command: Command) -> None:
    """Put the speaker on an activity's list: 报名."""
    activity = _taking_names(heard, either_for(heard, command))
    if not _put(heard, activity, heard.account.name, heard.person.id):
        raise fault(activity, "on_list")
    _changed(heard, activity)


def sign_off(heard: Heard, command: Command) -> None:
    """Take the speaker off an activity's list; whoever waited first gets the place: 取消报名."""
    _take_off(heard, _taking_names(heard, either_for(heard, command)))


def _take_off(heard: Heard, activity: Activity) -> None:
    """Take the speaker off a list, or raise if they are not on it."""
    if not heard.uow.activities.sign_off(activity.id, heard.account.name, heard.person.id):
        raise fault(activity, "not_on_list")
    _move_up(heard, activity)
    if activity.is_meeting:
        heard.happened(ListChanged(activity))
    else:
        heard.private_answer = True
        mark = (about(heard, activity.counted_as, activity),)
        answer_about(heard, "activity.signed_off", (), about=mark, **shown(heard, activity))


def heard_as_sign_up(heard: Heard) -> bool:
    """Take a bare 报名 (报名 1, 报名 活动5), or a 接龙 list, while something here takes names."""
    if heard.room is None:
        return False
    text = without_marks(heard.address.command if heard.address.spoken_to else heard.address.text)
    off = _SIGN_OFF.fullmatch(text)
    plain = off or _SIGN_UP.fullmatch(text)
    if plain is None:
        return _heard_as_list(heard)
    ahead = ahead_here(heard)
    title = plain.groupdict().get("title")
    if plain["number"]:
        ahead = [a for a in ahead if a.number == int(plain["number"]) and _called(a, plain["thing"])]
    elif title:
        ahead = [a for a in ahead if title in a.topic or (title in _THINGS and _called(a, title))]
    if not ahead:
        return False
    heard.keep_text = True
    activity = _quoted_or_only(heard, ahead)
    if off is not None:
        _take_off(heard, activity)
    elif _put(heard, activity, _with_heads(heard.account.name, _heads(plain)), heard.person.id):
        _changed(heard, activity)
    return True


def _heard_as_list(heard: Heard) -> bool:
    """Take a 接龙 list for what it is about."""
    names = list_in(heard)
    ahead = [a for a in ahead_here(heard) if is_for(heard, a, names)] if names is not None else []
    if names is None or not ahead:
        return False
    heard.keep_text = True
    activity = _list_is_for(names.topic, ahead)
    if _take_list(heard, activity, names) and activity.is_meeting:
        heard.happened(ListChanged(activity))
    return True


def announce_list(ctx: Context, event: ListChanged) -> None:
    """Say who comes to a meeting: held for a moment, so that several sign-ups are one message."""
    activity = event.activity
    names = [s.name for s in ctx.uow.activities.names(activity.id) if not s.waiting]
    count = sum(heads_of(name) for name in names)
    if not isinstance(ctx, Heard):
        return
    purpose = Purpose.LIST.of(activity.id)
    saying = Saying(
        "meeting.list",
        dedupe=f"{purpose}:{ctx.inbound.channel}:{ctx.inbound.message_id}",
        values={**shown(ctx, activity), "names": Said("、".join(names[-12:])), "count": count},
        about=(about(ctx, activity.counted_as, activity),),
        purpose=purpose,
    )
    alone = False
    for room in rooms_serving(ctx, [ctx.uow.areas.get(activity.area_id)]):
        waiting = ctx.uow.outbox.waiting_for(purpose, room.id)
        if not names:
            if waiting is not None:
                ctx.uow.outbox.silence(waiting)
        elif waiting is not None:
            ctx.uow.outbox.rewrite(waiting, text=wording(ctx, room, saying))
        elif has_room_for(ctx, room, activity, kept_back=2):
            wait = max(ctx.policy.hold, ctx.policy.gather)  # once, with all who come meanwhile
            say(ctx, room, replace(saying.under(f"r{room.id}"), send_at=ctx.now + wait))
        else:
            alone = alone or room == ctx.room or ctx.room is None
    if alone:  # the group hears how many come with the reminders
        say_to_person(ctx, ctx.person.id, saying.under(f"p{ctx.person.id}"), channel=ctx.inbound.channel)


def _put(heard: Heard, activity: Activity, name: str, person_id: int | None) -> bool:
    """Put a name on the list, or on the waiting list if all places are taken; return whether it is new."""
    known = heard.uow.activities.names(activity.id)
    if person_id is not None and any(s.person_id == person_id for s in known):
        return False
    taken = sum(heads_of(s.name) for s in known if not s.waiting)
    waiting = activity.places is not None and taken + heads_of(name) > activity.places
    return heard.uow.activities.sign_up(activity.id, name, person_id, heard.now, waiting=waiting)


def _with_heads(name: str, heads: str | None) -> str:
    """Return the entry of who comes with others: 报名 两个人 is `王姐 两人`."""
    return f"{name} {heads}人" if heads else name


def _changed(heard: Heard, activity: Activity) -> None:
    """Say the list of a meeting in the group; of anything else only to whom it concerns."""
    if activity.is_meeting:
        heard.happened(ListChanged(activity))
        return
    heard.private_answer = True
    waiting = [s.person_id for s in heard.uow.activities.names(activity.id) if s.waiting]
    mark = (about(heard, activity.counted_as, activity),)
    if heard.person.id in waiting:
        place = waiting.index(heard.person.id) + 1
        answer_about(heard, "activity.waits", (), about=mark, **shown(heard, activity), place_in_line=place)
    else:
        answer_about(heard, "activity.signed_up", (), about=mark, **shown(heard, activity))


def _move_up(heard: Heard, activity: Activity) -> None:
    names = heard.uow.activities.names(activity.id)
    all_of_them = sum(heads_of(s.name) for s in names)
    free = (activity.places or all_of_them) - sum(heads_of(s.name) for s in names if not s.waiting)
    for one in (s for s in names if s.waiting):
        free -= heads_of(one.name)
        if free < 0:
            break
        heard.uow.activities.move_up(activity.id, one.name)
        if one.person_id is not None:
            dedupe = f"moved_up:{activity.id}:{one.person_id}:{heard.inbound.message_id}"
            mark = (about(heard, activity.counted_as, activity),)
            values = shown(heard, activity)
            say_to_person(heard, one.person_id, Saying("activity.moved_up", dedupe, values, about=mark))


def _take_list(heard: Heard, activity: Activity, said: Jielong) -> bool:
    """Make a list be what was said: who is new comes, who is off it or says so does not."""
    known = heard.uow.activities.names(activity.id)
    listed = {who(name): name for name in said.names[:MOST_NAMES]}
    gone = [s for s in known if is_gone(heard, s, known, said, listed)]
    for one in gone:
        heard.uow.activities.sign_off(activity.id, one.name, one.person_id or 0)
    stay = {who(s.name) for s in known if s not in gone and (s.name == listed.get(who(s.name), s.name))}
    changed = bool(gone)
    for name, entry in listed.items():
        if name not in stay:
            own = heard.person.id if name == heard.account.name and not activity.is_meeting else None
            changed |= _put(heard, activity, entry, own)
    if gone:
        _move_up(heard, activity)
    return changed


def _quoted_or_only(heard: Heard, ahead: list[Activity]) -> Activity:
    quoted = {quoted_id(heard, word) for word in ("meeting", "activity")}
    meant = [a for a in ahead if a.id in quoted] or ahead
    return meant[0] if len(meant) == 1 else either_for(heard, Command(Verb.SIGN_UP, None, ""))


def _heads(found: re.Match[str]) -> str | None:
    """Return how many are signed up: 报名 3个人, 我和老伴报名."""
    return found["heads"] or ("2" if found["two"] else None)


def _called(activity: Activity, thing: str | None) -> bool:
    return thing is None or (thing == "议事会") is activity.is_meeting


def _list_is_for(topic: str, ahead: list[Activity]) -> Activity:
    """Return the activity a list names; the next one if it names none."""
    return next((a for a in ahead if a.topic and a.topic in topic), ahead[0])


def _taking_names(heard: Heard, activity: Activity) -> Activity:
    if not activity.takes_names(heard.now):
        raise fault(activity, "over")
    return activity
