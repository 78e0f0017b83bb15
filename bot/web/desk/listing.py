"""工作台: the cases in one's charge by what falls due, found, filtered, and acted on in place."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot.web.acting import Chosen, Deed, new_client
from bot.web.desk import actions, asked
from bot.web.desk.rows import CaseRow, command_number, row_of
from bot.web.desk.sheet import sheet_of
from bot.web.frame import linker
from bot.web.viewers import DESK, look
from data.domain.areas import AreaKind
from data.domain.case import Grade
from data.domain.charge import Standing
from data.domain.people import GRID_STAFF, Role
from handlers.queries.charge import charge_of, may_see
from handlers.saying.days import when

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.web.acting import Acting, PostedForm
    from bot.web.frame import PageFrame
    from bot.web.viewers import Viewer
    from data.repositories.filters import Saved
    from data.uow import UnitOfWork
    from handlers.context import Heard

SIZE = 40  # rows of one page
MOST_SHEET = 20_000  # rows of one spreadsheet
CHIPS = (
    *(Standing.OPEN, Standing.LATE, Standing.TODAY, Standing.REPORTED, Standing.MINE),
    *(Standing.DEFERRED, Standing.DONE, Standing.ALL),
)
GRID_STAFF_AND_OFFICERS = (*sorted(GRID_STAFF), Role.OFFICER)
YES, NO, LETTER = "是", "不是", re.compile(r"[A-Z]{1,3}")  # how doubtful lines are answered
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Choice(NamedTuple):
    """One entry of a list to choose from."""

    value: str
    name: str
    open: int | None = None


class Doubted(NamedTuple):
    """A line that may be an appeal, under the letter by which one was asked."""

    letter: str
    who: str
    where: str
    when: str
    words: str


class ListPage(NamedTuple):
    """What the list of the desk shows: its rows, filters, buttons, and what was answered."""

    rows: list[CaseRow]
    total: int
    more: bool
    page: int
    pages: int
    query: dict[str, str]
    cut: bool
    standings: list[Choice]
    kinds: list[Choice]
    grades: list[Choice]
    areas: list[Choice]
    saved: list[Saved]
    acts: list[actions.Act]
    templates: dict[str, list[str]]
    assignees: list[str]
    said: list[str]
    doubts: list[Doubted]


class Listing:
    """Shows the list and does what its buttons say."""

    def __init__(self, frame: PageFrame, acting: Acting) -> None:
        self._frame = frame
        self._acting = acting

    async def show(self, request: web.Request) -> web.Response:
        """Show the list; `said` names the message whose answer is shown above it."""
        return await self._page(request)

    async def act(self, request: web.Request) -> web.Response:
        """Do what a button says to the cases that are ticked, and show the list with the answer."""
        form, shown = await self._acting.read(request)
        commands = await self._frame.site.read(self._commands, shown.account, form)
        deed = await self._acting.say(form, shown, commands)
        if deed.done:
            raise self._acting.back(request, request.path_qs, deed)
        return await self._page(request, deed)

    async def sheet(self, request: web.Request) -> web.Response:
        """Send the list as a spreadsheet, people's words masked."""
        _, body = await self._frame.read(request, DESK, self._sheet, dict(request.query))
        headers = {"Content-Disposition": 'attachment; filename="shaozi.xlsx"'}
        return web.Response(body=body, content_type=XLSX, headers=headers)

    async def keep(self, request: web.Request) -> web.Response:
        """Keep the filter that is shown under a name, or forget one."""
        fields = await request.post()
        form, shown = await self._acting.read(request)
        name, drop = form.words[:20], "drop" in fields
        query = str(fields.get("query", ""))[:500]
        await self._frame.site.write(self._keep, shown.account, name, query, drop=drop)
        raise web.HTTPSeeOther(linker(self._frame.site, request)(f"/desk?{query}"))

    async def _page(self, request: web.Request, deed: Deed | None = None) -> web.Response:
        who, listed = await self._frame.read(request, DESK, self._listed, dict(request.query), deed)
        return self._frame.render(
            "desk/list.html", request, who, listed=listed, deed=deed, client=new_client()
        )

    def _listed(self, viewer: Viewer, given: Mapping[str, str], deed: Deed | None) -> ListPage:
        heard, uow = viewer.heard, viewer.heard.uow
        charge, found = charge_of(heard), asked.read(heard, given)
        tonight = tonight_of(heard)
        page = uow.finding.page(
            charge, found.wanted, heard.now, tonight, page=asked.page_number(given), size=SIZE
        )
        counts = uow.finding.counts(charge, heard.now, tonight)
        texts, acts = heard.house.texts, actions.anywhere(heard)
        said = [one for said in deed.said for one in said.answers] if deed else self._answers(heard, given)
        return ListPage(
            rows=[row_of(heard, case, tonight) for case in page.cases],
            total=page.total,
            more=page.more,
            page=page.page,
            pages=page.pages,
            query=found.query,
            cut=found.cut,
            standings=[Choice(s.value, texts(f"desk.standing.{s.value}"), counts.get(s)) for s in CHIPS],
            kinds=[Choice(k, k.partition("/")[2] or k) for k in uow.finding.kinds(charge)],
            grades=[Choice(g.value, heard.policy.grade_name(g)) for g in Grade],
            areas=areas_below(heard),
            saved=uow.filters.of(heard.person.id),
            acts=acts,
            templates={act.verb.value: actions.templates(texts, act) for act in acts},
            assignees=assignees(heard),
            said=said,
            doubts=doubts_of(heard),
        )

    def _answers(self, heard: Heard, given: Mapping[str, str]) -> list[str]:
        ids = given.get("said", "").split("_")[:10]
        return [a for one in ids if one for a in heard.uow.outbox.answers(heard.account.id, one)]

    def _commands(
        self, uow: UnitOfWork, account: str, form: PostedForm
    ) -> Sequence[tuple[str, Chosen | None]]:
        """Return the commands that a form stands for, one for each case that is ticked."""
        viewer = look(uow, self._frame.site, account)
        if form.verb in (YES, NO) and LETTER.fullmatch(form.words):
            return [(f"{form.verb} {form.words}", None)]
        act = actions.ACT_OF.get(form.verb)
        if viewer is None or act is None:
            raise web.HTTPBadRequest(text=self._frame.site.texts("desk.no_verb"))
        return commands_for(viewer.heard, act, form)

    def _sheet(self, viewer: Viewer, given: Mapping[str, str]) -> bytes:
        heard = viewer.heard
        found = asked.read(heard, given)
        tonight = tonight_of(heard)
        cases = heard.uow.finding.all_of(charge_of(heard), found.wanted, heard.now, tonight, MOST_SHEET)
        return sheet_of(heard, cases)

    def _keep(self, uow: UnitOfWork, account: str, name: str, query: str, *, drop: bool) -> None:
        viewer = look(uow, self._frame.site, account)
        if viewer is None or not name:
            return
        if drop:
            uow.filters.drop(viewer.heard.person.id, name)
        else:
            uow.filters.keep(viewer.heard.person.id, name, query)


