"""Names and addresses of people replaced by ids, for ``--pseudonymer`` (OUTPUT.md, What must not get out).

Applied to what the writers are given, so that no writer can forget it. Ids stay, and with them everything that is compared
or counted; an id that is itself a name is not hidden by this. Administrations, units, places and courses keep their names:
they are not people.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import quote

from models.plan import Booking, Plan, SharedEvent
from models.problem import Hire, Organisation, TermProblem

# RFC 2606: never a real domain, so nothing can be sent by mistake.
_DOMAIN = "pseudonym.invalid"
_ALIAS = re.compile("Utbildare [0-9a-f]{8}")


def pseudonymise(problem: TermProblem) -> TermProblem:
    """The problem with ids for the names of hires and for all addresses, and aliases for trainers."""
    sender = _address("avsandare") if problem.settings.organizer else None
    return problem.model_copy(
        update={
            "settings": problem.settings.model_copy(update={"organizer": sender}),
            "organisations": tuple(_organisation(o) for o in problem.organisations),
            "hires": tuple(_hire(h) for h in problem.hires),
            "sessions": tuple(s.model_copy(update={"trainers": _aliases(s.trainers)}) for s in problem.sessions),
        }
    )


def pseudonymise_plan(plan: Plan) -> Plan:
    """The plan with the trainers' aliases of ``pseudonymise``; of hires it holds ids only."""
    return plan.model_copy(
        update={
            "bookings": tuple(_booking(b) for b in plan.bookings),
            "cancelled": tuple(_booking(b) for b in plan.cancelled),
            "events": tuple(_event(e) for e in plan.events),
        }
    )


def _aliases(trainers: Iterable[str]) -> tuple[str, ...]:
    """Made of each name alone: were they numbered, a new trainer would change the others' in every calendar.

    An alias is its own: late rows come on top of what has aliases already. Pseudonyms are not anonymous: whoever guesses
    a name can confirm it.
    """
    return tuple(name if _ALIAS.fullmatch(name) else _alias(name) for name in trainers)


def _alias(name: str) -> str:
    return f"Utbildare {hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _organisation(organisation: Organisation) -> Organisation:
    return organisation.model_copy(update={"email": _address(organisation.id) if organisation.email else None})


def _hire(hire: Hire) -> Hire:
    return hire.model_copy(update={"name": hire.id, "email": _address(hire.id) if hire.email else None})


def _booking(booking: Booking) -> Booking:
    return booking.model_copy(update={"trainers": _aliases(booking.trainers)})


def _event(event: SharedEvent) -> SharedEvent:
    if event.last is None:
        return event
    last = event.last.model_copy(update={"trainers": _aliases(event.last.trainers)})
    return event.model_copy(update={"last": last})


def _address(id_: str) -> str:
    return f"{quote(id_, safe='')}@{_DOMAIN}"
