"""志愿 水电,理发 · 志愿 退出: what somebody can do for their neighbours, seen by staff only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from handlers.saying.say import answer
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

LONGEST, MOST = 12, 10
_OUT = ("退出", "取消", "不做了")
_SEPARATORS = re.compile(r"[,，、;；\s]+")


def volunteer(heard: Heard, command: Command) -> None:
    """Note what the speaker can do, or show what is known: 志愿 …."""
    words = command.words.strip()
    if words in _OUT:
        known = heard.uow.volunteers.retire(heard.person.id)
        answer(heard, "volunteer.out" if known else "volunteer.none")
        return
    if not words:
        known_skills = "、".join(heard.uow.volunteers.skills_of(heard.person.id))
        answer(heard, "volunteer.known" if known_skills else "volunteer.none", skills=Said(known_skills))
        return
    new = [skill for skill in _SEPARATORS.split(words) if skill]
    if any(len(skill) > LONGEST for skill in new) or len(new) > MOST:
        raise UserError("volunteer.long", longest=LONGEST, most=MOST, example=command.form.example)
    heard.uow.volunteers.learn(heard.person.id, new)
    skills = "、".join(heard.uow.volunteers.skills_of(heard.person.id))
    answer(heard, "volunteer.noted", skills=Said(skills))
