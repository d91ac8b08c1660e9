"""Several levels as one goal (a blended objective): one of the
first counts more than all that those after it can come to.

A proof for the whole is then a proof for each, strictly one after the other (MODEL.md), and
the levels below break the ties that make those above slow. The weights are the least that are
enough, few levels go together, and the gap is counted in wholes of the last level, never in
per cent (docs/adr/202). Which levels go together is declared in their files (docs/adr/102).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import prod

from models.ids import Level
from scheduler.linear.model import Linear, Values
from scheduler.linear.solving import Solving
from scheduler.solvers.mip import Way

MOST_IN_ALL = 500_000_000_000
"""Highest value of a blended goal at which HiGHS's floating-point numbers still tell a difference of one."""
TIMES_TIES = 2
"""Factor by which one of the last level counts more than all
that a tie-break can come to: a plan within half of one is found.

A larger factor makes the tie-break too weak (docs/adr/202-levels-in-bundles.md).
"""


@dataclass(frozen=True)
class Bundle:
    """Goals that may be blended, the first the most important; ``ties`` breaks what is left."""

    goals: tuple[Linear, ...]
    ties: Linear | None = None
    way: Way = Way.AT_ONCE

    def after(self, number: int) -> Bundle:
        """The bundle without its first ``number`` goals."""
        return replace(self, goals=self.goals[number:])


def bundle_from(bundles: Iterable[Bundle], goal: Linear) -> Bundle:
    """The bundle of a goal and of those after it in its bundle."""
    places = ((bundle, number) for bundle in bundles for number, one in enumerate(bundle.goals) if one is goal)
    bundle, number = next(places, (Bundle((goal,)), 0))
    return bundle.after(number)


@dataclass(frozen=True)
class Blended:
    """``goals`` as one ``goal``; ``spans`` are one more than
    each can come to, ``ties`` the most that the tie-break can.

    ``parts`` are the goals and the tie-break. One of the last goal counts ``unit`` in the whole.
    """

    goals: tuple[Linear, ...]
    parts: tuple[Linear, ...]
    spans: tuple[int, ...]
    goal: Linear
    unit: int
    ties: int

    @property
    def gap(self) -> int:
        """A plan and a bound that are less than this apart prove the plan best in all goals."""
        return self.unit - self.ties

    def proves(self, least: int, values: Values) -> bool:
        """Whether the plan is the best in every goal, when the whole is at least ``least``."""
        bounds = self.bounds(least, values)
        return all(goal.value(values) <= bound for goal, bound in zip(self.goals, bounds, strict=True))

    def bounds(self, least: int, values: Values) -> list[int]:
        """A lower bound of each goal while those above it keep their
        values in the plan, when the whole is at least ``least``.
        """
        left = -((self.ties - least) // self.unit)
        found = []
        for number, goal in enumerate(self.goals):
            weight = prod(self.spans[number + 1 :])
            found.append(max(0, left // weight))
            left -= weight * goal.value(values)
        return found


def bundles_of(
    order: Sequence[Level], objectives: Mapping[Level, Linear], solving: Mapping[Level, Solving], *, large: bool
) -> Iterator[Bundle]:
    """The goals of these levels in their order, in bundles for a ``large`` or a small model.

    ``solving`` has all levels in the order of MODEL.md.
    """
    days = objectives[Level.DAYS] if Level.DAYS in order else None
    first_of = _first_of_bundle(solving)
    for first, group in groupby(order, key=first_of.__getitem__):
        how = solving[first]
        tied = how.ties_by_days == "ALL" or (large and how.ties_by_days == "LARGE")
        yield Bundle(tuple(objectives[level] for level in group), days if tied else None, Way[how.way])


def _first_of_bundle(solving: Mapping[Level, Solving]) -> Mapping[Level, Level]:
    """Of each level: the first one of its bundle."""
    found: dict[Level, Level] = {}
    first: Level | None = None
    for level, how in solving.items():
        first = first if first is not None and how.with_level_above else level
        found[level] = first
    return found


def blended(bundle: Bundle, most: Callable[[Linear], int]) -> Blended:
    """The first goal with a tie-break and those after it, as far as
    one goal can hold them; ``most`` tells what each can come to.
    """
    first, *others = bundle.goals
    spans, unit, ties = [most(first) + 1], 1, 0
    last: tuple[Linear, ...] = ()
    if bundle.ties and spans[0] * TIMES_TIES * (most_of_ties := most(bundle.ties)) <= MOST_IN_ALL:
        last, ties, unit = (bundle.ties,), most_of_ties, max(1, TIMES_TIES * most_of_ties)
    for goal in others:
        span = most(goal) + 1
        if unit * prod(spans) * span > MOST_IN_ALL:
            break
        spans.append(span)
    goals = bundle.goals[: len(spans)]
    whole, weight = Linear(), unit
    for one in last:
        whole.add(one)
    for goal, span in zip(reversed(goals), reversed(spans), strict=True):
        whole.add(_times(goal, weight))
        weight *= span
    return Blended(goals, (*goals, *last), tuple(spans), whole, unit, ties)


def _times(goal: Linear, weight: int) -> Linear:
    """The goal so many times; equal coefficients are one number, for there may be millions of them."""
    known = {coef: weight * coef for coef in set(goal.coefs)}
    return Linear(goal.variables, [known[coef] for coef in goal.coefs], weight * goal.constant)
