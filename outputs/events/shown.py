"""Which events there are in a plan: every person's seats, and the sessions in the calendars of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.ids import RoundStatus
from models.plan import Booking, Occasion, Plan, SharedEvent
from models.problem import Hire, Session, TermProblem
from outputs.events.identity import Seat, SharedKey
from outputs.events.kinds import KINDS

Place = tuple[str, str, int, int]


class Held(NamedTuple):
    """What lies behind a person's event, and whether the seat is lost."""

    booking: Booking
    cancelled: bool


class Gathering(NamedTuple):
    """A session in somebody's calendar, with those participants whom its reader may know of."""

    occasion: Occasion
    participants: tuple[Hire, ...]


def is_to_come(booking: Booking, plan: Plan) -> bool:
    """The session is on or after the planning date: nothing is told about one that was held."""
    return booking.start.date() >= plan.planning_date


def seats(bookings: Iterable[Booking], cancelled: Iterable[Booking]) -> dict[Seat, Held]:
    """Every person's events, lost ones too.

    Of several for one meeting of a module the latest is the seat itself, since a module is taken again after what was
    held of it; the earlier ones are its copies, in their order in time. Lost seats keep their place in that order.
    """
    by_place = by_seat(bookings, cancelled)
    return {
        Seat(*place, copy): held
        for place, rows in by_place.items()
        for copy, held in zip(_copies(rows), rows, strict=True)
    }


def by_seat(bookings: Iterable[Booking], cancelled: Iterable[Booking]) -> dict[Place, list[Held]]:
    """Bookings and lost seats of each (hire, programme, module, meeting) in their order in time."""
    found: dict[Place, list[Held]] = defaultdict(list)
    for lost, rows in ((False, bookings), (True, cancelled)):
        for booking in rows:
            found[booking.hire, booking.programme, booking.module, booking.meeting].append(Held(booking, lost))
    for held in found.values():
        held.sort(key=lambda h: (h.booking.start, h.booking.session))
    return found


def _copies(rows: list[Held]) -> list[int]:
    return [*range(2, len(rows) + 1), 1]


def gatherings(problem: TermProblem, plan: Plan, *, with_empty: bool = False) -> dict[SharedKey, Gathering]:
    """The sessions that take place, in the calendars of all whom they concern (``events.kinds``).

    A session that nobody attends has no event. ``with_empty`` finds it all the same, as plans of schema 1 showed it.
    """
    seated: dict[str, list[Hire]] = defaultdict(list)
    for booking in plan.bookings:
        seated[booking.session].append(problem.hire_by_id[booking.hire])
    found: dict[SharedKey, Gathering] = {}
    groupings = [(kind.id, kind.grouping(problem, plan)) for kind in KINDS]
    for session in _shown_sessions(problem, plan, seated, with_empty=with_empty):
        occasion = _occasion(problem, session)
        hires = seated.get(session.id, [])
        for kind, groups in groupings:
            for owner, own in groups(session, hires).items():
                found[SharedKey(kind, owner, session.id)] = Gathering(occasion, tuple(own))
    return found


def numbered_rows(plan: Plan, live: Mapping[SharedKey, Gathering]) -> tuple[SharedEvent, ...]:
    """The rows of the plan's shared events; those of kinds that
    the plan was made before, as it would have written them.

    ``live`` are the gatherings of the plan.
    """
    known = {row.calendar for row in plan.events}
    added = (
        SharedEvent(**key._asdict(), changed_on=plan.planning_date, changed_in=plan.plan_number)
        for key, gathering in live.items()
        if key.calendar not in known and gathering.participants
    )
    return (*plan.events, *added)


def _shown_sessions(
    problem: TermProblem, plan: Plan, seated: Mapping[str, list[Hire]], *, with_empty: bool
) -> Iterator[Session]:
    """Those that someone attends, and if wanted the open ones of rounds that run."""
    empty = {session.id for session in unattended(problem, plan)} if with_empty else set()
    return (session for session in problem.sessions if session.id in seated or session.id in empty)


def unattended(problem: TermProblem, plan: Plan) -> tuple[Session, ...]:
    """Open sessions of rounds that run, at which nobody has a seat."""
    running = {use.round for use in plan.rounds if use.runs}
    seated = {booking.session for booking in plan.bookings}
    first, last = plan.horizon
    return tuple(
        session
        for session in problem.sessions
        if session.round in running
        and session.id not in seated
        and not session.cancelled
        and first <= session.day <= last
        and problem.round_by_id[session.round].status != RoundStatus.CANCELLED
    )


def _occasion(problem: TermProblem, session: Session) -> Occasion:
    zone = ZoneInfo(problem.settings.timezone)
    return Occasion(
        programme=problem.round_by_id[session.round].programme,
        module=session.module,
        meeting=session.meeting,
        round=session.round,
        start=_aware(session.starts_at, zone),
        end=_aware(session.ends_at, zone),
        place=session.place,
        room=session.room,
        trainers=session.trainers,
    )


def _aware(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone)
