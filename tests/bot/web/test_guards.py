from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from aiohttp import WSServerHandshakeError, web
from aiohttp.test_utils import make_mocked_request
from structlog.testing import capture_logs

from bot.web.security import AccessLog, is_loopback

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
        assert (await browser.post("/sign-out", headers={"Origin": origin})).status == 200


async def test_a_demo_answers_to_no_other_name(place: Place) -> None:
    await place.open(demo=True)
    browser = await place.browser()
    for host in ("evil.example", f"evil.example:{place.server.port}", "[bad", "192.168.1.9"):
        assert (await browser.get("/", headers={"Host": host})).status == 403
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
