"""What has happened by the planning date: facts, absences, presence without a seat, and modules attended in full.

Readings where MODEL.md leaves room:

- A session dated before the planning date is held, whatever its status says; the input's date decides.
- A module is held when every meeting of it in one round is a fact. If a meeting was added or cancelled it is not.
- Presence without a seat credits the whole module on the date of the session, which order and distance go by; it is no
  seat. Of several rounds where she was present without a seat it is the last.
- A module with a ``närvaro: nej`` stays free of rule 10 when it has been taken again, or the retake that an earlier
  plan allowed would break the rule once it is held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from models.problem import Session, TermProblem
from scheduler.verify.keys import Key, Seat, by_hire, by_requirement, programme_of


@dataclass(frozen=True)
class Held:
    """Held sessions, and who was at them.

    ``facts`` are seats, given or published, but for those marked absent; ``facts_of`` are their sessions by hire.
    ``absent_from`` has ``närvaro: nej``, and ``missed_on`` the day on which a module was (last) missed, by requirement
    and module. ``present_without_seat`` are sessions by requirement, in order of start.
    """

    facts: frozenset[Seat]
    facts_of: Mapping[str, frozenset[str]]
    absent_from: frozenset[Seat]
    missed_on: Mapping[Key, Mapping[int, date]]
    present_without_seat: Mapping[Key, tuple[Session, ...]]


def what_was_held(problem: TermProblem, today: date, published: Collection[Seat]) -> Held:
    """What attendance, given bookings and the old plan's held seats (``published``) say of the time before today."""
    sessions = problem.session_by_id
    attendance = {
        Seat(row.hire, row.session): row.present for row in problem.attendance if sessions[row.session].day < today
    }
    absent = frozenset(seat for seat, present in attendance.items() if not present)
    given = {Seat(row.hire, row.session) for row in problem.bookings if sessions[row.session].day < today}
    facts = frozenset(given.union(published) - absent)
    unseated = [seat for seat, present in attendance.items() if present and seat not in facts]
    unseated.sort(key=lambda seat: (sessions[seat.session].starts_at, seat.session))
    return Held(facts, by_hire(facts), absent, _missed_on(problem, absent), by_requirement(problem, unseated))


def held_in(problem: TermProblem, held: Held, key: Key) -> Mapping[int, str]:
    """The modules of a requirement that she has attended in full, each with the round where that was."""
    found: dict[int, str] = {}
    for id_ in sorted(held.facts_of.get(key.hire, ())):
        session = problem.session_by_id[id_]
        meetings = problem.meetings.get((session.round, session.module), ())
        if programme_of(problem, session) == key.programme and all(
            Seat(key.hire, meeting.id) in held.facts for meeting in meetings
        ):
            found[session.module] = session.round
    return found


def _missed_on(problem: TermProblem, absent_from: Collection[Seat]) -> Mapping[Key, Mapping[int, date]]:
    found: dict[Key, dict[int, date]] = defaultdict(dict)
    for key, sessions in by_requirement(problem, absent_from).items():
        for session in sessions:
            found[key][session.module] = max(session.day, found[key].get(session.module, session.day))
    return found
