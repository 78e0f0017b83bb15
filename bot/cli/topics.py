"""`shaozi topics`: a stream of posts as matters, the hottest first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, store_at, xlsx_named
from bot.cli.csv_tables import rows_of
from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.config import Config
    from nlp.topics import Post, Topic

FORMULA = ("=", "+", "-", "@")  # a cell that begins so would be taken for a formula
HEAD = ("热度", "人数", "条数", "点赞", "起", "止", "地点", "事项")
WIDE = 60


@app.command("topics")
def topics(
    file: Annotated[Path | None, typer.Argument(help="CSV 文件")] = None,
    *,
    store: Annotated[bool, typer.Option("--store", help="看自己库里的诉求和附议")] = False,
    text: Annotated[str, typer.Option("--text", help="正文在哪一列")] = "text",
    title: Annotated[str | None, typer.Option("--title", help="标题在哪一列")] = None,
    time: Annotated[str | None, typer.Option("--time", help="时间在哪一列")] = None,
    likes: Annotated[str | None, typer.Option("--likes", help="点赞数在哪一列")] = None,
    author: Annotated[str | None, typer.Option("--author", help="谁说的在哪一列(只用来数人)")] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=1000, help="列出多少件")] = 10,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="也写到这个表格")] = None,
    config: ConfigOption = None,
) -> int:
    """把一串诉求归成一件件事,按热度排:多少人、多久、多近;只数人,不列名字。"""
    from nlp.segment import Segmenter
    from nlp.topics import topics as found_in

    settings = config_from(config)
    if store:
        posts = list(_of_store(settings))
    elif file is not None:
        columns = {"text": text, "title": title, "time": time, "likes": likes, "author": author}
        posts = list(_of_csv(file, {name: column for name, column in columns.items() if column}))
    else:
        raise InputError("topics", "-", "cli.no_text")
    found = found_in(posts, Segmenter(settings.storage.folder / "cache").cut, top)
    rows = [_row(topic) for topic in found]
    for row in (HEAD, *rows):
        sys.stdout.write("\t".join(map(str, row)) + "\n")
    if xlsx is not None:
        _write(rows, xlsx_named(xlsx))
    return DONE


def _of_csv(file: Path, columns: dict[str, str]) -> Iterator[Post]:
    from nlp.topics import Post

    for number, row in rows_of(file, columns.values()):
        said = {name: (row[column] or "").strip() for name, column in columns.items()}
        yield Post(
            said["text"],
            said.get("author") or f"#{number}",  # nobody named: everybody another
            _time(file, number, said.get("time", "")),
            said.get("title", ""),
            _number(file, number, said.get("likes", "")),
        )


def _time(file: Path, line: int, said: str) -> datetime | None:
    from dateutil.parser import ParserError, parse

    if not said:
        return None
    try:
        return parse(said).replace(tzinfo=None)
    except (ParserError, OverflowError):
        raise InputError(
            str(file), str(line), "input.field", field=said, problem="不是时间", expected="2026-03-02 08:00"
        ) from None


def _number(file: Path, line: int, said: str) -> int:
    if not said:
        return 0
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        raise InputError(str(file), str(line), "input.field", field=said, problem="不是数", expected="12")
    return int(said)


def _of_store(settings: Config) -> Iterator[Post]:
    """Yield what people appealed for, and once more for everybody who seconded it."""
    from nlp.topics import Post

    with store_at(settings.database.url) as store, store.read() as uow:
        for case in uow.cases.everything():
            for appeal in uow.appeals.of_case(case.id):
                at = appeal.said_at.astimezone(settings.bot.zone).replace(tzinfo=None)
                yield Post(appeal.words, str(appeal.person_id), at)
            for second in uow.appeals.seconded_by(case.id):
                at = second.at.astimezone(settings.bot.zone).replace(tzinfo=None)
                yield Post(case.summary, str(second.person_id), at)


def _row(topic: Topic) -> list[object]:
    from handlers.texts.masking import mask

    days = [f"{at:%Y-%m-%d}" if at else "-" for at in (topic.first, topic.last)]
    title = mask(" ".join(topic.title.split()))[:WIDE]
    return [
        round(topic.heat, 1),
        topic.people,
        len(topic.posts),
        topic.likes,
        *days,
        topic.place or "-",
        title,
    ]


def _write(rows: list[list[object]], to: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("热点")
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["H"].width = WIDE
    sheet.append(list(HEAD))
    for row in rows:
        sheet.append(
            [f"'{v}" if isinstance(v, str) and v.startswith(FORMULA) and v != "-" else v for v in row]
        )
    book.save(to)
