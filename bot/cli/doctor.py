"""`shaozi doctor`: is everything as it should be?"""

from __future__ import annotations

import os
import sys

from bot.cli.app import DONE, FAILED, ConfigOption, app, config_from


@app.command("doctor")
def doctor(config: ConfigOption = None) -> int:
    """查一遍:配置、数据库、节假日、花名册、发不出去的消息。✗ 要改(退出码为 1),! 请留意。"""
    from bot.doctor import examine
    from handlers.texts.wording import Texts

    settings = config_from(config)
    texts = Texts.load(settings.bot.wordings)
    well = True
    for finding in examine(settings, os.environ):
        mark = "✗" if not finding.well else "!" if finding.warns else "✓"
        sys.stdout.write(f"{mark} {texts(f'doctor.{finding.key}', **finding.values)}\n")
        well = well and finding.well
    return DONE if well else FAILED
