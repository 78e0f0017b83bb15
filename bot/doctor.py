"""The examination behind `shaozi doctor`: one finding after another, each well or not."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import ChannelState
from bot.doctor_findings import Finding
from bot.interfaces_doctor import examine_interfaces
from bot.understanding import understander_of
from bot.web.keys import metrics_token
from data.checks import problems
from data.domain.clock import SystemClock
from data.domain.errors import InputError
from data.domain.pair import FEWEST, MOST
from data.domain.people import Role
from data.holidays import ChineseHolidays
from data.schema import require_current
from data.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.config import Config
    from data.uow import UnitOfWork

LOOK_AHEAD = timedelta(days=60)  # as far as the longest deadline reaches
LEAST_DISK = 200  # MiB
ASK = 3.0  # seconds
_ADDRESS = re.compile(r"https?://[^/\s:]+(?::\d+)?(?:/|$)")
_STANDING = r'shaozi_channel_state\{{channel="{}",state="(\w+)"\}} 1\.0'


def examine(config: Config, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is found, the config first (it was read, or we would not be here)."""
    yield Finding("config")
    if config.web.public_url is not None and not _ADDRESS.match(config.web.public_url):
        yield Finding("public_url_wrong", well=False, values={"url": config.web.public_url})
    yield _calendar()
    yield _disk(config)
    yield _understanding(config)
    yield from _store(config, environment)
    if config.channels.wechaty.enabled:
        yield _gateway(config, environment)
        yield _standing(config, environment, "wechaty")
    if config.channels.onebot.enabled:
        yield _onebot(config, environment)
    if config.channels.wecom.enabled:
        yield _wecom(config, environment)


def _gateway(config: Config, environment: Mapping[str, str]) -> Finding:
    """Ask WeChat's gateway for its version: is it there, is the token right?"""
    from bot.channels.wechaty.gateway import version_of  # noqa: PLC0415  loaded where WeChat is wanted only
    from bot.channels.wechaty.wire import GatewayError, TokenRefusedError  # noqa: PLC0415
    from bot.channels.wechaty.wiring import address_of  # noqa: PLC0415

    where = ":".join(map(str, config.channels.wechaty.endpoint))
    try:
        version = asyncio.run(version_of(address_of(config, environment)))
    except TokenRefusedError:
        return Finding("gateway_refuses", well=False, values={"where": where})
    except GatewayError:
        return Finding("gateway_absent", well=False, values={"where": where})
    return Finding("gateway", values={"where": where, "version": version})


def _onebot(config: Config, environment: Mapping[str, str]) -> Finding:
    """See whether gateways have a token to show, and whether one is there."""
    from bot.channels.onebot.wiring import TOKEN  # noqa: PLC0415  loaded where it is wanted only

    if not environment.get(TOKEN):
        return Finding("secret_absent", well=False, values={"names": TOKEN, "channel": "onebot"})
    return _standing(config, environment, "onebot")


def _wecom(config: Config, environment: Mapping[str, str]) -> Finding:
    """See whether all secrets are set, and whether WeCom takes them."""
    from bot.channels.wecom.wiring import secrets_of  # noqa: PLC0415  loaded where it is wanted only

    absent = [name for name in secrets_of(config.channels.wecom) if not environment.get(name)]
    if absent:
        return Finding("secret_absent", well=False, values={"names": ", ".join(absent), "channel": "wecom"})
    return _standing(config, environment, "wecom")


def _standing(config: Config, environment: Mapping[str, str], channel: str) -> Finding:
    """Ask the bot that runs here where one of its channels stands."""
    host = f"[{config.web.host}]" if ":" in config.web.host else config.web.host
    token = metrics_token(environment)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        asked = Request(f"http://{host}:{config.web.port}/metrics", headers=headers)
        with urlopen(asked, timeout=ASK) as answer:  # noqa: S310  our own address
            found = re.search(_STANDING.format(re.escape(channel)), answer.read().decode())
    except (OSError, ValueError):
        found = None
    if found is None:
        return Finding(f"{channel}_unknown", warns=True)
    return Finding(f"{channel}_{found[1]}", well=found[1] in (ChannelState.ONLINE, ChannelState.ELSEWHERE))


