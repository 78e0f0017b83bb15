"""Who asks for service requests: somebody with a key (a token), or anybody, who sees what is public."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from bot.web.api.door import RETRY_AFTER, TooFastError
from bot.web.api.problems import ProblemError
from bot.web.open311.mistakes import refused, unknown
from bot.web.viewers import board_is_on
from data.domain.token import TokenScope
from data.repositories.latest import CasesWanted
from handlers.context import Context

if TYPE_CHECKING:
    from bot.web.api.door import TokenDoor
    from bot.web.site import Site
    from data.domain.areas import Area
    from data.domain.case import Case
    from data.domain.token import Token
    from data.uow import UnitOfWork


@dataclass
class Sight(Context):
    """A request; `viewed` are the cases whose words were shown as they were said."""

    token: Token | None = field(kw_only=True)
    viewed: list[int] = field(default_factory=list)

    @property
    def reads(self) -> bool:
        """Whether what people said is shown, masked."""
        return self.token is not None and TokenScope.CASES_READ in self.token.scopes

    @property
    def personal(self) -> bool:
        """Whether it is shown as it was said."""
        return self.reads and self.token is not None and TokenScope.CASES_PERSONAL in self.token.scopes

    @property
    def top(self) -> Area | None:
        """The area the key is limited to, None for all."""
        area_id = self.token.area_id if self.token is not None else None
        return self.uow.areas.get(area_id) if area_id is not None else None

    def sees(self, case: Case) -> bool:
        """Whether a case may be shown: to anybody what the board shows or other software posted."""
        if self.token is None:
            return self.uow.publications.anybody_sees(case.id)
        if case.discreet and not self.reads:
            return False
        top = self.top
        return top is None or self.uow.areas.covers(top.id, case.building_id or case.area_id)

    def wanted(self, here: Area | None) -> CasesWanted:
        """Return which cases are listed: of a jurisdiction, or of all there is for this key."""
        area = here if here is not None else self.top
        return CasesWanted(area=area, public=not self.reads, for_anybody=self.token is None)

    def communities(self) -> list[Area]:
        """Return the communities (jurisdictions) there are for this key."""
        top, covers = self.top, self.uow.areas.covers
        found = self.uow.areas.communities()
        return [c for c in found if top is None or covers(top.id, c.id) or covers(c.id, top.id)]

    def jurisdiction(self, code: str) -> Area | None:
        """Return the community of a jurisdiction_id, None if none was given, or raise (404)."""
        if not code:
            return None
        found = next((area for area in self.communities() if area.code == code), None)
        if found is None:
            raise unknown("jurisdiction_id provided was not found")
        return found


class Keys:
    """Knows the keys of requests. Reading is for anybody where the place says so; writing never is."""

    def __init__(self, site: Site, door: TokenDoor) -> None:
        self._site = site
        self._door = door

    def count(self, key: str) -> None:
        """Count a request with a key; raise (429) if it comes too fast."""
        try:
            if key:
                self._door.count(key)
        except TooFastError:
            raise ProblemError(
                HTTPStatus.TOO_MANY_REQUESTS,
                "too many requests within a minute",
                headers={"Retry-After": str(RETRY_AFTER)},
            ) from None

    def anybody(self, uow: UnitOfWork) -> Sight:
        """Return who asks for what everybody may know."""
        return Sight(self._site.house, uow, self._site.clock.now(), token=None)

    def reader(self, uow: UnitOfWork, key: str) -> Sight:
        """Return who reads, or raise (403)."""
        token = self._door.admit(uow, key) if key else None
        if key and token is None:
            raise refused("api_key is unknown, or stands no more")
        if token is None and not self._open():
            raise refused("api_key was not provided")
        return Sight(self._site.house, uow, self._site.clock.now(), token=token)

    def _open(self) -> bool:
        """Whether anybody may read, as GeoReport has it; the config may want the board's page to be on."""
        said = self._site.config.web.open311
        return board_is_on(self._site) if said == "board" else said == "public"

    def writer(self, uow: UnitOfWork, key: str, scope: TokenScope) -> Sight:
        """Return who writes, or raise (403)."""
        if not key:
            raise refused("api_key was not provided")
        sight = self.reader(uow, key)
        if sight.token is None or scope not in sight.token.scopes:
            raise refused(f"api_key lacks the scope {scope.value}")
        return sight
