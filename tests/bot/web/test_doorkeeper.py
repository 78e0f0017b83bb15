"""F5: connections that say nothing do not keep out those that speak."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from bot.config.running import Web
from bot.web import security
from bot.web.addresses import Whereabouts
from bot.web.doorkeeper import Doorkeeper, most_connections

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.bot.web.conftest import Place


class Echo(asyncio.Protocol):
    """Answers any head."""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        assert isinstance(self.transport, asyncio.Transport)
        self.transport.write(b"ok")


class Gate:
    """A server behind a doorkeeper."""

    def __init__(self, **limits: float) -> None:
        where = Whereabouts(Web())
        self.door = Doorkeeper(Echo, where, **{"most": 30, "head_within": 0.3, **limits})  # type: ignore[arg-type]

    async def __aenter__(self) -> Gate:
        self.server = await asyncio.get_running_loop().create_server(self.door, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.close()

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def is_answered(self) -> bool:
        reader, writer = await self.connect()
        with suppress(ConnectionError):
            writer.write(b"GET / HTTP/1.1\r\n\r\n")
            answer = await asyncio.wait_for(reader.read(2), 2)
            writer.close()
            return answer == b"ok"
        return False


async def ended(reader: asyncio.StreamReader) -> bool:
    try:
        return await asyncio.wait_for(reader.read(1), 2) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


@pytest.fixture
async def silent() -> AsyncIterator[list[asyncio.StreamWriter]]:
    writers: list[asyncio.StreamWriter] = []
    yield writers
    for writer in writers:
        writer.close()


@pytest.mark.parametrize("limits", [{"most": 30}, {"most": 10_000, "of_an_address": 30}])
async def test_f5_a_hundred_that_say_nothing_keep_nobody_out(
    silent: list[asyncio.StreamWriter], limits: dict[str, int]
) -> None:
    async with Gate(head_within=60, **limits) as gate:
        with capture_logs() as logs:
            silent.extend([(await gate.connect())[1] for _ in range(100)])
            await asyncio.sleep(0.05)
            assert await gate.is_answered()
    assert len([one for one in logs if one["event"] == "connections turned away"]) == 1


async def test_f5_a_head_that_does_not_come_ends_the_connection(silent: list[asyncio.StreamWriter]) -> None:
    async with Gate() as gate:
        reader, writer = await gate.connect()
        silent.append(writer)
        slow, drip = await gate.connect()
        silent.append(drip)
        drip.write(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert await ended(reader)
        with suppress(ConnectionError):
            await slow.read(2)
        assert await ended(slow)


async def test_f5_those_that_speak_are_not_put_out_for_new_ones(silent: list[asyncio.StreamWriter]) -> None:
    async with Gate(most=3, head_within=60) as gate:
        speaking = []
        for _ in range(3):
            reader, writer = await gate.connect()
            writer.write(b"GET / HTTP/1.1\r\n\r\n")
            assert await reader.read(2) == b"ok"
            speaking.append(writer)
        silent += speaking
        assert not await gate.is_answered()
        speaking[0].close()
        await asyncio.sleep(0.05)
        assert await gate.is_answered()


async def test_f5_a_body_that_does_not_come_is_not_waited_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(security, "ANSWERED_WITHIN", 0.2)
    server = await place.open()
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50\r\n\r\n{")
    assert b"408" in await asyncio.wait_for(reader.readline(), 3)
    writer.close()


def test_there_are_files_to_spare() -> None:
    assert most_connections() >= 100


async def test_f5_that_no_file_is_left_is_said_once() -> None:
    async with Gate() as gate:
        loop = asyncio.get_running_loop()
        with capture_logs() as logs:
            for _ in range(100):
                gate.door.out_of_files(loop, {"message": "socket.accept() out of system resource"})
    assert len(logs) == 1
