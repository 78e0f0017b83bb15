"""Visits (走访): who should be seen how often; the visitor is reminded; what was heard becomes a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.case import Place, Source
from data.domain.errors import UserError
from data.domain.reminder import Reminder, ReminderKind
from data.domain.visit import Recurrence, read_period
from data.recurring import next_friday, remind_of_visit
from handlers.cases import opening
from handlers.context import said_in
from handlers.hearing.areas import address_in_charge
from handlers.hearing.names import people_named
from handlers.saying.days import day_of, period_name
from handlers.saying.say import Saying, answer, answer_about, say_to_person
from handlers.saying.showing import case_label, place_name, resent
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.people import Person
    from data.domain.visit import VisitPlan
    from handlers.context import Context, Heard
    from handlers.hearing.areas import Residence
    from handlers.hearing.grammar import Command
    from nlp.understanding import Understanding


def plan(heard: Heard, command: Command) -> None:
    """Write or change a plan of visits, its words in any clear order: 走访 计划 [谁] 地址 [姓名] 周期."""
    visitor: Person | None = None
    period: Recurrence | None = None
    address: Residence | None = None
    names: list[str] = []
    for word in command.words.split():
        if period is None and (period := read_period(word)) is not None:
            continue
        if address is None and (address := address_in_charge(heard, word)) is not None:
            continue
        if visitor is None and (visitor := _visitor(heard, word)) is not None:
            continue
        names.append(word)
    if period is None or address is None or len(names) > 1:
        raise UserError("visit.plan_form", example=command.form.example)
    today = heard.policy.work.local(heard.now).date()
    who = visitor or heard.person
    period, due = period.from_day(today), period.first(today)
    whom = names[0] if names else None
    made, _ = heard.uow.visits.plan(
        visitor_id=who.id, area_id=address.grid.id, place=address.place, whom=whom, period=period, due=due
    )
    remind_of_visit(heard.uow, heard.policy.work, made.id, due)
    heard.private_answer = True
    answer(
        heard,
        "visit.planned",
        **_values(made),
        who=who.name,
        every=period_name(heard.house.texts, period),
        due=day_of(heard.house.texts, due),
    )


def record(heard: Heard, command: Command) -> None:
    """Write down a visit; a need that was heard there becomes a case: 走访 记录 地址 [姓名] 内容."""
    first, _, rest = command.words.partition(" ")
    address = address_in_charge(heard, first)
    if address is None or not rest.strip():
        raise UserError("visit.record_form", example=command.form.example)
    whom, words = _name_and_words(rest.strip())
    plans = [  # a visit counts for the plans of who made it only
        plan
        for plan in heard.uow.visits.plans_for(address.grid.id, address.place)
        if plan.visitor_id == heard.person.id
    ]
    visit_id = heard.uow.visits.record(
        plan_id=plans[0].id if plans else None,
        visitor_id=heard.person.id,
        area_id=address.grid.id,
        place=address.place,
        whom=whom,
        at=heard.now,
        words=words,
        said_in=said_in(heard),
    )
    for kept in plans:
        for turn in heard.uow.visits.open_turns(kept.id):
            heard.uow.visits.make_turn(kept.id, turn, heard.now)
        today = heard.policy.work.local(heard.now).date()
        period = kept.period.from_day(today)
        due = period.after(today)
        heard.uow.visits.postpone(kept.id, due, period)
        remind_of_visit(heard.uow, heard.policy.work, kept.id, due)
    heard.private_answer = True
    said = heard.understand(words)
    values: dict[str, Any] = {
        "where": Said(place_name(address.place, public=False)),
        "whom": Said(whom or ""),
    }
    if said.is_appeal:
        _open_case(heard, address, said, visit_id, values)
    else:
        answer(heard, "visit.recorded", **values)


def fire(ctx: Context, reminder: Reminder) -> None:
    """Remind the visitor that a visit falls due, once per due date."""
    plan = ctx.uow.visits.get(reminder.subject)
    if plan.cancelled or plan.due.isoformat() != reminder.details["due"]:
        return
    ctx.uow.visits.falls_due(plan.id, plan.due)
    _arm_friday(ctx, plan)
    saying = Saying(
        "visit.due",
        dedupe=f"rem:{reminder.id}:{reminder.details['due']}",
        values={**_values(plan), "due": day_of(ctx.house.texts, plan.due), "resent": resent(ctx, reminder)},
        bundle=ReminderKind.DAILY,  # said in one message with the list of the day, and named nowhere else
    )
    say_to_person(ctx, plan.visitor_id, saying)
    today, due = ctx.policy.work.local(ctx.now).date(), plan.due
    while due <= today:
        due = plan.period.after(due)
    ctx.uow.visits.postpone(plan.id, due, plan.period)
    remind_of_visit(ctx.uow, ctx.policy.work, plan.id, due)


def _arm_friday(ctx: Context, plan: VisitPlan) -> None:
    """Set when the officers hear of what is missed: on Friday at five, unless that is set."""
    community = ctx.uow.areas.community_of(plan.area_id)
    if community is None:
        return
    key = ReminderKind.MISSED.key(community.id)
    due = next_friday(ctx.policy.work, ctx.now)
    ctx.uow.reminders.arm(Reminder(0, ReminderKind.MISSED, community.id, due, key=key))


def _open_case(
    heard: Heard, address: Residence, said: Understanding, visit_id: int, values: dict[str, Any]
) -> None:
    place = Place(*said.place)
    case = opening.open_case(
        heard,
        address.grid,
        said,
        building=address.building,
        place=place.filled_from(address.place),
        source=Source.VISIT,
    )
    heard.uow.visits.link_case(visit_id, case.id)
    answer_about(heard, "visit.case", (case,), **values, label=case_label(heard.policy, case, public=False))


def _visitor(heard: Heard, word: str) -> Person | None:
    """Return the person with a duty, or of an organisation, who goes by a name."""
    known = people_named(heard, word, lambda p: bool(heard.uow.people.duties(p.id) or p.organisation_id))
    return known[0] if known else None


def _name_and_words(rest: str) -> tuple[str | None, str]:
    """Take a short first word for a name: `王奶奶 一切都好`."""
    first, _, words = rest.partition(" ")
    return (first, words.strip()) if words.strip() and len(first) <= 4 else (None, rest)


def _values(plan: VisitPlan) -> dict[str, Any]:
    where = place_name(plan.place, public=False)
    return {"where": Said(where), "whom": Said(f"({plan.whom})" if plan.whom else "")}
