"""Below /desk/people: the QR code of a room's link, and a roster, imported after a look at what changes.

A roster is a file and no command; only the operator imports one, and it is audited.
"""

from __future__ import annotations

import base64
import binascii
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from aiohttp import web

from bot.web.desk.register_parts import areas_of
from bot.web.viewers import DESK, look
from data.domain.errors import InputError
from data.domain.people import OFFICERS, Role
from data.roster import gone_from, import_roster, read
from handlers.people.room_links import url_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.web.acting import Acting
    from bot.web.frame import PageFrame
    from bot.web.viewers import Viewer
    from data.roster import Entry
    from data.uow import UnitOfWork

LARGEST = 700_000  # bytes of a roster: the form that carries it on stays below what a server takes
MOST_SHOWN = 300  # entries that would change
SUFFIXES = (".yaml", ".yml", ".xlsx")
SVG = "image/svg+xml"


class Change(NamedTuple):
    """An entry of the file that adds or changes something."""

    how: str
    section: str
    where: str


class Preview(NamedTuple):
    """What a roster would do or has done, who is gone from it, what is wrong with it."""

    file: str
    content: str
    changes: list[Change]
    counts: Mapping[str, int]
    gone: list[str]
    done: bool = False
    wrong: str = ""


class PeoplePages:
    """Draws codes, and imports rosters."""

    def __init__(self, frame: PageFrame, acting: Acting) -> None:
        self._frame = frame
        self._site = frame.site
        self._acting = acting

    async def code(self, request: web.Request) -> web.Response:
        """Draw the QR code of an open link into a room of the officer's."""
        link_id = int(request.match_info["link"])
        _, address = await self._frame.read(request, DESK, _address, link_id)
        import segno  # noqa: PLC0415  for a code that is asked for only

        drawn = io.BytesIO()
        segno.make(address, error="m").save(drawn, kind="svg", scale=8, border=4, light="#fff")
        return web.Response(body=drawn.getvalue(), content_type=SVG)

    async def ask(self, request: web.Request) -> web.Response:
        """Ask for a file."""
        who, _ = await self._frame.read(request, DESK, _require_operator)
        return self._frame.render("desk/roster.html", request, who, preview=None)

    async def take(self, request: web.Request) -> web.Response:
        """Show what a file would change; or, once that was seen, import it."""
        fields = await request.post()
        _, account = await self._acting.read(request)
        who, _ = await self._frame.read(request, DESK, _require_operator)
        sent = fields.get("file")
        if isinstance(sent, web.FileField):
            name, content = sent.filename, sent.file.read(LARGEST + 1)
        else:
            name, content = str(fields.get("name", "")), _decoded(str(fields.get("content", "")))
        doing = "import" in fields
        preview = await self._site.write(self._import, account.account, name, content, doing=doing)
        status = 422 if preview.wrong else 200
        return self._frame.render("desk/roster.html", request, who, preview=preview, status=status)

    def _import(self, uow: UnitOfWork, account: str, name: str, content: bytes, *, doing: bool) -> Preview:
        """Import a file; unless it is meant (`doing`), or where something is wrong, all is put back."""
        try:
            entries = _entries(name, content)
            changes: list[Change] = []

            def told(entry: Entry, how: str) -> None:
                changes.append(Change(how, entry.section, entry.where))

            with uow.savepoint():
                work, now = self._site.house.policy.work, self._site.clock.now()
                counts = import_roster(uow, entries, name, work=work, now=now, told=told)
                gone = [person.name for person in gone_from(uow, entries)]
                if not doing:
                    _put_back(counts, gone)
        except InputError as error:
            where = f"{error.source} {error.where}".strip(" -")
            wrong = f"{where}:{self._site.texts(error.key, **error.values)}"
            return Preview(name, "", [], {}, [], wrong=wrong)
        except _OnlyLookedAtError as looked:
            kept = base64.b64encode(content).decode()
            return Preview(name, kept, changes[:MOST_SHOWN], looked.counts, looked.gone)
        viewer = look(uow, self._site, account)
        if viewer is not None:
            uow.audit.did(self._site.clock.now(), viewer.heard.person.id, None, "roster", "done")
        return Preview(name, "", changes[:MOST_SHOWN], counts, gone, done=True)


class _OnlyLookedAtError(Exception):
    """Everything is put back: it was a preview."""

    def __init__(self, counts: Mapping[str, int], gone: list[str]) -> None:
        super().__init__()
        self.counts = counts
        self.gone = gone


def _put_back(counts: Mapping[str, int], gone: list[str]) -> NoReturn:
    raise _OnlyLookedAtError(counts, gone)


def _require_operator(viewer: Viewer) -> None:
    if Role.OPERATOR not in viewer.roles:
        raise web.HTTPForbidden(text=viewer.heard.house.texts("site.not_yours"))


def _address(viewer: Viewer, link_id: int) -> str:
    heard, mine = viewer.heard, set(areas_of(viewer.heard))
    links = [link for link in heard.uow.invitations.links_open(heard.now) if link.id == link_id]
    if not viewer.roles & OFFICERS or not links or heard.uow.rooms.get(links[0].room_id).area_id not in mine:
        raise web.HTTPNotFound
    return url_of(heard, links[0])


def _entries(name: str, content: bytes) -> list[Entry]:
    """Return the entries of a file that was sent, or raise `InputError`."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES or not content:
        raise InputError(name[:80] or "-", "-", "desk.roster.no_file")
    if len(content) > LARGEST:
        raise InputError(name[:80], "-", "desk.roster.large", most=LARGEST // 1000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"roster{suffix}"
        path.write_bytes(content)
        return read(path)


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content[: LARGEST * 2], validate=True)
    except (binascii.Error, ValueError):
        return b""
