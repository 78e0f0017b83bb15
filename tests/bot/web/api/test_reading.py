"""The REST interface read: whose token, which area, masked or not, page by page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.domain import ballot as ballots

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from tests.bot.web.conftest import Place

HERE, THERE = "1.1.1", "1.1.2"


async def read(program: ClientSession, path: str, **query: str) -> dict[str, Any]:
    answer = await program.get(f"/api/v1{path}", params=query)
    assert answer.status == 200, await answer.text()
    found: dict[str, Any] = await answer.json()
    return found


async def some_cases(place: Place) -> None:
    await place.open(bot=True)
    await place.said("wang", "3栋2单元电梯坏了,我是501的,电话13812345678")
    await place.said("zhou2", "8栋路灯不亮", "grid2")
    await place.said("li9", "路灯不亮了,晚上看不见", "grid9")


async def test_a_token_is_wanted_that_stands(place: Place) -> None:
    await place.open(bot=True)
    stranger = await place.browser()
    for headers in ({}, {"Authorization": "Bearer shz_wrong"}, {"Authorization": "Basic eDp5"}):
        answer = await stranger.get("/api/v1/areas", headers=headers)
        assert (answer.status, answer.content_type) == (401, "application/problem+json")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    secret = place.token(days=1)
    program = await place.software(secret)
    assert (await program.get("/api/v1/areas")).status == 200
    place.clock.set(place.clock.now() + timedelta(days=1))
    assert (await program.get("/api/v1/areas")).status == 401


async def test_a_token_revoked_in_use_opens_nothing_from_then_on(place: Place) -> None:
    await place.open(bot=True)
    program = await place.software(place.token())
    assert (await program.get("/api/v1/areas")).status == 200
    with place.store.write() as uow:
        uow.tokens.revoke([one.id for one in uow.tokens.everyone()], place.clock.now())
        uow.commit()
    assert (await program.get("/api/v1/areas")).status == 401


async def test_a_scope_is_wanted_for_each_resource(place: Place) -> None:
    await place.open(bot=True)
    program = await place.software(place.token("meetings:read"))
    refused = await program.get("/api/v1/cases")
    assert refused.status == 403
    assert 'scope="cases:read"' in refused.headers["WWW-Authenticate"]
    assert (await program.get("/api/v1/meetings")).status == 200


async def test_a_token_of_another_area_sees_nothing_of_it(place: Place) -> None:
    await some_cases(place)
    program = await place.software(place.token("cases:read", "statistics:read", area=THERE))
    seen = await read(program, "/cases")
    assert [case["community"] for case in seen["items"]] == [THERE]
    assert (await program.get(f"/api/v1/cases/{HERE}/1")).status == 404
    assert (await program.get(f"/api/v1/cases/{HERE}/1/timeline")).status == 404
    assert (await program.get("/api/v1/cases", params={"area": HERE})).status == 404
    assert {area["code"] for area in (await read(program, "/areas"))["items"]} == {THERE, "g9"}
    assert (await read(program, "/statistics"))["counts"]["reported"] == 1


async def test_words_are_masked_and_shown_as_said_with_a_scope_that_is_audited(place: Place) -> None:
    await some_cases(place)
    masked = await read(await place.software(place.token("cases:read")), f"/cases/{HERE}/1")
    assert "138****5678" in masked["summary"]
    assert masked["place"] == {
        "building": "3",
        "unit": "2",
        "floor": None,
        "door": None,
        "spot": None,
        "compound": None,
    }
    program = await place.software(place.token("cases:read", "cases:personal", person="赵主任"))
    shown = await read(program, f"/cases/{HERE}/1")
    assert "13812345678" in shown["summary"]
    appeals = await read(program, f"/cases/{HERE}/1/appeals")
    assert appeals["items"][0]["name"] == "王姐"
    with place.store.read() as uow:
        views = [(row.person_id, row.outcome) for row in uow.audit.views()]
        zhao = uow.people.on_roster("赵主任")[0].id
    assert views == [(zhao, "case:1")] * 2


async def test_a_dispute_shows_no_words(place: Place) -> None:
    await some_cases(place)
    with place.store.write() as uow:
        case = uow.cases.get(1)
        case.dispute = True
        uow.cases.save(case)
        uow.commit()
    program = await place.software(place.token("cases:read"))
    shown = await read(program, f"/cases/{HERE}/1")
    assert (shown["discreet"], shown["summary"], shown["place"]["building"]) == (True, "", None)
    assert [one["words"] for one in (await read(program, f"/cases/{HERE}/1/appeals"))["items"]] == [""]


async def test_lists_come_in_pages(place: Place) -> None:
    await some_cases(place)
    program = await place.software(place.token("cases:read"))
    first = await read(program, "/cases", limit="2")
    rest = await read(program, "/cases", limit="2", cursor=first["next"])
    ids = [case["id"] for case in first["items"] + rest["items"]]
    assert ids == [f"{THERE}/1", f"{HERE}/2", f"{HERE}/1"]
    assert rest["next"] is None


async def test_lists_are_narrowed(place: Place) -> None:
    await some_cases(place)
    program = await place.software(place.token("cases:read"))
    for query, count in (
        ({"category": "城乡建设"}, 3),
        ({"category": "城乡建设/电梯"}, 1),
        ({"area": "g2"}, 1),
        ({"open": "true"}, 3),
        ({"open": "false"}, 0),
        ({"state": "resolved"}, 0),
        ({"since": "2026-03-02T01:07:00Z"}, 2),
        ({"until": "2026-03-02T09:07:00+08:00"}, 1),
        ({"source": "appeal", "grade": "minor"}, 3),
        ({"since": "0001-01-01T00:00:00+14:00", "until": "9999-12-31T23:59:60-14:00"}, 3),
    ):
        assert len((await read(program, "/cases", **query))["items"]) == count, query


async def test_what_did_not_change_is_not_sent_again(place: Place) -> None:
    await some_cases(place)
    program = await place.software(place.token("cases:read"))
    tag = (await program.get(f"/api/v1/cases/{HERE}/1")).headers["ETag"]
    for given in (tag, f'"x", W/{tag}', "*"):
        again = await program.get(f"/api/v1/cases/{HERE}/1", headers={"If-None-Match": given})
        assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", tag)
    await place.said("limin", "@哨子 受理 1")
    fresh = await program.get(f"/api/v1/cases/{HERE}/1", headers={"If-None-Match": tag})
    assert (fresh.status, (await fresh.json())["state"]) == (200, "accepted")


async def test_the_timeline_names_who_is_in_a_duty_and_no_resident(place: Place) -> None:
    await some_cases(place)
    await place.said("limin", "@哨子 派单 1 物业")
    program = await place.software(place.token("cases:read"))
    steps = (await read(program, f"/cases/{HERE}/1/timeline"))["items"]
    assert [(one["action"], one["by"]) for one in steps] == [("report", None), ("assign", "李敏")]


async def test_meetings_activities_publicities_and_visits_are_listed(place: Place) -> None:
    await place.open(bot=True)
    await place.said("limin", "@哨子 议事 周六晚上7点半 党群服务中心 加装电梯")
    await place.said("limin", "@哨子 活动 周六上午9点 广场 大扫除 招10人")
    await place.said("zhao", "公示 7天 换水泵:周五开始换水泵,电话13812345678", room=None)
    await place.said("limin", "走访 记录 3栋2单元501 王姐 老人都好,电话13812345678", room=None)
    scopes = ("meetings:read", "activities:read", "publicities:read", "visits:read", "ballots:read")
    program = await place.software(place.token(*scopes))
    found = {
        name: (await read(program, f"/{name}"))["items"] for name in ("meetings", "activities", "visits")
    }
    assert [one["topic"] for one in found["meetings"]] == ["加装电梯"]
    assert [(one["topic"], one["places"]) for one in found["activities"]] == [("大扫除", 10)]
    assert [(one["door"], one["whom"], one["visitor"]) for one in found["visits"]] == [(None, None, "李敏")]
    assert "13812345678" not in str(found["visits"])
    publicity = (await read(program, "/publicities"))["items"][0]
    assert "13812345678" in publicity["words"]  # the office's own text
    assert publicity["in_force"]
    assert (await read(program, "/ballots"))["items"] == []
    elsewhere = await place.software(place.token(*scopes, area=THERE))
    for name in ("meetings", "activities", "publicities", "visits"):
        assert (await read(elsewhere, f"/{name}"))["items"] == []


async def test_the_result_of_a_ballot_is_shown_when_it_is_over(place: Place) -> None:
    await place.open(bot=True)
    await place.said("zhao", "表决 第一网格 换水泵 同意/反对 至 3月2日18:00", room=None)
    program = await place.software(place.token("ballots:read"))
    assert (await read(program, "/ballots"))["items"] == []
    with place.store.write() as uow:
        ballot = uow.ballots.open_ones()[0]
        roll = {one.household_id: one.area for one in uow.ballots.roll(ballot.id)}
        whole, totals = ballots.count(ballot.options, roll, dict.fromkeys(roll, 0))
        uow.ballots.close(ballot, whole, totals, {})
        uow.commit()
    shown = (await read(program, "/ballots"))["items"][0]
    assert (shown["title"], shown["verdict"], shown["roll"]["households"]) == ("换水泵", "passed", 1)
    assert [(one["option"], one["votes"]["households"]) for one in shown["options"]] == [
        ("同意", 1),
        ("反对", 0),
    ]
