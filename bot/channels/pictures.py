"""Pictures: recognised by their first bytes, and freed of where and with what they were taken.

A phone writes the place into every photograph. JPEG, PNG and WebP are copied without such parts (EXIF apart
from which way is up, XMP, IPTC, comments, whatever follows the picture); nothing is decoded.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 8 * 2**20
PNG, RIFF, EXIF = b"\x89PNG\r\n\x1a\n", b"RIFF", b"Exif\x00\x00"
PNG_TALK = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
WEBP_TALK = frozenset({b"EXIF", b"XMP "})
WEBP_FLAGS = 0x08 | 0x04  # EXIF, XMP
ORIENTATION = 0x0112
BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})  # without a length: TEM, RST0 to RST7
KEPT_APPS = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}


class NotAPictureError(Exception):
    """The bytes are no picture that pages show."""


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
    except (struct.error, IndexError):
        raise NotAPictureError from None
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) > 13:
        return Picture("gif", data)
    raise NotAPictureError


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
        if name not in PNG_TALK:
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
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_FLAGS]) + chunk[9:]
        if name not in WEBP_TALK:
            kept.append(chunk)
        at = end
    body = b"".join(kept)
    if len(kept) == 1:
        raise NotAPictureError
    return RIFF + struct.pack("<I", len(body)) + body
