"""Events of cases: one for each step somebody asked for, in the step's own transaction, without words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from data.domain.webhook import EventType
from tests.town import ROSTER, Town, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.domain.webhook import Webhook

OPERATOR = (
    "\n  - {name: 管理, accounts: [{channel: web, id: admin}], duties: [{role: operator, area: '1'}]}\n"
)


def hook(town: Town, *events: str, area: str | None = None, url: str = "http://127.0.0.1:9/x") -> Webhook:
    """Add a webhook; it may not reach its address, so that nothing is sent."""
    with town.store.write() as uow:
        found = uow.areas.by_code(area) if area else None
        made = uow.webhooks.add_one(
            url,
            "whsec_AAAA",
            [EventType(event) for event in events] or list(EventType),
            area_id=found.id if found else None,
            allow_private=False,
            now=town.clock.now(),
        )
        uow.commit()
    return made


def told(town: Town, hook: Webhook) -> list[dict[str, Any]]:
    with town.store.read() as uow:
        return [json.loads(row.text) for row in uow.outbox.under([f"webhook:{hook.id}:"], 100)]


def test_every_step_is_an_event_without_words(make_town: Callable[..., Town]) -> None:
    town = make_town()
    all_of_them = hook(town)
    town.report("wang", "3栋2单元电梯坏了,我是501的,电话13812345678")
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    town.says("wuye", "chen", "办结 1 主板更换")
    found = told(town, all_of_them)
    assert [one["type"] for one in found] == ["case.opened", "case.assigned", "case.resolved", "case.updated"]
    first = found[0]
    assert first["timestamp"].endswith("Z")
    assert first["data"] | {"reported_at": "", "due_at": ""} == {
        "id": "1.1.1/1",
        "number": 1,
        "community": "1.1.1",
        "area": "g1",
        "building": "g1b3",
        "category": "城乡建设/电梯",
        "grade": "minor",
        "urgency": "normal",
        "source": "appeal",
        "state": "reported",
        "action": "report",
        "step": 1,
        "from": None,
        "reported_at": "",
        "due_at": "",
        "resolved_at": None,
    }
    assert (found[1]["data"]["from"], found[1]["data"]["state"]) == ("reported", "assigned")
    assert not any(word in str(found) for word in ("138", "501", "王姐", "主板"))


def test_only_what_was_asked_for_and_where(make_town: Callable[..., Town]) -> None:
    town = make_town()
    resolved, elsewhere = hook(town, "case.resolved"), hook(town, area="g2")
    town.report()
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 办结 1 好了")
    town.says("grid2", "zhou2", "8栋路灯不亮")
    assert [one["type"] for one in told(town, resolved)] == ["case.resolved"]
    assert [one["data"]["area"] for one in told(town, elsewhere)] == ["g2"]


def test_what_is_undone_and_what_fails_is_told_as_it_is(make_town: Callable[..., Town]) -> None:
    town = make_town()
    one = hook(town, "case.accepted", "case.undone")
    town.report()
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 撤销")
    town.says("grid1", "limin", "@哨子 销哨 1")  # refused: nothing happened
    assert [event["type"] for event in told(town, one)] == ["case.accepted", "case.undone"]


def test_dead_after_eight_tries_with_a_note_to_the_operator(make_town: Callable[..., Town]) -> None:
    town = make_town(ROSTER.replace("households:", f"{OPERATOR}households:"))
    one = hook(town, "case.opened")
    town.report()
    said = town.passes(hours=2)
    with town.store.read() as uow:
        row = uow.outbox.under([f"webhook:{one.id}:"], 10)[0]
    assert (row.state, row.attempts, row.error) == ("dead", 8, "private address")
    assert "webhook" in " ".join(texts(said, to="admin"))
    town.report("liu", "5栋路灯不亮")
    town.passes(hours=2)
    with town.store.read() as uow:  # the next one is tried all the same, and noted once a day
        assert [row.state for row in uow.outbox.under([f"webhook:{one.id}:"], 10)] == ["dead", "dead"]
    assert not texts(town.news(), to="admin")


def test_a_webhook_that_was_removed_is_told_nothing(make_town: Callable[..., Town]) -> None:
    town = make_town()
    one = hook(town)
    town.report()
    with town.store.write() as uow:
        assert uow.webhooks.end(one.id, town.clock.now(), "removed")
        uow.commit()
    town.says("grid1", "limin", "@哨子 受理 1")
    with town.store.read() as uow:
        assert [row.state for row in uow.outbox.under([f"webhook:{one.id}:"], 10)] == ["silenced"]
