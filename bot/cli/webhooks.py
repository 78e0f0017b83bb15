"""`shaozi webhook add|list|remove`: where the steps of cases are told to other software."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, say, store_at
from bot.cli.tokens import area_id_of
from data.domain.errors import InputError

if TYPE_CHECKING:
    from data.domain.webhook import EventType

webhooks = typer.Typer(help="webhook:事情每走一步,通知别的软件", no_args_is_help=True)
app.add_typer(webhooks, name="webhook")
ALL = "*"


@webhooks.command("add")
def add(
    url: Annotated[str, typer.Argument(help="往哪里送(https://…)")],
    *,
    events: Annotated[
        str, typer.Option("--events", help="哪些事件,逗号隔开,如 case.opened,case.resolved;* 是全部")
    ],
    area: Annotated[str | None, typer.Option("--area", help="只送这个区域(编码)的")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="允许内网、本机地址(默认拒绝)")
    ] = False,
    config: ConfigOption = None,
) -> int:
    """加一个 webhook:签名用的密钥只显示这一次。"""
    from bot.public_addresses import BadAddressError, PrivateAddressError, host_of, require_public
    from bot.webhooks.signing import new_secret
    from data.domain.clock import SystemClock

    wanted = events_of(events)
    try:
        host_of(url)
        if not allow_private:
            require_public(url)
    except BadAddressError:
        raise InputError("webhook add", "URL", "cli.webhook.url") from None
    except PrivateAddressError:
        raise InputError("webhook add", "URL", "cli.webhook.private") from None
    except (OSError, UnicodeError):
        raise InputError("webhook add", "URL", "cli.webhook.host") from None
    secret = new_secret()
    with store_at(config_from(config).database.url) as store, store.write() as uow:
        hook = uow.webhooks.add_one(
            url,
            secret,
            wanted,
            area_id=area_id_of(uow, area),
            allow_private=allow_private,
            now=SystemClock().now(),
        )
        uow.commit()
    say("cli.webhook.added", id=hook.id, secret=secret)
    return DONE


@webhooks.command("list")
def list_webhooks(config: ConfigOption = None) -> int:
    """列出 webhook:往哪里送、哪些事件、还有多少没送到。"""
    from handlers.texts.wording import Texts

    settings = config_from(config)
    texts = Texts.load(settings.bot.wordings)
    with store_at(settings.database.url) as store, store.read() as uow:
        for one in uow.webhooks.everyone():
            say(
                "cli.webhook.row",
                id=one.id,
                url=one.url,
                area=uow.areas.get(one.area_id).name if one.area_id is not None else texts("cli.token.all"),
                events=",".join(sorted(one.events)),
                waiting=uow.webhooks.waiting(one.id),
                state=texts(f"cli.webhook.state.{one.why or 'live'}"),
            )
    return DONE


@webhooks.command("remove")
def remove(
    number: Annotated[int, typer.Argument(help="webhook list 里的编号")], config: ConfigOption = None
) -> int:
    """去掉一个 webhook;还没送的也不送了。"""
    from data.domain.clock import SystemClock

    with store_at(config_from(config).database.url) as store, store.write() as uow:
        found = uow.webhooks.find(number)
        if found is None or not uow.webhooks.end(number, SystemClock().now(), "removed"):
            raise InputError("webhook remove", str(number), "cli.webhook.unknown")
        uow.commit()
    say("cli.webhook.removed", id=number)
    return DONE


def events_of(said: str) -> list[EventType]:
    """Return the events that are named, or raise with those there are."""
    from data.domain.webhook import EventType

    named = [one.strip() for one in said.split(",") if one.strip()]
    if named == [ALL]:
        return list(EventType)
    wrong = [one for one in named if one not in set(EventType)]
    if wrong or not named:
        known = ", ".join(event.value for event in EventType)
        raise InputError("webhook add", f"--events {','.join(wrong)}", "cli.webhook.events", known=known)
    return [EventType(one) for one in named]
