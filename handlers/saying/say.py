"""Saying something: a wording for a room or a person becomes a row of the outbox."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from data.domain.areas import Room
from data.domain.case import Case
from data.domain.messages import MessageKind
from data.domain.people import Account
from data.domain.purpose import Purpose
from handlers.saying.numbers import number_for
from handlers.saying.showing import calling, full_number

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.about import About
    from data.domain.messages import RowChanges
    from handlers.context import Context, Heard


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing to say. The wording under `key` may use `values`, and `{at}` and `{case}` made from the rest.

    A case among the values stands for its number, written as it is where this is said.

    `dedupe` names it: what was said under a name is never said again. `hold` names the wait it shares.
    """

    key: str
    dedupe: str
    values: dict[str, Any] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    about: tuple[About, ...] = ()  # what else it speaks of: a meeting, a ballot
    mentions: tuple[Account, ...] = ()
    reply_to: str | None = None
    purpose: str | None = None
    bundle: str | None = None
    hold: str | None = None
    send_at: datetime | None = None
    hold_until: datetime | None = None
    urgent: bool = False
    quiet: bool = False  # keeps quiet hours even in private
    awake: bool = False  # keeps none: news of an emergency
    media: str | None = None
    file: bool = False  # what is said is sent as a file

    def under(self, suffix: str) -> Saying:
        """Return the same under a name of its own: one saying for several places, each once."""
        return replace(self, dedupe=f"{self.dedupe}:{suffix}")

    def at(self, to: Room | Account) -> Saying:
        """Return the same as it is said in one place."""
        return self.under(place_of(to))


def say(ctx: Context, to: Room | Account, saying: Saying) -> bool:
    """Write a row of the outbox; return False if it was said before."""
    at = saying.send_at or ctx.now
    unread = {"state": "silenced"} if isinstance(to, Account) and to.is_outside else {}
    return ctx.uow.outbox.put(
        {
            **unread,
            "dedupe_key": saying.dedupe,
            **_addressed(ctx, to, saying),
            "kind": _kind(saying).value,
            "media": saying.media,
            "reply_to": saying.reply_to,
            "cases": [[case.id, full_number(ctx, case)] for case in saying.cases],
            "about": [list(about) for about in saying.about],
            "purpose": saying.purpose,
            "bundle": saying.bundle or ctx.bundle,
            "hold": saying.hold,
            "hold_until": saying.hold_until,
            "created_at": ctx.now,
            "send_at": at,
        }
    )


def _kind(saying: Saying) -> MessageKind:
    if saying.file:
        return MessageKind.FILE
    return MessageKind.IMAGE if saying.media else MessageKind.TEXT


def rewrite(ctx: Context, to: Room | Account, saying: Saying) -> bool:
    """Say a row that still waits in other words, and where it is meant for now; False if it is too late."""
    return ctx.uow.outbox.rewrite(saying.dedupe, **_addressed(ctx, to, saying))


def _addressed(ctx: Context, to: Room | Account, saying: Saying) -> RowChanges:
    """Return the columns that say to whom a row goes and what they read."""
    room = to if isinstance(to, Room) else None
    public = room is not None and room.public
    lane = f"r{to.id}" if room else f"a{to.id}"
    return {
        "lane": f"{lane}!" if saying.urgent else lane,
        "channel": to.channel,
        "room_id": room.id if room else None,
        "account_id": None if room else to.id,
        "room": to.external_id if room else None,
        "to": None if room else to.external_id,
        "text": wording(ctx, to, saying),
        "mentions": [account.external_id for account in saying.mentions if not account.is_outside],
        "quiet": (public or saying.quiet) and not (saying.urgent or saying.awake),
    }


def wording(ctx: Context, to: Room | Account, saying: Saying) -> str:
    """Return the text of a saying as `to` will read it."""
    room = to if isinstance(to, Room) else None
    values = {"at": calling(saying.mentions), **saying.values}
    for name, value in values.items():
        if isinstance(value, Case):
            values[name] = number_for(ctx, to, value)
    if saying.cases:
        shown = number_for(ctx, to, saying.cases[0])
        values["case"] = shown
        if values.get("number") == saying.cases[0].number:  # it stands in a command that is proposed
            values["number"] = shown.removeprefix("#")
    return ctx.house.texts(saying.key, public=room is not None and room.public, **values)


