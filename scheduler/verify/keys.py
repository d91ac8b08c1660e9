"""What the independent check names a seat and a requirement by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from models.problem import Session, TermProblem


class Seat(NamedTuple):
    """A hire's seat at a session, both by id."""

    hire: str
    session: str


class Key(NamedTuple):
    """A requirement: one hire and one programme that applies to her."""

    hire: str
    programme: str


def programme_of(problem: TermProblem, session: Session) -> str:
    """The id of the session's programme."""
    return problem.round_by_id[session.round].programme


def by_hire(seats: Iterable[Seat]) -> Mapping[str, frozenset[str]]:
    """The sessions of some seats, by hire."""
    found: dict[str, set[str]] = defaultdict(set)
    for seat in seats:
        found[seat.hire].add(seat.session)
    return {hire: frozenset(sessions) for hire, sessions in found.items()}


def by_requirement(problem: TermProblem, seats: Iterable[Seat]) -> Mapping[Key, tuple[Session, ...]]:
    """The sessions of some seats, by requirement, in the order of the seats."""
    found: dict[Key, list[Session]] = defaultdict(list)
    for seat in seats:
        session = problem.session_by_id[seat.session]
        found[Key(seat.hire, programme_of(problem, session))].append(session)
    return {key: tuple(sessions) for key, sessions in found.items()}
