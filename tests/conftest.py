"""What all tests share: one understanding, one empty store to copy, a town to tell stories in."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from data.store import Store
from nlp.understand import Understander
from tests.town import ROSTER, Town

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from handlers.context import Reach


@pytest.fixture(scope="session")
def understander(tmp_path_factory: pytest.TempPathFactory) -> Understander:
    return Understander(cache_dir=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "empty.db"
    store = Store(f"sqlite:///{path}")
    store.upgrade()
    store.close()
    return path


@pytest.fixture
def store_url(empty_store: Path, tmp_path: Path) -> str:
    path = tmp_path / "shaozi.db"
    shutil.copy(empty_store, path)
    return f"sqlite:///{path}"


@pytest.fixture
def make_town(store_url: str, understander: Understander) -> Iterator[Callable[..., Town]]:
    towns: list[Town] = []

    def make(
        roster: str = ROSTER,
        at: str = "2026-03-02 08:00",
        config: str = "",
        *,
        url: str = "",
        reach: Reach | None = None,
    ) -> Town:
        town = Town(url or store_url, understander, roster, at, config=config, reach=reach)
        towns.append(town)
        return town

    yield make
    for town in towns:
        town.close()


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    return make_town()
