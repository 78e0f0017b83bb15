"""E11: the QR code of a link is drawn by whoever sends it, as a picture of the chat it goes to."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from bot.channels.album import Album
from bot.charts import Drawer, code_of
from data.domain.messages import MessageKind, Outgoing
from handlers.saying.qr import as_media

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://shaozi.example/sign-in#ABCD-2345-WXYZ"


def test_e11_the_code_is_a_picture_large_enough_to_print() -> None:
    with Image.open(BytesIO(code_of(ADDRESS))) as drawn:
        assert drawn.format == "PNG"
        assert min(drawn.size) >= 300


def test_e11_it_lies_in_the_album_of_where_it_goes(tmp_path: Path) -> None:
    album = Album(tmp_path)
    outgoing = Outgoing(
        key="k",
        channel="web",
        room="staff",
        to=None,
        text="邀请 1",
        kind=MessageKind.IMAGE,
        media=as_media(ADDRESS),
        mentions=(),
    )
    path = Drawer(album).draw(outgoing)
    file = album.passed_on(path)
    assert file is not None
    assert file.read_bytes().startswith(b"\x89PNG")
