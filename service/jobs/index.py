"""A plan as the pages show it: people and rounds in words,
and whose calendar lies where. Made once, when the plan is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.ids import State
from models.plan import Booking, Requirement
from models.problem import Hire
from outputs import words
from outputs.events import chain
from outputs.figures import Figures, RoundLoad
from outputs.page.lists import MOODS
from outputs.tasks.dates import DatedTask, TaskDates
from outputs.words import swedish_order
from service.jobs.calendars import KINDS, owners
from terminsplan.store import Stored

_WORST_FIRST = (State.MISSING, State.LATE, State.LEAVES, State.WAITING)


def index(stored: Stored) -> Mapping[str, Any]:
    """All of it as plain data."""
    figures = Figures(stored.problem, stored.plan)
    plan = stored.plan
    booked: dict[str, list[str]] = defaultdict(list)
    for booking in plan.bookings:
        booked[booking.session].append(booking.hire)
    return {
        "plan": {
            "number": plan.plan_number,
            "planning_date": plan.planning_date.isoformat(),
            "plan_sha256": stored.plan_sha256,
            "figures": {**_facts(figures), "moved": _moved(stored)},
        },
        "people": list(_people(figures)),
        "rounds": [_round(figures, load, place, booked) for place, load in enumerate(figures.rounds)],
        "calendars": list(_calendars(stored)),
    }


def _facts(figures: Figures) -> Mapping[str, Any]:
    ready, people = figures.people_on_time
    problem = figures.problem
    return {
        "people": len(problem.hires),
        "people_on_time": [ready, people],
        "requirements": len(figures.plan.requirements),
        "share": [figures.total.on_time, figures.total.counted],
        "states": {words.STATES[state]: number for state, number in figures.states.items() if number},
        "organisations": {o.id: o.name for o in problem.organisations},
        "programmes": {p.id: p.name for p in problem.programmes},
        "trainers": {t.id: t.name for t in problem.trainers},
        "term": figures.plan.term,
        "proven": all(level.proven for level in figures.plan.levels),
        "levels": [level.model_dump(mode="json") for level in figures.plan.levels],
    }


def _moved(stored: Stored) -> int | None:
    """Promised seats given up though they were possible; None in a first plan, and where nobody counted them."""
    outcomes = stored.changes.stability if stored.changes else ()
    return next((outcome.moved for outcome in outcomes if outcome.chosen), None)


def _people(figures: Figures) -> Iterator[Mapping[str, Any]]:
    requirements: dict[str, list[Requirement]] = defaultdict(list)
    for requirement in figures.plan.requirements:
        requirements[requirement.hire].append(requirement)
    reasons = words.ReasonLines(figures.problem, figures.plan.planning_date)
    dates = TaskDates(figures.problem, figures.plan)
    ordered = sorted(figures.problem.hires, key=lambda hire: (swedish_order(hire.name), hire.id))
    for place, hire in enumerate(ordered):
        yield _person(figures, hire, requirements[hire.id], reasons, place, tasks=dates.of(hire))


def _person(
    figures: Figures,
    hire: Hire,
    mine: Sequence[Requirement],
    reasons: words.ReasonLines,
    place: int,
    *,
    tasks: Sequence[DatedTask],
) -> Mapping[str, Any]:
    states = {requirement.state for requirement in mine}
    organisation = figures.problem.organisation_by_id[hire.organisation].name
    return {
        "hire": hire.id,
        "name": figures.names[hire.id],
        "order": f"{place:07}",
        "organisation": hire.organisation,
        "unit": hire.unit or "",
        "programmes": _listed(requirement.programme for requirement in mine),
        "states": _listed(states),
        "text": f"{hire.name} {hire.id} {organisation} {hire.unit or ''}".casefold(),
        "account": {
            "organisation": organisation,
            "starts": words.day(hire.starts),
            "cases": words.day(hire.caseload_start) if hire.caseload_start else None,
            "ends": words.day(hire.ends) if hire.ends else None,
            "worst": _worst(states),
            "requirements": [_requirement(figures, row, reasons) for row in mine],
            "tasks": [{"token": task.token, "text": _task(task)} for task in tasks],
        },
    }


def _task(task: DatedTask) -> str:
    return f"{task.task.name}, {words.day(task.day)}" if task.day else task.task.name


def _listed(ids: Any) -> str:  # noqa: ANN401  # any iterable of strings
    """Ids with a bar on both sides of each, so that one can be looked for."""
    return "|" + "|".join(sorted(ids)) + "|"


def _worst(states: set[State]) -> Mapping[str, str]:
    found = next((state for state in _WORST_FIRST if state in states), State.ON_TIME)
    if not states:
        return {"text": "Inga krav", "mood": "plain"}
    text = "Allt i tid" if found is State.ON_TIME else words.STATES[found]
    return {"text": text, "mood": MOODS[found]}


def _requirement(figures: Figures, row: Requirement, reasons: words.ReasonLines) -> Mapping[str, Any]:
    problem = figures.problem
    ideas = (words.suggestion(problem, row, idea, figures.gain(row, idea)) for idea in row.suggestions)
    return {
        "programme": row.programme,
        "name": problem.programme_by_id[row.programme].name,
        "state": words.STATES[row.state],
        "means": words.STATE_MEANINGS[row.state],
        "mood": MOODS.get(row.state, "plain"),
        "deadline": words.day(row.deadline) if row.deadline else None,
        "completed": words.day(row.completed_on) if row.completed_on else None,
        "seats": [_seat(figures, booking) for booking in figures.seats.get((row.hire, row.programme), ())],
        "reasons": list(reasons.of(row)),
        "suggestions": [words.sentence(idea) for idea in ideas],
    }


def _seat(figures: Figures, booking: Booking) -> Mapping[str, Any]:
    return {
        "session": booking.session,
        "round": booking.round,
        "module": words.module_name(figures.problem, booking.programme, booking.module),
        "text": words.seat(booking),
        "start": booking.start.isoformat(),
    }


def _round(figures: Figures, load: RoundLoad, place: int, booked: Mapping[str, list[str]]) -> Mapping[str, Any]:
    problem, round_ = figures.problem, load.round
    programme = problem.programme_by_id[round_.programme]
    return {
        "round": round_.id,
        "programme": round_.programme,
        "position": place,
        "text": f"{round_.id} {programme.name} {' '.join(s.place or '' for s in load.sessions)}".casefold(),
        "account": {
            "name": programme.name,
            "status": round_.status.value,
            "runs": load.runs,
            "seats": round_.seats,
            "participants": [{"hire": hire, "name": figures.names.get(hire, hire)} for hire in load.people],
            "occupancy": words.occupancy(len(load.people), round_.seats),
            "purpose": figures.purpose(load) if load.people else "",
            "sessions": [
                {
                    "id": session.id,
                    "start": session.day.isoformat(),
                    "text": f"{words.day(session.day)} {session.start:%H:%M}–{session.end:%H:%M}",
                    "where": ", ".join(filter(None, (session.place, session.room))),
                    "trainers": words.listed(session.trainers),
                    "held_by": list(session.trainers),
                    "day": session.day.isoformat(),
                    "what": words.module_name(problem, round_.programme, session.module),
                    "people": booked.get(session.id, []),
                    "cancelled": session.cancelled,
                    "taken": taken,
                }
                for session, taken in zip(load.sessions, load.taken, strict=True)
            ],
        },
    }


def _calendars(stored: Stored) -> Iterator[Mapping[str, Any]]:
    for kind in KINDS:
        known = owners(stored.problem, stored.plan, kind)
        stems = chain.file_names(known, kind, stored.plan.files)
        for owner, name in known.items():
            yield {"kind": kind, "owner": owner, "name": name, "path": f"{kind}/{stems[owner]}.ics"}
