"""Whether plan.json's rows say what its seats mean (OUTPUT.md): bookings, requirements, rounds, levels, order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from models.ids import Level, RoundStatus
from models.plan import Booking, LevelResult, Plan, Requirement
from models.problem import Session, TermProblem
from scheduler.verify.keys import Key, Seat
from scheduler.verify.report import Violation
from scheduler.verify.seating import Outcome, Seating

# What a seat says of its session: an id or a text, a number, a moment in UTC, the trainers' names.
_Value = str | int | datetime | tuple[str, ...] | None


def heading(problem: TermProblem, plan: Plan, previous: Plan | None) -> Iterator[Violation]:
    """Term and horizon are those of the input; a re-plan is checked with the plan it began from."""
    settings = problem.settings
    if plan.term != settings.term:
        yield _row(f"Planen gäller terminen ”{plan.term}”, indata ”{settings.term}”.")
    if plan.horizon != (settings.horizon_start, settings.horizon_end):
        yield _row(f"Planen gäller {plan.horizon[0]} till {plan.horizon[1]}, indata en annan tid.")
    if plan.previous is not None and previous is None:
        yield _row(f"Planen är en omplanering av plan {plan.previous.plan_number}, som behövs för granskningen.")
    if plan.previous is not None and previous is not None and plan.previous.plan_number != previous.plan_number:
        yield _row(
            f"Planen är en omplanering av plan {plan.previous.plan_number}, inte av plan {previous.plan_number}."
        )


def bookings(problem: TermProblem, plan: Plan) -> Iterator[Violation]:
    """Every booking is of a known hire and session, given once, says what the session says, and stands in order."""
    confirmed = {(row.hire, row.session) for row in problem.attendance}
    # Plans made before seats were marked have no mark at all.
    marked = any(booking.unconfirmed for booking in plan.bookings)
    for booking in plan.bookings:
        session = problem.session_by_id.get(booking.session)
        held = session is not None and session.day < plan.planning_date
        is_open = held and (booking.hire, booking.session) not in confirmed
        if marked and booking.unconfirmed != is_open:
            yield _wrong(booking, f"{booking.hire} på {booking.session}: platsen är fel märkt som bekräftad eller ej.")
        if booking.hire not in problem.hire_by_id:
            yield _wrong(booking, f"{booking.hire} är bokad på {booking.session} men finns inte i indata.")
        elif session is None:
            yield _wrong(booking, f"{booking.hire} är bokad på {booking.session}, som inte finns i indata.")
        else:
            zone = ZoneInfo(problem.settings.timezone)
            for what, told, is_ in _differences(booking, session, problem.round_by_id[session.round].programme, zone):
                message = f"{what} är {_read(told, zone)}, men ska vara {_read(is_, zone)}."
                yield _wrong(booking, f"{booking.hire} på {booking.session}: {message}")
    for seat, number in sorted(Counter(Seat(b.hire, b.session) for b in plan.bookings).items()):
        if number > 1:
            message = f"{seat.hire} är bokad {number} gånger på {seat.session}."
            yield Violation(None, seat.hire, None, seat.session, message)
    yield from _order("bokningar", [(b.hire, b.programme, b.module, b.meeting) for b in plan.bookings])


def requirements(plan: Plan, seating: Seating) -> Iterator[Violation]:
    """One row for each requirement, in order, with the right state, deadline and day of completion."""
    rows = {Key(row.hire, row.programme): row for row in plan.requirements}
    expected = {outcome.need.key: outcome for outcome in seating.outcomes}
    for key in sorted(expected.keys() - rows.keys()):
        yield _of(key, f"{key.hire}: kravet {key.programme} saknas i planen.")
    for key in sorted(rows.keys() - expected.keys()):
        yield _of(key, f"{key.hire}: {key.programme} gäller inte henne.")
    for key in sorted(rows.keys() & expected.keys()):
        yield from _requirement(rows[key], expected[key])
    if len(rows) < len(plan.requirements):
        yield _row("Ett krav står två gånger i planen.")
    yield from _order("krav", [Key(row.hire, row.programme) for row in plan.requirements])


def rounds(plan: Plan, seating: Seating) -> Iterator[Violation]:
    """One row for each round but the cancelled, in order, with its participants and seats, and whether it runs."""
    expected = {r.id: r for r in seating.reading.problem.rounds if r.status is not RoundStatus.CANCELLED}
    listed = [row.round for row in plan.rounds]
    if sorted(listed) != sorted(expected):
        yield _row("Planens omgångar är inte de som indata har, utan de inställda.")
    yield from _order("omgångar", listed)
    for row in plan.rounds:
        if row.round not in expected:
            continue
        round_, participants = expected[row.round], len(seating.participants[row.round])
        runs = participants > 0 or round_.status is RoundStatus.FIXED
        if (row.runs, row.participants, row.seats) != (runs, participants, round_.seats):
            verb = "går" if runs else "går inte"
            message = f"{row.round} {verb}, med {participants} deltagare av {round_.seats}; planen säger annat."
            yield Violation(None, None, row.round, None, message)


def levels(plan: Plan, values: Mapping[Level, int]) -> Iterator[Violation]:
    """Each level in order with its value; its bound not above the value, and equal to it where proven.

    ``changes`` is left out of first plans, and may be left out of a re-plan (``fri``).
    """
    listed = [row.name for row in plan.levels]
    if listed not in ([*values], [level for level in values if level is not Level.CHANGES]):
        yield _row(f"Planens nivåer är {_headings(listed)}; de ska vara {_headings(values)}.")
    for row in plan.levels:
        if row.name in values and row.value != values[row.name]:
            is_, told = _counted(row.name, values[row.name]), _counted(row.name, row.value)
            yield _row(f"Nivån {row.name.heading} är {is_}, men planen säger {told}.")
        yield from _bound(row)


def _headings(levels: Iterable[Level]) -> str:
    return ", ".join(level.heading for level in levels)


def _counted(level: Level, value: int) -> str:
    one, several = level.words.unit or ("promille", "promille")
    return f"{value} {one if value == 1 else several}"


def _bound(row: LevelResult) -> Iterator[Violation]:
    level, value = row.name.heading, _counted(row.name, row.value)
    bound = "okänd" if row.bound is None else _counted(row.name, row.bound)
    if row.bound is not None and row.bound > row.value:
        yield _row(f"Nivån {level}: gränsen {bound} är högre än värdet {value}.")
    if row.proven and row.bound != row.value:
        yield _row(f"Nivån {level} sägs vara bevisad, men gränsen är {bound} och värdet {value}.")


def _differences(
    booking: Booking, session: Session, programme: str, zone: ZoneInfo
) -> Iterator[tuple[str, _Value, _Value]]:
    pairs: tuple[tuple[str, _Value, _Value], ...] = (
        ("utbildningen", booking.programme, programme),
        ("momentet", booking.module, session.module),
        ("mötet", booking.meeting, session.meeting),
        ("omgången", booking.round, session.round),
        ("starten", _instant(booking.start), _instant(session.starts_at.replace(tzinfo=zone))),
        ("slutet", _instant(booking.end), _instant(session.ends_at.replace(tzinfo=zone))),
        ("platsen", booking.place, session.place),
        ("lokalen", booking.room, session.room),
        ("utbildarna", booking.trainers, session.trainers),
    )
    return ((what, told, is_) for what, told, is_ in pairs if told != is_)


def _read(value: _Value, zone: ZoneInfo) -> str:
    """The value as a person reads it: a moment by the clock of the term's time zone, a blank one as a word."""
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(value, tuple):
        return ", ".join(value) or "tomt"
    return "tomt" if value is None or value == "" else str(value)


