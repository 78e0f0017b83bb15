"""An appeal and its way, over the whole bot and each channel to the outside."""

from __future__ import annotations

from contextlib import asynccontextmanager
from random import Random
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml

from bot.app import App
from bot.bootstrap import build
from bot.config import Config
from data.domain.clock import SystemClock
from data.roster.load import import_roster
from data.store import Store
from handlers.context import Reach
from tests.bot.channels.counterparts.base import Can, drawn, until
from tests.bot.channels.counterparts.onebot.network import QQ
from tests.bot.channels.counterparts.wecom.members import Wecom
from tests.town import Memory, entries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.channels.base import Inlet
    from data.domain.messages import Inbound
    from nlp.understand import Understander
    from tests.bot.channels.counterparts.base import Arrived, Counterpart

KINDS: dict[str, Callable[[Path], Counterpart]] = {"onebot": QQ, "wecom": Wecom}
ROSTER = """
areas:
  - {{code: c1, name: 百安坝社区, kind: community}}
  - {{code: g1, name: 第一网格, kind: grid, parent: c1}}
  - {{code: g1b3, name: 3栋, kind: building, parent: g1}}
rooms:
  - {{channel: {channel}, id: "{room}", topic: 第一网格居民群, kind: residents, area: g1}}
people:
  - {{name: 李敏, accounts: [{{channel: {channel}, id: "{li}"}}], duties: [{{role: grid_leader, area: g1}}]}}
  - {{name: 管理员, accounts: [{{channel: web, id: op}}], duties: [{{role: operator, area: c1}}]}}
"""


class Later:
    """An inlet that is handed on: the bot is built over a channel that listens already."""

    def __init__(self) -> None:
        self.inlet: Inlet | None = None

    async def accept(self, inbound: Inbound) -> str:
        assert self.inlet is not None
        return await self.inlet.accept(inbound)

    async def alert(self, channel: str, key: str, once: str, **values: str) -> None:
        assert self.inlet is not None
        await self.inlet.alert(channel, key, once, **values)


@asynccontextmanager
async def playing(
    there: Counterpart, store_url: str, understander: Understander
) -> AsyncIterator[tuple[App, Memory]]:
    """Run a bot over a channel until the end of a block."""
    bot = {"hold_seconds": 0, "gather_seconds": 0, "quiet_hours": "off"}
    settings = Config.model_validate({"bot": bot, "storage": {"folder": there.folder}})
    later = cast("Any", there).book = Later()
    await there.start()
    clock, store = SystemClock(), Store(store_url)
    web = Memory(clock, Reach())
    channels: dict[str, Any] = {there.name: there.channel, "web": web}
    parts = build(settings, channels, clock=clock, store=store, random=Random(0), understander=understander)
    with store.write() as uow:
        roster = ROSTER.format(channel=there.name, room=there.room, li=there.li)
        import_roster(uow, entries(roster), "roster", work=parts.house.policy.work, now=clock.now())
        uow.commit()
    later.inlet = parts.dispatcher
    app = App(parts)
    parts.dispatcher.start()
    parts.sender.start()
    parts.ticker.start()
    try:
        yield app, web
    finally:
        await there.stop()
        await parts.ticker.stop()
        await parts.dispatcher.stop()
        await parts.sender.stop()
        parts.close()


def told(there: Counterpart, *words: str) -> Arrived | None:
    """Return what arrived that has all of some words in it."""
    return next((one for one in there.arrived() if all(word in one.text for word in words)), None)


@pytest.mark.parametrize("kind", list(KINDS))
async def test_an_appeal_and_its_way(
    kind: str, store_url: str, tmp_path: Path, understander: Understander
) -> None:
    there = KINDS[kind](tmp_path)
    calls = Can.HEAR_ROOMS not in there.can
    async with playing(there, store_url, understander):
        await there.say(there.wang, "3栋2单元电梯坏了,没人修", room=there.room, calls=calls)
        await until(lambda: told(there, "记为 #1", "电梯"), within=20)
        acknowledged = told(there, "记为 #1")
        assert acknowledged is not None
        assert (acknowledged.chat, acknowledged.calls) == (there.room, (there.wang,))
        await until(lambda: told(there, "新诉求 #1"), within=20)
        news = told(there, "新诉求 #1")
        assert news is not None
        assert news.chat == there.li
        await there.say(there.li, "受理 1", room=there.room, calls=True)
        await until(lambda: told(there, "#1 已受理"), within=20)
        await there.show(there.li, drawn(), room=None)
        await there.say(there.li, "办结 1 主板换好了", room=None)
        await until(lambda: told(there, "#1 已办结", "主板换好了"), within=20)
        await until(lambda: any(one.picture for one in there.arrived()), within=20)
        await there.say(there.wang, "进度 1", room=None)
        await until(
            lambda: any(one.chat == there.wang and "已办结" in one.text for one in there.arrived()), 20
        )


async def test_a_thousand_lines_in_twenty_groups_are_taken_in_once_and_in_order(
    store_url: str, tmp_path: Path, understander: Understander
) -> None:
    qq = QQ(tmp_path)
    rooms = [str(80_000 + n) for n in range(20)]
    async with playing(qq, store_url, understander) as (app, _):
        like = {"channel": "onebot", "kind": "residents", "area": "g1"}
        roster = yaml.safe_dump({"rooms": [{**like, "id": room, "topic": room} for room in rooms]})
        with app.parts.store.write() as uow:
            work = app.parts.house.policy.work
            import_roster(uow, entries(roster), "x", work=work, now=SystemClock().now())
            uow.commit()
        for n in range(1_000):
            who = str(30_000 + n % 200)  # nobody floods
            await qq.gateway.says(who, f"今天天气不错{n}", room=rooms[n % 20], number=n)
        heard = app.parts.store

        def rows() -> list[Any]:
            with heard.read() as uow:
                return list(uow.inbox.rows())

        await until(lambda: len(rows()) == 1_000, within=60)
        told: dict[int, list[int]] = {}
        for one in rows():
            assert one.route == "left_alone"
            told.setdefault(one.room_id, []).append(int(one.message_id.rpartition("/")[2]))
        assert len(told) == 20
        assert all(numbers == sorted(set(numbers)) for numbers in told.values())
