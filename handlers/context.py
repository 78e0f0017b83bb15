"""What a handler is handed: the house it works in, the unit of work, the moment, and what was heard."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any, NamedTuple

from data.domain.people import OFFICERS, STAFF, Duty, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from data.domain.areas import Area, Room
    from data.domain.case import Case
    from data.domain.events import Event
    from data.domain.household import Household
    from data.domain.messages import Inbound
    from data.domain.people import Account, Person
    from data.domain.policy import Policy
    from data.uow import UnitOfWork
    from handlers.conversation import Conversations
    from handlers.texts.wording import Texts
    from nlp.answering import AnswerBook
    from nlp.understand import Ruled, Understander
    from nlp.understanding import Understanding


LONGEST_NAME = 8  # of a bot in a group; what is longer has words glued to it
SPACES = r"[\s\u2005]*"
_AT = re.compile(r"[@＠]([^\s\u2005@＠:：,，。]+)[\s\u2005:：,，]*")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a channel can do, as data: handlers choose their words by it."""

    private: bool = True  # one may write to a person alone
    stable_ids: bool = True  # an account's id is the same after the next login
    own_ids: frozenset[str] = frozenset({"bot"})  # what the bot itself says comes back under these


class LookedAt:
    """What lines say that are looked at again and again: the open doubts of a room."""

    def __init__(self, most: int = 500) -> None:
        self._most = most
        self._ruled: Ruled | None = None
        self._known: dict[str, Understanding] = {}

    def understand(self, understander: Understander, text: str) -> Understanding:
        """Return what a text says; under other rules it is worked out anew."""
        if understander.ruled is not self._ruled or len(self._known) >= self._most:
            self._ruled, self._known = understander.ruled, {}
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = understander.understand(text)
        return found

    def forget(self) -> None:
        """Forget all: somebody's words are to be nowhere."""
        self._known = {}


@dataclass(frozen=True, slots=True)
class House:
    """What all handlers share; nothing in it knows a network."""

    policy: Policy
    texts: Texts
    understander: Understander
    conversations: Conversations
    channels: Mapping[str, Reach] = field(default_factory=dict)
    is_command: Callable[[str], bool] = lambda _text: False  # the grammar's word for it
    chance: Random = field(default_factory=SystemRandom)  # of codes; a replay has one that repeats itself
    answer_books: dict[tuple[int, tuple[int, int, int]], AnswerBook] = field(
        default_factory=dict
    )  # as last read
    looked_at: LookedAt = field(default_factory=LookedAt)

    def reach(self, channel: str) -> Reach:
        """Return what a channel can do."""
        return self.channels.get(channel, Reach())


@dataclass
class Context:
    """One thing being handled, in one unit of work; its events are turned into messages at the end."""

    house: House
    uow: UnitOfWork
    now: datetime
    events: list[Event] = field(default_factory=list)
    bundle: str | None = None  # what is said meanwhile in one place is one message
    understood: dict[str, Understanding] = field(default_factory=dict, repr=False, compare=False)

    def understand(self, text: str) -> Understanding:
        """Return what a text says, worked out once while one thing is handled (an appeal asks five times)."""
        found = self.understood.get(text)
        if found is None:
            found = self.understood[text] = self.house.understander.understand(text)
        return found

    def understand_again(self, text: str) -> Understanding:
        """Return what a line says that is looked at with each appeal in its room, worked out once."""
        return self.house.looked_at.understand(self.house.understander, text)

    def happened(self, event: Event) -> None:
        """Raise an event."""
        self.events.append(event)

    @property
    def policy(self) -> Policy:
        """The rules of the place."""
        return self.house.policy


