"""Probabilities: read from knots, in life's proportions; a bad table is refused with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp import calibration
from nlp.calibration import Curve
from nlp.weights import WeightsError

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.understand import Understander

GOOD = "date: d\ndata: x\nmethod: y\nappeal: {-1: 0.1, 1: 0.9}\nemergency: {0: 0.01, 5: 0.5}\n"


def test_between_two_knots_the_log_odds_lie_on_a_line() -> None:
    curve = Curve.of([(-1, 0.1), (1, 0.9)])
    assert curve.probability(0) == pytest.approx(0.5)
    assert curve.probability(-99) == pytest.approx(0.1)
    assert curve.probability(99) == pytest.approx(0.9)


def test_a_table_is_read_as_it_was_written() -> None:
    read = calibration.parse(GOOD)
    again = calibration.parse(calibration.render(read))
    assert again.notes == read.notes == {"date": "d", "data": "x", "method": "y"}
    assert again.appeal.scores == read.appeal.scores
    assert again.appeal.odds == pytest.approx(read.appeal.odds, abs=0.01)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("date: [", 1),
        ("- 1", 1),
        (GOOD.replace("date: d\n", ""), 1),
        (GOOD.replace("0.9", "1.9"), 4),
        (GOOD.replace("0: 0.01", "9: 0.01"), 5),
        (GOOD.replace("0.9", "viel"), 4),
        (GOOD.replace("{-1: 0.1, 1: 0.9}", "[]"), 4),
    ],
)
def test_a_bad_table_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(WeightsError, match=f"calibration.yaml:{line}:"):
        calibration.parse(text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "calibration.yaml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(WeightsError, match=r"calibration\.yaml:1:"):
        calibration.read(file)


def test_what_comes_with_the_project_says_when_on_what_and_how() -> None:
    assert all(calibration.shipped().notes.values())


def test_a_plain_appeal_is_likelier_than_chat(understander: Understander) -> None:
    appeal = understander.understand("3栋2单元电梯又坏了,老人上不去,没人来修")
    chat = understander.understand("今晚吃火锅去")
    assert appeal.probability > 0.5
    assert chat.probability < 0.01
    fire = understander.understand("着火了着火了,3栋2楼冒浓烟,快来人")
    assert fire.emergency_probability > 0.5
    assert appeal.emergency_probability < 0.5
    assert {"probability", "emergency_probability", "shape", "necessary"} <= fire.as_json().keys()
