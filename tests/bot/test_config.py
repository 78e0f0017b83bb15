"""`config.yaml`: every key documented, every mistake one clear line."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from bot.cli.app import worded
from bot.config import Config, load
from data.domain.errors import InputError

SHIPPED = Path(__file__).parents[2] / "config.yaml"


def keys(model: type[BaseModel], above: str = "") -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= keys(kind, f"{above}{name}.")
        else:
            found.add(f"{above}{name}")
    return found


def flat(tree: dict[str, object], above: str = "") -> set[str]:
    found = set()
    for name, value in tree.items():
        if isinstance(value, dict) and value:
            found |= flat(value, f"{above}{name}.")
        else:
            found.add(f"{above}{name}")
    return found


def test_the_file_that_ships_shows_every_key_at_its_default() -> None:
    assert flat(yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))) == keys(Config)
    assert load(SHIPPED) == Config()


def test_without_a_file_everything_is_at_its_default() -> None:
    assert load(None).bot.quiet_hours == (time(22), time(7))


def test_a_place_s_own_values(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("bot: {quiet_hours: off}\ngovernance: {deadlines: {accept: 30m}}\n", encoding="utf-8")
    config = load(path)
    assert config.bot.quiet_hours == (time(0), time(0))
    assert config.governance.deadlines.accept == (30, "m")
    path.write_text("", encoding="utf-8")
    assert load(path) == Config()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour: red", "config.yaml:colour: 不认识的键,这里可以写:bot, database"),
        ("bot: {nmae: x}", "config.yaml:bot.nmae: 不认识的键,这里可以写:name, timezone"),
        (
            "governance: {deadlines: {accpet: 2h}}",
            "governance.deadlines.accpet: 不认识的键,这里可以写:accept",
        ),
        ("web: {port: lots}", "config.yaml:web.port: 值 lots 不对,应为"),
        ("web: {port: 99999}", "web.port: 值 99999 不对"),
        ("bot: {quiet_hours: '25:00-07:00'}", "bot.quiet_hours: 值 25:00-07:00 不对,应为 22:00-07:00"),
        ("bot: {quiet_hours: nights}", "应为 22:00-07:00"),
        ("governance: {office_hours: '18:00-09:00'}", "governance.office_hours: 值 "),
        ("governance: {office_hours: '09:00-09:00'}", "不对,应为 09:00-18:00"),
        ("governance: {office_hours: '9-18'}", "governance.office_hours"),
        ("governance: {office_hours: off}", "governance.office_hours"),
        ("governance: {office_hours: '00:00-00:00'}", "不对,应为 09:00-18:00"),
        ("bot: {timezone: Mars/Base}", "bot.timezone: 值 Mars/Base 不对,应为 Asia/Shanghai"),
        ("governance: {deadlines: {accept: soon}}", "值 soon 不对,应为 30m, 2h, 3d"),
        ("governance: {deadlines: {accept: 0h}}", "值 0h 不对"),
        ("governance: {preset: 火星}", "governance.preset: 值 火星 不对,应为 'wanzhou'"),
        ("governance: {rates: {solved: 7}}", "governance.rates.solved: 值 7 不对"),
        ("governance: {holidays: [someday]}", "governance.holidays.0: 值 someday 不对"),
        (
            "channels: {dingtalk: {}}",
            "config.yaml:channels.dingtalk: 不认识的键,这里可以写:web, wechaty, onebot, wecom",
        ),
        ("channels: {wecom: {enabled: true}}", "config.yaml:channels.wecom: "),
        ("channels: {wecom: {agent: 5}}", "config.yaml:channels.wecom: "),
        ("channels: {wecom: {api: ftp://x}}", "config.yaml:channels.wecom.api: 值 ftp://x 不对"),
        ("channels: {wecom: {robots: {a: 'key=1'}}}", "config.yaml:channels.wecom.robots.a: 值 key=1 不对"),
        ("bot: nobody", "config.yaml:bot: 值 nobody 不对"),
        ("bot: {hold_seconds: -1}", "bot.hold_seconds: 值 -1 不对"),
        ("- bot", "应该是「键: 值」的形式"),
        ("bot: [", "config.yaml:第 2 行: 不是正确的 YAML"),
    ],
)
def test_a_mistake_is_one_clear_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(path)
    line = worded(caught.value)
    assert says in line
    assert "\n" not in line


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="absent"):
        load(tmp_path / "nowhere.yaml")
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not_utf8"):
        load(tmp_path / "x.yaml")


@pytest.mark.parametrize("hours", ["18:00-09:00", "22:00-06:00", "09:00-09:00"])
def test_d8_office_hours_that_never_come_are_refused_at_the_start(tmp_path: Path, hours: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"governance: {{office_hours: '{hours}'}}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(path)
    assert "governance.office_hours" in worded(caught.value)
