"""`shaozi evaluate`: how well texts are understood, counted on those that nothing was learned from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from
from bot.cli.csv_tables import rows_of
from bot.cli.talk import of_rooms, of_talk
from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.domain.hearing import Hearing
    from nlp.learning.corpus import CorpusLine
    from nlp.learning.measuring import Counts, Measures
    from nlp.learning.training import TrainingTexts

DataOption = Annotated[
    Path | None, typer.Option("--data", help="语料文件夹(表格的名字见 docs/understanding.md)")
]


@app.command("evaluate")
def evaluate(
    table: Annotated[Path | None, typer.Argument(help="一个带标签的 CSV")] = None,
    *,
    text: Annotated[str, typer.Option("--text", help="CSV 里话在哪一列")] = "text",
    label: Annotated[str, typer.Option("--label", help="标签在哪一列:一级类、类别、种类或缓急")] = "label",
    data: DataOption = None,
    lines: Annotated[list[Path] | None, typer.Option("--lines", help="只量这些 JSONL,不交叉验证")] = None,
    folds: Annotated[int, typer.Option("--folds", min=2, max=20, help="分几份交叉验证")] = 5,
    leave_source_out: Annotated[
        bool, typer.Option("--leave-source-out", help="每个来源整个留出来,不学它再量它")
    ] = False,
    confusion: Annotated[int, typer.Option("--confusion", min=0, help="列出最常混淆的多少对")] = 20,
    talk: Annotated[Path | None, typer.Option("--talk", help="一段聊天记录:整个哨子每千句会说几条")] = None,
    roster: Annotated[Path | None, typer.Option("--roster", help="--talk 用的花名册")] = None,
    rooms: Annotated[bool, typer.Option("--rooms", help="各群拿不准的话问了多少、是的多少")] = False,
    config: ConfigOption = None,
) -> int:
    """量一量听得准不准:一个带标签的 CSV;--data 整个文件夹交叉验证;--lines 几个 JSONL;--talk 一段聊天。"""
    from nlp.learning import measuring
    from nlp.understand import Understander

    if talk is not None:
        return of_talk(config_from(config), talk, roster)
    if rooms:
        return of_rooms(config_from(config))
    if table is not None:
        _of_table(table, text, label, confusion)
        return DONE
    if lines:
        figures = measuring.of_lines(Understander(), [line for file in lines for line in lines_of(file)])
    else:
        bounds = config_from(config).hearing.thresholds()
        figures = _cross_validated(data, folds, bounds, leave_source_out=leave_source_out)
    for what, figure in rows(figures):
        sys.stdout.write(f"{what:<44} {figure}\n")
    for title, counts in (("classes", figures.whole), ("categories", figures.categories)):
        for true, said, count in measuring.confused(counts, confusion):
            sys.stdout.write(f"{title}: {true} → {said} {count}\n")
    return DONE


def _of_table(table: Path, text: str, label: str, most: int) -> None:
    """Print macro- and micro-F1 of a labelled CSV, F1 by label, and what is taken for what."""
    from nlp.learning import measuring
    from nlp.understand import Understander

    rows = [(row[text] or "", (row[label] or "").strip()) for _, row in rows_of(table, (text, label))]
    if not rows:
        raise InputError(str(table), "-", "input.empty")
    counts = measuring.of_labels(Understander(), rows)
    sys.stdout.write(f"texts     {counts.total()}\n")
    sys.stdout.write(f"macro-F1  {measuring.macro_f1(counts):.3f}\n")
    sys.stdout.write(f"micro-F1  {measuring.accuracy(counts):.3f}\n")
    for name in sorted({true for true, _ in counts}):
        sys.stdout.write(f"  {name}: F1 {measuring.f1(counts, name):.3f}, {_both(counts, name)}\n")
    for true, said, count in measuring.confused(counts, most):
        sys.stdout.write(f"confusion: {true} → {said} {count}\n")


def lines_of(file: Path) -> list[CorpusLine]:
    """Return the labelled lines in a JSONL file."""
    from nlp.learning.corpus import lines_in

    try:
        return lines_in(file.read_text(encoding="utf-8"), file.name)
    except FileNotFoundError:
        raise InputError(str(file), "-", "input.absent") from None
    except UnicodeDecodeError:
        raise InputError(str(file), "-", "input.not_utf8") from None
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(str(file), "-", "input.json", what=error) from None


def rows(figures: Measures) -> Iterator[tuple[str, str]]:
    """Yield what was measured and the figure, as far as there was something to measure."""
    from nlp.learning import measuring

    if figures.whole:
        yield "first-level class, whole petition, macro-F1", f"{measuring.macro_f1(figures.whole):.3f}"
        yield "first-level class, first 30 characters", f"{measuring.macro_f1(figures.opening):.3f}"
        yield "appeals recalled, first sentences", _recall(figures.sentences, "appeal")
    if figures.everyday:
        yield "false alarms on everyday chat", f"{measuring.said_share(figures.everyday, 'appeal'):.2%}"
    for kind in sorted({true for true, _ in figures.kinds}):
        yield f"lines, {kind}: recall, precision", _both(figures.kinds, kind)
    for urgency in ("emergency", "urgent"):
        if figures.urgency:
            yield f"lines, {urgency}: recall, precision", _both(figures.urgency, urgency)
    if figures.disputes:
        yield "lines, dispute: recall, precision", _both(figures.disputes, "True")
    if figures.categories:
        firsts = measuring.first_level(figures.categories)
        yield "lines, category right", _accuracy(figures.categories)
        yield "lines, first level right", _accuracy(firsts)
    yield from _of_real(figures)


def _of_real(figures: Measures) -> Iterator[tuple[str, str]]:
    """Yield for each source of real lines how many are announced, asked about, taken for emergencies."""
    for source in sorted({name for name, _ in figures.real}):
        done = {outcome: n for (name, outcome), n in figures.real.items() if name == source}
        whole = sum(done.values())
        alarms = figures.real_alarms[source, "emergency"]
        sure, doubtful = (done.get(outcome, 0) / whole for outcome in ("sure", "doubtful"))
        yield f"real, {source}: sure, doubtful", f"{sure:.2%} {doubtful:.2%} (of {whole})"
        yield f"real, {source}: emergencies", f"{alarms / whole:.2%}"
    if figures.real_categories:
        yield "real, category right", _accuracy(figures.real_categories)


def _cross_validated(data: Path | None, folds: int, hearing: Hearing, *, leave_source_out: bool) -> Measures:
    from nlp.learning.corpus import group_lines
    from nlp.learning.measuring import Bounds, cross_validated
    from nlp.learning.training import Learner

    texts = texts_of(data, group_lines())

    def told(fold: int) -> None:
        sys.stderr.write(f"{fold + 1}/{folds}\n")

    bounds = Bounds(hearing.sure, hearing.doubtful)
    return cross_validated(texts, Learner(), bounds, folds, told, leave_source_out=leave_source_out)


def texts_of(data: Path | None, lines: list[CorpusLine]) -> TrainingTexts:
    """Return what is to be learned from: a data folder's texts and lines of group talk."""
    from nlp.learning.training import TrainingTexts

    if data is None:
        raise InputError("--data", "-", "cli.no_data")
    try:
        return TrainingTexts.of(data, lines)
    except FileNotFoundError as error:
        raise InputError(str(error.filename), "-", "input.absent") from None


def _recall(counts: Counts, label: str) -> str:
    from nlp.learning import measuring

    return f"{measuring.recall(counts, label):.3f}"


def _both(counts: Counts, label: str) -> str:
    from nlp.learning import measuring

    number = sum(n for (true, _), n in counts.items() if true == label)
    return f"{measuring.recall(counts, label):.3f} {measuring.precision(counts, label):.3f} (of {number})"


def _accuracy(counts: Counts) -> str:
    from nlp.learning import measuring

    return f"{measuring.accuracy(counts):.3f} (of {counts.total()})"
