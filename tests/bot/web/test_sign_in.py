from __future__ import annotations

from datetime import timedelta
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

import pytest

from data.domain.messages import MessageKind
from handlers.people.invitations import hash_of, redeem
from tests.bot.web.signing import sign_in, sign_out

if TYPE_CHECKING:
    from tests.bot.web.conftest import Place


async def test_who_is_not_signed_in_is_led_to_the_door(place: Place) -> None:
    await place.open()
    browser = await place.browser()
    answer = await browser.get("/")
    assert answer.url.path == "/sign-in"
    page = await answer.text()
    assert "登录码" in page
    assert "平常聊天不留" in page


async def test_a_code_opens_the_door_once(place: Place) -> None:
    await place.open()
    code = place.code(person="李敏")
    browser, thief = await place.browser(), await place.browser()
    assert (await sign_in(browser, code)).status == 200
    assert (await browser.get("/")).url.path == "/"
    again = await sign_in(thief, code)
    assert again.status == 401
    assert "已用过" in await again.text()
    page = await place.page(browser)
    assert (await page.hears("hello"))["me"]["id"] == "limin"


async def test_a_code_may_be_typed_as_one_likes(place: Place) -> None:
    await place.open()
    code = place.code(person="李敏")
    assert (await sign_in(await place.browser(), f" {code.lower().replace('-', ' ')} ")).status == 200


async def test_a_code_is_valid_for_fifteen_minutes(place: Place) -> None:
    await place.open()
    code = place.code(person="李敏")
    place.clock.set(place.clock.now() + timedelta(minutes=15))
    assert (await sign_in(await place.browser(), code)).status == 401
    longer = place.code(person="李敏", valid=timedelta(days=1))
    place.clock.set(place.clock.now() + timedelta(hours=23))
    assert (await sign_in(await place.browser(), longer)).status == 200


async def test_the_store_knows_no_code(place: Place) -> None:
    await place.open()
    code = place.code(name="新邻居", room="grid1")
    with place.store.read() as uow:
        row = uow.invitations.coded(hash_of(code))
    assert row is not None
    assert code not in str(row)
    assert code.replace("-", "") not in str(row)
    await sign_in(await place.browser(), code)
    with place.store.read() as uow:
        row = uow.invitations.coded(hash_of(code))
    assert row is not None
    assert row.name is None  # an invitation that was used need not say for whom it was


async def test_after_ten_wrong_codes_nobody_may_try_for_a_while(place: Place) -> None:
    await place.open()
    browser = await place.browser()
    for number in range(10):
        assert (await sign_in(browser, f"2222-3333-{number:04}")).status == 401
    right = place.code(person="李敏", valid=timedelta(hours=1))
    assert (await sign_in(browser, right)).status == 429
    neighbour = await sign_in(
        browser, place.code(person="赵主任"), headers={"X-Forwarded-For": "9.9.9.9, 10.0.0.7"}
    )
    assert neighbour.status == 200  # behind a proxy of this machine everybody has an address of their own
    place.clock.set(place.clock.now() + timedelta(minutes=15))
    assert (await sign_in(browser, right)).status == 200


@pytest.mark.parametrize(
    "body", [b"", b"nonsense", b"[]", b"[" * 50_000, b'{"code": 7}', b'{"code": "%s"}' % (b"2" * 99)]
)
async def test_what_is_no_code_counts_as_a_wrong_one(place: Place, body: bytes) -> None:
    await place.open()
    browser = await place.browser()
    assert (await browser.post("/sign-in", data=body)).status == 401


async def test_the_cookie_is_for_nobody_else(place: Place) -> None:
    await place.open(public_url="https://chat.example.cn")
    answer = await sign_in(await place.browser(), place.code(person="李敏"))
    cookie = SimpleCookie(answer.headers["Set-Cookie"])["shaozi"]
    assert cookie["httponly"] is True
    assert cookie["secure"] is True
    assert cookie["samesite"] == "Lax"
    assert "limin" not in cookie.value


