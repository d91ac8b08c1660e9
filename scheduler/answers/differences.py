"""Plan against plan: which seats are new, moved, changed in detail or cancelled (OUTPUT.md, sheet ``Ändringar``)."""

from __future__ import annotations

from collections.abc import Iterator

from models.change import Change, ChangeKind, PlanDiff
from models.plan import Booking, Plan

SeatKey = tuple[str, str, int, int]
"""(hire, programme, module, meeting): what makes a seat the same seat from plan to plan."""


def diff(before: Plan, after: Plan) -> PlanDiff:
    """Every seat from the later plan's planning date on that a person would notice as different, without causes (``causes``)."""
    old, new = _upcoming(before, after), _upcoming(after, after)
    changes = tuple(
        change for key in sorted(old.keys() | new.keys()) for change in _compare(old.get(key), new.get(key))
    )
    unchanged = len([key for key in old.keys() & new.keys() if not any(_compare(old[key], new[key]))])
    return PlanDiff(changes=changes, unchanged=unchanged)


def _upcoming(plan: Plan, later: Plan) -> dict[SeatKey, Booking]:
    """Seats not yet held on the later plan's planning date."""
    rows = (b for b in plan.bookings if b.start.date() >= later.planning_date)
    return {(b.hire, b.programme, b.module, b.meeting): b for b in rows}


def _compare(old: Booking | None, new: Booking | None) -> Iterator[Change]:
    row = new or old
    assert row is not None
    kind = _kind(old, new)
    if kind is not None:
        yield Change(
            kind=kind,
            hire=row.hire,
            programme=row.programme,
            module=row.module,
            meeting=row.meeting,
            before=old,
            after=new,
        )


def _kind(old: Booking | None, new: Booking | None) -> ChangeKind | None:
    if old is None:
        return ChangeKind.NEW
    if new is None:
        return ChangeKind.CANCELLED
    if old.session != new.session:
        return ChangeKind.MOVED
    return ChangeKind.DETAILS if _seen(old) != _seen(new) else None


def _seen(row: Booking) -> tuple[object, ...]:
    return row.start, row.end, row.place, row.room, row.trainers
