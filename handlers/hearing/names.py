"""Whom a name means: an organisation by name or alias, a person by name, within the case's reach."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind, building_label, called
from data.domain.errors import UserError
from handlers.context import Heard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data.domain.case import Case
    from data.domain.people import Organisation, Person
    from handlers.context import Context


_MARKS = " \t\u2005\u3000,，。.、;；:：!！?？~～'\"“”‘’「」[]【】"
_GAP = re.compile(r"[\s,，。;；:：]+")
_SUFFIX = re.compile(
    r"(?:有限责任公司|有限公司|股份公司|公司|单位|部门|那边|的人|的同志|同志|师傅|他们|们|上)$"
)
SHORTEST = 2  # characters of a name
_BRACKETS = re.compile(r"[()（）\s]")
_PICK = re.compile(r"(.{2,}?)\s*[(（第]?(\d{1,2})[)）个号]?")


class Assignee(NamedTuple):
    """An organisation that a case can be assigned to, or a person (and with them their organisation)."""

    name: str
    person_id: int | None
    organisation_id: int | None
    note: str = ""  # what was said after the name


def assignee_named(ctx: Context, case: Case, said: str) -> Assignee:
    """Return who is meant, or raise a keyed error: unknown, or which of several.

    An @ with an id decides; marks, spaces inside a name, 公司 behind one do no harm; what follows is a note.
    """
    if (mentioned := _mentioned(ctx, case, said)) is not None:
        return mentioned
    for name, note in _readings(said):
        found = _organisations(ctx, case, name)
        if len(found) > 1:
            raise UserError("assign.which", said=name, names="、".join(a.name for a in found))
        found = found or _people(ctx, case, name)
        if found:
            return found[0]._replace(note=note)
    raise unknown(ctx, case, plain_name(said))


def plain_name(said: str) -> str:
    """Return a name without @, without marks around it, in plain letters and single spaces."""
    plain = unicodedata.normalize("NFKC", said).strip(_MARKS)
    return " ".join(plain.lstrip("@ ").split())


def people_named(ctx: Context, said: str, fits: Callable[[Person], bool]) -> list[Person]:
    """Return the one person of a name among those that fit, or nobody; raise where it is several.

    Of several, the number in that answer (小何2), or a word beside the name (物业小何), says which.
    """
    name = plain_name(said)
    found = [p for p in ctx.uow.people.on_roster(name) if fits(p)]
    found = found or [p for p in ctx.uow.people.on_roster(name.replace(" ", "")) if fits(p)]
    if len(found) > 1:
        shown = [f"{n} {_described(ctx, person)}" for n, person in enumerate(found, start=1)]
        beside = f"{_beside(ctx, found[0])}{name}"
        raise UserError("assign.which_person", said=name, names="、".join(shown), beside=beside)
    if found:
        return found
    picked = _picked(ctx, name, fits)
    return picked if picked is not None else _qualified(ctx, name, fits) or _shortened(ctx, name, fits)


def has_duty_in_reach(heard: Heard, person: Person) -> bool:
    """Whether a person has a duty that lies where the speaker has one, too."""
    covers, theirs = heard.uow.areas.covers, heard.uow.people.duties(person.id)
    return any(covers(mine.area_id, duty.area_id) for duty in theirs for mine in heard.duties)


def _mentioned(ctx: Context, case: Case, said: str) -> Assignee | None:
    """Return the person whose id is mentioned where a name begins with @."""
    if not isinstance(ctx, Heard) or not said.lstrip().startswith(("@", "＠")):
        return None
    accounts = [
        found
        for m in ctx.inbound.mentions
        if m != "bot" and (found := ctx.uow.people.speaker(ctx.inbound.channel, m)) is not None
    ]
    shown, _, note = said.strip().lstrip("@＠").strip().partition(" ")
    named = [found for found in accounts if plain_name(found[0].name) == plain_name(shown)]
    meant = named or (accounts if len(accounts) == 1 else [])
    if len(meant) != 1 or not _may_handle(ctx, case, meant[0][1]):
        return None
    person = meant[0][1]
    return Assignee(person.name, person.id, person.organisation_id, note.strip(_MARKS))


LONGEST_NAME = 12  # letters
# What somebody is to do, glued to their name.
_TOLD = re.compile(
    r"(?:[去来做办修看清换]|处理|负责|解决|跟进|安排|联系|今[天晚]|明[天早]|[上下]午|晚上|尽快|马上|抓紧|先|再|记得|帮)"
)


def _readings(said: str) -> Iterator[tuple[str, str]]:
    """Yield the names that words may begin with, each with the note that is left."""
    plain = plain_name(said)
    yield plain, ""
    parts = _GAP.split(plain, maxsplit=1)
    if len(parts) == 2 and all(len(part) <= 2 for part in parts):
        yield "".join(parts), ""  # 李 敏
    if len(parts) == 2:
        yield parts[0], parts[1].strip(_MARKS)
        second = _GAP.split(parts[1], maxsplit=1)
        yield f"{parts[0]}{second[0]}", second[1] if len(second) > 1 else ""  # 万邦物业 小何
    if "的" in parts[0]:
        yield parts[0].replace("的", ""), "".join(parts[1:])  # 万邦的物业,尽快
    for told in _TOLD.finditer(plain, 2, LONGEST_NAME):  # 吴大爷去做工作
        yield plain[: told.start()], plain[told.start() :]


def _picked(ctx: Context, name: str, fits: Callable[[Person], bool]) -> list[Person] | None:
    """Return whose number in the list of several is said behind the name: 小何2; None if none is said."""
    found = _PICK.fullmatch(name)
    several = [p for p in ctx.uow.people.on_roster(found[1].strip()) if fits(p)] if found else []
    if found is None or not several:
        return None
    number = int(found[2])
    return several[number - 1 : number] if number else []


def _qualified(ctx: Context, name: str, fits: Callable[[Person], bool]) -> list[Person]:
    """Return the one person whose name stands with their unit, area or duty: 物业小何, 小何(3栋)."""
    plain = _BRACKETS.sub("", name)
    for length in range(min(4, len(plain) - 1), 1, -1):
        for own, beside in ((plain[-length:], plain[:-length]), (plain[:length], plain[length:])):
            found = [
                p for p in ctx.uow.people.on_roster(own) if fits(p) and _goes_with(ctx, p, beside.strip("的"))
            ]
            if len(found) == 1:
                return found
    return []


def _shortened(ctx: Context, name: str, fits: Callable[[Person], bool]) -> list[Person]:
    """Return the one person of a unit whom colleagues call by the end of their name: 小陈 for 物业小陈."""
    own = name.replace(" ", "")
    if len(own) < SHORTEST:
        return []
    members = [m for o in ctx.uow.organisations.all_of_them() for m in ctx.uow.people.members(o.id)]
    found = [p for p in members if p.name.endswith(own) and fits(p)]
    return found if len(found) == 1 else []


def _goes_with(ctx: Context, person: Person, beside: str) -> bool:
    """Whether a word names the unit of a person, an area of their duties, or a duty."""
    if not beside:
        return False
    if person.organisation_id is not None:
        unit = ctx.uow.organisations.get(person.organisation_id)
        if beside in unit.aliases or beside in unit.name or unit.name in beside:
            return True
    for duty in ctx.uow.people.duties(person.id):
        area = ctx.uow.areas.get(duty.area_id)
        role = ctx.house.texts(f"role.{duty.role.value}")
        same = (
            building_label(area.name) == building_label(beside) if area.kind is AreaKind.BUILDING else False
        )
        if same or beside in (role, area.name, area.short, f"{area.name}{role}") or called([area], beside):
            return True
    return False


def _described(ctx: Context, person: Person) -> str:
    return f"{person.name}({_beside(ctx, person)})"


def _beside(ctx: Context, person: Person) -> str:
    """Return what tells a person from others of the name: their unit, or their first duty and where."""
    if person.organisation_id is not None:
        return ctx.uow.organisations.get(person.organisation_id).name
    for duty in ctx.uow.people.duties(person.id):
        return f"{ctx.uow.areas.get(duty.area_id).name}{ctx.house.texts(f'role.{duty.role.value}')}"
    return ""


def unknown(ctx: Context, case: Case, name: str) -> UserError:
    """Return the error for a name nobody bears, with those that could have been meant."""
    near = "、".join(o.name for o in reachable(ctx, case)) or "-"
    return UserError("assign.unknown", said=name, names=near)


def reachable(ctx: Context, case: Case) -> list[Organisation]:
    """Return the organisations that may be called to a case: of its community, or of an area above."""
    return [o for o in ctx.uow.organisations.all_of_them() if _reaches(ctx, case, o)]


def _reaches(ctx: Context, case: Case, organisation: Organisation) -> bool:
    """Whether an organisation works where the case lies."""
    area_id = organisation.area_id
    if area_id is None:
        return True
    return ctx.uow.areas.covers(area_id, case.building_id or case.area_id) or ctx.uow.areas.covers(
        case.community_id, area_id
    )


def organisations_named(ctx: Context, case: Case, name: str) -> list[Organisation]:
    """Return the organisations that go by a name, an alias or a part of it; of several the nearest."""
    near = reachable(ctx, case)
    name = plain_name(name)
    short = _SUFFIX.sub("", name)
    for match in (
        lambda o: o.name == name,
        lambda o: name in o.aliases,
        lambda o: short in (o.name, _SUFFIX.sub("", o.name), *o.aliases),
        lambda o: len(name) >= 2 and name in o.name,
        lambda o: len(short) >= 2 and short in o.name,
    ):
        found = [o for o in near if match(o)]
        if found:
            where = case.building_id or case.area_id
            here = [o for o in found if o.area_id and ctx.uow.areas.covers(o.area_id, where)]
            return here if len(found) > 1 and here else found
    return []


def _organisations(ctx: Context, case: Case, name: str) -> list[Assignee]:
    return [Assignee(o.name, None, o.id) for o in organisations_named(ctx, case, name)]


def _people(ctx: Context, case: Case, name: str) -> list[Assignee]:
    found = people_named(ctx, name, lambda person: _may_handle(ctx, case, person))
    return [Assignee(p.name, p.id, p.organisation_id) for p in found]


def _may_handle(ctx: Context, case: Case, person: Person) -> bool:
    """Whether somebody has a duty over the case, or belongs to an organisation within its reach."""
    if person.organisation_id is not None:
        return _reaches(ctx, case, ctx.uow.organisations.get(person.organisation_id))
    where = case.building_id or case.area_id
    return any(ctx.uow.areas.covers(duty.area_id, where) for duty in ctx.uow.people.duties(person.id))
