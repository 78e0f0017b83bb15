"""我的数据, 更正, 删除我的数据: what is kept of people is theirs (PIPL, articles 45 to 47)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.deletions import LOG, line_of
from data.domain.errors import UserError
from data.domain.lifecycle import Action
from data.domain.purpose import Purpose
from handlers.cases.steps import record
from handlers.cases.telling import tell_handler
from handlers.hearing.lookup import case_for
from handlers.saying.say import Saying, answer, answer_about, private_account, say, say_goodbye
from handlers.saying.showing import case_label
from handlers.texts.masking import mask
from handlers.texts.punctuation import without_marks
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import datetime

    from data.domain.case import Appeal, Case
    from data.domain.people import Account
    from data.uow import UnitOfWork
    from handlers.context import Heard
    from handlers.hearing.grammar import Command
    from handlers.texts.wording import Texts

QUESTION = "delete_my_data"
ANSWER = "确认删除"
YES = ("是", "是的", "好", "好的", "确认", "确定", "删", "删吧", "删除")
NO = ("算了", "不删", "不删了", "不用了", "先不删", "取消", "不是", "不")
ASKED_FOR = timedelta(minutes=30)
FORGOTTEN = "forgotten"  # what a route says in the end, whereupon channels forget, too


def show(heard: Heard, _command: Command) -> None:
    """Say how much is kept of the one who asks, and send all of it as a file, to them alone."""
    kept: dict[str, Any] = dict(heard.uow.personal.kept(heard.person.id))
    accounts = "、".join(f"{a.channel}:{a.name}" for a in heard.uow.people.accounts(heard.person.id))
    answer(heard, "my_data.kept", accounts=accounts, **kept)
    to = private_account(heard, heard.person.id, heard.inbound.channel)
    if to is None:
        return
    rows = "\n".join(_lines(heard))
    saying = Saying(
        "my_data.file",
        dedupe=f"my_data:{heard.inbound.channel}:{heard.inbound.message_id}",
        values={
            "rows": rows,
            "name": heard.person.name,
            "at": f"{heard.policy.work.local(heard.now):%Y-%m-%d %H:%M}",
        },
        purpose=Purpose.ONCE,
        file=True,
    )
    say(heard, to, saying)


def _lines(heard: Heard) -> Iterator[str]:
    """Yield the lines of the file: under a heading for each kind, a line for each row."""
    texts, work = heard.house.texts, heard.policy.work
    for kind, rows in heard.uow.belongings.everything(heard.person.id).items():
        yield f"\n{texts(f'my_data.kind.{kind}')}({len(rows)})"
        for row in rows:
            at = f"{work.local(row.at):%Y-%m-%d %H:%M} " if row.at is not None else ""
            number = f"#{row.number} " if row.number is not None else ""
            yield f"{at}{number}{row.words}".rstrip()


_TO_BE_GONE = re.compile(r"(?:请|帮我|都|全部?|把它)*(?:删掉?|删除|去掉|不要|撤掉?|撤回|清空)了?(?:吧)?")


def correct(heard: Heard, command: Command) -> None:
    """Put one's own words about a case right; whoever handles it hears so: 更正 12 …."""
    case = case_for(heard, command)
    mine = [one for one in heard.uow.appeals.of_case(case.id) if one.person_id == heard.person.id]
    if not mine:
        raise UserError("my_data.not_yours", number=case.number)
    if _TO_BE_GONE.fullmatch(without_marks(command.words)):
        raise UserError("my_data.no_words", number=case.number)
    heard.private_answer = case.discreet or mine[-1].room_id is None
    _put_right(heard, case, mine[-1], command.words)
    record(heard, case, Action.CORRECT, by=heard.person, words=command.words)
    values = {
        "name": heard.account.name,
        "words": Said(command.words),
        "label": case_label(heard.policy, case, public=False),
    }
    saying = Saying("my_data.corrected_for", f"corrected:{heard.inbound.message_id}", values, (case,))
    tell_handler(heard, case, saying)
    answer_about(heard, "my_data.corrected", (case,))


