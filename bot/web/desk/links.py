"""What a case hangs together with: motion, meeting, ballot, publicity, notice, activity; and where."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from yarl import URL

from bot.web.desk.register_parts import Way

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from handlers.context import Heard

NOTICED = timedelta(days=90)  # so far back notices are looked through
MOST = 12


def links_of(heard: Heard, case: Case) -> list[Way]:
    """Return the neighbours of a case in the order of the story; without a page where one may open none."""
    uow, texts = heard.uow, heard.house.texts
    staff = heard.is_staff_for(case)

    def way(key: str, number: int, title: str, page: str, at: datetime | None = None) -> Way:
        name = f"{texts(f'link.{key}', number=number)} {title}".strip()
        if not staff:
            return Way(name, "")
        query = {"q": title[:60]}
        if at is not None:
            query["month"] = f"{heard.policy.work.local(at):%Y-%m}"
        return Way(name, str(URL(f"/desk/{page}").with_query(query)))

    resolutions = uow.resolutions.of_case(case.id)
    motions = {one.id: one for one in uow.motions.of_case(case.id)}
    motions |= {one: uow.motions.get(one) for one in (r.motion_id for r in resolutions) if one is not None}
    found = [way("motion", one.number, one.title, "meetings") for one in motions.values()]
    for meeting_id in dict.fromkeys(r.meeting_id for r in resolutions):
        one = uow.activities.get(meeting_id)
        found.append(way("meeting", one.number, one.topic, "meetings", one.starts_at))
    ballots = uow.ballots.about(case_id=case.id)
    ballots += [ballot for motion in motions for ballot in uow.ballots.about(motion_id=motion)]
    found += [way("ballot", one.number, one.title, "meetings") for one in ballots]
    public = uow.publicities.about(case_id=case.id)
    public += [one for motion in motions for one in uow.publicities.about(motion_id=motion)]
    found += [way("publicity", one.number, one.title, "meetings") for one in public]
    for one in uow.activities.found_at(case.id):
        found.append(way("activity", one.number, one.topic, "activities", one.starts_at))
    for notice in uow.notices.since(heard.now - NOTICED):
        if notice.community_id == case.community_id and f"#{case.number}" in notice.words:
            found.append(way("notice", notice.number, notice.words[:20], "notices"))
    return found[:MOST]
