"""Strangers' clients, unchanged: PyPI's `georeport` and `three` against a server on a real port."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bot.web.conftest import Place

LIFT = "城乡建设/电梯"


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_georeport(place: Place, form: str) -> None:
    from georeport import GeoReport

    await place.open(bot=True)
    await place.said("wang", "3栋2单元电梯坏了")
    await place.said("zhou2", "8栋路灯不亮", "grid2")
    client = GeoReport(str(place.server.make_url("/open311/v2")), jurisdiction="1.1.1", output_format=form)
    services = await asyncio.to_thread(client.get_service_list)
    assert LIFT in {one["service_code"] for one in services}
    definition = await asyncio.to_thread(client.get_service_definition, LIFT)
    assert definition["service_code"] == LIFT
    found = await asyncio.to_thread(client.get_service_requests, status="open")
    assert [one["service_request_id"] for one in found] == ["2", "1"]
    one = await asyncio.to_thread(client.get_service_request, "1")
    assert one["service_code"] == LIFT


async def test_three(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)
    from three import Three

    await place.open(bot=True)
    key = place.token("appeals:write")
    client = Three(str(place.server.make_url("/open311/v2")), api_key=key, jurisdiction="1.1.1")
    discovered = await asyncio.to_thread(client.discovery)
    assert discovered["endpoints"][0]["type"] == "production"
    services = await asyncio.to_thread(client.services)
    assert LIFT in {one["service_code"] for one in services}
    assert (await asyncio.to_thread(client.services, LIFT))["attributes"] == []
    posted = await asyncio.to_thread(
        lambda: client.post(LIFT, address="3栋2单元", name="王 小明", description="电梯坏了")
    )
    number = posted[0]["service_request_id"]
    assert (await asyncio.to_thread(client.request, number))[0]["status"] == "open"
    assert len(await asyncio.to_thread(lambda: client.requests(LIFT, count=5))) == 1
    day = lambda: client.requests(between=["03-01-2026", "03-05-2026"])  # noqa: E731
    assert len(await asyncio.to_thread(day)) == 1
    assert (await asyncio.to_thread(client.token, number))[0]["service_request_id"] == number
