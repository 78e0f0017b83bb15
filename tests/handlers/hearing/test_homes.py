"""Where somebody belongs, who goes by a name there, and how they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.domain.errors import UserError
from handlers.context import Context
from handlers.hearing.homes import home_area, resident_named, shown_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.town import Town


@pytest.fixture
def ctx(town: Town) -> Iterator[Context]:
    """Two by one name in two grids, one who goes by another name now, one of the other community."""
    town.says("grid1", "zhou2", "大家好", name="老周")
    town.says("grid2", "zhou3", "大家好", name="老周")
    town.says("grid1", "liu", "大家好", name="刘婶")
    town.says("grid2", "liu", "大家好", name="刘大姐")
    town.says("grid9", "yi", "大家好", name="老易")
    town.says("grid2", "wang", "大家好")
    town.says(None, "alone", "你好", name="独行")
    with town.store.read() as uow:
        yield Context(town.house, uow, town.clock.now())


def person(ctx: Context, account: str) -> int:
    found = ctx.uow.people.speaker("web", account)
    assert found is not None
    return found[1].id


@pytest.mark.parametrize(
    ("account", "area"),
    [
        ("wang", "3栋"),  # the roster's household, wherever she speaks
        ("zhou2", "第一网格"),
        ("liu", "第二网格"),  # where she spoke last
        ("yi", "电报路网格"),
        ("alone", None),
    ],
)
def test_home(ctx: Context, account: str, area: str | None) -> None:
    found = home_area(ctx, person(ctx, account))
    assert (found and found.name) == area


@pytest.mark.parametrize(("account", "name"), [("liu", "刘大姐"), ("limin", "李敏"), ("zhou3", "老周")])
def test_who_is_on_the_roster_has_its_name_and_others_what_the_channel_shows(
    ctx: Context, account: str, name: str
) -> None:
    assert shown_name(ctx, person(ctx, account)) == name


@pytest.mark.parametrize(
    ("said", "account"),
    [
        ("刘大姐", "liu"),
        ("@刘大姐", "liu"),
        ("liu", "liu"),
        ("zhou3", "zhou3"),
        ("王姐", "wang"),
        ("李敏", "limin"),
    ],
)
def test_a_name_in_a_community(ctx: Context, said: str, account: str) -> None:
    community = ctx.uow.areas.communities()[0]
    assert resident_named(ctx, community, said).id == person(ctx, account)


@pytest.mark.parametrize(
    ("said", "key", "values"),
    [
        ("老易", "person.unknown", {"said": "老易"}),  # of the other community
        ("独行", "person.unknown", {"said": "独行"}),  # nobody knows where
        ("刘婶", "person.unknown", {"said": "刘婶"}),  # as she was called before
        (
            "老周",
            "person.which",
            {"said": "老周", "names": "zhou2(第一网格)、zhou3(第二网格)", "first": "zhou2"},
        ),
    ],
)
def test_a_name_of_nobody_or_of_several(ctx: Context, said: str, key: str, values: dict[str, str]) -> None:
    with pytest.raises(UserError) as error:
        resident_named(ctx, ctx.uow.areas.communities()[0], said)
    assert (error.value.key, error.value.values) == (key, values)
