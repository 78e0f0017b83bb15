"""docs/benchmarks.md, section by section: who measures one thing leaves the others as they are."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
MARK = "\n## "


def put(title: str, body: str, page: Path = PAGE) -> None:
    """Write a section in the place of the one of that title; a title of `""` is what comes before all."""
    first, *rest = page.read_text(encoding="utf-8").split(MARK) if page.exists() else [""]
    sections = {"": first} | {one.partition("\n")[0]: one.partition("\n")[2] for one in rest}
    sections[title] = body
    written = sections.pop("").rstrip("\n") + "\n"
    written += "".join(f"{MARK}{name}\n{text.rstrip(chr(10))}\n" for name, text in sections.items())
    page.write_text(written, encoding="utf-8")
