"""The programs in the papers of the channels do what the papers say."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bot.channels.counterparts.base import until
from tests.bot.channels.counterparts.onebot.gateway import TOKEN
from tests.bot.channels.counterparts.onebot.network import QQ
from tests.bot.channels.counterparts.wecom.members import Wecom
from tests.bot.channels.counterparts.wecom.office import LI
from tests.bot.channels.counterparts.wecom.seals import AES_KEY, AGENT, CORP
from tests.bot.channels.counterparts.wecom.seals import TOKEN as WECOM_TOKEN

if TYPE_CHECKING:
    import pytest

DOCS = Path(__file__).parents[3] / "docs"


def program(paper: str, **instead: str) -> str:
    """Return the program of a paper, with some of its words replaced."""
    (code,) = re.findall(r"```python\n(.*?)```", (DOCS / paper).read_text(encoding="utf-8"), re.DOTALL)
    for word, other in instead.items():
        assert word in code
        code = code.replace(word, other)
    return str(code)


async def test_the_gateway_of_ten_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    qq = QQ(tmp_path)
    await qq.channel.start(qq.book)
    url = await qq.door.open()
    monkeypatch.setenv("SHAOZI_ONEBOT_TOKEN", TOKEN)
    code = program("onebot.md").replace("ws://127.0.0.1:8311/onebot/v11/ws", url)
    space: dict[str, Any] = {}
    exec(code.replace("asyncio.run(main())", ""), space)  # noqa: S102  our own paper
    gateway = asyncio.create_task(space["main"]())
    await until(lambda: qq.book.taken)
    assert (qq.book.taken[0].room, qq.book.taken[0].name) == ("123456789", "王姐")
    gateway.cancel()
    with suppress(asyncio.CancelledError):
        await gateway
    await qq.door.close()
    await qq.channel.stop()


async def test_a_callback_in_ten_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wecom = Wecom(tmp_path)
    await wecom.start()
    monkeypatch.setenv("SHAOZI_WECOM_TOKEN", WECOM_TOKEN)
    monkeypatch.setenv("SHAOZI_WECOM_AES_KEY", AES_KEY)
    code = program("企业微信.md", ww0123456789abcdef=CORP).replace("1000002", str(AGENT))
    code = code.replace("http://127.0.0.1:8311/wecom/app", str(wecom.place.server.make_url("/wecom/app")))
    code = code.replace("time.time()", str(int(wecom.clock.now().timestamp())))
    await asyncio.to_thread(exec, code, {})
    assert [(one.sender, one.text) for one in wecom.book.taken] == [(LI, "待办")]
    await wecom.stop()
