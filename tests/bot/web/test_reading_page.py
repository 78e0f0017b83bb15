"""The chat is read without scripts: one's own chats, and what was said there as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bot.web.conftest import Place


async def test_what_was_said_is_read_by_those_who_may_hear_it(place: Place) -> None:
    await place.open(bot=True)
    await place.said("wang", "3栋2单元路灯不亮<b>了")
    await place.said("zhou2", "8栋门口积水", "grid2")
    await place.said("wang", "我的诉求", None)
    resident = await place.signed_in("王姐")
    page = await (await resident.get("/read?room=grid1")).text()
    assert "<b>王姐</b>" in page
    assert "路灯不亮&lt;b&gt;了" in page
    assert "8栋门口积水" not in page
    assert "8栋门口积水" not in await (await resident.get("/read?room=grid2")).text()  # none of hers
    assert "我的诉求" in await (await resident.get("/read?room=-")).text()
    leader = await place.signed_in("李敏")
    assert "我的诉求" not in await (await leader.get("/read?room=-")).text()


async def test_strangers_are_led_to_the_door(place: Place) -> None:
    await place.open(bot=True)
    answer = await (await place.browser()).get("/read", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/sign-in?next=/read")
    assert "/read" in await (await (await place.signed_in("王姐")).get("/")).text()
