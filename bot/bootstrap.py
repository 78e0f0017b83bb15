"""The one place that wires: config in, a bot out. Every part can be handed in instead."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from functools import partial
from random import Random, SystemRandom
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from bot.channels.album import Album
from bot.channels.web import NAME as WEB
from bot.channels.web import WebChannel
from bot.config.community import life_of
from bot.dispatcher import Dispatcher
from bot.intake import Intake
from bot.limiter import Limiter
from bot.presets import off_in, paths_of
from bot.sender import Sender
from bot.ticker import Ticker
from bot.understanding import understander_of
from bot.webhooks.channel import WebhookChannel
from bot.worker_shift import ALONE
from bot.writer import Writer
from data.domain.case import Grade
from data.domain.clock import SystemClock
from data.domain.deliberation import Deliberation, Quorum
from data.domain.paths import PrivateMatter
from data.domain.policy import Policy, QuietHours
from data.domain.rating import RateWeights
from data.domain.webhook import CHANNEL as HOOKS
from data.domain.whistle import Colour
from data.domain.worktime import Span, WorkTime
from data.holidays import ChineseHolidays
from data.store import Store
from handlers.context import House
from handlers.conversation import Conversations
from handlers.hearing.grammar import is_command
from handlers.own.in_force import renew
from handlers.people import my_data, putting_out, rooms
from handlers.texts.wording import Texts

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping, Sequence

    from bot.channels.base import Channel
    from bot.charts import Drawer
    from bot.config import Config
    from bot.config.deliberation import DeliberationPart
    from bot.web.server import WebServer
    from bot.workers.crew import Crew
    from data.domain.clock import Clock
    from data.domain.errors import InputError
    from data.repositories.history import KeptMessage
    from nlp.understand import Understander

MINUTE = timedelta(minutes=1)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parts:
    """A bot in parts, not yet running."""

    config: Config
    store: Store
    house: House
    clock: Clock
    writer: Writer
    intake: Intake
    dispatcher: Dispatcher
    sender: Sender
    ticker: Ticker
    channels: Mapping[str, Channel]  # where people are
    outward: Mapping[str, Channel]  # these, and where only software listens
    holidays: ChineseHolidays
    crew: Crew | None = None  # where others may run on the same store

    def close(self) -> None:
        """Let go of the writer's thread and of the database."""
        self.writer.close()
        self.store.close()


def policy_of(config: Config, holidays: ChineseHolidays) -> Policy:
    """Return the rules of the place."""
    governance, bot = config.governance, config.bot
    opens, closes = governance.office_hours
    deadlines, ladder, rates = governance.deadlines, governance.ladder, governance.rates
    work = WorkTime(
        ZoneInfo(bot.timezone),
        opens,
        closes,
        holidays.is_workday,
        frozenset(governance.holidays),
        holidays.unknown_years,
    )
    paths = paths_of(governance.preset, governance.grades)
    places = {
        Grade.PRIVATE: Span(*deadlines.minor),
        Grade.MINOR: Span(*deadlines.minor),
        Grade.MAJOR: Span(*deadlines.major),
        Grade.HARD: Span(*deadlines.hard),
    }
    numbers = config.emergency.model_dump(exclude_none=True, exclude={"units"})
    return Policy(
        work=work,
        quiet=QuietHours(*bot.quiet_hours),
        bot_name=bot.name,
        web_address=config.web.address,
        hold=bot.hold,
        hold_limit=bot.hold * 4,
        gather=bot.gather,
        flood=bot.flood_per_minute,
        retention=config.retention.limits,
        accept=Span(*deadlines.accept),
        check_in=Span(*deadlines.check_in),
        resolve={grade: paths[grade].resolve or place for grade, place in places.items()},
        paths=paths,
        private_matters=tuple(
            PrivateMatter(frozenset(matter.categories), matter.answer, matter.words)
            for matter in config.private_matters
        ),
        ladder_officer=Span(*ladder.officer),
        ladder_street=Span(*ladder.street),
        ladder_supervisor=Span(*ladder.supervisor),
        colours={Colour(name): rank for name, rank in governance.colours},
        rates=RateWeights(rates.contacted, rates.solved, rates.satisfied, rates.fairly_satisfied),
        numbers=numbers,
        units=config.emergency.units.model_dump(),
        hearing=config.hearing.thresholds(),
        life=life_of(
            off_in(governance.preset), config.community, config.points, config.necessary, config.answers
        ),
        deliberation=_deliberation(config.deliberation),
    )


def _deliberation(rules: DeliberationPart) -> Deliberation:
    quorum = rules.quorum
    share = Fraction(quorum.share) if quorum is not None and quorum.share is not None else None
    return Deliberation(
        motion_support=rules.motion_support,
        proxies=rules.proxies,
        publicity_days=rules.publicity_days,
        check_in_code=rules.check_in_code,
        quorum=Quorum(quorum.households, share) if quorum is not None else None,
    )


def _told(error: InputError) -> None:
    """Warn of a file of the place's own that cannot be used; what ships stays in force."""
    log.warning("own_file_unusable", file=error.source, line=error.where, what=error.values.get("what"))


def house_of(
    config: Config,
    policy: Policy,
    channels: Mapping[str, Channel],
    understander: Understander | None = None,
    chance: Random | None = None,
) -> House:
    """Return what all handlers share."""
    return House(
        policy=policy,
        texts=Texts.load(config.bot.wordings),
        understander=copy(understander or understander_of(config, told=_told)),  # it gets rules of its own
        conversations=Conversations(policy.join_within),
        channels={name: channel.reach for name, channel in channels.items()},
        is_command=is_command,
        chance=chance or SystemRandom(),
    )


