"""统计 [期间] [网格、单位或人]: a short table. A residents' group hears totals and rates, staff all of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from data.domain.areas import AreaKind, building_label, called
from data.domain.errors import RefusedError, UserError
from data.domain.figures import By, Scope, Totals
from data.domain.rating import counted_rates
from handlers.hearing.areas import buildings_within
from handlers.hearing.names import has_duty_in_reach, people_named
from handlers.mediation.records import success_line
from handlers.reports.charts import trend
from handlers.reports.community_life import TOPICS
from handlers.reports.figures import figures, percent, shown_late, shown_rates, shown_times
from handlers.reports.hotline import callers
from handlers.reports.overview import months_of
from handlers.reports.periods import read_period, this_week
from handlers.saying.charts import as_media, titled
from handlers.saying.say import answer, answer_about

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.domain.areas import Area
    from data.domain.figures import Figures
    from handlers.context import Heard
    from handlers.hearing.grammar import Command
    from handlers.reports.periods import Period


MOST_ROWS = 20


class LookedUp(NamedTuple):
    """What is answered: a wording and its values, a chart, whether it is no matter for the group."""

    key: str
    values: dict[str, Any]
    private: bool = False
    media: str | None = None


def statistics(heard: Heard, command: Command) -> None:
    """统计: of the community or street spoken in, or of the grid, organisation or person that is named."""
    told: LookedUp = heard.ahead or look_up(heard, command)
    heard.private_answer = heard.private_answer or told.private
    if told.media is None:
        answer(heard, told.key, **told.values)
    else:
        answer_about(heard, told.key, (), media=told.media, **told.values)


def look_up(heard: Heard, command: Command) -> LookedUp:
    """Return what is answered; only reads, for up to half a second where there are a million cases."""
    drawn, words = _wants_chart(command.words)
    period, name = _read(heard, words)
    home = _home(heard)
    topic = next((word for word in name.split() if word in TOPICS), None)
    if topic is not None:
        where = " ".join(word for word in name.split() if word != topic)
        area = _named(heard, home, where).area if where else home
        _require_charge(heard, command, area)
        line = TOPICS[topic](heard, area, period.start, period.end)
        return LookedUp("life.figures", {"period": period.name, "line": line})
    several = [] if name or drawn or heard.room is not None else _all_of_mine(heard)
    if len(several) > 1:
        rows = "\n".join(_row(heard, _of_scope(heard, Scope(area), period)) for area in several)
        return LookedUp("statistics_several", {"period": period.name, "rows": rows})
    scope = _named(heard, home, name) if name else Scope(home)
    _require_charge(heard, command, scope.area)
    private = scope.handler is not None  # how one organisation or person does is no matter for the group
    if drawn:
        return _drawn(heard, scope, period, private=private)
    found = figures(heard, scope, period.start, period.end)
    values = _totals(scope.name, period, found) | shown_rates(found.rates)
    values["hotline"] = callers(heard, scope, period.start, period.end)
    if heard.room is not None and heard.room.public and not (heard.private_answer or private):
        return LookedUp("statistics", values)
    rows = _rows(heard, scope.area, period) if scope.handler is None else ""
    told = _mediations(heard, scope, period) + _on_behalf(heard, scope, period)
    extra = _for_staff(heard, scope, found) | {"mediation": told, "rows": rows}
    return LookedUp("statistics_staff", values | extra, private)


def _wants_chart(words: str) -> tuple[bool, str]:
    """Return whether a chart is wanted (统计 图 本月), and the rest."""
    first, _, rest = words.strip().partition(" ")
    return (True, rest) if first in ("图", "图表") else (False, words)


def _drawn(heard: Heard, scope: Scope, period: Period, *, private: bool) -> LookedUp:
    """Return the months up to a period as a chart; whoever sends it draws it."""
    spec = titled(trend(heard.house.texts, months_of(heard, scope, period)), f"{scope.name} {period.name}")
    values = _of_scope(heard, scope, period) | {"at": "", "period": period.name}
    return LookedUp("statistics_chart", values, private, as_media(spec))


def _totals(where: str, period: Period, found: Figures) -> dict[str, Any]:
    counted = found.totals
    return {
        "community": where,
        "period": period.name,
        "reported": counted.reported,
        "accepted": counted.accepted,
        "resolved": counted.resolved,
        "open": counted.open,
        "reopened": counted.reopened,
    }


def _for_staff(heard: Heard, scope: Scope, found: Figures) -> dict[str, Any]:
    """Return what residents' groups are not told: the five times, who found it, what was late."""
    texts = heard.house.texts
    home = heard.uow.areas.community_of(scope.area.id) or scope.area
    late = shown_late(heard, found, home)
    times = {f"time_{stage}": shown for stage, shown in shown_times(texts, found).items()}
    return {
        **times,
        "by_staff": found.totals.by_staff,
        "late": texts("statistics_parts.late", cases=late) if late else "",
    }


def _mediations(heard: Heard, scope: Scope, period: Period) -> str:
    """Return how a whole community's mediations ended; they are told of no smaller part."""
    if scope.handler is not None or scope.area.kind is not AreaKind.COMMUNITY:
        return ""
    return success_line(heard, scope.area.id, period.start, period.end)


def _on_behalf(heard: Heard, scope: Scope, period: Period) -> str:
    """Return how much staff reported, and rated, for somebody else: counted apart from the three rates."""
    reported, rated = heard.uow.sums.on_behalf(scope, period.start, period.end)
    if not reported and not rated:
        return ""
    return heard.house.texts("statistics_parts.on_behalf", reported=reported, rated=rated)


