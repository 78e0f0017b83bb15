"""Frames: what a page may send over its WebSocket, checked."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

MOST_BYTES = 64 * 2**10
Id = Annotated[str, Field(min_length=1, max_length=200)]
ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class Frame(BaseModel):
    """One frame. Unknown keys are errors: they come from no page of ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Hello(Frame):
    """The page asks to be told everything, at its beginning or anew."""

    type: Literal["hello"]


class Say(Frame):
    """Say something; `client` stays the same when it is sent again."""

    type: Literal["say"]
    client: ClientId
    room: Id | None
    text: str = ""
    media: Id | None = None
    mentions: Annotated[tuple[Id, ...], Field(max_length=50)] = ()
    quote: Id | None = None


class Recall(Frame):
    """Take a message back."""

    type: Literal["recall"]
    client: ClientId
    room: Id | None
    id: Id


class AskEarlier(Frame):
    """Show all that is remembered of a chat."""

    type: Literal["history"]
    room: Id | None


class CardOf(Frame):
    """Show the card of a case, as it may be spoken of in a chat."""

    type: Literal["card"]
    room: Id | None
    ref: Annotated[str, Field(min_length=1, max_length=40)]


class Members(Frame):
    """Show who is in a room."""

    type: Literal["members"]
    room: Id


class UnreadableError(Exception):
    """A frame is not one of these."""


_ANY: TypeAdapter[Hello | Say | Recall | AskEarlier | Members | CardOf] = TypeAdapter(
    Annotated[Hello | Say | Recall | AskEarlier | Members | CardOf, Field(discriminator="type")]
)


def read(text: str) -> Hello | Say | Recall | AskEarlier | Members | CardOf:
    """Return the frame that a text holds, or raise `UnreadableError`."""
    try:
        return _ANY.validate_python(_sound(json.loads(text)))
    except (ValueError, RecursionError, ValidationError):
        raise UnreadableError from None


def _sound(value: Any) -> Any:
    """Return a value without halves of characters, which JSON can name and nothing else can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode()
    if isinstance(value, list):
        return [_sound(one) for one in value]
    if isinstance(value, dict):
        return {key: _sound(one) for key, one in value.items()}
    return value
