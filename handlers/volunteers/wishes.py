"""心愿: said in private, published by an officer without a name, claimed by the first, fulfilled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.areas import AreaKind
from data.domain.errors import RefusedError, UserError
from data.domain.people import OFFICERS, Role
from data.domain.volunteering import WishState
from handlers.cases.in_charge import holders
from handlers.context import said_in
from handlers.hearing.homes import own_area, shown_name
from handlers.hearing.lookup import quoted_id
from handlers.hearing.things import meant
from handlers.saying.gently import LIFE, say_gently
from handlers.saying.rooms_for import rooms_serving
from handlers.saying.say import Saying, answer, answer_about, say_to_person
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.about import About
    from data.domain.volunteering import Wish
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

LONGEST = 200
ASKED = (Role.OFFICER, Role.OPERATOR)


def wish(heard: Heard, command: Command) -> None:
    """Write down a wish, or show those that wait for somebody: 心愿 一副老花镜."""
    words = command.words.strip()
    area = own_area(heard)
    community = heard.uow.areas.community_of(area.id) or area
    if not words:
        open_ones = heard.uow.volunteers.wishes_in(community.id, WishState.PUBLISHED)
        rows = "".join(f"\n{heard.house.texts('wish.row', **_values(heard, one))}" for one in open_ones)
        answer(heard, "wish.list" if open_ones else "wish.none", rows=Said(rows))
        return
    if heard.room is not None and heard.room.public and not heard.duties:
        raise UserError("wish.in_private")
    if len(words) > LONGEST:
        raise UserError("wish.long", most=LONGEST)
    grid = heard.uow.areas.nearest(area.id, AreaKind.GRID) or area
    made = heard.uow.volunteers.wish(
        community_id=community.id,
        area_id=grid.id,
        person_id=heard.person.id,
        words=words,
        at=heard.now,
        said_in=said_in(heard),
    )
    heard.private_answer = True
    answer_about(heard, "wish.noted", (), about=_mark(heard, made), **_values(heard, made))
    for officer in _officers(heard, made):
        values = _values(heard, made) | {"who": Said(shown_name(heard, heard.person.id))}
        saying = Saying("wish.proposed", f"wish:{made.id}:{officer}", values, about=_mark(heard, made))
        if officer != heard.person.id:
            say_to_person(heard, officer, saying)


def publish(heard: Heard, command: Command) -> None:
    """Tell a wish in the group, without the name: 心愿 发布 6."""
    one = _meant(heard, command, WishState.WAITING)
    if not heard.roles_at(one.area_id) & OFFICERS:
        raise RefusedError("refused.area", verb=command.verb.value, number=one.number)
    if not heard.uow.volunteers.move_wish(one.id, WishState.PUBLISHED, WishState.WAITING):
        raise UserError("wish.state", number=one.number)
    rooms = rooms_serving(heard, [heard.uow.areas.get(one.area_id)])
    saying = Saying(
        "wish.published", f"wish:{one.id}:published", _values(heard, one), about=_mark(heard, one)
    )
    for room in rooms:
        say_gently(heard, room, saying.under(f"r{room.id}"))
    if heard.room not in rooms:
        answer_about(heard, "wish.out", (), about=_mark(heard, one), **_values(heard, one))


def claim(heard: Heard, command: Command) -> None:
    """Let the speaker fulfil a wish, if nobody was faster: 认领 心愿6."""
    one = _meant(heard, command, WishState.PUBLISHED)
    if one.person_id == heard.person.id:
        raise UserError("wish.own", number=one.number)
    if not heard.uow.volunteers.move_wish(
        one.id, WishState.CLAIMED, WishState.PUBLISHED, claimed_by_id=heard.person.id
    ):
        key = "wish.waits" if one.state is WishState.WAITING else "wish.taken"
        raise UserError(key, number=one.number)
    heard.uow.outbox.silence_all(
        f"{LIFE}wish:{one.id}:published:"
    )  # a group that has not heard of it need not
    heard.private_answer = True
    values = _values(heard, one) | {"name": Said(shown_name(heard, heard.person.id))}
    answer_about(heard, "wish.claimed", (), about=_mark(heard, one), **values)
    for person_id in [one.person_id, *_officers(heard, one)]:
        key = f"wish:{one.id}:claimed:{person_id}"
        if person_id != heard.person.id:
            say_to_person(heard, person_id, Saying("wish.claimed_by", key, values, about=_mark(heard, one)))


def done(heard: Heard, command: Command) -> None:
    """Note that a wish was fulfilled, by who claimed it or an officer; both are told: 心愿 完成 6 …."""
    one = _meant(heard, command, WishState.CLAIMED)
    if heard.person.id != one.claimed_by_id and not heard.roles_at(one.area_id) & OFFICERS:
        raise RefusedError("refused.area", verb=command.verb.value, number=one.number)
    if not heard.uow.volunteers.move_wish(one.id, WishState.DONE, WishState.CLAIMED, done_at=heard.now):
        raise UserError("wish.state", number=one.number)
    heard.private_answer = True
    claimer = one.claimed_by_id or heard.person.id
    values = _values(heard, one) | {"name": Said(shown_name(heard, claimer)), "note": Said(command.words)}
    answer_about(heard, "wish.done", (), about=_mark(heard, one), **values)
    for person_id in dict.fromkeys((one.person_id, claimer)):
        key = f"wish:{one.id}:done:{person_id}"
        if person_id != heard.person.id:
            say_to_person(heard, person_id, Saying("wish.done", key, values, about=_mark(heard, one)))


def undo(heard: Heard, said: str) -> bool:
    """Take back the wish that a message made, while nobody has published it; False if it made none."""
    one = heard.uow.volunteers.wish_said_in(said)
    if one is None:
        return False
    if not heard.uow.volunteers.move_wish(one.id, WishState.WITHDRAWN, WishState.WAITING):
        raise UserError("wish.state", number=one.number)
    heard.uow.outbox.silence_all(f"wish:{one.id}:")
    heard.private_answer = True
    answer(heard, "wish.undone", number=one.number)
    return True


def is_meant(heard: Heard, command: Command) -> bool:
    """Whether 认领 speaks of a wish: by its word, or by what is quoted."""
    return command.thing == "心愿" or (command.ref is None and quoted_id(heard, "wish") is not None)


def _meant(heard: Heard, command: Command, state: WishState) -> Wish:
    volunteers = heard.uow.volunteers
    return meant(
        heard,
        command,
        "wish",
        numbered=volunteers.wish_numbered,
        open_in=lambda area: volunteers.wishes_in(area, state),
    )


def _officers(ctx: Context, one: Wish) -> list[int]:
    return [holder.person.id for holder in holders(ctx, one.area_id, ASKED)]


def _values(ctx: Context, one: Wish) -> dict[str, Any]:
    return {"number": one.number, "words": Said(one.words), "bot": ctx.policy.bot_name}


def _mark(ctx: Context, one: Wish) -> tuple[About, ...]:
    return (about(ctx, "wish", one),)
