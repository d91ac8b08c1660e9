"""What a dimensioning finds, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scheduler.dimensioning.evaluation import Outcome
from scheduler.dimensioning.planned import Planned, Tally
from scheduler.dimensioning.statistics import clopper_pearson, fewest_good, mean_interval


@dataclass(frozen=True)
class Goals:
    """A year is good when at least ``share`` is on time; a choice suffices when at least ``probability`` of the years are good."""

    share: Fraction
    probability: Fraction

    def good(self, outcome: Outcome) -> bool:
        """Whether the year is good, by the plan that was found."""
        return outcome.value <= outcome.weight * (1 - self.share)


@dataclass(frozen=True)
class Figures:
    """How a choice fared on so many scenarios. ``unproven``: years whose plan is not proven the best."""

    scenarios: int
    good: int
    share: float
    share_low: float
    share_high: float
    unproven: int

    @property
    def probability(self) -> float:
        """Of a good year."""
        return self.good / self.scenarios

    @property
    def probability_interval(self) -> tuple[float, float]:
        """Where it lies with 95 % confidence."""
        return clopper_pearson(self.good, self.scenarios)

    def suffices(self, goals: Goals) -> bool:
        """By the point estimate."""
        return self.good >= fewest_good(self.scenarios, goals.probability)


def figures(outcomes: Sequence[Outcome], goals: Goals, *, proven: bool = True) -> Figures:
    """The figures of some scenarios, of which there is at least one; ``proven`` False where nobody looked for a proof."""
    mean, low, high = mean_interval([outcome.share for outcome in outcomes])
    good = sum(goals.good(outcome) for outcome in outcomes)
    unproven = sum(not outcome.proven for outcome in outcomes) if proven else 0
    return Figures(len(outcomes), good, mean, low, high, unproven)


@dataclass(frozen=True)
class Tried:
    """A choice of candidates, what it costs, and how it fared; ``figures`` is None where there was no time left to try it."""

    chosen: tuple[str, ...]
    cost: int
    figures: Figures | None

    @property
    def rounds(self) -> int:
        """How many candidates are chosen."""
        return len(self.chosen)


@dataclass(frozen=True)
class RoundLeft:
    """Seats of a round, and how many of them are used in a year: on average, and in one year of ten at least so many."""

    round: str
    programme: str
    seats: int
    used: float
    used_often: int


@dataclass(frozen=True)
class Findings:
    """All of it. ``winner`` is None where nothing was found in time.

    ``bound`` is what no sufficient choice is cheaper than, with 95 % confidence, None where none was reached; ``impossible`` says that
    with this confidence no choice of the candidates suffices. ``expected_outside`` starts are beyond the horizon.
    """

    goals: Goals
    seed: int
    complete: bool
    priced: bool
    winner: Tried | None
    as_known: Figures | None
    bound: int | None
    impossible: bool
    bound_scenarios: int
    bound_bad_years: int
    chosen_on: int
    tried_on: int
    by_rounds: tuple[Tried, ...]
    by_programme: Mapping[str, tuple[float, int]]
    by_organisation: Mapping[str, tuple[float, int]]
    by_month: Mapping[date, Tally]
    rounds: tuple[RoundLeft, ...]
    expected: float
    expected_outside: float

    @property
    def sufficient(self) -> bool:
        """The winner suffices on the scenarios that nothing was chosen on."""
        won = self.winner.figures if self.winner else None
        return won is not None and won.suffices(self.goals)

    @property
    def leading(self) -> Figures | None:
        """The figures that a report leads with: the lower of all known at once and as it becomes known."""
        won = self.winner.figures if self.winner else None
        if won is None or self.as_known is None:
            return won
        return min(won, self.as_known, key=lambda f: f.share)


def mean_shares(plans: Sequence[Mapping[str, Tally]]) -> dict[str, tuple[float, int]]:
    """The mean share of each group over years (1 in a year without any of it), and how many years it has any in."""
    groups = sorted({group for plan in plans for group in plan})
    found = {}
    for group in groups:
        tallies = [plan.get(group, (0, 0)) for plan in plans]
        mean = sum(good / of if of else 1.0 for good, of in tallies) / len(tallies)
        found[group] = mean, sum(of > 0 for _, of in tallies)
    return found


def summed(plans: Sequence[Planned]) -> dict[date, Tally]:
    """By month of start, over all years."""
    months = sorted({month for plan in plans for month in plan.months})
    return {
        month: (
            sum(plan.months.get(month, (0, 0))[0] for plan in plans),
            sum(plan.months.get(month, (0, 0))[1] for plan in plans),
        )
        for month in months
    }
