"""Signing in and out, as a browser does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import ClientResponse, ClientSession


async def sign_in(
    browser: ClientSession, code: str, name: str | None = None, *, headers: Mapping[str, str] | None = None
) -> ClientResponse:
    """Come in by a code; `name` is what one says of oneself where a room's link asks for it."""
    said = {"code": code} if name is None else {"code": code, "name": name}
    return await browser.post("/sign-in", json=said, headers=headers)


async def sign_out(browser: ClientSession, *, origin: str | None = None) -> ClientResponse:
    """Go."""
    return await browser.post("/sign-out", headers={"Origin": origin} if origin is not None else None)
