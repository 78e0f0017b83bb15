"""`shaozi token add|list|revoke`: by what other software comes in."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, say, store_at
from data.domain.errors import InputError

if TYPE_CHECKING:
    from data.domain.token import TokenScope
    from data.uow import UnitOfWork

tokens = typer.Typer(help="接口的令牌:发给谁、能做什么、收回", no_args_is_help=True)
app.add_typer(tokens, name="token")


@tokens.command("add")
def add(
    name: Annotated[str, typer.Argument(help="给哪个软件用,自己认得就行")],
    *,
    scope: Annotated[str, typer.Option("--scope", help="能做什么,逗号隔开,如 cases:read,appeals:write")],
    area: Annotated[str | None, typer.Option("--area", help="只能看到这个区域(编码)的事")] = None,
    days: Annotated[int | None, typer.Option("--days", min=1, max=3650, help="几天后失效")] = None,
    person: Annotated[
        str | None, typer.Option("--person", help="代表花名册里的谁(发命令按这个人的职责);不写就没有职责")
    ] = None,
    config: ConfigOption = None,
) -> int:
    """发一个令牌:只显示这一次,库里只存摘要。"""
    from bot.web.api.door import PREFIX
    from bot.web.visitors import hash_of
    from data.domain.clock import SystemClock
    from data.domain.people import OUTSIDE

    scopes = scopes_of(scope)
    if not name.strip() or len(name) > 40:
        raise InputError("token add", "NAME", "cli.token.name")
    now = SystemClock().now()
    secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
    with store_at(config_from(config).database.url) as store, store.write() as uow:
        if uow.tokens.named(name):
            raise InputError("token add", name, "cli.token.taken")
        token = uow.tokens.issue(
            name,
            hash_of(secret),
            f"{OUTSIDE}{secrets.token_hex(6)}",
            scopes,
            area_id=area_id_of(uow, area),
            person_id=_person(uow, person),
            now=now,
            expires_at=now + timedelta(days=days) if days is not None else None,
        )
        uow.commit()
    say("cli.token.added", id=token.id, name=name, secret=secret)
    return DONE


@tokens.command("list")
def list_tokens(config: ConfigOption = None) -> int:
    """列出令牌:代表谁、能做什么、到什么时候、最近什么时候用过。"""
    from data.domain.clock import SystemClock
    from handlers.texts.wording import Texts

    settings, now = config_from(config), SystemClock().now()
    texts, zone = Texts.load(settings.bot.wordings), settings.bot.zone
    with store_at(settings.database.url) as store, store.read() as uow:
        for one in uow.tokens.everyone():
            state = "ended" if one.revoked_at else "stands" if one.stands(now) else "expired"
            say(
                "cli.token.row",
                id=one.id,
                name=one.name,
                person=uow.people.get(one.person_id).name,
                area=uow.areas.get(one.area_id).name if one.area_id is not None else texts("cli.token.all"),
                scopes=",".join(sorted(one.scopes)),
                until=f"{one.expires_at.astimezone(zone):%Y-%m-%d}" if one.expires_at else "–",
                used=f"{one.used_at.astimezone(zone):%Y-%m-%d %H:%M}" if one.used_at else "–",
                state=texts(f"cli.token.{state}"),
            )
    return DONE


@tokens.command("revoke")
def revoke(
    which: Annotated[str, typer.Argument(help="名字,或 token list 里的编号")], config: ConfigOption = None
) -> int:
    """收回令牌,马上生效。"""
    from data.domain.clock import SystemClock

    with store_at(config_from(config).database.url) as store, store.write() as uow:
        ids = [one.id for one in uow.tokens.named(which)]
        if not ids and which.isdigit():
            ids = [one.id for one in uow.tokens.everyone() if one.id == int(which)]
        count = uow.tokens.revoke(ids, SystemClock().now())
        uow.commit()
    if not count:
        raise InputError("token revoke", which, "cli.token.unknown")
    say("cli.token.revoked", name=which)
    return DONE


def scopes_of(said: str) -> list[TokenScope]:
    """Return the scopes that are named, or raise with those there are."""
    from data.domain.token import TokenScope

    named = [one.strip() for one in said.split(",") if one.strip()]
    wrong = [one for one in named if one not in set(TokenScope)]
    if wrong or not named:
        known = ", ".join(scope.value for scope in TokenScope)
        raise InputError("token add", f"--scope {','.join(wrong)}", "cli.token.scopes", known=known)
    return [TokenScope(one) for one in named]


def area_id_of(uow: UnitOfWork, code: str | None) -> int | None:
    """Return the area with a code, None if none was named, or raise."""
    if code is None:
        return None
    found = uow.areas.by_code(code)
    if found is None:
        raise InputError("--area", code, "input.no_area")
    return found.id


def _person(uow: UnitOfWork, person: str | None) -> int | None:
    """Return whom a token acts as: somebody of the roster, or (None) a person of its own without a duty."""
    if person is None:
        return None
    found = uow.people.on_roster(person)
    if len(found) != 1:
        raise InputError("--person", person, "cli.token.person")
    return found[0].id
