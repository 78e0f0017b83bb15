"""The mouth: what the bot says in WeCom, by whichever way leads to a chat, once."""

from __future__ import annotations

import asyncio
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

import structlog
from cachetools import LRUCache

from bot.channels.base import DeliveryError, NotYetError
from bot.channels.fitted_pictures import CannotFitError
from bot.channels.pictures import TYPES
from bot.channels.wecom.api import HOPELESS, TOO_MANY, CodeError, SecretRefusedError, UnansweredError
from bot.channels.wecom.rates import Buckets
from bot.channels.wecom.voices import AnswerVoice, File, GroupVoice, PersonVoice, RobotVoice
from data.domain.messages import MessageKind

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Awaitable, Callable, Mapping

    from bot.channels.wecom.api import WecomApi
    from bot.channels.wecom.news import News
    from bot.channels.wecom.response_addresses import ResponseAddresses
    from bot.channels.wecom.voices import Voice
    from data.domain.clock import Clock
    from data.domain.messages import Outgoing

log = structlog.get_logger()
MOST_REMEMBERED = 5_000


class Mouth:
    """Says things. A row's key is the same at every try: what is known to be said is not said again.

    In a group by its robot, else in answer to whoever called the robot there within the hour, else by the
    application, if it made that group. To one person by the application, else in answer. Where nobody can
    tell whether something arrived, it is said again, and marked (`again`).
    """

    def __init__(
        self,
        api: WecomApi,
        answers: ResponseAddresses,
        news: News,
        *,
        agent: int | None,
        robots: Mapping[str, str],
        read: Callable[[str], bytes],
        clock: Clock,
        counts: Counter[str],
        again: str,
    ) -> None:
        self._api = api
        self._answers = answers
        self._news = news
        self._agent = agent
        self._robots = robots
        self._read = read
        self._counts = counts
        self._again = again
        self._rates = Buckets(clock)
        self._said: LRUCache[str, str] = LRUCache(MOST_REMEMBERED)
        self._doubts: LRUCache[str, None] = LRUCache(MOST_REMEMBERED)
        self._voices: LRUCache[str, Voice] = LRUCache(MOST_REMEMBERED)  # of rows that were tried before

    async def send(self, outgoing: Outgoing) -> str | None:
        """Say a message, its text before its picture or file; return its id."""
        voice = self._voices.get(outgoing.key) or self._voice(outgoing)
        self._voices[outgoing.key] = voice
        as_file = outgoing.kind is MessageKind.FILE and outgoing.media is None  # a text, as a file
        message_id = None
        if outgoing.text and not as_file:
            message_id = await self._once(outgoing.key, lambda mark: voice.say(mark + outgoing.text), voice)
        if not as_file and outgoing.media is None:
            return message_id
        if message_id is not None and not voice.shows:
            self._counts["not_shown"] += 1
            return message_id
        file = await self._file(outgoing)
        shown = await self._once(f"{outgoing.key}#media", lambda _: voice.show(file), voice)
        return message_id or shown

    def _voice(self, outgoing: Outgoing) -> Voice:
        """Return how to say a row; raise `DeliveryError` if there is no way."""
        room, to = outgoing.room, outgoing.to or ""
        if room is not None and room in self._robots:
            return RobotVoice(self._api, self._robots[room], self._rates, self._news, outgoing.mentions)
        if room is None and self._agent is not None:
            return PersonVoice(self._api, self._agent, self._rates, to, outgoing.key)
        url = self._answers.take(room or to, outgoing.reply_to)
        if url is not None:
            return AnswerVoice(self._api, url)
        if self._agent is not None and room is not None:
            return GroupVoice(self._api, self._rates, room)
        raise DeliveryError("no robot, no application, and nobody to answer", permanent=True)

    async def _once(self, key: str, say: Callable[[str], Awaitable[str | None]], voice: Voice) -> str:
        if key in self._said:
            return self._said[key]
        marked = voice.marks and key in self._doubts
        if marked:
            self._counts["said_again"] += 1
            log.warning("said again, nobody knows whether it arrived before", key=key)
        try:
            message_id = await say(self._again if marked else "")
        except UnansweredError as error:
            self._doubts[key] = None
            raise DeliveryError(f"no answer: {error}") from None
        except SecretRefusedError:
            raise
        except CodeError as error:
            if error.code in TOO_MANY:
                raise NotYetError(str(error), TOO_MANY[error.code]) from None
            raise DeliveryError(str(error), permanent=error.code in HOPELESS) from None
        except CannotFitError:
            raise DeliveryError("a picture that does not fit", permanent=True) from None
        self._counts["said"] += 1
        self._said[key] = message_id or f"k{sha256(key.encode()).hexdigest()[:24]}"
        return self._said[key]

    async def _file(self, outgoing: Outgoing) -> File:
        """Return a file: one of ours, or a text whose first line is its name."""
        if outgoing.media is None:
            first, _, text = outgoing.text.partition("\n")
            return File(f"{first}.txt", text.encode(), picture=False)
        name = PurePath(outgoing.media).name
        try:
            data = await asyncio.to_thread(self._read, outgoing.media)
        except OSError:
            raise DeliveryError("no such file", permanent=True) from None
        return File(name, data, picture=PurePath(name).suffix.removeprefix(".") in TYPES)
