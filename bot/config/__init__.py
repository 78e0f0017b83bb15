"""`config.yaml`: all its parts, and the clear line it gets when something in it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from bot.config.channels import Channels
from bot.config.community import AnswerSettings, CommunitySettings, NecessarySettings, PointsSettings
from bot.config.deliberation import DeliberationPart
from bot.config.emergency import Emergency
from bot.config.governance import Governance
from bot.config.hearing import HearingPart
from bot.config.private_matters import PRIVATE_MATTERS, PrivateMatters
from bot.config.retention import Retain
from bot.config.running import Bot, Database, Log, Storage, Web
from bot.values import ConfigPart
from data.domain.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails


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
