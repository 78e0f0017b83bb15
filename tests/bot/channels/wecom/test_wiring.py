"""WeCom's secrets, from the environment."""

from __future__ import annotations

import pytest

from bot.bootstrap import channels_of
from bot.config import Config
from data.domain.clock import ManualClock
from data.domain.errors import InputError
from data.store import Store
from tests.bot.channels.counterparts.base import MORNING
from tests.bot.channels.counterparts.wecom.seals import (
    AES_KEY,
    CORP,
    ROBOT_AES_KEY,
    ROBOT_KEY,
    ROBOT_TOKEN,
    TOKEN,
)

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
