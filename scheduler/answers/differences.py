"""Plan against plan: which seats are new, moved, changed in detail or cancelled (OUTPUT.md, sheet ``Ändringar``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.change import Change, ChangeKind, Former, PlanDiff, Unneeded
from models.ids import Level, Rule
from models.plan import Booking, Plan
from models.problem import Hire

SeatKey = tuple[str, str, int, int]
"""(hire, programme, module, meeting): what makes a seat the same seat from plan to plan."""


@dataclass(frozen=True)
class Cause:
    """Why a seat of the earlier plan is gone: what forced it, for
    which level and whom it was given up, or that it is ``unneeded``.
    """

    forced_by: Rule | None = None
    given_up_for: Level | None = None
    in_favour_of: tuple[str, ...] = ()
    unneeded: Unneeded | None = None


UNKNOWN = Cause()


def diff(
    before: Plan, after: Plan, causes: Mapping[SeatKey, Cause] | None = None, left: Iterable[Hire] = ()
) -> PlanDiff:
    """Every seat from the later plan's planning date on that a person would notice as different.

    ``causes`` say why seats are gone, as far as that is known (``causes_of``); ``left`` are hires who are no longer in
    the input: those with changed seats are named.
    """
    old, new = _upcoming(before, after), _upcoming(after, after)
    known = causes or {}
    changes = tuple(
        change
        for key in sorted(old.keys() | new.keys())
        for change in _compare(old.get(key), new.get(key), known.get(key, UNKNOWN))
    )
    unchanged = sum(_kind(old[key], new[key]) is None for key in old.keys() & new.keys())
    changed = {change.hire for change in changes}
    former = tuple(
        Former(hire=hire.id, name=hire.name, organisation=hire.organisation)
        for hire in sorted(left, key=lambda hire: hire.id)
        if hire.id in changed
    )
    return PlanDiff(changes=changes, unchanged=unchanged, former=former)


def lost_seats(before: Plan, after: Plan) -> Iterator[tuple[SeatKey, Booking]]:
    """The seats of the earlier plan, from the later one's planning date on, that were moved or cancelled."""
    old, new = _upcoming(before, after), _upcoming(after, after)
    for key in sorted(old):
        if _kind(old[key], new.get(key)) in (ChangeKind.MOVED, ChangeKind.CANCELLED):
            yield key, old[key]


def _upcoming(plan: Plan, later: Plan) -> dict[SeatKey, Booking]:
    """Seats not yet held on the later plan's planning date."""
    rows = (b for b in plan.bookings if b.start.date() >= later.planning_date)
    return {(b.hire, b.programme, b.module, b.meeting): b for b in rows}


def _compare(old: Booking | None, new: Booking | None, cause: Cause) -> Iterator[Change]:
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
            forced_by=cause.forced_by,
            given_up_for=cause.given_up_for,
            in_favour_of=cause.in_favour_of,
            unneeded=cause.unneeded,
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
