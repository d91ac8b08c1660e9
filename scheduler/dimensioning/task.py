"""What a worker needs to plan possible years: the problem without anybody's name, and what is expected."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from models.ids import RoundStatus
from models.problem import Round, TermProblem
from scheduler.dimensioning.forecast import Cell


@dataclass(frozen=True)
class Task:
    """The problem with those known already; its proposals are the candidates to choose among."""

    problem: TermProblem
    planning_date: date
    cells: tuple[Cell, ...]
    seed: int

    @property
    def candidates(self) -> tuple[Round, ...]:
        """The rounds to choose among, in id order."""
        return tuple(r for r in self.problem.rounds if r.status is RoundStatus.PROPOSED)

    def nameless(self) -> Task:
        """The task with ids only: what travels to other machines names nobody and no place.

        Trainers and rooms keep what tells them apart, since one cannot be in two rounds at once.
        """
        problem = self.problem
        trainers = _numbered("u", {t for s in problem.sessions for t in s.trainers})
        places = _numbered("p", {s.place for s in problem.sessions if s.place})
        rooms = _numbered("r", {s.room for s in problem.sessions if s.room})
        return Task(
            problem.model_copy(
                update={
                    "settings": problem.settings.model_copy(update={"organizer": None}),
                    "organisations": tuple(
                        o.model_copy(update={"name": o.id, "email": None}) for o in problem.organisations
                    ),
                    "hires": tuple(h.model_copy(update=_NAMELESS | {"name": h.id}) for h in problem.hires),
                    "absences": tuple(a for a in problem.absences if a.hire is not None),
                    "trainers": (),
                    "mentors": (),
                    "tasks": (),
                    "forecast": (),
                    "sessions": tuple(
                        s.model_copy(
                            update={
                                "trainers": tuple(trainers[t] for t in s.trainers),
                                "place": places.get(s.place or ""),
                                "room": rooms.get(s.room or ""),
                            }
                        )
                        for s in problem.sessions
                    ),
                }
            ),
            self.planning_date,
            self.cells,
            self.seed,
        )


_NAMELESS = {"email": None, "unit": None, "manager": None, "manager_email": None}
"""Of a hire: what no year's plan hangs on."""


def decided(problem: TermProblem, chosen: Collection[str]) -> TermProblem:
    """The problem with the chosen candidates fixed, and the others left out with all that belongs to them."""
    kept = {r.id for r in problem.rounds if r.status is not RoundStatus.PROPOSED or r.id in chosen}
    return problem.model_copy(
        update={
            "rounds": tuple(_fixed(r) for r in problem.rounds if r.id in kept),
            "sessions": tuple(s for s in problem.sessions if s.round in kept),
            "quotas": tuple(q for q in problem.quotas if q.round in kept),
            "barred": tuple(b for b in problem.barred if b.round in kept),
        }
    )


def taken(problem: TermProblem) -> frozenset[str]:
    """The proposed rounds in which somebody has a seat already: they run, whatever is chosen."""
    round_of = {session.id: session.round for session in problem.sessions}
    seats = {round_of[seat.session] for rows in (problem.bookings, problem.attendance) for seat in rows}
    return frozenset(r.id for r in problem.rounds if r.id in seats and r.status is RoundStatus.PROPOSED)


def with_fixed(problem: TermProblem, rounds: Collection[str]) -> TermProblem:
    """The problem with these rounds decided."""
    return problem.model_copy(update={"rounds": tuple(_fixed(r) if r.id in rounds else r for r in problem.rounds)})


def _fixed(round_: Round) -> Round:
    return round_.model_copy(update={"status": RoundStatus.FIXED}) if round_.status is RoundStatus.PROPOSED else round_


def _numbered(letter: str, names: Collection[str]) -> dict[str, str]:
    return {name: f"{letter}{number}" for number, name in enumerate(sorted(names))}