async def test_a_cookie_of_another_key_opens_nothing(place: Place) -> None:
    await place.open()
    browser = await place.browser()
    browser.cookie_jar.update_cookies({"shaozi": "gAAAAABmadeup"}, place.server.make_url("/"))
    assert (await browser.get("/")).url.path == "/sign-in"


async def test_who_signs_out_is_out(place: Place) -> None:
    await place.open()
    browser = await place.signed_in("李敏")
    assert (await sign_out(browser)).status == 200
    assert (await browser.get("/")).url.path == "/sign-in"


async def test_a_new_resident_comes_into_their_room_and_is_welcomed(place: Place) -> None:
    await place.open()
    browser = await place.browser()
    await sign_in(browser, place.code(name="王 姐\u202e", room="grid2"))
    page = await place.page(browser)
    hello = await page.hears("hello")
    assert hello["me"]["name"] == "王 姐"
    assert [room["id"] for room in hello["rooms"]] == ["grid2", None]
    [joined] = place.book.taken
    assert (joined.kind, joined.room, joined.sender) == (MessageKind.JOIN, "grid2", hello["me"]["id"])


async def test_two_of_one_name_are_two(place: Place) -> None:
    await place.open()
    me = []
    for _ in range(2):
        browser = await place.browser()
        await sign_in(browser, place.code(name="王姐", room="grid1"))
        me.append((await (await place.page(browser)).hears("hello"))["me"]["id"])
    assert len({*me, "wang"}) == 3


async def test_somebody_without_an_account_here_gets_one(place: Place) -> None:
    await place.open()
    with place.store.write() as uow:
        account, _ = uow.people.meet("wechaty", "wxid", "老周")
        code_for = account.person_id
        uow.commit()
    code = place.code(person_id=code_for)
    with place.store.write() as uow:
        opened = redeem(uow, "web", code, place.clock.now())
        uow.commit()
    assert opened is not None
    assert (opened.account.channel, opened.account.person_id, opened.account.name) == (
        "web",
        code_for,
        "老周",
    )
    assert opened.room is None


async def room_link(place: Place, places: int = 50) -> str:
    """Return the code of a link into the first grid's room, as 邀请 makes one."""
    with place.store.write() as uow:
        room = uow.rooms.of("web", "grid1")
        leader = uow.people.on_roster("李敏")[0]
        assert room is not None
        community = uow.areas.community_of(room.area_id)
        assert community is not None
        link = uow.invitations.open_room(
            community.id,
            room_id=room.id,
            code="ABCD2345WXYZ",
            places=places,
            made_by_id=leader.id,
            made_at=place.clock.now(),
            expires_at=place.clock.now() + timedelta(days=7),
        )
        uow.commit()
    return link.code


async def test_e11_a_room_link_lets_in_whoever_says_a_name(place: Place) -> None:
    await place.open()
    code, browser = await room_link(place), await place.browser()
    asked = await (await sign_in(browser, code)).json()
    assert asked == {"ok": False, "room": "第一网格居民群"}
    assert (await browser.get("/")).url.path == "/sign-in"
    answer = await sign_in(browser, code, " 3栋小周 ")
    assert await answer.json() == {"ok": True}
    page = await place.page(browser)
    hello = await page.hears("hello")
    assert hello["me"]["name"] == "3栋小周"
    assert "grid1" in {room["id"] for room in hello["rooms"]}


async def test_e11_a_room_link_lets_in_as_many_as_it_has_places_and_nobody_as_staff(place: Place) -> None:
    await place.open()
    code = await room_link(place, places=1)
    staff = await sign_in(await place.browser(), code, "李敏")
    assert staff.status == 409
    assert "工作人员" in await staff.text()
    first = await sign_in(await place.browser(), code, "甲")
    assert first.status == 200
    second = await sign_in(await place.browser(), code, "乙")
    assert second.status == 401


async def test_e11_who_is_signed_in_comes_into_the_room_as_themselves(place: Place) -> None:
    await place.open()
    code = await room_link(place)
    browser = await place.signed_in("李敏")
    assert await (await sign_in(browser, code)).json() == {"ok": True}
    page = await place.page(browser)
    assert (await page.hears("hello"))["me"]["id"] == "limin"
