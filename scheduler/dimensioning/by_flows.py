"""Choices of rounds that flows alone speak for, on the years to choose on: which are worth trying in full."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from scheduler.dimensioning.choice import Cheapest
from scheduler.dimensioning.instance import Instance
from scheduler.dimensioning.options import Step

SHARE_TO_CHOOSE = 0.15
"""Of the time that there is in all."""


def cheapest_by_flows(instance: Instance) -> Cheapest:
    """The cheapest choice with no more bad years than the goal allows."""
    return instance.search(instance.sample, instance.spare(len(instance.sample.numbers)), SHARE_TO_CHOOSE)


def worth_trying(instance: Instance, cheapest: Cheapest) -> Iterator[frozenset[str]]:
    """The cheapest on the sample, that with half as many bad years,
    and one round more; what comes closest where none suffices.
    """
    if cheapest.chosen is None:
        yield _closest(instance)
        return
    yield cheapest.chosen
    bad_years = instance.spare(len(instance.sample.numbers)) // 2
    safer = instance.search(instance.sample, bad_years, SHARE_TO_CHOOSE)
    if safer.chosen is not None and safer.chosen != cheapest.chosen:
        yield safer.chosen
    if (more := with_one_more(instance, cheapest.chosen)) is not None:
        yield more


def improved(instance: Instance, chosen: frozenset[str]) -> frozenset[str]:
    """Of choices as cheap, one that has a larger share: rounds are exchanged one by one as long as that helps."""
    sample = instance.sample
    best, share = chosen, sample.share(chosen)
    instance.around.tell(Step("Prövar andra veckor till samma kostnad"))
    while not instance.around.over:
        tried = ((-sample.share(other), sorted(other)) for other in exchanged(instance, best))
        better, ids = min(tried, default=(0.0, []))
        if -better <= share:
            break
        share, best = -better, frozenset(ids)
    return best


def exchanged(instance: Instance, chosen: frozenset[str]) -> Iterator[frozenset[str]]:
    """One round for another of the same programme that costs no more, as long as there is time."""
    rounds, candidates = instance.task.problem.round_by_id, instance.candidates
    for old, new in product(sorted(chosen), candidates.ids):
        other = (chosen - {old}) | {new}
        alike = rounds[old].programme == rounds[new].programme
        cheap = candidates.costs[new] <= candidates.costs[old]
        if new not in chosen and alike and cheap and candidates.allow(other) and not instance.around.over:
            yield other


def with_one_more(instance: Instance, chosen: frozenset[str]) -> frozenset[str] | None:
    """The choice with the candidate that helps most; None where none can run beside it."""
    candidates = instance.candidates
    others = [chosen | {id_} for id_ in candidates.ids if id_ not in chosen]
    allowed = [other for other in others if candidates.allow(other)]
    return max(allowed, key=lambda c: (instance.sample.share(c), -candidates.cost(c)), default=None)


def with_one_fewer(instance: Instance, chosen: frozenset[str]) -> frozenset[str]:
    """The choice without the round that it misses least; there is at least one."""
    fewer = [chosen - {id_} for id_ in sorted(chosen)]
    return max(fewer, key=lambda c: (instance.sample.share(c), -instance.candidates.cost(c)))


def _closest(instance: Instance) -> frozenset[str]:
    """Candidates one by one, each the one that helps most, as long
    as that helps: where no choice suffices, or no time was left.
    """
    own, sample = frozenset[str](), instance.sample
    while (more := with_one_more(instance, own)) is not None and sample.share(more) > sample.share(own):
        own = more
    return own
