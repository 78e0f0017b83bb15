"""A gateway of OneBot v11 as NapCat or Lagrange is one: it connects to us, over a real WebSocket."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


TOKEN = "secret-of-the-gateway"
ACCOUNT, ROOM, WANG, LI = "10001", "70001", "20001", "20002"
NAMES = {WANG: "王姐", LI: "李敏"}
AT = 1_772_413_200
Message = list[dict[str, Any]] | str


class Gateway:
    """One account of the bot on a network, as its gateway tells of it."""

    def __init__(self, account: str = ACCOUNT, groups: Iterable[str] = (ROOM,)) -> None:
        self.account = account
        self.groups = list(groups)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.messages: list[dict[str, Any]] = []  # what the bot said, as the history of its chats
        self.pictures: dict[str, dict[str, Any]] = {}  # what get_image knows
        self.unknown: set[str] = set()  # actions this gateway does not know
        self.lost = 0  # answers that get lost
        self.refusing = 0
        self.silent = False  # it answers nothing but what it is told to say
        self.tells_own = False  # it reports what the bot says itself
        self.socket: ClientWebSocketResponse | None = None
        self._session: ClientSession | None = None
        self._reading: asyncio.Task[None] | None = None
        self._numbers = count(1)

    async def connect(
        self, url: str, *, role: str = "Universal", token: str = TOKEN, query: bool = False
    ) -> None:
        """Connect; the token is in the header, or in the address."""
        self._session = ClientSession()
        headers = {"X-Self-ID": self.account, "X-Client-Role": role}
        if not query:
            headers["Authorization"] = f"Bearer {token}"
        address = f"{url}?access_token={token}" if query else url
        try:
            self.socket = await self._session.ws_connect(address, headers=headers)
        except BaseException:
            await self._session.close()
            raise
        await self.event(post_type="meta_event", meta_event_type="lifecycle", sub_type="connect")
        self._reading = asyncio.create_task(self._read(self.socket))

    async def close(self) -> None:
        """Go."""
        if self._reading is not None:
            self._reading.cancel()
            with suppress(asyncio.CancelledError):
                await self._reading
        if self.socket is not None:
            await self.socket.close()
        if self._session is not None:
            await self._session.close()

    async def event(self, **frame: Any) -> None:
        """Tell what happened."""
        assert self.socket is not None
        frame = {"time": AT, "self_id": _id(self.account), **frame}
        await self.socket.send_str(json.dumps(frame))

    async def heartbeat(self, *, online: bool) -> None:
        status = {"online": online, "good": online}
        await self.event(post_type="meta_event", meta_event_type="heartbeat", status=status, interval=30_000)

    async def says(
        self,
        who: str,
        message: list[dict[str, Any]] | str,
        *,
        room: str | None = ROOM,
        number: int | None = None,
    ) -> str:
        """Let somebody say something; return the message's number."""
        number = number if number is not None else -next(self._numbers)  # some gateways count below zero
        await self.event(**self.message(who, message, room=room, number=number))
        return str(number)

    def message(self, who: str, message: Message, *, room: str | None, number: int) -> dict[str, Any]:
        """Return the event of a message."""
        sender = {"user_id": _id(who), "nickname": NAMES.get(who, f"网友{who}"), "sex": "unknown", "age": 0}
        common = {
            "post_type": "message" if who != self.account else "message_sent",
            "message_id": number,
            "user_id": _id(who),
            "message": message,
            "raw_message": message if isinstance(message, str) else "…",
            "font": 14,
        }
        if room is None:
            return {**common, "message_type": "private", "sub_type": "friend", "sender": sender}
        group = {"message_type": "group", "sub_type": "normal", "group_id": _id(room), "anonymous": None}
        return {**common, **group, "sender": {**sender, "card": "", "role": "member"}}

    async def _read(self, socket: ClientWebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._answer(socket, json.loads(frame.data))

    async def _answer(self, socket: ClientWebSocketResponse, call: dict[str, Any]) -> None:
        action, params = call["action"], call["params"]
        self.calls.append((action, params))
        if self.silent and not action.startswith("send_"):
            return
        if action in self.unknown:
            answer = {"status": "failed", "retcode": 1404, "data": None, "wording": "不支持的Api"}
        elif self.refusing > 0 and action.startswith("send_"):
            self.refusing -= 1
            answer = {"status": "failed", "retcode": 1200, "data": None}
        else:
            answer = {"status": "ok", "retcode": 0, "data": await self._do(action, params)}
            if self.lost > 0 and action.startswith("send_"):
                self.lost -= 1
                return
        await socket.send_str(json.dumps({**answer, "echo": call["echo"]}))

    async def _do(self, action: str, params: dict[str, Any]) -> Any:
        if action in ("send_group_msg", "send_private_msg"):
            return await self._send(params)
        user, group = str(params.get("user_id")), params.get("group_id")
        answers: dict[str, Callable[[], Any]] = {
            "get_group_msg_history": lambda: self._history(str(group), params["count"]),
            "get_friend_msg_history": lambda: self._history(user, params["count"]),
            "get_group_member_info": lambda: {"nickname": NAMES.get(user, ""), "card": ""},
            "get_stranger_info": lambda: {"user_id": params["user_id"], "nickname": NAMES.get(user, "")},
            "get_group_list": lambda: [{"group_id": int(one), "group_name": "群"} for one in self.groups],
            "get_group_info": lambda: {"group_id": group, "group_name": f"群{group}"},
            "get_image": lambda: self.pictures[params["file"]],
        }
        return answers[action]() if action in answers else None

    async def _send(self, params: dict[str, Any]) -> dict[str, int]:
        number = next(self._numbers)
        room = str(params["group_id"]) if "group_id" in params else None
        said = self.message(self.account, params["message"], room=room, number=number)
        self.messages.append({**said, "to": room or str(params["user_id"])})
        if self.tells_own:
            await self.event(**said, target_id=params.get("user_id"))
        return {"message_id": number}

    def _history(self, chat: str, most: int) -> dict[str, Any]:
        return {"messages": [one for one in self.messages if one["to"] == chat][-most:]}


def _id(of: str) -> int | str:
    return int(of) if of.isdecimal() else of
