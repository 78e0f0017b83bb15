"""Intake: a batch of messages in one transaction, each in a savepoint of its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.faults import stack
from bot.middleware import Message, refuse, take_in
from data.domain.errors import UserError
from data.uow import BatchLostError
from handlers.context import Context
from handlers.deliberation.secrecy import may_be_vote
from handlers.saying.alerts import alert

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.limiter import Limiter
    from data.domain.clock import Clock
    from data.domain.messages import Inbound
    from data.store import Store
    from data.uow import UnitOfWork
    from handlers.context import House

log = structlog.get_logger()
FAILED = "failed"


class Intake:
    """Takes messages in: when `take` returns, what became of them is on disk."""

    def __init__(self, store: Store, house: House, clock: Clock, pace: Limiter) -> None:
        self._store = store
        self._house = house
        self._clock = clock
        self._pace = pace

    def take(self, batch: Sequence[Inbound]) -> list[str]:
        """Handle a batch in order and commit; return what became of each message.

        A poisonous message rolls back alone. What the database itself refuses (a full disk, a locked file) is
        raised: then nothing of the batch was taken in, and it may be tried again.
        """
        with self._store.write() as uow:
            known = uow.inbox.known(batch)
            went = [self._take_one(uow, inbound, known) for inbound in batch]
            uow.inbox.write()
            self._tally(uow, batch, went)
            uow.commit()
        return went

    def alert(self, channel: str, key: str, once: str, values: Mapping[str, str]) -> int:
        """Let the operators hear what is wrong with a channel; return how many could be told."""
        with self._store.write() as uow:
            told = alert(Context(self._house, uow, self._clock.now()), channel, key, once, **values)
            uow.commit()
        return told

    def _take_one(self, uow: UnitOfWork, inbound: Inbound, known: set[tuple[str, str]]) -> str:
        message = Message(self._house, uow, self._clock.now(), inbound, self._pace, known)
        went = self._safely(uow, message)
        known.add((inbound.channel, inbound.message_id))
        return went

    def _safely(self, uow: UnitOfWork, message: Message) -> str:
        inbound = message.inbound
        try:
            with uow.savepoint():
                return take_in(message)
        except UserError as error:
            with uow.savepoint():
                return refuse(message, error)
        except (BatchLostError, OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001  the error boundary: one bad message never stops a room
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
