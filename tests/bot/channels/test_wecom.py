"""WeCom: what only this channel has, against a server that checks what the documents say."""

from __future__ import annotations

import asyncio
import io
import json
import os
from datetime import timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from bot.bootstrap import build, channels_of
from bot.channels.base import ChannelState, DeliveryError, NotYetError
from bot.channels.fitting import CannotFitError, fitted
from bot.channels.wecom.channel import PROMPT
from bot.channels.wecom.envelope import Envelope, EnvelopeError, read_key
from bot.channels.wecom.fields import XmlError, fields_of
from bot.config import Config
from data.domain.clock import ManualClock
from data.domain.errors import InputError
from data.domain.messages import MessageKind, Outgoing
from data.store import Store
from tests.bot.channels.counterparts.base import AGAIN, MORNING, drawn, until
from tests.bot.channels.counterparts.wecom import (
    AES_KEY,
    AGENT,
    CORP,
    LI,
    OTHER_ROOM,
    ROBOT_AES_KEY,
    ROBOT_KEY,
    ROBOT_TOKEN,
    ROOM,
    TOKEN,
    WANG,
    Wecom,
    robot_frame,
    sealed,
    signed,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from nlp.understand import Understander

_NUMBERS = count(1)
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
    + "]><xml><Encrypt>&i;</Encrypt></xml>"
)


@pytest.fixture
async def wecom(tmp_path: Path) -> AsyncIterator[Wecom]:
    """WeCom, with a channel that is in touch with it."""
    made = Wecom(tmp_path)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Callable[..., Any]]:
    """What makes a channel with other doors than all."""
    made: list[Wecom] = []

    async def open_(**doors: Any) -> Wecom:
        one = Wecom(tmp_path)
        made.append(one)
        await one.open(**doors)
        await one.channel.start(one.book)
        return one

    yield open_
    for one in made:
        await one.stop()


def row(text: str = "好", room: str | None = ROOM, to: str | None = None, **more: Any) -> Outgoing:
    return Outgoing(f"k{next(_NUMBERS)}", "wecom", room, to, text, **more)


def says(number: str, text: str = "进度", **more: Any) -> dict[str, Any]:
    return {"FromUserName": WANG, "MsgType": "text", "Content": text, "MsgId": number, **more}


def test_the_envelope_is_that_of_the_documents() -> None:
    envelope = Envelope.of(TOKEN, AES_KEY, CORP)
    echo = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
    envelope.require_signed("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780", echo)
    assert envelope.open(echo) == "1616140317555161061"
    for text in ("", "a", "好" * 1_000, "x" * 12):
        assert envelope.open(envelope.seal(text)) == text
        assert envelope.open(sealed(text, AES_KEY, CORP)) == text
    for damaged in ("", "x", echo[:-4], echo[:-8] + "AAAAAA==", "A" * 44):
        with pytest.raises(EnvelopeError):
            envelope.open(damaged)
    with pytest.raises(EnvelopeError):
        Envelope.of(TOKEN, AES_KEY, "another corp").open(echo)
    for key in ("", "short", "!" * 43):
        with pytest.raises(EnvelopeError):
            read_key(key)


def test_xml_is_read_flat_and_nothing_is_expanded() -> None:
    read = fields_of("<xml><A><![CDATA[<b>&]]></A><B>1 &lt; 2</B><C><D>deep</D></C></xml>")
    assert read == {"A": "<b>&", "B": "1 < 2", "C": ""}
    bad = [
        BOMB,
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>',
        "",
        "no",
        "<a>",
        "<a>" * 10_000,
        "<x>&e;</x>",
    ]
    for text in bad:
        with pytest.raises(XmlError):
            fields_of(text)


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


