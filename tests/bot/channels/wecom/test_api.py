"""WeCom's API: tokens, what it refuses, what the operators hear of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.channels.base import ChannelState, DeliveryError, NotYetError
from tests.bot.channels.counterparts.base import MORNING, until
from tests.bot.channels.counterparts.wecom.members import Wecom
from tests.bot.channels.counterparts.wecom.office import LI
from tests.bot.channels.wecom.rows import row

if TYPE_CHECKING:
    from pathlib import Path


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
