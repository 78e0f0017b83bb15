"""The table of commands, in the order in which they are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.hearing.forms.cases import OF_CASES
from handlers.hearing.forms.community_life import OF_LIFE
from handlers.hearing.forms.deliberation import OF_DELIBERATION
from handlers.hearing.forms.duties import OF_DUTIES
from handlers.hearing.forms.form import Form

if TYPE_CHECKING:
    from handlers.hearing.verbs import Verb

__all__ = ["FORMS", "FORM_OF", "Form"]

FORMS: tuple[Form, ...] = (*OF_CASES, *OF_DUTIES, *OF_LIFE, *OF_DELIBERATION)
FORM_OF: dict[Verb, Form] = {form.verb: form for form in FORMS}
