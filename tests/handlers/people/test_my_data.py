"""我的数据, 更正, 删除我的数据: whatever one said, and whoever wrote it down again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.repositories.traces import untreated
from data.tables import metadata
from tests.town import Town, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.town import Said

NAME = "刘小娟儿"
APPEAL = "5栋2单元701门口的路灯坏了三天没人管,我电话13987654321"
SECRETS = (NAME, "门口的路灯坏了三天", "13987654321", "139****4321", "刘小娟儿儿", "'liu'", "701")


def bytes_of(town: Town) -> str:
    """Return everything that lies on disk of a store: tables, free pages, the log."""
    cleared(town)
    path = town.store.engines.path
    assert path is not None
    files = [path.with_name(path.name + side) for side in ("", "-wal")]
    return "".join(file.read_bytes().decode("utf-8", "replace") for file in files if file.exists())


def cleared(town: Town) -> int:
    """Let what was deleted be cleared away, as every second does; return how many seconds that took."""
    for second in range(100):
        with town.store.read() as uow:
            if not uow.personal.left_behind():
                return second
        town.parts.ticker.clear_away()
    raise AssertionError("there is no end to it")


def liu(town: Town, room: str | None, text: str = "", **more: str) -> list[Said]:
    return town.says(room, "liu", text, name=NAME, **more)  # type: ignore[arg-type]  # kinds are strings


def told_much(town: Town) -> None:
    """Let somebody say fourteen kinds of things, and others write them down again."""
    liu(town, "grid1", APPEAL)
    liu(town, "grid1", "[图片]", kind="image", media="media/0123456789abcdef/" + "a" * 64 + ".jpg")
    town.passes(seconds=60)
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 派单 1 万邦物业")
    town.says("wuye", "chen", f"办理 1 给{NAME}打了电话13987654321,说是701门口")
    town.says("grid1", "zhou2", f"@{NAME} 我家也是")
    town.says("staff", "zhao", "吹哨 1 区城管局 门口的路灯坏了三天没人管")
    town.says(None, "liudui", "报到 1")
    town.says(None, "liudui", "办结 1 看过了")
    town.says("staff", "zhao", "销哨 1")
    town.says("wuye", "chen", f"办结 1 换好了,{NAME}在场")
    town.passes(seconds=30)
    liu(town, "grid1", "评价 1 满意 师傅人很好的呀谢谢")
    liu(town, None, "进度 1")
    liu(town, None, "我的诉求")
    liu(town, "grid1", "楼上的狗天天半夜叫,吵得我孩子睡不着觉")
    town.passes(minutes=2)


def test_f4_deleted_words_are_nowhere_on_the_disk(town: Town) -> None:
    told_much(town)
    before = bytes_of(town)
    assert all(secret in before for secret in (NAME, "13987654321", "门口的路灯坏了三天"))
    (asked,) = liu(town, None, "删除我的数据")
    assert "30 分钟内回:确认删除" in asked.text
    assert NAME in bytes_of(town)  # asked once before
    (gone,) = liu(town, None, "确认删除")
    assert gone.text.startswith("已删除")
    after = bytes_of(town)
    for secret in (*SECRETS, "师傅人很好", "半夜叫,吵得我"):
        assert secret not in after, secret
    assert town.state(1) in ("resolved", "closed")  # the case goes on, its number stays
    with town.store.read() as uow:
        assert uow.personal.left_behind() == []


def test_f4_pictures_go_at_once_but_not_those_of_others(town: Town, tmp_path: Path) -> None:
    folder = town.parts.config.storage.folder
    mine, shared = (f"media/0123456789abcdef/{sign * 64}.jpg" for sign in "ab")
    for path in (mine, shared):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"x")
    try:
        liu(town, "grid1", "3栋电梯坏了,老人上不去下不来")
        for media in (mine, shared):
            liu(town, "grid1", "[图片]", kind="image", media=media)
        town.passes(minutes=5)
        town.says("grid1", "zhou2", "5栋垃圾桶满了没人清理啊")
        town.says("grid1", "zhou2", "[图片]", kind="image", media=shared)
        town.passes(minutes=5)
        liu(town, None, "删除我的数据")
        liu(town, None, "确认删除")
        cleared(town)
        assert not (folder / mine).exists()
        assert (folder / shared).exists()
    finally:
        for path in (mine, shared):
            (folder / path).unlink(missing_ok=True)


def test_f4_without_the_answer_nothing_is_deleted(town: Town) -> None:
    liu(town, "grid1", "3栋2单元电梯坏了,老人上不去")
    town.passes(minutes=2)
    assert "没听懂" in texts(liu(town, None, "确认删除"))[0]
    liu(town, None, "删除我的数据")
    town.passes(minutes=31)
    liu(town, None, "确认删除")
    assert "3栋2单元电梯坏了" in town.dump()
    liu(town, None, "删除我的数据")
    (gone,) = liu(town, None, "删除我的数据")  # said again, it is the answer
    assert gone.text.startswith("已删除")
    assert "3栋2单元电梯坏了" not in town.dump()


def test_f4_others_keep_what_they_said(town: Town) -> None:
    same = "小区大门口的垃圾桶满了好几天没人清理"
    liu(town, "grid1", same)
    town.passes(minutes=2)
    town.says("grid1", "zhou2", same)
    town.passes(minutes=2)
    liu(town, None, "删除我的数据")
    liu(town, None, "确认删除")
    assert town.appeal_of("zhou2")[0].text == same


@pytest.mark.parametrize("handled", [False, True])
def test_f4_a_recall_takes_the_words_out_of_everything(town: Town, handled: bool) -> None:
    liu(town, "grid1", APPEAL, id="take-me-back")
    town.passes(seconds=45)
    if handled:
        town.says("grid1", "limin", "@哨子 受理 1", after=5)
        town.says("grid1", "limin", "@哨子 派单 1 万邦物业", after=5)
    assert "路灯坏了三天" in town.dump()
    liu(town, "grid1", kind="recall", quote="take-me-back")
    after = bytes_of(town)
    for secret in ("路灯坏了三天", "13987654321", "139****4321"):
        assert secret not in after
    assert town.state(1) == ("assigned" if handled else "withdrawn")


def test_f4_a_nickname_like_a_wording_vandalises_nothing(town: Town) -> None:
    town.says("grid2", "wangqiang", "8栋楼道的路灯坏了没人修")
    town.passes(minutes=1)
    town.says("grid1", "vandal", "3栋电梯又坏了没人来修", name="受理")
    town.passes(minutes=1)
    town.says(None, "vandal", "删除我的数据", name="受理")
    town.says(None, "vandal", "确认删除", name="受理")
    assert "前受理" in "\n".join(town.dump().splitlines())


def test_every_column_that_points_at_a_person_is_treated() -> None:
    """A new table? Say in data/repositories/traces.py what 删除我的数据 does with its rows."""
    assert untreated(metadata.sorted_tables) == []


def test_my_data_comes_as_a_file_to_oneself_alone_and_is_not_kept(town: Town) -> None:
    told_much(town)
    counts, file = liu(town, "grid1", "@哨子 我的数据")
    assert (counts.to, file.to) == ("liu", "liu")
    assert counts.text.startswith("哨子留着你的")
    name, *lines = file.text.split("\n")
    assert name == "我的数据"
    assert any("#1 5栋2单元701门口的路灯坏了三天没人管" in line for line in lines)
    assert any("media/0123456789abcdef/" in line for line in lines)
    assert any("#1 1 评价 1 满意 师傅人很好" in line for line in lines)
    assert "李敏" not in "\n".join(line for line in lines if "诉求原话" in line)
    with town.store.read() as uow:
        assert not [row for row in uow.outbox.of_state("sent") if row.text.startswith("我的数据\n")]


def test_one_s_own_words_are_put_right(town: Town) -> None:
    town.report("liu", "3栋2单元电梯坏了,老人上不去")
    town.says("grid1", "limin", "@哨子 受理 1")
    said = town.says("grid1", "liu", "@哨子 更正 1 是5栋2单元的电梯,说错了")
    assert any(s.to == "limin" and "更正了自己的话:是5栋2单元的电梯" in s.text for s in said)
    assert "#1 改好了" in "".join(texts(said, "grid1"))
    dump = town.dump()
    assert "老人上不去" not in dump
    assert "是5栋2单元的电梯,说错了" in dump
    (refused,) = town.says("grid1", "zhou2", "@哨子 更正 1 不是我说的也想改")
    assert refused.text == "@老周 #1 里没有你说的话,不能更正。"
    assert "不是我说的" not in town.appeal_of("liu")[0].text


def test_staff_are_asked_too_and_keep_their_duty(make_town: Callable[..., Town]) -> None:
    town = make_town()
    (asked,) = town.says(None, "limin", "删除我的数据")
    assert "账号和职责(花名册里管)" in asked.text
    (gone,) = town.says(None, "limin", "确认删除")
    assert "账号由管理员在花名册里管" in gone.text


def test_a_mere_yes_deletes_nothing_and_says_what_does(town: Town) -> None:
    town.report("liu", "5栋门口路灯不亮好几天了")
    liu(town, None, "删除我的数据")
    assert texts(liu(town, None, "确认")) == ["要删请回:确认删除;不删就不用回。"]
    assert texts(liu(town, None, "算了")) == ["好,不删。"]
    assert "没听懂" in texts(liu(town, None, "确认删除"))[0]  # it was called off
    assert town.appeal_of("liu")


def test_to_have_it_deleted_is_no_correction(town: Town) -> None:
    town.report()
    (answer,) = town.says(None, "wang", "更正 1 删掉")
    assert answer.text == "更正要写正确的话。不用办了发:撤回 1;要哨子删掉你的话发:删除我的数据"
    with town.store.read() as uow:
        assert "电梯" in next(iter(uow.cases.everything())).summary