def _calendar() -> Finding:
    holidays = ChineseHolidays()
    today = SystemClock().now().date()
    for day in (today, today + LOOK_AHEAD):
        holidays.is_workday(day)
    years = ", ".join(map(str, sorted(holidays.unknown_years)))
    return Finding("calendar_short", warns=True, values={"years": years}) if years else Finding("calendar")


def _disk(config: Config) -> Finding:
    folder = config.storage.folder
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 2**20
    return Finding("disk", well=free >= LEAST_DISK, values={"free": free})


def _understanding(config: Config) -> Finding:
    """Look at the place's own rules and weights: a file that cannot be used is not, and should be mended."""
    if config.bot.rules is not None and not config.bot.rules.exists():
        return Finding("rules_absent", well=False, values={"path": config.bot.rules})
    try:
        understander_of(config)
    except InputError as error:
        where = f"{error.source}:{error.where}"
        return Finding(
            "understanding_broken", well=False, values={"where": where, "what": error.values["what"]}
        )
    return Finding("understanding")


def _store(config: Config, environment: Mapping[str, str]) -> Iterator[Finding]:
    store = Store(config.database.url)
    try:
        path = store.engines.path
        if path is not None and not path.exists():
            yield Finding("store_absent", well=False, values={"path": path})
            return
        require_current(store.engines)
        wrong = problems(store)
        yield Finding("store_broken", well=False, values={"what": wrong[0]}) if wrong else Finding("store")
        yield from _contents(store, config)
        with store.read() as uow:
            yield from examine_interfaces(config, environment, uow)
    except (InputError, SQLAlchemyError) as error:
        what = getattr(error, "key", type(error).__name__)
        yield Finding("store_unusable", well=False, values={"what": what})
    finally:
        store.close()


def _pairs(uow: UnitOfWork) -> Iterator[Finding]:
    """Say who is paired with fewer or more households than one person can see each quarter (联户)."""
    counts = Counter(pair.person_id for pair in uow.pairs.everything())
    odd = [f"{uow.people.get(p).name} {n}" for p, n in counts.items() if not FEWEST <= n <= MOST]
    if odd:
        yield Finding("pairs", well=False, values={"fewest": FEWEST, "most": MOST, "who": "、".join(odd)})


def _reach(uow: UnitOfWork, config: Config) -> Iterator[Finding]:
    """Say which units nobody would hear for, and which rooms lie on a channel that there is not."""
    silent = [
        o.name
        for o in uow.organisations.all_of_them()
        if not uow.rooms.of_organisation(o.id) and not uow.people.members(o.id)
    ]
    if silent:
        yield Finding("units_silent", warns=True, values={"names": "、".join(silent)})
    known = {name for name, channel in config.channels if channel.enabled}
    astray = [f"{room.topic}({room.channel})" for room in uow.rooms.everywhere() if room.channel not in known]
    if astray:
        yield Finding("rooms_astray", well=False, values={"names": "、".join(astray[:5])})


def _contents(store: Store, config: Config) -> Iterator[Finding]:
    with store.read() as uow:
        counts = uow.people.counts()
        yield Finding("roster", well=counts["rooms"] > 0, values=counts)
        if not uow.people.all_holding(Role.OPERATOR):
            yield Finding("operator_absent", warns=True)
        yield from _reach(uow, config)
        yield from _pairs(uow)
        dead, waiting = uow.outbox.count_state("dead"), uow.outbox.count_state("queued")
        yield Finding("outbox", well=dead == 0, values={"dead": dead, "waiting": waiting})
        yield Finding("cases", values={"open": uow.cases.count_open()})
