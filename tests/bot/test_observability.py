from __future__ import annotations

import json
import logging

import pytest
import structlog

from bot.config.running import Log
from bot.observability import set_up_logs

pytestmark = pytest.mark.usefixtures("logs_as_before")
SECRET = "what somebody said"


def fail() -> None:
    words = SECRET
    log = structlog.get_logger()
    try:
        int(f"{len(words)}?")
    except ValueError:
        log.exception("message failed", room="grid1")


def test_json_is_one_line_an_event(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(Log(format="json"))
    structlog.get_logger().info("started", channels=["web"])
    structlog.get_logger().debug("not said")
    logging.getLogger("aiohttp.server").warning("from %s", "elsewhere")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["event"], line["level"]) for line in lines] == [
        ("started", "info"),
        ("from elsewhere", "warning"),
    ]
    assert lines[0]["channels"] == ["web"]


@pytest.mark.parametrize("shape", ["json", "console"])
def test_a_traceback_shows_no_variables(capsys: pytest.CaptureFixture[str], shape: str) -> None:
    set_up_logs(Log.model_validate({"format": shape, "level": "debug"}))
    fail()
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "grid1" in said
    assert SECRET not in said
