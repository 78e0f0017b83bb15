"""我的数据, 删除我的数据: people see what is kept of them, and have it deleted (PIPL, articles 45 and 47)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.announce import answer
from handlers.conversation import Spot

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.grammar import Command


def show(heard: Heard, _command: Command) -> None:
    """Say what is kept of the one who asks."""
    kept = heard.uow.personal.kept(heard.person.id)
    accounts = "、".join(f"{a.channel}:{a.name}" for a in heard.uow.people.accounts(heard.person.id))
    answer(heard, "my_data.kept", accounts=accounts, **kept)


def delete(heard: Heard, _command: Command) -> None:
    """Delete it: words, names, accounts. Cases go on without the person; duties are the roster's to end."""
    if heard.has_duty:
        answer(heard, "my_data.on_duty")
        return
    answer(heard, "my_data.deleted")
    heard.house.conversations.forget(Spot(None, heard.account.id), heard.uow)
    heard.uow.personal.forget(heard.person.id, keep_message=heard.inbound.message_id)
