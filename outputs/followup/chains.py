"""Which of the plans count: of several plans of one term's chain the latest, since it holds what the others did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.plan import Plan
from models.problem import TermProblem


@dataclass(frozen=True)
class FollowedPlan:
    """A plan with its input. ``name`` is what the user calls it, ``sha256`` the hash of its plan.json."""

    name: str
    problem: TermProblem
    plan: Plan
    sha256: str


@dataclass(frozen=True)
class Counted:
    """The plans that count, in the order of their terms, and
    the others, each with the plan that counts in its place.
    """

    plans: tuple[FollowedPlan, ...]
    replaced: tuple[tuple[FollowedPlan, FollowedPlan], ...]


def latest_of_each_term(plans: Sequence[FollowedPlan]) -> Counted:
    """The latest plan of each term: by planning date, then number; of equal ones the one named last."""
    terms: list[list[FollowedPlan]] = []
    for plan in plans:
        same = [term for term in terms if any(_same_term(plan, other) for other in term)]
        terms = [term for term in terms if term not in same]
        terms.append([other for term in same for other in term] + [plan])
    latest, replaced = [], []
    for term in terms:
        *earlier, last = sorted(term, key=lambda p: (p.plan.planning_date, p.plan.plan_number, plans.index(p)))
        latest.append(last)
        replaced += [(plan, last) for plan in earlier]
    return Counted(tuple(sorted(latest, key=_when)), tuple(replaced))


def _same_term(one: FollowedPlan, other: FollowedPlan) -> bool:
    """One continues the other, or both are made for the same term: of one series, over some of the same days."""
    if one.sha256 == other.sha256 or other.sha256 == _before(one) or one.sha256 == _before(other):
        return True
    if not _overlap(one.plan.horizon, other.plan.horizon):
        return False
    if one.plan.series is not None and other.plan.series is not None:
        return one.plan.series == other.plan.series
    return one.plan.horizon == other.plan.horizon and _administrations(one) == _administrations(other)


def _before(plan: FollowedPlan) -> str | None:
    return plan.plan.previous.sha256 if plan.plan.previous else None


def _overlap(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return str(one[0]) <= str(other[1]) and str(other[0]) <= str(one[1])


def _administrations(plan: FollowedPlan) -> set[str]:
    return {organisation.id for organisation in plan.problem.organisations}


def _when(plan: FollowedPlan) -> tuple[object, ...]:
    return (*plan.plan.horizon, plan.plan.planning_date, plan.sha256)
