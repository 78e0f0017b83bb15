"""The frame around every page but the chat: who looks, where they may go, how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar
from urllib.parse import quote

from aiohttp import web
from yarl import URL

from bot.web.viewers import Badge, Viewer, badge, board_is_on, look

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.web.pages import Pages
    from bot.web.seal import Seal
    from bot.web.site import Site
    from data.uow import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")


class Subpage(NamedTuple):
    """A page below 工作台: its path, the key of its name, and whether officers alone see it."""

    path: str
    key: str
    officers: bool = False


SUBPAGES: tuple[Subpage, ...] = (
    Subpage("/desk", "todo"),
    Subpage("/desk/meetings", "meetings"),
    Subpage("/desk/activities", "activities"),
    Subpage("/desk/visits", "visits"),
    Subpage("/desk/people", "people"),
    Subpage("/desk/notices", "notices"),
    Subpage("/desk/rules", "rules", officers=True),
    Subpage("/desk/words", "words", officers=True),
    Subpage("/desk/audit", "audit", officers=True),
)


class PageFrame:
    """Lets those look who may, and renders what they see."""

    def __init__(self, site: Site, pages: Pages, seal: Seal) -> None:
        self.site = site
        self.seal = seal
        self._pages = pages

    async def read(
        self,
        request: web.Request,
        page: str,
        work: Callable[Concatenate[Viewer, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> tuple[Badge, T]:
        """Look something up for whoever asks; lead strangers to the door, refuse those without a duty."""
        claimed = await self.site.gate.claims(request)

        def looked(uow: UnitOfWork) -> tuple[Badge, T | None] | None:
            viewer = look(uow, self.site, claimed)
            if viewer is None:
                return None
            mine = badge(self.site, viewer)
            return mine, work(viewer, *args, **kwargs) if page in mine.pages else None

        found = await self.site.read(looked)
        if found is None:
            raise web.HTTPSeeOther(f"/sign-in?next={quote(request.path_qs)}")
        mine, result = found
        if page not in mine.pages:
            raise web.HTTPForbidden(text=self.site.texts("site.not_yours"))
        return mine, result  # type: ignore[return-value]  # it is None for pages that are not theirs only

    async def badge(self, request: web.Request) -> Badge | None:
        """Return who looks, None for a stranger (in the demo: who plays nobody), for pages everybody sees."""
        if self.site.demo and not request.query.get("as"):
            return None
        claimed = await self.site.gate.claims(request)

        def looked(uow: UnitOfWork) -> Badge | None:
            viewer = look(uow, self.site, claimed)
            return badge(self.site, viewer) if viewer else None

        return await self.site.read(looked)

    def render(
        self, template: str, request: web.Request, who: Badge | None, *, status: int = 200, **values: Any
    ) -> web.Response:
        """Return a page in the frame."""
        page = self._pages.render(
            template,
            request,
            who=who,
            board=board_is_on(self.site),
            link=linker(self.site, request),
            here=request.path,
            here_full=request.path_qs,
            subpages=[s for s in SUBPAGES if who and who.is_staff and (who.is_officer or not s.officers)],
            mark=self.seal.mark(who.account) if who else "",
            **values,
        )
        page.set_status(status)
        return page


def linker(site: Site, request: web.Request) -> Callable[..., str]:
    """Return what makes the address of another page; in the demo it keeps who one plays."""
    playing = request.query.get("as") if site.demo else None

    def link(path: str, **query: Any) -> str:
        url = URL(path)
        wanted = {name: str(value) for name, value in query.items() if value not in (None, "")}
        if playing:
            wanted["as"] = playing
        return str(url.update_query(wanted)) if wanted else str(url)

    return link
