"""How somebody likes pages to look: light or dark, plain or large letters. A cookie keeps it, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

if TYPE_CHECKING:
    from multidict import MultiMapping

COOKIE = "look"
A_YEAR = 365 * 86_400  # seconds
THEMES, SIZES = ("auto", "light", "dark"), ("plain", "large")


class Look(NamedTuple):
    """Theme and size of letters; 关怀 is the large one."""

    theme: str = THEMES[0]
    size: str = SIZES[0]


def look_of(request: web.Request) -> Look:
    """Return the look a browser asks for."""
    theme, _, size = request.cookies.get(COOKIE, "").partition(".")
    return _checked(theme, size)


async def choose(request: web.Request) -> web.Response:
    """Keep the look that is chosen (a POST of `theme`, `size`), and go back to the page."""
    form: MultiMapping[object] = await request.post()
    old = look_of(request)
    chosen = _checked(str(form.get("theme", old.theme)), str(form.get("size", old.size)))
    there = web.HTTPSeeOther(own_path(str(form.get("back", "/"))))
    there.set_cookie(COOKIE, ".".join(chosen), max_age=A_YEAR, httponly=True, samesite="Lax", path="/")
    raise there


def own_path(path: str) -> str:
    """Return a path of this site, never another's address."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else "/"


def _checked(theme: str, size: str) -> Look:
    return Look(theme if theme in THEMES else THEMES[0], size if size in SIZES else SIZES[0])
