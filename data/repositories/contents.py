"""Which repositories there are, each under the name by which a unit of work has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Self, TypeVar, overload

from data.repositories.activities import Activities
from data.repositories.answers import Answers
from data.repositories.appeals import Appeals
from data.repositories.areas import Areas
from data.repositories.audit import Audit
from data.repositories.ballots import Ballots
from data.repositories.base import Repository, Touched
from data.repositories.belongings import Belongings
from data.repositories.case_finder import CaseFinder
from data.repositories.cases import Cases
from data.repositories.chats import Chats
from data.repositories.corrections import Corrections
from data.repositories.digests import Digests
from data.repositories.doubts import Doubts
from data.repositories.duty_calls import DutyCalls
from data.repositories.elections import Elections
from data.repositories.figures import FigureSources
from data.repositories.filters import Filters
from data.repositories.good_people import GoodPeople
from data.repositories.history import History
from data.repositories.households import Households
from data.repositories.inbox import Inbox
from data.repositories.invitations import Invitations
from data.repositories.latest import Latest
from data.repositories.mediations import Mediations
from data.repositories.motions import Motions
from data.repositories.notices import Notices
from data.repositories.orders import Orders
from data.repositories.organisations import Organisations
from data.repositories.outbox import Outbox
from data.repositories.own import Own
from data.repositories.pairs import Pairs
from data.repositories.party import PartyMembers
from data.repositories.people import People
from data.repositories.personal import Personal
from data.repositories.points import Points
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

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from data.directory import Directory

R = TypeVar("R", bound=Repository)


class _Opened(Generic[R]):
    """A repository that is opened when it is first asked for, and then kept."""

    def __init__(self, kind: type[R]) -> None:
        self._kind = kind

    def __set_name__(self, owner: type[Repositories], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type[Repositories]) -> Self: ...
    @overload
    def __get__(self, owner: Repositories, kind: type[Repositories]) -> R: ...
    def __get__(self, owner: Repositories | None, kind: type[Repositories]) -> Self | R:
        if owner is None:
            return self
        opened = self._kind(owner.connection, owner.directory, owner.touched)
        owner.__dict__[self._name] = opened  # from now on it is found before this is asked
        return opened


class Repositories:
    """All repositories over one connection; they remember together which cases were touched."""

    connection: Connection

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.touched = Touched()

    areas = _Opened(Areas)
    rooms = _Opened(Rooms)
    organisations = _Opened(Organisations)
    orders = _Opened(Orders)
    people = _Opened(People)
    households = _Opened(Households)
    ballots = _Opened(Ballots)
    motions = _Opened(Motions)
    resolutions = _Opened(Resolutions)
    publicities = _Opened(Publicities)
    inbox = _Opened(Inbox)
    questions = _Opened(Questions)
    outbox = _Opened(Outbox)
    sending = _Opened(Sending)
    reminders = _Opened(Reminders)
    cases = _Opened(Cases)
    appeals = _Opened(Appeals)
    timeline = _Opened(Timeline)
    digests = _Opened(Digests)
    finding = _Opened(CaseFinder)
    latest = _Opened(Latest)
    sums = _Opened(Sums)
    publications = _Opened(Publications)
    own = _Opened(Own)
    filters = _Opened(Filters)
    ratings = _Opened(Ratings)
    figures = _Opened(FigureSources)
    activities = _Opened(Activities)
    volunteers = _Opened(Volunteers)
    points = _Opened(Points)
    answers = _Opened(Answers)
    pairs = _Opened(Pairs)
    duty_calls = _Opened(DutyCalls)
    good_people = _Opened(GoodPeople)
    party = _Opened(PartyMembers)
    elections = _Opened(Elections)
    visits = _Opened(Visits)
    whistles = _Opened(Whistles)
    notices = _Opened(Notices)
    mediations = _Opened(Mediations)
    services = _Opened(Services)
    shifts = _Opened(Shifts)
    tokens = _Opened(Tokens)
    reports = _Opened(Reports)
    webhooks = _Opened(Webhooks)
    personal = _Opened(Personal)
    audit = _Opened(Audit)
    corrections = _Opened(Corrections)
    doubts = _Opened(Doubts)
    invitations = _Opened(Invitations)
    belongings = _Opened(Belongings)
    retained = _Opened(Retained)
    sessions = _Opened(Sessions)
    chats = _Opened(Chats)
    spoken = _Opened(Spoken)
    history = _Opened(History)
    workers = _Opened(Workers)
