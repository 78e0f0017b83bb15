"""What is heard on WeCom: by the application, and by the robot of a group."""

from __future__ import annotations

from data.domain.messages import MessageKind
from tests.bot.channels.counterparts.base import drawn
from tests.bot.channels.counterparts.wecom.members import Wecom, robot_frame
from tests.bot.channels.counterparts.wecom.office import ROOM, WANG


async def test_kinds_that_are_heard(wecom: Wecom) -> None:
    for number, kind in enumerate(("voice", "video", "location", "link", "event"), start=1):
        fields = {"FromUserName": WANG, "MsgType": kind, "MsgId": f"{number}", "Event": "subscribe"}
        assert await wecom.to_application(fields) == 200
    event = {"FromUserName": WANG, "MsgType": "event", "Event": "enter_agent"}
    assert await wecom.to_application(event) == 200
    assert [one.kind for one in wecom.book.taken] == [MessageKind.VOICE, MessageKind.VIDEO]
    assert [one.name for one in wecom.book.taken] == ["王姐"] * 2
    assert wecom.office.calls["/cgi-bin/user/get"] == 1


async def test_the_robot_hears_pictures_and_words_together(wecom: Wecom) -> None:
    wecom.office.media["lift.png"] = drawn()
    address = f"{wecom.office.url}/pictures/lift.png"
    items = [
        {"msgtype": "text", "text": {"content": "@网格助手 3栋电梯坏了"}},
        {"msgtype": "image", "image": {"url": address}},
        {"msgtype": "image", "image": {"url": f"{wecom.office.url}/cgi-bin/user/get"}},
    ]
    mixed = {"msgtype": "mixed", "mixed": {"msg_item": items}}
    assert await wecom.to_robot(robot_frame("1", WANG, ROOM, mixed)) == 200
    picture = {"msgtype": "image", "image": {"url": address}}
    assert await wecom.to_robot(robot_frame("2", "nobody_known", None, picture)) == 200
    shown, broken, said, alone = wecom.book.taken
    assert (shown.kind, shown.message_id, said.message_id) == (MessageKind.IMAGE, "1#1", "1")
    assert shown.media is not None
    assert (broken.media, said.text, said.mentions) == (None, "@哨子 3栋电梯坏了", ("bot",))
    assert (alone.room, alone.message_id, alone.name) == (None, "2", "nobody_known")
    assert (wecom.folder / (alone.media or "-")).read_bytes().startswith(b"\x89PNG")


async def test_the_robot_hears_what_wecom_wrote_down(wecom: Wecom) -> None:
    for number, content in (("1", "电梯坏了"), ("2", "")):
        spoken_ = {"msgtype": "voice", "voice": {"content": content}}
        assert await wecom.to_robot(robot_frame(number, WANG, None, spoken_)) == 200
    heard = [(one.kind, one.text) for one in wecom.book.taken]
    assert heard == [(MessageKind.TEXT, "电梯坏了"), (MessageKind.VOICE, "")]
