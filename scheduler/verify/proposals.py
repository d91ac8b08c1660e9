"""Rule 13, ``minst_deltagare``, and rule 14, ``delad``: which rounds of status ``förslag`` may run. Hard.

A round that has facts or kept seats (rule 7) runs whatever the plan decides, so rule 13 does not ask it for more
participants, and rule 14 asks a pair only if one of its proposals would not run without other seats.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from models.ids import RoundStatus, Rule
from models.problem import Session, TermProblem
from scheduler.verify.report import Violation
from scheduler.verify.seating import Seating


def small_proposals(seating: Seating) -> Iterator[Violation]:
    """A proposal that has participants has at least ``min_deltagare``."""
    bound = _bound_to_run(seating)
    for round_ in seating.reading.problem.rounds:
        number = len(seating.participants[round_.id])
        if round_.status is RoundStatus.PROPOSED and 0 < number < round_.min_participants and round_.id not in bound:
            message = f"{round_.id} har {number} deltagare; den går med minst {round_.min_participants}."
            yield Violation(Rule.MIN_PARTICIPANTS, None, round_.id, None, message)


def shared_resources(seating: Seating) -> Iterator[Violation]:
    """No proposal runs beside a running proposal, or a fixed round, that needs its trainer or room at the same time."""
    problem = seating.reading.problem
    running = {r.id for r in problem.rounds if r.status is RoundStatus.PROPOSED and seating.participants[r.id]}
    if not running:
        return
    fixed = {r.id for r in problem.rounds if r.status is RoundStatus.FIXED}
    bound = _bound_to_run(seating)
    for first, second in sorted(_rounds_that_collide(problem)):
        pair = {first, second}
        if pair <= running | fixed and (pair & running) - bound:
            round_ = min((pair & running) - bound)
            (other,) = pair - {round_}
            message = f"{round_} behöver samma utbildare eller lokal som {other} vid samma tid."
            yield Violation(Rule.SHARED, None, round_, None, message)


def _bound_to_run(seating: Seating) -> frozenset[str]:
    """Rounds with a seat that is a fact or kept."""
    return frozenset(
        session.round
        for person in seating.persons.values()
        for session in person.sessions
        if session.id not in person.free
    )


def _rounds_that_collide(problem: TermProblem) -> set[tuple[str, str]]:
    """Pairs of rounds, in id order, of which a session each needs the same trainer or room at overlapping times."""
    users: dict[tuple[date, str, str], list[Session]] = defaultdict(list)
    for session in problem.sessions:
        if session.cancelled:
            continue
        for trainer in session.trainers:
            users[session.day, "utbildare", trainer].append(session)
        if session.room:
            users[session.day, session.place or "", session.room].append(session)
    return {
        (min(one.round, other.round), max(one.round, other.round))
        for sessions in users.values()
        for one, other in combinations(sessions, 2)
        if one.round != other.round and one.starts_at < other.ends_at and other.starts_at < one.ends_at
    }


CHECKS = (small_proposals, shared_resources)
