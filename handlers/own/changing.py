"""改规则, 改用语: the place's own rules and wordings are changed, and gone back from one step at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from data.domain.errors import UserError
from data.domain.own import SHIPPED, OwnKind, Version
from handlers.context import said_in
from handlers.hearing.verbs import Verb
from handlers.own.in_force import checked_rules, checked_wordings
from handlers.saying.days import when
from handlers.saying.say import answer
from nlp.categories import resolve

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

BACK, WHOLE, ADD, RESET = "退回", "全文", "加", "恢复"
LONGEST = 7_500  # characters of all own rules: with the command they are one message
MOST_WORDS = 60  # of one rule that is added
# what a word may stand for besides a category: the rule's target, what it weighs, what it says for an appeal
SAYING = {"诉求": ("appeal", 4.0), "不是诉求": ("appeal", -6.0), "急": ("urgent", 3.0)}
WEIGHT, APPEAL = 30.0, 3.0  # of a word that names a category: what an officer says decides, whatever ships
_VERB = {OwnKind.RULES: Verb.CHANGE_RULES.value, OwnKind.WORDINGS: Verb.CHANGE_WORDINGS.value}
_ADDED = re.compile(r"加\s+(?P<target>\S+)\s+(?P<words>\S.*)", re.DOTALL)


def change_rules(heard: Heard, command: Command) -> None:
    """Show, add to, replace or go back from the own rules: 改规则 [加 电梯 轿厢抖|全文 …|退回]."""
    heard.private_answer = True
    words = command.words.strip()
    now = in_force(heard, OwnKind.RULES)
    added = _ADDED.fullmatch(words)
    if words == BACK:
        _go_back(heard, OwnKind.RULES)
    elif added is not None:
        target, rule = _rule(added["target"], added["words"])
        text = f"{now.text.rstrip()}\n{target}:\n- {rule}\n".lstrip()
        _keep_rules(heard, f"{added['target']} +{added['words'][:40]}", text)
    elif words.startswith(WHOLE):
        _keep_rules(heard, WHOLE, words.removeprefix(WHOLE).strip("\n") + "\n")
    elif words:
        raise UserError("own.form", example=command.form.example)
    else:
        _tell(heard, OwnKind.RULES, now)


def change_wordings(heard: Heard, command: Command) -> None:
    """Show, change, restore or go back from own wordings: 改用语 [case.accepted …|恢复 …|退回]."""
    heard.private_answer = True
    key, _, said = command.words.strip().partition(" ")
    own = checked_wordings(heard.house, in_force(heard, OwnKind.WORDINGS).text)
    if not key:
        _tell(heard, OwnKind.WORDINGS, in_force(heard, OwnKind.WORDINGS))
    elif key == BACK:
        _go_back(heard, OwnKind.WORDINGS)
    elif key == RESET:
        if own.pop(said.strip(), None) is None:
            raise UserError("own.not_changed", name=said.strip() or "-")
        _keep_wordings(heard, said.strip(), own)
    elif not said.strip():
        raise UserError("own.form", example=command.form.example)
    else:
        _keep_wordings(heard, key, own | {key: said.strip()})


def in_force(heard: Heard, kind: OwnKind) -> Version:
    """Return the version in force, an empty one where only what ships is."""
    return heard.uow.own.newest(kind) or _shipped(heard, kind)


def undo(heard: Heard, said: str) -> bool:
    """Go back from what a message changed, if nothing came after it; False if it changed nothing."""
    version = heard.uow.own.said_in(said)
    if version is None:
        return False
    newest = heard.uow.own.newest(version.kind)
    if newest is None or newest.id != version.id:
        return False
    heard.private_answer = True
    _go_back(heard, version.kind)
    return True


def _shipped(heard: Heard, kind: OwnKind) -> Version:
    return Version(SHIPPED, kind, heard.now, None, "", "", SHIPPED, SHIPPED)


def _rule(named: str, said: str) -> tuple[str, str]:
    """Return the target and the rule, as YAML, of words that are to count for something."""
    words = [word.strip() for word in re.split(r"[,，、;；\n]+", said) if word.strip()][:MOST_WORDS]
    if named in SAYING:
        target, weight = SAYING[named]
        rule: dict[str, object] = {"weight": weight, "words": words}
    else:
        found = resolve(named)
        if found.category is None:
            why = "category.which" if found.suggestions else "category.unknown"
            raise UserError(why, said=named, names="、".join(found.suggestions))
        target, rule = found.category, {"weight": WEIGHT, "appeal": APPEAL, "words": words}
    flow = yaml.safe_dump(rule, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10_000)
    return target, flow.strip()


def _keep_rules(heard: Heard, what: str, text: str) -> None:
    if len(text) > LONGEST:
        raise UserError("own.long", most=LONGEST)
    count = checked_rules(heard.house, text).own_count
    _keep(heard, OwnKind.RULES, what, text)
    answer(heard, "own.rules_kept", count=count)


def _keep_wordings(heard: Heard, key: str, own: dict[str, str]) -> None:
    text = yaml.safe_dump(own, allow_unicode=True, width=10_000) if own else ""
    checked_wordings(heard.house, text)
    _keep(heard, OwnKind.WORDINGS, key, text)
    shown = own.get(key, heard.house.texts.before(key))
    answer(heard, "own.wordings_kept", key=key, text=shown)


def _keep(heard: Heard, kind: OwnKind, what: str, text: str) -> None:
    now = in_force(heard, kind)
    heard.uow.own.keep(kind, heard.now, heard.person.id, what, text, before=now.shown, said=said_in(heard))
    _audit(heard, kind)


def _go_back(heard: Heard, kind: OwnKind) -> None:
    """Put the version before the one in force in force; going back again goes further back."""
    now = in_force(heard, kind)
    shown = heard.uow.own.get(now.shown) if now.shown else None
    if shown is None:
        raise UserError("own.no_way_back")
    before = heard.uow.own.get(shown.before) or _shipped(heard, kind)
    heard.uow.own.keep(
        kind, heard.now, heard.person.id, BACK, before.text, before=before.before, shown=before.shown
    )
    _audit(heard, kind)
    answer(heard, "own.gone_back", what=shown.what)


def _audit(heard: Heard, kind: OwnKind) -> None:
    room = heard.room.id if heard.room else None
    heard.uow.audit.did(heard.now, heard.person.id, room, _VERB[kind], "done")


def _tell(heard: Heard, kind: OwnKind, now: Version) -> None:
    if not now.id:
        answer(heard, "own.only_shipped", kind=heard.house.texts(f"own.kind.{kind.value}"))
        return
    who = heard.uow.people.get(now.person_id).name if now.person_id else "-"
    kept = heard.house.texts(f"own.kind.{kind.value}")
    answer(heard, "own.last", kind=kept, who=who, when=when(heard, now.at), what=now.what)
