"""A case's whole story, in words, as its page tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.web.desk import actions
from bot.web.desk.links import links_of
from bot.web.desk.rows import CaseRow, row_of
from data.domain.case import State
from data.domain.five_times import five_times
from handlers.queries.charge import charge_of
from handlers.queries.story import said_words, words_of
from handlers.saying.days import when
from handlers.saying.showing import place_name
from handlers.texts.masking import mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from bot.web.desk.register_parts import Way
    from data.domain.areas import Area
    from data.domain.case import Appeal, Case
    from data.domain.steps import Step
    from handlers.context import Heard

MOST_ALIKE = 5
MOST_TOLD = 60
FIVE = ("found", "accepted", "resolved", "fed_back", "confirmed")


class Utterance(NamedTuple):
    """What one appellant said about the case, and when."""

    who: str
    when: str
    where: str
    words: str
    pictures: list[str]
    joined: bool


class Moment(NamedTuple):
    """One step of the timeline."""

    when: str
    who: str
    what: str
    words: str
    undone: bool
    kind: str
    pictures: list[str]


class PartRow(NamedTuple):
    """What became of one organisation's call."""

    who: str
    state: str
    called: str
    came: str
    done: str
    by: str
    late: bool


class ToldAbout(NamedTuple):
    """One thing that was said about the case."""

    when: str
    to: str
    text: str
    state: str


class RatingShown(NamedTuple):
    """How one appellant rated the case."""

    who: str
    shown: str


class CaseStory(NamedTuple):
    """A case's whole story as its page tells it: who said what, steps, calls, messages, ratings."""

    row: CaseRow
    place: str
    grade: str
    kind: str
    area: str
    source: str
    seconded: int
    reopened: int
    result: str
    masked: bool
    utterances: list[Utterance]
    before: list[str]
    after: list[str]
    moments: list[Moment]
    parts: list[PartRow]
    told: list[ToldAbout]
    answers: list[RatingShown]
    alike: list[CaseRow]
    near: list[CaseRow]
    links: list[Way]
    five: list[tuple[str, str]]
    left: str  # working time until the deadline
    acts: list[actions.Act]


def story_of(heard: Heard, case: Case, tonight: datetime, *, as_said: bool) -> CaseStory:
    """Return the story of a case, people's words masked unless they are shown `as_said`."""
    uow, texts = heard.uow, heard.house.texts
    shown: Callable[[str], str] = str if as_said else mask
    steps = uow.timeline.of_case(case.id)
    appeals = uow.appeals.of_case(case.id)
    utterances = [_utterance(heard, appeal, shown) for appeal in appeals]
    moments = [_moment(heard, step, shown) for step in steps]
    five = five_times(steps)
    return CaseStory(
        row=row_of(heard, case, tonight),
        place=place_name(case.place, public=not as_said),
        grade=heard.policy.grade_name(case.grade),
        kind=case.category,
        area=_area(list(uow.areas.up(case.area_id))),
        source=texts(f"source.{case.source.value}"),
        seconded=len(uow.appeals.seconded_by(case.id)),
        reopened=case.reopened,
        result=shown(case.result or ""),
        masked=not as_said,
        utterances=utterances,
        before=[picture for one in utterances for picture in one.pictures],
        after=[picture for moment in moments for picture in moment.pictures],
        moments=moments,
        parts=_parts(heard, case),
        told=_told(heard, case, appeals, steps, shown),
        answers=_answers(heard, case),
        alike=[row_of(heard, c, tonight) for c in uow.finding.alike(case, charge_of(heard), MOST_ALIKE)],
        near=[row_of(heard, c, tonight) for c in uow.finding.near(case, charge_of(heard), MOST_ALIKE)],
        links=links_of(heard, case),
        five=[(texts(f"desk.five.{name}"), _at(heard, getattr(five, name))) for name in FIVE],
        left=_left(heard, case),
        acts=actions.allowed(heard, case),
    )