@dataclass
class Heard(Context):
    """One message, with who said it where. `account` and `person` are None for frames without a speaker."""

    inbound: Inbound = field(kw_only=True)
    room: Room | None = field(kw_only=True)
    account: Account = field(kw_only=True)
    person: Person = field(kw_only=True)
    replies: int = 0
    detail: str = ""  # what a route adds to its name in the log
    to_oneself: bool = False  # the command's answer is nobody else's, not even the staff room's
    private_answer: bool = False  # what is asked concerns the one who asks
    keep_text: bool = False  # it was meant for the bot: its words may be kept
    ahead: Any = None  # what its answer is made of, where that was looked up before
    likely: dict[str, float] = field(default_factory=dict, repr=False, compare=False)  # appeals, by text

    @cached_property
    def address(self) -> Address:
        """Whether the bot is spoken to, and what is said to it: who is mentioned decides, not the name."""
        mentioned = "bot" in self.inbound.mentions
        others = [m for m in self.inbound.mentions if m != "bot"]
        names = [found[0].name for m in others if (found := self.uow.people.speaker(self.inbound.channel, m))]
        return address(
            self.inbound.text,
            self.policy.bot_name,
            mentioned=mentioned,
            others=names,
            count=len(others),
            is_command=self.house.is_command,
        )

    @cached_property
    def duties(self) -> list[Duty]:
        """The duties of the one who speaks."""
        return self.uow.people.duties(self.person.id) if self.person.on_roster else []

    @cached_property
    def understanding(self) -> Understanding:
        """What the text says."""
        return self.understand(self.address.text)

    @cached_property
    def community(self) -> Area | None:
        """The community of the room (of its organisation, for a department's)."""
        if self.room is None:
            return None
        area_id = self.room.area_id
        if area_id is None and self.room.organisation_id is not None:
            area_id = self.uow.organisations.get(self.room.organisation_id).area_id
        return self.uow.areas.community_of(area_id)

    @cached_property
    def home(self) -> Household | None:
        """The household the speaker is confirmed to live in."""
        return self.uow.households.of_person(self.person.id)

    @property
    def has_duty(self) -> bool:
        """Whether the speaker holds any duty, or belongs to an organisation."""
        return bool(self.duties) or self.person.organisation_id is not None

    def areas_as(self, roles: Collection[Role]) -> list[int]:
        """Return the ids of the areas over which the speaker holds one of some roles, each once."""
        return list(dict.fromkeys(duty.area_id for duty in self.duties if duty.role in roles))

    def roles_for(self, case: Case) -> set[Role]:
        """Return the roles whose area takes in the case."""
        return self.roles_at(case.building_id or case.area_id)

    def roles_at(self, area_id: int) -> set[Role]:
        """Return the roles the speaker holds over an area."""
        return {duty.role for duty in self.duties if self.uow.areas.covers(duty.area_id, area_id)}

    def is_staff_for(self, case: Case) -> bool:
        """Whether the case lies in the speaker's charge."""
        roles = self.roles_for(case)
        return bool(roles & STAFF) or (case.dispute and Role.MEDIATOR in roles)

    def is_officer_for(self, case: Case) -> bool:
        """Whether the speaker is an officer (or above) over the case."""
        return bool(self.roles_for(case) & OFFICERS)

    def is_assigned(self, case: Case) -> bool:
        """Whether the case is assigned to the speaker or their organisation, or a whistle calls them."""
        organisation = self.person.organisation_id
        if case.assignee_id == self.person.id or self._took_over(case):
            return True
        return organisation is not None and (
            case.assignee_org_id == organisation or self.uow.whistles.calls(case.id, organisation)
        )

    def _took_over(self, case: Case) -> bool:
        """Whether the speaker or their unit answered its alarm, and it was assigned to nobody since."""
        if case.handler_id is None or case.assignee_id is not None or case.assignee_org_id is not None:
            return False
        organisation = self.person.organisation_id
        return case.handler_id == self.person.id or (
            organisation is not None and self.uow.people.get(case.handler_id).organisation_id == organisation
        )


class Address(NamedTuple):
    """Whether a text speaks to the bot, by name or slash; the text without that, and what stands after it."""

    spoken_to: bool
    text: str
    command: str


def address(
    text: str,
    bot_name: str,
    *,
    mentioned: bool = False,
    others: Sequence[str] = (),
    count: int = 0,
    is_command: Callable[[str], bool] = lambda _text: False,
) -> Address:
    """Take the bot's name or the slash off a text; `mentioned` is what the channel says of an @.

    A command is what stands after the name (“我要上夜班 @哨子 取消报名”), or all of it where nothing does.
    A group may call the bot what it likes: mentioned, it goes by the first @ that is none of the `others`.
    Where `count` others are mentioned and all of the text's @ are theirs, one of them bears the bot's name.
    """
    text = _parted(text, others)
    name, begins = _called(bot_name)
    found = name.search(text) or begins.match(text)
    if found is not None and not mentioned and count and len(_AT.findall(text)) <= count:
        found = None
    if found is None and mentioned:
        found = next((at for at in _AT.finditer(text) if at[1] not in others), None)
        glued = _glued(text, found, is_command) if found is not None else None
        if glued is not None:
            return Address(True, glued, glued)
    if found is None:
        plain = text.strip()
        slash = plain[:1] in ("/", "／")
        rest = plain[1:].strip() if slash else plain
        return Address(slash or mentioned, rest, rest)
    after = text[found.end() :].strip().lstrip("/／")
    whole = f"{text[: found.start()].strip()} {after}".strip()
    return Address(spoken_to=True, text=whole, command=after or whole)


@cache
def _called(bot_name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how the bot's name stands anywhere in a text, and how it may stand at its beginning."""
    name = re.escape(bot_name)
    anywhere = rf"[@＠]{SPACES}{name}(?=[\s\u2005:：,，。!！?？@＠]|$)[\s\u2005:：,，]*"
    return re.compile(anywhere), re.compile(rf"{SPACES}[@＠]{SPACES}{name}")


def _parted(text: str, others: Sequence[str]) -> str:
    """Return a text with a gap behind each @ of somebody else, which some gateways leave out."""
    for name in sorted(others, key=len, reverse=True):
        text = re.sub(rf"([@＠]{re.escape(name)})(?=[^\s\u2005])", r"\1 ", text)
    return text


def _glued(text: str, at: re.Match[str], is_command: Callable[[str], bool]) -> str | None:
    """Return what is said to the bot where its name in the group is glued to it (@小助手派单 1 物业).

    None where nothing is: what follows the name is a command already, or the name is all there is.
    """
    before, called, after = text[: at.start()].strip(), at[1], text[at.end() :]
    if is_command(before):
        return None
    behind = text[at.end(1) :]
    if (mark := called.find("#")) > 0 and is_command(called[mark:] + behind):
        return called[mark:] + behind  # the name is none of a community
    for cut in range(1, len(called)):
        if is_command(called[cut:] + behind):
            return called[cut:] + behind
    alone = not before and not after.strip()
    return called if alone and (len(called) > LONGEST_NAME or any(map(str.isdigit, called))) else None


def said_in(ctx: Context) -> str | None:
    """Return the message that is being handled, as what it causes is marked; None for what falls due."""
    return f"{ctx.inbound.channel}:{ctx.inbound.message_id}" if isinstance(ctx, Heard) else None
