"""The one clock: what is spent and left, parts of the work with clocks of their own, and seconds by phase."""

from __future__ import annotations

from scheduler.solvers.clock import Clock, Stopwatch
from tests.scheduler.clocks import PaperClock, PaperTime


def test_a_clock_counts_from_its_start_and_never_has_less_than_nothing_left() -> None:
    time = PaperTime(1_000.0)
    clock = Clock.start(time, 60.0)
    assert (clock.spent, clock.left) == (0.0, 60.0)
    time.seconds = 1_045.0
    assert (clock.spent, clock.left) == (45.0, 15.0)
    time.seconds = 1_061.0
    assert (clock.spent, clock.left) == (61.0, 0.0)


def test_a_clock_for_a_part_begins_when_it_is_made_and_goes_with_the_whole() -> None:
    clock = PaperClock(60.0)
    clock.go_on(20.0)
    part = clock.limited(5.0)
    assert (part.spent, part.left) == (0.0, 5.0)
    clock.go_on(3.0)
    assert (clock.left, part.left) == (37.0, 2.0)


def test_without_a_limit_there_is_always_time_left() -> None:
    clock = Clock.start(PaperTime(step=1e9))
    assert clock.left > 1e9


def test_a_phase_that_comes_twice_is_added_up_and_what_it_took_before_counts() -> None:
    clock = PaperClock()
    clock.go_on(100.0)
    stopwatch = Stopwatch(clock, {"build": 7.0, "levels": 0.0})
    for phase, seconds in (("build", 1.0), ("explain", 2.0), ("build", 4.0)):
        clock.go_on(seconds)
        stopwatch.end(phase)
    assert list(stopwatch.seconds.items()) == [("build", 12.0), ("levels", 0.0), ("explain", 2.0)]
