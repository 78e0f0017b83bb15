from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from bot.channels.album import chat_key
from bot.channels.hub import ChatSpot
from bot.channels.pictures import MOST_BYTES
from tests.bot.channels.test_pictures import chunk, png

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.web.conftest import Place


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "media").glob("*/*"))


async def test_a_picture_is_shown_to_those_who_may_see_its_chat(place: Place) -> None:
    await place.open()
    wang, li, zhou = [await place.signed_in(name) for name in ("王姐", "李敏", "王强")]
    answer = await wang.post("/media?room=grid1", data=png(chunk(b"tEXt", b"Comment\x00here")))
    assert answer.status == 201
    path = (await answer.json())["media"]
    assert path.startswith(f"media/{chat_key(ChatSpot('grid1'))}/")
    shown = await li.get(f"/{path}")
    assert (shown.status, shown.content_type, await shown.read()) == (200, "image/png", png())
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "immutable" in shown.headers["Cache-Control"]
    assert (await zhou.get(f"/{path}")).status == 404
    assert (await (await place.browser()).get(f"/{path}")).status == 401


async def test_a_picture_sent_to_the_bot_alone_is_nobody_elses(place: Place) -> None:
    await place.open()
    wang, li = await place.signed_in("王姐"), await place.signed_in("李敏")
    path = (await (await wang.post("/media", data=png())).json())["media"]
    assert (await wang.get(f"/{path}")).status == 200
    assert (await li.get(f"/{path}")).status == 404


async def test_a_picture_of_a_notice_is_shown_where_the_notice_went(place: Place) -> None:
    await place.open()
    zhao, wang, sun = [await place.signed_in(name) for name in ("赵主任", "王姐", "孙丽")]
    path = (await (await zhao.post("/media?room=staff", data=png())).json())["media"]
    assert (await wang.get(f"/{path}")).status == 404
    with place.store.write() as uow:
        community = uow.areas.communities()[0]
        grid1 = uow.rooms.of("web", "grid1")
        assert grid1 is not None
        uow.notices.post(
            community_id=community.id,
            by_id=1,
            at=place.clock.now(),
            words="停水",
            media=(path,),
            rooms=(grid1.id,),
            said_in=None,
        )
        uow.commit()
    assert (await wang.get(f"/{path}")).status == 200
    assert (await sun.get(f"/{path}")).status == 404  # of another community


async def test_in_the_demo_a_picture_is_sent_as_somebody(place: Place) -> None:
    await place.open(demo=True)
    browser = await place.browser()
    path = (await (await browser.post("/media?as=wang", data=png())).json())["media"]
    assert (await browser.get(f"/{path}?as=wang")).status == 200
    assert (await browser.get(f"/{path}?as=limin")).status == 404


async def test_what_may_not_be_sent(place: Place) -> None:
    await place.open()
    wang = await place.signed_in("王姐")
    assert (await wang.post("/media?room=staff", data=png())).status == 403
    assert (await wang.post("/media?room=grid1", data=b"<svg onload=alert(1)>")).status == 415
    big = await wang.post("/media?room=grid1", data=BytesIO(b"\x89PNG\r\n\x1a\n" + b"x" * MOST_BYTES))
    assert big.status == 413
    assert "8 MB" in await big.text()
    assert (await (await place.browser()).post("/media?room=grid1", data=png())).status == 401
    assert files(place.folder) == []


async def test_who_sends_too_many_is_told(place: Place) -> None:
    await place.open()
    wang = await place.signed_in("王姐")
    for _ in range(30):
        assert (await wang.post("/media?room=grid1", data=png())).status == 201
    assert (await wang.post("/media?room=grid1", data=png())).status == 429
    assert len(files(place.folder)) == 1  # the same picture is one file


async def test_nothing_else_is_served(place: Place) -> None:
    await place.open()
    wang = await place.signed_in("王姐")
    (place.folder / "secret").write_text("x")
    key = chat_key(ChatSpot("grid1"))
    for path in (
        f"/media/{key}/..%2f..%2fsecret",
        f"/media/{key}/{'0' * 64}.png",
        "/media/0/x",
        f"/media/{key}/x.svg",
    ):
        assert (await wang.get(path)).status == 404


async def test_pictures_of_past_talk_go(place: Place) -> None:
    await place.open()
    wanted, talk = (
        place.site.album.put(ChatSpot("grid1"), png()),
        place.site.album.put(ChatSpot("staff"), png()),
    )
    new = place.site.album.put(ChatSpot("grid2"), png())
    now = place.clock.now()
    old = (now - timedelta(days=2)).timestamp()
    for path in (wanted, talk):
        os.utime(place.folder / path, (old, old))
    os.utime(place.folder / new, (now.timestamp(), now.timestamp()))
    assert place.site.album.sweep({wanted}, now) == 1
    assert (place.folder / wanted).exists()
    assert (place.folder / new).exists()
    assert not (place.folder / talk).exists()
