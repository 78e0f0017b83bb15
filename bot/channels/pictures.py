"""Pictures: recognised by their first bytes, and freed of where and with what they were taken.

A phone writes the place into every photograph. Pictures are copied without all that is not the picture itself
(EXIF apart from which way is up, XMP, IPTC, comments, thumbnails, whatever follows); nothing is decoded here.
One that would fill the memory of whoever opens it is refused by what its head says of its size.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 8 * 2**20
MOST_PIXELS, LONGEST_SIDE = 50_000_000, 16_000  # a telephone's largest photographs
MOST_MOVING_PIXELS = 16_000_000  # of a GIF, whose frames are all kept open
PNG, RIFF, EXIF = b"\x89PNG\r\n\x1a\n", b"RIFF", b"Exif\x00\x00"
# What makes the picture: of the rest nobody knows what it says.
PNG_PARTS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split()
)
WEBP_PARTS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
GIF_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")  # how often it is shown
GIF_TIMING = 0xF9
WEBP_FLAGS = 0x08 | 0x04  # EXIF, XMP
ORIENTATION = 0x0112
JFIF = 14  # bytes of its head, without a thumbnail
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # of a JPEG: size, and how it is written
BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})  # without a length: TEM, RST0 to RST7
KEPT_APPS = {0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}


class NotAPictureError(Exception):
    """The bytes are no picture that pages show."""


class TooManyPixelsError(NotAPictureError):
    """It is a picture that would fill the memory of whoever opens it."""


class Picture(NamedTuple):
    """A picture fit to be kept: its kind as a file ending, and its bytes."""

    kind: str
    data: bytes


TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}


def cleaned(data: bytes) -> Picture:
    """Return a picture without what it says about its maker, or raise `NotAPictureError`."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return Picture("jpg", b"".join(_jpeg(data)))
        if data.startswith(PNG):
            return Picture("png", b"".join(_png(data)))
        if data.startswith(RIFF) and data[8:12] == b"WEBP":
            return Picture("webp", _webp(data))
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return Picture("gif", b"".join(_gif(data)))
    except (struct.error, IndexError):
        raise NotAPictureError from None
    raise NotAPictureError


def _require_size(width: int, height: int, most: int = MOST_PIXELS) -> None:
    """Raise unless a picture of that size may be opened."""
    if not (width and height):
        raise NotAPictureError
    if width * height > most or max(width, height) > LONGEST_SIDE:
        raise TooManyPixelsError


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the parts of a JPEG that make the picture, up to its end."""
    yield data[:2]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise NotAPictureError
        marker = data[at + 1]
        if marker == 0xFF:  # fill
            at += 1
        elif marker == 0xD9:
            yield data[at : at + 2]
            return
        elif marker in BARE_MARKERS:
            yield data[at : at + 2]
            at += 2
        else:
            end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
            if end > len(data):
                raise NotAPictureError
            yield _segment(data, marker, at, end)
            at = end
            if marker == 0xDA:
                at = _scan_end(data, at)
                yield data[end:at]


def _segment(data: bytes, marker: int, at: int, end: int) -> bytes:
    """Return a segment if it belongs to the picture; of EXIF only which way is up."""
    body = data[at + 4 : end]
    if marker in FRAMES:
        height, width = struct.unpack_from(">HH", body, 1)
        _require_size(width, height)
    if marker == 0xE0 and body.startswith(b"JFIF\x00"):  # without the thumbnail it may hold
        bare = body[:12] + b"\x00\x00" if len(body) > JFIF else body
        return data[at : at + 2] + struct.pack(">H", len(bare) + 2) + bare
    if marker == 0xE1 and body.startswith(EXIF):
        turn = _orientation(body[6:])
        return _exif(turn) if turn else b""
    if marker in KEPT_APPS:
        return data[at:end] if body.startswith(KEPT_APPS[marker]) else b""
    return b"" if 0xE0 <= marker <= 0xEF or marker == 0xFE else data[at:end]


def _scan_end(data: bytes, at: int) -> int:
    """Return where the compressed data end: before a marker that is neither stuffing nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotAPictureError
        if data[at + 1] != 0 and data[at + 1] not in BARE_MARKERS:
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    """Return the EXIF orientation (1 to 8), 0 if there is none to be read."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None:
        return 0
    try:
        start = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for number in range(struct.unpack_from(f"{order}H", tiff, start)[0]):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if (tag, kind) == (ORIENTATION, 3) and 1 <= value <= 8:
                return int(value)
    except struct.error:
        return 0
    return 0


def _exif(turn: int) -> bytes:
    """Return an EXIF segment that says nothing but which way is up."""
    body = EXIF + b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, turn, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: bytes) -> Iterator[bytes]:
    """Yield the chunks of a PNG that make the picture, up to its end."""
    yield data[:8]
    at, name = 8, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise NotAPictureError
        if at == len(PNG):
            if name != b"IHDR":
                raise NotAPictureError
            _require_size(*struct.unpack_from(">II", data, at + 8))
        if name in PNG_PARTS:
            yield data[at:end]
        at = end


def _webp(data: bytes) -> bytes:
    """Return a WebP without its EXIF and XMP chunks."""
    kept = [b"WEBP"]
    at, whole = 12, min(len(data), struct.unpack_from("<I", data, 4)[0] + 8)
    while at + 8 <= whole:
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + (length & 1)
        if at + 8 + length > whole:
            raise NotAPictureError
        chunk = data[at:end]
        if name in WEBP_SIZES:
            _require_size(*WEBP_SIZES[name](data[at + 8 : at + 18]))
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_FLAGS]) + chunk[9:]
        if name in WEBP_PARTS:
            kept.append(chunk)
        at = end
    body = b"".join(kept)
    if len(kept) == 1:
        raise NotAPictureError
    return RIFF + struct.pack("<I", len(body)) + body


def _canvas(head: bytes) -> tuple[int, int]:
    """Return the size in a VP8X chunk: three bytes each, one less."""
    return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1


def _lossless(head: bytes) -> tuple[int, int]:
    bits = int.from_bytes(head[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _lossy(head: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", head, 6)
    return width & 0x3FFF, height & 0x3FFF


WEBP_SIZES = {b"VP8X": _canvas, b"VP8L": _lossless, b"VP8 ": _lossy}


def _gif(data: bytes) -> Iterator[bytes]:
    """Yield the blocks of a GIF that make the picture, up to its end."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    _require_size(width, height, MOST_MOVING_PIXELS)
    at = 13 + _colours(flags)
    yield data[:at]
    shown = False
    while (kind := data[at]) != 0x3B:
        if kind == 0x2C:  # a frame
            width, height = struct.unpack_from("<HH", data, at + 5)
            _require_size(width, height, MOST_MOVING_PIXELS)
            body = at + 10 + _colours(data[at + 9]) + 1
            shown = True
        elif kind == 0x21:
            body = at + 2
        else:
            raise NotAPictureError
        end = _blocks_end(data, body)
        loops = data[at + 1] == 0xFF and data[at + 2 : at + 14] in GIF_LOOPS
        if kind == 0x2C or data[at + 1] == GIF_TIMING or loops:
            yield data[at:end]
        at = end
    if not shown:
        raise NotAPictureError
    yield b";"


def _colours(flags: int) -> int:
    """Return the length of the table of colours that a GIF's flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
