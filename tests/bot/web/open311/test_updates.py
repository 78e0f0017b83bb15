"""FixMyStreet's updates: the steps of cases; posted, they are commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from tests.bot.web.conftest import Place

PATH = "/open311/v2/servicerequestupdates"


async def test_steps_are_updates(place: Place) -> None:
    await place.open(bot=True)
    browser = await place.browser()
    await place.said("wang", "3栋2单元电梯坏了")
    await place.said("limin", "@哨子 派单 1 物业")
    await place.said("limin", "@哨子 办结 1 换了主板,电话13812345678")
    rows = await (await browser.get(f"{PATH}.json")).json()
    assert [(one["status"], one["description"]) for one in rows] == [
        ("OPEN", "已上报"),
        ("OPEN", "已派单"),
        ("CLOSED", "已办结"),
    ]
    key = place.token("cases:read")
    query = {"api_key": key, "start_date": "2026-03-02T01:14:00Z", "end_date": "2026-03-03T00:00:00Z"}
    answer = await browser.get(f"{PATH}.xml", params=query)
    tree = ET.fromstring(await answer.text())  # noqa: S314  our own answer
    assert tree.tag == "service_request_updates"
    assert tree.findtext("request_update/description") == "办结 换了主板,电话138****5678"
    assert tree.findtext("request_update/updated_datetime") == "2026-03-02T01:15:00Z"


async def test_an_update_is_a_command(place: Place) -> None:
    await place.open(bot=True)
    browser = await place.browser()
    await place.said("wang", "3栋2单元电梯坏了")
    await place.said("limin", "@哨子 受理 1")
    key = place.token("cases:write", person="李敏")

    async def post(code: int, /, **change: str) -> Any:
        fields = {
            "api_key": key,
            "service_request_id": "1",
            "update_id": change.get("description", "7"),
            "updated_datetime": "2026-03-02T01:15:00Z",
            "status": "OPEN",
            "description": "师傅\n下午到",
        }
        answer = await browser.post(f"{PATH}.json", data=fields | change)
        assert answer.status == code, await answer.text()
        return await answer.json()

    first = await post(201)
    assert place.case(1).state == "in_progress"
    assert first == await post(201)  # the same update
    await post(201, status="FIXED", description="换了主板")
    assert (place.case(1).state, place.case(1).result) == ("resolved", "换了主板")
    assert (await post(400, status="CLOSED", description="又办结"))[0]["code"] == 400
    await post(201, status="REOPEN", description="又坏了")
    assert place.case(1).state == "in_progress"
    await post(400, status="HAPPY")
    await post(400, description="")
    await post(400, service_request_id="")
    await post(404, service_request_id="99")
    await post(403, api_key=place.token("cases:read"))
    await post(403, api_key=place.token("cases:write"), description="我来办")  # nobody with a duty
