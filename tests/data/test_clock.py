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


def test_f3_set_back_it_keeps_the_pace_for_an_hour_and_comes_right_in_the_end() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.shown -= timedelta(hours=8)
    seen = [clock.now()]
    for _ in range(40):
        machine.runs(90)
        seen.append(clock.now())
    assert seen[-1] - seen[0] == timedelta(hours=1)  # what falls due within the hour does so at its time
    assert clock.ahead() == timedelta(hours=8)
    for _ in range(16 * 40):
        machine.runs(90)
        seen.append(clock.now())
    assert seen == sorted(seen)
    assert seen[-1] == machine.shown
    assert clock.ahead() == timedelta()
    machine.shown -= timedelta(minutes=10)  # and again
    machine.runs(60)
    assert clock.now() - seen[-1] == timedelta(minutes=1)
