"""How a ballot is shown: its options with letters, its turnout, its result and verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.ballot import BallotRule, BallotState, BallotVerdict, Weight, still_needed
from data.domain.case import Place
from handlers.saying.charts import GREEN, spec_of, titled
from handlers.saying.days import day_and_time
from handlers.saying.showing import place_name

if TYPE_CHECKING:
    from data.domain.ballot import Ballot
    from handlers.context import Context


def of_ballot(ctx: Context, one: Ballot) -> dict[str, Any]:
    """Return what every wording about a ballot may speak of."""
    texts = ctx.house.texts
    letters = [f"{chr(ord('A') + i)} {option}" for i, option in enumerate(one.options)]
    return {
        "number": one.number,
        "title": one.title,
        "options": "  ".join(letters),
        "rule": texts(f"ballot_rule.{one.rule.value}"),
        "named": texts("ballot_parts.named" if one.named else "ballot_parts.secret"),
        "ends": day_and_time(ctx, one.ends_at),
    }


def turnout_values(ctx: Context, one: Ballot) -> dict[str, Any]:
    """Return how many have voted and what is still needed: never how."""
    roll = ctx.uow.ballots.roll(one.id)
    voted = ctx.uow.ballots.voted(one.id)
    known = all(row.area is not None for row in roll)
    whole = Weight(len(roll), sum(row.area or 0 for row in roll) if known else None)
    area = sum(row.area or 0 for row in roll if row.household_id in voted) if known else None
    took_part = Weight(len(voted), area)
    missing = still_needed(one.rule, whole, took_part)
    return {
        "turnout": _of(ctx, took_part, whole),
        "needed": _needed(ctx, one.rule, missing),
        "missing": whole.heads - took_part.heads,
    }


def result_values(ctx: Context, one: Ballot) -> dict[str, Any]:
    """Return the whole result of a ballot that is over."""
    outcome = one.outcome
    if outcome is None or one.whole is None:
        message = "a ballot that is open has no result"
        raise ValueError(message)
    texts = ctx.house.texts
    by_law = one.rule is not BallotRule.SIMPLE
    counted = [
        texts(
            "ballot_parts.option",
            option=option,
            count=weight(ctx, total if by_law else Weight(total.heads, None)),
        )
        for option, total in zip(one.options, one.totals, strict=True)
    ]
    leading = "、".join(f"「{one.options[i]}」" for i in outcome.leading)
    unknown = by_law and one.whole.area is None
    return of_ballot(ctx, one) | {
        "totals": "、".join(counted),
        "turnout": _of(ctx, outcome.took_part, one.whole),
        "verdict": texts(f"ballot_verdict.{_verdict(one.rule, outcome.verdict)}", leading=leading),
        "heads_only": texts("ballot_parts.heads_only") if unknown else "",
        "short": _needed(ctx, one.rule, still_needed(one.rule, one.whole, outcome.took_part))
        if outcome.verdict is BallotVerdict.TURNOUT
        else "",
    }


def choices_of(ctx: Context, one: Ballot, *, public: bool) -> list[str]:
    """Return what each household chose in a named ballot that is over; its door is the area's own affair.

    Of a secret ballot there is nothing to return: nothing is kept.
    """
    if not one.named or one.state is not BallotState.CLOSED:
        return []
    rows = []
    for enrolled in ctx.uow.ballots.roll(one.id):
        if enrolled.choice is not None:
            home = ctx.uow.households.get(enrolled.household_id)
            place = home.place(ctx.uow.areas.get(home.building_id).name)
            shown = place_name(Place(place.building, place.unit) if public else place, public=public)
            rows.append(f"{shown} {one.options[enrolled.choice]}")
    return rows


def bars(ctx: Context, one: Ballot) -> dict[str, Any]:
    """Return a result as a chart: a bar for each option, as long as households chose it."""
    values = [
        {"option": option, "heads": total.heads}
        for option, total in zip(one.options, one.totals, strict=True)
    ]
    y = {"field": "option", "type": "nominal", "sort": None, "axis": {"title": None}}
    x = {
        "field": "heads",
        "type": "quantitative",
        "axis": {"title": ctx.house.texts("ballot_parts.axis"), "tickMinStep": 1},
    }
    text = {"field": "heads", "type": "quantitative"}
    drawn = {
        "data": {"values": values},
        "encoding": {"y": y, "x": x},
        "layer": [
            {"mark": {"type": "bar", "cornerRadiusEnd": 3, "color": GREEN}},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"text": text}},
        ],
    }
    return titled(spec_of(drawn), ctx.house.texts("ballot_parts.chart", number=one.number, title=one.title))


def weight(ctx: Context, of: Weight) -> str:
    """Show households, and their area where it is known: `60 户、5400.5 ㎡`."""
    texts = ctx.house.texts
    heads = texts("ballot_parts.heads", heads=of.heads)
    return heads if of.area is None else f"{heads}{texts('ballot_parts.area', area=square_metres(of.area))}"


def square_metres(hundredths: int) -> str:
    """Show an area that is given in 0.01 m²: 895350 → `8953.5`."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def _of(ctx: Context, part: Weight, whole: Weight) -> str:
    texts = ctx.house.texts
    heads = texts("ballot_parts.of_heads", part=part.heads, whole=whole.heads)
    if part.area is None or whole.area is None:
        return heads
    shown = texts("ballot_parts.of_area", part=square_metres(part.area), whole=square_metres(whole.area))
    return f"{heads}{shown}"


def _needed(ctx: Context, rule: BallotRule, missing: Weight | None) -> str:
    """Say what is missing for the turnout; nothing where the rule asks for none."""
    if missing is None:
        return ""
    if not missing.heads and not missing.area:
        return ctx.house.texts("ballot_parts.enough")
    return ctx.house.texts(
        "ballot_parts.needed", missing=weight(ctx, missing), rule=ctx.house.texts(f"ballot_rule.{rule.value}")
    )


def _verdict(rule: BallotRule, verdict: BallotVerdict) -> str:
    """Return the wording of a verdict: by the law not that more were against, but that too few consent."""
    return "short" if rule is not BallotRule.SIMPLE and verdict is BallotVerdict.REJECTED else verdict.value
