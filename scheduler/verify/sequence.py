"""Rule 10, ``ordning`` and ``avstånd``, and rule 11, ``efter``: the sequence of modules and programmes. Hard.

Readings: modules without a known date (credited, not booked) are passed over; nothing is asked across a missed
module, which without ``i_ordning`` stands at the date it was missed; within one round of a cohort nothing is asked. A
pair of modules is at fault only if a seat that is neither fact nor kept (rule 7) is part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from models.ids import Rule, State
from models.problem import Programme, Session
from scheduler.verify.needs import Need
from scheduler.verify.report import Violation
from scheduler.verify.seating import Dated, Outcome, Person


def order_and_distances(person: Person) -> Iterator[Violation]:
    """Modules in number order where asked, and neither too close nor too far apart."""
    for need in person.reading.needs_of[person.hire.id]:
        for before, after in _neighbours(person, need):
            if need.programme.cohort and before.round == after.round:
                continue
            rule = _broken(
                need.programme, (after.first - before.last).days, moved=_moved_between(person, before, after)
            )
            if rule is not None and any(m.id in person.free for m in (*before.meetings, *after.meetings)):
                message = (
                    f"{person.hire.id}: {need.programme.id} moment {before.module} slutar {before.last} "
                    f"och moment {after.module} börjar {after.first}."
                )
                yield Violation(rule, person.hire.id, after.round, after.meetings[0].id, message)


def _neighbours(person: Person, need: Need) -> Iterator[tuple[Dated, Dated]]:
    """Modules next to each other in number order, or in date order, with no missed module between them."""
    missed = person.reading.missed_on.get(need.key, {})
    dated = {module.module: module for module in person.dated(need) if module.module not in missed}
    if need.programme.ordered:
        sequence = sorted({*dated, *missed})
    else:
        places: dict[int, tuple[date, date, int]] = {number: (day, day, number) for number, day in missed.items()}
        places.update({number: (module.first, module.last, number) for number, module in dated.items()})
        sequence = sorted(places, key=lambda number: places[number])
    for before, after in pairwise(sequence):
        if before in dated and after in dated:
            yield dated[before], dated[after]


def _moved_between(person: Person, before: Dated, after: Dated) -> bool:
    """One was held with a seat in a round that she has left
    since, and the other is not held: no most days are asked.
    """
    return any(
        person.holds(held) and not person.holds(booked) and person.reading.doors.has_left(person.hire, held.round)
        for held, booked in ((before, after), (after, before))
    )


def _broken(programme: Programme, days: int, *, moved: bool) -> Rule | None:
    """The rule that forbids so many days from a module's last meeting to the next one's first."""
    if programme.ordered and days < 1:
        return Rule.ORDER
    if programme.min_gap_days == 0 and programme.max_gap_days is None:
        return None
    too_far = programme.max_gap_days is not None and days > programme.max_gap_days and not moved
    return Rule.GAP if days < programme.min_gap_days or too_far else None


def predecessors(person: Person) -> Iterator[Violation]:
    """What is still to be booked starts when the programmes before it have ended; without them it is not booked."""
    for outcome in person.outcomes.values():
        for id_ in outcome.need.programme.after:
            earlier = person.outcomes.get(id_)
            if earlier is not None and not earlier.need.is_own_time:
                yield from _too_soon(person, outcome, earlier)


def _too_soon(person: Person, outcome: Outcome, earlier: Outcome) -> Iterator[Violation]:
    stands = earlier.is_booked or earlier.state is State.DONE
    earlier_id = earlier.need.programme.id
    for session in person.fresh_in(outcome.need.programme.id):
        if not stands and session.id in person.free:
            yield _after(person, session, f"{earlier_id} är varken bokad eller klar")
        elif _unfinished(person, earlier_id, session):
            yield _after(person, session, f"{earlier_id} är inte avslutad då")


def _unfinished(person: Person, earlier_id: str, session: Session) -> bool:
    """A meeting of the earlier programme ends after the session starts;
    of one that is kept it is not asked (a cancelled predecessor).
    """
    return session.id in person.free and any(
        meeting.ends_at > session.starts_at for meeting in person.sessions_in(earlier_id)
    )


def _after(person: Person, session: Session, why: str) -> Violation:
    message = f"{person.hire.id} är bokad på {session.id} den {session.day}, men {why}."
    return Violation(Rule.AFTER, person.hire.id, session.round, session.id, message)


CHECKS = (order_and_distances, predecessors)
