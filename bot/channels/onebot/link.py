"""One connection of a gateway: calls and their answers, told apart by their echo."""

from __future__ import annotations

import asyncio
import json
from enum import Enum
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from cachetools import LRUCache

if TYPE_CHECKING:
    from collections.abc import Callable

log = structlog.get_logger()
CALL = 30.0  # seconds that a call may take
LOOK_UP = 5.0  # seconds for what one can do without: a name, a history
MOST_LATE = 500  # calls nobody waits for any more, whose answer is still of interest


class CallError(Exception):
    """A call was not answered as wished."""


class GatewayRefusedError(CallError):
    """The gateway says no: for certain nothing was done."""


class GoneError(CallError):
    """There is no connection: for certain nothing was sent."""


class NoAnswerError(CallError):
    """The call was sent, and nobody knows what became of it."""


class ConnectionRole(Enum):
    """What a connection carries: calls, events, or both."""

    UNIVERSAL = "universal"
    API = "api"
    EVENT = "event"


class Wire(Protocol):
    """The WebSocket that frames go over."""

    async def send_str(self, data: str) -> None:
        """Send one frame."""
        ...

    async def close(self) -> Any:
        """End the connection."""
        ...


class Link:
    """A connection. `account` is the gateway's own on its network; `remote` is where it connects from."""

    def __init__(
        self, wire: Wire, role: ConnectionRole, account: str, remote: str | None, patience: float = CALL
    ) -> None:
        self.wire = wire
        self.role = role
        self.account = account
        self.remote = remote
        self._patience = patience
        self._numbers = count(1)
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._late: LRUCache[str, Callable[[Any], None]] = LRUCache(MOST_LATE)
        self._open = True

    async def look_up(self, action: str, **params: Any) -> Any:
        """Ask for something one can do without: not for long."""
        return await self.call(action, patience=min(LOOK_UP, self._patience), **params)

    async def call(
        self,
        action: str,
        *,
        late: Callable[[Any], None] | None = None,
        patience: float | None = None,
        **params: Any,
    ) -> Any:
        """Ask the gateway for something; return what it says. `late` hears an answer that comes too late."""
        if not self._open:
            raise GoneError(action)
        echo = f"s{next(self._numbers)}"
        done: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[echo] = done
        try:
            try:
                await self.wire.send_str(json.dumps({"action": action, "params": params, "echo": echo}))
            except OSError:
                raise GoneError(action) from None
            async with asyncio.timeout(patience or self._patience):
                answer = await done
        except TimeoutError:
            if late is not None:
                self._late[echo] = late
            raise NoAnswerError(action) from None
        finally:
            self._waiting.pop(echo, None)
        if answer.get("status") == "failed" or answer.get("retcode") not in (0, 1, None):
            raise GatewayRefusedError(f"{action}: {answer.get('retcode')}")
        return answer.get("data")

    def answered(self, frame: dict[str, Any]) -> None:
        """Take the answer to a call."""
        echo = str(frame.get("echo"))
        if (done := self._waiting.get(echo)) is not None and not done.done():
            done.set_result(frame)
        elif (late := self._late.pop(echo, None)) is not None and frame.get("status") != "failed":
            late(frame.get("data"))

    def closed(self) -> None:
        """Note that the connection is gone: who waits for an answer gets none."""
        self._open = False
        for done in self._waiting.values():
            if not done.done():
                done.set_exception(NoAnswerError("closed"))
