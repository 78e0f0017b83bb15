"""F8: who is signed in is known to the store; what ends there ends in the browser, and on its open pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import CookieJar

from bot.web.visitors import device_of, hash_of
from tests.bot.web.signing import sign_in, sign_out

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from tests.bot.web.conftest import Place


def person_of(place: Place, name: str) -> int:
    with place.store.read() as uow:
        return uow.people.on_roster(name)[0].id


def sessions_of(place: Place, name: str) -> list[int]:
    with place.store.read() as uow:
        return [one.id for one in uow.sessions.of_person(person_of(place, name), place.clock.now())]


async def is_in(browser: ClientSession) -> bool:
    return (await browser.get("/devices", allow_redirects=False)).status == 200


async def test_f8_an_old_cookie_opens_nothing_after_signing_out(place: Place) -> None:
    await place.open()
    browser = await place.signed_in("李敏")
    thief = await place.browser()
    assert isinstance(thief.cookie_jar, CookieJar)
    for cookie in browser.cookie_jar:
        thief.cookie_jar.update_cookies({cookie.key: cookie.value}, place.server.make_url("/"))
    assert await is_in(thief)
    await sign_out(browser)
    assert not await is_in(browser)
    assert not await is_in(thief)
    assert sessions_of(place, "李敏") == []


async def test_f8_a_session_that_ends_puts_its_open_page_out(place: Place) -> None:
    await place.open()
    browser = await place.signed_in("李敏")
    page = await place.page(browser)
    await page.hears("hello")
    with place.store.write() as uow:
        uow.sessions.end(sessions_of(place, "李敏"), place.clock.now())
        uow.commit()
    place.channel.hub.look_again()
    await page.hears("gone")
    assert await page.ends()


async def test_f8_one_s_own_devices(place: Place) -> None:
    await place.open()
    phone, desk = await place.signed_in("李敏"), await place.signed_in("李敏")
    other = await place.signed_in("赵主任")
    answer = await phone.get("/devices")
    shown = await answer.text()
    assert shown.count("退出这台") == 2
    assert "这一台" in shown
    mark = shown.partition('name="mark" value="')[2].partition('"')[0]
    (stranger,) = sessions_of(place, "赵主任")
    assert (await phone.post("/devices", data={"id": str(stranger), "mark": mark})).status == 200
    assert await is_in(other)  # nobody else's
    assert (await phone.post("/devices", data={"id": "others"})).status == 403  # unsealed
    assert await is_in(desk)
    await phone.post("/devices", data={"id": "others", "mark": mark})
    assert (await is_in(phone), await is_in(desk)) == (True, False)


async def test_f8_who_is_banned_is_out_and_stays_out(place: Place) -> None:
    await place.open()
    browser = await place.browser()
    code = place.code(name="王二", room="grid1")
    assert (await sign_in(browser, code)).status == 200
    assert await is_in(browser)
    with place.store.write() as uow:
        (account,) = uow.people.accounts_named("王二")
        by = uow.people.on_roster("赵主任")[0].id
        uow.sessions.ban(account.person_id, by, place.clock.now(), room_id=None, until=None)
        uow.commit()
    assert not await is_in(browser)
    again = place.code(person_id=account.person_id)
    assert (await sign_in(await place.browser(), again)).status == 401


async def test_sessions_run_out_after_ninety_days_and_note_when_seen(place: Place) -> None:
    from datetime import timedelta

    await place.open()
    browser = await place.signed_in("李敏")
    place.clock.set(place.clock.now() + timedelta(days=89))
    assert await is_in(browser)
    with place.store.read() as uow:
        (one,) = uow.sessions.of_person(person_of(place, "李敏"), place.clock.now())
    assert one.seen_at == place.clock.now()
    place.clock.set(place.clock.now() + timedelta(days=2))
    assert not await is_in(browser)


def test_only_a_hash_of_the_token_is_kept() -> None:
    assert len(hash_of("x")) == 64


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148", "mobile"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel) Chrome/120 Mobile Safari", "mobile"),
        ("Mozilla/5.0 (Linux; Android 14; SM-X200) Chrome/120 Safari", "tablet"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)", "tablet"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120", "desktop"),
        ("curl/8", "other"),
        ("", "other"),
    ],
)
def test_devices(agent: str, kind: str) -> None:
    assert device_of(agent) == kind
