"""A small term by hand for the calendar tests: two administrations, three hires, three rounds, no solver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from models.plan import Booking, Plan, RoundUse
from models.problem import Hire, Module, Organisation, Programme, Round, Session, Settings, TermProblem
from outputs.events import number_events

FIRST_DAY, LAST_DAY = date(2026, 8, 17), date(2027, 6, 30)
PLANNED = date(2026, 8, 3)

NORTH = Organisation(id="N", name="Nordost", email="nordost@example.se")
SOUTH = Organisation(id="S", name="Sydväst")
CENTRAL = Programme(
    id="CI",
    name="Central introduktion",
    deadline_months=4,
    modules=(Module(number=1, name="Staden"), Module(number=2, name="Uppdraget")),
)
SCHOOL = Programme(id="HS", name="Handläggarskola", deadline_months=4, modules=(Module(number=1, name="Samtal"),))
ROUNDS = (
    Round(id="CI-1", programme="CI", seats=30),
    Round(id="CI-2", programme="CI", seats=30),
    Round(id="HS-1", programme="HS", seats=30),
)
ANNA = Hire(id="p1", name="Anna Ek", organisation="N", unit="Mottag", starts=date(2026, 8, 1), email="anna@example.se")
BO = Hire(id="p2", name="Bo Åhl", organisation="N", starts=date(2026, 8, 1), email="bo@example.se")
CIA = Hire(id="p3", name="Cia Öst", organisation="S", starts=date(2026, 8, 1), email="cia@example.se")


def session(id_: str, day: date, start: time = time(9), end: time = time(16), **fields: object) -> Session:
    """A session whose id is ``<round>-<module>``, with ``-<meeting>`` after it for further meetings."""
    round_, numbers = id_[:4], [int(n) for n in id_[5:].split("-")]
    defaults = {"module": numbers[0], "meeting": numbers[1] if len(numbers) > 1 else 1, "seats": 30}
    place = {"place": "Kungsgatan 1", "room": "Sal 3", "trainers": ("Eva Alm",)}
    return Session(**{"id": id_, "round": round_, "day": day, "start": start, "end": end} | defaults | place | fields)


# On both sides of 25 October 2026 and of 28 March 2027, when the clocks change in Sweden.
SESSIONS = (
    session("CI-1-1", date(2026, 9, 15)),
    session("CI-1-2", date(2026, 10, 23)),
    session("CI-2-1", date(2026, 10, 26)),
    session("CI-2-2", date(2027, 4, 1), time(13), time(16, 30)),
    session("HS-1-1", date(2026, 9, 1)),
    session("HS-1-1-2", date(2026, 11, 3)),
)


def term(**fields: object) -> TermProblem:
    """The small term; any table or setting can be replaced by name."""
    settings = {"term": "HT 2026", "horizon_start": FIRST_DAY, "horizon_end": LAST_DAY, "organizer": "plan@example.se"}
    settings |= {name: fields.pop(name) for name in list(fields) if name in Settings.model_fields}
    tables: dict[str, Any] = {
        "organisations": (NORTH, SOUTH),
        "programmes": (CENTRAL, SCHOOL),
        "rounds": ROUNDS,
        "sessions": SESSIONS,
        "hires": (ANNA, BO, CIA),
    }
    return TermProblem(settings=Settings(**settings), **tables | fields)


def replaced(sessions: Iterable[Session], id_: str, **fields: object) -> tuple[Session, ...]:
    """The sessions with one of them changed."""
    return tuple(s.model_copy(update=fields) if s.id == id_ else s for s in sessions)


def booking(problem: TermProblem, hire: str, session_id: str) -> Booking:
    """A seat as the scheduler hands it over: sequence and day of change are not its business."""
    found = problem.session_by_id[session_id]
    zone = ZoneInfo(problem.settings.timezone)
    return Booking(
        hire=hire,
        programme=problem.round_by_id[found.round].programme,
        module=found.module,
        meeting=found.meeting,
        round=found.round,
        session=session_id,
        start=datetime.combine(found.day, found.start, zone),
        end=datetime.combine(found.day, found.end, zone),
        place=found.place,
        room=found.room,
        trainers=found.trainers,
        changed_on=date(1, 1, 1),
    )


def bare_plan(problem: TermProblem, seats: Mapping[str, str], *, number: int = 1, on: date = PLANNED) -> Plan:
    """A plan without event numbers. ``seats`` gives the ids of each hire's sessions, with spaces between them."""
    bookings = tuple(booking(problem, hire, id_) for hire, ids in sorted(seats.items()) for id_ in ids.split())
    taken = {b.round: {x.hire for x in bookings if x.round == b.round} for b in bookings}
    return Plan(
        schema=1,
        plan_number=number,
        planning_date=on,
        term=problem.settings.term,
        horizon=(problem.settings.horizon_start, problem.settings.horizon_end),
        input_sha256="0" * 64,
        seed=1,
        bookings=bookings,
        requirements=(),
        rounds=tuple(
            RoundUse(round=r.id, runs=True, participants=len(taken.get(r.id, ())), seats=r.seats)
            for r in problem.rounds
            if r.status != "inställd"
        ),
        levels=(),
    )


def planned(problem: TermProblem, seats: Mapping[str, str]) -> Plan:
    """A first plan, numbered."""
    return number_events(problem, bare_plan(problem, seats), None, None)


def replanned(
    problem: TermProblem, seats: Mapping[str, str], previous_problem: TermProblem, previous: Plan, on: date = PLANNED
) -> Plan:
    """The next plan of a chain, numbered; by default made on the same day as the others, so that no date can help."""
    bare = bare_plan(problem, seats, number=previous.plan_number + 1, on=on)
    return number_events(problem, bare, previous_problem, previous)