async def test_kinds_that_are_heard(wecom: Wecom) -> None:
    for number, kind in enumerate(("voice", "video", "location", "link", "event"), start=1):
        fields = {"FromUserName": WANG, "MsgType": kind, "MsgId": f"{number}", "Event": "subscribe"}
        assert await wecom.to_application(fields) == 200
    event = {"FromUserName": WANG, "MsgType": "event", "Event": "enter_agent"}
    assert await wecom.to_application(event) == 200
    assert [one.kind for one in wecom.book.taken] == [MessageKind.VOICE, MessageKind.VIDEO]
    assert [one.name for one in wecom.book.taken] == ["王姐"] * 2
    assert wecom.office.calls["/cgi-bin/user/get"] == 1


async def test_the_robot_hears_pictures_and_words_together(wecom: Wecom) -> None:
    wecom.office.media["lift.png"] = drawn()
    address = f"{wecom.office.url}/pictures/lift.png"
    items = [
        {"msgtype": "text", "text": {"content": "@网格助手 3栋电梯坏了"}},
        {"msgtype": "image", "image": {"url": address}},
        {"msgtype": "image", "image": {"url": f"{wecom.office.url}/cgi-bin/user/get"}},
    ]
    mixed = {"msgtype": "mixed", "mixed": {"msg_item": items}}
    assert await wecom.to_robot(robot_frame("1", WANG, ROOM, mixed)) == 200
    picture = {"msgtype": "image", "image": {"url": address}}
    assert await wecom.to_robot(robot_frame("2", "nobody_known", None, picture)) == 200
    shown, broken, said, alone = wecom.book.taken
    assert (shown.kind, shown.message_id, said.message_id) == (MessageKind.IMAGE, "1#1", "1")
    assert shown.media is not None
    assert (broken.media, said.text, said.mentions) == (None, "@哨子 3栋电梯坏了", ("bot",))
    assert (alone.room, alone.message_id, alone.name) == (None, "2", "nobody_known")
    assert (wecom.folder / (alone.media or "-")).read_bytes().startswith(b"\x89PNG")


async def test_the_robot_hears_what_wecom_wrote_down(wecom: Wecom) -> None:
    for number, content in (("1", "电梯坏了"), ("2", "")):
        spoken_ = {"msgtype": "voice", "voice": {"content": content}}
        assert await wecom.to_robot(robot_frame(number, WANG, None, spoken_)) == 200
    heard = [(one.kind, one.text) for one in wecom.book.taken]
    assert heard == [(MessageKind.TEXT, "电梯坏了"), (MessageKind.VOICE, "")]


async def test_a_token_is_kept_until_shortly_before_its_end(wecom: Wecom) -> None:
    for _ in range(5):
        await wecom.channel.send(row(room=None, to=LI))
    assert wecom.office.calls["/cgi-bin/gettoken"] == 1
    wecom.clock.set(wecom.clock.now() + timedelta(seconds=7_200))
    await wecom.channel.send(row(room=None, to=LI))
    assert wecom.office.calls["/cgi-bin/gettoken"] == 2


@pytest.mark.parametrize("code", [40014, 42001])
async def test_a_token_that_ended_early_is_renewed_once(wecom: Wecom, code: int) -> None:
    if code == 40014:
        wecom.office.tokens.clear()
    else:
        wecom.office.tokens = dict.fromkeys(wecom.office.tokens, MORNING)
    await wecom.channel.send(row(room=None, to=LI))
    assert wecom.office.calls["/cgi-bin/gettoken"] == 2
    wecom.office.lasts = 0  # every token has ended when it comes: no endless renewing
    wecom.office.tokens.clear()
    with pytest.raises(DeliveryError):
        await wecom.channel.send(row(room=None, to=LI))
    assert wecom.office.calls["/cgi-bin/gettoken"] == 3


@pytest.mark.parametrize(("code", "seconds"), [(45009, 60.0), (45033, 5.0), (-1, 5.0)])
async def test_what_passes_is_waited_for(wecom: Wecom, code: int, seconds: float) -> None:
    wecom.office.errors = [code]
    one = row(room=None, to=LI)
    with pytest.raises(NotYetError) as wait:
        await wecom.channel.send(one)
    assert wait.value.seconds == seconds
    wecom.clock.set(wecom.clock.now() + timedelta(seconds=seconds))
    await wecom.channel.send(one)
    assert len(wecom.office.messages) == 1


