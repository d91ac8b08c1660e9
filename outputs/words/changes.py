"""What happened to a seat between two plans, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.change import Change, ChangeKind, Unneeded
from models.ids import RoundStatus, Rule
from models.plan import Booking
from models.problem import Session, TermProblem
from outputs.words.dates import day, short_day, time_span
from outputs.words.numbers import count, listed, sentence

CHANGE_KINDS = {
    ChangeKind.NEW: "Ny plats",
    ChangeKind.MOVED: "Flyttad",
    ChangeKind.DETAILS: "Ändrad",
    ChangeKind.CANCELLED: "Inställd",
}
_NAMED = 3


def change_cause(change: Change, names: Mapping[str, str] | None = None, problem: TermProblem | None = None) -> str:
    """Why a published seat is another now; empty for a new seat or a changed detail.

    Who came in is named only with ``names``: that is for the coordinator, not for whoever reads of her own seat. With
    ``problem``, the tables as they are now, the very thing that stands against the seat is named.
    """
    if change.forced_by is not None:
        return f"Den gamla platsen gick inte att behålla: {_force(change, change.forced_by, problem)}."
    if change.unneeded is not None:
        return f"Platsen behövs inte längre: {_unneeded(change, change.unneeded, problem)}."
    if change.given_up_for is None:
        return ""
    cause = f"Den gamla platsen lämnades; annars skulle det bli så att {change.given_up_for.words.cost}."
    return f"{cause}{_newcomers(change, names)}" if names is not None else cause


def _unneeded(change: Change, why: Unneeded, problem: TermProblem | None) -> str:
    if why is Unneeded.DONE:
        return "det som den var till för är redan klart"
    if why is Unneeded.ON_OWN:
        return "utbildningen tas på egen tid"
    return _not_required(problem, change) if problem is not None else "utbildningen krävs inte av personen"


def _not_required(problem: TermProblem, change: Change) -> str:
    """What in the tables as they are now makes that the hire does not have to take the programme, or the module."""
    programme, hire = problem.programme_by_id.get(change.programme), problem.hire_by_id[change.hire]
    if programme is None:
        return f"utbildningen {change.programme} finns inte längre i tabellerna"
    if change.module not in {module.number for module in programme.modules}:
        return f"moment {change.module} finns inte längre i {programme.name}"
    if hire.programmes is not None:
        return f"{programme.name} står inte bland personens utbildningar i tabellen nyanställda"
    if programme.organisations and hire.organisation not in programme.organisations:
        return f"{programme.name} krävs inte i {problem.organisation_by_id[hire.organisation].name}"
    if programme.inexperienced_only and hire.experienced:
        return f"{programme.name} gäller bara oerfarna, och personen är märkt som erfaren"
    works = listed(hire.target_groups) or "ingen målgrupp"
    return f"{programme.name} gäller {listed(programme.target_groups)}, och för personen står {works}"


def _force(change: Change, rule: Rule, problem: TermProblem | None) -> str:
    told = _FORCES.get(rule)
    if problem is None or change.before is None:
        return rule.words.label
    return told(problem, change, change.before) if told else _of_round(problem, change.before, rule.words.label)


def _of_round(problem: TermProblem, lost: Booking, told: str) -> str:
    """What is said of the session, of some session of the round where it has several: each may have forced the seat."""
    several = sum(session.round == lost.round for session in problem.sessions) > 1
    return told.replace("tillfället", f"ett tillfälle i {lost.round}", 1) if several else told


def _closed(problem: TermProblem, change: Change, lost: Booking) -> str:
    seat = OneSeat(change.hire, lost.round, lost.module, lost.session, lost.start.date())
    return closed_by(problem, seat) or "en annan plats i samma utbildning gick inte att behålla"


@dataclass(frozen=True)
class OneSeat:
    """A seat by its ids, with the day on which it lay when it was last told of; the tables may no longer have it."""

    hire: str
    round: str
    module: int
    session: str
    day: date


def closed_by(problem: TermProblem, seat: OneSeat) -> str:
    """What closes the seat: the first of the round, its openness
    to her employer, her own session, another of the round.

    Empty where the tables do not close it.
    """
    round_ = problem.round_by_id.get(seat.round)
    if round_ is None:
        return f"omgången {seat.round} finns inte längre i tabellerna"
    hire = problem.hire_by_id.get(seat.hire)
    if hire is not None and round_.organisations and hire.organisation not in round_.organisations:
        return f"omgången {seat.round} tar inte emot {problem.organisation_by_id[hire.organisation].name}"
    if round_.status is RoundStatus.CANCELLED:
        return f"omgången {seat.round} är inställd"
    return _session_closed(problem, seat)


def _session_closed(problem: TermProblem, seat: OneSeat) -> str:
    cancelled = [s for s in problem.sessions if s.round == seat.round and s.cancelled]
    if own := [s for s in cancelled if s.module == seat.module]:
        return _cancelled(own)
    session = problem.session_by_id.get(seat.session)
    if session is None:
        return f"tillfället {short_day(seat.day)} i {seat.round} finns inte längre i tabellerna"
    if not problem.settings.horizon_start <= session.day <= problem.settings.horizon_end:
        return f"tillfället {short_day(session.day)} i {seat.round} ligger utanför terminen"
    return _cancelled(cancelled) if cancelled else ""


def _cancelled(sessions: Sequence[Session]) -> str:
    when = listed(short_day(d) for d in sorted({s.day for s in sessions}))
    if len(sessions) > 1:
        return f"tillfällena {when} i {sessions[0].round} är inställda"
    return f"tillfället {when} i {sessions[0].round} är inställt"


def _fewer_seats(problem: TermProblem, change: Change, lost: Booking) -> str:
    known = problem.session_by_id.get(lost.session)
    if known is None:
        return Rule.SEATS.words.label
    seats = count(known.seats, "plats", "platser")
    return f"tillfället {short_day(known.day)} i {lost.round} har nu {seats}, färre än de som var bokade där"


def _decided(problem: TermProblem, change: Change, lost: Booking) -> str:
    return f"platsen i {change.after.round} är låst för hand" if change.after else Rule.GIVEN.words.label


def _outside_employment(problem: TermProblem, change: Change, lost: Booking) -> str:
    hire = problem.hire_by_id.get(change.hire)
    if hire is None:
        return "personen finns inte längre i tabellen nyanställda"
    if hire.ends is None or lost.start.date() < hire.starts:
        return f"anställningen börjar {day(hire.starts)}"
    return f"anställningen slutar {day(hire.ends)}"


# Where more is known than that the rule does not hold: the seat was there, and something happened since.
_FORCES: Mapping[Rule, Callable[[TermProblem, Change, Booking], str]] = {
    Rule.CLOSED: _closed,
    Rule.SEATS: _fewer_seats,
    Rule.EMPLOYED: _outside_employment,
    Rule.GIVEN: _decided,
}


def change_note(change: Change, names: Mapping[str, str] | None = None, problem: TermProblem | None = None) -> str:
    """Why the seat is another, or what of it is: what stands beside the change in every list."""
    details = details_changed(change) if change.kind is ChangeKind.DETAILS else ""
    return sentence(details) if details else change_cause(change, names, problem)


def details_changed(change: Change) -> str:
    """What is another of a seat that stays in its session: ``lokal: Sal 1 → Sal 2``."""
    if change.before is None or change.after is None:
        return ""
    return "; ".join(_differences(change.before, change.after))


def _newcomers(change: Change, names: Mapping[str, str]) -> str:
    if not change.in_favour_of:
        return ""
    named = [names.get(hire, hire) for hire in change.in_favour_of[:_NAMED]]
    more = len(change.in_favour_of) - _NAMED
    return f" Nya där: {listed([*named, f'{more} till'] if more > 0 else named)}."


def _differences(before: Booking, after: Booking) -> Iterator[str]:
    rows = (
        ("dag", day(before.start.date()), day(after.start.date())),
        ("tid", time_span(before.start, before.end), time_span(after.start, after.end)),
        ("plats", before.place, after.place),
        ("lokal", before.room, after.room),
        ("utbildare", listed(before.trainers), listed(after.trainers)),
    )
    for what, old, new in rows:
        if old != new:
            yield f"{what}: {old or 'ingen'} → {new or 'ingen'}"
