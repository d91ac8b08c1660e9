"""Tiny terms and hand-made plans, written as a planner would note them down.

A round's meetings are ``"1 09-08 09-16"`` (module, day of 2026, hours) and get the default session ids of INPUT.md;
seats are ``"h1: R-1 R-2"``. The plan's rows follow from its seats; each test then spoils what it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

from models.ids import Rule
from models.plan import Plan
from models.problem import (
    Absence,
    Attendance,
    Barred,
    Break,
    GivenBooking,
    Hire,
    Holiday,
    Module,
    Organisation,
    Programme,
    Quota,
    Round,
    Session,
    Settings,
    TermProblem,
)
from scheduler.verify import check
from scheduler.verify.keys import Seat
from scheduler.verify.reading import Reading
from scheduler.verify.seating import seat_everyone
from tests.scheduler.brute_force import plan_of

FIRST, LAST, PLANNED = date(2026, 8, 17), date(2027, 1, 15), date(2026, 7, 1)

Row = TypeVar("Row")


@dataclass(frozen=True)
class Running:
    """A round with its sessions."""

    round: Round
    sessions: tuple[Session, ...]


def day(text: str) -> date:
    """``"09-08"`` is 8 September 2026."""
    return date.fromisoformat(f"2026-{text}")


def hire(id_: str, **fields: Any) -> Hire:  # noqa: ANN401 - the fields of a hire
    """Somebody of administration A employed from 17 August."""
    return Hire(**{"id": id_, "name": id_, "organisation": "A", "starts": FIRST, **fields})


def programme(id_: str, modules: int = 1, **fields: Any) -> Programme:  # noqa: ANN401 - the fields of a programme
    """A programme with a deadline of four months."""
    numbered = tuple(Module(number=n, name=f"Moment {n}") for n in range(1, modules + 1))
    return Programme(**{"id": id_, "name": id_, "deadline_months": 4, "modules": numbered, **fields})


def running(
    id_: str,
    of: str,
    *meetings: str,
    seats: int = 9,
    each: dict[str, Any] | None = None,
    **fields: Any,  # noqa: ANN401 - the fields of a round
) -> Running:
    """A round; ``each`` are fields of all its sessions."""
    round_ = Round(id=id_, programme=of, seats=seats, **fields)
    count: Counter[int] = Counter()
    sessions = []
    for meeting in meetings:
        module_text, on, hours = meeting.split()
        module, (start, end) = int(module_text), hours.split("-")
        count[module] += 1
        session = {
            "id": f"{id_}-{module}" if count[module] == 1 else f"{id_}-{module}-{count[module]}",
            "round": id_,
            "module": module,
            "meeting": count[module],
            "day": day(on),
            "start": _time(start),
            "end": _time(end),
            "seats": seats,
        }
        sessions.append(Session(**{**session, **(each or {})}))
    return Running(round_, tuple(sessions))


def _time(text: str) -> time:
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute or 0))


def term(*parts: object, **settings: Any) -> TermProblem:  # noqa: ANN401 - the settings
    """A problem of the given parts, in any order; the notice window is off unless set."""
    runnings = _all(parts, Running)
    return TermProblem(
        settings=Settings(**{"horizon_start": FIRST, "horizon_end": LAST, "notice_days": 0, **settings}),
        holidays=_all(parts, Holiday),
        breaks=_all(parts, Break),
        organisations=tuple(Organisation(id=id_, name=id_) for id_ in "ABC"),
        programmes=_all(parts, Programme),
        rounds=tuple(r.round for r in runnings),
        sessions=tuple(s for r in runnings for s in r.sessions),
        quotas=_all(parts, Quota),
        hires=_all(parts, Hire),
        absences=_all(parts, Absence),
        bookings=_all(parts, GivenBooking),
        barred=_all(parts, Barred),
        attendance=_all(parts, Attendance),
    )


def _all(parts: Sequence[object], kind: type[Row]) -> tuple[Row, ...]:
    return tuple(part for part in parts if isinstance(part, kind))


def plan(problem: TermProblem, *seats: str, today: date = PLANNED, previous: Plan | None = None) -> Plan:
    """The plan of the seats, right in every row."""
    reading = Reading(problem, today, previous)
    found = [Seat(who, session) for line in seats for who, _, ids in [line.partition(": ")] for session in ids.split()]
    return plan_of(seat_everyone(reading, found))


Found = tuple[Rule | None, str | None, str | None]


def found(problem: TermProblem, made: Plan, previous: Plan | None = None) -> list[Found]:
    """Rule, hire and session of each violation."""
    return [(v.rule, v.hire, v.session or v.round) for v in check(problem, made, previous).violations]