def _put_right(heard: Heard, case: Case, appeal: Appeal, words: str) -> None:
    """Let an appeal say this from now on: what it said before is gone from wherever it was quoted."""
    before = heard.uow.appeals.lines(appeal.id)
    said = [appeal.words, *(line.text for line in before)]
    for line in before:
        heard.uow.inbox.unsay(line.channel, line.message_id, heard.account.id)
    heard.uow.personal.unsay([one for one in said if one and one not in words], [case.id], mask)
    heard.uow.appeals.reword(appeal.id, words)
    if heard.uow.appeals.of_case(case.id)[0].id == appeal.id:
        case = heard.uow.cases.get(case.id)
        case.summary = words
        heard.uow.cases.save(case)


def delete(heard: Heard, _command: Command) -> None:
    """Ask once whether all of it shall go; asked already, do it."""
    if _asked(heard) is not None:
        _delete(heard)
        return
    heard.uow.questions.ask(heard.account.id, QUESTION, {}, heard.now)
    answer(heard, "my_data.ask_on_duty" if heard.has_duty else "my_data.ask", answer=ANSWER)


def heard_as_answer(heard: Heard) -> bool:
    """Delete when 确认删除 is the answer to that question; to a mere yes say what is to be answered."""
    if heard.room is not None and not heard.address.spoken_to:
        return False
    said = without_marks(heard.address.command)
    asked = _asked(heard) if said == ANSWER or said in YES or said in NO else None
    if asked is None:
        return False
    if said == ANSWER:
        _delete(heard)
    elif said in NO:
        heard.uow.questions.answered(asked, heard.now)
        answer(heard, "my_data.spared")
    else:
        answer(heard, "my_data.say_so", answer=ANSWER)
    return True


def _asked(heard: Heard) -> int | None:
    """Return the question whether all is to be deleted, if it waits for its answer."""
    since = heard.now - ASKED_FOR
    open_ones = heard.uow.questions.open(heard.account.id, since)
    return next((one.id for one in open_ones if one.kind == QUESTION), None)


def _delete(heard: Heard) -> None:
    """Delete it: words, names, pictures, accounts. Cases go on; duties are the roster's to end."""
    theirs = heard.uow.people.accounts(heard.person.id)
    on_duty = heard.has_duty
    heard.keep_text = False
    heard.detail = FORGOTTEN
    for account in theirs:
        heard.house.conversations.forget_account(account.id, heard.uow)
    heard.house.looked_at.forget()
    heard.uow.inbox.write()
    _erase(heard.uow, heard.house.texts, heard.person.id, theirs, on_duty=on_duty)
    heard.uow.personal.leave_behind(LOG, [line_of(heard.now, one.channel, one.external_id) for one in theirs])
    heard.uow.audit.did(heard.now, heard.person.id, None, "delete_my_data", "done")
    say_goodbye(heard, "my_data.deleted_on_duty" if on_duty else "my_data.deleted")


def delete_again(uow: UnitOfWork, texts: Texts, hashes: Container[str], now: datetime) -> int:
    """Delete what a restored backup has brought back of those who had deleted it; return how many."""
    found = {uow.people.account(one).person_id for one in uow.personal.account_ids(hashes)}
    for person_id in found:
        on_duty = bool(uow.people.duties(person_id)) or uow.people.get(person_id).organisation_id is not None
        _erase(uow, texts, person_id, uow.people.accounts(person_id), on_duty=on_duty)
        uow.audit.did(now, person_id, None, "delete_my_data", "again")
    return len(found)


def _erase(uow: UnitOfWork, texts: Texts, person_id: int, theirs: list[Account], *, on_duty: bool) -> None:
    uow.doubts.forget(person_id, texts("doubt.gone"))
    uow.personal.forget(person_id, theirs, keep_account=on_duty, masked=mask)
