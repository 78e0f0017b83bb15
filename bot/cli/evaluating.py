"""`shaozi evaluate`: how well texts are understood, counted on those that nothing was learned from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, app
from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.corpus import Line
    from nlp.measure import Counts, Figures
    from nlp.training import Texts

DataOption = Annotated[Path, typer.Option("--data", help="语料文件夹(表格的名字见 docs/understanding.md)")]
DATA = Path("../shared/data")


@app.command("evaluate")
def evaluate(
    data: DataOption = DATA,
    *,
    lines: Annotated[list[Path] | None, typer.Option("--lines", help="只量这些 JSONL,不交叉验证")] = None,
    folds: Annotated[int, typer.Option("--folds", min=2, max=20, help="分几份交叉验证")] = 5,
    confusion: Annotated[int, typer.Option("--confusion", min=0, help="列出最常混淆的多少对")] = 20,
) -> int:
    """量一量听得准不准:宏平均 F1、误报、召回、紧急、类别混淆。"""
    from nlp import measure
    from nlp.understand import Understander

    if lines:
        figures = measure.of_lines(Understander(), [line for file in lines for line in lines_of(file)])
    else:
        figures = _cross_validated(data, folds)
    for what, figure in rows(figures):
        sys.stdout.write(f"{what:<44} {figure}\n")
    for title, counts in (("classes", figures.whole), ("categories", figures.categories)):
        for true, said, count in measure.confused(counts, confusion):
            sys.stdout.write(f"{title}: {true} → {said} {count}\n")
    return DONE


def lines_of(file: Path) -> list[Line]:
    """Return the labelled lines in a JSONL file."""
    from nlp.corpus import lines_in

    try:
        return lines_in(file.read_text(encoding="utf-8"), file.name)
    except FileNotFoundError:
        raise InputError(str(file), "-", "input.absent") from None
    except UnicodeDecodeError:
        raise InputError(str(file), "-", "input.not_utf8") from None
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(str(file), "-", "input.json", what=error) from None


def rows(figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield what was measured and the figure, as far as there was something to measure."""
    from nlp import measure

    if figures.whole:
        yield "first-level class, whole petition, macro-F1", f"{measure.macro_f1(figures.whole):.3f}"
        yield "first-level class, first 30 characters", f"{measure.macro_f1(figures.opening):.3f}"
        yield "appeals recalled, first sentences", _recall(figures.sentences, "appeal")
    if figures.everyday:
        yield "false alarms on everyday chat", f"{measure.said_share(figures.everyday, 'appeal'):.2%}"
    for kind in sorted({true for true, _ in figures.kinds}):
        yield f"lines, {kind}: recall, precision", _both(figures.kinds, kind)
    for urgency in ("emergency", "urgent"):
        if figures.urgency:
            yield f"lines, {urgency}: recall, precision", _both(figures.urgency, urgency)
    if figures.disputes:
        yield "lines, dispute: recall, precision", _both(figures.disputes, "True")
    if figures.categories:
        firsts = measure.first_level(figures.categories)
        yield "lines, category right", _accuracy(figures.categories)
        yield "lines, first level right", _accuracy(firsts)


def _cross_validated(data: Path, folds: int) -> Figures:
    from nlp.corpus import group_lines
    from nlp.measure import cross_validated
    from nlp.training import Learner

    texts = texts_of(data, group_lines())

    def told(fold: int) -> None:
        sys.stderr.write(f"{fold + 1}/{folds}\n")

    return cross_validated(texts, Learner(), folds, told)


def texts_of(data: Path, lines: list[Line]) -> Texts:
    """Return what is to be learned from: a data folder's texts and lines of group talk."""
    from nlp.training import Texts

    try:
        return Texts.of(data, lines)
    except FileNotFoundError as error:
        raise InputError(str(error.filename), "-", "input.absent") from None


def _recall(counts: Counts, label: str) -> str:
    from nlp import measure

    return f"{measure.recall(counts, label):.3f}"


def _both(counts: Counts, label: str) -> str:
    from nlp import measure

    number = sum(n for (true, _), n in counts.items() if true == label)
    return f"{measure.recall(counts, label):.3f} {measure.precision(counts, label):.3f} (of {number})"


def _accuracy(counts: Counts) -> str:
    from nlp import measure

    return f"{measure.accuracy(counts):.3f} (of {counts.total()})"
