"""A command said about one case without its number, as a page or a program says it: in full, or refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from data.domain.case import Case, Grade, Place, Source, State, Urgency
from handlers.hearing.about_case import in_full
from handlers.hearing.verbs import Verb
from tests.data.domain.raised import raised

CASE = Case(
    1, 1, 7, 1, None, State.REPORTED, "城乡建设/电梯", Grade.MINOR, Urgency.NORMAL, Source.APPEAL, Place(),
    datetime(2026, 3, 2, tzinfo=UTC), "电梯坏了",
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "whole", "verb"),
    [
        ("受理", "受理 百安坝#7", Verb.ACCEPT),
        (" /受理 ", "受理 百安坝#7", Verb.ACCEPT),
        ("／受理:", "受理 百安坝#7", Verb.ACCEPT),
        ("派单 物业", "派单 百安坝#7 物业", Verb.ASSIGN),
        ("派单:物业,尽快", "派单 百安坝#7 物业,尽快", Verb.ASSIGN),
        ("派单 7 物业", "派单 百安坝#7 物业", Verb.ASSIGN),
        ("派单 #7,物业", "派单 百安坝#7 物业", Verb.ASSIGN),
        ("办结 3月5日修好了", "办结 百安坝#7 3月5日修好了", Verb.RESOLVE),
        ("办结 500元修好", "办结 百安坝#7 500元修好", Verb.RESOLVE),
        ("办结 2个灯泡都换了", "办结 百安坝#7 2个灯泡都换了", Verb.RESOLVE),
        ("并案 1", "并案 百安坝#7 1", Verb.MERGE),
        ("并案 #1", "并案 百安坝#7 #1", Verb.MERGE),
        ("挂账 至 3月20日 等配件", "挂账 百安坝#7 至 3月20日 等配件", Verb.DEFER),
        ("督办 3月4日", "督办 百安坝#7 3月4日", Verb.SUPERVISE),
        ("进度", "进度 百安坝#7", Verb.PROGRESS),
        ("不受理 归市政", "不受理 百安坝#7 归市政", Verb.REJECT),
    ],
)
def test_in_full(said: str, whole: str, verb: Verb) -> None:
    found = in_full(said, CASE, "百安坝")
    assert (found.text, found.form.verb) == (whole, verb)


@pytest.mark.parametrize(
    ("said", "key", "values"),
    [
        ("电梯" * 20, "no_command", {"said": "电梯" * 10}),
        ("", "no_command", {"said": ""}),
        ("待办", "other_thing", {"verb": "待办"}),
        ("议事 周六晚上7点半", "other_thing", {"verb": "议事"}),
        ("受理 8", "other_case", {"number": 7}),
        ("受理 #8 #7", "other_case", {"number": 7}),
        ("派单 8 物业", "other_case", {"number": 7}),
        ("受理 7 8", "other_case", {"number": 7}),
    ],
)
def test_what_is_none_or_about_something_else(said: str, key: str, values: dict[str, object]) -> None:
    assert raised(lambda: in_full(said, CASE, "百安坝")) == (f"about_case.{key}", values)
