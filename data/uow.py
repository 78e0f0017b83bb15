"""The unit of work: one transaction that is rolled back unless it is committed."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Self

from sqlalchemy import select

from data.repositories.base import Repository
from data.repositories.contents import Repositories
from data.repositories.own import OWN_VERSION
from data.repositories.prepared import Driver
from data.tables.areas import meta
from data.turns import alone, beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    from sqlalchemy.engine import Connection, Engine

    from data.directory import Directory


ROSTER_VERSION = "roster_version"
_VERSION = select(meta.c.value).where(meta.c.name == ROSTER_VERSION)
_VERSIONS = select(meta.c.name, meta.c.value).where(meta.c.name.in_([ROSTER_VERSION, OWN_VERSION]))


class BatchLostError(Exception):
    """The database rolled the whole transaction back by itself: everything in it must be run again."""


class Watch:
    """Sees to it that a process goes by the newest rules and wordings of the place's own."""

    def __init__(self, renew: Callable[[UnitOfWork], None]) -> None:
        self._renew = renew
        self._version = 0
        self._lock = Lock()

    def look(self, uow: UnitOfWork, version: int) -> None:
        """Renew, once, if there is another version than the one gone by."""
        if version == self._version:
            return
        with self._lock:
            if version > self._version:
                self._renew(uow)
                self._version = version


class UnitOfWork(Repositories):
    """All repositories over one transaction. Memory that follows it says how to be put back: `compensate`.

    `turn` waits, on PostgreSQL, until the transaction may change what it is about to change.
    """

    def __init__(
        self,
        engine: Engine,
        directory: Directory,
        watch: Watch | None = None,
        turn: Callable[[Connection], None] = lambda _: None,
    ) -> None:
        super().__init__(directory)
        self._turn = turn
        self._engine = engine
        self._watch = watch
        self._undo: list[Callable[[], None]] = []

    def __enter__(self) -> Self:
        self.connection = self._engine.connect()
        try:
            self._transaction = self.connection.begin()
            self._driver = Driver.of(self.connection)
            self._turn(self.connection)
            self._look()
        except BaseException:
            self.connection.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._put_back(0)  # a commit has nothing to put back
            if self._transaction.is_active:
                self._transaction.rollback()
        finally:
            self.connection.close()

    def commit(self) -> None:
        """Make everything durable."""
        if not self._alive():
            raise BatchLostError
        self.digests.write_touched()
        self._transaction.commit()
        self._undo.clear()

    @property
    def shared(self) -> bool:
        """Whether others may work on the same store at the same time."""
        return self.connection.dialect.name == "postgresql"

    def hold(self, communities: Iterable[int] | None = None) -> None:
        """Beside others: wait for those in the same communities, or (None) for everybody."""
        if not self.shared:
            return
        if communities is None:
            alone(self.connection)
        else:
            beside(self.connection, communities)
        self._look()  # what was read before may be older than what the others have done

    def compensate(self, undo: Callable[[], None]) -> None:
        """Call `undo` should what is being done now be rolled back."""
        self._undo.append(undo)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Do something that may fail without harm to what was done before.

        A full disk makes SQLite roll back the whole transaction, whereupon later statements would commit by
        themselves: that is noticed here, and the batch is lost (`BatchLostError`).
        """
        mark = len(self._undo)
        self._say("SAVEPOINT message")
        try:
            yield
        except BaseException as error:
            self._put_back(mark)
            if not self._alive():
                raise BatchLostError from error
            self._say("ROLLBACK TO SAVEPOINT message")
            self._say("RELEASE SAVEPOINT message")
            raise
        self._say("RELEASE SAVEPOINT message")

    def roster_changed(self) -> None:
        """Tell everybody, in this process and others, to read the roster anew."""
        version = (self._read().scalar(_VERSION) or 0) + 1
        if version == 1:
            self.connection.execute(meta.insert(), {"name": ROSTER_VERSION, "value": version})
        else:
            self.connection.execute(meta.update().where(meta.c.name == ROSTER_VERSION), {"value": version})
        self.directory.forget()
        self.compensate(self.directory.forget)

    def _look(self) -> None:
        """Let memory follow the store: the roster, the rules and wordings of the place's own."""
        versions = {row.name: row.value for row in self._read().all(_VERSIONS)}
        self.directory.refresh(versions.get(ROSTER_VERSION, 0))
        if self._watch is not None:
            self._watch.look(self, versions.get(OWN_VERSION, 0))

    def _read(self) -> Repository:
        return Repository(self.connection, self.directory)

    def _say(self, sql: str) -> None:
        if self._driver is None:
            self.connection.exec_driver_sql(sql)
        else:
            self._driver.say(sql)

    def _put_back(self, mark: int) -> None:
        while len(self._undo) > mark:
            self._undo.pop()()

    def _alive(self) -> bool:
        driver = self.connection.connection.driver_connection
        return bool(getattr(driver, "in_transaction", True))
