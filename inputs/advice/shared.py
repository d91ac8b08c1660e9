"""Sessions of rounds that are decided, and that share a trainer or a room at overlapping times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from inputs.findings import Findings
from inputs.term_tables import TermTables
from models.ids import RoundStatus
from models.problem import Session, TermProblem


def advise(problem: TermProblem, term: TermTables, findings: Findings) -> None:
    """Name every session that begins while another one has its trainer or room."""
    entries = term.session_index().by_id
    clashes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (_day, resource), sessions in _by_resource(problem).items():
        for running, session in _overlaps(sessions):
            clashes[session.id, running.id].append(resource)
    for (id_, other), resources in sorted(clashes.items()):
        message = f"krockar med tillfälle {other}, som samtidigt har {' och '.join(resources)}; flytta det ena"
        entries[id_].warn(findings, "delad", message, value=id_)


def _by_resource(problem: TermProblem) -> Mapping[tuple[date, str], Sequence[Session]]:
    found: dict[tuple[date, str], list[Session]] = defaultdict(list)
    for session in problem.sessions:
        if not session.cancelled and problem.round_by_id[session.round].status == RoundStatus.FIXED:
            for resource in _resources(session):
                found[session.day, resource].append(session)
    return found


def _resources(session: Session) -> Iterator[str]:
    for trainer in session.trainers:
        yield f"utbildaren {trainer}"
    if session.room is not None:
        # The same room number in another house is another room.
        place = f" i {session.place}" if session.place is not None else ""
        yield f"lokalen {session.room}{place}"


def _overlaps(sessions: Iterable[Session]) -> Iterator[tuple[Session, Session]]:
    """Each session that begins before an earlier one has ended, after the one that lasts longest."""
    running: Session | None = None
    for session in sorted(sessions, key=lambda s: (s.start, s.end, s.id)):
        if running is not None and session.start < running.end:
            yield running, session
        if running is None or session.end > running.end:
            running = session
