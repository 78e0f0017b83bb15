"""The chat's WebSocket: one connection of one page."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import WSCloseCode, WSMsgType, web

from bot.channels.hub import ChatSpot, Listener
from bot.channels.web import NotListeningError, PageMessage, Speaker
from bot.limiter import Limiter
from bot.web import first_view, frames, offers
from bot.web.viewers import PATHS, pages_of
from data.domain.messages import MessageKind, clean

if TYPE_CHECKING:
    from bot.channels.web import WebChannel
    from bot.web.site import Site

HEARTBEAT = 25.0  # seconds between two pings
LOOK_AGAIN = 60.0  # seconds after which it is looked up anew what somebody may see
PATIENCE = 30.0  # seconds a browser may take to take one frame
MOST_READ = 8 * 2**20  # bytes; a longer message ends the connection, one over frames.MOST_BYTES is refused
GONE = json.dumps({"type": "gone"})  # who you were is no more: sign in again
FAST, CURIOUS, MINUTE = 60, 120, timedelta(minutes=1)  # messages, and questions, of one account in a minute
TEXT_FRAME = 0x81  # a whole one
MOST_PAGES = 20  # of one account at once


class Chat:
    """Lets pages listen and speak."""

    def __init__(self, site: Site, channel: WebChannel) -> None:
        self.site = site
        self.channel = channel
        self.pace = Limiter(site.clock, FAST, MINUTE)
        self.questions = Limiter(site.clock, CURIOUS, MINUTE)
        self.connections: set[Connection] = set()
        self._wired = ("", b"")

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Open a WebSocket and stay with it until it closes."""
        claimed = await self.site.gate.claims(request)
        view = await self.site.read(first_view.look, claimed, self.site.clock.now(), demo=self.site.demo)
        if view is not None and self._pages(view) >= MOST_PAGES:
            raise web.HTTPTooManyRequests(text=self.site.texts("web.refused.pages"))
        # no compression: its memory, some 300 KB a connection, would be most of what a page costs
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=MOST_READ, compress=False)
        await socket.prepare(request)
        if view is None:
            await socket.send_str(GONE)
            await socket.close()
            return socket
        offered = await self.site.read(offers.commands, self.site, view.visitor.account.external_id)
        connection = Connection(self, socket, view, request, offered)
        self.connections.add(connection)
        try:
            await connection.run()
        finally:
            self.connections.discard(connection)
        return socket

    def wired(self, frame: str) -> bytes:
        """Return a frame as it goes over the wire (RFC 6455, 5.2), built once for all who hear it."""
        if self._wired[0] is not frame:
            data = frame.encode()
            length = len(data)
            if length < 126:
                head = bytes((TEXT_FRAME, length))
            elif length < 1 << 16:
                head = bytes((TEXT_FRAME, 126)) + length.to_bytes(2)
            else:
                head = bytes((TEXT_FRAME, 127)) + length.to_bytes(8)
            self._wired = (frame, head + data)
        return self._wired[1]

    def _pages(self, view: first_view.View) -> int:
        account = view.visitor.account.external_id
        return sum(one.account == account for one in self.connections)

    async def close(self) -> None:
        """Close every connection: the pages come back by themselves."""
        await asyncio.gather(*(one.close() for one in list(self.connections)))


