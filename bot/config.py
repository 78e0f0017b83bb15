"""`config.yaml`: its schema, and the clear line it gets when something in it is wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from bot.community_config import AnswerSettings, CommunitySettings, NecessarySettings, PointsSettings
from bot.presets import GradePath
from bot.values import Endpoint, EndpointText, ExpectedError, PauseText, SpanText
from data.domain.case import Grade
from data.domain.errors import InputError
from data.domain.hearing import Costs, Hearing
from data.domain.people import Rank
from data.domain.retention import Retention

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def _clocks(value: Any) -> Any:
    """Read `22:00-07:00`; `off` is no time at all."""
    if value in ("off", False):
        return (time(0), time(0))
    parts = str(value).split("-")
    found = [_CLOCK.fullmatch(part.strip()) for part in parts]
    if len(parts) != 2 or not all(found):
        raise ExpectedError("22:00-07:00")
    return tuple(time(int(f[1]), int(f[2])) for f in found if f)


def _zone(value: Any) -> Any:
    try:
        ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ExpectedError("Asia/Shanghai") from None
    return str(value)


def _networks(value: Any) -> Any:
    """Read addresses and networks: `127.0.0.1`, `10.0.0.0/8`."""
    if not isinstance(value, (list, tuple)):
        raise ExpectedError("[127.0.0.1, 10.0.0.0/8]")
    for one in value:
        try:
            ip_network(str(one), strict=False)
        except ValueError:
            raise ExpectedError("[127.0.0.1, 10.0.0.0/8]") from None
    return tuple(map(str, value))


def _in_one_day(hours: tuple[time, time]) -> tuple[time, time]:
    """Refuse office hours that end before they begin: no working time would ever pass."""
    if hours[0] >= hours[1]:
        raise ExpectedError("09:00-18:00")
    return hours


Clocks = Annotated[tuple[time, time], BeforeValidator(_clocks)]
OfficeHours = Annotated[tuple[time, time], BeforeValidator(_clocks), AfterValidator(_in_one_day)]
Share = Annotated[float, Field(ge=0, le=1)]


class ConfigPart(BaseModel):
    """One part of the config: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bot(ConfigPart):
    """The bot itself."""

    name: Annotated[str, Field(min_length=1, max_length=20)] = "哨子"
    timezone: Annotated[str, BeforeValidator(_zone)] = "Asia/Shanghai"
    quiet_hours: Clocks = (time(22), time(7))
    hold_seconds: Annotated[int, Field(ge=0, le=300)] = 10
    gather_seconds: Annotated[int, Field(ge=0, le=3600)] = 600
    flood_per_minute: Annotated[int, Field(ge=1, le=10_000)] = 30
    wordings: Path | None = None
    rules: Path | None = None

    @property
    def hold(self) -> timedelta:
        """How long an acknowledgement waits for the next line."""
        return timedelta(seconds=self.hold_seconds)

    @property
    def gather(self) -> timedelta:
        """How long a step of a case waits in a group for the next one, to be said with it."""
        return timedelta(seconds=self.gather_seconds)

    @property
    def zone(self) -> ZoneInfo:
        """The place's time zone."""
        return ZoneInfo(self.timezone)


class Database(ConfigPart):
    """Where everything is remembered."""

    url: str = "sqlite:///shaozi.db"


class Storage(ConfigPart):
    """Where pictures and caches lie."""

    folder: Path = Path("shaozi-files")


class Web(ConfigPart):
    """The web server."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65_535)] = 8311
    public_url: str | None = None
    board: bool = False
    open311: Literal["public", "token"] = "public"
    requests_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = 1_200
    trusted_proxies: Annotated[tuple[str, ...], BeforeValidator(_networks)] = ("127.0.0.1", "::1")

    @property
    def address(self) -> str:
        """Where browsers find it: the address that others see, else its own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")


class Log(ConfigPart):
    """What is written about what goes on: ids, never what people said."""

    format: Literal["console", "json"] = "console"
    level: Literal["debug", "info", "warning", "error"] = "info"


class WebSettings(ConfigPart):
    """The embedded group chat."""

    enabled: bool = True


class WechatySettings(ConfigPart):
    """WeChat, through Wechaty's gateway."""

    enabled: bool = False
    endpoint: EndpointText = Endpoint("127.0.0.1", 18788)
    tls: bool = True
    authority: Path | None = None
    stable_ids: bool = True
    friend_word: Annotated[str, Field(min_length=2)] | None = None
    pause: PauseText = (3.0, 8.0)


