"""Registers: the calendar, the visits, the people, the notices and the audit as tables, with their commands.

What is done there is a command, typed into a line that knows which ones belong to the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot.web.acting import Deed, SignedOutError, new_client
from bot.web.desk import register_tables
from bot.web.frame import linker
from bot.web.viewers import DESK, look
from handlers.hearing.forms import FORM_OF
from handlers.hearing.permissions import allowed_somewhere
from handlers.hearing.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.web.acting import Acting, Chosen, Form
    from bot.web.frame import Frame
    from bot.web.viewers import Viewer
    from data.uow import UnitOfWork
    from handlers.context import Heard


class Choice(NamedTuple):
    """A command of the page: its word and an example."""

    verb: str
    example: str


class Shown(NamedTuple):
    """All that a register shows."""

    tables: list[register_tables.Table]
    commands: list[Choice]
    said: list[str]


class Register(NamedTuple):
    """A page: how its tables are read, which commands belong to it, whether officers alone see it."""

    tables: Callable[[Heard], list[register_tables.Table]]
    verbs: tuple[Verb, ...] = ()
    officers: bool = False


class Registers:
    """Shows the registers, and says their commands."""

    def __init__(self, frame: Frame, acting: Acting) -> None:
        self._frame = frame
        self._acting = acting

    async def show(self, request: web.Request) -> web.Response:
        """Show a register."""
        return await self._page(request)

    async def act(self, request: web.Request) -> web.Response:
        """Say the command that was typed, and show the register with the answer."""
        try:
            form, who = await self._acting.read(request)
        except SignedOutError as gone:
            return self._frame.render("signed_out.html", request, None, status=401, typed=gone.words)
        commands = await self._frame.site.read(self._commands, who.account, request.match_info["name"], form)
        deed = await self._acting.say(form, who, commands)
        if deed.done:
            ids = "_".join(said.message_id for said in deed.said)
            raise web.HTTPSeeOther(linker(self._frame.site, request)(request.path, said=ids))
        return await self._page(request, deed)

    async def _page(self, request: web.Request, deed: Deed | None = None) -> web.Response:
        name = request.match_info["name"]
        who, shown = await self._frame.read(request, DESK, self._shown, name, dict(request.query), deed)
        return self._frame.render(
            "desk/register.html", request, who, name=name, shown=shown, deed=deed, client=new_client()
        )

    def _shown(self, viewer: Viewer, name: str, given: Mapping[str, str], deed: Deed | None) -> Shown:
        heard = viewer.heard
        register = _register(viewer, name)
        ids = given.get("said", "").split("_")[:3]
        said = [a for one in deed.said for a in one.answers] if deed else []
        said += [
            a for one in ids if one and not deed for a in heard.uow.outbox.answers(heard.account.id, one)
        ]
        allowed = [v for v in register.verbs if allowed_somewhere(heard, FORM_OF[v].who)]
        return Shown(register.tables(heard), [Choice(v.value, FORM_OF[v].example) for v in allowed], said)

    def _commands(
        self, uow: UnitOfWork, account: str, name: str, form: Form
    ) -> list[tuple[str, Chosen | None]]:
        viewer = look(uow, self._frame.site, account)
        known = {verb.value for verb in _register(viewer, name).verbs} if viewer else set()
        if form.verb not in known:
            raise web.HTTPBadRequest(text=self._frame.site.texts("desk.no_verb"))
        return [(f"{form.verb} {form.words}".strip(), None)]


def _register(viewer: Viewer, name: str) -> Register:
    register = REGISTERS.get(name)
    if register is None:
        raise web.HTTPNotFound
    if not viewer.is_staff or (register.officers and not viewer.is_officer):
        raise web.HTTPForbidden(text=viewer.heard.house.texts("site.not_yours"))
    return register


MEETINGS = (Verb.CALL_MEETING, Verb.MOVE_MEETING, Verb.CANCEL_MEETING, Verb.ACTIVITY, Verb.BUILDING_DAY)
REGISTERS: dict[str, Register] = {
    "meetings": Register(register_tables.meetings, MEETINGS),
    "visits": Register(register_tables.visits, (Verb.RECORD_VISIT, Verb.PLAN_VISIT, Verb.CANCEL_VISIT)),
    "people": Register(register_tables.people),
    "notices": Register(register_tables.notices, (Verb.NOTICE, Verb.NOTICE_STATUS, Verb.WITHDRAW_NOTICE)),
    "audit": Register(register_tables.audit, officers=True),
}
