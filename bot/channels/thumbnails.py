"""Thumbnails: a small copy of a picture, for lists and slow telephones."""

from __future__ import annotations

import io
from secrets import token_hex
from typing import TYPE_CHECKING

from bot.channels.pictures import MOST_PIXELS

if TYPE_CHECKING:
    from pathlib import Path

SIDE = 480  # pixels at most
ENDING = ".small.webp"


def thumbnail(file: Path) -> Path | None:
    """Return the small copy of a picture's file, made when it is first asked for; None if it cannot be."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  few processes draw

    small = file.with_name(file.stem + ENDING)
    if small.exists():
        return small
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    drawn = io.BytesIO()
    try:
        with Image.open(file) as picture:
            picture.draft("RGB", (SIDE * 2, SIDE * 2))  # a JPEG is read in a fraction of its size
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((SIDE, SIDE))
            upright.convert("RGBA" if "A" in upright.getbands() else "RGB").save(drawn, "WEBP", quality=78)
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError, MemoryError):
        return None
    half = small.with_suffix(f".{token_hex(4)}.part")  # several may ask for it at the same moment
    half.write_bytes(drawn.getvalue())
    half.replace(small)
    return small
