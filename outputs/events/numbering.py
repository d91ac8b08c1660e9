"""SEQUENCE, the last change, and what was lost, over a chain of plans (OUTPUT.md, RFC 5545 3.8.7.4).

Every event is compared as its reader sees it now with how she saw it in the previous plan. Nothing here looks at dates
to tell plans apart: two plans may be made on one day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from models.plan import SCHEMA, Booking, Plan, SharedEvent
from models.problem import TermProblem
from outputs.event_text import address
from outputs.events.chain import kept_names, used_sessions
from outputs.events.content import Event, person_event, shared_event
from outputs.events.identity import PERSON, SharedKey
from outputs.events.shown import Gathering, Held, by_seat, gatherings, is_to_come, numbered_rows, seats
from outputs.tasks.event import number_tasks

_REVISION = ("sequence", "changed_on", "changed_in")
_Row = TypeVar("_Row", Booking, SharedEvent)


def number_events(
    problem: TermProblem,
    plan: Plan,
    previous_problem: TermProblem | None,
    previous: Plan | None,
    series: str | None = None,
) -> Plan:
    """The plan with its events numbered and all that its chain hands on.

    Without a previous one all events are new, and their UIDs are made from ``series``; a re-plan inherits its own.
    """
    if previous is None or previous_problem is None:
        nothing = {"bookings": (), "cancelled": (), "events": (), "tasks": (), "series": series}
        return _number(problem, plan, None, plan.model_copy(update=nothing))
    return _number(problem, plan, previous_problem, _in_full(previous))


def _in_full(previous: Plan) -> Plan:
    """The plan with the number of the plan in which each event
    changed; one of schema 1 does not say, and it is its own.
    """

    def dated(rows: Iterable[_Row]) -> tuple[_Row, ...]:
        return tuple(row.model_copy(update={"changed_in": row.changed_in or previous.plan_number}) for row in rows)

    if previous.schema_ == SCHEMA:
        return previous
    told = {
        "bookings": dated(previous.bookings),
        "cancelled": dated(previous.cancelled),
        "events": dated(previous.events),
    }
    return previous.model_copy(update=told)


def _number(problem: TermProblem, plan: Plan, earlier_problem: TermProblem | None, previous: Plan) -> Plan:
    previous_problem = earlier_problem or problem
    old = seats(previous.bookings, previous.cancelled)
    newly_lost, lost_before = _lost(plan.bookings, previous)
    numbered = {
        _place(held.booking): _numbered_seat(problem, plan, held.booking, previous_problem, old.get(seat))
        for seat, held in seats(plan.bookings, [*newly_lost, *lost_before]).items()
        if not held.cancelled
    }
    cancelled = [_changed(booking, plan) for booking in newly_lost]
    marks = [_mark(booking) for booking in cancelled]
    rows = [*_shared_rows(problem, plan, previous_problem, previous), *marks]
    numbered_plan = plan.model_copy(
        update={
            "schema_": SCHEMA,
            "series": previous.series,
            "bookings": tuple(numbered[_place(booking)] for booking in plan.bookings),
            "cancelled": tuple(sorted([*cancelled, *lost_before], key=_place)),
            "events": tuple(sorted(rows, key=lambda row: (row.calendar, row.owner, row.session))),
            "tasks": number_tasks(problem, plan, previous_problem, previous),
            "used_sessions": used_sessions(problem, earlier_problem, previous),
        }
    )
    return numbered_plan.model_copy(update={"files": kept_names(problem, numbered_plan, earlier_problem, previous)})


def _place(booking: Booking) -> tuple[str, str, int, int, str]:
    return booking.hire, booking.programme, booking.module, booking.meeting, booking.session


def _lost(bookings: Iterable[Booking], previous: Plan) -> tuple[list[Booking], list[Booking]]:
    """Seats lost now, and those lost in an earlier plan and not booked again."""
    now: dict[tuple[str, str, int, int], set[str]] = {
        place: {held.booking.session for held in rows} for place, rows in by_seat(bookings, ()).items()
    }
    newly: list[Booking] = []
    before: list[Booking] = []
    for place, rows in by_seat(previous.bookings, previous.cancelled).items():
        for held in _gone(rows, now.get(place, set())):
            (before if held.cancelled else newly).append(held.booking)
    return newly, before


def _gone(rows: list[Held], sessions: set[str]) -> Iterator[Held]:
    """Those of one meeting's old events that no booking carries on. The last one is the seat itself: any session that
    is not a copy's own carries it on, since a moved seat is the same event."""
    *copies, seat = rows
    yield from (held for held in copies if held.booking.session not in sessions)
    if sessions <= {held.booking.session for held in copies}:
        yield seat


