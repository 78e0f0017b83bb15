"""`channels`: the ways to the outside, and what each of them is to know."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.values import ConfigPart, Endpoint, EndpointText, ExpectedError, PauseText, WebAddress

VariableName = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]  # of the environment


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


class WecomSettings(ConfigPart):
    """企业微信: an application of one's own, the robot of groups, and robots that speak in groups."""

    enabled: bool = False
    corp: Annotated[str, Field(max_length=100)] = ""
    agent: Annotated[int, Field(ge=1)] | None = None
    robot: bool = False
    robots: dict[str, VariableName] = Field(default_factory=dict)
    api: WebAddress = "https://qyapi.weixin.qq.com"

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
