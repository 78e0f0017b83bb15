"""`shaozi invite`: a one-time code by which somebody signs in on the web."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, say, store_at
from data.domain.errors import InputError

if TYPE_CHECKING:
    from data.uow import UnitOfWork


@app.command("invite")
def invite(
    *,
    person: Annotated[str | None, typer.Option("--person", help="花名册里的人")] = None,
    account: Annotated[str | None, typer.Option("--account", help="网页上已有的账号")] = None,
    name: Annotated[str | None, typer.Option("--name", help="新居民怎么称呼")] = None,
    room: Annotated[str | None, typer.Option("--room", help="新居民进哪个群")] = None,
    group: Annotated[str | None, typer.Option("--group", help="花名册里的群:微信群用这个码认成它")] = None,
    minutes: Annotated[int, typer.Option("--minutes", min=1, max=10_080, help="几分钟内有效")] = 15,
    config: ConfigOption = None,
) -> int:
    """给人一个码:打开链接登录网页,或在微信里绑定;给群一个码:把微信群认成花名册里的群。只能用一次。"""
    from data.domain.clock import SystemClock
    from handlers.people import invitations

    settings = config_from(config)
    with store_at(settings.database.url) as store, store.write() as uow:
        who, whom = (
            _group(uow, group, alone=person is account is name is room is None)
            if group is not None
            else _who(uow, person=person, account=account, name=name, room=room)
        )
        valid = timedelta(minutes=minutes)
        code = invitations.invite(uow, SystemClock().now(), valid=valid, **who)
        uow.commit()
    if group is not None:
        say("cli.invite.group", name=whom, minutes=minutes, code=code, bot=settings.bot.name)
        return DONE
    link = f"{settings.web.address}/sign-in#{code}"
    say("cli.invite.ready", name=whom, minutes=minutes, code=code, link=link)
    _draw(link)
    if not link.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        sys.stderr.write(f"{_worded('cli.invite.insecure')}\n")
    return DONE


def _who(
    uow: UnitOfWork, *, person: str | None, account: str | None, name: str | None, room: str | None
) -> tuple[dict[str, Any], str]:
    """Return whom an invitation is for: its columns, and the name that is shown."""
    if [person, account, name].count(None) != 2 or (name is None) != (room is None):
        raise InputError("invite", "-", "cli.invite.one")
    if person is not None:
        return {"person_id": _on_roster(uow, person)}, person
    if account is not None:
        found = uow.people.speaker("web", account)
        if found is None:
            raise InputError("--account", "-", "cli.invite.unknown_account", account=account)
        return {"person_id": found[1].id}, found[0].name
    where = uow.rooms.of("web", room or "")
    if where is None:
        known = ", ".join(r.external_id for r in uow.chats.rooms_on("web"))
        raise InputError("--room", "-", "cli.invite.unknown_room", room=room, rooms=known)
    return {"name": name, "room_id": where.id}, name or ""


def _group(uow: UnitOfWork, group: str, *, alone: bool) -> tuple[dict[str, Any], str]:
    """Return the room of the roster that a group is to become, and what it is called."""
    from handlers.people.invitations import ROOM

    if not alone:
        raise InputError("invite", "-", "cli.invite.one")
    found = uow.rooms.called(group)
    if len(found) != 1:
        known = ", ".join(f"{room.external_id}({room.topic})" for room in found)
        raise InputError("--group", "-", "cli.invite.unknown_group", room=group, rooms=known)
    return {"room_id": found[0].id, "purpose": ROOM}, found[0].topic


def _on_roster(uow: UnitOfWork, name: str) -> int:
    """Return the one person of the roster who goes by a name; of several their accounts are told."""
    found = uow.people.on_roster(name)
    if not found:
        raise InputError("--person", "-", "roster.unknown_person", name=name)
    if len(found) > 1:
        theirs = [a.external_id for p in found for a in uow.people.accounts(p.id) if a.channel == "web"]
        raise InputError("--person", "-", "cli.invite.which", name=name, accounts="、".join(theirs))
    return found[0].id


def _draw(link: str) -> None:
    """Show the link as a QR code where a person is looking."""
    if sys.stdout.isatty():
        import segno

        segno.make(link, error="l").terminal(compact=True)


def _worded(key: str) -> str:
    from handlers.texts.wording import Texts

    return Texts.load()(key)
