"""The unit of work: one transaction that is rolled back unless it is committed."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Self

from sqlalchemy import select

from data.repositories.activities import Activities
from data.repositories.answers import Answers
from data.repositories.appeals import Appeals
from data.repositories.areas import Areas
from data.repositories.audit import Audit
from data.repositories.ballots import Ballots
from data.repositories.base import Repository, Touched
from data.repositories.belongings import Belongings
from data.repositories.cases import Cases
from data.repositories.chats import Chats
from data.repositories.corrections import Corrections
from data.repositories.digests import Digests
from data.repositories.doubts import Doubts
from data.repositories.elections import Elections
from data.repositories.figures import FigureSources
from data.repositories.filters import Filters
from data.repositories.finding import CaseFinder
from data.repositories.history import History
from data.repositories.households import Households
from data.repositories.inbox import Inbox
from data.repositories.invitations import Invitations
from data.repositories.latest import Latest
from data.repositories.mediations import Mediations
from data.repositories.motions import Motions
from data.repositories.neighbourly import Neighbourly
from data.repositories.notices import Notices
from data.repositories.orders import Orders
from data.repositories.organisations import Organisations
from data.repositories.outbox import Outbox
from data.repositories.own import OWN_VERSION, Own
from data.repositories.people import People
from data.repositories.personal import Personal
from data.repositories.points import Points
from data.repositories.prepared import Driver
from data.repositories.publications import Publications
from data.repositories.publicities import Publicities
from data.repositories.questions import Questions
from data.repositories.ratings import Ratings
from data.repositories.reminders import Reminders
from data.repositories.reports import Reports
from data.repositories.resolutions import Resolutions
from data.repositories.retention import Retained
from data.repositories.rooms import Rooms
from data.repositories.sending import Sending
from data.repositories.services import Services
from data.repositories.sessions import Sessions
from data.repositories.shifts import Shifts
from data.repositories.spoken import Spoken
from data.repositories.sums import Sums
from data.repositories.timeline import Timeline
from data.repositories.tokens import Tokens
from data.repositories.visits import Visits
from data.repositories.volunteers import Volunteers
from data.repositories.webhooks import Webhooks
from data.repositories.whistles import Whistles
from data.repositories.workers import Workers
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


class UnitOfWork:
    """All repositories over one transaction. Memory that follows it says how to be put back: `compensate`.

    `turn` waits, on PostgreSQL, until the transaction may change what it is about to change.
    """

    connection: Connection

    def __init__(
        self,
        engine: Engine,
        directory: Directory,
        watch: Watch | None = None,
        turn: Callable[[Connection], None] = lambda _: None,
    ) -> None:
        self._turn = turn
        self._engine = engine
        self._watch = watch
        self._directory = directory
        self._undo: list[Callable[[], None]] = []
        self._touched = Touched()

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
        self._directory.forget()
        self.compensate(self._directory.forget)

    def _look(self) -> None:
        """Let memory follow the store: the roster, the rules and wordings of the place's own."""
        versions = {row.name: row.value for row in self._read().all(_VERSIONS)}
        self._directory.refresh(versions.get(ROSTER_VERSION, 0))
        if self._watch is not None:
            self._watch.look(self, versions.get(OWN_VERSION, 0))

    def _read(self) -> Repository:
        return Repository(self.connection, self._directory)

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

    @cached_property
    def areas(self) -> Areas:
        """The tree of areas."""
        return Areas(self.connection, self._directory)

    @cached_property
    def rooms(self) -> Rooms:
        """Group chats."""
        return Rooms(self.connection, self._directory)

    @cached_property
    def organisations(self) -> Organisations:
        """Departments, property companies and the like."""
        return Organisations(self.connection, self._directory)

    @cached_property
    def orders(self) -> Orders:
        """Orders of the city's hotline."""
        return Orders(self.connection, self._directory)

    @cached_property
    def people(self) -> People:
        """People, accounts, duties."""
        return People(self.connection, self._directory)

    @cached_property
    def households(self) -> Households:
        """Households and who lives in them."""
        return Households(self.connection, self._directory)

    @cached_property
    def ballots(self) -> Ballots:
        """The ballots."""
        return Ballots(self.connection, self._directory)

    @cached_property
    def motions(self) -> Motions:
        """The motions."""
        return Motions(self.connection, self._directory)

    @cached_property
    def resolutions(self) -> Resolutions:
        """Minutes, resolutions, the steps of 四议两公开."""
        return Resolutions(self.connection, self._directory)

    @cached_property
    def publicities(self) -> Publicities:
        """What is made public, and what people object."""
        return Publicities(self.connection, self._directory)

    @cached_property
    def inbox(self) -> Inbox:
        """What was taken in."""
        return Inbox(self.connection, self._directory)

    @cached_property
    def questions(self) -> Questions:
        """What the bot has asked."""
        return Questions(self.connection, self._directory)

    @cached_property
    def outbox(self) -> Outbox:
        """What will be said."""
        return Outbox(self.connection, self._directory)

    @cached_property
    def sending(self) -> Sending:
        """How it is sent."""
        return Sending(self.connection, self._directory)

    @cached_property
    def reminders(self) -> Reminders:
        """What falls due."""
        return Reminders(self.connection, self._directory)

    @cached_property
    def cases(self) -> Cases:
        """The cases."""
        return Cases(self.connection, self._directory, self._touched)

    @cached_property
    def appeals(self) -> Appeals:
        """The appeals."""
        return Appeals(self.connection, self._directory, self._touched)

    @cached_property
    def timeline(self) -> Timeline:
        """The steps of all cases."""
        return Timeline(self.connection, self._directory, self._touched)

    @cached_property
    def digests(self) -> Digests:
        """What finds and counts cases fast."""
        return Digests(self.connection, self._directory, self._touched)

    @cached_property
    def finding(self) -> CaseFinder:
        """Lists of cases, as pages show them."""
        return CaseFinder(self.connection, self._directory)

    @cached_property
    def latest(self) -> Latest:
        """Lists for other software."""
        return Latest(self.connection, self._directory)

    @cached_property
    def sums(self) -> Sums:
        """Figures, as the database sums them."""
        return Sums(self.connection, self._directory)

    @cached_property
    def publications(self) -> Publications:
        """What anybody may see."""
        return Publications(self.connection, self._directory)

    @cached_property
    def own(self) -> Own:
        """The place's own rules and wordings."""
        return Own(self.connection, self._directory)

    @cached_property
    def filters(self) -> Filters:
        """The filters people saved."""
        return Filters(self.connection, self._directory)

    @cached_property
    def ratings(self) -> Ratings:
        """The ratings."""
        return Ratings(self.connection, self._directory)

    @cached_property
    def figures(self) -> FigureSources:
        """What the figures are counted from."""
        return FigureSources(self.connection, self._directory)

    @cached_property
    def activities(self) -> Activities:
        """The activities, meetings among them."""
        return Activities(self.connection, self._directory)

    @cached_property
    def volunteers(self) -> Volunteers:
        """The volunteers, what is asked of them, the wishes."""
        return Volunteers(self.connection, self._directory)

    @cached_property
    def points(self) -> Points:
        """The ledger of points."""
        return Points(self.connection, self._directory)

    @cached_property
    def answers(self) -> Answers:
        """The table of answers, and what was not known."""
        return Answers(self.connection, self._directory)

    @cached_property
    def neighbourly(self) -> Neighbourly:
        """Pairs, calls that must be made, good people, party members."""
        return Neighbourly(self.connection, self._directory)

    @cached_property
    def elections(self) -> Elections:
        """The elections."""
        return Elections(self.connection, self._directory)

    @cached_property
    def visits(self) -> Visits:
        """The visits."""
        return Visits(self.connection, self._directory)

    @cached_property
    def whistles(self) -> Whistles:
        """The whistles."""
        return Whistles(self.connection, self._directory)

    @cached_property
    def notices(self) -> Notices:
        """The notices."""
        return Notices(self.connection, self._directory)

    @cached_property
    def mediations(self) -> Mediations:
        """The mediations."""
        return Mediations(self.connection, self._directory)

    @cached_property
    def services(self) -> Services:
        """The service roster."""
        return Services(self.connection, self._directory)

    @cached_property
    def shifts(self) -> Shifts:
        """The duty roster."""
        return Shifts(self.connection, self._directory)

    @cached_property
    def tokens(self) -> Tokens:
        """By what other software comes in."""
        return Tokens(self.connection, self._directory)

    @cached_property
    def reports(self) -> Reports:
        """The appeals it handed in."""
        return Reports(self.connection, self._directory)

    @cached_property
    def webhooks(self) -> Webhooks:
        """Where it is told."""
        return Webhooks(self.connection, self._directory)

    @cached_property
    def personal(self) -> Personal:
        """What is kept of one person."""
        return Personal(self.connection, self._directory, self._touched)

    @cached_property
    def audit(self) -> Audit:
        """What was refused."""
        return Audit(self.connection, self._directory)

    @cached_property
    def corrections(self) -> Corrections:
        """What people put right."""
        return Corrections(self.connection, self._directory)

    @cached_property
    def doubts(self) -> Doubts:
        """What may be an appeal."""
        return Doubts(self.connection, self._directory)

    @cached_property
    def invitations(self) -> Invitations:
        """Codes by which people come in."""
        return Invitations(self.connection, self._directory)

    @cached_property
    def belongings(self) -> Belongings:
        """All that is kept of one person."""
        return Belongings(self.connection, self._directory)

    @cached_property
    def retained(self) -> Retained:
        """What is too old."""
        return Retained(self.connection, self._directory, self._touched)

    @cached_property
    def sessions(self) -> Sessions:
        """Signed-in browsers and bans."""
        return Sessions(self.connection, self._directory)

    @cached_property
    def chats(self) -> Chats:
        """Who may be in which chat."""
        return Chats(self.connection, self._directory)

    @cached_property
    def spoken(self) -> Spoken:
        """Which cases a room spoke of."""
        return Spoken(self.connection, self._directory)

    @cached_property
    def history(self) -> History:
        """The talk that is kept."""
        return History(self.connection, self._directory)

    @cached_property
    def workers(self) -> Workers:
        """The bots that run on this store."""
        return Workers(self.connection, self._directory)
