"""Rule 1, ``platser``, and rule 2, ``kvot``: how many may sit in a session, and from where. Hard.

Both are asked of sessions with a seat that is neither fact nor kept (rule 7): seats of those kinds may be too many
among themselves, and nobody may join them. ``minst`` is asked for each hire by what is kept for other administrations
than her own, so that somebody may take a seat kept for her own even where kept seats are too many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from models.ids import Rule
from models.problem import Quota, Session
from scheduler.verify.report import Violation
from scheduler.verify.seating import Person, Seating


def full_sessions(seating: Seating) -> Iterator[Violation]:
    """Not more participants than seats, in any session."""
    for session, present, free in _open_sessions(seating):
        if free and len(present) > session.seats:
            message = f"{session.id} har {len(present)} deltagare men {session.seats} platser."
            yield Violation(Rule.SEATS, None, session.round, session.id, message)


def quotas(seating: Seating) -> Iterator[Violation]:
    """Not more of one administration than ``högst``; and ``minst`` seats are taken by nobody else."""
    by_round: dict[str, list[Quota]] = defaultdict(list)
    for quota in seating.reading.problem.quotas:
        by_round[quota.round].append(quota)
    for session, present, free in _open_sessions(seating) if by_round else ():
        quotas_here = by_round.get(session.round)
        if not quotas_here:
            continue
        count = Counter(person.hire.organisation for person in present)
        for organisation in sorted({person.hire.organisation for person in free}):
            why = _why_not(organisation, session, count, quotas_here)
            if why:
                message = f"{session.id}: {organisation} har {count[organisation]} deltagare, {why}."
                yield Violation(Rule.QUOTA, None, session.round, session.id, message)


def _open_sessions(seating: Seating) -> Iterator[tuple[Session, tuple[Person, ...], tuple[Person, ...]]]:
    """Each session with all who sit there, and those of them whose seats are neither facts nor kept."""
    for id_, present in sorted(seating.attendees.items()):
        free = tuple(person for person in present if id_ in person.free)
        yield seating.reading.problem.session_by_id[id_], present, free


def _why_not(organisation: str, session: Session, count: Mapping[str, int], quotas_here: list[Quota]) -> str | None:
    for quota in quotas_here:
        if quota.organisation == organisation and quota.at_most is not None and count[organisation] > quota.at_most:
            return f"högst {quota.at_most} är tillåtna"
    kept_for_others = sum(
        max(0, quota.at_least - count[quota.organisation])
        for quota in quotas_here
        if quota.organisation != organisation
    )
    if kept_for_others and sum(count.values()) + kept_for_others > session.seats:
        return f"så att {kept_for_others} platser som hålls för andra inte räcker"
    return None


CHECKS = (full_sessions, quotas)