def _instant(moment: datetime) -> datetime | None:
    """The moment in UTC; None for one without an offset, which is never right."""
    return None if moment.tzinfo is None else moment.astimezone(UTC)


def _requirement(row: Requirement, outcome: Outcome) -> Iterator[Violation]:
    pairs: tuple[tuple[str, str | date | None, str | date | None], ...] = (
        ("tillståndet", row.state.words, outcome.state.words),
        ("fristen", row.deadline, outcome.need.deadline),
        ("klar-datumet", row.completed_on, outcome.completed_on),
    )
    for what, told, is_ in pairs:
        if told != is_:
            yield _of(
                outcome.need.key,
                f"{row.hire}, {row.programme}: {what} är {is_ or 'tomt'}, men planen säger {told or 'tomt'}.",
            )


def _order(what: str, keys: Sequence[tuple[str | int, ...] | str]) -> Iterator[Violation]:
    if list(keys) != sorted(keys):
        yield _row(f"Planens {what} står inte i ordning.")


def _row(message: str) -> Violation:
    return Violation(None, None, None, None, message)


def _of(key: Key, message: str) -> Violation:
    return Violation(None, key.hire, None, None, message)


def _wrong(booking: Booking, message: str) -> Violation:
    return Violation(None, booking.hire, booking.round, booking.session, message)
