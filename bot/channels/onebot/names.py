"""What people are called on a network, and the ids of people and groups as the protocol has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from cachetools import LRUCache

from bot.channels.onebot.link import CallError
from data.domain.messages import clean_name

if TYPE_CHECKING:
    from bot.channels.onebot.link import Link

log = structlog.get_logger()
MOST_KNOWN = 20_000


class Names:
    """Names by group and account, as they were last told."""

    def __init__(self) -> None:
        self._known: LRUCache[tuple[str | None, str], str] = LRUCache(MOST_KNOWN)

    def told(self, room: str | None, who: str, name: str) -> None:
        """Note what somebody is called in a group, or alone."""
        self._known[room, who] = clean_name(name)

    async def of(self, link: Link, room: str | None, who: str) -> str:
        """Return what somebody is called; whom the gateway does not know it is not asked for again."""
        if (room, who) not in self._known:
            self._known[room, who] = clean_name(await self._ask(link, room, who))
        return self._known[room, who]

    async def _ask(self, link: Link, room: str | None, who: str) -> str:
        try:
            if room is None:
                told = await link.look_up("get_stranger_info", user_id=as_number(who))
            else:
                group = as_number(room)
                told = await link.look_up("get_group_member_info", group_id=group, user_id=as_number(who))
        except CallError as error:
            log.info("member not known", account=who, error=str(error))
            return ""
        return str(told.get("card") or told.get("nickname") or "") if isinstance(told, dict) else ""


def as_number(chat: str) -> int | str:
    """Return a group's or a person's id as the protocol has it, a number; gateways of WeChat have words."""
    return int(chat) if chat.isascii() and chat.isdecimal() and len(chat) < 19 else chat
