"""From outcomes of single years to figures, in the order of the scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.dimensioning import Figures, GroupShare, MonthShare, SeatsLeft
from scheduler.dimensioning.evaluation import Outcome
from scheduler.dimensioning.planned import Planned, Tally
from scheduler.dimensioning.statistics import clopper_pearson, fewest_good, mean_interval


@dataclass(frozen=True)
class Goals:
    """A year is good when at least ``share`` is on time; a choice
    suffices when at least ``probability`` of the years are good.
    """

    share: Fraction
    probability: Fraction

    def good(self, outcome: Outcome) -> bool:
        """Whether the year is good, by the plan that was found."""
        return outcome.value <= outcome.weight * (1 - self.share)

    def met_by(self, figures: Figures | None) -> bool:
        """By the point estimate."""
        return figures is not None and figures.good >= fewest_good(figures.scenarios, self.probability)

    def not_surely_missed_by(self, figures: Figures | None) -> bool:
        """The interval does not rule out that the choice suffices."""
        return figures is not None and figures.probability_high >= self.probability


def figures(outcomes: Sequence[Outcome], goals: Goals, *, proven: bool = True) -> Figures | None:
    """The figures of some scenarios, None without any; ``proven`` is False where nobody looked for a proof."""
    if not outcomes:
        return None
    mean, low, high = mean_interval([outcome.share for outcome in outcomes])
    good = sum(goals.good(outcome) for outcome in outcomes)
    probability = clopper_pearson(good, len(outcomes))
    return Figures(
        scenarios=len(outcomes),
        good=good,
        share=mean,
        share_low=low,
        share_high=high,
        probability_low=probability[0],
        probability_high=probability[1],
        unproven=sum(not outcome.proven for outcome in outcomes) if proven else 0,
    )


def mean_shares(plans: Sequence[Mapping[str, Tally]]) -> tuple[GroupShare, ...]:
    """The mean share of each group over years; a year without any of it counts as 1, as it does for all."""
    groups = sorted({group for plan in plans for group in plan})
    found = []
    for group in groups:
        tallies = [plan.get(group, (0, 0)) for plan in plans]
        mean = sum(1 - (of - good) / of if of else 1.0 for good, of in tallies) / len(tallies)
        found.append(GroupShare(id=group, share=mean, years=sum(of > 0 for _, of in tallies)))
    return tuple(found)


def by_month(plans: Sequence[Planned]) -> tuple[MonthShare, ...]:
    """By month of start, over all years."""
    months = sorted({month for plan in plans for month in plan.months})
    found = []
    for month in months:
        tallies = [plan.months.get(month, (0, 0)) for plan in plans]
        on_time, counted = sum(good for good, _ in tallies), sum(of for _, of in tallies)
        found.append(MonthShare(month=month, on_time=on_time, counted=counted))
    return tuple(found)


def seats_left(round_: str, seats: int, plans: Sequence[Planned]) -> SeatsLeft:
    """How many of a round's seats are used; there is at least one plan."""
    used = sorted(plan.participants.get(round_, 0) for plan in plans)
    often = used[-1 - len(used) // 10]
    return SeatsLeft(round=round_, seats=seats, used=sum(used) / len(used), used_at_most=often)