class OneBotSettings(ConfigPart):
    """QQ, or whatever else a gateway of OneBot v11 speaks for."""

    enabled: bool = False
    friend_word: Annotated[str, Field(min_length=2)] | None = None
    pause: PauseText = (1.0, 3.0)


def _wecom_api(value: Any) -> Any:
    """Read the address of WeCom's API."""
    try:
        parts = urlsplit(str(value))
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ExpectedError("https://qyapi.weixin.qq.com")
    return str(value)


class WecomSettings(ConfigPart):
    """企业微信: an application of one's own, the robot of groups, and robots that speak in groups."""

    enabled: bool = False
    corp: Annotated[str, Field(max_length=100)] = ""
    agent: Annotated[int, Field(ge=1)] | None = None
    robot: bool = False
    robots: dict[str, Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]] = {}
    api: Annotated[str, BeforeValidator(_wecom_api)] = "https://qyapi.weixin.qq.com"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.agent is not None and not self.corp:
            raise ExpectedError("{corp: 企业 ID, agent: 应用的 AgentId}")
        if self.enabled and self.agent is None and not self.robot and not self.robots:
            raise ExpectedError("agent, robot, robots 至少一样")
        return self


class Channels(ConfigPart):
    """The ways to the outside."""

    web: WebSettings = WebSettings()
    wechaty: WechatySettings = WechatySettings()
    onebot: OneBotSettings = OneBotSettings()
    wecom: WecomSettings = WecomSettings()


class Deadlines(ConfigPart):
    """How long a step may take: minutes and hours of working time, or working days."""

    accept: SpanText = (2, "h")
    check_in: SpanText = (2, "h")
    minor: SpanText = (3, "d")
    major: SpanText = (10, "d")
    hard: SpanText = (30, "d")


class Ladder(ConfigPart):
    """How long after a missed deadline the next one hears of it, in working time."""

    officer: SpanText = (2, "h")
    street: SpanText = (4, "h")
    supervisor: SpanText = (8, "h")


class Colours(ConfigPart):
    """Whom of an organisation a whistle of a colour calls."""

    blue: Rank = Rank.SECTION_HEAD
    yellow: Rank = Rank.DEPUTY
    red: Rank = Rank.CHIEF


class RatesSettings(ConfigPart):
    """The weights of the three rates, and what 基本满意 is worth."""

    contacted: Share = 0.1
    solved: Share = 0.5
    satisfied: Share = 0.4
    fairly_satisfied: Share = 0.9


class Governance(ConfigPart):
    """The rules of the place."""

    preset: Literal["wanzhou", "jiaxing", "yongren", "beichen", "pingcheng"] = "wanzhou"
    grades: dict[Grade, GradePath] = {}
    office_hours: OfficeHours = (time(9), time(18))
    holidays: tuple[date, ...] = ()
    deadlines: Deadlines = Deadlines()
    ladder: Ladder = Ladder()
    colours: Colours = Colours()
    rates: RatesSettings = RatesSettings()


class QuorumPart(ConfigPart):
    """How many households must have come to a meeting that decides."""

    households: Annotated[int, Field(ge=1)] | None = None
    share: Annotated[Decimal, Field(gt=0, le=1)] | None = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.households is None) == (self.share is None):
            raise ExpectedError("{households: 20}, {share: 0.5}")
        return self


class DeliberationPart(ConfigPart):
    """The rules of motions, ballots, publicity and meetings."""

    motion_support: Annotated[int, Field(ge=1)] = 5
    proxies: Annotated[int, Field(ge=0, le=10)] = 1
    publicity_days: Annotated[int, Field(ge=1, le=365)] = 7
    check_in_code: bool = False
    quorum: QuorumPart | None = None


Cost = Annotated[float, Field(gt=0, le=1_000_000)]


class MistakeCosts(ConfigPart):
    """What a mistake costs, measured in questions to a grid leader."""

    announced: Cost = 20.0
    asked: Cost = 1.0
    missed: Cost = 8.0
    emergency_missed: Cost = 200.0


class HearingPart(ConfigPart):
    """From which probability on a line is announced or asked about; by what mistakes cost where not said."""

    sure: Share | None = 0.2
    doubtful: Share | None = 0.06
    emergency: Share | None = 0.005
    costs: MistakeCosts = MistakeCosts()

    def thresholds(self) -> Hearing:
        """Return the thresholds, those that are not named at their least cost."""
        least = Costs(**self.costs.model_dump()).thresholds()
        named = self.model_dump(exclude={"costs"}, exclude_none=True)
        return replace(least, **named)


