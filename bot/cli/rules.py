"""`shaozi rules`: try what the rules, with an operator's own, make of a text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, say
from bot.understanding import understander_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.understand import Understander

rules = typer.Typer(help="识别规则:试一试、查一查", no_args_is_help=True)
app.add_typer(rules, name="rules")
RulesOption = Annotated[Path | None, typer.Option("--rules", help="自己的规则(默认看配置的 bot.rules)")]


@rules.command("try")
def try_rules(
    text: Annotated[str, typer.Argument(help="一句话")],
    own: RulesOption = None,
    config: ConfigOption = None,
) -> int:
    """看一句话中了哪些规则、各加多少分、学来的权重怎么说,结论是什么。"""
    mind = understander_of(config_from(config), own)
    for line in _explained(mind, text):
        sys.stdout.write(line + "\n")
    return DONE


@rules.command("check")
def check(own: RulesOption = None, config: ConfigOption = None) -> int:
    """查自己的规则文件写得对不对:错在哪个文件、哪一行、为什么。"""
    say("cli.rules_sound", count=understander_of(config_from(config), own).rule_count)
    return DONE


def _explained(mind: Understander, text: str) -> Iterator[str]:
    heard, found = mind.hear(text), mind.understand(text)
    for rule, word in heard.fired:
        appeal = f" (appeal {rule.appeal:+.1f})" if rule.appeal else ""
        yield f"  {rule.target}: {word} {rule.weight:+.1f}{appeal}"
    for target, pieces in mind.taught(text).items():
        yield f"  learned, {target}: " + ", ".join(f"{name} {weight:+.1f}" for name, weight in pieces)
    place = " ".join(f"{part}={value}" for part, value in found.as_json()["place"].items() if value)
    verdict = [found.kind.value, found.category or "-", found.urgency.value, place or "-"]
    yield f"= {' · '.join(verdict)} ({found.score:+.1f})"
