"""What was acknowledged at the pages, compared with what the store has."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.store import Store

if TYPE_CHECKING:
    from tests.integration.pages import Seen


NUMBER = re.compile(r"(\d+)栋门口垃圾没人清")


async def everything_said(url: str) -> None:
    """Wait until a bot has nothing left to say."""
    with closing(Store(url)) as store:
        while True:
            with store.read() as uow:
                if not uow.outbox.count_state("queued") + uow.outbox.count_state("sending"):
                    return
            await asyncio.sleep(0.2)


@dataclass
class Account:
    """What the store says of what was acknowledged."""

    lost: list[str]
    doubled: list[str]
    unsaid: int  # rows that still wait
    appeals: int


def settle_accounts(url: str, seen: Seen) -> Account:
    """Compare what was acknowledged at the pages with what the store has, and with what the pages showed."""
    store = Store(url)
    with store.read() as uow:
        rows = uow.inbox.rows()
        stored = Counter(row.message_id for row in rows)
        appeals = {row.message_id for row in rows if row.route == "appeal"}
        words = Counter(
            NUMBER.match(appeal.words)[1]  # type: ignore[index]  # ours all match
            for case in uow.cases.everything()
            for appeal in uow.appeals.of_case(case.id)
            if NUMBER.match(appeal.words)
        )
        unsaid = uow.outbox.count_state("queued") + uow.outbox.count_state("sending")
        said = Counter(
            (row.lane, row.text) for row in uow.outbox.of_state("sent") if row.purpose is None and row.room
        )
    store.close()
    lost = [one for one in seen.acknowledged if one not in stored]
    lost += [
        text
        for one, text in seen.acknowledged.items()
        if (found := NUMBER.match(text)) and one in appeals and not words[found[1]]
    ]
    doubled = [one for one, count in stored.items() if count > 1]
    doubled += [number for number, count in words.items() if count > 1]
    doubled += [one for shown in seen.shown.values() for one, count in shown.items() if count > 1]
    doubled += [text for (_, text), count in said.items() if count > 1 and "记为" in text]
    return Account(lost, doubled, unsaid, len(appeals))
