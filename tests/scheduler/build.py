"""Tiny problems in a few readable lines, and ways to ask one rule, one level or a whole plan about them.

Dates without a year lie in 2026, when 1 September is a Tuesday. A meeting is written ``"1 09-01 9-12"``: module, day
and hours (9-16 when left out); its session id is ``<round>-<module>``, with ``-2``, ``-3`` for further meetings of the
module. A seat is written ``"anna R1"`` (whatever she can be booked to there) or ``"anna R1-2"`` (module 2 there).
"""

# ruff: noqa: ANN401 - the fields of a model are told by name and checked by pydantic

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from models.ids import Rule
from models.plan import Plan, Requirement
from models.problem import (
    Absence,
    Attendance,
    Barred,
    Break,
    Credit,
    GivenBooking,
    Hire,
    Holiday,
    Module,
    Organisation,
    Programme,
    Quota,
    Round,
    Session,
    Settings,
    TermProblem,
)
from scheduler import verify
from scheduler.linear.model import Linear, Values
from scheduler.linear.rows import Row
from scheduler.plan.outcome import Ending, Options, Outcome
from scheduler.plan.term import plan_term
from scheduler.seats.eligibility import Eligibility
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import needs_of
from scheduler.situation.settled import read_history
from scheduler.solvers.cp_sat import Engine

HARD_RULES = frozenset(Rule) - {Rule.AFTER_DEADLINE, Rule.FULL, Rule.OUTRANKED}
"""All rules but those that are reasons only."""
EARLY = date(2026, 8, 3)
"""A planning date before everything."""
WITHOUT_SUGGESTIONS = Options(suggestions=False)


def day(text: str) -> date:
    """``09-01`` or ``2027-02-28``."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


# --- the nouns -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Meeting:
    """A session to be, without its round."""

    module: int
    day: date
    start: time
    end: time
    fields: dict[str, Any]


@dataclass(frozen=True)
class Running:
    """A round with its sessions."""

    round: Round
    sessions: tuple[Session, ...]


def at(text: str, **fields: Any) -> Meeting:
    """``"1 09-01 9-12"``; ``fields`` are those of a session."""
    module, when, *hours = text.split()
    start, end = (hours[0] if hours else "9-16").split("-")
    return Meeting(int(module), day(when), _clock(start), _clock(end), fields)


def round_(id_: str, programme_: str, *meetings: str | Meeting, seats: int = 10, **fields: Any) -> Running:
    """A running of a programme with its meetings, ten seats if not told otherwise."""
    counted: Counter[int] = Counter()
    sessions = []
    for meeting in (at(m) if isinstance(m, str) else m for m in meetings):
        counted[meeting.module] += 1
        number = counted[meeting.module]
        told: dict[str, Any] = {
            "id": f"{id_}-{meeting.module}" + (f"-{number}" if number > 1 else ""),
            "round": id_,
            "module": meeting.module,
            "meeting": number,
            "day": meeting.day,
            "start": meeting.start,
            "end": meeting.end,
            "seats": seats,
        }
        sessions.append(Session(**told | meeting.fields))
    return Running(Round(id=id_, programme=programme_, seats=seats, **fields), tuple(sessions))


def programme(id_: str = "P", modules: int = 1, **fields: Any) -> Programme:
    """A programme with so many modules and four months' deadline."""
    numbered = tuple(Module(number=n, name=f"Moment {n}") for n in range(1, modules + 1))
    told: dict[str, Any] = {"id": id_, "name": id_, "deadline_months": 4, "modules": numbered}
    return Programme(**told | fields)


def hire(id_: str, organisation: str = "A", starts: str = "08-17", **fields: Any) -> Hire:
    """Somebody of administration A who began on Monday 17 August."""
    return Hire(id=id_, name=id_.capitalize(), organisation=organisation, starts=day(starts), **fields)


def credited(*modules: str) -> tuple[Credit, ...]:
    """``"P"`` or ``"P:1"``."""
    parts = (text.partition(":") for text in modules)
    return tuple(Credit(programme=p, module=int(number) if number else None) for p, _, number in parts)


