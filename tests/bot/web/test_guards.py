from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from aiohttp import WSServerHandshakeError, web
from aiohttp.test_utils import make_mocked_request
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.config.running import Web
from bot.web.addresses import Whereabouts, is_loopback
from bot.web.health import reason_of
from bot.web.security import AccessLog
from bot.web.sign_in import WRONG
from data.domain.people import Duty, Role
from tests.bot.web.signing import sign_in, sign_out

if TYPE_CHECKING:
    from tests.bot.web.conftest import Place

FOREIGN = [
    "http://evil.example",
    "null",
    "http://127.0.0.1:1",
    "https://evil.example:8311",
    "http://[bad",
    "",
]


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/healthz", "/media/0/x.png"])
async def test_every_answer_is_guarded(place: Place, path: str) -> None:
    await place.open()
    answer = await (await place.browser()).get(path, allow_redirects=False)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "aiohttp" not in answer.headers["Server"]


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_page_can_neither_listen_nor_speak(place: Place, origin: str) -> None:
    await place.open(demo=True)
    browser = await place.browser()
    with pytest.raises(WSServerHandshakeError) as refused:
        await browser.ws_connect("/chat?as=wang", headers={"Origin": origin})
    assert refused.value.status == 403
    for path in ("/media?as=wang", "/sign-in", "/sign-out"):
        assert (await browser.post(path, headers={"Origin": origin}, data=b"x")).status == 403


async def test_our_own_pages_may(place: Place) -> None:
    await place.open(public_url="https://chat.example.cn/")
    browser = await place.signed_in("李敏")
    own = str(place.server.make_url("")).rstrip("/")
    for origin in (own, "https://chat.example.cn", "https://chat.example.cn:443"):
        assert (await sign_out(browser, origin=origin)).status == 200


async def test_a_demo_answers_to_no_other_name(place: Place) -> None:
    await place.open(demo=True)
    browser = await place.browser()
    for host in ("evil.example", f"evil.example:{place.server.port}", "[bad", "192.168.1.9"):
        assert (await browser.get("/", headers={"Host": host})).status == 421
    assert (await browser.get("/", headers={"Host": f"localhost:{place.server.port}"})).status == 200


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
async def test_the_machinery_is_for_insiders(place: Place, path: str) -> None:
    await place.open(token="let-me-see")
    browser = await place.browser()
    assert (await browser.get(path)).status == 200
    proxied = {"X-Forwarded-For": "10.0.0.7"}
    assert (await browser.get(path, headers=proxied)).status == 403
    wrong = {**proxied, "Authorization": "Bearer wröng"}
    assert (await browser.get(path, headers=wrong)).status == 403
    right = {**proxied, "Authorization": "Bearer let-me-see"}
    assert (await browser.get(path, headers=right)).status == 200


async def test_health_says_when_the_store_cannot_be_read(place: Place) -> None:
    await place.open()
    browser = await place.browser()
    assert await (await browser.get("/healthz")).json() == {"status": "ok"}
    place.store.close()
    assert place.store.engines.path is not None
    place.store.engines.path.write_bytes(b"this is no database at all, and long enough to be one" * 100)
    for leftover in ("-wal", "-shm"):
        place.store.engines.path.with_name(place.store.engines.path.name + leftover).unlink(missing_ok=True)
    assert (await browser.get("/healthz")).status == 503


async def test_metrics_count_pages_and_messages(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    await page.says("grid1", "电梯坏了")
    await page.hears("ack")
    answer = await (await place.browser()).get("/metrics")
    text = await answer.text()
    for line in (
        "shaozi_web_pages 1.0",
        "shaozi_web_heard_total 1.0",
        'shaozi_outbox_messages{state="dead"} 0.0',
    ):
        assert line in text
    assert "电梯" not in text


async def test_without_the_chat_there_is_only_the_machinery(place: Place) -> None:
    await place.open(chat=False)
    browser = await place.browser()
    assert (await browser.get("/healthz")).status == 200
    assert (await browser.get("/")).status == 404
    assert (await browser.get("/chat")).status == 404


def test_the_log_says_neither_who_nor_what_was_asked() -> None:
    log = AccessLog(logging.getLogger("unused"), "")
    with capture_logs() as logs:
        log.log(make_mocked_request("GET", "/media/x?as=limin&code=secret"), web.Response(status=404), 0.0123)
    assert logs == [
        {
            "event": "request",
            "log_level": "info",
            "method": "GET",
            "path": "/media/x",
            "status": 404,
            "milliseconds": 12.3,
        }
    ]


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("10.0.0.1", False),
        ("192.168.1.2", False),
        ("localhost.evil.example", False),
        ("", False),
        (None, False),
    ],
)
def test_what_is_this_machine(host: str | None, here: bool) -> None:
    assert is_loopback(host) is here


