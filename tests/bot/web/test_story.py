"""The page of a case is the whole story: who has it until when, whistles, pictures, ratings, neighbours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.channels.hub import ChatSpot
from bot.channels.web import PageMessage, Speaker
from data.domain.messages import MessageKind
from tests.bot.channels.test_pictures import png
from tests.bot.web.test_desk import CASE, LIFT, opened

if TYPE_CHECKING:
    from tests.bot.web.conftest import Place


async def page_of(place: Place, number: int = 1) -> str:
    return await (await (await place.signed_in("赵主任")).get(f"{CASE}/{number}")).text()


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


async def test_who_has_it_until_when_who_was_called_and_who_was_told(place: Place) -> None:
    await opened(place, LIFT)
    await place.said("limin", "@哨子 派单 1 物业")
    await place.said("zhao", "@哨子 吹哨 1 城管局 一起去看看", "staff")
    await place.said("liudui", "报到 1", None)
    shown = words_of(await page_of(place))
    assert "3月5日 18:00 前 还有 35 小时 40 分工作时间" in shown
    assert "谁在办 万邦物业" in shown
    assert "吹哨 区城管局 已报到 叫 09:15,到 09:20,完 –" in shown
    assert "09:10 · 物业群" in shown
    assert re.findall(r"(\d\d:\d\d) (\S+) (上报|派单|吹哨|报到) ", shown.partition("经过")[2])[:4] == [
        ("09:05", "王姐", "上报"),
        ("09:10", "李敏", "派单"),
        ("09:15", "赵主任", "吹哨"),
        ("09:20", "刘队", "报到"),
    ]


async def test_before_and_after_stand_side_by_side_with_the_result_and_its_rating(place: Place) -> None:
    await opened(place, LIFT)

    async def pictured(account: str, words: str, room: str | None) -> str:
        path = place.site.album.put(ChatSpot(room, None if room else account), png())
        said = PageMessage(f"picture-{account}", room, words, MessageKind.IMAGE, path)
        await place.channel.hear(Speaker(account, account), said)
        return path

    before = await pictured("wang", "", "grid1")
    await place.said("limin", "@哨子 受理 1")
    after = await pictured("limin", "办结 1 修好了", None)
    await place.said("wang", "1")
    sides = (await page_of(place)).partition('class="sides"')[2]
    first, _, second = sides.partition("办后")
    assert before in first
    assert after not in first
    assert after in second
    assert "修好了" in words_of(second)
    assert "王姐:满意" in words_of(second)


async def test_what_a_case_hangs_together_with(place: Place) -> None:
    await opened(place, LIFT, "3栋路灯不亮了", "3栋2单元门禁坏了,打不开")
    await place.said("zhou2", "3栋电梯里的灯坏了,黑得很", "grid1")
    await place.said("limin", "@哨子 表决 电梯怎么修 #1 至 3月4日18:00")
    await place.said("zhao", "@哨子 通知 全部 #1 明天修电梯", "staff")
    page = words_of(await page_of(place))
    assert "前后有关的 表决 1 电梯怎么修 #1 通知 #1 #1 明天修电梯" in page
    assert "这里同类的" in page
    same_place = words_of(await page_of(place, 2))
    assert "这栋楼别的事" in same_place
    assert "#3" in same_place.partition("这栋楼别的事")[2]
