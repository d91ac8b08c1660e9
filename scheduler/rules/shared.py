"""Rule 14 ``delad``: proposals that share a trainer or a room at overlapping times do not both run, nor beside a fixed round. Hard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from models.ids import RoundStatus, Rule
from models.problem import Session, TermProblem
from scheduler.draft import total

if TYPE_CHECKING:
    from scheduler.variables import Variables


def conflicts(problem: TermProblem) -> Iterator[tuple[str, str]]:
    """Pairs of round ids, the smaller first, that need one trainer or one room at overlapping times; cancelled meetings need nothing."""
    users: dict[Hashable, list[Session]] = defaultdict(list)
    for session in problem.sessions:
        if not session.cancelled and problem.round_by_id[session.round].status is not RoundStatus.CANCELLED:
            for resource in _resources(session):
                users[resource].append(session)
    seen: set[tuple[str, str]] = set()
    for sessions in users.values():
        for pair in _overlapping(sessions):
            if pair not in seen:
                seen.add(pair)
                yield pair


def blocked_proposals(problem: TermProblem) -> frozenset[str]:
    """Proposals that share with a fixed round."""
    status = {r.id: r.status for r in problem.rounds}
    pairs = [p for p in conflicts(problem) if RoundStatus.FIXED in {status[p[0]], status[p[1]]}]
    return frozenset(r for pair in pairs for r in pair if status[r] is RoundStatus.PROPOSED)


def _resources(session: Session) -> Iterator[Hashable]:
    yield from (("trainer", trainer) for trainer in session.trainers)
    if session.room:
        yield "room", session.place, session.room


def _overlapping(sessions: list[Session]) -> Iterator[tuple[str, str]]:
    active: list[Session] = []
    for session in sorted(sessions, key=lambda s: (s.starts_at, s.id)):
        active = [other for other in active if other.ends_at > session.starts_at]
        yield from (_pair(other.round, session.round) for other in active if other.round != session.round)
        active.append(session)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def post(variables: Variables) -> None:
    """Two proposals that conflict do not both run (held seats: has run); those blocked by a fixed round have no candidates."""
    open_ = {r.id: r for r in variables.proposals()}
    status = {r.id: r.status for r in variables.problem.rounds}
    for pair in conflicts(variables.problem):
        if all(status[round_id] is RoundStatus.PROPOSED for round_id in pair):
            running = [variables.runs(open_[round_id]) for round_id in pair if round_id in open_]
            if None not in running:
                most = 1 if len(running) == 2 else 0
                variables.draft.at_most(total(r for r in running if r is not None), most, Rule.SHARED)