async def test_what_can_never_arrive_is_given_up(wecom: Wecom) -> None:
    for one in (row(room=None, to="nobody"), row(room="not ours"), row(media="absent.png")):
        with pytest.raises(DeliveryError) as hopeless:
            await wecom.channel.send(one)
        assert hopeless.value.permanent
    wecom.office.errors = [40058]
    with pytest.raises(DeliveryError) as odd:
        await wecom.channel.send(row())
    assert not odd.value.permanent


async def test_wrong_keys_end_the_channel(tmp_path: Path) -> None:
    wecom = Wecom(tmp_path)
    await wecom.open()
    wecom.office.secret = "another"
    await wecom.channel.start(wecom.book)
    assert await wecom.channel.health.refused() == "wecom_secret"
    assert wecom.book.alerts == [("refused", {})]
    await wecom.stop()


async def test_the_operators_hear_that_our_address_is_not_trusted(wecom: Wecom) -> None:
    async def untrusted(*_: Any, **__: Any) -> dict[str, Any]:
        return {"errcode": 60020}

    api = wecom.channel._api  # noqa: SLF001  what WeCom says to those it does not trust
    before, api._ask = api._ask, untrusted  # type: ignore[method-assign]  # noqa: SLF001
    wecom.channel._away()  # noqa: SLF001
    await until(lambda: wecom.book.alerts)
    assert wecom.book.alerts == [("not_trusted", {})]
    api._ask = before  # type: ignore[method-assign]  # noqa: SLF001
    await until(lambda: wecom.channel.health.ready)


async def test_the_operators_hear_of_an_api_that_is_away_for_long(wecom: Wecom) -> None:
    await wecom.go_away()
    await until(lambda: wecom.book.alerts)
    assert wecom.book.alerts == [("away", {})]
    assert wecom.channel.health.state is ChannelState.CONNECTING
    await wecom.come_back()


async def spoken(
    wecom: Wecom,
    store_url: str,
    understander: Understander,
    chat: str,
    number: int,
    *,
    text: str | None = None,
    arrive: int | None = None,
) -> None:
    """Let the bot's own sender say so many things in a chat, its time passing as it likes."""
    config = Config.model_validate({"storage": {"folder": wecom.folder}})
    channels: dict[str, Any] = {"wecom": wecom.channel}
    store, clock = Store(store_url), wecom.clock
    parts = build(config, channels, clock=clock, store=store, random=Random(0), understander=understander)
    like = {"created_at": clock.now(), "send_at": clock.now(), "room": None} | (
        {"room": chat} if chat == ROOM else {"to": chat}
    )
    with store.write() as uow:
        for n in range(number):
            one = {
                "lane": f"lane{n % 7}",
                "text": text or f"第{n}条",
                "dedupe_key": f"k{n}",
                "kind": "text",
                "quiet": False,
            }
            uow.outbox.put({"channel": "wecom", "mentions": [], "cases": [], **like, **one})
        uow.commit()
    while len(wecom.office.messages) < (arrive or number):
        await parts.sender.drain()
        with store.read() as uow:
            due = uow.sending.next_due()
        if due is not None:
            clock.set(max(due, clock.now() + timedelta(milliseconds=100)))
    with store.read() as uow:
        assert uow.outbox.count_state("dead") == 0
    parts.close()


async def test_a_long_text_that_has_to_wait_in_the_middle_goes_on_where_it_was(
    wecom: Wecom, store_url: str, understander: Understander
) -> None:
    for _ in range(18):
        await wecom.channel.send(row())
    await spoken(wecom, store_url, understander, ROOM, 1, text="很长的一行字\n" * 500, arrive=18 + 5)
    parts = [one.text for one in wecom.office.messages[18:]]
    assert "".join(part.replace("\n", "") for part in parts) == "很长的一行字" * 500
    assert len(parts) == 5


