"""Who cannot have seen what somebody else did this very second is told; who quotes has seen it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from data.domain.messages import Inbound
from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


@pytest.mark.parametrize(
    ("first", "who", "then", "after", "moved"),
    [
        ("受理 1", "zhao", "派单 1 物业", 0.5, False),
        ("受理 1", "zhao", "派单 1 物业", 1.5, True),
        ("受理 1", "limin", "派单 1 物业", 0.5, True),  # one's own step one has seen
        ("受理 1", "zhao", "办理 1 在看了", 0.5, True),  # tells only, decides nothing
        ("附议 1", "zhao", "派单 1 物业", 0.5, True),
    ],
)
def test_what_was_moved_this_very_second(
    town: Town, first: str, who: str, then: str, after: float, *, moved: bool
) -> None:
    town.report()
    town.says("staff", "limin", first)
    before = town.state(1)
    said = town.says("staff", who, then, after=after)
    assert (town.state(1) != before) is moved
    refusal = "#1 就在刚才李敏已受理,你的没有算"
    assert any(refusal in text for text in texts(said)) is not moved, texts(said)


def test_who_quotes_it_has_seen_it(town: Town) -> None:
    town.report()
    told = next(one for one in town.says("staff", "limin", "受理 1") if one.room == "staff")
    town.says("staff", "zhao", "派单 物业", quote=told.id, after=0.5)
    assert town.state(1) == "assigned"


def by_page(town: Town, who: str, text: str, version: int) -> list[str]:
    """Let somebody act on a page that showed them a version of the case."""
    inbound = Inbound("web", f"p{version}{text}", town.clock.now(), None, who, who, text)
    town.parts.intake.take([replace(inbound, seen=((1, version),))])
    town.passes(seconds=0)
    with town.store.read() as uow:
        return [row.text for row in uow.outbox.said_under(f"re:web:p{version}{text}:")]


def test_a_page_that_shows_what_is_past_says_who_did_what(town: Town) -> None:
    town.report()
    with town.store.read() as uow:
        version = uow.cases.get(1).version
    town.says("staff", "limin", "受理 1")
    (answer,) = by_page(town, "zhao", "派单 1 物业", version)
    assert "李敏" in answer
    assert "受理" in answer
    assert town.state(1) == "accepted"
    by_page(town, "zhao", "派单 1 物业", version + 1)
    assert town.state(1) == "assigned"
