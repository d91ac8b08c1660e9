"""Names and addresses of people replaced by ids, for ``--pseudonymer`` (OUTPUT.md, What must not get out).

Applied to what the writers are given, so that no writer can forget it. Ids stay, and with them everything that is compared
or counted; an id that is itself a name is not hidden by this. Administrations, units, places and courses keep their names:
they are not people.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from models.plan import Booking, Plan, SharedEvent
from models.problem import Hire, Organisation, TermProblem

# RFC 2606: never a real domain, so nothing can be sent by mistake.
_DOMAIN = "pseudonym.invalid"


def pseudonymise(problem: TermProblem) -> TermProblem:
    """The problem with ids for the names of hires and for all addresses, and numbers for trainers."""
    aliases = _trainer_aliases(problem, None)
    sender = _address("avsandare") if problem.settings.organizer else None
    hidden = {
        "settings": problem.settings.model_copy(update={"organizer": sender}),
        "organisations": tuple(_organisation(o) for o in problem.organisations),
        "hires": tuple(_hire(h) for h in problem.hires),
        "sessions": tuple(
            s.model_copy(update={"trainers": tuple(aliases[name] for name in s.trainers)}) for s in problem.sessions
        ),
    }
    # Built anew: model_copy would take along the lookup tables that a problem keeps of itself, with all names in them.
    return TermProblem(**{name: getattr(problem, name) for name in TermProblem.model_fields} | hidden)


def pseudonymise_plan(problem: TermProblem, plan: Plan) -> Plan:
    """The plan with the trainers' numbers of ``pseudonymise(problem)``; ``problem`` is the one with the names."""
    aliases = _trainer_aliases(problem, plan)
    return plan.model_copy(
        update={
            "bookings": tuple(_booking(b, aliases) for b in plan.bookings),
            "cancelled": tuple(_booking(b, aliases) for b in plan.cancelled),
            "events": tuple(_event(e, aliases) for e in plan.events),
        }
    )


def _trainer_aliases(problem: TermProblem, plan: Plan | None) -> Mapping[str, str]:
    """Numbers for the problem's trainers in order, then for those whom only the plan remembers."""
    known = {name for session in problem.sessions for name in session.trainers}
    remembered: set[str] = set()
    if plan is not None:
        seen = [b.trainers for b in (*plan.bookings, *plan.cancelled)]
        seen += [event.last.trainers for event in plan.events if event.last is not None]
        remembered = {name for names in seen for name in names} - known
    return {name: f"Utbildare {number}" for number, name in enumerate([*sorted(known), *sorted(remembered)], start=1)}


def _organisation(organisation: Organisation) -> Organisation:
    return organisation.model_copy(update={"email": _address(organisation.id) if organisation.email else None})


def _hire(hire: Hire) -> Hire:
    return hire.model_copy(update={"name": hire.id, "email": _address(hire.id) if hire.email else None})


def _booking(booking: Booking, aliases: Mapping[str, str]) -> Booking:
    return booking.model_copy(update={"trainers": tuple(aliases[name] for name in booking.trainers)})


def _event(event: SharedEvent, aliases: Mapping[str, str]) -> SharedEvent:
    if event.last is None:
        return event
    last = event.last.model_copy(update={"trainers": tuple(aliases[name] for name in event.last.trainers)})
    return event.model_copy(update={"last": last})


def _address(id_: str) -> str:
    return f"{quote(id_, safe='')}@{_DOMAIN}"
