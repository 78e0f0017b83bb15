"""Wechaty's gateway as its client sees it: a stream of events, and calls. It speaks gRPC and nothing else."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from grpclib.const import Cardinality
from wechaty_grpc.wechaty import PuppetStub

from bot.channels.wechaty.wire import (
    Chunk,
    DownloadRequest,
    GatewayGoneError,
    UploadResponse,
    channel_to,
    translated,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from grpclib.client import Channel

    from bot.channels.wechaty.wire import GatewayAddress

CALL = 30.0  # seconds that a call may take
AT_ONCE = 20_000  # bytes of a file that go within a call; larger ones are uploaded first, as the gateway does
CHUNK = 65_536
BASE64, UUID = 1, 7  # kinds of a file in JSON


class GatewayEvent(NamedTuple):
    """Something that happened. The numbers are those of the TypeScript enum."""

    number: int
    payload: dict[str, Any]


class Payload(NamedTuple):
    """A message as the gateway tells it; `kind` is a number of the TypeScript enum."""

    id: str
    kind: int
    talker: str
    room: str
    listener: str
    text: str
    at: int  # milliseconds
    mentions: tuple[str, ...]


class Contact(NamedTuple):
    """Somebody on WeChat."""

    id: str
    name: str
    kind: int
    friend: bool


class Request(NamedTuple):
    """Somebody asks to become friends; `kind` 2 is such a request, 1 that it was accepted."""

    contact: str
    hello: str
    kind: int


class Invitation(NamedTuple):
    """Somebody invites the bot into a room."""

    inviter: str
    topic: str


class Gateway:
    """One connection to a gateway."""

    def __init__(self, channel: Channel, token: str) -> None:
        self._channel = channel
        self._metadata = {"authorization": f"Wechaty {token}"}
        self._stub = PuppetStub(self._channel, timeout=CALL, metadata=self._metadata)
        self._listening = PuppetStub(self._channel, metadata=self._metadata)

    @classmethod
    def at(cls, address: GatewayAddress) -> Self:
        """Return a connection to the gateway at an address; it is made when it is first used."""
        return cls(channel_to(address), address.token)

    def close(self) -> None:
        """Let go of the connection."""
        self._channel.close()

    async def events(self) -> AsyncIterator[GatewayEvent]:
        """Start the puppet, if it is not running, and yield what happens until the connection ends."""
        with translated():
            await self._stub.start()
            async for event in self._listening.event():
                yield GatewayEvent(int(event.type), _json(event.payload))

    async def message(self, message_id: str) -> Payload:
        """Return a message by its id."""
        with translated():
            found = await self._stub.message_payload(id=message_id)
        return Payload(
            found.id,
            int(found.type),
            found.from_id,
            found.room_id,
            found.to_id,
            found.text,
            found.timestamp,
            tuple(found.mention_ids),
        )

    async def contact(self, contact_id: str) -> Contact:
        """Return what is known of an account."""
        with translated():
            found = await self._stub.contact_payload(id=contact_id)
        return Contact(found.id, found.name, int(found.type), bool(found.friend))

    async def name_in_room(self, room: str, contact_id: str) -> str:
        """Return what somebody calls themselves in a room."""
        with translated():
            found = await self._stub.room_member_payload(id=room, member_id=contact_id)
        return str(found.room_alias or found.name)

    async def topic(self, room: str) -> str:
        """Return a room's name."""
        with translated():
            return str((await self._stub.room_payload(id=room)).topic)

    async def friendship(self, friendship_id: str) -> Request:
        """Return a request to become friends."""
        with translated():
            found = await self._stub.friendship_payload(id=friendship_id)
        return Request(found.contact_id, found.hello, int(found.type))

    async def accept_friendship(self, friendship_id: str) -> None:
        """Become friends."""
        with translated():
            await self._stub.friendship_accept(id=friendship_id)

    async def invitation(self, invitation_id: str) -> Invitation:
        """Return an invitation into a room."""
        with translated():
            found = await self._stub.room_invitation_payload(id=invitation_id)
        return Invitation(found.inviter_id, found.topic)

    async def accept_invitation(self, invitation_id: str) -> None:
        """Go into a room."""
        with translated():
            await self._stub.room_invitation_accept(id=invitation_id)

    async def version(self) -> str:
        """Return the gateway's version: it is there, and the token is right."""
        with translated():
            return str((await self._stub.version()).version)

    async def file(self, message_id: str) -> bytes | None:
        """Return the file of a message; None if the gateway names only a place elsewhere."""
        with translated():
            box = _json((await self._stub.message_file(id=message_id)).filebox)
            kind = box.get("type") or box.get("boxType")
            if kind == BASE64:
                return base64.b64decode(box["base64"])
            if kind != UUID:
                return None
            parts = self._stub._unary_stream(  # noqa: SLF001  a call that the stubs do not have
                "/wechaty.Puppet/Download", DownloadRequest(id=box["uuid"]), Chunk
            )
            return b"".join([part.chunk async for part in parts])

    async def say(self, chat: str, text: str, mentions: tuple[str, ...] = ()) -> str | None:
        """Send a text and return the id of the message, where the gateway tells it."""
        with translated():
            sent = await self._stub.message_send_text(
                conversation_id=chat, text=text, mentonal_ids=list(mentions)
            )
        return cast("str | None", sent.id or None)

    async def show(self, chat: str, name: str, data: bytes) -> str | None:
        """Send a picture or another file."""
        box: dict[str, Any] = {"name": name, "metadata": {}}
        with translated():
            if len(data) <= AT_ONCE:
                box |= {"type": BASE64, "base64": base64.b64encode(data).decode()}
            else:
                box |= {"type": UUID, "uuid": await self._upload(data), "size": len(data)}
            box["boxType"] = box["type"]  # as older gateways call it
            sent = await self._stub.message_send_file(conversation_id=chat, filebox=json.dumps(box))
        return cast("str | None", sent.id or None)

    async def _upload(self, data: bytes) -> str:
        """Hand a file over in parts; return the id by which a call may name it."""
        call = self._channel.request(
            "/wechaty.Puppet/Upload",
            Cardinality.STREAM_UNARY,
            Chunk,
            UploadResponse,
            timeout=CALL,
            metadata=self._metadata,
        )
        async with call as stream:
            for at in range(0, len(data), CHUNK):
                await stream.send_message(Chunk(chunk=data[at : at + CHUNK]))
            await stream.end()
            done = await stream.recv_message()
        if done is None:
            raise GatewayGoneError("no answer")
        return str(done.id)


async def version_of(address: GatewayAddress) -> str:
    """Return the version of the gateway at an address."""
    gateway = Gateway.at(address)
    try:
        return await gateway.version()
    finally:
        gateway.close()
        await asyncio.sleep(0.1)  # the loop ends with this: let the connection close before


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
