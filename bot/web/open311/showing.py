"""A case as a service request: its facts for anybody, words only as far as they may be seen."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.web.open311.services import service_of
from data.domain.areas import AreaKind
from data.domain.case import Place
from handlers.cases.marks import marked_state
from handlers.saying.showing import place_name
from handlers.texts.masking import mask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.web.open311.sight import Sight
    from data.domain.case import Case
    from data.domain.publication import Publication
    from data.domain.report import KeptReport

OPENED, CLOSED = "open", "closed"


class KnownCase(NamedTuple):
    """A case, when it moved last, what came with it from outside, and what of it is public."""

    case: Case
    moved: datetime | None
    report: KeptReport | None
    public: Publication | None


def requests_of(ctx: Sight, cases: Sequence[Case], where: str) -> list[dict[str, Any]]:
    """Return cases as service requests; `where` is the site's own address."""
    ids = [case.id for case in cases]
    moved, reports = ctx.uow.latest.moved(ids), ctx.uow.reports.of_cases(ids)
    public = ctx.uow.publications.of_all(ids)
    known = (KnownCase(c, moved.get(c.id), reports.get(c.id), public.get(c.id)) for c in cases)
    return [_request(ctx, one, where) for one in known]


def status_of(case: Case) -> str:
    """Return whether somebody still has to do something."""
    return OPENED if case.is_open else CLOSED


def shown_at(at: datetime | None) -> str | None:
    """Return a time in w3 format."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at is not None else None


def _request(ctx: Sight, known: KnownCase, where: str) -> dict[str, Any]:
    case, moved, report, public = known
    service, position = service_of(case.category), _position(ctx, case, report)
    texts = ctx.house.texts
    keyed = ctx.token is not None  # without a key nothing but what the board shows
    holder = case.assignee_org_id if keyed else None
    return {
        "service_request_id": str(case.id),
        "status": status_of(case),
        "status_notes": _notes(ctx, case, public),
        "service_name": service["service_name"],
        "service_code": case.category,
        "description": _description(ctx, case, public),
        "agency_responsible": ctx.uow.organisations.get(holder).name if holder is not None and keyed else "",
        "service_notice": texts("api.open311.number", community=_short(ctx, case), number=case.number),
        "requested_datetime": shown_at(case.reported_at),
        "updated_datetime": shown_at((moved if keyed else None) or case.changed_at),
        "expected_datetime": shown_at(case.due) if case.is_open and keyed else None,
        "address": _address(ctx, case),
        "address_id": ctx.uow.areas.get(case.building_id or case.area_id).code,
        "zipcode": None,
        "lat": position[0] if position else None,
        "long": position[1] if position else None,
        "media_url": _media(ctx, case, report, public, where),
    }


def _notes(ctx: Sight, case: Case, public: Publication | None) -> str:
    state = marked_state(ctx.house.texts, ctx.policy, ctx.uow, case, public=True)
    words = public.result if public else ""
    if ctx.reads and case.result and (ctx.personal or not case.discreet):
        words = case.result if ctx.personal else mask(case.result)
    return f"{state} {words}".strip()


def _description(ctx: Sight, case: Case, public: Publication | None) -> str:
    if ctx.personal:
        ctx.viewed.append(case.id)
        return case.summary
    if ctx.reads:
        return "" if case.discreet else mask(case.summary)
    return public.words if public else ""


def _address(ctx: Sight, case: Case) -> str:
    area = ctx.uow.areas.get(case.area_id)
    community = ctx.uow.areas.get(case.community_id)
    name = area.name if area.kind is AreaKind.COMMUNITY else f"{community.name}{area.name}"
    hidden = case.discreet and not ctx.personal
    place = Place() if hidden else case.place if ctx.personal else Place(case.place.building)
    return f"{name}{place_name(place, public=not ctx.personal)}"


def _position(ctx: Sight, case: Case, report: KeptReport | None) -> tuple[float, float] | None:
    """Return where it was said to lie; else the centre of its building, or its grid."""
    if case.discreet and not ctx.personal:
        return ctx.uow.areas.get(case.area_id).centre
    if report is not None and report.position and (report.alone or ctx.token is not None):
        return report.position
    building = ctx.uow.areas.get(case.building_id).centre if case.building_id is not None else None
    return building or ctx.uow.areas.get(case.area_id).centre


def _media(
    ctx: Sight, case: Case, report: KeptReport | None, public: Publication | None, where: str
) -> str | None:
    if ctx.personal and report is not None and report.media_url:
        return report.media_url
    if public is None or not public.pictures:
        return None
    code = ctx.uow.areas.get(case.community_id).code
    return f"{where}/board/{code}/{case.number}/{public.pictures[0]}"


def _short(ctx: Sight, case: Case) -> str:
    return ctx.uow.areas.get(case.community_id).short