def _numbered_seat(
    problem: TermProblem,
    plan: Plan,
    booking: Booking,
    previous_problem: TermProblem,
    old: Held | None,
) -> Booking:
    if old is None:
        return booking.model_copy(update={"sequence": 0, **_now(plan)})
    seen = person_event(previous_problem, old.booking, cancelled=old.cancelled)
    if person_event(problem, booking) == seen and not _has_new_address(problem, plan, booking, previous_problem):
        return booking.model_copy(update={name: getattr(old.booking, name) for name in _REVISION})
    return _changed(booking.model_copy(update={"sequence": old.booking.sequence}), plan)


def _has_new_address(problem: TermProblem, plan: Plan, booking: Booking, previous_problem: TermProblem) -> bool:
    """An event to come is recalled at the old address of a hire and sent to the new one (RFC 5546 3.2.2, 3.2.5)."""
    former = previous_problem.hire_by_id.get(booking.hire)
    if former is None or not is_to_come(booking, plan):
        return False
    return address(former.email) != address(problem.hire_by_id[booking.hire].email)


def _changed(booking: Booking, plan: Plan) -> Booking:
    return booking.model_copy(update={"sequence": booking.sequence + 1, **_now(plan)})


def _now(plan: Plan) -> dict[str, Any]:
    """When an event changed that this plan changes."""
    return {"changed_on": plan.planning_date, "changed_in": plan.plan_number}


def _mark(booking: Booking) -> SharedEvent:
    return SharedEvent(
        calendar=PERSON,
        owner=booking.hire,
        session=booking.session,
        sequence=booking.sequence,
        changed_on=booking.changed_on,
        changed_in=booking.changed_in,
        lost=True,
    )


def _shared_rows(
    problem: TermProblem, plan: Plan, previous_problem: TermProblem, previous: Plan
) -> Iterator[SharedEvent]:
    seen = gatherings(previous_problem, previous, with_empty=True)
    old = {key: row for row in numbered_rows(previous, seen) if (key := _key(row)).calendar != PERSON}
    shown = gatherings(problem, plan)
    for key, gathering in shown.items():
        then = _seen(previous_problem, key, old.get(key), seen)
        yield _numbered_event(plan, key, old.get(key), unchanged=_event(problem, key, gathering) == then)
    for key, row in old.items():
        if key not in shown:
            yield _cancelled_event(plan, row, seen)


def _key(row: SharedEvent) -> SharedKey:
    return SharedKey(row.calendar, row.owner, row.session)


def _event(problem: TermProblem, key: SharedKey, gathering: Gathering) -> Event:
    return shared_event(problem, key, gathering.occasion, gathering.participants)


def _seen(
    problem: TermProblem, key: SharedKey, row: SharedEvent | None, seen: Mapping[SharedKey, Gathering]
) -> Event | None:
    """What the reader saw in the previous plan; None where she saw nothing, or a cancellation."""
    return None if row is None or row.last is not None else _event(problem, key, seen[key])


def _numbered_event(plan: Plan, key: SharedKey, old: SharedEvent | None, *, unchanged: bool) -> SharedEvent:
    if old is not None and unchanged:
        return old
    sequence = 0 if old is None else old.sequence + 1
    return SharedEvent(**key._asdict(), sequence=sequence, **_now(plan))


def _cancelled_event(plan: Plan, old: SharedEvent, seen: Mapping[SharedKey, Gathering]) -> SharedEvent:
    """The row of an event that no longer takes place: lost now, or only remembered."""
    if old.last is not None:
        return old.model_copy(update={"lost": False})
    return SharedEvent(
        **_key(old)._asdict(),
        sequence=old.sequence + 1,
        **_now(plan),
        last=seen[_key(old)].occasion,
        lost=True,
    )