def build(
    config: Config,
    channels: Mapping[str, Channel],
    *,
    clock: Clock | None = None,
    store: Store | None = None,
    random: Random | None = None,
    chance: Random | None = None,
    understander: Understander | None = None,
    charts: Drawer | None = None,
    among_others: bool = False,
) -> Parts:
    """Wire a bot. Tests and the replay hand in a clock, channels and a store of their own.

    `among_others`: on PostgreSQL, where several may run, it shares the work with them.
    """
    clock = clock or SystemClock()
    store = store or Store(config.database.url)
    random = random or Random()  # noqa: S311  for jitter, not for secrets
    holidays = ChineseHolidays()
    policy = policy_of(config, holidays)
    house = house_of(config, policy, channels, understander, chance)
    store.watch_own(partial(renew, house, copy(house.understander), _told))
    writer = Writer()
    outward = {**channels, HOOKS: WebhookChannel(store, clock)}
    crew = _crew_of(store, clock, outward, random) if among_others and not store.alone else None
    shift = crew or ALONE
    intake = Intake(store, house, clock, Limiter(clock, policy.flood, MINUTE), shift=shift)
    sender = Sender(store, house, clock, writer, channels=outward, random=random, charts=charts, shift=shift)
    album = Album(config.storage.folder)
    return Parts(
        config=config,
        store=store,
        house=house,
        clock=clock,
        writer=writer,
        intake=intake,
        dispatcher=Dispatcher(intake, writer, random, sender.wake),
        sender=sender,
        ticker=Ticker(store, house, clock, writer, album=album, committed=sender.wake, shift=shift),
        channels=channels,
        outward=outward,
        holidays=holidays,
        crew=crew,
    )


def _crew_of(store: Store, clock: Clock, channels: Mapping[str, Channel], random: Random) -> Crew:
    from bot.workers.crew import Crew  # noqa: PLC0415  PostgreSQL's driver is an extra

    return Crew(store, clock, channels, random)


KEPT_TALK = 8_000  # rows of each table that are looked through for the talk of before
FORGETS, PUTS_OUT = f":{my_data.FORGOTTEN}", f":{putting_out.PUT_OUT}"


FOLLOWS = f"invitation:{rooms.ACCEPT}"


def channels_of(
    config: Config, store: Store, clock: Clock, environment: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Channel]:
    """Return the channels that the config switches on."""
    channels: dict[str, Channel] = {}
    if config.channels.web.enabled:
        channels[WEB] = web_channel_of(config, store, clock)
    if config.channels.wechaty.enabled:
        # gRPC is loaded where WeChat is wanted only
        from bot.channels.wechaty.wiring import wechaty_channel_of  # noqa: PLC0415

        channel = wechaty_channel_of(config, clock, environment, follows=FOLLOWS)
        channels[channel.name] = channel
    if config.channels.onebot.enabled:
        # a replay, which is wired here too, need not wait for HTTP to be loaded
        from bot.channels.onebot.wiring import onebot_channel_of  # noqa: PLC0415

        onebot = onebot_channel_of(config, clock, environment, follows=FOLLOWS, again=again_of(config))
        channels[onebot.name] = onebot
    if config.channels.wecom.enabled:
        from bot.channels.wecom.wiring import wecom_channel_of  # noqa: PLC0415

        wecom = wecom_channel_of(config, clock, environment, follows=FOLLOWS, again=again_of(config))
        channels[wecom.name] = wecom
    return channels


def again_of(config: Config) -> str:
    """Return what stands before a message that may have been said before."""
    return Texts.load(config.bot.wordings)("channel.again")


def web_channel_of(config: Config, store: Store, clock: Clock) -> WebChannel:
    """Return the embedded channel; what it shows of before is what the store keeps."""

    def history() -> Sequence[KeptMessage]:
        with store.read() as uow:
            return uow.history.kept(WEB, KEPT_TALK)

    return WebChannel(
        clock,
        config.bot.name,
        history=history,
        forgets=lambda went: went.endswith(FORGETS),
        puts_out=lambda went: went.endswith(PUTS_OUT),
    )


def server_of(
    parts: Parts, reserved: socket.socket, environment: Mapping[str, str], *, demo: bool = False
) -> WebServer:
    """Return the web server for a bot, on a port that was reserved; in a demo one may speak as anybody."""
    # a replay, which is wired here too, need not wait for a web server to be loaded
    from bot.web.keys import metrics_token, session_key  # noqa: PLC0415
    from bot.web.server import WebServer  # noqa: PLC0415
    from bot.web.site import Site  # noqa: PLC0415
    from bot.web.visitors import DemoGate, SessionGate  # noqa: PLC0415

    folder = parts.config.storage.folder
    channel = parts.channels.get(WEB)
    site = Site(
        config=parts.config,
        house=parts.house,
        store=parts.store,
        writer=parts.writer,
        clock=parts.clock,
        channel=channel if isinstance(channel, WebChannel) else None,
        album=Album(folder),
        gate=DemoGate() if demo else SessionGate(parts.store, parts.writer, parts.clock),
        demo=demo,
        metrics_token=metrics_token(environment),
        channels=parts.channels,
        inlet=parts.crew or parts.dispatcher,
    )
    return WebServer(site, session_key(environment, folder), reserved)
