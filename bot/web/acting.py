"""Acting: what a page's button does is said to the bot, as if it had been typed in the chat."""

from __future__ import annotations

import re
from secrets import token_urlsafe
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot.channels.web import NotListeningError, PageMessage, Speaker
from bot.web.frame import linker
from bot.web.viewers import look
from data.domain.messages import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp.typedefs import Handler

    from bot.channels.web import WebChannel
    from bot.web.frame import PageFrame
    from data.repositories.chats import ShownPerson
    from data.uow import UnitOfWork

REFUSED = frozenset({"refused", "failed", "flood", "not_understood"})
MOST_AT_ONCE = 50  # cases
MOST_SHOWN = 10  # answers, above the page that is shown next
CLIENT = re.compile(r"[A-Za-z0-9_-]{8,48}")
SEEN = re.compile(r"(\d{1,12}):(\d{1,9})")


class Chosen(NamedTuple):
    """A case that an act is about: its id, and its version when the page was shown."""

    case_id: int
    version: int


class SaidAndAnswered(NamedTuple):
    """One command that was said, and what was answered."""

    message_id: str
    refused: bool
    answers: tuple[str, ...]
    about: int | None = None  # the case


class Deed(NamedTuple):
    """What came of a button: each command that was said with its answer, and what the form held."""

    said: tuple[SaidAndAnswered, ...]
    verb: str = ""
    words: str = ""
    chosen: tuple[Chosen, ...] = ()
    away: bool = False  # nobody took it in: it may be sent again

    @property
    def done(self) -> bool:
        """Whether everything was done that was asked for."""
        return bool(self.said) and not any(one.refused for one in self.said)


class PostedForm(NamedTuple):
    """What a form holds; `client` is the number it got when it was shown: sent twice, it is one act."""

    client: str
    verb: str
    words: str
    chosen: tuple[Chosen, ...]


class Acting:
    """Says commands to the bot in the name of whoever looks at a page."""

    def __init__(self, frame: PageFrame, channel: WebChannel) -> None:
        self._channel = channel
        self._frame = frame
        self._site = frame.site

    async def read(self, request: web.Request, *also: str) -> tuple[PostedForm, ShownPerson]:
        """Return what a form holds and whose it is; 403 without our mark.

        Raise `SignedOutError` for a stranger, with the form's words and what was typed `also`.
        """
        fields = await request.post()
        form = _form({name: str(value) for name, value in fields.items()}, fields.getall("case", []))
        claimed = await self._site.gate.claims(request)
        shown = await self._site.read(self._shown, claimed)
        if shown is None:
            raise SignedOutError("\n".join([form.words, *also]).strip())
        if not self._frame.seal.holds(shown.account, str(fields.get("mark", ""))):
            raise web.HTTPForbidden(text=self._site.texts("site.no_mark"))
        return form, shown

    async def say(
        self, form: PostedForm, shown: ShownPerson, commands: Sequence[tuple[str, Chosen | None]]
    ) -> Deed:
        """Say commands one after the other; each is done or refused for itself."""
        said: list[SaidAndAnswered] = []
        for number, (text, chosen) in enumerate(commands):
            seen = ((chosen.case_id, chosen.version),) if chosen else ()
            spoken = PageMessage(f"{form.client}-{number}", None, text, seen=seen)
            try:
                taken = await self._channel.take(Speaker(shown.account, shown.name), spoken)
            except NotListeningError:
                return Deed(tuple(said), form.verb, form.words, form.chosen, away=True)
            answers = await self._site.read(self.answered, shown.account, taken.message_id)
            said.append(
                SaidAndAnswered(
                    taken.message_id,
                    taken.went.partition(":")[0] in REFUSED,
                    tuple(answers),
                    chosen.case_id if chosen else None,
                )
            )
        return Deed(tuple(said), form.verb, form.words, form.chosen)

    def keeping(self, act: Handler) -> Handler:
        """Return a handler of forms that keeps what was typed before the eyes of who is signed in no more."""

        async def kept(request: web.Request) -> web.StreamResponse:
            try:
                return await act(request)
            except SignedOutError as gone:
                return self._frame.render("signed_out.html", request, None, status=401, typed=gone.words)

        return kept

    def back(self, request: web.Request, path: str, deed: Deed) -> web.HTTPSeeOther:
        """Return the way to the page that shows what was answered to the first ten commands."""
        ids = "_".join(said.message_id for said in deed.said[:MOST_SHOWN])
        return web.HTTPSeeOther(linker(self._site, request)(path, said=ids))

    def answered(self, uow: UnitOfWork, account: str, message_id: str) -> list[str]:
        """Return what the bot answered to one's message."""
        viewer = look(uow, self._site, account)
        return uow.outbox.answers(viewer.heard.account.id, message_id) if viewer else []

    def _shown(self, uow: UnitOfWork, claimed: str | None) -> ShownPerson | None:
        viewer = look(uow, self._site, claimed)
        return viewer.shown if viewer else None


class SignedOutError(Exception):
    """Whoever sent a form is signed in no more; `words` is what they typed."""

    def __init__(self, words: str) -> None:
        super().__init__("signed out")
        self.words = words


def new_client() -> str:
    """Return the number of a form that is being shown."""
    return token_urlsafe(12)


def _form(fields: dict[str, str], cases: Sequence[object]) -> PostedForm:
    client = fields.get("client", "")
    found = [SEEN.fullmatch(str(one)) for one in cases[:MOST_AT_ONCE]]
    chosen = tuple(Chosen(int(one[1]), int(one[2])) for one in found if one)
    if not CLIENT.fullmatch(client):
        client = new_client()
    return PostedForm(
        client,
        fields.get("verb", "")[:20],
        fields.get("words", "")[:MAX_TEXT].replace("\r\n", "\n").strip(),
        chosen,
    )
