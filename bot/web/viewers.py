"""Viewers: who looks at a page, as handlers know them, and which pages are theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.channels.web import NAME
from bot.web.visitors import visitor
from data.domain.messages import Inbound
from data.domain.people import OFFICERS, STAFF, Role
from handlers.context import Heard

if TYPE_CHECKING:
    from bot.web.site import Site
    from data.repositories.chats import ShownPerson
    from data.uow import UnitOfWork

CHAT, BOARD, DESK, COCKPIT, CHANNELS = "chat", "board", "desk", "cockpit", "channels"
PATHS = {DESK: "/desk", COCKPIT: "/cockpit", BOARD: "/board", CHANNELS: "/channels"}  # from the chat on


class Viewer(NamedTuple):
    """Who looks at a page: somebody alone with the bot who says nothing yet."""

    heard: Heard
    shown: ShownPerson

    @property
    def roles(self) -> set[Role]:
        """The roles held anywhere."""
        return {duty.role for duty in self.heard.duties}

    @property
    def is_staff(self) -> bool:
        """Whether any duty over an area is held."""
        return bool(self.roles & STAFF)

    @property
    def is_officer(self) -> bool:
        """Whether the duty of an officer or above is held."""
        return bool(self.roles & OFFICERS)


class Badge(NamedTuple):
    """A viewer as the frame of a page shows them: what is left when the unit of work is over."""

    account: str
    name: str
    about: str
    pages: frozenset[str]
    is_staff: bool
    is_officer: bool
    is_operator: bool


def look(uow: UnitOfWork, site: Site, claimed: str | None) -> Viewer | None:
    """Return who an account belongs to; None if it is gone, or claimed by nobody."""
    now = site.clock.now()
    found = visitor(uow, claimed, now)
    if found is None:
        return None
    account = found.account
    silent = Inbound(NAME, "", now, None, account.external_id, account.name, "")
    person = uow.people.get(account.person_id)
    return Viewer(
        Heard(site.house, uow, now, inbound=silent, room=None, account=account, person=person), found.shown
    )


def badge(site: Site, viewer: Viewer) -> Badge:
    """Return what the frame shows of a viewer."""
    shown, texts = viewer.shown, site.texts
    abouts = [f"{texts(f'role.{role.value}')} · {area}" for role, area in shown.duties]
    return Badge(
        shown.account,
        shown.name,
        "、".join(abouts) or shown.organisation or texts("web.resident"),
        pages_of(site, shown),
        viewer.is_staff,
        viewer.is_officer,
        Role.OPERATOR in viewer.roles,
    )


def pages_of(site: Site, shown: ShownPerson) -> frozenset[str]:
    """Return which pages are somebody's, by duties and organisation."""
    roles = {role for role, _ in shown.duties}
    ways = {
        CHAT: True,
        BOARD: board_is_on(site),
        DESK: bool(roles) or shown.organisation is not None,
        COCKPIT: bool(roles & OFFICERS),
        CHANNELS: Role.OPERATOR in roles,
    }
    return frozenset(page for page, theirs in ways.items() if theirs)


def board_is_on(site: Site) -> bool:
    """Whether the public board is shown: where the config says so, and in the demo."""
    return site.config.web.board or site.demo
