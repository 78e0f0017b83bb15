"""Doubtful lines: not a word in the group; those in charge are asked in private, gathered, by letters.

What the same person or a neighbour makes plain within ten minutes opens by itself.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.hearing import PLAIN, Doubt, Outcome, ask_at, dropped_at, letter
from data.domain.messages import Inbound
from data.domain.people import Role
from data.domain.purpose import Purpose
from data.domain.reminder import Reminder, ReminderKind
from handlers.appeals import endorsements
from handlers.appeals.beginning import begin, words_of
from handlers.cases.in_charge import holders
from handlers.cases.opening import place_said, where
from handlers.context import Heard
from handlers.hearing.outcome import likelihood, outcome, would_be_urgent
from handlers.saying.say import Saying, private_account, say
from handlers.texts.masking import mask
from handlers.texts.wording import Said
from nlp import similar, threads

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from data.domain.areas import Room
    from data.domain.case import Line
    from handlers.context import Context
    from nlp.understanding import Understanding

ASKED = (Role.GRID_LEADER, Role.OFFICER, Role.OPERATOR)
MADE_PLAIN = timedelta(minutes=10)
GATHERED = timedelta(minutes=59)  # what is due so soon is asked about in the same message
MOST_BETWEEN = 3  # lines between a doubtful one and the endorsement that makes it plain
SHOWN = 60  # characters of a line


def keep(heard: Heard, room: Room, said: Understanding, lines: list[Line]) -> bool:
    """Keep a doubtful line for those in charge; return False if there is nobody to ask."""
    urgent = would_be_urgent(heard, said)
    asked = _in_charge(heard, room, said, urgent=urgent)
    if not asked or _grown(heard, room, asked[0], said, lines, urgent=urgent):
        return bool(asked)
    when = heard.now if urgent else ask_at(heard.now, heard.policy.work)
    doubt = heard.uow.doubts.keep(
        Doubt(
            0,
            room.id,
            heard.person.id,
            heard.account.id,
            heard.now,
            tuple(lines),
            max(likelihood(heard, said), said.emergency_probability),
            urgent,
            when,
        ),
        asked,
    )
    for person_id in asked:
        if urgent:
            _ask(heard, person_id, [doubt])
        else:
            _remind(heard, person_id, when)
    return True


def fire(ctx: Context, reminder: Reminder) -> None:
    """Ask somebody about what was gathered for them."""
    person_id = reminder.subject
    waiting = ctx.uow.doubts.waiting_for(person_id, ctx.now + GATHERED)
    if waiting:
        _ask(ctx, person_id, waiting)
    again = ctx.uow.doubts.next_for(person_id)
    if again is not None:
        _remind(ctx, person_id, again)


def _remind(ctx: Context, person_id: int, when: datetime) -> None:
    kind = ReminderKind.DOUBTS
    ctx.uow.reminders.arm(Reminder(0, kind, person_id, when, {}, kind.key(person_id)))


def drop(ctx: Context, _reminder: Reminder) -> None:
    """Forget what was asked about the day before, with its words."""
    today = ctx.policy.work.local(ctx.now).replace(hour=0, minute=0, second=0, microsecond=0)
    ctx.uow.doubts.drop_sent(today, ctx.house.texts("doubt.dropped"))


def open_doubt(heard: Heard, doubt: Doubt, answer: str) -> int | None:
    """Open the case of a doubtful line as if its speaker had just said it; return the case's id."""
    speaker = _as_speaker(heard, doubt)
    said = heard.understand(doubt.words)
    begin(speaker, said, list(doubt.lines))
    first = doubt.lines[0]
    appeals = heard.uow.appeals.with_line(first.channel, first.message_id)
    case_id = next((appeal.case_id for appeal in appeals if appeal.case_id), None)
    heard.uow.doubts.answered(doubt.id, answer, case_id)
    return case_id


def made_plain(heard: Heard, said: Understanding, lines: list[Line]) -> tuple[Understanding, list[Line]]:
    """Return an appeal with what made a doubt of its speaker plain; a neighbour's doubt opens before it."""
    if heard.room is None or not heard.room.public:
        return said, lines
    for doubt in _fresh(heard, heard.room):
        before = heard.understand_again(doubt.words)
        if doubt.account_id != heard.account.id:
            if _same(before, said):
                open_doubt(heard, doubt, PLAIN)
        elif threads.akin(before, said) and threads.relation(said, before) is threads.Relation.CONTINUES:
            lines = [*doubt.lines, *(line for line in lines if line not in doubt.lines)]
            said = heard.understand(words_of(lines))
            heard.uow.doubts.answered(doubt.id, PLAIN)
    return said, lines


def plain_with(heard: Heard, said: Understanding, line: Line) -> tuple[Understanding, list[Line]] | None:
    """Return the appeal that a line and a doubt of its speaker make together, where neither is one alone."""
    if heard.room is None or said.probability < WORTH:
        return None
    for doubt in _fresh(heard, heard.room):
        if doubt.account_id == heard.account.id and threads.akin(heard.understand(doubt.words), said):
            lines = [*doubt.lines, line]
            together = heard.understand(words_of(lines))
            if outcome(heard, together) is Outcome.SURE:
                heard.uow.doubts.answered(doubt.id, PLAIN)
                return together, lines
    return None


WORTH = 0.02  # a line that says less for an appeal adds nothing to another


