"""`shaozi learn`: weights from labelled texts, or put right by the corrections of the place's own people."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, FAILED, ConfigOption, app, config_from, store_at
from bot.cli.evaluate import DataOption, lines_of, texts_of
from bot.understanding import own_weights, understander_of

if TYPE_CHECKING:
    from bot.config import Config
    from nlp.learned import Learned
    from nlp.learning.adjusting import Correction
    from nlp.understand import Understander


MOST_FLIPS = 10


@app.command("learn")
def learn(
    data: DataOption = None,
    *,
    from_corrections: Annotated[bool, typer.Option("--from-corrections", help="只按库里的更正来改")] = False,
    lines: Annotated[list[Path] | None, typer.Option("--lines", help="另外要学的 JSONL")] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="写到哪个文件夹(默认是存储文件夹下的 weights)")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="看过变化,写吧")] = False,
    config: ConfigOption = None,
) -> int:
    """学权重:从带标签的语料,或从改类、“这不是诉求”这些更正;先看变化,加 --yes 才写。"""
    from nlp.learning.training import write

    settings = config_from(config)
    folder = to or own_weights(settings)
    mind = understander_of(settings, weights=folder)
    learned = _from_corrections(mind, settings) if from_corrections else _from_texts(data, lines or [])
    if learned is None:
        sys.stdout.write("没有更正\n")
        return FAILED
    _show(mind, learned)
    if not yes:
        sys.stdout.write("没有写;加 --yes 才写\n")
        return DONE
    write(learned, folder)
    sys.stdout.write(f"→ {folder}\n")
    return DONE


def _from_texts(data: Path | None, more: list[Path]) -> Learned:
    from data.domain.clock import SystemClock
    from nlp.learning.calibrating import calibration_of
    from nlp.learning.corpus import group_lines
    from nlp.learning.training import Learner

    lines = [*group_lines(), *(line for file in more for line in lines_of(file))]
    texts, learner = texts_of(data, lines), Learner()
    learned = learner.fit(texts)
    return learned._replace(calibration=calibration_of(texts, learner, f"{SystemClock().now():%Y-%m-%d}"))


def _from_corrections(mind: Understander, settings: Config) -> Learned | None:
    from nlp.learning.adjusting import adjusted

    corrections = _corrections(settings)
    return adjusted(mind, corrections).learned if corrections else None


def _corrections(settings: Config) -> list[Correction]:
    """Return what people put right; of several corrections of one text the last."""
    from nlp.learning.adjusting import Correction

    with store_at(settings.database.url) as store, store.read() as uow:
        last = {row.text: row.now for row in uow.corrections.all_of_them() if row.text.strip()}
    return [Correction(text, now) for text, now in last.items()]


def _show(before: Understander, learned: Learned) -> None:
    """Print how many labelled lines are understood rightly no more or only now, and those that flip."""
    from nlp.learning.adjusting import flips
    from nlp.learning.corpus import group_lines

    lines = group_lines()
    found = flips(before, before.with_learned(learned), lines)
    lost = sum(flip.before == flip.truth for flip in found)
    won = sum(flip.after == flip.truth for flip in found)
    sys.stdout.write(f"{len(lines)} 句里变了 {len(found)} 句:变对 {won},变错 {lost}\n")
    for flip in found[:MOST_FLIPS]:
        sys.stdout.write(f"  {flip.text}\n    {flip.before} → {flip.after} (应为 {flip.truth})\n")
