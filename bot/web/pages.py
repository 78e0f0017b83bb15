"""Pages: templates with the place's wordings, and the files that belong to them."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channels import pictures
from bot.web import frames
from bot.web.looks import look_of

if TYPE_CHECKING:
    from bot.web.site import Site

STATIC = Path(str(files("bot.web") / "static"))


class Pages:
    """Renders templates. Files are served under the hash of all of them, so that browsers may keep them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._version = _version(STATIC)
        self._templates = Environment(
            loader=PackageLoader("bot.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._setup = {
            "bot": site.config.bot.name,
            "zone": site.config.bot.timezone,
            "demo": site.demo,
            "mostBytes": frames.MOST_BYTES,
            "mostPictureBytes": pictures.MOST_BYTES,
        }
        self._modules = sorted(
            path.relative_to(STATIC).as_posix()
            for path in (STATIC / "js").glob("*.js")
            if path.name != "sign_in.js"
        )

    @property
    def files(self) -> web.StaticDef:
        """The route of all files that belong to the pages."""
        return web.static(f"/static/{self._version}", STATIC)

    async def chat(self, request: web.Request) -> web.Response:
        """Show the chat to somebody who is signed in; lead others to the door."""
        if await self._site.gate.claims(request) is None:
            raise web.HTTPFound("/sign-in")
        setup = {**self._setup, "words": self._site.texts.names("web.page")}
        playing = f"?{request.query_string}" if self._site.demo and request.query_string else ""
        return self.render(
            "chat.html", request, setup=setup, modules=self._modules, reading=f"/read{playing}"
        )

    def render(self, template: str, request: web.Request, **values: Any) -> web.Response:
        """Return a page."""
        page = self._templates.get_template(template).render(
            words=self._site.texts.names("web.page"),
            texts=self._site.texts,
            bot=self._site.config.bot.name,
            base=f"/static/{self._version}",
            look=look_of(request),
            demo=self._site.demo,
            **values,
        )
        return web.Response(text=page, content_type="text/html")


def _version(folder: Path) -> str:
    """Return a name for the state of all files in a folder."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
