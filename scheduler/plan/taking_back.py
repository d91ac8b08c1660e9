"""Taking a publication back: the re-plan of what is published
now with the bookings of an earlier plan (SERVICE.md, «Återta»).

What has been held since is fact. Nothing is searched for: either the earlier seats that are still to come can all be
had again, or what stands against them is named, first of all the notice window (MODEL.md rule 7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from models.ids import Rule
from models.plan import Plan
from scheduler.linear.model import Values
from scheduler.model.assignment import assignment_of
from scheduler.model.build import Model
from scheduler.plan.finished import finished
from scheduler.plan.outcome import Outcome
from scheduler.plan.phases import BUILD, LEVELS, phases
from scheduler.plan.results import level_results
from scheduler.plan.task import GroupTask, Watch
from scheduler.search.lexicographic import as_it_is
from scheduler.situation.settled import SeatKey


@dataclass(frozen=True)
class Against:
    """Seats that cannot be as they were, and the rule that says
    so; None where they would no longer make a whole requirement.
    """

    rule: Rule | None
    seats: tuple[SeatKey, ...]


@dataclass(frozen=True)
class TakenBack:
    """The plan, or what stands against it."""

    outcome: Outcome | None
    against: tuple[Against, ...] = ()


def take_back(task: GroupTask, earlier: Plan, watch: Watch) -> TakenBack:
    """The earlier plan's bookings on the task's planning date, after
    the task's former plan; ``task`` has the earlier plan's input.
    """
    stopwatch = phases(watch.clock)
    model = task.model()
    values = assignment_of(model, earlier)
    stopwatch.end(BUILD)
    against = tuple(_against(model, earlier, values))
    if against:
        return TakenBack(None, against)
    solution = as_it_is([(level, model.objectives[level]) for level in task.order], values, stopped=False)
    levels = level_results(model, values, solution)
    stopwatch.end(LEVELS)
    return TakenBack(finished(task, model, solution, levels, watch, stopwatch=stopwatch, failures=0))


def _against(model: Model, earlier: Plan, values: Values) -> Iterator[Against]:
    """Only where the notice window stands against nothing it is asked what else does."""
    had = {(c.need.hire.id, session.id) for c in model.chosen(values) for session in c.offer.sessions}
    missing = _still_wanted(model, earlier) - had
    end, sessions = model.history.notice_end, model.problem.session_by_id
    fresh = {seat for seat in missing if sessions[seat[1]].day < end and seat not in model.history.settled}
    inside = fresh | (_promised_inside(model) - had)
    if inside:
        yield Against(Rule.NOTICE, tuple(sorted(inside)))
        return
    by_rule: dict[Rule | None, set[SeatKey]] = defaultdict(set)
    for seat in missing:
        by_rule[_rule_against(model, seat)].add(seat)
    for row in model.variables.linear_model.rows.broken(values):
        taken = [v for v in model.variables.linear_model.support(row.variables) if values[v]]
        candidates = [model.variables.candidates[v] for v in taken]
        by_rule[row.rule] |= {(c.need.hire.id, session.id) for c in candidates for session in c.offer.sessions}
    yield from (Against(rule, tuple(sorted(seats))) for rule, seats in by_rule.items())


def _still_wanted(model: Model, earlier: Plan) -> set[SeatKey]:
    """The earlier plan's seats that are still to come, in modules that she has not gone through meanwhile."""
    remaining = {(*need.key, module) for need in model.needs for block in need.blocks for module in block.modules}
    sessions, today = model.problem.session_by_id, model.history.planning_date
    return {
        (row.hire, row.session)
        for row in earlier.bookings
        if (row.hire, row.programme, row.module) in remaining and sessions[row.session].day >= today
    }


def _promised_inside(model: Model) -> set[SeatKey]:
    """Published seats inside the notice window, which nobody may lose."""
    promises, end = model.variables.promises, model.history.notice_end
    return {
        (need.hire.id, seat.session.id)
        for need in model.variables.needs
        for block in need.blocks
        for seat in promises.published(need)
        if seat.session is not None
        and seat.session.day < end
        and seat.session.module in block.modules
        and seat.session.round in promises.pinned(need, block)
    }


def _rule_against(model: Model, seat: SeatKey) -> Rule | None:
    hire, session = model.problem.hire_by_id[seat[0]], model.problem.session_by_id[seat[1]]
    programme = model.problem.programme_by_id[model.problem.round_by_id[session.round].programme]
    return model.variables.eligibility.impossible(session, hire, programme)
