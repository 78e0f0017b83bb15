"""The REST interface as a protocol: methods, types, sizes, limits, the document and its page."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from bot.web.api.operations import OPERATIONS

if TYPE_CHECKING:
    from aiohttp import ClientResponse

    from tests.bot.web.conftest import Place

PROBLEM = "application/problem+json"


async def problem(answer: ClientResponse, status: int) -> dict[str, Any]:
    assert (answer.status, answer.content_type) == (status, PROBLEM), await answer.text()
    found: dict[str, Any] = await answer.json()
    assert found["status"] == status
    return found


async def test_what_the_server_refuses_is_a_problem_too(place: Place) -> None:
    await place.open(bot=True)
    program = await place.software(place.token("cases:read", "appeals:write"))
    page = {"Accept": "text/html"}  # even who reads pages gets a problem here
    await problem(await program.get("/api/v1/nowhere", headers=page), 404)
    wrong = await program.delete("/api/v1/cases")
    await problem(wrong, 405)
    assert "GET" in wrong.headers["Allow"]
    await problem(await program.get("/api/v1/areas", headers={"Host": "evil.example"}), 421)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b'{"a": NaN}', "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b'{"room": "\\ud800", "text": "x"}', "application/json", 400),
        (b"<a/>", "application/xml", 415),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', "text/xml", 415),
        (b"room=grid1", "application/x-www-form-urlencoded", 415),
        (b"x" * 10_000_000, "application/json", 413),
    ],
)
async def test_bad_bodies(place: Place, body: bytes, kind: str, status: int) -> None:
    await place.open(bot=True)
    program = await place.software(place.token("appeals:write"))
    data = BytesIO(body)
    answer = await program.post("/api/v1/appeals", data=data, headers={"Content-Type": kind})
    await problem(answer, status)


async def test_a_large_body_without_a_length_is_refused_too(place: Place) -> None:
    await place.open(bot=True)
    program = await place.software(place.token("appeals:write"))

    async def pieces() -> Any:
        for _ in range(20):
            yield b"x" * 8_192

    headers = {"Content-Type": "application/json"}
    await problem(await program.post("/api/v1/appeals", data=pieces(), headers=headers), 413)


@pytest.mark.parametrize(("size", "status"), [(65_536, 422), (65_537, 413)])
@pytest.mark.parametrize("told", [True, False])
async def test_a_body_has_64_kibibytes(place: Place, size: int, status: int, *, told: bool) -> None:
    await place.open(bot=True)
    program = await place.software(place.token("appeals:write"))
    body = b'{"room":"' + b"x" * (size - 11) + b'"}'

    async def pieces() -> Any:
        yield body

    headers = {"Content-Type": "application/json"}
    data = BytesIO(body) if told else pieces()  # with its length, and without
    await problem(await program.post("/api/v1/appeals", data=data, headers=headers), status)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=1.0", "limit"),
        ("limit=%EF%BC%91", "limit"),
        ("limit=1&limit=2", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=", "cursor"),
        ("open=yes", "open"),
        ("state=done", "state"),
        ("since=2026-03-02", "since"),
        ("since=1", "since"),
        ("since=2026-13-02T00:00:00Z", "since"),
        ("stat=open", "stat"),
        ("area=%00", "area"),
    ],
)
async def test_errors_name_the_parameter(place: Place, query: str, field: str) -> None:
    await place.open(bot=True)
    program = await place.software(place.token("cases:read"))
    found = await problem(await program.get(f"/api/v1/cases?{query}"), 400)
    assert [one["field"] for one in found["errors"]] == [field]


async def test_too_many_requests(place: Place) -> None:
    await place.open(bot=True, requests_per_minute=3)
    program, other = await place.software(place.token()), await place.software(place.token())
    assert [(await program.get("/api/v1/areas")).status for _ in range(4)] == [200, 200, 200, 429]
    late = await program.get("/api/v1/areas")
    await problem(late, 429)
    assert late.headers["Retry-After"] == "60"
    assert (await other.get("/api/v1/areas")).status == 200
    began = place.clock.now()
    for seconds, status in ((59, 429), (60, 200)):
        place.clock.set(began + timedelta(seconds=seconds))
        assert (await program.get("/api/v1/areas")).status == status


async def test_the_document_names_everything_and_needs_no_token(place: Place) -> None:
    await place.open(bot=True)
    answer = await (await place.browser()).get("/api/v1/openapi.json")
    tree = await answer.json()
    assert tree["openapi"] == "3.1.0"
    named = {(m.upper(), p) for p, methods in tree["paths"].items() for m in methods}
    assert named == {(op.method, f"/api/v1{op.path}") for op in OPERATIONS}
    known = set(tree["components"]["schemas"])
    assert set(re.findall(r'#/components/schemas/(\w+)"', await answer.text())) <= known


async def test_the_page_shows_the_same_without_a_script_of_its_own(place: Place) -> None:
    await place.open(bot=True)
    browser = await place.browser()
    led = await browser.get("/api/v1", allow_redirects=False)
    assert (led.status, led.headers["Location"]) == (301, "/api/v1/")
    answer = await browser.get("/api/v1/")
    page = await answer.text()
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert all(f"/api/v1{op.path}" in page for op in OPERATIONS)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert all(src.startswith("/") for src in re.findall(r'<script[^>]*\ssrc="([^"]+)"', page))


async def test_nobody_listens(place: Place) -> None:
    await place.open(bot=True)
    place.site.__dict__["inlet"] = None
    program = await place.software(place.token("appeals:write"))
    answer = await program.post("/api/v1/appeals", json={"room": "grid1", "text": "电梯坏了"})
    await problem(answer, 503)
    assert answer.headers["Retry-After"]
