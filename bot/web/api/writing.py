"""What can be written: each is said to the bot, as the token's person, and goes the way of the chat."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from bot.web.api import showing
from bot.web.api.envelopes import AppealTaken, CommandDone
from bot.web.api.looking import Looking, note_views
from bot.web.api.problems import ProblemError, not_found
from bot.web.api.reading import case_at
from data.domain.errors import UserError
from data.domain.messages import Inbound, clean, clean_name
from data.domain.report import Report
from data.domain.token import KEPT_FOR
from handlers.context import Heard
from handlers.hearing.about_case import in_full
from handlers.hearing.permissions import require, require_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.web.api.parameters import NewAppeal
    from bot.web.site import Site
    from data.domain.areas import Room
    from data.domain.token import Token
    from data.uow import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")
BUSY = 5  # seconds
FAILED, BANNED, COMMAND = "failed", "banned", "command"
WEB = "web"


@dataclass(frozen=True, slots=True)
class Posting:
    """One POST: whose it is, under which key, and the hash of all it says."""

    token: Token
    key: str | None
    body_hash: str
    path: Any
    body: Any


class Writing:
    """Says things to the bot in the name of tokens."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def appeal(self, posting: Posting) -> AppealTaken:
        """Let somebody say an appeal in a room; return the cases it opened or joined."""
        inbound = await self._site.write(self._said, posting)
        await self.hand_in(inbound)
        return await self._shown(posting.token, self._taken, inbound)

    async def command(self, posting: Posting) -> CommandDone:
        """Say a command about a case; return what was answered."""
        inbound = await self._site.write(self._commanded, posting)
        may = await self._site.read(self._may, posting, inbound)
        await self.hand_in(inbound)
        return await self._shown(posting.token, self._done, inbound, posting, may=may)

    async def hand_in(self, inbound: Inbound) -> None:
        """Hand a message to the bot; when this returns it is on disk, or was before."""
        if self._site.inlet is None:
            raise ProblemError(
                HTTPStatus.SERVICE_UNAVAILABLE, "the bot does not listen", headers={"Retry-After": str(BUSY)}
            )
        await self._site.inlet.accept(inbound)

    async def _shown(
        self, token: Token, look: Callable[Concatenate[Looking, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what came of a message; whose words it shows as they were said is audited."""

        def looked(uow: UnitOfWork) -> tuple[T, list[int]]:
            ctx = self._looking(uow, token)
            return look(ctx, *args, **kwargs), ctx.viewed

        answer, viewed = await self._site.read(looked)
        if viewed:
            await self._site.write(note_views, token, viewed, self._site.clock.now())
        return answer

    # an appeal

    def _said(self, uow: UnitOfWork, posting: Posting) -> Inbound:
        """Return an appeal as a message in its room."""
        body, token, now = posting.body, posting.token, self._site.clock.now()
        ctx = self._looking(uow, token)
        room = _room(ctx, body)
        if not clean(body.text):
            raise ProblemError(HTTPStatus.CONFLICT, "nothing is said", errors=[("text", "nothing is said")])
        message_id = _message_id(uow, posting, now)
        position = None if body.lat is None or body.long is None else (body.lat, body.long)
        phone = clean(body.phone or "")
        contact = self._site.texts("api.contact", phone=phone) if phone else ""
        report = Report(token.id, room.area_id or 0, body.category, "", contact, position)
        who = Reporter(clean_name(body.name) if body.name else "", phone)
        spot = ReportSpot(room.channel, room.external_id, message_id)
        return inbound_of(uow, token, spot, (body.text, report), who, now=now)

    def _taken(self, ctx: Looking, inbound: Inbound) -> AppealTaken:
        uow = ctx.uow
        raised = uow.reports.raised_by(inbound.channel, inbound.message_id)
        if not raised:
            raise _nothing_came(uow.inbox.became(inbound.channel, inbound.message_id))
        cases = [uow.cases.get(case_id) for case_id in dict.fromkeys(case_id for case_id, _ in raised)]
        reports = uow.reports.of_cases([case.id for case in cases])
        shown = [showing.case_of(ctx, case, reports.get(case.id)) for case in cases]
        return AppealTaken(message=inbound.message_id, joined=raised[0][1], case=shown[0], cases=shown)

    # a command

    def _commanded(self, uow: UnitOfWork, posting: Posting) -> Inbound:
        """Return a command as a message to the bot alone."""
        now, token = self._site.clock.now(), posting.token
        case = case_at(self._looking(uow, token), posting.path)
        community = uow.areas.get(case.community_id).short
        try:
            said = in_full(posting.body.text, case, community)
        except UserError as error:
            what = self._site.texts(f"error.{error.key}", at="", **error.values)
            raise ProblemError(HTTPStatus.CONFLICT, what, errors=[("text", what)]) from None
        version = posting.body.version
        account = uow.people.account(token.account_id)
        return Inbound(
            channel=account.channel,
            message_id=_message_id(uow, posting, now),
            at=now,
            room=None,
            sender=account.external_id,
            name=account.name,
            text=said.text,
            seen=((case.id, version),) if version is not None else (),
        ).cleaned()

    def _may(self, uow: UnitOfWork, posting: Posting, inbound: Inbound) -> bool:
        """Whether a command is the person's to give; else it is refused, and audited, all the same."""
        case = case_at(self._looking(uow, posting.token), posting.path)
        account = uow.people.account(posting.token.account_id)
        person = uow.people.get(account.person_id)
        heard = Heard(
            self._site.house, uow, inbound.at, inbound=inbound, room=None, account=account, person=person
        )
        try:
            form = in_full(posting.body.text, case, uow.areas.get(case.community_id).short).form
            require(heard, form)
            require_for(heard, form, case)
        except UserError:
            return False
        return True

    def _done(self, ctx: Looking, inbound: Inbound, posting: Posting, *, may: bool) -> CommandDone:
        uow = ctx.uow
        answers = uow.outbox.answers(posting.token.account_id, inbound.message_id)
        became = uow.inbox.became(inbound.channel, inbound.message_id) or ""
        if became.partition(":")[0] != COMMAND:
            if became in ("", FAILED, BANNED):
                raise _nothing_came(became)
            status = HTTPStatus.CONFLICT if may else HTTPStatus.FORBIDDEN
            raise ProblemError(status, " ".join(answers) or became)
        return CommandDone(answers=answers, case=showing.case_of(ctx, case_at(ctx, posting.path)))

    def _looking(self, uow: UnitOfWork, token: Token) -> Looking:
        return Looking(self._site.house, uow, self._site.clock.now(), token=token)


class ReportSpot(NamedTuple):
    """Where a report is said: on a channel, in a room or (None) to the bot alone, and under which id."""

    channel: str
    room: str | None
    message_id: str


class Reporter(NamedTuple):
    """Who says it; both empty: the token's person."""

    name: str = ""
    contact: str = ""


def inbound_of(
    uow: UnitOfWork, token: Token, spot: ReportSpot, said: tuple[str, Report], who: Reporter, *, now: datetime
) -> Inbound:
    """Return a report as a message; who reports again is known by what they call themselves."""
    account = uow.people.account(token.account_id)
    sender = account.external_id
    if any(who):
        sender = f"{sender}:{sha256('|'.join(who).encode()).hexdigest()[:12]}"
    elif spot.channel != account.channel:
        uow.tokens.open_account(token, spot.channel, sender)
    text, report = said
    return Inbound(
        channel=spot.channel,
        message_id=spot.message_id,
        at=now,
        room=spot.room,
        sender=sender,
        name=who.name or account.name,
        text=text,
        report=report,
    ).cleaned()


def _room(ctx: Looking, body: NewAppeal) -> Room:
    """Return the residents' room that is named, or raise: none is, several are, residents are not in it."""
    found = [
        room
        for room in ctx.uow.rooms.called(body.room)
        if body.channel in (None, room.channel) and ctx.sees(room.area_id) and room.area_id is not None
    ]
    if not found:
        raise not_found("room")
    residents = [room for room in found if room.public]
    if len(residents) != 1:
        what = "several rooms are called so: say the channel" if residents else "not a residents' room"
        raise ProblemError(HTTPStatus.CONFLICT, what, errors=[("channel" if residents else "room", what)])
    return residents[0]


def _message_id(uow: UnitOfWork, posting: Posting, now: datetime) -> str:
    """Return the id under which a POST is taken in: under one key the same for 24 hours."""
    fresh = f"api-{token_hex(12)}"
    if posting.key is None:
        return fresh
    since = now - KEPT_FOR
    body_hash, kept = uow.tokens.post(
        posting.token.id, posting.key, posting.body_hash, fresh, now=now, since=since
    )
    if body_hash != posting.body_hash:
        what = "this key was used for something else"
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, what, errors=[("Idempotency-Key", what)])
    return kept


def _nothing_came(became: str | None) -> ProblemError:
    if became == BANNED:
        return ProblemError(HTTPStatus.FORBIDDEN, "nobody listens to this person")
    if became == FAILED or not became:
        return ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, "it could not be taken in")
    return ProblemError(HTTPStatus.CONFLICT, f"nothing was opened: {became}")
