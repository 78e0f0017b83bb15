from __future__ import annotations

import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from bot.channels.pictures import NotAPictureError, TooManyPixelsError, cleaned
from bot.channels.thumbnails import thumbnail

if TYPE_CHECKING:
    from pathlib import Path

PLACE = b"GPS 30.8 N 108.4 E"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*extra: bytes) -> bytes:
    """Return a picture of one pixel, with extra chunks."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\x00\x10\x20\x30"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + body + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(order: str, turn: int, kind: int = 3) -> bytes:
    """Return an EXIF body: make, which way is up, and a place."""
    mark = b"MM\x00*" if order == ">" else b"II*\x00"
    entries = struct.pack(f"{order}HHII", 0x010F, 2, 4, 0) + struct.pack(
        f"{order}HHIHH", 0x0112, kind, 1, turn, 0
    )
    return b"Exif\x00\x00" + mark + struct.pack(f"{order}IH", 8, 2) + entries + b"\x00" * 4 + PLACE


SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"


def jpeg(*parts: bytes, end: bytes = b"\xff\xd9") -> bytes:
    return b"\xff\xd8" + b"".join(parts) + segment(0xDB, b"\x00" * 65) + SCAN + end


def webp(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def part(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) & 1)


def test_a_png_keeps_the_picture_and_nothing_else() -> None:
    talk = chunk(b"tEXt", b"Comment\x00" + PLACE), chunk(b"eXIf", PLACE), chunk(b"iTXt", PLACE)
    assert cleaned(png(*talk) + b"more " + PLACE) == ("png", png())
    colours = chunk(b"gAMA", struct.pack(">I", 45455))
    assert cleaned(png(colours)).data == png(colours)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_jpeg_keeps_only_which_way_is_up(order: str) -> None:
    kind, data = cleaned(jpeg(segment(0xE0, b"JFIF\x00\x01"), segment(0xE1, exif(order, 6))))
    assert kind == "jpg"
    assert PLACE not in data
    again = cleaned(data)
    assert again.data == data  # what is left is stable, so it was read as orientation 6 again
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in data


@pytest.mark.parametrize(
    "talk",
    [
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + PLACE),
        segment(0xED, b"Photoshop 3.0\x00" + PLACE),
        segment(0xFE, PLACE),
        segment(0xE2, b"MPF\x00" + PLACE),
        segment(0xE1, b"Exif\x00\x00nonsense" + PLACE),
        segment(0xE1, b"Exif\x00\x00MM\x00*" + struct.pack(">I", 9999) + PLACE),
        segment(0xE1, exif(">", 6, kind=4)),
        segment(0xE1, exif(">", 9)),
    ],
)
def test_a_jpeg_says_nothing_else(talk: bytes) -> None:
    assert cleaned(jpeg(talk)).data == jpeg()


def test_what_follows_a_jpeg_is_cut_off() -> None:
    assert cleaned(jpeg(end=b"\xff\xd9" + PLACE)).data == jpeg()


def test_the_colours_of_a_jpeg_stay() -> None:
    colours = segment(0xE2, b"ICC_PROFILE\x00\x01\x01profile")
    filled = jpeg(colours, b"\xff", segment(0xEE, b"Adobe\x00d\x00"), b"\xff\x01")
    assert cleaned(filled).data == jpeg(colours, segment(0xEE, b"Adobe\x00d\x00"), b"\xff\x01")


def test_a_webp_keeps_the_picture_and_nothing_else() -> None:
    picture = part(b"VP8 ", b"\x00" * 3 + b"\x9d\x01\x2a" + struct.pack("<HH", 1, 1) + b"x")
    head = part(b"VP8X", bytes([0x2C]) + b"\x00" * 9)
    bare = part(b"VP8X", bytes([0x20]) + b"\x00" * 9)
    talking = webp(head, picture, part(b"EXIF", PLACE), part(b"XMP ", PLACE + b"!"))
    assert cleaned(talking) == ("webp", webp(bare, picture))


def gif(width: int = 1, height: int = 1, *blocks: bytes, frame: tuple[int, int] = (1, 1)) -> bytes:
    """Return a GIF of one frame."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\x00" * 6
    shown = b"," + struct.pack("<HHHHB", 0, 0, *frame, 0) + b"\x02\x02\x4c\x01\x00"
    return head + b"".join(blocks) + shown + b";"


