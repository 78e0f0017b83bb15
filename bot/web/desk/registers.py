"""Registers: calendars and lists of community life; each button and form of theirs is a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot.web.acting import Deed, new_client
from bot.web.desk import meeting_registers, people_register, visit_registers
from bot.web.desk.making import command_of
from bot.web.desk.month_sheet import MonthSheet, month_asked, month_of, next_month
from bot.web.viewers import DESK, look
from data.domain.messages import clean
from handlers.hearing.forms import FORM_OF
from handlers.hearing.permissions import allowed_somewhere, is_off
from handlers.hearing.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from bot.web.acting import Acting, Chosen, PostedForm
    from bot.web.desk.register_parts import Make, Register
    from bot.web.frame import PageFrame
    from bot.web.viewers import Viewer
    from data.uow import UnitOfWork
    from handlers.context import Heard

LONGEST_SEARCH = 100
MOST_ANSWERS = 3
MISSING = Deed(())  # nothing was said: something in the form is not filled in


class Page(NamedTuple):
    """A page: how it is read, the commands of its rows and of its typed line, whether for officers alone."""

    read: Callable[[Heard, datetime, datetime, str], Register]
    verbs: tuple[Verb, ...] = ()
    officers: bool = False


class RegisterShown(NamedTuple):
    """All that a register shows; `given` is what was filled into its forms, where it was refused."""

    register: Register
    makes: list[Make]
    month: MonthSheet | None
    query: str
    said: list[str]
    given: Mapping[str, str]
    examples: list[tuple[str, str]]


class Registers:
    """Shows the registers, and says their commands."""

    def __init__(self, frame: PageFrame, acting: Acting) -> None:
        self._frame = frame
        self._acting = acting

    async def show(self, request: web.Request) -> web.Response:
        """Show a register."""
        return await self._page(request)

    async def act(self, request: web.Request) -> web.Response:
        """Say what a button, a form or the typed line says, and show the register with the answer."""
        fields = await request.post()
        given = {name: ",".join(map(str, fields.getall(name))) for name in fields if name.startswith("f")}
        form, who = await self._acting.read(request, *given.values())
        given["make"] = str(fields.get("make", ""))
        name = request.match_info["name"]
        commands = await self._frame.site.read(self._commands, who.account, name, form, given)
        deed = await self._acting.say(form, who, commands) if commands else MISSING
        if deed.done:
            raise self._acting.back(request, request.path_qs, deed)
        return await self._page(request, deed, given)

    async def _page(
        self, request: web.Request, deed: Deed | None = None, given: Mapping[str, str] | None = None
    ) -> web.Response:
        name = request.match_info["name"]
        who, shown = await self._frame.read(
            request, DESK, self._shown, name, dict(request.query), deed, given or {}
        )
        return self._frame.render(
            "desk/register.html", request, who, name=name, shown=shown, deed=deed, client=new_client()
        )

    def _shown(
        self,
        viewer: Viewer,
        name: str,
        asked: Mapping[str, str],
        deed: Deed | None,
        given: Mapping[str, str],
    ) -> RegisterShown:
        heard, page = viewer.heard, _page_of(viewer, name)
        work = heard.policy.work
        today = work.local(heard.now).date()
        first = month_asked(asked.get("month", ""), today)
        query = clean(asked.get("q", ""), LONGEST_SEARCH)
        midnight = work.opens.min
        register = page.read(heard, work.at(first, midnight), work.at(next_month(first), midnight), query)
        ids = asked.get("said", "").split("_")[:MOST_ANSWERS]
        said = [a for one in deed.said for a in one.answers] if deed else []
        if deed is MISSING:
            said = [heard.house.texts("desk.form_missing")]
        if deed is None:
            said = [a for one in ids if one for a in heard.uow.outbox.answers(heard.account.id, one)]
        return RegisterShown(
            register,
            [make for make in register.makes if make.possible and _may(heard, Verb(make.verb))],
            _month(register, first, today, query),
            query,
            said,
            given,
            [(v.value, FORM_OF[v].example) for v in page.verbs if _may(heard, v)],
        )

    def _commands(
        self, uow: UnitOfWork, account: str, name: str, form: PostedForm, given: Mapping[str, str]
    ) -> list[tuple[str, Chosen | None]]:
        viewer = look(uow, self._frame.site, account)
        if viewer is None:
            raise web.HTTPForbidden
        page, texts = _page_of(viewer, name), self._frame.site.texts
        if given["make"]:
            now = viewer.heard.now
            makes = {make.key: make for make in page.read(viewer.heard, now, now, "").makes}
            make = makes.get(given["make"])
            if make is None:
                raise web.HTTPBadRequest(text=texts("desk.no_verb"))
            command = command_of(make, given)
            return [(command, None)] if command else []
        if form.verb not in {verb.value for verb in page.verbs}:
            raise web.HTTPBadRequest(text=texts("desk.no_verb"))
        return [(f"{form.verb} {form.words}".strip(), None)]


def _month(register: Register, first: date, today: date, query: str) -> MonthSheet | None:
    """Return the month of a register that has one, with what is looked for."""
    if register.entries is None:
        return None
    found = [one for one in register.entries if all(word in one.shown for word in query.split())]
    return month_of(first, today, found)


def _may(heard: Heard, verb: Verb) -> bool:
    return allowed_somewhere(heard, FORM_OF[verb].who) and not is_off(heard, verb)


def _page_of(viewer: Viewer, name: str) -> Page:
    page = PAGES.get(name)
    if page is None:
        raise web.HTTPNotFound
    if not viewer.is_staff or (page.officers and not viewer.is_officer):
        raise web.HTTPForbidden(text=viewer.heard.house.texts("site.not_yours"))
    return page


OF_MEETINGS = (
    *(Verb.CALL_MEETING, Verb.MOVE_MEETING, Verb.CANCEL_MEETING, Verb.LIST_MOTION, Verb.MINUTES),
    *(Verb.DECIDE, Verb.BALLOT, Verb.EXTEND_BALLOT, Verb.CANCEL_BALLOT, Verb.PUBLICITY, Verb.FOUR),
    *(Verb.ELECTION, Verb.ELECTION_LIST),
)
OF_ACTIVITIES = (
    *(Verb.ACTIVITY, Verb.BUILDING_DAY, Verb.SERVICE_DAY, Verb.MOVE_ACTIVITY, Verb.CANCEL_ACTIVITY),
    *(Verb.NOTE_ACTIVITY, Verb.END_ACTIVITY, Verb.ADD_POINTS, Verb.DEDUCT_POINTS, Verb.LOOK_FOR_HELP),
)
OF_VISITS = (
    *(Verb.RECORD_VISIT, Verb.PLAN_VISIT, Verb.CANCEL_VISIT, Verb.LOOK_UP_VISITS, Verb.VISIT_COVERAGE),
    *(Verb.PATROL, Verb.NECESSARY, Verb.ARRIVED, Verb.ON_BEHALF),
)
OF_PEOPLE = (
    *(Verb.CONFIRM_RESIDENT, Verb.NOT_RESIDENT, Verb.INVITE, Verb.CANCEL_INVITATION, Verb.PAIR, Verb.SHIFT),
    *(Verb.CANCEL_SHIFT, Verb.PUT_OUT, Verb.BAN, Verb.LIFT_BAN),
)
PAGES: dict[str, Page] = {
    "meetings": Page(meeting_registers.meetings, OF_MEETINGS),
    "activities": Page(meeting_registers.activities, OF_ACTIVITIES),
    "visits": Page(visit_registers.visits, OF_VISITS),
    "people": Page(people_register.people, OF_PEOPLE),
    "notices": Page(visit_registers.notices, (Verb.NOTICE, Verb.NOTICE_STATUS, Verb.WITHDRAW_NOTICE)),
    "audit": Page(visit_registers.audit, officers=True),
}