def away(hire_: str, first: str, last: str | None = None) -> Absence:
    """An absence, both days included."""
    return Absence(hire=hire_, first=day(first), last=day(last or first))


def closed(first: str, last: str, *organisations: str) -> Break:
    """A break of some administrations, or of all."""
    return Break(name="Lov", first=day(first), last=day(last), organisations=organisations)


def booked(hire_: str, session: str) -> GivenBooking:
    """A seat that is decided."""
    return GivenBooking(hire=hire_, session=session)


def absent(hire_: str, session: str) -> Attendance:
    """She did not come."""
    return Attendance(hire=hire_, session=session, present=False)


def present(hire_: str, session: str) -> Attendance:
    """She came."""
    return Attendance(hire=hire_, session=session, present=True)


def barred(hire_: str, round_id: str) -> Barred:
    """She is to have no seat in the round."""
    return Barred(hire=hire_, round=round_id)


Part = Programme | Running | Hire | Quota | Absence | Break | Holiday | GivenBooking | Barred | Attendance


def problem(*parts: Part, **settings: Any) -> TermProblem:
    """A term from 17 August to 18 December 2026 without notice window; ``settings`` say otherwise."""
    runnings = [part for part in parts if isinstance(part, Running)]
    told: dict[str, Any] = {"horizon_start": day("08-17"), "horizon_end": day("12-18"), "notice_days": 0} | settings

    def rows(kind: type[Any]) -> tuple[Any, ...]:
        return tuple(part for part in parts if isinstance(part, kind))

    organisations = {h.organisation for h in rows(Hire)} | {q.organisation for q in rows(Quota)}
    organisations |= {o for running in runnings for o in running.round.organisations}
    organisations |= {o for row in (*rows(Break), *rows(Programme)) for o in row.organisations}
    return TermProblem(
        settings=Settings(**told),
        holidays=rows(Holiday),
        breaks=rows(Break),
        organisations=tuple(Organisation(id=o, name=o) for o in sorted(organisations)),
        programmes=rows(Programme),
        rounds=tuple(sorted((running.round for running in runnings), key=lambda r: r.id)),
        sessions=tuple(sorted((s for running in runnings for s in running.sessions), key=lambda s: s.id)),
        quotas=rows(Quota),
        hires=tuple(sorted(rows(Hire), key=lambda h: h.id)),
        absences=rows(Absence),
        bookings=rows(GivenBooking),
        barred=rows(Barred),
        attendance=rows(Attendance),
    )


# --- one rule or one level alone -------------------------------------------------------------------------------------


def variables_of(term: TermProblem, today: date = EARLY, previous: Plan | None = None) -> Variables:
    """The decisions of a problem, without any rule that is posted as rows."""
    history = read_history(term, today, previous)
    return Variables(term, history, needs_of(term, history), Eligibility(term, history))


def refusal(term: TermProblem, hire_: str, round_id: str, today: date = EARLY) -> Rule | None:
    """The rule that closes the round to her for the first block of hers that it holds; None when she may sit there."""
    variables = variables_of(term, today)
    round_found = term.round_by_id[round_id]
    need = variables.need_by_key[hire_, round_found.programme]
    for block in need.blocks:
        if offer := variables.eligibility.offer(need, block, round_found):
            rule = variables.eligibility.rule_against(need, offer)
            assert (rule is None) == any(c.offer.sessions == offer.sessions for c in variables.of_block(need, block))
            return rule
    raise LookupError(f"{round_id} holds nothing that {hire_} needs")


def offered(term: TermProblem, hire_: str, today: date = EARLY) -> str:
    """The rounds in which anything of hers can be booked: ``"R1 R2"``."""
    found = {c.offer.round.id for c in variables_of(term, today).candidates if c.need.hire.id == hire_}
    return " ".join(sorted(found))


