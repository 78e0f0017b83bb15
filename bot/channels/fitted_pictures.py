"""Pictures made to fit: a network takes some kinds only, and not too many bytes."""

from __future__ import annotations

import io

from bot.channels.pictures import PNG

JPEG = b"\xff\xd8\xff"
QUALITIES = (85, 70, 55)
SMALLEST = 64  # of a side


class CannotFitError(Exception):
    """A picture that cannot be made small enough, or opened."""


def fitted(data: bytes, most: int) -> bytes:
    """Return a picture as JPEG or PNG of at most so many bytes: itself if it is, else drawn anew."""
    if len(data) <= most and data.startswith((JPEG, PNG)):
        return data
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  few pictures need it

    try:
        with Image.open(io.BytesIO(data)) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise CannotFitError from None
    while min(picture.size) >= SMALLEST or len(data) <= most:
        for quality in QUALITIES:
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=quality)
            if out.tell() <= most:
                return out.getvalue()
        picture = picture.resize((max(1, picture.width * 2 // 3), max(1, picture.height * 2 // 3)))
    raise CannotFitError
