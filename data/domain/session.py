"""Sessions: browsers that are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

SIGNED_IN_FOR = timedelta(days=90)
SEEN_EVERY = timedelta(hours=1)  # how exactly it is kept when a browser was there last


@dataclass(frozen=True, slots=True)
class Session:
    """One browser, and whose it is: `account` is the account's id on its channel, `name` the person's."""

    id: int
    account_id: int
    account: str
    name: str
    device: str
    began_at: datetime
    seen_at: datetime
    expires_at: datetime
