"""What is said of a vote: in private only, never in a group, and its words are kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.errors import UserError
from handlers.saying.say import Saying, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.domain.about import About
    from data.domain.messages import Inbound
    from handlers.context import Heard


def in_secret(heard: Heard, do: Callable[[], None]) -> None:
    """Do what a line about a vote asks for: nothing of it is kept, what is wrong is said in private."""
    heard.keep_text = False
    try:
        do()
    except UserError as error:  # raised on, its words would be kept and answered where they were said
        tell_alone(heard, f"error.{error.key}", **error.values)


def tell_alone(heard: Heard, key: str, about: tuple[About, ...] = (), **values: Any) -> None:
    """Answer the speaker in private; where the channel cannot, not at all."""
    if heard.room is not None and not heard.house.reach(heard.inbound.channel).private:
        return
    heard.replies += 1
    name = f"re:{heard.inbound.channel}:{heard.inbound.message_id}:{heard.replies}"
    reply_to = heard.inbound.message_id if heard.room is None else None
    say(heard, heard.account, Saying(key, name, values, about=about, reply_to=reply_to))


def may_be_vote(inbound: Inbound) -> bool:
    """Whether a message that failed may have been a vote: then its words are not kept, either."""
    return inbound.room is None or inbound.quote is not None or "票" in inbound.text or "表决" in inbound.text
