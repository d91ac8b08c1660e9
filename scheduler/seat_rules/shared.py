"""Rule 14 ``delad``, as far as it closes a round by itself:
which rounds need one trainer or one room at overlapping times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator

from models.ids import RoundStatus
from models.problem import Session, TermProblem


def conflicts(problem: TermProblem) -> Iterator[tuple[str, str]]:
    """Pairs of round ids, the smaller first, that need one trainer or
    one room at overlapping times; cancelled meetings need nothing.
    """
    users: dict[Hashable, list[Session]] = defaultdict(list)
    for session in problem.sessions:
        if not session.cancelled and problem.round_by_id[session.round].status is not RoundStatus.CANCELLED:
            for resource in resources(session):
                users[resource].append(session)
    seen: set[tuple[str, str]] = set()
    for sessions in users.values():
        for pair in _overlapping(sessions):
            if pair not in seen:
                seen.add(pair)
                yield pair


def blocked_proposals(problem: TermProblem, has_run: Collection[str]) -> frozenset[str]:
    """Proposals that share with a round that runs whatever
    the plan does: a fixed one, or a proposal with held seats.
    """
    proposed = {r.id for r in problem.rounds if r.status is RoundStatus.PROPOSED and r.id not in has_run}
    return frozenset(
        one for pair in conflicts(problem) for one in pair if one in proposed and not proposed.issuperset(pair)
    )


def resources(session: Session) -> Iterator[Hashable]:
    """What the session needs for itself: its trainers, and its room at its place."""
    yield from ((trainer,) for trainer in session.trainers)
    if session.room:
        yield session.place, session.room


def _overlapping(sessions: list[Session]) -> Iterator[tuple[str, str]]:
    active: list[Session] = []
    for session in sorted(sessions, key=lambda s: (s.day, s.start, s.id)):
        active = [other for other in active if other.day == session.day and other.end > session.start]
        yield from (_pair(other.round, session.round) for other in active if other.round != session.round)
        active.append(session)


def _pair(one: str, other: str) -> tuple[str, str]:
    return min(one, other), max(one, other)
