"""Prism (npm `@stoplight/prism-cli` 5) between a program and us, validating both sides by our document."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientError, ClientSession

from tests.gateway import world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.bot.web.conftest import Place

HERE = "1.1.1"
PRISM = Path(world.__file__).parent / "prism"
TRIES = 300  # tenths of a second until it listens

pytestmark = [pytest.mark.gateway, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def prism() -> Path:
    try:
        return world.installed(PRISM) / "node_modules" / ".bin" / "prism"
    except world.NoGatewayError as reason:
        pytest.skip(str(reason))


@pytest.fixture
async def proxied(place: Place, prism: Path, tmp_path: Path) -> AsyncIterator[ClientSession]:
    """Return a program that talks to us through Prism, which answers with an error what breaks the schema."""
    await place.open(bot=True)
    document = tmp_path / "openapi.json"
    document.write_bytes(await (await (await place.browser()).get("/api/v1/openapi.json")).read())
    port, upstream = world.free_port(), str(place.server.make_url(""))
    running = await asyncio.create_subprocess_exec(
        *(str(prism), "proxy", str(document), upstream, "--errors", "--port", str(port)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    secret = place.token("cases:read", "cases:write", "appeals:write", "statistics:read", person="李敏")
    headers = {"Authorization": f"Bearer {secret}"}
    async with AsyncExitStack() as stack:
        stack.push_async_callback(running.wait)
        stack.callback(running.terminate)
        session = await stack.enter_async_context(ClientSession(f"http://127.0.0.1:{port}", headers=headers))
        for _ in range(TRIES):
            try:
                await session.get("/api/v1/areas")
                break
            except ClientError:
                await asyncio.sleep(0.1)
        yield session


async def test_what_we_answer_is_what_the_document_says(place: Place, proxied: ClientSession) -> None:
    said = {"room": "grid1", "text": "3栋2单元电梯坏了"}
    for method, path, body, status in (
        ("POST", "/appeals", said, 201),
        ("GET", "/cases?open=true&limit=10", None, 200),
        ("GET", f"/cases/{HERE}/1", None, 200),
        ("POST", f"/cases/{HERE}/1/commands", {"text": "派单 物业"}, 200),
        ("POST", f"/cases/{HERE}/1/commands", {"text": "受理"}, 409),
        ("GET", f"/cases/{HERE}/1/timeline", None, 200),
        ("GET", f"/cases/{HERE}/1/appeals", None, 200),
        ("GET", f"/cases/{HERE}/99", None, 404),
        ("GET", "/meetings", None, 403),
        ("GET", "/statistics", None, 200),
        ("GET", "/areas", None, 200),
        ("GET", "/categories", None, 200),
    ):
        answer = await proxied.request(method, f"/api/v1{path}", json=body)
        assert answer.status == status, (path, await answer.text())
        assert "sl-violations" not in answer.headers


async def test_what_breaks_the_document_does_not_come_through(proxied: ClientSession) -> None:
    answer = await proxied.post("/api/v1/appeals", json={"room": "grid1"})
    assert answer.status == 422
    assert "stoplight" in await answer.text()