def commands_for(heard: Heard, act: actions.Act, form: PostedForm) -> list[tuple[str, Chosen | None]]:
    """Return an act as the commands that are typed for it: one a case, its number in full."""
    words = " ".join(form.words.split()) if act.asks else ""
    if act.asks and act.must and not words:
        raise web.HTTPBadRequest(text=heard.house.texts("desk.words_missing", verb=act.verb.value))
    commands: list[tuple[str, Chosen | None]] = []
    for chosen in form.chosen:
        case = heard.uow.cases.get(chosen.case_id)
        if may_see(heard, case):
            number = command_number(heard, case)
            commands.append((f"{act.verb.value} {number} {words}".strip(), chosen))
    if not commands:
        raise web.HTTPBadRequest(text=heard.house.texts("desk.no_case"))
    return commands


def doubts_of(heard: Heard) -> list[Doubted]:
    """Return the doubtful lines somebody was asked about and has not answered, the oldest first."""
    asked = [one for one in heard.uow.doubts.lettered(heard.person.id) if one.doubt.answer is None]
    return [
        Doubted(
            one.letter or "",
            heard.uow.people.account(one.doubt.account_id).name,
            heard.uow.rooms.get(one.doubt.room_id).topic,
            when(heard, one.doubt.said_at),
            one.doubt.words,
        )
        for one in reversed(asked)
        if one.letter
    ]


def tonight_of(heard: Heard) -> datetime:
    """Return the end of today, as the place counts days."""
    work = heard.policy.work
    tomorrow = work.local(heard.now).date() + timedelta(days=1)
    return work.at(tomorrow, work.opens.min)


def areas_below(heard: Heard) -> list[Choice]:
    """Return the areas of one's duties and what lies in them down to the grids, to choose from."""
    found: dict[str, str] = {}
    for duty in heard.duties:
        top = heard.uow.areas.get(duty.area_id)
        found[top.code] = top.name
        for area in heard.uow.areas.below(top.id):
            if area.kind is not AreaKind.BUILDING or top.kind is AreaKind.GRID:
                found[area.code] = area.name
    return [Choice(code, name) for code, name in found.items()]


def assignees(heard: Heard) -> list[str]:
    """Return whom a case can be assigned to, by name: organisations, and those on duty in one's areas."""
    names: dict[str, None] = {}
    areas = {duty.area_id for duty in heard.duties}
    for organisation in heard.uow.organisations.all_of_them():
        area_id = organisation.area_id
        covers = heard.uow.areas.covers
        if area_id is None or any(covers(area_id, a) or covers(a, area_id) for a in areas):
            names[organisation.name] = None
    below = [a.id for top in areas for a in (heard.uow.areas.get(top), *heard.uow.areas.below(top))]
    for holder in heard.uow.people.holders(GRID_STAFF_AND_OFFICERS, below):
        names[holder.person.name] = None
    return list(names)[:200]
