"""`shaozi understand`: what the bot makes of a text, and why."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from
from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from data.domain.policy import Policy
    from nlp.understanding import Understanding


@app.command("understand")
def understand(
    texts: Annotated[list[str] | None, typer.Argument(help="要看的话")] = None,
    *,
    file: Annotated[str | None, typer.Option("--file", help="每行一句;- 是标准输入")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="每句一行 JSON")] = False,
    config: ConfigOption = None,
) -> int:
    """看哨子怎么听一句话:是不是诉求、哪一类、多急、在哪里,凭什么。"""
    from bot.bootstrap import policy_of
    from bot.understanding import understander_of
    from data.holidays import ChineseHolidays

    settings = config_from(config)
    lines: Iterable[str] = texts or ()
    if file is not None:
        lines = _lines_of(file)
    elif not texts:
        raise InputError("understand", "-", "cli.no_text")
    mind, policy = understander_of(settings), policy_of(settings, ChineseHolidays())
    for line in lines:
        found = mind.understand(line)
        shown = _as_json(found, policy) if as_json else _in_words(found)
        sys.stdout.write(shown + "\n")
    return DONE


def _as_json(found: Understanding, policy: Policy) -> str:
    """Return an understanding with the grade that the bot would propose for it."""
    from handlers.cases.grading import propose

    grade = propose(policy, found).grade.value if found.is_appeal else None
    return json.dumps(found.as_json() | {"grade": grade}, ensure_ascii=False)


def _lines_of(file: str) -> Iterator[str]:
    if file == "-":
        stream = sys.stdin.buffer
    elif Path(file).exists():
        stream = Path(file).open("rb")  # noqa: SIM115  closed below
    else:
        raise InputError(file, "-", "input.absent")
    with stream:
        for number, raw in enumerate(stream, start=1):
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                raise InputError(file, f"第 {number} 行", "input.not_utf8") from None
            yield line.rstrip("\r\n")


def _in_words(found: Understanding) -> str:
    from data.domain.case import Place
    from handlers.saying.showing import place_name

    place = place_name(Place(*found.place), public=False)
    parts = [found.kind.value, found.category or "-", found.urgency.value, place or "-"]
    why = ", ".join(str(e) for e in found.evidence)
    return f"{found.text}\n  {' · '.join(parts)} ({found.score:+.1f})\n  {why or '-'}"