def pictures_of(heard: Heard, case: Case) -> set[str]:
    """Return the pictures that belong to a case."""
    appeals = heard.uow.appeals.of_case(case.id)
    said = {line.media for appeal in appeals for line in heard.uow.appeals.lines(appeal.id) if line.media}
    return said | {picture for step in heard.uow.timeline.of_case(case.id) for picture in _shown_by(step)}


def _area(up: list[Area]) -> str:
    """Return an area and the one it lies in, as one name: 百安坝社区第一网格."""
    here, *above = up
    return f"{above[0].name}{here.name_within(above[0])}" if above else here.name


def _utterance(heard: Heard, appeal: Appeal, shown: Callable[[str], str]) -> Utterance:
    lines = heard.uow.appeals.lines(appeal.id)
    room = heard.uow.rooms.get(appeal.room_id).topic if appeal.room_id else ""
    return Utterance(
        heard.uow.people.account(appeal.account_id).name,
        when(heard, appeal.said_at),
        room,
        shown(said_words(appeal, lines)),
        [line.media for line in lines if line.media],
        appeal.joined,
    )


def _moment(heard: Heard, step: Step, shown: Callable[[str], str]) -> Moment:
    who = heard.uow.people.get(step.person_id).name if step.person_id else heard.policy.bot_name
    what = heard.house.texts(f"action.{step.action}")
    words = shown(words_of(heard, step))
    return Moment(when(heard, step.at), who, what, words, step.undone, step.action, _shown_by(step))


def _shown_by(step: Step) -> list[str]:
    """Return the pictures that came with a step."""
    return [] if step.undone else list(step.note.pictures)


def _parts(heard: Heard, case: Case) -> list[PartRow]:
    texts = heard.house.texts
    return [
        PartRow(
            heard.uow.organisations.get(part.organisation_id).name,
            texts(f"part_state.{part.state.value}"),
            when(heard, part.called_at),
            _at(heard, part.checked_in_at),
            _at(heard, part.done_at),
            when(heard, part.check_in_by),
            part.is_late(heard.now),
        )
        for whistle in heard.uow.whistles.of_case(case.id)
        for part in heard.uow.whistles.parts(whistle.id)
    ]


def _told(
    heard: Heard, case: Case, appeals: Iterable[Appeal], steps: Iterable[Step], shown: Callable[[str], str]
) -> list[ToldAbout]:
    prefixes = [f"new:{case.id}:", *(f"ack:{a.id}" for a in appeals), *(f"step:{s.id}:" for s in steps)]
    rows = heard.uow.outbox.under(prefixes, MOST_TOLD)
    texts = heard.house.texts
    return [
        ToldAbout(
            _at(heard, row.sent_at or row.send_at),
            _to_whom(heard, row.room_id, row.account_id),
            shown(row.text),
            texts(f"desk.told.{row.state}"),
        )
        for row in rows
    ]


def _to_whom(heard: Heard, room_id: int | None, account_id: int | None) -> str:
    if room_id is not None:
        return heard.uow.rooms.get(room_id).topic
    return heard.uow.people.account(account_id).name if account_id is not None else "–"


def _answers(heard: Heard, case: Case) -> list[RatingShown]:
    texts = heard.house.texts
    return [
        RatingShown(
            heard.uow.people.get(asked.person_id).name,
            texts(f"rating.{asked.digit}") if asked.digit else texts("desk.unanswered"),
        )
        for turn in range(case.reopened + 1)
        for asked in heard.uow.ratings.of_round(case.id, turn)
    ]


def _left(heard: Heard, case: Case) -> str:
    """Return how much working time there is until the case must be resolved."""
    if case.resolve_by is None or case.state in (State.RESOLVED, State.CLOSED) or case.resolve_by < heard.now:
        return ""
    minutes = int(heard.policy.work.between(heard.now, case.resolve_by).total_seconds() // 60)
    return heard.house.texts("desk.left", hours=minutes // 60, minutes=minutes % 60)


def _at(heard: Heard, at: datetime | None) -> str:
    return when(heard, at) if at else "–"
