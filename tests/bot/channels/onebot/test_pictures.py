"""Pictures over OneBot: fetched where they lie, and nowhere inside."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.downloads import DownloadError, Downloads
from bot.middleware import UNKNOWN_ROOM
from tests.bot.channels.counterparts.base import drawn
from tests.bot.channels.counterparts.onebot.gateway import ROOM, WANG
from tests.bot.channels.onebot.frames import taken

if TYPE_CHECKING:
    from tests.bot.channels.counterparts.onebot.network import QQ


class Shop:
    """A server of pictures, beside the gateway."""

    def __init__(self) -> None:
        app = web.Application()
        app.add_routes([web.get("/{what}", self._show)])
        self.server = TestServer(app)

    async def _show(self, request: web.Request) -> web.Response:
        if request.match_info["what"] == "moved":
            raise web.HTTPFound("/picture")
        if request.match_info["what"] == "large":
            return web.Response(body=bytes(21 * 2**20))
        return web.Response(body=drawn())


async def test_pictures_are_fetched_where_they_lie(qq: QQ) -> None:
    shop = Shop()
    await shop.server.start_server()
    lies = str(shop.server.make_url("/picture"))
    qq.gateway.pictures = {
        "kept.png": {"base64": base64.b64encode(drawn()).decode(), "file": "/root/kept.png"},
        "there.png": {"url": lies},
        "secret.png": {"file": "/etc/passwd"},
    }
    shown = [
        {"file": "x.png", "url": lies},
        {"file": "kept.png"},
        {"file": "there.png"},
        {"file": "secret.png"},
    ]
    shown += [{"file": str(shop.server.make_url(f"/{one}"))} for one in ("moved", "large")]
    shown.append({"file": "http://192.168.0.1/private.png"})
    for data in shown:
        await qq.gateway.says(WANG, [{"type": "image", "data": data}])
    kept = [one.media is not None for one in await taken(qq, len(shown))]
    assert kept == [True, True, True, False, False, False, False]
    await shop.server.close()


async def test_pictures_of_groups_that_nobody_set_up_are_not_fetched(qq: QQ) -> None:
    qq.book.went = UNKNOWN_ROOM
    await qq.say(WANG, "早", room=ROOM)
    await qq.show(WANG, drawn(), room=ROOM)
    assert (await taken(qq, 2))[1].media is None
    qq.book.went = "left_alone"
    await qq.say(WANG, "绑定 ABCD", room=ROOM)
    await qq.show(WANG, drawn(), room=ROOM)
    assert (await taken(qq, 4))[3].media is not None


async def test_nothing_inside_is_asked() -> None:
    addresses = ["http://[::1/x", "ftp://x/y", "http://169.254.169.254/x", "http://[::ffff:10.0.0.7]/x"]
    addresses += ["http://127.0.0.1/x", "http://localhost:1/x", "http://u:p@8.8.8.8/x"]
    for address in addresses:
        with pytest.raises(DownloadError):
            await Downloads().get(address, beside="10.0.0.7")
