"""The winner, evaluated on years that nothing was chosen on; the next best where it does not suffice there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.dimensioning import Choice
from scheduler.dimensioning.by_flows import with_one_more
from scheduler.dimensioning.evaluation import Outcome
from scheduler.dimensioning.findings import figures
from scheduler.dimensioning.in_full import exchanged_in_full, with_one_more_in_full
from scheduler.dimensioning.instance import Instance
from scheduler.dimensioning.planned import Planned
from scheduler.dimensioning.side_by_side import Question
from scheduler.dimensioning.trying import any_suffices, best_of, choice_of, tried

MOST_EVALUATIONS = 3
"""Of winners that turn out not to suffice, each on years of its own."""
SHARE_AFTER_CLIMBING = 0.4
"""Of the time that there is in all, what is left over when no further round is tried."""


@dataclass(frozen=True)
class Winner:
    """A choice that was evaluated on the scenarios ``numbers``, with their outcomes and plans in that order.

    ``beside`` keeps what other choices came to on its years (``scheduler.dimensioning.beside_winner``).
    """

    choice: Choice
    numbers: range
    outcomes: tuple[Outcome, ...]
    plans: tuple[Planned, ...]
    beside: dict[frozenset[str], Choice] = field(default_factory=dict, compare=False, repr=False)

    @property
    def chosen(self) -> frozenset[str]:
        """The candidates that it holds."""
        return frozenset(self.choice.chosen)


def evaluate(instance: Instance, chosen: frozenset[str]) -> Winner:
    """A choice on scenarios of its own."""
    numbers = instance.questions.fresh_years()
    answers = instance.questions.ask(Question.PLANNED, chosen, numbers, "Räknar på år som ingenting valdes efter")
    outcomes = tuple(outcome for outcome, _ in answers)
    plans = tuple(plan for _, plan in answers if plan is not None)
    return Winner(choice_of(instance, chosen, figures(outcomes, instance.options.goals)), numbers, outcomes, plans)


def winner_of(instance: Instance, choices: Sequence[Choice], *, may_climb: bool) -> tuple[Winner, list[Choice]]:
    """The winner on scenarios that nothing was chosen on; where it does not suffice there, the next one, on others
    again. Beside it all choices that were tried, ``choices`` among them.

    Further rounds are tried where some choice sufficed by flows alone (``may_climb``): else none would do.
    """
    goals, around = instance.options.goals, instance.around
    left = list(choices)
    cheapest = min(left, key=lambda one: (one.cost, one.chosen))
    if may_climb and not instance.questions.fast and not around.over and not goals.met_by(cheapest.figures):
        left += exchanged_in_full(instance, frozenset(cheapest.chosen))
    all_tried = list(left)
    for _ in range(MOST_EVALUATIONS):
        climbed = _climbed_until_enough(instance, left) if may_climb else []
        left, all_tried = [*left, *climbed], [*all_tried, *climbed]
        won = evaluate(instance, best_of(instance, left))
        if goals.met_by(won.choice.figures) or around.over:
            break
        left = [one for one in left if one.cost >= won.choice.cost and one.chosen != won.choice.chosen]
        if not any_suffices(instance, left):
            more = _climbed(instance, [won.choice]) if may_climb else None
            if more is None:
                break
            left, all_tried = [more], [*all_tried, more]
    return won, all_tried


def _climbed_until_enough(instance: Instance, choices: Sequence[Choice]) -> list[Choice]:
    """Further rounds one by one, until a choice suffices on the years to try on, or none can be tried any more."""
    found: list[Choice] = []
    while not any_suffices(instance, [*choices, *found]):
        more = _climbed(instance, [*choices, *found])
        if more is None:
            break
        found.append(more)
    return found


def _climbed(instance: Instance, choices: Sequence[Choice]) -> Choice | None:
    """The best of some choices with the round that helps it most, tried; None where none is left, or no time."""
    clock = instance.around.clock
    if instance.around.over or clock.left < SHARE_AFTER_CLIMBING * clock.max_seconds:
        instance.questions.note(complete=False)
        return None
    best = best_of(instance, choices)
    more = with_one_more(instance, best) if instance.questions.fast else with_one_more_in_full(instance, best)
    return None if more is None else next(iter(tried(instance, [more])))
