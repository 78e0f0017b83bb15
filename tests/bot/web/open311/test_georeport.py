"""Open311 GeoReport v2, to the letter: fields, forms, spans, errors."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from data.repositories.publications import BoardWanted

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession

    from tests.bot.web.conftest import Place

HERE, THERE = "1.1.1", "1.1.2"
LIFT = "城乡建设/电梯"
FIELDS = {
    *("service_request_id", "status", "status_notes", "service_name", "service_code", "description"),
    *("agency_responsible", "service_notice", "requested_datetime", "updated_datetime"),
    *("expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url"),
}


async def get(browser: ClientSession, path: str, code: int = 200, /, **query: str) -> Any:
    answer = await browser.get(f"/open311/v2/{path}", params=query)
    assert answer.status == code, await answer.text()
    assert answer.charset == "utf-8"
    if path.endswith(".xml"):
        assert answer.content_type == "text/xml"
        return ET.fromstring(await answer.text())  # noqa: S314  our own answer
    assert answer.content_type == "application/json"
    return await answer.json()


async def post(browser: ClientSession, code: int = 201, form: str = "json", /, **fields: str) -> Any:
    answer = await browser.post(f"/open311/v2/requests.{form}", data=fields)
    assert answer.status == code, await answer.text()
    return await answer.json() if form == "json" else ET.fromstring(await answer.text())  # noqa: S314


async def opened(place: Place, **config: Any) -> ClientSession:
    await place.open(bot=True, **config)
    return await place.browser()


async def test_discovery_says_where_and_how(place: Place) -> None:
    browser = await opened(place, public_url="https://a.example/", trusted_proxies=[])
    found = await get(browser, "discovery.json")
    endpoint = found["endpoints"][0]
    assert endpoint["url"] == "https://a.example/open311/v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    tree = await get(browser, "discovery.xml")
    assert tree.tag == "discovery"
    assert tree.findtext("endpoints/endpoint/formats/format") == "text/xml"


async def test_services_are_the_categories(place: Place) -> None:
    browser = await opened(place)
    found = await get(browser, "services.json", jurisdiction_id=HERE)
    lift = next(one for one in found if one["service_code"] == LIFT)
    assert (lift["service_name"], lift["group"], lift["metadata"], lift["type"]) == (
        "电梯",
        "城乡建设",
        False,
        "realtime",
    )
    tree = await get(browser, "services.xml")
    assert (tree.tag, len(tree)) == ("services", len(found))
    assert tree.findtext("service/metadata") == "false"
    definition = await get(browser, f"services/{LIFT}.json")
    assert definition == {"service_code": LIFT, "attributes": []}
    assert (await get(browser, "services/城乡建设%2F电梯.xml")).tag == "service_definition"


async def test_a_request_is_posted_and_read(place: Place) -> None:
    browser = await opened(place)
    key = place.token("appeals:write", "cases:read")
    posted = await post(
        browser,
        api_key=key,
        jurisdiction_id=HERE,
        service_code=LIFT,
        description="电梯坏了,我是501的",
        address_string="3栋2单元",
        lat="30.81",
        long="108.39",
        first_name="小明",
        last_name="王",
        phone="13812345678",
        email="wang@example.org",
        **{"attribute[ZIP]": "404000"},
    )
    assert set(posted[0]) == {"service_request_id", "service_notice", "account_id"}
    number = posted[0]["service_request_id"]
    shown = (await get(browser, f"requests/{number}.json"))[0]
    assert set(shown) == FIELDS
    assert (shown["status"], shown["service_code"], shown["service_name"]) == ("open", LIFT, "电梯")
    assert shown["description"] == ""  # nobody has made it public
    assert shown["address"] == "百安坝社区第一网格3栋"
    assert shown["requested_datetime"] == shown["updated_datetime"] == "2026-03-02T01:00:00Z"
    assert (shown["lat"], shown["long"]) == (30.81, 108.39)
    with_key = (await get(browser, f"requests/{number}.json", api_key=key))[0]
    assert "电梯坏了" in with_key["description"]
    case = place.case(1)
    assert (case.source, case.category, case.place.building) == ("api", LIFT, "3")
    with place.store.read() as uow:
        appeal = uow.appeals.of_case(case.id)[0]
        assert (appeal.room_id, uow.people.account(appeal.account_id).name) == (None, "王小明")
        assert "13812345678" in appeal.words
        told = uow.outbox.of_state("queued")
    assert not [row for row in told if row.room == "grid1"]  # nobody said it in the group
    assert [row for row in told if row.to == "limin"]
    token = (await get(browser, f"tokens/{number}.json"))[0]
    assert token == {"service_request_id": number, "token": number}


async def test_xml_says_the_same(place: Place) -> None:
    browser = await opened(place)
    fields = {"api_key": place.token("appeals:write"), "service_code": LIFT, "description": "<坏了> & \x01"}
    tree = await post(browser, 201, "xml", address_string="百安坝社区3栋", **fields)
    assert tree.tag == "service_requests"
    number = tree.findtext("request/service_request_id")
    one = await get(browser, f"requests/{number}.xml")
    assert {child.tag for child in one[0]} == FIELDS
    assert one.findtext("request/service_code") == LIFT


async def test_the_same_matter_is_the_same_request(place: Place) -> None:
    browser = await opened(place)
    fields = {
        "api_key": place.token("appeals:write"),
        "service_code": LIFT,
        "address_string": "百安坝社区3栋",
    }
    first = await post(browser, description="电梯坏了", phone="1", **fields)
    again = await post(browser, description="电梯又坏了", phone="2", **fields)
    assert first[0]["service_request_id"] == again[0]["service_request_id"]


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "shz_wrong"}, 403, "api_key"),
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "天气"}, 404, "service_code"),
        ({"address_string": ""}, 400, "location"),
        ({"jurisdiction_id": "x"}, 404, "jurisdiction_id"),
        ({"jurisdiction_id": ""}, 400, "jurisdiction_id"),
        ({"lat": "30.8"}, 400, "lat and long"),
        ({"lat": "91", "long": "1"}, 400, "lat and long"),
        ({"lat": "nan", "long": "1"}, 400, "lat and long"),
    ],
)
@pytest.mark.parametrize("form", ["json", "xml"])
async def test_errors_are_codes_and_descriptions(
    place: Place, change: dict[str, str], status: int, word: str, form: str
) -> None:
    browser = await opened(place)
    fields = {
        "api_key": place.token("appeals:write"),
        "jurisdiction_id": HERE,
        "service_code": LIFT,
        "description": "坏了",
        "address_string": "3栋",
    }
    found = await post(browser, status, form, **(fields | change))
    if form == "json":
        assert [one["code"] for one in found] == [status]
        assert word in found[0]["description"]
    else:
        assert (found.tag, found.findtext("error/code")) == ("errors", str(status))
        assert word in (found.findtext("error/description") or "")


async def test_a_key_without_the_scope_or_revoked_is_refused(place: Place) -> None:
    browser = await opened(place)
    fields = {"service_code": LIFT, "address_string": "百安坝社区3栋"}
    await post(browser, 403, api_key=place.token("cases:read"), **fields)
    key = place.token("appeals:write")
    await post(browser, api_key=key, **fields)
    with place.store.write() as uow:
        uow.tokens.revoke([one.id for one in uow.tokens.everyone()], place.clock.now())
        uow.commit()
    await post(browser, 403, api_key=key, **fields)
    await get(browser, "requests.json", 403, api_key=key)


async def test_a_key_of_another_area_posts_and_reads_nothing_here(place: Place) -> None:
    browser = await opened(place)
    await place.said("wang", "3栋2单元电梯坏了")
    key = place.token("appeals:write", "cases:read", area=THERE)
    fields = {"api_key": key, "service_code": LIFT, "address_string": "3栋"}
    await post(browser, 404, jurisdiction_id=HERE, **fields)
    await post(browser, 404, **(fields | {"address_id": "g1b3"}))
    await get(browser, "requests/1.json", 404, api_key=key)
    assert await get(browser, "requests.json", api_key=key) == []
    await post(browser, **fields)
    assert len(await get(browser, "requests.json", api_key=key)) == 1


async def some_requests(place: Place) -> ClientSession:
    browser = await opened(place)
    await place.said("wang", "3栋2单元电梯坏了")  # 01:05
    await place.said("zhou2", "8栋路灯不亮", "grid2")  # 01:10
    await place.said("li9", "路灯不亮了,晚上看不见", "grid9")  # 01:15
    await place.said("limin", "@哨子 派单 1 物业")
    await place.said("limin", "@哨子 办结 1 换了主板")
    return browser


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({}, "321"),
        ({"jurisdiction_id": HERE}, "21"),
        ({"status": "open"}, "32"),
        ({"status": "closed"}, "1"),
        ({"status": "open,closed"}, "321"),
        ({"service_code": LIFT}, "1"),
        ({"service_code": f"{LIFT},城乡建设/路灯"}, "321"),
        ({"service_code": "x"}, ""),
        ({"start_date": "2026-03-02T01:10:00Z"}, "32"),
        ({"end_date": "2026-03-02T09:10:00+08:00"}, "21"),
        ({"start_date": "2026-03-02T01:06:00Z", "end_date": "2026-03-02T01:11:00Z"}, "2"),
        ({"service_request_id": "3,1,99,x"}, "31"),
        ({"service_request_id": "1", "status": "open"}, "1"),
        ({"page_size": "2"}, "32"),
        ({"page_size": "2", "page": "2"}, "1"),
    ],
)
async def test_requests_are_found(place: Place, query: dict[str, str], ids: str) -> None:
    browser = await some_requests(place)
    found = await get(browser, "requests.json", **query)
    assert "".join(one["service_request_id"] for one in found) == ids


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"status": "done"}, 400),
        ({"start_date": "2026-03-02"}, 400),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"}, 400),
        ({"jurisdiction_id": "x"}, 404),
        ({"page_size": "1001"}, 400),
        ({"api_key": "shz_wrong"}, 403),
    ],
)
async def test_wrong_queries(place: Place, query: dict[str, str], status: int) -> None:
    browser = await some_requests(place)
    found = await get(browser, "requests.json", status, **query)
    assert found[0]["code"] == status


async def test_what_is_closed_says_so(place: Place) -> None:
    browser = await some_requests(place)
    shown = (await get(browser, "requests/1.json"))[0]
    assert (shown["status"], shown["agency_responsible"]) == ("closed", "")  # the board names no unit
    keyed = (await get(browser, "requests/1.json", api_key=place.token("cases:read")))[0]
    assert keyed["agency_responsible"] == "万邦物业"
    assert shown["updated_datetime"] == "2026-03-02T01:25:00Z"
    assert shown["status_notes"].startswith("已办结")
    assert shown["expected_datetime"] is None


async def test_the_default_is_the_last_ninety_days(place: Place) -> None:
    browser = await some_requests(place)
    place.clock.set(place.clock.now() + timedelta(days=91))
    assert await get(browser, "requests.json") == []
    old = await get(browser, "requests.json", start_date="2026-03-01T00:00:00Z")
    assert len(old) == 3


async def test_disputes_are_nobody_elses(place: Place) -> None:
    browser = await some_requests(place)
    with place.store.write() as uow:
        case = uow.cases.get(1)
        case.dispute = True
        uow.cases.save(case)
        uow.commit()
    await get(browser, "requests/1.json", 404)
    assert [one["service_request_id"] for one in await get(browser, "requests.json")] == ["3", "2"]
    shown = (await get(browser, "requests/1.json", api_key=place.token("cases:read")))[0]
    assert (shown["description"], shown["address"]) == ("", "百安坝社区第一网格")


async def test_a_place_may_want_a_key_for_everything(place: Place) -> None:
    browser = await opened(place, open311="token")
    await get(browser, "requests.json", 403)
    assert await get(browser, "requests.json", api_key=place.token()) == []
    await get(browser, "services.json")


async def test_what_anybody_reads_is_what_the_board_shows(place: Place) -> None:
    browser = await opened(place, board=True)
    await place.said("wang", "3栋2单元501电梯坏了,找王姐13812345678")
    await place.said("zhou2", "8栋着火了,快来人", "grid2")
    await place.said("wang", "楼上每天半夜打麻将,吵得睡不着", None)
    await place.said("limin", "@哨子 走访 记录 3栋2单元501 王奶奶 说楼道灯不亮了", "grid1")
    await place.said("limin", "@哨子 派单 1 物业")
    with place.store.read() as uow:
        count = len([n for n in range(1, 9) if uow.latest.case(n)])
        on_board = {str(case.id) for case in uow.publications.board(BoardWanted(), page=1, size=99)[0]}
    assert (count, on_board) == (4, {"1"})
    shown = await get(browser, "requests.json")
    assert {one["service_request_id"] for one in shown} == on_board
    told = {name: value for name, value in shown[0].items() if value not in (None, "")}
    assert told == {
        "service_request_id": "1",
        "status": "open",
        "status_notes": "已派单",
        "service_name": "电梯",
        "service_code": LIFT,
        "service_notice": "编号 百安坝#1",
        "requested_datetime": "2026-03-02T01:05:00Z",
        "updated_datetime": told["updated_datetime"],
        "address": "百安坝社区第一网格3栋",
        "address_id": told["address_id"],
    }
    for number in ("2", "3", "4"):
        await get(browser, f"requests/{number}.json", 404)
    moves = await get(browser, "servicerequestupdates.json")
    assert [(one["service_request_id"], one["description"]) for one in moves] == [
        ("1", "已上报"),
        ("1", "已派单"),
    ]


@pytest.mark.parametrize(("board", "status"), [(True, 200), (False, 403)])
async def test_a_place_may_let_it_follow_the_board(place: Place, *, board: bool, status: int) -> None:
    browser = await opened(place, open311="board", board=board)
    await get(browser, "requests.json", status)
    await get(browser, "servicerequestupdates.json", status)
    assert await get(browser, "requests.json", api_key=place.token()) == []


async def bad(answer: ClientResponse, status: int) -> None:
    assert answer.status == status
    assert (await answer.json())[0]["code"] == status


async def test_bad_bodies_and_addresses(place: Place) -> None:
    browser = await opened(place)
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    path = "/open311/v2/requests.json"
    await bad(await browser.post(path, data=bomb, headers={"Content-Type": "text/xml"}), 415)
    await bad(await browser.post(path, json={"service_code": LIFT}), 415)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    await bad(await browser.post(path, data=BytesIO(b"a=" + b"x" * 10_000_000), headers=form), 413)
    await bad(await browser.put(path), 405)
    await bad(await browser.get("/open311/v2/requests.yaml"), 404)
    await bad(await browser.get("/open311/v2/nowhere"), 404)
    for number in ("0", "x", "99999999999999999999", "１", "1%00"):
        await bad(await browser.get(f"/open311/v2/requests/{number}.json"), 404)
    await bad(await browser.get("/open311/v2/services/x.json"), 404)


async def test_too_many_requests_with_a_key(place: Place) -> None:
    browser = await opened(place, requests_per_minute=1)
    key = place.token()
    await get(browser, "requests.json", api_key=key)
    answer = await browser.get("/open311/v2/requests.json", params={"api_key": key})
    assert answer.headers["Retry-After"] == "60"
    await bad(answer, 429)


async def test_the_nearest_grid_is_found_by_its_centre(place: Place) -> None:
    browser = await opened(place)
    with place.store.write() as uow:
        from data.tables.areas import areas

        for code, lat in (("g1", 30.0), ("g2", 31.0), ("g9", 32.0)):
            uow.connection.execute(areas.update().where(areas.c.code == code), {"lat": lat, "long": 108.0})
        uow.roster_changed()
        uow.commit()
    key = place.token("appeals:write", "cases:read")
    posted = await post(browser, api_key=key, service_code=LIFT, lat="31.1", long="108.1")
    shown = (await get(browser, f"requests/{posted[0]['service_request_id']}.json"))[0]
    assert (shown["address_id"], shown["lat"]) == ("g2", 31.1)
    await place.said("zhou2", "8栋路灯不亮", "grid2")
    shown = (await get(browser, "requests.json", service_code="城乡建设/路灯"))[0]
    assert (shown["lat"], shown["long"]) == (31.0, 108.0)  # the grid's