def recalled(heard: Heard, message_id: str) -> None:
    """Forget a doubtful line that its speaker takes back, whoever was asked about it."""
    mine = heard.uow.doubts.with_line(heard.inbound.channel, message_id, heard.person.id)
    for doubt in mine:
        heard.uow.corrections.unsay(doubt.person_id, (doubt.words, mask(doubt.words)))
    heard.uow.doubts.drop([doubt.id for doubt in mine], heard.house.texts("doubt.gone"))


def seconded_doubt(heard: Heard, room: Room) -> int | None:
    """Open the doubtful line that a neighbour's “我家也是” makes plain; return its case."""
    heard.uow.inbox.write()
    least = heard.policy.hearing.doubtful
    others = [d for d in _fresh(heard, room) if d.account_id != heard.account.id and d.probability >= least]
    others = [d for d in others if endorsements.fits_words(heard, d.words)]
    if not others or heard.uow.spoken.other_talk(room.id, others[-1].said_at) > MOST_BETWEEN:
        return None
    return open_doubt(heard, others[-1], PLAIN)


def _fresh(heard: Heard, room: Room) -> list[Doubt]:
    return heard.uow.doubts.open_in(room.id, heard.now - MADE_PLAIN)


def _same(one: Understanding, other: Understanding) -> bool:
    if one.category is None or one.category != other.category:
        return False
    first, second = (similar.matter(said.text, said.category, said.place) for said in (one, other))
    return similar.likeness(first, second) > 0 and similar.shares_words(first, other.text)


def _as_speaker(heard: Heard, doubt: Doubt) -> Heard:
    """Return what is handled as if the one who said the doubtful line were just saying it."""
    first, room = doubt.lines[0], heard.uow.rooms.get(doubt.room_id)
    account = heard.uow.people.account(doubt.account_id)
    inbound = Inbound(
        first.channel,
        first.message_id,
        heard.now,
        room.external_id,
        account.external_id,
        account.name,
        doubt.words,
    )
    return Heard(
        heard.house,
        heard.uow,
        heard.now,
        heard.events,
        inbound=inbound,
        room=room,
        account=account,
        person=heard.uow.people.get(doubt.person_id),
    )


def _in_charge(heard: Heard, room: Room, said: Understanding, *, urgent: bool) -> list[int]:
    """Return who is asked: the grid leader, else the officer; of what may be urgent who is on duty, too."""
    area, building = where(heard, room, place_said(heard, room, said))
    here = (building or area).id
    if heard.roles_at(here):
        return []  # who is in charge says it plainly when they want a case
    leader = next((p for role in ASKED for p in _reachable(heard, here, role)), None)
    found = [leader] if leader is not None else []
    if urgent:
        areas = [above.id for above in heard.uow.areas.up(here)]
        on_duty = [shift.person_id for shift in heard.uow.shifts.on(areas, heard.now)]
        found += [p for p in on_duty if private_account(heard, p) is not None]
    return list(dict.fromkeys(found))


def _reachable(ctx: Context, area_id: int, role: Role) -> Iterable[int]:
    return (p.id for _, p in holders(ctx, area_id, (role,)) if private_account(ctx, p.id) is not None)


def _grown(
    heard: Heard, room: Room, asked: int, said: Understanding, lines: list[Line], *, urgent: bool
) -> bool:
    """Add lines to a doubt of theirs that nobody was asked about yet; return whether there is one."""
    if urgent:
        return False
    waiting = heard.uow.doubts.waiting_for(asked, heard.now + timedelta(days=2))
    since = heard.now - heard.policy.join_within
    mine = [
        d
        for d in waiting
        if (d.account_id, d.room_id) == (heard.account.id, room.id)
        and d.said_at >= since
        and threads.akin(heard.understand_again(d.words), said)
    ]
    if mine:
        new = [line for line in lines if line not in mine[-1].lines]
        heard.uow.doubts.grow(mine[-1], new, said.probability)
    return bool(mine)


def _ask(ctx: Context, person_id: int, found: list[Doubt]) -> None:
    """Ask somebody about some lines, each under its letter of the day."""
    account = private_account(ctx, person_id)
    if account is None:
        return
    work, texts = ctx.policy.work, ctx.house.texts
    day = work.local(ctx.now).date()
    first = ctx.uow.doubts.count_letters(person_id, day)
    rows: list[str] = []
    for number, doubt in enumerate(found, first):
        name = letter(number)
        ctx.uow.doubts.send(doubt.id, person_id, name, day, ctx.now)
        who = ctx.uow.people.account(doubt.account_id).name
        rows.append(texts("doubt.row", letter=name, name=who, words=_short(doubt.words)))
    urgent = any(doubt.urgent for doubt in found)
    saying = Saying(
        "doubt.ask_urgent" if urgent else "doubt.ask",
        dedupe=f"doubts:{person_id}:{found[0].id}",
        values={"rows": Said("\n".join(rows))},
        purpose=Purpose.DOUBTS.of(*(doubt.id for doubt in found)),
        urgent=urgent,
    )
    say(ctx, account, saying)
    dropped = ReminderKind.DOUBTS_DROPPED
    ctx.uow.reminders.arm(
        Reminder(0, dropped, 0, dropped_at(ctx.now, work), {}, dropped.key(day.toordinal()))
    )


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= SHOWN else f"{flat[:SHOWN]}…"
