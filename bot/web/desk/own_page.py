"""规则 and 用语: own rules and wordings, tried out before they are in force, and gone back from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot.web.acting import Deed, new_client
from bot.web.viewers import DESK, look
from data.domain.errors import UserError
from data.domain.own import OwnKind
from handlers.hearing.verbs import Verb
from handlers.own import changing
from handlers.own.in_force import checked_wordings
from handlers.own.trying import LAST, Trial, try_rules, try_wording
from handlers.saying.days import when
from handlers.saying.refusals import worded
from nlp.categories import CATEGORIES, OTHER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.web.acting import Acting, PostedForm
    from bot.web.frame import PageFrame
    from bot.web.viewers import Viewer
    from data.uow import UnitOfWork
    from handlers.context import Heard

TRY, ADD, WHOLE = "试", changing.ADD, changing.WHOLE
MOST_HISTORY, MOST_WORDINGS, LONGEST_SEARCH = 30, 40, 100
RULES, WORDINGS = "rules", "words"
VERBS = {RULES: Verb.CHANGE_RULES, WORDINGS: Verb.CHANGE_WORDINGS}


class Past(NamedTuple):
    """One version: when, who, what changed, whether it is in force."""

    when: str
    who: str
    what: str
    text: str
    current: bool


class Wording(NamedTuple):
    """One wording: what ships, what is said now, and an example of it."""

    key: str
    shipped: str
    now: str
    changed: bool
    sample: str


class OwnShown(NamedTuple):
    """What the pages of own rules and of own wordings show: what is in force, its history, a trial."""

    said: list[str]
    history: list[Past]
    text: str = ""
    line: str = ""
    trial: Trial | None = None
    targets: tuple[str, ...] = ()
    wordings: tuple[Wording, ...] = ()
    found: int = 0
    query: str = ""
    communities: tuple[str, ...] = ()  # for whom it holds, where there are several


class OwnPages:
    """Shows both pages, and says what is changed on them as commands."""

    def __init__(self, frame: PageFrame, acting: Acting) -> None:
        self._frame = frame
        self._site = frame.site
        self._acting = acting

    async def show(self, request: web.Request) -> web.Response:
        """Show a page."""
        return await self._page(request)

    async def act(self, request: web.Request) -> web.Response:
        """Try something out, or say the command and show what came of it."""
        form, who = await self._acting.read(request)
        fields = {name: str(value) for name, value in (await request.post()).items()}
        await self._site.read(self._require, who.account)
        if form.verb == TRY:
            return await self._page(request, tried=fields)
        command = _command(request.match_info["page"], form, fields)
        if command is None:
            raise web.HTTPBadRequest(text=self._site.texts("desk.no_verb"))
        deed = await self._acting.say(form, who, [(command, None)])
        if deed.done:
            raise self._acting.back(request, request.path_qs, deed)
        return await self._page(request, deed, tried=fields)

    async def _page(
        self, request: web.Request, deed: Deed | None = None, tried: Mapping[str, str] | None = None
    ) -> web.Response:
        page = request.match_info["page"]
        shows = self._rules if page == RULES else self._wordings
        who, shown = await self._frame.read(request, DESK, shows, dict(request.query), deed, tried or {})
        return self._frame.render(
            f"desk/{page}.html", request, who, shown=shown, deed=deed, client=new_client(), last=LAST
        )

    def _require(self, uow: UnitOfWork, account: str) -> None:
        _require(look(uow, self._site, account))

    def _rules(
        self, viewer: Viewer, given: Mapping[str, str], deed: Deed | None, tried: Mapping[str, str]
    ) -> OwnShown:
        heard = _require(viewer)
        said, trial = _said(heard, given, deed), None
        text = changing.in_force(heard, OwnKind.RULES).text
        line = tried.get("line", "")[:500].strip()
        if tried.get("words") is not None and tried.get("verb") != ADD:
            text = tried["words"].replace("\r\n", "\n")[: changing.LONGEST]
        if tried.get("verb") == TRY:
            try:
                trial = try_rules(heard, text, line)
            except UserError as error:
                said = [worded(heard, error)]
        targets = (
            *changing.SAYING,
            *(category.partition("/")[2] for category in CATEGORIES if OTHER not in category),
        )
        history = _history(heard, OwnKind.RULES)
        return OwnShown(said, history, text, line, trial, targets, communities=_communities(heard))

    def _wordings(
        self, viewer: Viewer, given: Mapping[str, str], deed: Deed | None, tried: Mapping[str, str]
    ) -> OwnShown:
        heard = _require(viewer)
        texts, said = heard.house.texts, _said(heard, given, deed)
        own = checked_wordings(heard.house, changing.in_force(heard, OwnKind.WORDINGS).text)
        query = given.get("q", "")[:LONGEST_SEARCH].strip()
        keys = texts.looked_for(query) if query else list(own)
        key = tried.get("key", "")
        draft = {key: tried.get("words", "").replace("\r\n", "\n").strip()} if key in texts else {}
        keys = [*draft, *(one for one in keys if one not in draft)]
        rows = []
        for one in keys[:MOST_WORDINGS]:
            now = draft.get(one, texts.raw(one))
            try:
                sample = try_wording(heard, one, now)
            except UserError as error:
                sample, said = "", [*said, worded(heard, error)]
            rows.append(Wording(one, texts.before(one), now, one in own, sample))
        return OwnShown(
            said,
            _history(heard, OwnKind.WORDINGS),
            wordings=tuple(rows),
            found=len(keys),
            query=query,
            communities=_communities(heard),
        )


def _require(viewer: Viewer | None) -> Heard:
    if viewer is None or not viewer.is_officer:
        raise web.HTTPForbidden(text=viewer.heard.house.texts("site.not_yours") if viewer else None)
    return viewer.heard


def _communities(heard: Heard) -> tuple[str, ...]:
    """Return the communities for which all of it holds; none where it goes without saying."""
    names = tuple(community.name for community in heard.uow.areas.communities())
    return names if len(names) > 1 else ()


def _command(page: str, form: PostedForm, fields: Mapping[str, str]) -> str | None:
    """Return what a button of a page says."""
    verb = VERBS[page].value
    if form.verb == changing.BACK:
        return f"{verb} {changing.BACK}"
    if page == RULES:
        rules = {
            WHOLE: f"{verb} {WHOLE}\n{form.words}",
            ADD: f"{verb} {ADD} {fields.get('key', '')} {form.words}",
        }
        return rules.get(form.verb)
    key = fields.get("key", "").split()
    if len(key) != 1:
        return None
    if form.verb == changing.RESET:
        return f"{verb} {changing.RESET} {key[0]}"
    return f"{verb} {key[0]} {form.words}" if form.verb == verb else None


def _said(heard: Heard, given: Mapping[str, str], deed: Deed | None) -> list[str]:
    if deed is not None:
        return [answer for one in deed.said for answer in one.answers]
    ids = given.get("said", "").split("_")[:3]
    return [a for one in ids if one for a in heard.uow.outbox.answers(heard.account.id, one)]


def _history(heard: Heard, kind: OwnKind) -> list[Past]:
    return [
        Past(
            when(heard, one.at),
            heard.uow.people.get(one.person_id).name if one.person_id else "–",
            one.what,
            one.text,
            current=number == 0,
        )
        for number, one in enumerate(heard.uow.own.of(kind, MOST_HISTORY))
    ]
