"""The two forms an answer has: JSON, and the same as XML (GeoReport v2: UTF-8, text/xml)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

JSON, XML = "json", "xml"
_ITEM = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}


def list_of(
    form: str, root: str, item: str, rows: Sequence[Mapping[str, Any]], *, status: int = 200
) -> web.Response:
    """Return a list: an array in JSON, `root` with an `item` each in XML."""
    if form == JSON:
        return _answer(form, json.dumps(list(rows), ensure_ascii=False), status)
    tree = ET.Element(root)
    for row in rows:
        _fill(ET.SubElement(tree, item), row)
    return _answer(form, _written(tree), status)


def one_of(form: str, root: str, row: Mapping[str, Any]) -> web.Response:
    """Return one thing: an object in JSON, `root` in XML."""
    if form == JSON:
        return _answer(form, json.dumps(row, ensure_ascii=False), 200)
    tree = ET.Element(root)
    _fill(tree, row)
    return _answer(form, _written(tree), 200)


def _fill(element: ET.Element, row: Mapping[str, Any]) -> None:
    for name, value in row.items():
        child = ET.SubElement(element, name)
        if isinstance(value, (list, tuple)):
            for one in value:
                inner = ET.SubElement(child, _ITEM.get(name, "item"))
                if isinstance(one, dict):
                    _fill(inner, one)
                else:
                    inner.text = str(one)
        elif isinstance(value, bool):
            child.text = str(value).lower()
        elif value is not None:
            child.text = str(value)


def _written(tree: ET.Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(tree, encoding="unicode")


def _answer(form: str, text: str, status: int) -> web.Response:
    kind = "application/json" if form == JSON else "text/xml"
    return web.Response(text=text, status=status, content_type=kind, charset="utf-8")