def chosen(variables: Variables, *seats: str) -> list[int]:
    """The decisions that these seats stand for."""
    found = []
    for seat in seats:
        hire_, place = seat.split()
        round_id, _, module = place.partition("-")
        own = [
            candidate.variable
            for candidate in variables.candidates
            if (candidate.need.hire.id, candidate.offer.round.id) == (hire_, round_id)
            and (not module or int(module) in candidate.block.modules)
        ]
        assert own, f"no such seat: {seat}"
        found += own
    return found


def allows(term: TermProblem, post: Callable[[Variables], None], *seats: str, today: date = EARLY) -> bool:
    """Whether just these seats, and no others, may be booked when this rule is the only one."""
    variables = variables_of(term, today)
    post(variables)
    values = variables.linear_model.complete(chosen(variables, *seats))
    is_feasible = _solve(variables, values, Linear()) is not None
    assert is_feasible == all(row.low <= row.activity(values) <= row.high for row in variables.linear_model.rows), (
        "the helpers of the rule do not follow from the seats as their definitions say"
    )
    return is_feasible


def allows_by_half(term: TermProblem, post: Callable[[Variables], None], *seats: str) -> bool:
    """Whether a relaxation may book just these seats by a half each when this rule is the only one."""
    variables = variables_of(term)
    post(variables)
    once = variables.linear_model.complete(chosen(variables, *seats))
    return all(2 * row.low <= row.activity(once) <= 2 * row.high for row in variables.linear_model.rows)


def cost(
    term: TermProblem,
    objective: Callable[[Variables], Linear],
    *seats: str,
    today: date = EARLY,
    previous: Plan | None = None,
) -> int:
    """What a level costs when just these seats are booked, by its definition and by what the solver finds least."""
    variables = variables_of(term, today, previous)
    goal = objective(variables)
    values = variables.linear_model.complete(chosen(variables, *seats))
    least = _solve(variables, values, goal)
    assert least == goal.value(values), "the solver sees another value than the definitions of the helpers give"
    return least


def _solve(variables: Variables, values: Values, goal: Linear) -> int | None:
    """The least value with these decisions pinned and all helpers free; None when no helpers fit."""
    pins = [Row([c.variable], [1], values[c.variable], values[c.variable]) for c in variables.candidates]
    linear_model = variables.linear_model
    engine = Engine(linear_model.low, linear_model.high, [*linear_model.rows, *pins], seed=1)
    answer = engine.minimise(goal, hint=None, seconds=60.0, watch=lambda value, bound: None, should_stop=lambda: False)
    assert answer.proven or answer.infeasible
    return answer.value


# --- whole plans -----------------------------------------------------------------------------------------------------


def outcome_of(
    term: TermProblem,
    today: date | str = EARLY,
    previous: Plan | None = None,
    options: Options = WITHOUT_SUGGESTIONS,
) -> Outcome:
    """The outcome of a solve, whose plan, if any, the independent check has nothing against."""
    planned = today if isinstance(today, date) else day(today)
    outcome = plan_term(term, planned, input_sha256="x", options=options, previous=previous)
    if outcome.plan is not None:
        report = verify.check(term, outcome.plan, previous)
        assert [v.message for v in report.violations] == []
    return outcome


def plan(
    term: TermProblem,
    today: date | str = EARLY,
    previous: Plan | None = None,
    options: Options = WITHOUT_SUGGESTIONS,
) -> Plan:
    """A plan proven at every level, that the independent check has nothing against."""
    outcome = outcome_of(term, today, previous, options)
    assert outcome.ending is Ending.PROVEN
    assert outcome.plan is not None
    return outcome.plan


def seats_of(of: Plan, hire_: str | None = None) -> str:
    """Her sessions, or everybody's seats, in the plan's order: ``"R1-1 R1-2"``, ``"anna R1-1, bo R2-1"``."""
    if hire_ is not None:
        return " ".join(b.session for b in of.bookings if b.hire == hire_)
    return ", ".join(f"{b.hire} {b.session}" for b in of.bookings)


def requirement(of: Plan, hire_: str, programme_: str = "P") -> Requirement:
    """What became of one requirement."""
    return next(r for r in of.requirements if (r.hire, r.programme) == (hire_, programme_))


def _clock(text: str) -> time:
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute or 0))
