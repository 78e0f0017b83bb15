"""What is let in by WeCom's doors: signed, whole, small, once."""

from __future__ import annotations

import asyncio
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.channels.wecom.channel import PROMPT
from tests.bot.channels.counterparts.wecom.members import Wecom
from tests.bot.channels.counterparts.wecom.seals import (
    AES_KEY,
    AGENT,
    CORP,
    ROBOT_AES_KEY,
    ROBOT_TOKEN,
    TOKEN,
    sealed,
    signed,
)
from tests.bot.channels.wecom.rows import says
from tests.bot.channels.wecom.test_envelope import BOMB

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


async def test_the_address_is_verified(wecom: Wecom) -> None:
    async def asks(door: str, token: str, text: str, **more: Any) -> tuple[int, str]:
        query = (
            signed(token, text, at=more.get("at", wecom.clock.now()))
            | {"echostr": text}
            | more.get("query", {})
        )
        async with wecom.session.get(wecom.place.server.make_url(f"/wecom/{door}"), params=query) as answer:
            return answer.status, await answer.text()

    mine = sealed("16161403175", AES_KEY, CORP)
    assert await asks("app", TOKEN, mine) == (200, "16161403175")
    assert await asks("robot", ROBOT_TOKEN, sealed("4711", ROBOT_AES_KEY, "")) == (200, "4711")
    late, early = (wecom.clock.now() + timedelta(minutes=minutes) for minutes in (-6, 6))
    assert (await asks("app", "wrong", mine))[0] == 403
    assert (await asks("app", TOKEN, mine, at=late))[0] == 403
    assert (await asks("app", TOKEN, mine, at=early))[0] == 403
    assert (await asks("app", TOKEN, sealed("1", AES_KEY, "another corp")))[0] == 403
    assert (await asks("app", TOKEN, mine, query={"timestamp": "x" * 99}))[0] == 403
    assert (await asks("app", TOKEN, mine, query={"msg_signature": "é"}))[0] == 403
    assert (await asks("door", TOKEN, mine))[0] == 404


async def test_a_door_that_is_not_in_use_is_not_there(opened: Callable[..., Any]) -> None:
    wecom = await opened(agent=None, application=None)
    assert await wecom.to_application(says("1")) == 404


async def test_what_wecom_did_not_sign_is_not_let_in(wecom: Wecom) -> None:
    late = wecom.clock.now() - timedelta(minutes=6)
    wrong: list[dict[str, Any]] = [{"token": "x"}, {"key": ROBOT_AES_KEY}, {"corp": "another"}, {"at": late}]
    for more in wrong:
        assert await wecom.to_application(says("1"), **more) == 403
    for fields in ({"ToUserName": "another"}, {"AgentID": AGENT + 1}):
        assert await wecom.to_application(says("2", **fields)) == 403
    query, body = wecom.application_callback(says("3"))
    assert await wecom.post("app", query, body.replace("A", "B", 1)) in (400, 403)
    assert await wecom.post("app", {}, body) == 403
    assert await wecom.post("robot", query, body) == 400
    assert wecom.book.taken == []
    assert await wecom.post("app", query, body) == 200


async def test_what_is_kept_and_sent_again_does_nothing(wecom: Wecom) -> None:
    query, body = wecom.application_callback(says("1"))
    assert [await wecom.post("app", query, body) for _ in range(3)] == [200] * 3
    assert len(wecom.book.taken) == 1
    wecom.clock.set(wecom.clock.now() + timedelta(minutes=6))
    assert await wecom.post("app", query, body) == 403


@pytest.mark.parametrize("body", [BOMB, "", "<xml>", "<xml/>", "{}", "\ud800", "<x>" * 9_000, b"\xff\xfe"])
async def test_what_nobody_can_read_is_refused(wecom: Wecom, body: str | bytes) -> None:
    data = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    for door, token in (("app", TOKEN), ("robot", ROBOT_TOKEN)):
        query = signed(token, "", at=wecom.clock.now())
        assert await wecom.post(door, query, data) in (400, 403)


@pytest.mark.parametrize("inner", [BOMB, "<xml>", "no", "<xml/>", "<xml><MsgType>text</MsgType></xml>"])
async def test_what_is_sealed_may_be_nonsense_too(wecom: Wecom, inner: str) -> None:
    text = sealed(inner, AES_KEY, CORP)
    body = f"<xml><Encrypt>{text}</Encrypt></xml>"
    assert await wecom.post("app", signed(TOKEN, text, at=wecom.clock.now()), body) in (400, 403)


@pytest.mark.parametrize(
    "frame",
    [
        "[]",
        "5",
        '{"msgid": 5}',
        '{"msgid": "1", "from": [], "msgtype": "text", "text": "x"}',
        '{"msgid": "1", "from": {"userid": "wang"}, "chattype": "group", "msgtype": "text"}',
        '{"msgid": "1", "from": {"userid": "wang"}, "msgtype": "event", "event": {"eventtype": "x"}}',
        '{"msgid": "1", "from": {"userid": "wang"}, "msgtype": "stream", "stream": {"id": "x"}}',
    ],
)
async def test_frames_of_the_robot_may_be_nonsense(wecom: Wecom, frame: str) -> None:
    text = sealed(frame, ROBOT_AES_KEY, "")
    query = signed(ROBOT_TOKEN, text, at=wecom.clock.now())
    assert await wecom.post("robot", query, json.dumps({"encrypt": text})) in (200, 400)
    assert wecom.book.taken == []


async def test_large_bodies_are_refused_before_they_are_read(wecom: Wecom) -> None:
    query, _ = wecom.application_callback(says("1"))
    assert await wecom.post("app", query, io.BytesIO(bytes(10 * 2**20))) == 413

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield bytes(2**16)

    url = wecom.place.server.make_url("/wecom/app")
    async with wecom.session.post(url, params=query, data=pieces()) as answer:
        assert answer.status == 413


async def test_a_callback_is_answered_within_a_second_and_taken_in_once(tmp_path: Path) -> None:
    assert PROMPT < 1
    wecom = Wecom(tmp_path, prompt=0.3)
    await wecom.start()
    wecom.book.open.clear()
    began = asyncio.get_running_loop().time()
    assert await wecom.to_application(says("1")) == 503  # not on disk yet: WeCom brings it again
    assert asyncio.get_running_loop().time() - began < 1
    again = asyncio.create_task(wecom.to_application(says("1")))
    await asyncio.sleep(0.05)
    wecom.book.open.set()
    assert await again in (200, 503)
    assert await wecom.to_application(says("1")) == 200
    assert [one.message_id for one in wecom.book.taken] == ["1"]
    await wecom.stop()
