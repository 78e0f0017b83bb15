"""Anybody says anything, in any order: what must hold holds all the same."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.domain.case import OPEN, Case, State
from data.domain.lifecycle import TABLE, Action
from data.domain.messages import Inbound, MessageKind
from data.store import Store
from handlers.hearing.forms import FORMS
from handlers.hearing.verbs import Verb
from tests.town import ROSTER, Town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.domain.steps import Step
    from data.uow import UnitOfWork
    from nlp.understand import Understander

SHM = Path("/dev/shm")  # noqa: S108  where there is one, nobody waits for the disk
HERE, THERE = "百安坝社区", "电报路社区"
RESIDENTS = {"wang": "grid1", "liu": "grid1", "li8": "grid2", "li9": "grid9"}
STAFF = {  # with the rooms they are in
    "limin": ("grid1", "staff", None),
    "wangqiang": ("grid2", "staff", None),
    "wudaye": ("grid1", None),
    "zhao": ("grid1", "staff", None),
    "zhou": ("street", None),
    "feng": ("grid1", "staff", None),
    "chen": ("wuye", None),
    "liudui": (None,),
    "sunli": ("grid9", None),
}
OF_COMMUNITY = {"grid1": HERE, "grid2": HERE, "staff": HERE, "wuye": HERE, "grid9": THERE}
OF_COMMUNITY |= {"wang": HERE, "liu": HERE, "li8": HERE, "li9": THERE, "limin": HERE, "wangqiang": HERE}
OF_COMMUNITY |= {"wudaye": HERE, "zhao": HERE, "feng": HERE, "chen": HERE, "sunli": THERE}
REPORTS = (
    "3栋2单元电梯坏了,没人修",
    "5栋门口路灯不亮好几天了",
    "整栋楼停水了没人管",
    "隔壁3栋401把鞋柜堆在我家门口,说了不听还骂人",
    "我的退休金三个月没到账了,没人管",
    "5栋着火了快来人",
    "我家也是",
    "立案",
    "找律师",
    "满意",
    "还没修好",
)
SECRETS = ("鞋柜", "退休", "邻里纠纷")
LEADER, OFFICER, MEDIATOR = ("limin", "staff"), ("zhao", "staff"), ("feng", None)
PROPERTY, DEPARTMENT = ("chen", "wuye"), ("liudui", None)
WORK = (
    (LEADER, "派单 {n} 物业"),
    (LEADER, "派单 {n} 小陈"),
    (LEADER, "办理 {n} 来看过"),
    (LEADER, "办结 {n} 好了"),
    (OFFICER, "办结 {n} 好了"),
    (PROPERTY, "办结 {n} 清走了"),
    (PROPERTY, "退单 {n} 不归我们"),
    (PROPERTY, "反馈 {n} 在路上"),
    (PROPERTY, "报到 {n}"),
    (DEPARTMENT, "报到 {n}"),
    (DEPARTMENT, "办结 {n} 清走了"),
    (DEPARTMENT, "退哨 {n} 不归我们"),
    (OFFICER, "吹哨 {n} 城管局,物业 快来"),
    (OFFICER, "吹哨 {n} 红 城管局"),
    (OFFICER, "销哨 {n} 免到 物业,城管"),
    (OFFICER, "销哨 {n}"),
    (OFFICER, "销哨 {n}"),
    (OFFICER, "销哨 {n} 城管 5 5 5"),
    (LEADER, "转级 {n} 难事"),
    (LEADER, "转级 {n} 私事"),
    (LEADER, "改类 {n} 邻里纠纷"),
    (LEADER, "并案 {n} {m}"),
    (MEDIATOR, "调解 {n} 对方 刘婶"),
    (MEDIATOR, "调解 {n} 成功 谈好了"),
    (("wang", None), "确认"),
    (("liu", None), "确认"),
    (("wang", "grid1"), "撤回 {n}"),
)
UNDO = tuple((who, "@哨子 撤销") for who in (LEADER, OFFICER, MEDIATOR, PROPERTY, DEPARTMENT))
APT = {
    State.REPORTED: (
        (LEADER, "受理 {n}"),
        (("limin", "grid1"), "受理 {n}"),
        (LEADER, "派单 {n} 物业"),
        (LEADER, "不受理 {n} 不归社区"),
        (OFFICER, "吹哨 {n} 城管局,物业 快来"),
        (MEDIATOR, "调解 {n} 记录 谈过了"),
        (("liu", "grid1"), "附议 {n}"),
        *UNDO[:2],
    ),
    State.ACCEPTED: WORK + UNDO,
    State.ASSIGNED: WORK + UNDO,
    State.IN_PROGRESS: WORK + UNDO,
    State.RESOLVED: (
        (("wang", "grid1"), "评价 {n} 满意"),
        (("liu", None), "2"),
        (("wang", None), "4 还在漏"),
        (LEADER, "重办 {n} 又坏了"),
        *UNDO,
    ),
    State.CLOSED: ((OFFICER, "重办 {n} 又坏了"), (("wang", None), "评价 {n} 没解决")),
    State.DEFERRED: ((OFFICER, "恢复 {n}"),),
}
EXAMPLES = tuple(
    form.example.replace("12", "{n}").replace("13", "{m}")
    for form in FORMS
    if form.verb is not Verb.DELETE_MY_DATA  # to be forgotten has tests of its own
)


@dataclass(frozen=True)
class Line:
    who: str
    room: str | None
    text: str
    minutes: int


def spoken(text: str, room: str | None) -> str:
    """Address the bot where a command needs that."""
    return text if room in (None, "staff", "wuye", "street") else f"@哨子 {text}"


def anything(random: Random, number: int) -> Line:
    """Let anybody give any command, wherever they are."""
    who = random.choice([*STAFF, *RESIDENTS])
    room = random.choice(STAFF.get(who) or (RESIDENTS.get(who), None))
    text = random.choice(EXAMPLES).format(n=number, m=random.randint(1, 3))
    return Line(who, room, spoken(text, room), random.choice((0, 0, 1, 15)))


def report(random: Random) -> Line:
    """Let a resident say something."""
    who = random.choice(("wang", "wang", "liu", "liu", "li8", "li9"))
    room = None if random.random() < 0.2 else RESIDENTS[who]
    return Line(who, room, random.choice(REPORTS), random.choice((0, 1, 5)))


def something_apt(random: Random, case: Case) -> Line:
    """Let somebody say what fits a case as it stands, or what would have fitted a moment ago."""
    fitting = APT.get(case.state) or WORK
    (who, room), text = random.choice(fitting)
    return Line(
        who,
        room,
        spoken(text.format(n=case.number, m=random.randint(1, 3)), room),
        random.choice((0, 0, 1, 3)),
    )


def more(random: Random, cases: list[Case]) -> Line:
    """Let somebody say something about one of the cases there are."""
    case = random.choice(cases) if cases else None
    if case is None or random.random() < 0.1:
        return report(random)
    if random.random() < 0.2:
        return anything(random, case.number)
    return something_apt(random, case)


@pytest.fixture(scope="module")
def settled(understander: Understander) -> Iterator[Path]:
    """Yield a store that has its roster, to be copied."""
    with TemporaryDirectory(dir=SHM if SHM.is_dir() else None) as folder:
        path = Path(folder) / "settled.db"
        store = Store(f"sqlite:///{path}")
        store.upgrade()
        store.close()
        Town(f"sqlite:///{path}", understander, ROSTER, "2026-03-02 08:00").close()
        yield path


def examples(count: int) -> settings:
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.timeout(400)  # on a busy machine; alone it takes a quarter of a minute
@examples(25)
@given(st.integers(0, 2**32))
def test_whatever_is_said_in_whatever_order(settled: Path, understander: Understander, seed: int) -> None:
    walk(settled, understander, seed)


@pytest.mark.soak
@pytest.mark.timeout(1200)
@examples(1000)
@given(st.integers(0, 2**32))
def test_whatever_is_said_for_much_longer(settled: Path, understander: Understander, seed: int) -> None:
    walk(settled, understander, seed)


def walk(settled: Path, understander: Understander, seed: int) -> None:
    """Let anybody say anything, in an order that the seed decides, and look at what came of it."""
    random = Random(seed)
    copy = settled.with_name("copy.db")
    shutil.copy(settled, copy)
    town = Town(f"sqlite:///{copy}", understander, "people: []", "2026-03-02 08:30")
    try:
        say(town, [report(random) for _ in range(random.randint(1, 3))], "first")
        for turn in range(random.randint(2, 7)):
            with town.store.read() as uow:
                cases = list(uow.cases.everything())
            say(town, [more(random, cases) for _ in range(random.randint(1, 5))], str(turn))
            let_pass(town, timedelta(hours=random.choice((0, 0, 0, 1, 5, 30, 200))))
        with town.store.read() as uow:
            look(uow)
    finally:
        town.close()
        for left in settled.parent.glob("copy.db*"):
            left.unlink()


def say(town: Town, lines: list[Line], turn: str) -> None:
    """Let lines be said; those of one minute come in one batch."""
    batch: list[Inbound] = []
    for index, line in enumerate(lines):
        if line.minutes and batch:
            take(town, batch)
            batch = []
        if line.minutes:
            let_pass(town, timedelta(minutes=line.minutes))
        called = ("bot",) if line.text.startswith("@") else ()
        name = {"wang": "王姐", "liu": "刘婶"}.get(line.who, line.who)
        batch.append(
            Inbound(
                "web",
                f"{turn}.{index}",
                town.clock.now(),
                line.room,
                line.who,
                name,
                line.text,
                MessageKind.TEXT,
                called,
            )
        )
    take(town, batch)


def take(town: Town, batch: list[Inbound]) -> None:
    assert "failed" not in town.parts.intake.take(batch), batch


def let_pass(town: Town, span: timedelta) -> None:
    """Let time pass, and fire what falls due."""
    to = town.clock.now() + span
    while True:
        with town.store.read() as uow:
            due = uow.reminders.next_due()
        if due is None or due > to:
            break
        town.clock.set(max(due, town.clock.now()))
        town.parts.ticker.fire()
    town.clock.set(to)


def look(uow: UnitOfWork) -> None:
    """See that all is well with everything that is stored."""
    cases = list(uow.cases.everything())
    for community in {case.community_id for case in cases}:
        numbers = [case.number for case in cases if case.community_id == community]
        assert numbers == list(range(1, len(numbers) + 1))
    for case in cases:
        look_at_timeline(case, uow.timeline.of_case(case.id))
        look_at_clocks(case)
        if case.state not in OPEN:
            assert uow.whistles.open_on(case.id) is None, f"#{case.number} is {case.state} with a whistle"
    look_at_messages(uow, {case.id: case for case in cases})


def look_at_timeline(case: Case, steps: list[Step]) -> None:
    """Every step is there, each begins where the last one ended, and each is legal."""
    assert steps[0].action == Action.REPORT
    state, at = steps[0].to_state, steps[0].at
    for step in steps[1:]:
        assert step.from_state is state, f"{step.action} begins in {step.from_state}, not in {state}"
        assert step.at >= at
        state, at = step.to_state, step.at
        if step.action == Action.UNDO:
            continue
        rule = TABLE[Action(step.action)]
        assert step.from_state in rule.legal, f"{step.action} in {step.from_state}"
        expected = {rule.to or step.from_state} | (
            {State.ACCEPTED, State.ASSIGNED, State.IN_PROGRESS} if step.action == Action.RESUME else set()
        )
        assert state in expected
    assert state is case.state


def look_at_clocks(case: Case) -> None:
    """What comes later has a later time."""
    times: list[datetime | None] = [case.reported_at, case.accepted_at, case.resolved_at, case.closed_at]
    known = [at for at in times if at is not None]
    assert known == sorted(known)
    rests = case.state is State.DEFERRED or case.awaits_meeting
    if case.state in OPEN and case.resolve_from is not None:
        assert (case.time_left is None, case.resolve_by is None) == (not rests, rests)
    if case.resolve_by is not None and case.resolve_from is not None:
        assert case.resolve_by > case.resolve_from >= case.reported_at


def look_at_messages(uow: UnitOfWork, cases: dict[int, Case]) -> None:
    """Nothing goes to another community; nothing of a dispute or a private matter goes to a group."""
    names = {case.id: uow.areas.get(case.community_id).name for case in cases.values()}
    for state in ("queued", "sent"):
        for row in uow.outbox.of_state(state):
            look_at_message(row, cases, names)


def look_at_message(row: Any, cases: dict[int, Case], names: dict[int, str]) -> None:
    home = OF_COMMUNITY.get(row.room or row.to)
    about = [cases[case_id] for case_id, _ in row.cases]
    if home is not None:
        assert {names[case.id] for case in about} <= {home}, f"{row.text} is told in {row.room or row.to}"
    if row.room is not None and row.room.startswith("grid"):
        assert not any(secret in row.text for secret in SECRETS), f"{row.text} is told in {row.room}"
        assert not any("鞋柜" in case.summary for case in about), f"{row.text} is told in {row.room}"