class PrivateMatters(ConfigPart):
    """One row of the table of private matters."""

    categories: Annotated[tuple[str, ...], Field(min_length=1)]
    answer: Annotated[str, Field(min_length=1)]
    words: tuple[Annotated[str, Field(min_length=2)], ...] = ()


PRIVATE_MATTERS = (
    PrivateMatters(
        categories=("劳动和社会保障/社保", "劳动和社会保障/退休待遇"),
        answer="社保、退休待遇拨 12333,或到街道便民服务中心社保窗口,带身份证和社保卡。",
        words=("社保", "医保", "退休金", "养老金"),
    ),
    PrivateMatters(
        categories=("政法/户籍证件",),
        answer="户口、身份证、居住证到辖区派出所户籍窗口办,先打电话问清要带什么。",
        words=("身份证", "户口", "居住证"),
    ),
)


class Units(ConfigPart):
    """Which units are called to which danger: by their kind, or by a word of their names."""

    lift: tuple[str, ...] = ("property", "维保")
    gas: tuple[str, ...] = ("燃气",)
    electricity: tuple[str, ...] = ("供电", "电力")
    fire: tuple[str, ...] = ("property",)


class Emergency(ConfigPart):
    """Numbers to call that differ from place to place."""

    gas: str | None = None
    lift: str | None = None
    electricity: str | None = "95598"
    units: Units = Units()


def _age(value: Any) -> Any:
    """Read `3y`, `6m`, `90d`; `off` is for good."""
    if value in ("off", False, None):
        return None
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"(\d{1,3})\s*([ymd])", str(value).strip())
    if not found or int(found[1]) == 0:
        raise ExpectedError("3y, 6m, 90d, off")
    return timedelta(days=int(found[1]) * {"y": 365, "m": 30, "d": 1}[found[2]])


Age = Annotated[timedelta | None, BeforeValidator(_age)]


class Retain(ConfigPart):
    """For how long words, names and pictures are kept."""

    closed_cases: Age = timedelta(days=3 * 365)
    pictures: Age = timedelta(days=365)
    audit: Age = timedelta(days=3 * 365)
    visits: Age = timedelta(days=2 * 365)

    @property
    def limits(self) -> Retention:
        """The same, as the house knows it."""
        return Retention(**self.model_dump())


class Config(ConfigPart):
    """All of `config.yaml`; every key has a default."""

    bot: Bot = Bot()
    database: Database = Database()
    storage: Storage = Storage()
    web: Web = Web()
    log: Log = Log()
    channels: Channels = Channels()
    governance: Governance = Governance()
    deliberation: DeliberationPart = DeliberationPart()
    emergency: Emergency = Emergency()
    retention: Retain = Retain()
    hearing: HearingPart = HearingPart()
    private_matters: tuple[PrivateMatters, ...] = PRIVATE_MATTERS
    community: CommunitySettings = CommunitySettings()
    points: PointsSettings = PointsSettings()
    necessary: NecessarySettings = NecessarySettings()
    answers: tuple[AnswerSettings, ...] = ()


def load(path: Path | None) -> Config:
    """Read a config file; without one everything is at its default."""
    if path is None:
        return Config()
    if not path.exists():
        raise InputError(str(path), "-", "input.absent")
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(path.name, "-", "input.not_utf8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else "-"
        raise InputError(path.name, where, "input.yaml", what=getattr(error, "problem", "")) from None
    if tree is None:
        return Config()
    if not isinstance(tree, dict):
        raise InputError(path.name, "第 1 行", "input.not_a_mapping")
    try:
        return Config.model_validate(tree)
    except ValidationError as error:
        raise _clear(path, error.errors()[0]) from None


def _clear(path: Path, problem: ErrorDetails) -> InputError:
    """Turn pydantic's finding into one line: file, key, what was expected."""
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return InputError(path.name, key, "config.unknown_key", known=", ".join(_known_keys(problem["loc"])))
    context = problem.get("ctx") or {}
    expected = context.get("error") or context.get("expected") or problem["msg"]
    return InputError(
        path.name, key, "config.wrong", given=str(problem["input"])[:40], expected=str(expected)
    )


def _known_keys(where: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the part around an unknown key knows."""
    model: Any = Config
    for part in where[:-1]:
        model = model.model_fields[str(part)].annotation
    return list(model.model_fields)
