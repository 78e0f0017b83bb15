"""WeCom's API as its documents say: an access token that is kept, calls, error codes, files both ways."""

from __future__ import annotations

import asyncio
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, FormData, TCPConnector

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from data.domain.clock import Clock

PATIENCE = 15.0  # seconds for a call
MOST_BYTES = 20 * 2**20
EARLY = timedelta(minutes=5)  # a token is renewed so long before its end
STALE = frozenset({40014, 42001, 42007, 42009})  # the token is none, or has ended
SECRET_WRONG = frozenset({40001, 40013, 40091, 41002, 41004})  # nobody can go on with these keys
TOO_MANY = {45009: 60.0, 45033: 5.0, 45011: 60.0, -1: 5.0}  # errors that pass, and after how many seconds
HOPELESS = frozenset({40003, 40031, 40035, 40056, 81013, 86001, 86003, 86004, 93000, 93004})


class ApiError(Exception):
    """A call was not answered as wished."""


class UnreachableError(ApiError):
    """Nobody is there: for certain nothing was done."""


class UnansweredError(ApiError):
    """The call was sent, and nobody knows what became of it."""


class CodeError(ApiError):
    """WeCom says no, and why: for certain nothing was done."""

    def __init__(self, code: int) -> None:
        super().__init__(f"errcode {code}")
        self.code = code


class SecretRefusedError(CodeError):
    """WeCom does not take our keys."""


class WecomApi:
    """Calls WeCom. The token of the application is asked for when it is first needed, and kept."""

    def __init__(
        self, base: str, corp: str, secret: str, clock: Clock, *, patience: float = PATIENCE
    ) -> None:
        self._base = base.rstrip("/")
        self._corp = corp
        self._secret = secret
        self._clock = clock
        self._patience = patience
        self._session: ClientSession | None = None
        self._token = ""
        self._until: datetime | None = None
        self._asking = asyncio.Lock()

    async def stop(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def reach(self) -> None:
        """Raise unless WeCom answers; with an application, unless it takes its keys."""
        if self._secret:
            self._until = None  # a token that is kept says nothing of now
            await self._valid_token()
        else:
            await self._ask("GET", "/cgi-bin/gettoken")

    async def call(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Call something with the application's token; a token that has ended is renewed once."""
        return await self._with_token("POST", path, data=_json(body))

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        """Ask for something with the application's token."""
        return await self._with_token("GET", path, query=query)

    async def upload(self, kind: str, name: str, data: bytes) -> str:
        """Bring a file there for three days; return its id. `kind` is image or file."""
        told = await self._with_token(
            "POST", "/cgi-bin/media/upload", query={"type": kind}, file=(name, data)
        )
        return str(told.get("media_id", ""))

    async def download(self, media_id: str) -> bytes:
        """Return a file that somebody sent."""
        told = await self._with_token("GET", "/cgi-bin/media/get", query={"media_id": media_id})
        return bytes(told.get("bytes", b""))

    async def shout(self, key: str, body: Mapping[str, Any]) -> None:
        """Say something by a group's robot."""
        _require_well(await self._ask("POST", "/cgi-bin/webhook/send", query={"key": key}, data=_json(body)))

    async def upload_shout(self, key: str, name: str, data: bytes) -> str:
        """Bring a file there for a group's robot."""
        query = {"key": key, "type": "file"}
        told = await self._ask("POST", "/cgi-bin/webhook/upload_media", query=query, file=(name, data))
        _require_well(told)
        return str(told.get("media_id", ""))

    async def respond(self, url: str, body: Mapping[str, Any]) -> None:
        """Answer a message at the address that came with it; it holds for an hour, and for one answer."""
        _require_well(await self._ask("POST", url, data=_json(body)))

    async def _with_token(
        self, method: str, path: str, query: Mapping[str, str] = {}, **more: Any
    ) -> dict[str, Any]:
        for again in (True, False):
            token = await self._valid_token()
            told = await self._ask(method, path, query={"access_token": token, **query}, **more)
            if not (again and told.get("errcode") in STALE):
                break
            if self._token == token:
                self._until = None
        _require_well(told)
        return told

    async def _valid_token(self) -> str:
        async with self._asking:
            if self._until is None or self._clock.now() >= self._until:
                asked = {"corpid": self._corp, "corpsecret": self._secret}
                told = await self._ask("GET", "/cgi-bin/gettoken", query=asked)
                _require_well(told)
                self._token = str(told.get("access_token", ""))
                lasts = timedelta(seconds=int(told.get("expires_in", 7200)))
                self._until = self._clock.now() + max(lasts - EARLY, lasts / 2)
            return self._token

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] = {},
        data: bytes | None = None,
        file: tuple[str, bytes] | None = None,
    ) -> dict[str, Any]:
        """Return what WeCom answers: its JSON, or `bytes` if it is a file."""
        body: Any = io.BytesIO(data) if data is not None else None  # a picture in base64 may be large
        if file is not None:
            body = FormData()
            body.add_field("media", file[1], filename=file[0], content_type="application/octet-stream")
        if self._session is None:
            # a connection of its own for each call: of one that was kept nobody knows whether it still holds,
            # and a message that broke on it would be in doubt
            connector = TCPConnector(force_close=True)
            self._session = ClientSession(connector=connector, timeout=ClientTimeout(total=self._patience))
        url = path if path.startswith("http") else f"{self._base}{path}"
        headers = {"Content-Type": "application/json"} if data is not None else {}
        try:
            async with self._session.request(
                method, url, params=query, data=body, headers=headers, allow_redirects=False
            ) as answer:
                said = await answer.content.read(MOST_BYTES + 1)
                while len(said) <= MOST_BYTES and (more := await answer.content.read(MOST_BYTES)):
                    said += more
                kind, status = answer.content_type, answer.status
        except ClientConnectorError as error:
            raise UnreachableError(type(error).__name__) from None
        except (ClientError, OSError, TimeoutError, ValueError) as error:
            raise UnansweredError(type(error).__name__) from None
        return _read(said, kind, status)


def _read(said: bytes, kind: str, status: int) -> dict[str, Any]:
    """Return an answer's JSON, whatever it calls itself, or its bytes."""
    if status >= 500:
        raise UnansweredError(f"status {status}")
    if kind.startswith(("image/", "application/octet-stream", "audio/", "video/")):
        return {"bytes": said}
    try:
        told = json.loads(said)
    except ValueError:
        raise UnansweredError(f"status {status}") from None
    return told if isinstance(told, dict) else {}


def _require_well(told: Mapping[str, Any]) -> None:
    code = told.get("errcode", 0)
    if code in SECRET_WRONG:
        raise SecretRefusedError(code)
    if code:
        raise CodeError(int(code))


def _json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
