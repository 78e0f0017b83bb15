from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channels.base import ChannelState
from data.roster.load import import_roster
from handlers.context import Reach
from tests.town import Memory, entries

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from tests.bot.web.conftest import Place

OPERATOR = """
people:
  - {name: 管理员, accounts: [{channel: web, id: op}], duties: [{role: operator, area: "1.1.1"}]}
"""
PROXIED = {"X-Forwarded-For": "203.0.113.7"}


@pytest.fixture
async def phone(place: Place) -> Memory:
    """A second channel, that waits for somebody to scan a code."""
    await place.open()
    channel = Memory(place.clock, Reach())
    channel.health.becomes(ChannelState.SCAN, place.clock.now(), code="https://login.weixin.qq.com/l/x")
    channel.health.counts["connections"] += 2
    place.channels["wechaty"] = channel
    return channel


async def test_the_page_shows_where_channels_stand_and_the_code(place: Place, phone: Memory) -> None:
    browser = await place.browser()
    page = await (await browser.get("/channels")).text()
    assert "微信" in page
    assert "等人扫码登录" in page
    assert "/channels/wechaty/code.svg" in page
    code = await browser.get("/channels/wechaty/code.svg")
    assert code.content_type == "image/svg+xml"
    assert b"<svg" in await code.read()
    phone.health.becomes(ChannelState.ONLINE, place.clock.now())
    page = await (await browser.get("/channels")).text()
    assert "code.svg" not in page
    assert (await browser.get("/channels/wechaty/code.svg")).status == 404
    assert (await browser.get("/channels/nowhere/code.svg")).status == 404


async def test_it_is_for_operators_only(place: Place, phone: Memory) -> None:
    with place.store.write() as uow:
        work = place.build({}).house.policy.work
        import_roster(uow, entries(OPERATOR), "x", work=work, now=place.clock.now())
        uow.commit()

    async def seen(browser: ClientSession) -> int:
        return (await browser.get("/channels", headers=PROXIED)).status

    assert await seen(await place.browser()) == 403
    assert await seen(await place.signed_in("李敏")) == 403
    assert await seen(await place.signed_in("管理员")) == 200


@pytest.mark.usefixtures("phone")
async def test_metrics_tell_it_too(place: Place) -> None:
    metrics = await (await (await place.browser()).get("/metrics")).text()
    assert 'shaozi_channel_state{channel="wechaty",state="scan"} 1.0' in metrics
    assert 'shaozi_channel_state{channel="wechaty",state="online"} 0.0' in metrics
    assert 'shaozi_channel_events_total{channel="wechaty",what="connections"} 2.0' in metrics
