"""The hard rules of MODEL.md, one module each. Rules 3-7 and 12 say no to a single seat (``scheduler.seats.eligibility`` asks them);
the others are posted as rows, in this order."""

from __future__ import annotations

from collections.abc import Callable

from models.ids import Rule
from scheduler.rules import after, clash, gap, given, min_participants, order, quota, seats, shared, weekly_cap
from scheduler.seats.variables import Variables

POSTED: tuple[tuple[Rule, Callable[[Variables], None]], ...] = (
    (Rule.SEATS, seats.post),
    (Rule.QUOTA, quota.post),
    (Rule.CLASH, clash.post),
    (Rule.WEEKLY_CAP, weekly_cap.post),
    (Rule.ORDER, order.post),
    (Rule.GAP, gap.post),
    (Rule.AFTER, after.post),
    (Rule.MIN_PARTICIPANTS, min_participants.post),
    (Rule.SHARED, shared.post),
    (Rule.GIVEN, given.post),
)
