from __future__ import annotations

from datetime import UTC, datetime, timedelta

from data.domain.clock import SystemClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Machine:
    """A machine whose clock can be set; its ticks go on by themselves."""

    def __init__(self) -> None:
        self.shown = NOON
        self.ticked = 100.0

    def runs(self, seconds: float) -> None:
        self.shown += timedelta(seconds=seconds)
        self.ticked += seconds

    def clock(self) -> SystemClock:
        return SystemClock(lambda: self.shown, lambda: self.ticked)


def test_it_shows_the_machine_s_time() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.runs(10)
    assert clock.now() == NOON + timedelta(seconds=10)
    machine.shown += timedelta(hours=1)
    assert clock.now() == NOON + timedelta(hours=1, seconds=10)


def test_set_back_by_an_hour_it_neither_runs_backwards_nor_stands_still() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.shown -= timedelta(hours=1)
    seen = [clock.now()]
    for _ in range(100):
        machine.runs(90)
        seen.append(clock.now())
    assert seen == sorted(seen)
    assert seen[1] - seen[0] == timedelta(seconds=45)
    assert seen[-1] == machine.shown  # after two hours it is right again
