"""Intake: a batch of messages in one transaction, each in a savepoint of its own."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.exc import (
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    PendingRollbackError,
)

from bot.faults import stack
from bot.middleware import Message, look_ahead, refuse, take_in
from bot.worker_shift import ALONE
from data.domain.errors import UserError
from data.domain.messages import MessageKind
from data.uow import BatchLostError
from handlers.commands import may_search
from handlers.context import Context, address
from handlers.deliberation.secrecy import may_be_vote
from handlers.saying.alerts import alert

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.limiter import Limiter
    from bot.worker_shift import WorkerShift
    from data.domain.clock import Clock
    from data.domain.messages import Inbound
    from data.store import Store
    from data.uow import UnitOfWork
    from handlers.context import House

log = structlog.get_logger()
FAILED = "failed"
NOTHING: Mapping[str, Any] = MappingProxyType({})
# what is no message's fault: the batch is tried again
STORE_FAILS = BatchLostError, OperationalError, InterfaceError, InternalError, PendingRollbackError
TALK = frozenset(
    {MessageKind.TEXT, MessageKind.IMAGE, MessageKind.VOICE, MessageKind.VIDEO, MessageKind.FILE}
)


def is_talk(inbound: Inbound, house: House) -> bool:
    """Whether a message is what neighbours say to each other in a room: it changes nothing elsewhere.

    What is said to the bot may: a command reaches other rooms, people, cases of other communities.
    """
    if inbound.room is None or inbound.kind not in TALK or "bot" in inbound.mentions:
        return False
    return not address(inbound.text, house.policy.bot_name).spoken_to


class Intake:
    """Takes messages in: when `take` returns, what became of them is on disk."""

    def __init__(
        self, store: Store, house: House, clock: Clock, pace: Limiter, *, shift: WorkerShift = ALONE
    ) -> None:
        self._shift = shift
        self._store = store
        self._house = house
        self._clock = clock
        self._pace = pace

    def may_search(self, inbound: Inbound) -> bool:
        """Whether a message's answer may take long to look up."""
        return may_search(inbound)

    def look_ahead(self, inbound: Inbound) -> Any:
        """Look up what a message's answer is made of, however long it takes: the writer only says it."""
        with self._store.read() as uow:
            return look_ahead(self._house, uow, self._clock.now(), inbound)

    def take(self, batch: Sequence[Inbound], ahead: Mapping[str, Any] = NOTHING) -> list[str]:
        """Handle a batch in order and commit; return what became of each message.

        What was looked up `ahead` for some, by their ids, is not looked up again.
        A poisonous message rolls back alone. What the database itself refuses (a full disk, a locked file) is
        raised: then nothing of the batch was taken in, and it may be tried again.
        """
        if self._store.alone:
            return self._take(batch, ahead, alone=True)
        try:
            return self._take(batch, ahead, alone=False)
        except IntegrityError:  # somebody else wrote the same at the same time: now nobody else may
            return self._take(batch, ahead, alone=True)

    def _take(self, batch: Sequence[Inbound], ahead: Mapping[str, Any], *, alone: bool) -> list[str]:
        with self._store.write() if alone else self._store.write(beside=True) as uow:
            if not alone:
                uow.hold(self._communities(uow, batch))
            known = uow.inbox.known(batch)
            went = [
                self._take_one(uow, inbound, known, ahead.get(inbound.message_id), alone=alone)
                for inbound in batch
            ]
            uow.inbox.write()
            self._tally(uow, batch, went)
            self._shift.tell(uow, batch, went)
            uow.commit()
        return went

    def _communities(self, uow: UnitOfWork, batch: Sequence[Inbound]) -> set[int] | None:
        """Return whose talk a batch is; None if it may change anything anywhere."""
        found: set[int] = set()
        for inbound in batch:
            if inbound.room is None or not is_talk(inbound, self._house):
                return None
            room = uow.rooms.of(inbound.channel, inbound.room)
            community = uow.areas.community_of(room.area_id) if room is not None and room.public else None
            if community is None:
                return None
            found.add(community.id)
        return found

    def may_go_beside(self, inbound: Inbound) -> bool:
        """Whether a message may be taken in beside others; where there is one writer, all go together."""
        return self._store.alone or is_talk(inbound, self._house)

    def alert(self, channel: str, key: str, once: str, values: Mapping[str, str]) -> int:
        """Let the operators hear what is wrong with a channel; return how many could be told."""
        with self._store.write() as uow:
            told = alert(Context(self._house, uow, self._clock.now()), channel, key, once, **values)
            uow.commit()
        return told

    def _take_one(
        self, uow: UnitOfWork, inbound: Inbound, known: set[tuple[str, str]], ahead: Any, *, alone: bool
    ) -> str:
        message = Message(self._house, uow, self._clock.now(), inbound, self._pace, known, ahead)
        went = self._safely(uow, message, alone=alone)
        known.add((inbound.channel, inbound.message_id))
        return went

    def _safely(self, uow: UnitOfWork, message: Message, *, alone: bool) -> str:
        inbound = message.inbound
        try:
            with uow.savepoint():
                return take_in(message)
        except UserError as error:
            with uow.savepoint():
                return refuse(message, error)
        except STORE_FAILS:
            raise
        except Exception as error:  # the error boundary: one bad message never stops a room
            if not alone and isinstance(error, IntegrityError):
                raise
            log.error(  # noqa: TRY400  a traceback would show what people said
                "message failed",
                channel=inbound.channel,
                message=inbound.message_id,
                room=inbound.room,
                error=type(error).__name__,
                stack=stack(error),
            )
            uow.inbox.take(inbound, FAILED, None, None, None if may_be_vote(inbound) else inbound.text)
            return FAILED

    def _tally(self, uow: UnitOfWork, batch: Sequence[Inbound], went: Sequence[str]) -> None:
        day = self._house.policy.work.local(self._clock.now()).date()
        counts: Counter[tuple[int, str]] = Counter()
        for inbound, route in zip(batch, went, strict=True):
            room = uow.rooms.of(inbound.channel, inbound.room) if inbound.room else None
            if room is not None:
                counts[room.id, route] += 1
        uow.inbox.tally(
            [
                {"day": day, "room_id": room_id, "route": route, "count": count}
                for (room_id, route), count in counts.items()
            ]
        )
