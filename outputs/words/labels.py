"""Names for what has an id: states, programmes, people, seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from models.ids import State
from models.plan import Booking, Plan, Requirement
from models.problem import Hire, Mentor, TermProblem
from outputs.words.dates import day, time_span

STATES = {state: state.words for state in State}
STATE_MEANINGS = {
    State.ON_TIME: "alla moment är bokade senast på fristens dag",
    State.LATE: "alla moment är bokade, men något ligger efter fristen",
    State.MISSING: "inte bokad, och fristen går ut senast när terminen slutar",
    State.WAITING: "inte bokad än; fristen går ut efter terminen, eller så finns ingen frist att hålla",
    State.LEAVES: "inte bokad; personen slutar senast när terminen slutar, före fristen eller utan frist att hålla",
    State.DONE: "redan genomgången",
    State.ON_OWN: "görs på egen tid och är inte rapporterad som klar än",
    State.ON_OWN_LATE: "görs på egen tid, och fristen gick ut före planeringsdagen",
}
UNCONFIRMED = "Ej bekräftad"
"""A seat at a session that has been held, with nothing told of attendance."""


def state_meaning(plan: Plan, requirement: Requirement) -> str:
    """What the state means for this requirement: of what the general words leave open, that which is so."""
    deadline, (first, last) = requirement.deadline, plan.horizon
    if requirement.state is State.MISSING and deadline is not None and deadline < max(first, plan.planning_date):
        return "inte bokad, och fristen gick ut " + ("före terminen" if deadline < first else "före planeringsdagen")
    if requirement.state is State.WAITING and deadline is None:
        return "inte bokad än; ingen frist att hålla"
    if requirement.state is State.WAITING and deadline is not None and deadline > last:
        return "inte bokad än; fristen går ut efter terminen"
    return STATE_MEANINGS[requirement.state]


REQUIREMENT_MEANS = "Ett krav är en utbildning som en person ska gå."
SHARE_MEANS = (
    "Andelen i tid räknas på krav vars frist går ut senast när terminen slutar och som personen är kvar till; "
    "tillgodoräknade utan datum och det som görs på egen tid är inte med."
)


def no_address(problem: TermProblem) -> str:
    """Why mail to somebody cannot be made: nobody can be written
    to without a sender, else her own address is missing.
    """
    return "e-postadress saknas" if problem.settings.organizer else "avsändare saknas i inställningar"


def occupancy(participants: int, seats: int) -> str:
    """How full, in words that stand without their colour."""
    if participants > seats:
        return "Överfull"
    if participants == seats:
        return "Full"
    if not participants:
        return "Tom"
    return "Nästan full" if 10 * participants >= 8 * seats else "Lediga platser"


def module_name(problem: TermProblem, programme: str, number: int | None) -> str:
    """``Central introduktion, moment 2 Rätt och värdegrund``; the programme alone without a number."""
    known = problem.programme_by_id.get(programme)
    if known is None:
        return programme if number is None else f"{programme}, moment {number}"
    if number is None:
        return known.name
    names = {m.number: m.name for m in known.modules}
    return f"{known.name}, moment {number} {names.get(number, '')}".rstrip()


def person(problem: TermProblem, hire: str) -> str:
    """The hire's name, or her id when she has left the tables."""
    known = problem.hire_by_id.get(hire)
    return known.name if known else hire


def workplace(problem: TermProblem, somebody: Hire | Mentor) -> str:
    """Administration and unit: ``Nordost, Barn och unga``."""
    name = problem.organisation_by_id[somebody.organisation].name
    return f"{name}, {somebody.unit}" if somebody.unit else name


def manager(hire: Hire) -> str | None:
    """The name of the hire's manager, else her address; None where neither is known."""
    return hire.manager or hire.manager_email


def seat_status(booking: Booking, today: date) -> str:
    """Whether a seat is to come, or was held, and then whether anybody has told that she was there."""
    if booking.unconfirmed:
        return UNCONFIRMED
    return "Bokad" if booking.start.date() >= today else "Hållen"


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Names by id, each with its id behind it where two share
    a name (case and spaces aside): ``Örjan Forsberg (n33)``.
    """
    alike = Counter(_bare(name) for name in names.values())
    return {id_: f"{name} ({id_})" if alike[_bare(name)] > 1 else name for id_, name in names.items()}


def _bare(name: str) -> str:
    return " ".join(name.casefold().split())


def seat(booking: Booking) -> str:
    """``tis 15 sep 2026 09:00–16:00, Stadshuset, Sal 1 (CI-HT26-2)``."""
    place = ", ".join(p for p in (booking.place, booking.room) if p)
    when = f"{day(booking.start.date())} {time_span(booking.start, booking.end)}"
    return f"{when}{', ' + place if place else ''} ({booking.round})"
