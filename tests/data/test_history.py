from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.repositories.history import KeptMessage
    from tests.town import Town


def kept(town: Town, most: int = 1000) -> list[KeptMessage]:
    with town.store.read() as uow:
        return uow.history.kept("web", most)


def test_appeals_commands_and_answers_are_kept_and_chat_is_not(town: Town) -> None:
    town.says("grid1", "liu", "早上好")
    town.says("grid1", "wang", "3栋2单元电梯坏了,没人修")
    town.says("grid1", "wang", "[图片]", kind="image", media="media/a/b.jpg")
    town.passes(seconds=60)
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says(None, "wang", "进度")
    said = kept(town)
    assert [(k.room, k.account, k.text) for k in said if not k.by_bot] == [
        ("grid1", "wang", "3栋2单元电梯坏了,没人修"),
        ("grid1", "wang", "[图片]"),
        ("grid1", "limin", "@哨子 受理 1"),
        (None, "wang", "进度"),
    ]
    assert [k.media for k in said if k.media] == ["media/a/b.jpg"]
    assert next(k.name for k in said if k.account == "wang") == "王姐"
    by_bot = [k for k in said if k.by_bot]
    assert by_bot[0].room == "grid1"
    assert by_bot[0].text.startswith("@王姐 记为 #1")
    assert (by_bot[0].mentions, by_bot[0].reply_to) == (("wang",), "m2")
    assert (by_bot[-1].room, by_bot[-1].account) == (None, "wang")
    assert [k.at for k in said] == sorted(k.at for k in said)


def test_what_was_said_in_one_message_comes_back_as_one(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了,没人修")
    town.says("grid1", "liu", "5栋门口垃圾没人清,臭得很")
    town.passes(seconds=60)
    [one] = [k for k in kept(town) if k.by_bot and k.room == "grid1"]
    assert one.text == next(s.text for s in town.channel.said if s.room == "grid1")
    assert one.text.count("\n") == 1
    assert one.mentions == ("wang", "liu")


def test_only_the_last_rows_are_looked_through(town: Town) -> None:
    town.says(None, "wang", "进度")
    town.says(None, "wang", "帮助")
    assert [k.text for k in kept(town, most=1) if not k.by_bot] == ["帮助"]
    assert len([k for k in kept(town, most=1) if k.by_bot]) == 1


def test_a_recalled_command_is_forgotten(town: Town) -> None:
    town.says("grid1", "limin", "@哨子 待办", id="slip")
    town.says("grid1", "wang", kind="recall", quote="slip")
    assert [k.text for k in kept(town) if not k.by_bot] == ["@哨子 待办"]  # not theirs to take back
    town.says("grid1", "limin", kind="recall", quote="slip")
    assert [k.text for k in kept(town) if not k.by_bot] == []


def test_pictures_that_belong_to_something(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了,没人修")
    town.says("grid1", "wang", "[图片]", kind="image", media="media/a/b.jpg")
    town.says("grid1", "liu", "[图片]", kind="image", media="media/a/chat.jpg")
    with town.store.read() as uow:
        assert uow.history.pictures() == {"media/a/b.jpg"}
