"""A shift: what this process does of the bot's work, where several share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.messages import Inbound
    from data.uow import UnitOfWork


class WorkerShift(Protocol):
    """What one of several workers does; asked by the sender, the ticker and the intake."""

    @property
    def me(self) -> str | None:
        """The name under which it holds what it sends; None where nobody else sends."""
        ...

    @property
    def ticks(self) -> bool:
        """Whether it fires what falls due and does the daily work."""
        ...

    def sends(self, channel: str) -> bool:
        """Whether this worker may send on a channel."""
        ...

    def tell(self, uow: UnitOfWork, batch: Sequence[Inbound], went: Sequence[str]) -> None:
        """Let the others know what was taken in, as soon as that is committed."""
        ...


class _Alone:
    """There is nobody else: it does everything."""

    me = None
    ticks = True

    def sends(self, _channel: str) -> bool:
        return True

    def tell(self, _uow: UnitOfWork, _batch: Sequence[Inbound], _went: Sequence[str]) -> None:
        return None


ALONE: WorkerShift = _Alone()
