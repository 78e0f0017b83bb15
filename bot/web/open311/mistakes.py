"""What is wrong, as GeoReport v2 says it: an array of code and description, under the same status."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from bot.web.api.mistakes import answering
from bot.web.api.problems import ProblemError
from bot.web.open311 import forms

if TYPE_CHECKING:
    from aiohttp import web

BASE = "/open311/v2"


def wrong(what: str) -> ProblemError:
    """Return the error of a request that is wrong (400)."""
    return ProblemError(HTTPStatus.BAD_REQUEST, what)


def unknown(what: str) -> ProblemError:
    """Return the error of something that was not found (404)."""
    return ProblemError(HTTPStatus.NOT_FOUND, what)


def refused(what: str) -> ProblemError:
    """Return the error of a key that is missing, or does not open this (403)."""
    return ProblemError(HTTPStatus.FORBIDDEN, what)


def _answer(request: web.Request, problem: ProblemError) -> web.Response:
    form = forms.XML if request.path.endswith(".xml") else forms.JSON
    code = int(problem.status)
    answer = forms.list_of(
        form, "errors", "error", [{"code": code, "description": problem.detail}], status=code
    )
    answer.headers.update(problem.headers)
    return answer


errors = answering(BASE, _answer)  # in the form that was asked for
