from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channels.hub import QUEUE, ChatMessage, ChatSpot, Hub, Listener, Quote

GRID, STAFF, ALONE = ChatSpot("grid1"), ChatSpot("staff"), ChatSpot(None, "wang")
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def said(number: int, spot: ChatSpot = GRID, sender: str = "wang", **more: Any) -> ChatMessage:
    at = AT + timedelta(seconds=number)
    return ChatMessage(
        f"m{number}", spot, at, sender, sender.upper(), more.pop("text", f"text {number}"), **more
    )


async def frames(listener: Listener) -> list[dict[str, Any]]:
    """Return what waits for a listener; `None` is put last to know where it ends."""
    listener.put("null")
    found = []
    while (frame := json.loads(await listener.get())) is not None:
        found.append(frame)
    return found


@pytest.fixture
def hub() -> Hub:
    return Hub()


async def test_a_message_reaches_those_who_listen_there(hub: Hub) -> None:
    here, elsewhere = Listener("li"), Listener("zhou")
    hub.listen(here, [GRID, ALONE])
    hub.listen(elsewhere, [STAFF])
    hub.show(said(1))
    assert [f["message"]["text"] for f in await frames(here)] == ["text 1"]
    assert await frames(elsewhere) == []


async def test_the_same_message_is_shown_once(hub: Hub) -> None:
    listener = Listener("li")
    hub.listen(listener, [GRID])
    hub.show(said(1))
    hub.show(said(1))
    assert len(await frames(listener)) == 1
    assert len(hub.last(GRID)) == 1


def test_a_ring_keeps_the_last_200(hub: Hub) -> None:
    for number in range(250):
        hub.show(said(number))
    assert [one.id for one in hub.last(GRID)] == [f"m{n}" for n in range(50, 250)]
    assert [one.id for one in hub.last(GRID, 2)] == ["m248", "m249"]


def test_beyond_the_whole_bound_the_most_silent_chat_goes() -> None:
    hub = Hub(most=10)
    for number in range(6):
        hub.show(said(number, STAFF))
    for number in range(6):
        hub.show(said(number, GRID))
    assert hub.last(STAFF) == []
    assert len(hub.last(GRID)) == 6


async def test_a_slow_page_is_told_to_reload_and_hurts_nobody(hub: Hub) -> None:
    slow, quick = Listener("slow"), Listener("quick")
    hub.listen(slow, [GRID])
    hub.listen(quick, [GRID])
    for number in range(QUEUE + 50):
        hub.show(said(number))
        await quick.get()
    assert json.loads(await slow.get()) == {"type": "reload"}
    assert slow.overflows == 1
    assert quick.overflows == 0
    hub.show(said(1000))
    slow.resume()
    assert await frames(slow) == []
    hub.show(said(1001))
    assert [f["message"]["id"] for f in await frames(slow)] == ["m1001"]
    hub.leave(slow)
    assert hub.overflows == 1
    assert hub.listeners() == {quick}


async def test_to_listen_anew_ends_what_was_before(hub: Hub) -> None:
    listener = Listener("li")
    hub.listen(listener, [GRID, STAFF])
    hub.listen(listener, [STAFF])
    hub.show(said(1, GRID))
    assert await frames(listener) == []


async def test_a_recalled_message_is_gone_and_so_are_quotes_of_it(hub: Hub) -> None:
    listener = Listener("li")
    hub.show(said(1))
    hub.show(said(2, sender="li", quote=hub.quote(GRID, "m1")))
    hub.listen(listener, [GRID])
    hub.recall(GRID, "m1", "WANG")
    assert [one.id for one in hub.last(GRID)] == ["m2"]
    assert hub.last(GRID)[0].quote == Quote("m1")
    assert await frames(listener) == [{"type": "recalled", "room": "grid1", "id": "m1", "name": "WANG"}]


async def test_what_somebody_said_is_forgotten_everywhere(hub: Hub) -> None:
    hub.show(said(1, text="我家 501 漏水"))
    hub.show(said(2, sender="li", quote=hub.quote(GRID, "m1")))
    hub.show(said(3, sender="bot", by_bot=True, text="@WANG 记为 #1", mentions=("wang",)))
    hub.show(said(4, ALONE, sender="bot", by_bot=True))
    theirs, others = Listener("wang"), Listener("li")
    hub.listen(theirs, [GRID, ALONE])
    hub.listen(others, [GRID])
    hub.forget("wang")
    hub.reread({"m3": "@已注销 记为 #1"}, but="wang")
    assert [one.id for one in hub.last(GRID)] == ["m2", "m3"]
    assert hub.last(GRID)[0].quote == Quote("m1")
    assert hub.last(GRID)[1].text == "@已注销 记为 #1"
    assert hub.last(ALONE) == []
    assert await frames(theirs) == [{"type": "forgotten"}]
    assert await frames(others) == [{"type": "reload"}]


def test_a_quote_is_short_and_on_one_line(hub: Hub) -> None:
    hub.show(said(1, text="一行\n又一行 " + "长" * 200))
    quote = hub.quote(GRID, "m1")
    assert quote is not None
    assert quote.text.startswith("一行 又一行 长")
    assert len(quote.text) == 80
    assert hub.quote(GRID, "unknown") == Quote("unknown")
    assert hub.quote(GRID, None) is None


def test_talk_of_before_fills_only_what_is_empty(hub: Hub) -> None:
    hub.show(said(9, GRID))
    hub.refill([said(1, GRID), said(2, STAFF), said(3, STAFF)])
    assert [one.id for one in hub.last(GRID)] == ["m9"]
    assert [one.id for one in hub.last(STAFF)] == ["m2", "m3"]


def test_a_frame_goes_at_once_where_nothing_waits_before_it() -> None:
    sent: list[str] = []
    takes = [True, False, True, True]

    def at_once(frame: str) -> bool:
        if taken := takes.pop(0):
            sent.append(frame)
        return taken

    listener = Listener("li", at_once)
    for frame in ("1", "2", "3"):
        listener.show(frame)
    assert sent == ["1"]  # the network was busy for the second; the third waits behind it
    assert len(takes) == 2