def test_f13_a_gif_keeps_its_frames_and_loops_and_nothing_else() -> None:
    loops = b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    timing = b"!\xf9\x04\x00\x0a\x00\x00\x00"
    comment = b"!\xfe" + bytes([len(PLACE)]) + PLACE + b"\x00"
    xmp = b"!\xff\x0bXMP DataXMP" + bytes([len(PLACE)]) + PLACE + b"\x00"
    assert cleaned(gif(1, 1, loops, comment, xmp, timing) + PLACE) == ("gif", gif(1, 1, loops, timing))


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 16_000, 16_000, 8, 2, 0, 0, 0)),
        gif(65_535, 65_535),
        gif(10, 10, frame=(5_000, 5_000)),
        webp(part(b"VP8X", b"\x00" * 4 + b"\xff\xff\x00" * 2)),
        webp(part(b"VP8L", b"\x2f" + struct.pack("<I", 0x0FFFFFFF))),
        webp(part(b"VP8 ", b"\x00" * 6 + struct.pack("<HH", 16_000, 16_000))),
        b"\xff\xd8" + segment(0xC0, b"\x08" + struct.pack(">HH", 16_000, 16_000) + b"\x03"),
        b"\xff\xd8\xff" + segment(0xC2, b"\x08" + struct.pack(">HH", 60_000, 100) + b"\x03")[1:],
    ],
)
def test_f13_what_would_fill_the_memory_is_refused_by_its_head(data: bytes) -> None:
    with pytest.raises(TooManyPixelsError):
        cleaned(data)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG", "GIF"])
def test_f13_real_pictures_pass_and_say_nothing_of_their_maker(kind: str, tmp_path: Path) -> None:
    drawn = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "MAKER-4711"
    more: dict[str, Any] = {"comment": b"MAKER-4711"} if kind == "GIF" else {"exif": exif}
    Image.new("RGB", (900, 600), "red").save(drawn, kind, **more)
    assert b"MAKER-4711" in drawn.getvalue()
    picture = cleaned(drawn.getvalue())
    assert b"MAKER-4711" not in picture.data
    file = tmp_path / f"x.{picture.kind}"
    file.write_bytes(picture.data)
    small = thumbnail(file)
    assert small is not None
    with Image.open(small) as seen:
        assert seen.size == (480, 320)
    assert thumbnail(file) == small


def test_f13_chunks_nobody_knows_go() -> None:
    strange = chunk(b"prVt", PLACE)
    assert cleaned(png(strange)) == ("png", png())


def test_what_cannot_be_drawn_has_no_small_copy(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(png()[:30])
    assert thumbnail(tmp_path / "x.png") is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><script>alert(1)</script>",
        b"GIF89a",
        png()[:40],
        png()[:-12] + struct.pack(">I4s", 2**31, b"IDAT"),
        jpeg()[:-4],
        jpeg()[:20],
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8\xff\xe0\xff\xff1234",
        b"\xff\xd8\xff\xdb\x00\x04abnonsense",
        webp(),
        webp(b"VP8 " + struct.pack("<I", 1000) + b"x"),
        b"RIFF\x00\x00\x00\x00WAVE",
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPictureError):
        cleaned(data)


def test_many_who_ask_for_a_small_copy_at_once_all_get_it(tmp_path: Path) -> None:
    file = tmp_path / "x.png"
    Image.effect_noise((1200, 900), 60).save(file)
    with ThreadPoolExecutor(8) as pool:
        for small in pool.map(thumbnail, [file] * 8):
            assert small is not None
            assert small.exists()
    assert list(tmp_path.glob("*.part")) == []
