"""The phases of planning a group, and how long each took."""

from __future__ import annotations

from scheduler.solvers.clock import Clock, Stopwatch

BUILD, LEVELS, EXPLAIN = "build", "levels", "explain"
PhaseSeconds = tuple[tuple[str, float], ...]
"""Phases in order, each with its seconds."""


def phases(clock: Clock, before: PhaseSeconds = ()) -> Stopwatch:
    """Every phase is told of, in one and the same order."""
    return Stopwatch(clock, dict.fromkeys((BUILD, LEVELS, EXPLAIN), 0.0) | dict(before))


def phase_seconds(stopwatch: Stopwatch) -> PhaseSeconds:
    """What the phases have taken so far."""
    return tuple(stopwatch.seconds.items())
