"""我的数据, 删除我的数据: people see what is kept of them, and have it deleted (PIPL, articles 45 and 47)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.saying.say import answer, say_goodbye

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


def show(heard: Heard, _command: Command) -> None:
    """Say what is kept of the one who asks."""
    kept: dict[str, Any] = dict(heard.uow.personal.kept(heard.person.id))
    accounts = "、".join(f"{a.channel}:{a.name}" for a in heard.uow.people.accounts(heard.person.id))
    answer(heard, "my_data.kept", accounts=accounts, **kept)


def delete(heard: Heard, _command: Command) -> None:
    """Delete it: words, names, accounts. Cases go on without the person; duties are the roster's to end."""
    theirs = heard.uow.people.accounts(heard.person.id)
    on_duty = heard.has_duty
    heard.keep_text = False
    for account in theirs:
        heard.house.conversations.forget_account(account.id, heard.uow)
    heard.uow.inbox.write()
    heard.uow.doubts.forget(heard.person.id, heard.house.texts("doubt.gone"))
    heard.uow.personal.forget(heard.person.id, theirs, keep_account=on_duty)
    say_goodbye(heard, "my_data.deleted_on_duty" if on_duty else "my_data.deleted")
