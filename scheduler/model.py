"""The whole model of one problem: variables, hard rules, promises kept, and what each level minimises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.ids import Level, Rule
from models.plan import Plan
from models.problem import TermProblem
from scheduler.draft import Linear, Values, total
from scheduler.eligibility import Eligibility, is_proposal
from scheduler.history import History, read_history
from scheduler.levels import OBJECTIVES
from scheduler.outcome import KeptBreach
from scheduler.requirements import Need, needs_of
from scheduler.rules import POSTED
from scheduler.variables import Candidate, Variables


@dataclass(frozen=True)
class Model:
    """``needs`` are all requirements, done ones too; ``start`` is the assignment that keeps just what is promised."""

    problem: TermProblem
    history: History
    previous: Plan | None
    needs: tuple[Need, ...]
    variables: Variables
    objectives: Mapping[Level, Linear]
    start: Values
    kept_breaches: tuple[KeptBreach, ...]

    def chosen(self, values: Values) -> list[Candidate]:
        """What an assignment books."""
        return [c for c in self.variables.candidates if values[c.variable]]

    def chosen_in(self, values: Values, round_id: str) -> list[Candidate]:
        """What an assignment books in one round."""
        return [c for c in self.variables.in_round(round_id) if values[c.variable]]


def build(problem: TermProblem, planning_date: date, previous: Plan | None) -> Model:
    """Everything of MODEL.md about this problem on this day, after this earlier plan."""
    history = read_history(problem, planning_date, previous)
    needs = needs_of(problem, history)
    variables = Variables(problem, history, needs, Eligibility(problem, history))
    for _, post in POSTED:
        post(variables)
    breaches = keep_promises(variables)
    objectives = {level: objective(variables) for level, objective in OBJECTIVES}
    promised = [c.variable for c in _promised(variables)]
    return Model(problem, history, previous, needs, variables, objectives, variables.draft.complete(promised), breaches)


def build_again(model: Model, problem: TermProblem) -> Model:
    """The model of a changed problem, on the same day and after the same earlier plan."""
    return build(problem, model.history.planning_date, model.previous)


def keep_promises(variables: Variables) -> tuple[KeptBreach, ...]:
    """Pin what stands inside the notice window; where that alone breaks a rule, the rule gives way and the seats are named.

    The assignment of promised seats and nothing else satisfies every row afterwards, so that a re-plan always exists (MODEL.md rule 7).
    """
    promised = _promised(variables)
    pinned = {c.variable for c in promised if c.offer.round.id in variables.promises.pinned(c.need, c.block)}
    if not promised:
        return ()
    draft = variables.draft
    values = draft.complete(c.variable for c in promised)
    breaches = []
    for row in draft.rows:
        if row.rule is not None and row.rule is not Rule.GIVEN and row.activity(values) > row.high:
            row.high = row.activity(values)
            active = {v for v in draft.support(row.variables) if values[v]}
            pinned |= active
            breaches.append(_breach(variables, row.rule, active))
    for candidate in promised:
        if is_proposal(candidate.offer.round) and variables.eligibility.proposal_blocked(candidate.offer.round):
            pinned.add(candidate.variable)
            breaches.append(_breach(variables, Rule.SHARED, {candidate.variable}))
    for variable in sorted(pinned):
        draft.at_most(total([variable], -1), -1)
    return tuple(breaches)


def _promised(variables: Variables) -> list[Candidate]:
    """Pinned seats with the rest of their requirements, and plain seats that must stay."""
    found = []
    promises = variables.promises
    for need in variables.needs:
        plain = promises.may_be_plain(need) and promises.must_stay(need)
        if plain or any(promises.pinned(need, block) for block in need.blocks):
            for block in need.blocks:
                candidate = promises.standing(need, block, variables.of_block(need, block))
                if candidate is not None and (not plain or not block.retake or promises.pinned(need, block)):
                    found.append(candidate)
    return found


def _breach(variables: Variables, rule: Rule, active: set[int]) -> KeptBreach:
    seats = {
        (candidate.need.hire.id, session.id)
        for candidate in (variables.candidates[v] for v in active)
        for session in candidate.offer.sessions
    }
    return KeptBreach(rule, tuple(sorted(seats)))
