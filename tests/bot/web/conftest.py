"""A site over a real store, whose inlet is a book that can be held shut."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession, CookieJar, WSMsgType
from aiohttp.test_utils import TestServer

from bot.bootstrap import build, web_channel_of
from bot.channels.album import Album
from bot.channels.web import PageMessage, Speaker
from bot.config import Config
from bot.web.chat import Chat
from bot.web.keys import session_key
from bot.web.server import application
from bot.web.site import Site
from bot.web.visitors import DemoGate, SessionGate, hash_of
from data.domain.clock import ManualClock
from data.domain.people import Duty
from data.domain.token import TokenScope
from data.roster import import_roster
from data.store import Store
from handlers.people.invitations import invite
from tests.bot.web.signing import sign_in
from tests.town import NAMES, ROSTER, entries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp import ClientWebSocketResponse

    from bot.channels.base import Channel
    from data.domain.case import Case
    from data.domain.messages import Inbound
    from data.domain.people import Role
    from data.uow import UnitOfWork
    from nlp.understand import Understander

MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)


class Book:
    """An inlet that writes down what it is handed; while `shut`, it takes nothing in."""

    def __init__(self) -> None:
        self.taken: list[Inbound] = []
        self.went = "left_alone"
        self.open = asyncio.Event()
        self.open.set()

    async def accept(self, inbound: Inbound) -> str:
        """Write a message down as soon as the book is open."""
        await self.open.wait()
        known = any(one.message_id == inbound.message_id for one in self.taken)
        self.taken.append(inbound)
        return "duplicate" if known else self.went

    async def alert(self, channel: str, key: str, once: str, **values: str) -> None:
        """Nobody is told."""


class Page:
    """A page: what it hears and says."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket

    async def hears(self, kind: str) -> dict[str, Any]:
        """Return the next frame of a kind."""
        while True:
            frame: dict[str, Any] = await asyncio.wait_for(self.socket.receive_json(), 5)
            if frame["type"] == kind:
                return frame

    async def quiet(self) -> bool:
        """Whether nothing comes for a moment."""
        try:
            await asyncio.wait_for(self.socket.receive(), 0.05)
        except TimeoutError:
            return True
        return False

    async def sends(self, **frame: Any) -> None:
        """Send a frame."""
        await self.socket.send_str(json.dumps(frame))

    async def says(self, room: str | None, text: str, client: str = "client-0001", **more: Any) -> None:
        """Say something."""
        await self.sends(type="say", client=client, room=room, text=text, **more)

    async def ends(self) -> bool:
        """Whether the other side closes the connection."""
        message = await asyncio.wait_for(self.socket.receive(), 5)
        return message.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING)


