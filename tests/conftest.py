"""What all tests share: one understanding, one empty store to copy, a town to tell stories in."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from data.store import Store
from nlp.understand import Understander
from tests.town import ROSTER, Town

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from handlers.context import Reach

settings.register_profile("house", deadline=None)  # a busy machine is no fault
settings.load_profile("house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, beside what `-m` leaves out, the tests of programs that this machine has not."""
    out = {
        item
        for item in items
        for mark in item.iter_markers("program")
        if any(shutil.which(name) is None for name in mark.args)
    }
    config.hook.pytest_deselected(items=list(out))
    items[:] = [item for item in items if item not in out]


class SettledStores:
    """Stores that know a roster already: importing one anew for each test is a fifth of the tests' time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[tuple[str, ...], Path] = {}

    def take(self, story: tuple[str, ...], url: str) -> bool:
        """Lay the store of a story where the test wants it; return False if there is none yet."""
        kept = self._kept.get(story)
        if kept is not None:
            shutil.copy(kept, url.removeprefix("sqlite:///"))
        return kept is not None

    def keep(self, story: tuple[str, ...], url: str) -> None:
        """Keep a copy of a store whose roster has just been imported."""
        path = self._folder / f"{os.getpid()}-{len(self._kept)}.db"  # a fork keeps what it needs, too
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as found:
            found.execute("VACUUM INTO ?", (str(path),))
        self._kept[story] = path


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


@pytest.fixture(scope="session")
def settled_stores(tmp_path_factory: pytest.TempPathFactory) -> SettledStores:
    return SettledStores(tmp_path_factory.mktemp("settled"))


@pytest.fixture
def make_town(
    store_url: str, understander: Understander, settled_stores: SettledStores
) -> Iterator[Callable[..., Town]]:
    towns: list[Town] = []

    def make(
        roster: str = ROSTER,
        at: str = "2026-03-02 08:00",
        config: str = "",
        *,
        url: str = "",
        reach: Reach | None = None,
    ) -> Town:
        story = (roster, at, config)
        fresh = not url and not towns
        settled = fresh and settled_stores.take(story, store_url)
        town = Town(url or store_url, understander, roster, at, config=config, reach=reach, settled=settled)
        if fresh and not settled:
            settled_stores.keep(story, store_url)
        towns.append(town)
        return town

    yield make
    for town in towns:
        town.close()


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    return make_town()
