"""Transcripts: a chat history as JSON lines, read and checked before anything of it is replayed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from data.domain.errors import InputError
from data.domain.messages import Inbound, MessageKind

if TYPE_CHECKING:
    from pathlib import Path

TIME = "2026-03-02T08:01:00+08:00"


def _instant(value: Any) -> datetime:
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(TIME) from None
    if at.tzinfo is None:
        raise ValueError(TIME)
    return at


class TranscriptLine(BaseModel):
    """One line of a transcript (design, §10)."""

    model_config = ConfigDict(extra="forbid", strict=True)

    at: Annotated[datetime, BeforeValidator(_instant)]
    sender: Annotated[str, Field(min_length=1)]
    room: str | None = None
    name: str = ""
    text: str = ""
    id: str | None = None
    mentions: list[str] = []
    quote: str | None = None
    kind: Literal["text", "image", "file", "voice", "video", "join", "leave", "recall"] = "text"
    media: str | None = None
    channel: str = "web"
    appeal: bool | None = None  # whether it is one, where somebody has said so: for `shaozi evaluate --talk`

    def inbound(self, number: int) -> Inbound:
        """Return the message that this line was; without an id it is known by its line number."""
        return Inbound(
            channel=self.channel,
            message_id=self.id or f"line-{number}",
            at=self.at,
            room=self.room,
            sender=self.sender,
            name=self.name or self.sender,
            text=self.text,
            kind=MessageKind(self.kind),
            mentions=tuple(self.mentions),
            quote=self.quote,
            media=self.media,
        ).cleaned()


def read(path: Path) -> list[Inbound]:
    """Return the messages of a transcript, or raise `InputError` naming the first broken line."""
    return [line.inbound(number) for number, line in lines_of(path)]


def read_marked(path: Path) -> tuple[list[Inbound], dict[str, bool]]:
    """Return the messages, and by their ids which are marked as appeals and which as none."""
    found = [(line.inbound(number), line.appeal) for number, line in lines_of(path)]
    marks = {message.message_id: appeal for message, appeal in found if appeal is not None}
    return [message for message, _ in found], marks


def lines_of(path: Path) -> list[tuple[int, TranscriptLine]]:
    """Return the lines of a transcript with their numbers, or raise `InputError`."""
    if not path.exists():
        raise InputError(str(path), "-", "input.absent")
    found: list[tuple[int, TranscriptLine]] = []
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if raw.strip(b"\xef\xbb\xbf \t\r\n"):
                found.append((number, _line(path, number, raw)))
    if not found:
        raise InputError(path.name, "-", "input.empty")
    return found


def _line(path: Path, number: int, raw: bytes) -> TranscriptLine:
    where = f"第 {number} 行"
    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(path.name, where, "input.not_utf8") from None
    except (ValueError, RecursionError) as error:
        raise InputError(path.name, where, "input.json", what=getattr(error, "msg", str(error))) from None
    if not isinstance(value, dict):
        raise InputError(path.name, where, "input.not_a_mapping")
    try:
        return TranscriptLine.model_validate(value)
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(str(part) for part in problem["loc"]) or "-"
        context = problem.get("ctx") or {}
        expected = context.get("error") or context.get("expected") or problem["msg"]
        raise InputError(
            path.name, where, "input.transcript_field", field=field, expected=str(expected)
        ) from None
