"""The REST interface written: each thing is said to the bot, as the token's person."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from tests.bot.web.conftest import Place

HERE = "1.1.1"
LIFT = {"room": "grid1", "text": "3栋2单元电梯坏了"}


async def post(
    program: ClientSession, path: str, body: Any, status: int = 200, key: str | None = None
) -> dict[str, Any]:
    headers = {"Idempotency-Key": key} if key is not None else {}
    answer = await program.post(f"/api/v1{path}", json=body, headers=headers)
    assert answer.status == status, await answer.text()
    found: dict[str, Any] = await answer.json()
    return found


async def writer(place: Place, *scopes: str, person: str | None = "李敏") -> ClientSession:
    await place.open(bot=True)
    return await place.software(
        place.token("cases:read", "cases:write", "appeals:write", *scopes, person=person)
    )


async def test_an_appeal_opens_a_case_like_a_line_said_in_the_room(place: Place) -> None:
    program = await writer(place)
    answer = await program.post("/api/v1/appeals", json=LIFT)
    assert answer.status == 201
    assert answer.headers["Location"] == f"/api/v1/cases/{HERE}/1"
    taken = await answer.json()
    assert not taken["joined"]
    assert (taken["case"]["category"], taken["case"]["source"]) == ("城乡建设/电梯", "api")
    assert taken["case"]["area"] == "g1"
    with place.store.read() as uow:
        said = {row.dedupe_key: row for row in uow.outbox.of_state("queued")}
    assert said["ack:1"].room == "grid1"
    assert "记为" in said["ack:1"].text
    assert said["ack:1"].mentions == []  # nobody of that id is in the room
    assert any(row.to == "limin" for row in said.values())  # the grid leader hears of it, though it is theirs


async def test_what_sounds_like_no_appeal_is_one_all_the_same(place: Place) -> None:
    program = await writer(place)
    for number, text in enumerate(("大家早上好", "受理 1", "帮助", "0", "@哨子 进度"), start=1):
        taken = await post(program, "/appeals", {"room": "grid1", "text": text, "name": f"甲{number}"}, 201)
        assert taken["case"]["number"] == number


async def test_the_same_matter_joins_the_open_case(place: Place) -> None:
    program = await writer(place)
    await post(program, "/appeals", LIFT | {"name": "王奶奶", "phone": "13900001111"}, 201)
    again = await post(program, "/appeals", LIFT | {"name": "李四"}, 201)
    assert (again["joined"], again["case"]["number"]) == (True, 1)
    appeals = await (await program.get(f"/api/v1/cases/{HERE}/1/appeals")).json()
    assert "139****1111" in appeals["items"][0]["words"]
    with place.store.read() as uow:
        assert {uow.people.account(a.account_id).name for a in uow.appeals.of_case(1)} == {"王奶奶", "李四"}


async def test_several_matters_are_several_cases(place: Place) -> None:
    program = await writer(place)
    taken = await post(program, "/appeals", {"room": "grid1", "text": "3栋电梯坏了,5栋路灯也不亮"}, 201)
    assert [case["category"] for case in taken["cases"]] == ["城乡建设/电梯", "城乡建设/路灯"]


async def test_position_and_category_are_taken_as_given(place: Place) -> None:
    program = await writer(place)
    body = LIFT | {"category": "城乡建设/公共设施", "lat": 30.81, "long": 108.39}
    case = (await post(program, "/appeals", body, 201))["case"]
    assert (case["category"], case["position"]) == ("城乡建设/公共设施", {"lat": 30.81, "long": 108.39})


async def test_an_emergency_calls_the_ladder(place: Place) -> None:
    program = await writer(place)
    taken = await post(program, "/appeals", {"room": "grid1", "text": "3栋2单元着火了,有人困在里面"}, 201)
    assert taken["case"]["urgency"] == "emergency"
    with place.store.read() as uow:
        assert any(row.lane.endswith("!") for row in uow.outbox.of_state("queued"))


async def test_words_of_despair_are_nobody_elses(place: Place) -> None:
    program = await writer(place)
    taken = await post(
        program, "/appeals", {"room": "grid1", "text": "我真的快撑不下去了,想从楼上跳下去"}, 201
    )
    assert (taken["case"]["discreet"], taken["case"]["summary"]) == (True, "")
    with place.store.read() as uow:
        assert not [row for row in uow.outbox.of_state("queued") if row.room == "grid1"]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"room": "nowhere", "text": "电梯坏了"}, 404, None),
        ({"room": "staff", "text": "电梯坏了"}, 409, "room"),
        ({"room": "grid1", "text": "\u200b"}, 409, "text"),
        ({"room": "grid1"}, 422, "text"),
        ({"room": "grid1", "text": " "}, 422, "text"),
        ({"room": "grid1", "text": 1}, 422, "text"),
        ({"room": "grid1", "text": "x", "lat": "30"}, 422, "lat"),
        ({"room": "grid1", "text": "x", "category": "天气"}, 422, "category"),
        ({"room": "grid1", "text": "x", "roomm": 1}, 422, "roomm"),
        ([], 422, "body"),
    ],
)
async def test_errors_name_the_field(place: Place, body: Any, status: int, field: str | None) -> None:
    program = await writer(place)
    problem = await post(program, "/appeals", body, status)
    assert [one["field"] for one in problem["errors"]] == ([field] if field else [])


async def test_a_room_of_another_area_is_none(place: Place) -> None:
    await place.open(bot=True)
    program = await place.software(place.token("appeals:write", area="1.1.2"))
    await post(program, "/appeals", LIFT, 404)


async def test_a_posting_under_its_key_is_done_once(place: Place) -> None:
    program = await writer(place)
    key = "order-7"
    first, second = await asyncio.gather(
        post(program, "/appeals", LIFT, 201, key=key), post(program, "/appeals", LIFT, 201, key=key)
    )
    assert first == second
    problem = await post(program, "/appeals", LIFT | {"text": "5栋路灯不亮"}, 422, key=key)
    assert problem["errors"][0]["field"] == "Idempotency-Key"
    place.clock.set(place.clock.now() + timedelta(hours=24, seconds=1))
    assert (await post(program, "/appeals", LIFT | {"text": "5栋路灯不亮"}, 201, key=key))["case"][
        "number"
    ] == 2
    await post(program, "/appeals", LIFT, 400, key="x" * 200)


async def test_a_command_is_said_as_the_tokens_person(place: Place) -> None:
    program = await writer(place)
    await place.said("wang", "3栋2单元电梯坏了")
    done = await post(program, f"/cases/{HERE}/1/commands", {"text": "派单 物业"})
    assert (done["case"]["state"], done["case"]["holder"]["name"]) == ("assigned", "万邦物业")
    assert "万邦物业" in done["answers"][0]
    with place.store.read() as uow:
        assert uow.people.get(uow.timeline.of_case(1)[-1].person_id or 0).name == "李敏"
        assert not [row for row in uow.outbox.of_state("queued") if (row.to or "").startswith("api:")]


async def test_a_command_under_its_key_is_said_once(place: Place) -> None:
    program = await writer(place)
    await place.said("wang", "3栋2单元电梯坏了")
    key = "k"
    path = f"/cases/{HERE}/1/commands"
    first = await post(program, path, {"text": "受理"}, key=key)
    assert first == await post(program, path, {"text": "受理"}, key=key)
    refused = await post(program, path, {"text": "受理"}, 409)
    assert "已经受理" in refused["detail"]


async def test_what_is_above_ones_duty_is_refused_and_audited(place: Place) -> None:
    program = await writer(place)
    await place.said("wang", "3栋2单元电梯坏了")
    await post(program, f"/cases/{HERE}/1/commands", {"text": "督办"}, 403)
    resident = await place.software(place.token("cases:write"))
    await post(resident, f"/cases/{HERE}/1/commands", {"text": "受理"}, 403)
    with place.store.read() as uow:
        assert [row.command for row in uow.audit.refusals()] == ["督办", "受理"]


@pytest.mark.parametrize("text", ["你好", "派单 13 物业", "通知 第一网格 停水", "撤销", "删除我的数据"])
async def test_only_commands_about_that_case_are_taken(place: Place, text: str) -> None:
    program = await writer(place)
    await place.said("wang", "3栋2单元电梯坏了")
    problem = await post(program, f"/cases/{HERE}/1/commands", {"text": text}, 409)
    assert problem["errors"][0]["field"] == "text"
    assert place.case(1).state == "reported"


async def test_who_saw_an_older_state_is_told(place: Place) -> None:
    program = await writer(place)
    await place.said("wang", "3栋2单元电梯坏了")
    seen = place.case(1).version
    await place.said("limin", "@哨子 受理 1")
    await post(program, f"/cases/{HERE}/1/commands", {"text": "派单 物业", "version": seen}, 409)
    now = place.case(1).version
    await post(program, f"/cases/{HERE}/1/commands", {"text": "派单 物业", "version": now})


async def test_software_is_not_held_up_by_the_flood_limit_of_people(place: Place) -> None:
    program = await writer(place)
    for number in range(35):
        await post(program, "/appeals", {"room": "grid1", "text": f"{number + 1}栋电梯坏了"}, 201)


async def test_appeals_handed_in_are_no_talk_of_the_room(place: Place) -> None:
    program = await writer(place)
    await post(program, "/appeals", LIFT | {"phone": "13900001111"}, 201)
    with place.store.read() as uow:
        assert "139" not in str(uow.history.kept("web", 100))
        assert not [one for one in uow.chats.people_on("web") if one.account.startswith("api:")]