def place_of(to: Room | Account) -> str:
    """Return a room or an account as names of sayings hold it: `r3`, `a12`."""
    return f"r{to.id}" if isinstance(to, Room) else f"a{to.id}"


def organisation_at(ctx: Context, organisation_id: int) -> list[Room | Account]:
    """Return where an organisation is told something: in its rooms, else each of its members alone."""
    rooms = ctx.uow.rooms.of_organisation(organisation_id)
    members = [] if rooms else ctx.uow.people.members(organisation_id)
    found = (private_account(ctx, person.id) for person in members)
    return [*rooms, *(account for account in found if account is not None)]


def say_to_person(ctx: Context, person_id: int, saying: Saying, *, channel: str | None = None) -> bool:
    """Say something to somebody alone, on `channel` if they are there; return whether they can be reached."""
    account = private_account(ctx, person_id, channel)
    return account is not None and (say(ctx, account, saying) or True)


def private_account(ctx: Context, person_id: int, channel: str | None = None) -> Account | None:
    """Return the account on which somebody can be written to alone."""
    reachable = [a for a in ctx.uow.people.accounts(person_id) if ctx.house.reach(a.channel).private]
    return next((a for a in reachable if a.channel == channel), reachable[0] if reachable else None)


def answer(heard: Heard, key: str, /, *, once: str | None = None, **values: Any) -> None:
    """Answer the one who speaks, where they spoke; under a name `once` only the first time.

    In private goes what concerns them alone, and in a residents' group's quiet hours everything.
    """
    answer_about(heard, key, (), once=once, **values)


def answer_about(
    heard: Heard,
    key: str,
    cases: tuple[Case, ...],
    /,
    *,
    once: str | None = None,
    purpose: str | None = None,
    about: tuple[About, ...] = (),
    media: str | None = None,
    **values: Any,
) -> None:
    """Answer as `answer` does, about some cases, or other things, with a picture."""
    heard.replies += 1
    heard.private_answer = heard.private_answer or any(case.discreet for case in cases)
    saying = Saying(
        key,
        dedupe=once or f"re:{heard.inbound.channel}:{heard.inbound.message_id}:{heard.replies}",
        values=values,
        cases=cases,
        about=about,
        reply_to=heard.inbound.message_id,
        purpose=purpose,
        media=media,
    )
    room = heard.room
    alone = heard.house.reach(heard.inbound.channel).private
    if room is None or (answers_in_private(heard) and alone):
        say(heard, heard.account, saying)
    elif room.public and heard.private_answer:
        say(heard, room, replace(saying, key="not_here", cases=(), about=(), mentions=(heard.account,)))
    else:
        say(heard, room, saying if "at" in values else replace(saying, mentions=(heard.account,)))


def answers_in_private(heard: Heard) -> bool:
    """Whether an answer goes to the speaker alone though they spoke in a group."""
    if heard.room is None:
        return False
    if not heard.room.public:
        return heard.to_oneself
    work = heard.policy.work
    return heard.private_answer or heard.policy.quiet.hold(heard.now, work) != heard.now


def say_goodbye(heard: Heard, key: str) -> None:
    """Say a last word to somebody whose data are gone, to the bare id their channel knows."""
    heard.uow.outbox.put(
        {
            "dedupe_key": f"{Purpose.GOODBYE}:{heard.inbound.channel}:{heard.inbound.message_id}",
            "lane": f"{Purpose.GOODBYE}:{heard.inbound.message_id}",
            "channel": heard.inbound.channel,
            "to": heard.inbound.sender,
            "kind": MessageKind.TEXT.value,
            "text": heard.house.texts(key),
            "mentions": [],
            "cases": [],
            "about": [],
            "purpose": Purpose.GOODBYE,
            "quiet": False,
            "created_at": heard.now,
            "send_at": heard.now,
        }
    )
