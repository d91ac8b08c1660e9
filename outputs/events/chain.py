"""What a chain of plans hands on besides its events: the session ids that it has used, and the names of its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.plan import Plan, UsedSession
from models.problem import Session, TermProblem
from outputs.events.identity import ADMINISTRATION, PERSON, ROUND
from outputs.filenames import file_stems


def used_sessions(problem: TermProblem, earlier_problem: TermProblem | None, previous: Plan) -> tuple[UsedSession, ...]:
    """Every session of the chain so far, the newest use of an id where it was given anew by hand."""
    found = {row.session: row for row in previous.used_sessions}
    for rows in (earlier_problem.sessions if earlier_problem else (), problem.sessions):
        found |= {session.id: _used(session) for session in rows}
    return tuple(found[id_] for id_ in sorted(found))


def _used(session: Session) -> UsedSession:
    return UsedSession(session=session.id, round=session.round, module=session.module, meeting=session.meeting)


def owners(problem: TermProblem, plan: Plan, kind: str) -> set[str]:
    """Ids that have a calendar of this kind: all in the input, and those with a cancellation to show."""
    known: Mapping[str, Iterable[str]] = {
        PERSON: (hire.id for hire in problem.hires),
        ADMINISTRATION: (organisation.id for organisation in problem.organisations),
        ROUND: (round_.id for round_ in problem.rounds),
    }
    return {*known[kind], *(row.owner for row in plan.events if row.lost and row.calendar == kind)}


def kept_names(
    problem: TermProblem, plan: Plan, earlier_problem: TermProblem | None, previous: Plan
) -> Mapping[str, str]:
    """File names by id, of ids that are not their own: what is subscribed to keeps its name."""
    names = dict(previous.files)
    for kind in (PERSON, ADMINISTRATION, ROUND):
        before = owners(earlier_problem, previous, kind) if earlier_problem else set()
        kept = file_stems(before, {id_: name for id_, name in previous.files.items() if id_ in before})
        stems = file_stems(owners(problem, plan, kind), {**previous.files, **kept})
        names |= {id_: stem for id_, stem in stems.items() if stem != id_}
    return names
