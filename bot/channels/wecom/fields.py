"""The fields of a callback's XML, by a reader that takes no document types and no entities of its own."""

from __future__ import annotations

from xml.parsers.expat import ExpatError, ParserCreate

DEEPEST = 8


class XmlError(Exception):
    """It is no XML that WeCom sends."""


class _Reader:
    """Gathers what stands right below the root."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._path: list[str] = []

    def begins(self, name: str, _attributes: dict[str, str]) -> None:
        self._path.append(name)
        if len(self._path) > DEEPEST:
            raise XmlError("too deep")
        if len(self._path) == 2:
            self.found.setdefault(name, "")

    def ends(self, _name: str) -> None:
        self._path.pop()

    def says(self, text: str) -> None:
        if len(self._path) == 2:
            self.found[self._path[1]] += text

    def refuses(self, *_: object) -> None:
        raise XmlError("document type")


def fields_of(text: str) -> dict[str, str]:
    """Return the texts right below the root, by element; raise `XmlError` if it is no such XML."""
    parser, reader = ParserCreate(), _Reader()
    parser.StartElementHandler, parser.EndElementHandler = reader.begins, reader.ends
    parser.CharacterDataHandler = reader.says
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refuses
    try:
        parser.Parse(text, True)
    except ExpatError:
        raise XmlError("no XML") from None
    return reader.found
