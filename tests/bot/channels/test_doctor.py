"""What the doctor says of channels: which secrets are absent by name, and never what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config import Config
from bot.doctor import examine
from handlers.texts.wording import Texts
from tests.bot.channels.wecom.test_wiring import SECRETS
from tests.gateway.world import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from bot.doctor_findings import Finding

ONEBOT = {"SHAOZI_ONEBOT_TOKEN": "onebot-secret"}


def findings(folder: Path, environment: dict[str, str]) -> dict[str, Finding]:
    wecom = {"enabled": True, "corp": "ww1", "agent": 1, "robot": True, "robots": {"staff": "STAFF_ROBOT"}}
    config = Config.model_validate(
        {
            "channels": {"onebot": {"enabled": True}, "wecom": wecom},
            "database": {"url": f"sqlite:///{folder}/none.db"},
            "storage": {"folder": folder},
            "web": {"port": free_port()},
        }
    )
    texts = Texts.load()
    return {texts(f"doctor.{one.key}", **one.values): one for one in examine(config, environment)}


def test_absent_secrets_are_named(tmp_path: Path) -> None:
    found = findings(tmp_path, {"SHAOZI_WECOM_SECRET": "s"})
    absent = [text for text, one in found.items() if one.key == "secret_absent"]
    assert absent[0] == "渠道 onebot 开了,环境变量没有设:SHAOZI_ONEBOT_TOKEN"
    assert "SHAOZI_WECOM_SECRET" not in absent[1]
    assert "SHAOZI_WECOM_TOKEN, SHAOZI_WECOM_AES_KEY, SHAOZI_WECOM_ROBOT_TOKEN" in absent[1]
    assert "STAFF_ROBOT" in absent[1]


def test_what_is_in_them_is_not_said(tmp_path: Path) -> None:
    found = findings(tmp_path, {**SECRETS, **ONEBOT})
    assert {"onebot_unknown", "wecom_unknown"} <= {one.key for one in found.values()}
    said = "".join(found)
    secrets = [value for value in (*SECRETS.values(), *ONEBOT.values()) if len(value) > 3]
    assert not any(value in said for value in secrets)
