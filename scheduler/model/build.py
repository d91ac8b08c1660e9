"""The whole model of one problem: variables, hard rules, promises kept, and what each level minimises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from models.ids import Level, Rule
from models.plan import Plan
from models.problem import TermProblem
from scheduler.levels import LEVELS
from scheduler.linear.model import Linear, LinearModel, Row, Values, nothing, total
from scheduler.rules import POSTED
from scheduler.seats.candidates import Candidate, Place
from scheduler.seats.eligibility import Eligibility, is_proposal
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import Need, needs_of
from scheduler.situation.settled import History, read_history


@dataclass(frozen=True)
class KeptBreach:
    """Published seats inside the notice window that break a rule among themselves and are kept all the same (MODEL.md rule 7)."""

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
    """Everything of MODEL.md about this problem on this day, after this earlier plan; of the levels those that are asked for.

    ``look`` is called now and then; what it raises ends the building.
    """
    history = read_history(problem, planning_date, previous)
    needs = needs_of(problem, history, look)
    variables = Variables(problem, history, needs, Eligibility(problem, history), look)
    for _, post in POSTED:
        post(variables)
    look()
    gave_way = keep_promises(variables)
    objectives: dict[Level, Linear] = {}
    for level in levels:
        look()
        objectives[level] = LEVELS[level].objective(variables)
    promised = [c.variable for c in _promised(variables)]
    return Model(
        problem, history, previous, needs, variables, objectives, variables.linear_model.complete(promised), gave_way
    )


def build_again(model: Model, problem: TermProblem) -> Model:
    """The model of a changed problem, on the same day and after the same earlier plan."""
    return build(problem, model.history.planning_date, model.previous)


def keep_promises(variables: Variables) -> tuple[Row, ...]:
    """Pin what stands inside the notice window; where it and the rest of its requirements break a rule, let the rule give way to them.

    The assignment of promised seats and nothing else satisfies every row afterwards, so that a re-plan always exists (MODEL.md rule 7).
    Returns the rows that gave way, as they were.
    """
    promised = _promised(variables)
    if not promised:
        return ()
    linear_model = variables.linear_model
    values = linear_model.complete(c.variable for c in promised)
    broken = [
        row for row in linear_model.rows if row.rule not in (None, Rule.GIVEN) and row.activity(values) > row.high
    ]
    before = tuple(replace(row) for row in broken)
    for row in broken:
        _give_way(linear_model, row, values)
    for candidate in promised:
        if candidate.offer.round.id in variables.promises.pinned(candidate.need, candidate.block):
            linear_model.at_most(total([candidate.variable], -1), -1)
    return before


def _give_way(linear_model: LinearModel, row: Row, values: Values) -> None:
    """The row may be broken as far as the promises break it, by them alone: with anybody else it holds as it was."""
    broken_to = row.activity(values)
    for variable in row.variables:
        if values[variable] == 0 and linear_model.high[variable] == 1:
            strict = total([variable], broken_to - row.high).add(Linear(list(row.variables), list(row.coefs)))
            linear_model.at_most(strict, broken_to, row.rule, row.round)
    row.high = broken_to


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


def _promised(variables: Variables) -> list[Candidate]:
    """Pinned seats with the rest of their requirements, and plain seats that must stay."""
    found = []
    promises = variables.promises
    for need in variables.needs:
        plain = promises.may_be_plain(need) and promises.must_stay(need)
        if plain or promises.sheltered(need):
            for block in need.blocks:
                candidate = promises.promised_candidate(need, block, variables.of_block(need, block))
                if candidate is not None and (not plain or not block.retake or promises.pinned(need, block)):
                    found.append(candidate)
    return found


def _breach(model: Model, rule: Rule, active: set[int]) -> KeptBreach:
    seats = {
        (candidate.need.hire.id, session.id)
        for candidate in (model.variables.candidates[v] for v in active)
        for session in candidate.offer.sessions
    }
    return KeptBreach(rule, tuple(sorted(seats)))