REBOUND = [
    "evil.example",
    "127.0.0.1.evil.example",
    "[bad",
    "192.168.1.9",
    "shaozi.example.cn.",
    "@127.0.0.1x",
]


@pytest.mark.parametrize("host", REBOUND)
async def test_f6_a_name_that_is_not_ours_is_misdirected(place: Place, host: str) -> None:
    await place.open(public_url="https://shaozi.example.cn")
    browser = await place.browser()
    for path in ("/", "/sign-in", "/chat", "/metrics", "/channels", "/nowhere"):
        answer = await browser.get(path, headers={"Host": host}, allow_redirects=False)
        assert answer.status == 421
    ours = {"Host": "shaozi.example.cn"}
    assert (await browser.get("/sign-in", headers=ours)).status == 200
    assert (await browser.get("/sign-in", headers={"Host": "SHAOZI.example.cn:443"})).status == 200


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/channels"])
async def test_f6_behind_a_proxy_that_says_nothing_the_machinery_is_shut(place: Place, path: str) -> None:
    await place.open(public_url="http://shaozi.example.cn", token="let-me-see")
    browser = await place.browser()
    assert (await browser.get(path)).status == 403
    assert (await browser.get(path, headers={"Authorization": "Bearer let-me-see"})).status == 200
    leader = await place.signed_in("李敏")
    assert (await leader.get(path)).status == 403
    with place.store.write() as uow:
        operator = uow.people.on_roster("李敏")[0]
        duty = Duty(Role.OPERATOR, uow.areas.communities()[0].id)
        uow.people.set_duties(operator.id, [duty])
        uow.commit()
    assert (await leader.get(path)).status == 200


async def test_f6_one_stranger_s_wrong_codes_shut_the_door_for_nobody_else(place: Place) -> None:
    await place.open(public_url="https://shaozi.example.cn")
    browser = await place.browser()
    stranger = {"X-Forwarded-For": "10.9.9.9, 203.0.113.5"}
    for _ in range(WRONG):
        assert (await sign_in(browser, "x", headers=stranger)).status == 401
    assert (await sign_in(browser, "x", headers=stranger)).status == 429
    forged = {"X-Forwarded-For": "198.51.100.1, 203.0.113.5"}
    assert (await sign_in(browser, "x", headers=forged)).status == 429
    for whose in ({"X-Forwarded-For": "203.0.113.6"}, {}):  # another, and a proxy that does not say who
        assert (await sign_in(browser, place.code(person="李敏"), headers=whose)).status == 200


@pytest.mark.parametrize(
    ("remote", "forwarded", "real"),
    [
        ("203.0.113.5", "10.0.0.1", "203.0.113.5"),  # from no proxy of ours: it may say what it likes
        ("127.0.0.1", "10.0.0.1", "10.0.0.1"),
        ("10.1.0.2", "6.6.6.6, 203.0.113.9, 10.1.0.3", "203.0.113.9"),
        ("10.1.0.2", "[2001:db8::7]:4711", "2001:db8::7"),
        ("10.1.0.2", "203.0.113.9:55", "203.0.113.9"),
        ("10.1.0.2", "garbage", None),
        ("10.1.0.2", None, None),
    ],
)
def test_f6_whose_request_it_is(remote: str, forwarded: str | None, real: str | None) -> None:
    trusted = ("127.0.0.1", "10.1.0.0/16")
    where = Whereabouts(Web(public_url="https://x.cn", trusted_proxies=trusted))
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=remote)
    assert where.caller(request) == real


async def test_f12_health_says_why_nothing_can_be_written(place: Place) -> None:
    await place.open()
    browser = await place.browser()
    with closing(sqlite3.connect(place.store.engines.path or "")) as other:
        other.execute("BEGIN IMMEDIATE")
        before = time.monotonic()
        answer = await browser.get("/healthz")
        assert (answer.status, (await answer.json())["status"][:10]) == (503, "store busy")
        assert time.monotonic() - before < 5
        other.rollback()
    for _ in range(100):
        if (await browser.get("/healthz")).status == 200:
            break
        await asyncio.sleep(0.05)
    else:
        raise AssertionError


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("database or disk is full", "disk full"),
        ("database is locked", "store locked"),
        ("attempt to write a readonly database", "store is read-only"),
        ("database disk image is malformed", "store damaged"),
        ("disk I/O error", "disk fails"),
        ("something new", "store not usable: OperationalError"),
    ],
)
def test_f12_reasons(said: str, reason: str) -> None:
    assert reason_of(OperationalError("", None, Exception(said))).startswith(reason)


async def test_f12_a_full_disk_is_not_well(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    await place.open()
    monkeypatch.setattr("bot.web.health.LEAST_DISK", 2**40)
    answer = await (await place.browser()).get("/healthz")
    assert (answer.status, (await answer.json())["status"][:16]) == (503, "disk nearly full")