@pytest.mark.parametrize(("chat", "most"), [(ROOM, 20), (LI, 15)])
async def test_nobody_gets_more_than_they_take_in_any_minute(
    wecom: Wecom, store_url: str, understander: Understander, chat: str, most: int
) -> None:
    number = most * 3 + 10
    await spoken(wecom, store_url, understander, chat, number)
    times = [at for bucket, at in wecom.office.arrivals if bucket == chat]
    assert len(times) == number
    crowd = max(sum(0 <= (other - at).total_seconds() < 60 for other in times) for at in times)
    assert crowd == most  # all that is allowed, and no more
    assert wecom.office.dropped == []
    assert (times[-1] - times[0]).total_seconds() < 61 * (number // most + 1)


async def test_a_robot_that_is_crowded_makes_a_message_wait(wecom: Wecom) -> None:
    for _ in range(20):
        await wecom.channel.send(row())
    with pytest.raises(NotYetError) as wait:
        await wecom.channel.send(row())
    assert 60 <= wait.value.seconds <= 62
    await wecom.channel.send(row(room=None, to=LI))  # others are not held back


async def test_an_answer_goes_where_it_was_asked_for_once_and_in_time(opened: Callable[..., Any]) -> None:
    wecom = await opened(agent=None, application=None, robots={})
    await until(lambda: wecom.channel.health.ready)
    for number in ("1", "2"):
        message = {"msgtype": "text", "text": {"content": "@网格助手 进度"}}
        assert await wecom.to_robot(robot_frame(number, WANG, ROOM, message)) == 200
    await wecom.channel.send(row("#1 办理中", reply_to="1"))
    one = row("# 2", media="chart.png")
    (wecom.folder / "chart.png").write_bytes(drawn())
    await wecom.channel.send(one)
    assert wecom.office.answered == {f"{ROOM}.1", f"{ROOM}.2"}
    with pytest.raises(DeliveryError) as none_left:
        await wecom.channel.send(row())
    assert none_left.value.permanent
    alone = {"msgtype": "text", "text": {"content": "帮助"}}
    assert await wecom.to_robot(robot_frame("3", WANG, None, alone)) == 200
    wecom.clock.set(wecom.clock.now() + timedelta(hours=1))
    with pytest.raises(DeliveryError):
        await wecom.channel.send(row(room=None, to=WANG))
    assert await wecom.to_robot(robot_frame("4", WANG, None, alone)) == 200
    wecom.office.lost = 1
    answer = row("发“受理 1”…", room=None, to=WANG)
    with pytest.raises(DeliveryError):
        await wecom.channel.send(answer)
    await wecom.channel.send(answer)  # the address was used up: it arrived
    assert [one.text for one in wecom.office.messages] == ["#1 办理中", "# 2", "发“受理 1”…"]
    assert wecom.channel.health.counts["not_shown"] == 1


async def test_a_group_of_the_applications_own_is_spoken_to_by_it(wecom: Wecom) -> None:
    (wecom.folder / "chart.png").write_bytes(drawn())
    await wecom.channel.send(row("统计", room=OTHER_ROOM, media="chart.png"))
    assert [(one.chat, one.text, one.picture) for one in wecom.office.messages] == [
        (OTHER_ROOM, "统计", None),
        (OTHER_ROOM, "", drawn()),
    ]


@pytest.mark.parametrize("alone", [True, False])
async def test_a_picture_in_doubt_is_not_doubled_to_a_person(wecom: Wecom, *, alone: bool) -> None:
    (wecom.folder / "chart.png").write_bytes(drawn())
    wecom.office.lost = 1
    one = row("", room=None if alone else ROOM, to=LI if alone else None, media="chart.png")
    with pytest.raises(DeliveryError):
        await wecom.channel.send(one)
    await wecom.channel.send(one)
    assert len(wecom.office.messages) == (1 if alone else 2)


async def test_what_is_said_again_is_marked_where_nobody_can_tell(wecom: Wecom) -> None:
    wecom.office.lost = 1
    one = row("#1 已办结", room=OTHER_ROOM)
    with pytest.raises(DeliveryError):
        await wecom.channel.send(one)
    await wecom.channel.send(one)
    assert [arrived.text for arrived in wecom.office.messages] == ["#1 已办结", f"{AGAIN}#1 已办结"]
    assert wecom.channel.health.counts["said_again"] == 1


async def test_peoples_words_call_nobody_and_link_nowhere(wecom: Wecom) -> None:
    await wecom.channel.send(row("有人说:<@all> 开会", mentions=(WANG,)))
    await wecom.channel.send(row('<a href="http://x">奖</a> <b>', room=None, to=LI))
    aloud, alone = wecom.office.messages
    assert (aloud.text, aloud.calls) == ("有人说:＜@all> 开会", (WANG,))
    assert alone.text == '＜a href="http://x">奖＜/a> <b>'


async def test_long_ids_do_not_make_a_text_too_long(wecom: Wecom) -> None:
    await wecom.channel.send(row("@王姐 " + "好" * 680, mentions=(WANG,)))
    assert wecom.office.messages[0].calls == (WANG,)


async def test_files_go_by_each_door(wecom: Wecom) -> None:
    (wecom.folder / "list.xlsx").write_bytes(b"PK1")
    await wecom.channel.send(row("", kind=MessageKind.FILE, media="list.xlsx"))
    await wecom.channel.send(row("我的数据\n第一行", room=None, to=LI, kind=MessageKind.FILE))
    assert [one.picture for one in wecom.office.messages] == [b"PK1", "第一行".encode()]


async def test_large_pictures_are_made_to_fit(wecom: Wecom) -> None:
    noise = io.BytesIO()
    Image.frombytes("RGB", (1_400, 1_000), os.urandom(1_400 * 1_000 * 3)).save(noise, "PNG")
    assert noise.tell() > 2 * 2**20
    (wecom.folder / "noise.png").write_bytes(noise.getvalue())
    (wecom.folder / "x.webp").write_bytes(drawn(kind="WEBP"))
    await wecom.channel.send(row("", media="noise.png"))
    await wecom.channel.send(row("", media="x.webp"))
    await wecom.channel.send(row("", room=None, to=LI, media="x.webp"))
    assert all((one.picture or b"").startswith(b"\xff\xd8") for one in wecom.office.messages)
    (wecom.folder / "broken.png").write_bytes(b"broken")
    with pytest.raises(DeliveryError) as broken:
        await wecom.channel.send(row("", media="broken.png"))
    assert broken.value.permanent


def test_what_cannot_fit_is_said_so() -> None:
    assert fitted(drawn(), 10_000) == drawn()
    with pytest.raises(CannotFitError):
        fitted(drawn(kind="GIF"), 10)


SECRETS = {
    "SHAOZI_WECOM_SECRET": "s",
    "SHAOZI_WECOM_TOKEN": TOKEN,
    "SHAOZI_WECOM_AES_KEY": AES_KEY,
    "SHAOZI_WECOM_ROBOT_TOKEN": ROBOT_TOKEN,
    "SHAOZI_WECOM_ROBOT_AES_KEY": ROBOT_AES_KEY,
    "STAFF_ROBOT": f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={ROBOT_KEY}",
}


def test_every_secret_comes_from_the_environment(store_url: str) -> None:
    settings = {"enabled": True, "corp": CORP, "agent": 1, "robot": True, "robots": {"staff": "STAFF_ROBOT"}}
    config = Config.model_validate({"channels": {"wecom": settings}})
    store, clock = Store(store_url), ManualClock(MORNING)
    made = channels_of(config, store, clock, SECRETS)
    assert set(made) == {"web", "wecom"}
    assert made["wecom"]._doors.robots == {"staff": ROBOT_KEY}  # type: ignore[attr-defined]  # noqa: SLF001
    for name in SECRETS:
        left = {key: value for key, value in SECRETS.items() if key != name}
        with pytest.raises(InputError, match=name):
            channels_of(config, store, clock, left)
    with pytest.raises(InputError, match="SHAOZI_WECOM_AES_KEY"):
        channels_of(config, store, clock, {**SECRETS, "SHAOZI_WECOM_AES_KEY": "short"})
    store.close()
