from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.channels.hub import ChatSpot
from bot.channels.web import WebChannel
from bot.demo import LONGEST, StoryClock, Tale, clear, config_for, first_morning, moved, set_stage
from bot.transcript import read
from bot.web.server import reserve
from data.domain.clock import ManualClock, SystemClock
from data.domain.errors import InputError
from data.domain.messages import Inbound
from data.roster import read as read_roster
from data.store import Store

if TYPE_CHECKING:
    from pathlib import Path

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


def at(text: str) -> Inbound:
    when = datetime.fromisoformat(f"2026-03-{text}:00+08:00")
    return Inbound("web", f"m{text}", when, "grid1", "wang", "王姐", "早上好")


def test_the_first_morning_ends_at_noon() -> None:
    day = [at("02T07:30"), at("02T11:59"), at("02T12:00"), at("03T08:00")]
    assert first_morning(day, ZONE) == day[:2]


def test_the_morning_has_just_been() -> None:
    told = moved([at("02T08:00"), at("02T08:05"), at("02T08:06")], NOW)
    assert [NOW - message.at for message in told] == [
        timedelta(minutes=6, seconds=40),
        timedelta(minutes=1, seconds=40),
        timedelta(seconds=40),
    ]


def test_a_long_morning_is_told_shortly_enough_for_no_deadline_to_pass() -> None:
    told = moved([at(f"02T{hour:02}:{minute:02}") for hour in range(10) for minute in (0, 1, 30)], NOW)
    assert NOW - told[0].at <= LONGEST + timedelta(minutes=1)
    assert told[1].at - told[0].at == timedelta(minutes=1)  # what was said together stays together
    assert moved([at("02T08:00")], NOW)[0].at < NOW


def test_a_clock_of_stories() -> None:
    story = ManualClock(NOW)
    clock = StoryClock(story)
    assert clock.now() == NOW
    clock.end_story()
    assert abs(clock.now() - SystemClock().now()) < timedelta(seconds=5)


def test_only_the_demos_own_files_are_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    clear(folder)
    for name in ("shaozi.db", "shaozi.db-wal", "mine.db"):
        (folder / name).write_text("x")
    (folder / "files").mkdir()
    clear(folder)
    assert [path.name for path in folder.iterdir()] == ["mine.db"]
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError) as wrong:
        clear(tmp_path / "file")
    assert wrong.value.key == "web.demo_folder"


async def test_the_sample_is_told_through_the_channel_that_pages_show(tmp_path: Path) -> None:
    config = config_for(tmp_path, host="127.0.0.1", port=8311)
    store = Store(config.database.url)
    store.upgrade()
    reserved = reserve("127.0.0.1", 0)
    with as_file(files("data") / "samples") as samples:
        messages, entries = read(samples / "two-days.jsonl"), read_roster(samples / "roster.yaml")
        stage = set_stage(config, store, reserved, Tale(messages, samples), {})
    stage.story.import_roster(entries, "roster.yaml")
    await stage.tell()
    await stage.app.start()
    channel = stage.app.parts.channels["web"]
    assert isinstance(channel, WebChannel)
    talk = [said.shown() for said in channel.hub.last(ChatSpot("grid1"))]
    await stage.app.stop()
    morning = [m for m in first_morning(messages, ZONE) if m.room == "grid1"]
    assert [one["id"] for one in talk if not one["bot"]] == [m.message_id for m in morning]
    assert any(one["bot"] and "记为 #1" in one["text"] for one in talk)
    pictures = [one["media"] for one in talk if one["media"]]
    assert len(pictures) == 2
    assert all((config.storage.folder / picture).is_file() for picture in pictures)
    assert [one["at"] for one in talk] == sorted(one["at"] for one in talk)
    assert not any("时限已到" in json.dumps(one, ensure_ascii=False) for one in talk)
