"""QR codes: an address that is sent as a picture, drawn by whoever sends it."""

from __future__ import annotations

QR = "qr:"  # before an address that stands for a picture not drawn yet


def as_media(address: str) -> str:
    """Return an address as what is sent: whoever sends it draws its QR code."""
    return QR + address