class Place:
    """A site, its channel and those who open its pages."""

    def __init__(self, url: str, folder: Path, understander: Understander, stack: AsyncExitStack) -> None:
        self.clock = ManualClock(MORNING)
        self.folder = folder
        self.book = Book()
        self.channels: dict[str, Channel] = {}
        self._stack = stack
        self._tokens = 0
        self._understander = understander
        self.store = Store(url)
        with self.store.write() as uow:
            work = self.build({}).house.policy.work
            import_roster(uow, entries(ROSTER), "roster.yaml", work=work, now=self.clock.now())
            uow.commit()

    def build(self, web_config: dict[str, Any]) -> Any:
        """Wire a bot over the store."""
        config = Config.model_validate({"web": web_config, "storage": {"folder": self.folder}})
        self.channel = web_channel_of(config, self.store, self.clock)
        parts = build(
            config,
            {"web": self.channel},
            clock=self.clock,
            store=self.store,
            understander=self._understander,
        )
        self._stack.callback(parts.writer.close)
        return parts

    async def open(
        self,
        *,
        demo: bool = False,
        token: str | None = None,
        chat: bool = True,
        bot: bool = False,
        **web_config: Any,
    ) -> TestServer:
        """Open the site on a port of this machine; with a `bot` behind it that does what is said."""
        self.parts = parts = self.build(web_config)
        self.site = Site(
            config=parts.config,
            house=parts.house,
            store=self.store,
            writer=parts.writer,
            clock=self.clock,
            channel=self.channel,
            album=Album(self.folder),
            gate=DemoGate() if demo else SessionGate(self.store, parts.writer, self.clock),
            demo=demo,
            metrics_token=token,
            channels=self.channels,
            inlet=parts.dispatcher if bot else self.book,
        )
        self.chat = Chat(self.site, self.channel)
        await self.channel.start(parts.dispatcher if bot else self.book)
        if bot:
            parts.dispatcher.start()
            self._stack.push_async_callback(parts.dispatcher.stop)
        app = application(self.site, session_key({}, self.folder), self.chat if chat else None)
        self.server = TestServer(app)
        await self._stack.enter_async_context(self.server)
        return self.server

    async def browser(self) -> ClientSession:
        """Return a browser of its own, with cookies."""
        jar = CookieJar(unsafe=True)
        session = ClientSession(self.server.make_url("/"), cookie_jar=jar)
        return await self._stack.enter_async_context(session)

    def code(self, **whom: Any) -> str:
        """Write an invitation and return its code."""
        with self.store.write() as uow:
            name = whom.pop("person", None)
            if name is not None:
                whom["person_id"] = uow.people.on_roster(name)[0].id
            room = whom.pop("room", None)
            if room is not None:
                found = uow.rooms.of("web", room)
                assert found is not None
                whom["room_id"] = found.id
            code = invite(uow, self.clock.now(), **whom)
            uow.commit()
        return code

    def token(
        self, *scopes: str, person: str | None = None, area: str | None = None, days: int | None = None
    ) -> str:
        """Issue a token and return its secret."""
        self._tokens += 1
        secret = f"shz_test-{self._tokens}"
        now = self.clock.now()
        with self.store.write() as uow:
            found = uow.areas.by_code(area) if area is not None else None
            uow.tokens.issue(
                f"token {self._tokens}",
                hash_of(secret),
                f"api:{self._tokens}",
                [TokenScope(scope) for scope in scopes],
                area_id=found.id if found is not None else None,
                person_id=uow.people.on_roster(person)[0].id if person is not None else None,
                now=now,
                expires_at=now + timedelta(days=days) if days is not None else None,
            )
            uow.commit()
        return secret

    async def software(self, secret: str) -> ClientSession:
        """Return a program that bears a token."""
        headers = {"Authorization": f"Bearer {secret}"}
        session = ClientSession(self.server.make_url("/"), headers=headers)
        return await self._stack.enter_async_context(session)

    async def signed_in(self, person: str) -> ClientSession:
        """Return a browser in which somebody of the roster is signed in."""
        browser = await self.browser()
        answer = await sign_in(browser, self.code(person=person))
        assert answer.status == 200
        return browser

    async def said(self, account: str, text: str, room: str | None = "grid1") -> str:
        """Let somebody say something to the bot behind the site."""
        self.clock.set(self.clock.now() + timedelta(minutes=5))
        client = f"said-{self.clock.now():%H%M%S}-{account}"
        return await self.channel.hear(
            Speaker(account, NAMES.get(account, account)), PageMessage(client, room, text)
        )

    def grant(self, uow: UnitOfWork, person_id: int, role: Role) -> None:
        """Give somebody a duty over the first community besides those they have."""
        duties = uow.people.duties(person_id)
        uow.people.set_duties(person_id, [*duties, Duty(role, uow.areas.communities()[0].id)])

    def case(self, number: int) -> Case:
        """Return a case of the first community as the store has it."""
        with self.store.read() as uow:
            found = uow.cases.numbered(uow.areas.communities()[0].id, number)
            assert found is not None
            return found

    async def page(self, browser: ClientSession, path: str = "/chat") -> Page:
        """Open a page."""
        socket = await browser.ws_connect(path)
        self._stack.push_async_callback(socket.close)
        return Page(socket)

    async def persona(self, account: str) -> Page:
        """Open a page as somebody, in the demo, and let it be told everything."""
        page = await self.page(await self.browser(), f"/chat?as={account}")
        await page.hears("hello")
        return page


@pytest.fixture
async def place(store_url: str, tmp_path: Path, understander: Understander) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        place = Place(store_url, tmp_path / "files", understander, stack)
        stack.callback(place.store.close)
        yield place
