"""Digests of a store from before there were any: many are put into SQLite's index of words at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

if TYPE_CHECKING:
    from tests.town import Town

FOUND = text("SELECT count(*) FROM case_words_index WHERE case_words_index MATCH :words")


def found(town: Town, words: str) -> int:
    with town.store.read() as uow:
        return int(uow.connection.execute(FOUND, {"words": f'"{" ".join(words)}"'}).scalar_one())


@pytest.mark.parametrize("many", [0, 1_000])
def test_what_is_missing_is_made_and_what_comes_later_is_found_too(town: Town, many: int) -> None:
    town.report()
    town.report("liu", "5栋门口垃圾没人清")
    with town.store.write() as uow:
        uow.connection.execute(text("DELETE FROM case_words"))
        uow.connection.execute(text("DELETE FROM case_times"))
        uow.commit()
    assert found(town, "电梯") == found(town, "垃圾") == 0
    with town.store.write() as uow:
        assert uow.digests.fill(many) == 2
        uow.commit()
    assert found(town, "电梯") == found(town, "垃圾") == 1
    town.report("zhou2", "8栋门口的下水道堵了,污水往外冒", room="grid2")
    assert found(town, "下水道") == 1
    assert found(town, "电梯") == 1