def _rows(heard: Heard, area: Area, period: Period) -> str:
    """Return a row for each part of an area, and for each organisation at work there, counted in one go."""
    parts, by = _parts(heard, area), By.GRID if area.kind is AreaKind.COMMUNITY else By.COMMUNITY
    apart = [by, By.ORGANISATION] if parts else [By.ORGANISATION]
    tally = heard.uow.sums.tally(Scope(area), period.start, period.end, heard.now, apart)
    units = sorted(unit for unit in tally.totals(By.ORGANISATION) if unit is not None)
    named = [(by, part.id, part.name) for part in parts]
    named += [(By.ORGANISATION, unit, heard.uow.organisations.get(unit).name) for unit in units]
    totals, answers = {one: tally.totals(one) for one in apart}, {one: tally.answers(one) for one in apart}
    return "".join(
        "\n"
        + _row(heard, _in_short(heard, name, totals[kind].get(key, Totals()), answers[kind].get(key, {})))
        for kind, key, name in named[:MOST_ROWS]
    )


def _row(heard: Heard, values: dict[str, Any]) -> str:
    return heard.house.texts("statistics_parts.row", **values)


def _of_scope(heard: Heard, scope: Scope, period: Period) -> dict[str, Any]:
    tally = heard.uow.sums.tally(scope, period.start, period.end, heard.now)
    return _in_short(heard, scope.name, tally.whole, tally.answers()[0])


def _in_short(heard: Heard, name: str, counted: Totals, digits: Mapping[int, int]) -> dict[str, Any]:
    """Return a name with its figures in a line: what came up, was done, the composite rate."""
    rated = counted_rates(digits, heard.policy.rates)
    return {
        "name": name,
        "reported": counted.reported,
        "resolved": counted.resolved,
        "composite": percent(rated.composite),
        "answers": rated.answers,
    }


def _parts(heard: Heard, area: Area) -> list[Area]:
    if area.kind is AreaKind.COMMUNITY:
        return heard.uow.areas.grids(area.id)
    if area.kind in (AreaKind.GRID, AreaKind.BUILDING):
        return []
    return [c for c in heard.uow.areas.communities() if heard.uow.areas.covers(area.id, c.id)]


def _read(heard: Heard, words: str) -> tuple[Period, str]:
    """Return the period that is named, wherever (else this week), and the name of what the figures are of."""
    work, parts = heard.policy.work, words.split()
    for place, part in enumerate(parts):
        found = read_period(work, heard.now, part)
        if found is not None:
            return found, " ".join([*parts[:place], *parts[place + 1 :]])
    return this_week(work, heard.now), " ".join(parts)


def _named(heard: Heard, home: Area, name: str) -> Scope:
    """Return what the one area, building, organisation or person of a name stands for, or raise."""
    found = [Scope(area) for area in called(_areas_in_reach(heard, home), name)]
    found = found or [Scope(building) for building in _buildings(heard, home, name)]
    if not found:
        organisations = heard.uow.organisations.all_of_them()
        found = [Scope(home, o) for o in organisations if name in (o.name, *o.aliases)]
        found = found or [
            Scope(home, person) for person in people_named(heard, name, partial(has_duty_in_reach, heard))
        ]
    if len(found) > 1:
        raise UserError("statistics.which", said=name, names="、".join(one.name for one in found))
    if not found:
        raise UserError("statistics.period", said=name)
    return found[0]


def _areas_in_reach(heard: Heard, home: Area) -> list[Area]:
    """Return the communities and grids that the speaker's duties reach."""
    covered = [
        c
        for c in heard.uow.areas.communities()
        if any(heard.uow.areas.covers(duty.area_id, c.id) for duty in heard.duties)
    ]
    found = [area for top in (*covered, home) for area in (top, *heard.uow.areas.grids(top.id))]
    return list({area.id: area for area in found}.values())


def _buildings(heard: Heard, home: Area, name: str) -> list[Area]:
    """Return the buildings of a name (`3栋`) in the speaker's reach; of several, those of this room."""
    label = building_label(name)
    if label == name or not label:
        return []
    grids = [area.id for area in _areas_in_reach(heard, home) if area.kind is AreaKind.GRID]
    return buildings_within(heard, grids, label)


def _home(heard: Heard) -> Area:
    """Return the community spoken in, or the street whose staff room it is; else of the duty."""
    areas, here = heard.uow.areas, heard.room
    if here is not None and here.area_id is not None:
        return heard.community or areas.get(here.area_id)
    if heard.community is not None:
        return heard.community
    own = [areas.community_of(duty.area_id) or areas.get(duty.area_id) for duty in heard.duties]
    return min(own, key=lambda area: area.kind is not AreaKind.COMMUNITY)


def _all_of_mine(heard: Heard) -> list[Area]:
    """Return the streets, districts and communities that the speaker's duties are over, the widest only."""
    areas = heard.uow.areas
    own = {duty.area_id: areas.get(duty.area_id) for duty in heard.duties}
    wide = [area for area in own.values() if area.kind not in (AreaKind.GRID, AreaKind.BUILDING)]
    return [a for a in wide if not any(b.id != a.id and areas.covers(b.id, a.id) for b in wide)]


def _require_charge(heard: Heard, command: Command, area: Area) -> None:
    """Raise unless the speaker has a duty in the community an area lies in, or above it."""
    home = heard.uow.areas.community_of(area.id) or area
    covers = heard.uow.areas.covers
    if not any(covers(d.area_id, home.id) or covers(home.id, d.area_id) for d in heard.duties):
        raise RefusedError("refused.figures", verb=command.verb.value, name=area.name)
