"""A case's page: its whole story, and what may be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot.web.acting import Deed, new_client
from bot.web.desk import actions
from bot.web.desk.listing import assignees, commands_for, tonight_of
from bot.web.desk.story import CaseStory, pictures_of, story_of
from bot.web.picture_pages import shown
from bot.web.viewers import DESK, look
from data.domain.case import Grade
from handlers.board.publishing import draft
from handlers.hearing.names import reachable
from handlers.queries.charge import may_see, reads_as_said
from nlp.categories import CATEGORIES, OTHER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.web.acting import Acting, Chosen, PostedForm
    from bot.web.frame import PageFrame
    from bot.web.viewers import Viewer
    from data.domain.case import Case
    from data.domain.publication import Publication
    from data.uow import UnitOfWork
    from handlers.context import Heard

AS_SAID = "said"  # ?words=said asks for the words as they were said


class CaseSeen(NamedTuple):
    """What the page shows, and of which case."""

    case_id: int
    person_id: int
    story: CaseStory
    templates: dict[str, list[str]]
    assignees: list[str]
    units: list[str]
    kinds: list[str]
    grades: list[str]
    said: list[str]
    draft: Publication | None  # what would be public, for those who may say so
    public: Publication | None


class CasePage:
    """Shows one case, and does what its buttons say."""

    def __init__(self, frame: PageFrame, acting: Acting) -> None:
        self._frame = frame
        self._site = frame.site
        self._acting = acting

    async def show(self, request: web.Request) -> web.Response:
        """Show the case."""
        return await self._page(request)

    async def act(self, request: web.Request) -> web.Response:
        """Do what a form says; where it is refused, what was typed stays in it."""
        form, who = await self._acting.read(request)
        commands = await self._site.read(self._commands, who.account, form)
        deed = await self._acting.say(form, who, commands)
        if deed.done:
            raise self._acting.back(request, request.path, deed)
        return await self._page(request, deed)

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """Show a picture of the case to whoever may see the case."""
        path = f"media/{request.match_info['chat']}/{request.match_info['name']}"
        _, belongs = await self._frame.read(request, DESK, self._has_picture, request.match_info, path)
        file = self._site.album.passed_on(path) if belongs else None
        if file is None:
            raise web.HTTPNotFound
        return await shown(request, file)

    async def _page(self, request: web.Request, deed: Deed | None = None) -> web.Response:
        asked = request.query.get("words") == AS_SAID
        who, seen = await self._frame.read(
            request, DESK, self._seen, request.match_info, dict(request.query), deed, asked=asked
        )
        if not seen.story.masked:
            await self._site.write(self._note_view, seen.case_id, seen.person_id)
        return self._frame.render(
            "desk/case.html", request, who, seen=seen, story=seen.story, deed=deed, client=new_client()
        )

    def _seen(
        self,
        viewer: Viewer,
        where: Mapping[str, str],
        given: Mapping[str, str],
        deed: Deed | None,
        *,
        asked: bool,
    ) -> CaseSeen:
        heard = viewer.heard
        case = case_at(heard, where)
        story = story_of(heard, case, tonight_of(heard), as_said=asked or reads_as_said(heard, case))
        ids = given.get("said", "").split("_")[:3]
        account_id = heard.account.id
        said = [a for one in deed.said for a in one.answers] if deed else []
        said += [a for one in ids if one and not deed for a in heard.uow.outbox.answers(account_id, one)]
        return CaseSeen(
            case.id,
            heard.person.id,
            story,
            {act.verb.value: actions.templates(heard.house.texts, act) for act in story.acts},
            assignees(heard),
            [o.name for o in reachable(heard, case)],
            [category.partition("/")[2] for category in CATEGORIES if OTHER not in category],
            [heard.policy.grade_name(grade) for grade in Grade],
            said,
            draft(heard, case) if any(act.asks == "publish" for act in story.acts) else None,
            heard.uow.publications.of(case.id),
        )

    def _commands(self, uow: UnitOfWork, account: str, form: PostedForm) -> list[tuple[str, Chosen | None]]:
        viewer = look(uow, self._site, account)
        act = actions.ACT_OF.get(form.verb)
        if viewer is None or act is None:
            raise web.HTTPBadRequest(text=self._site.texts("desk.no_verb"))
        return commands_for(viewer.heard, act, form)

    def _has_picture(self, viewer: Viewer, where: Mapping[str, str], path: str) -> bool:
        return path in pictures_of(viewer.heard, case_at(viewer.heard, where))

    def _note_view(self, uow: UnitOfWork, case_id: int, person_id: int) -> None:
        uow.audit.viewed(self._site.clock.now(), person_id, case_id)


def case_at(heard: Heard, where: Mapping[str, str]) -> Case:
    """Return the case of an address; 404 where there is none, or it is not theirs to see."""
    community = heard.uow.areas.by_code(where["community"])
    number = int(where["number"])
    case = heard.uow.cases.numbered(community.id, number) if community else None
    if case is None or not may_see(heard, case):
        raise web.HTTPNotFound(text=heard.house.texts("desk.no_such_case"))
    return case
