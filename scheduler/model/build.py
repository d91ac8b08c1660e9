"""The whole model of one problem: variables, hard rules, promises kept, and what each level minimises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models.ids import Level, Rule
from models.plan import Plan
from models.problem import TermProblem
from scheduler.levels import LEVELS
from scheduler.linear.model import Linear, Values, nothing
from scheduler.linear.rows import Row
from scheduler.model.kept import keep_promises
from scheduler.rules import POSTED
from scheduler.seats.candidates import Candidate, Place
from scheduler.seats.eligibility import Eligibility, is_proposal
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import Need, needs_of
from scheduler.situation.settled import History, read_history


@dataclass(frozen=True)
class KeptBreach:
    """Published seats inside the notice window that break a rule
    among themselves and are kept all the same (MODEL.md rule 7).
    """

    rule: Rule
    bookings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Model:
    """``needs`` are all requirements, done ones too; ``start`` is the assignment that keeps just what is promised,
    ``gave_way`` the rows that it breaks, as they were."""

    problem: TermProblem
    history: History
    previous: Plan | None
    needs: tuple[Need, ...]
    variables: Variables
    objectives: Mapping[Level, Linear]
    start: Values
    gave_way: tuple[Row, ...]

    def chosen(self, values: Values) -> list[Candidate]:
        """What an assignment books."""
        return [c for c in self.variables.candidates if values[c.variable]]

    def booking(self, places: Iterable[Place]) -> Values:
        """The assignment that books just these, as far as there are such candidates."""
        wanted = set(places)
        return self.variables.linear_model.complete(c.variable for c in self.variables.candidates if c.place in wanted)

    def chosen_in(self, values: Values, round_id: str) -> list[Candidate]:
        """What an assignment books in one round."""
        return [c for c in self.variables.in_round(round_id) if values[c.variable]]


def build(
    problem: TermProblem,
    planning_date: date,
    previous: Plan | None,
    look: Callable[[], None] = nothing,
    levels: Collection[Level] = tuple(Level),
) -> Model:
    """Everything of MODEL.md about this problem on this day, after
    this earlier plan; of the levels those that are asked for.

    ``look`` is called now and then; what it raises ends the building.
    """
    history = read_history(problem, planning_date, previous)
    needs = needs_of(problem, history, look)
    variables = Variables(problem, history, needs, Eligibility(problem, history), look)
    for _, post in POSTED:
        look()
        post(variables)
    look()
    kept = keep_promises(variables, look)
    objectives: dict[Level, Linear] = {}
    for level in levels:
        look()
        objectives[level] = LEVELS[level].objective(variables).in_arrays()
    start = variables.linear_model.complete(kept.promised, look)
    return Model(problem, history, previous, needs, variables, objectives, start, kept.gave_way)


def build_again(model: Model, problem: TermProblem, levels: Collection[Level]) -> Model:
    """The model of a changed problem, on the same day and after the same earlier plan, with these levels."""
    return build(problem, model.history.planning_date, model.previous, levels=levels)


def kept_breaches(model: Model, values: Values) -> tuple[KeptBreach, ...]:
    """The seats of a plan that break a rule which gave way to what was promised."""
    found = [
        _breach(model, row.rule, {v for v in model.variables.linear_model.support(row.variables) if values[v]})
        for row in model.gave_way
        if row.rule is not None and row.activity(values) > row.high
    ]
    eligibility = model.variables.eligibility
    for candidate in model.chosen(values):
        if is_proposal(candidate.offer.round) and eligibility.proposal_blocked(candidate.offer.round):
            found.append(_breach(model, Rule.SHARED, {candidate.variable}))
    return tuple(found)


def _breach(model: Model, rule: Rule, active: set[int]) -> KeptBreach:
    seats = {
        (candidate.need.hire.id, session.id)
        for candidate in (model.variables.candidates[v] for v in active)
        for session in candidate.offer.sessions
    }
    return KeptBreach(rule, tuple(sorted(seats)))
