"""Shares of requirements that are on time, and which of them count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.ids import State
from models.plan import Plan, Requirement
from models.problem import TermProblem

SATISFIED = (State.ON_TIME, State.DONE)
ON_OWN = (State.ON_OWN, State.ON_OWN_LATE)
"""Taken alone: outside all shares, with a count of its own."""


@dataclass(frozen=True)
class Share:
    """The requirements of one administration, or all: each in one
    state, and of those with a deadline this term how many keep it.
    """

    organisation: str | None
    counted: int
    on_time: int
    states: Mapping[State, int]

    @property
    def requirements(self) -> int:
        """All of them, whatever their state and deadline."""
        return sum(self.states.values())

    @property
    def late(self) -> int:
        """Booked, but after the deadline."""
        return self.states[State.LATE]

    @property
    def missing(self) -> int:
        """Without a seat though the deadline is this term."""
        return self.states[State.MISSING]

    @property
    def waiting(self) -> int:
        """Left for next term."""
        return self.states[State.WAITING]

    @property
    def leaves(self) -> int:
        """Not booked, of hires who are gone before anything is due."""
        return self.states[State.LEAVES]

    @property
    def on_own(self) -> int:
        """Taken alone and not done yet."""
        return sum(self.states[state] for state in ON_OWN)

    @property
    def with_others(self) -> int:
        """All but those that are taken alone and not done yet."""
        return self.requirements - self.on_own

    @property
    def not_on_time(self) -> int:
        """Those with a deadline this term that is not kept."""
        return self.counted - self.on_time

    @property
    def held_late(self) -> int:
        """Held in full, but after the deadline."""
        return self.not_on_time - self.late - self.missing


def counts(problem: TermProblem, plan: Plan, requirement: Requirement) -> bool:
    """Whether the on-time share counts it: a deadline this term that the hire stays for.

    What is credited without a date is outside: nobody knows whether it was in time. So is what is taken alone.
    """
    if requirement.deadline is None or requirement.state in ON_OWN:
        return False
    if requirement.state is State.DONE and requirement.completed_on is None:
        return False
    ends = problem.hire_by_id[requirement.hire].ends
    return requirement.deadline <= plan.horizon[1] and (ends is None or ends >= requirement.deadline)


def share_of(problem: TermProblem, plan: Plan, organisation: str | None, rows: Iterable[Requirement]) -> Share:
    """The on-time share of some requirements; ``organisation`` is whose they are, None for all."""
    rows = tuple(rows)
    states = Counter(r.state for r in rows)
    counted = [r for r in rows if counts(problem, plan, r)]
    return Share(
        organisation=organisation,
        counted=len(counted),
        on_time=sum(in_time(r) for r in counted),
        states={state: states[state] for state in State},
    )


def people_on_time(plan: Plan) -> tuple[int, int]:
    """Hires with every requirement on time or done, of all hires who have any; what is taken alone is not asked."""
    verdicts: dict[str, bool] = {}
    for requirement in plan.requirements:
        if requirement.state in ON_OWN:
            continue
        verdicts[requirement.hire] = verdicts.get(requirement.hire, True) and requirement.state in SATISFIED
    return sum(verdicts.values()), len(verdicts)


def in_time(requirement: Requirement) -> bool:
    """Booked in time, or held in full and not after a deadline."""
    if requirement.state is not State.DONE:
        return requirement.state is State.ON_TIME
    completed, deadline = requirement.completed_on, requirement.deadline
    return completed is not None and (deadline is None or completed <= deadline)