class Connection:
    """One page that listens and speaks. What it is sent waits in its listener's bounded queue."""

    def __init__(
        self,
        chat: Chat,
        socket: web.WebSocketResponse,
        view: first_view.View,
        request: web.Request,
        offered: list[dict[str, str]],
    ) -> None:
        self._offered = offered  # the commands that one's duties allow
        self._request = request
        self._chat = chat
        self._site = chat.site
        self._hub = chat.channel.hub
        self._socket = socket
        self._view = view
        self._listener = Listener(view.visitor.account.external_id, self._at_once)

    @property
    def account(self) -> str:
        """Who looks at the page."""
        return self._listener.account

    async def run(self) -> None:
        """Tell everything, then listen and speak until the page goes away."""
        self._greet()
        tasks = [asyncio.create_task(self._write()), asyncio.create_task(self._watch())]
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    await self._read(message.data)
                else:
                    self._notice("unreadable")
        finally:
            self._hub.leave(self._listener)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """End it; the page comes back by itself."""
        await self._socket.close(code=WSCloseCode.GOING_AWAY)

    def _greet(self) -> None:
        """Tell the page everything, and let it hear from now on: nothing is said in between."""
        self._listener.resume()
        self._hub.listen(self._listener, self._view.spots)
        texts, theirs = self._site.texts, pages_of(self._site, self._view.visitor.shown)
        pages = [(texts(f"site.page.{page}"), path) for page, path in PATHS.items() if page in theirs]
        hello = first_view.hello(texts, self._view, self._hub, self._chat.channel.bot_name, pages)
        self._put({**hello, "commands": self._offered})

    def _at_once(self, frame: str) -> bool:
        """Hand a frame to the network if it takes it now; return whether it does."""
        transport = self._request.transport
        if self._socket.closed or transport is None or transport.is_closing():
            return False
        if transport.get_write_buffer_size():  # a slow browser: its queue is bounded
            return False
        transport.write(self._chat.wired(frame))
        return True

    async def _write(self) -> None:
        with suppress(ConnectionError, TimeoutError):
            while True:
                frame = await self._listener.get()
                async with asyncio.timeout(PATIENCE):
                    await self._socket.send_str(frame)
                if frame == GONE:
                    break
        await self._socket.close()

    async def _watch(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN):
                    await self._hub.changed.wait()
            await self.look_again()

    async def look_again(self, *, greet: bool = False) -> None:
        """Look up what the visitor may see; tell the page if that has changed, or if it asks (`greet`)."""
        claimed = await self._site.gate.claims(self._request)  # None once the session has ended
        if not self._site.demo and claimed != self.account:
            self._listener.put(GONE)
            return
        claimed = self.account
        view = await self._site.read(first_view.look, claimed, self._site.clock.now(), demo=self._site.demo)
        if view is None:
            self._listener.put(GONE)
        elif greet or view.spots != self._view.spots:
            self._view = view
            self._offered = await self._site.read(offers.commands, self._site, claimed)
            self._greet()

    async def _read(self, text: str) -> None:
        if len(text.encode()) > frames.MOST_BYTES:
            self._notice("too_long")
            return
        try:
            frame = frames.read(text)
        except frames.UnreadableError:
            self._notice("unreadable")
            return
        match frame:
            case frames.Say():
                await self._say(frame)
            case _ if not self._chat.questions.allow(self.account):
                self._notice("fast")
            case frames.Recall():
                await self._recall(frame)
            case frames.Hello():
                await self.look_again(greet=True)
            case frames.AskEarlier():
                self._history(frame)
            case frames.Members():
                await self._members(frame)
            case frames.CardOf():
                await self._card(frame)

    async def _say(self, frame: frames.Say) -> None:
        why = self._why_not(frame)
        if why is not None:
            self._refuse(frame.client, why)
            return
        spoken = PageMessage(
            frame.client,
            frame.room,
            frame.text,
            MessageKind.IMAGE if frame.media else MessageKind.TEXT,
            frame.media,
            frame.mentions,
            frame.quote,
        )
        try:
            message_id = await self._chat.channel.hear(self._speaker, spoken)
        except NotListeningError:
            return  # not acknowledged: the page sends it again when we are back
        self._put({"type": "ack", "client": frame.client, "room": frame.room, "id": message_id})

    def _why_not(self, frame: frames.Say) -> str | None:
        """Return why something cannot be said here, None if it can."""
        spot = self._spot(frame.room)
        if spot not in self._view.spots:
            return "room"
        if frame.media is not None and self._site.album.file(frame.media, {spot}) is None:
            return "picture"
        if not clean(frame.text) and frame.media is None:
            return "empty"
        if frame.quote is not None and self._hub.find(spot, frame.quote) is None:
            return "quote"  # of another chat perhaps: nobody speaks about what they cannot see
        return None if self._chat.pace.allow(self.account) else "fast"

    async def _recall(self, frame: frames.Recall) -> None:
        try:
            recalled = self._spot(frame.room) in self._view.spots and await self._chat.channel.recall(
                self._speaker, frame.client, frame.room, frame.id
            )
        except NotListeningError:
            return
        if recalled:
            self._put({"type": "ack", "client": frame.client, "room": frame.room, "id": frame.id})
        else:
            self._refuse(frame.client, "recall")

    def _history(self, frame: frames.AskEarlier) -> None:
        spot = self._spot(frame.room)
        if spot in self._view.spots:
            messages = [said.shown() for said in self._hub.last(spot)]
            self._put({"type": "history", "room": frame.room, "messages": messages})

    async def _members(self, frame: frames.Members) -> None:
        if ChatSpot(frame.room) in self._view.spots:
            found = await self._site.read(first_view.members, frame.room)
            people = first_view.people(self._site.texts, found)
            self._put({"type": "members", "room": frame.room, "people": people})

    async def _card(self, frame: frames.CardOf) -> None:
        if self._spot(frame.room) in self._view.spots:
            found = await self._site.read(offers.card, self._site, self.account, frame.room, frame.ref)
            self._put({"type": "card", "ref": frame.ref, **found})

    @property
    def _speaker(self) -> Speaker:
        shown = self._view.visitor.shown
        return Speaker(shown.account, shown.name)

    def _spot(self, room: str | None) -> ChatSpot:
        return ChatSpot(room) if room is not None else self._view.alone

    def _put(self, frame: dict[str, Any]) -> None:
        self._listener.put(json.dumps(frame, ensure_ascii=False))

    def _notice(self, key: str) -> None:
        self._put({"type": "notice", "words": self._site.texts(f"web.refused.{key}")})

    def _refuse(self, client: str, key: str) -> None:
        words = self._site.texts(f"web.refused.{key}")
        self._put({"type": "refused", "client": client, "words": words})
