"""Given bookings that cannot be kept, alone or together: an input error that names them (MODEL.md rule 15)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from itertools import chain
from math import inf

from models.ids import Rule
from models.plan import Plan
from models.problem import Session, TermProblem
from scheduler.linear.model import Linear
from scheduler.linear.rows import ROWS_A_LOOK, Row
from scheduler.model.build import Model, build
from scheduler.plan.groups import groups_of, narrowed, narrowed_plan
from scheduler.plan.outcome import Conflict
from scheduler.seats.candidates import Candidate
from scheduler.seats.eligibility import is_proposal
from scheduler.situation.requirements import Block, Need
from scheduler.situation.settled import SeatKey
from scheduler.solvers.clock import Clock, TimeIsUpError
from scheduler.solvers.cp_sat import Engine, never

CHECK_SECONDS = 20.0
"""For each question to CP-SAT whether some bookings can stand together."""


@dataclass(frozen=True)
class Limit:
    """The time there is for finding conflicts, None without a limit, and whether the user wants to stop."""

    clock: Clock | None = None
    should_stop: Callable[[], bool] = never

    def clock_left(self) -> float:
        """Seconds until the limit."""
        return inf if self.clock is None else self.clock.left

    def reached(self) -> bool:
        """No time is left, or the user wants to stop."""
        return self.clock_left() == 0 or self.should_stop()

    def look(self) -> None:
        """Raises ``TimeIsUpError`` once the limit is reached."""
        if self.reached():
            raise TimeIsUpError


UNLIMITED = Limit()


def conflicts(problem: TermProblem, planning_date: date, previous: Plan | None = None) -> tuple[Conflict, ...]:
    """Every given booking that breaks a rule alone, and sets of others that cannot stand together."""
    if not problem.bookings:
        return ()
    found: list[Conflict] = []
    given = {row.hire for row in problem.bookings}
    for group in groups_of(problem, planning_date, previous):
        if not given.isdisjoint(group.hires):
            own = None if previous is None else narrowed_plan(previous, group)
            found += conflicts_in(build(narrowed(problem, group), planning_date, own))
    return tuple(found)


def conflicts_in(model: Model, limit: Limit = UNLIMITED) -> tuple[Conflict, ...]:
    """The conflicts of a model that is built already; once the
    limit is reached what is not known to conflict does not.
    """
    if not model.history.given:
        return ()
    alone = tuple(closed_alone(model))
    together = _together(model, limit, {booking for conflict in alone for booking in conflict.bookings})
    return (*alone, *sorted(together, key=lambda conflict: conflict.bookings))


def closed_alone(model: Model) -> Iterator[Conflict]:
    """Given bookings that break a rule whatever else is booked,
    and two in different rounds for one part of a requirement.
    """
    rounds: dict[tuple[tuple[str, str], tuple[int, ...]], tuple[str, str]] = {}
    for hire, session_id in sorted(model.history.given):
        session = model.problem.session_by_id[session_id]
        place = _place(model, hire, session)
        if place is None:
            yield Conflict(Rule.GIVEN, ((hire, session_id),))
            continue
        need, block = place
        if rule := _closed(model, need, block, session):
            yield Conflict(rule, ((hire, session_id),))
            continue
        other = rounds.setdefault((need.key, block.modules), (session.round, session_id))
        if other[0] != session.round:
            yield Conflict(Rule.GIVEN, ((hire, other[1]), (hire, session_id)))


def _place(model: Model, hire: str, session: Session) -> tuple[Need, Block] | None:
    """The requirement and block that need the seat."""
    need = model.variables.need_by_key.get((hire, model.problem.round_by_id[session.round].programme))
    blocks = [b for b in need.blocks if session.module in b.modules] if need else []
    return (need, blocks[0]) if need and blocks else None


def _closed(model: Model, need: Need, block: Block, session: Session) -> Rule | None:
    """The rule that leaves no candidate for the seat, or None where there is one."""
    if any(s.id == session.id for c in model.variables.of_block(need, block) for s in c.offer.sessions):
        return None
    eligibility = model.variables.eligibility
    round_ = model.problem.round_by_id[session.round]
    own = eligibility.impossible(session, need.hire, need.programme)
    offer = eligibility.offer(need, block, round_)
    rest = eligibility.rule_against(need, offer) if offer else Rule.CLOSED
    if own or rest:
        return own or rest
    return Rule.SHARED if is_proposal(round_) and eligibility.proposal_blocked(round_) else Rule.CLASH


def _together(model: Model, limit: Limit, named: Set[SeatKey]) -> Iterator[Conflict]:
    """Sets of given candidates that cannot stand together, each as
    small as it can be; requirements named already are left out.
    """
    rounds = model.problem.round_by_id
    known = {(hire, rounds[model.problem.session_by_id[session].round].programme) for hire, session in named}
    given = {c.variable: c for c in model.variables.given() if c.need.key not in known}
    left = sorted(given)
    if _hold_alone(model, limit, left):
        return
    while left and not _feasible(model, limit, left, None):
        culprits = _shrunk(model, limit, left)
        yield Conflict(
            _rule_of(model, limit, culprits), tuple(sorted(s for v in culprits for s in _seats(model, given[v])))
        )
        left = [v for v in left if v not in culprits]


def _hold_alone(model: Model, limit: Limit, chosen: list[int]) -> bool:
    """These candidates and nothing else satisfy every row, or there is no time to say: then no solver is asked."""
    linear_model = model.variables.linear_model
    try:
        values = linear_model.complete(chosen, limit.look)
    except TimeIsUpError:
        return True
    return all(row.rule is Rule.GIVEN for row in linear_model.rows.broken(values))


def _shrunk(model: Model, limit: Limit, culprits: list[int]) -> list[int]:
    """A part of the set that is infeasible too, and would not be without any one of its members."""
    for variable in list(culprits):
        rest = [v for v in culprits if v != variable]
        if not _feasible(model, limit, rest, None):
            culprits = rest
    return culprits


def _rule_of(model: Model, limit: Limit, culprits: list[int]) -> Rule:
    """A rule that they break by themselves, whatever else is booked; else one whose absence would mend it."""
    linear_model = model.variables.linear_model
    values = linear_model.complete(culprits)
    rules = {row.rule for row in linear_model.rows}
    broken = {
        row.rule for row in linear_model.rows if min(row.coefs, default=0) > 0 and row.activity(values) > row.high
    }
    asked = [rule for rule in Rule if rule in rules and rule is not Rule.GIVEN]
    mended = (rule for rule in asked if _feasible(model, limit, culprits, rule))
    return next((rule for rule in asked if rule in broken), None) or next(mended, Rule.GIVEN)


def _seats(model: Model, candidate: Candidate) -> Iterator[tuple[str, str]]:
    hire = candidate.need.hire.id
    yield from ((hire, s.id) for s in candidate.offer.sessions if (hire, s.id) in model.history.given)


def _feasible(model: Model, limit: Limit, fixed: list[int], without: Rule | None) -> bool:
    """Whether a plan exists that keeps these candidates, with
    one rule left out if asked; so when there is no time to say.
    """
    if limit.reached():
        return True
    rows = chain(_asked_rows(model, limit, without), (Row([v], [1], 1, 1) for v in fixed))
    try:
        engine = Engine(model.variables.linear_model.low, model.variables.linear_model.high, rows, seed=1)
    except TimeIsUpError:
        return True
    answer = engine.minimise(
        Linear(), hint=None, seconds=min(CHECK_SECONDS, limit.clock_left()), should_stop=limit.reached
    )
    return not answer.infeasible


def _asked_rows(model: Model, limit: Limit, without: Rule | None) -> Iterator[Row]:
    """The rows without those of given bookings and of one rule
    if asked; raises ``TimeIsUpError`` once the limit is reached.
    """
    for place, row in enumerate(model.variables.linear_model.rows):
        if place % ROWS_A_LOOK == 0:
            limit.look()
        if row.rule is None or row.rule not in {Rule.GIVEN, without}:
            yield row
