"""What a chain of plans hands on besides its events: the session ids that it has used, and the names of its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.plan import Plan, UsedSession
from models.problem import Session, TermProblem
from outputs.events.identity import PERSON
from outputs.events.kinds import KIND_BY_ID
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
    known: Iterable[str] = (hire.id for hire in problem.hires) if kind == PERSON else KIND_BY_ID[kind].titles(problem)
    return {*known, *(row.owner for row in plan.events if row.lost and row.calendar == kind)}


def file_names(ids: Iterable[str], kind: str, kept: Mapping[str, str]) -> Mapping[str, str]:
    """The file name without ending of each owner of a calendar of this kind; ``kept`` are names given before."""
    return file_stems(ids, kept, str if kind == PERSON else KIND_BY_ID[kind].name)


def kept_names(
    problem: TermProblem, plan: Plan, earlier_problem: TermProblem | None, previous: Plan
) -> Mapping[str, str]:
    """File names by id, of ids that are not their own: what is subscribed to keeps its name."""
    names = dict(previous.files)
    for kind in (PERSON, *KIND_BY_ID):
        before = owners(earlier_problem, previous, kind) if earlier_problem else set()
        kept = file_names(before, kind, {id_: name for id_, name in previous.files.items() if id_ in before})
        stems = file_names(owners(problem, plan, kind), kind, {**previous.files, **kept})
        names |= {id_: stem for id_, stem in stems.items() if stem != id_}
    return names
