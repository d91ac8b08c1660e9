"""Other choices on the winner's years: cheaper ones, and those with fewer and with more rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from models.dimensioning import Choice
from scheduler.dimensioning.by_flows import improved, with_one_fewer, with_one_more
from scheduler.dimensioning.findings import figures
from scheduler.dimensioning.instance import Instance
from scheduler.dimensioning.side_by_side import Question
from scheduler.dimensioning.statistics import paired
from scheduler.dimensioning.trying import choice_of
from scheduler.dimensioning.winner import MOST_EVALUATIONS, Winner, evaluate

ROUNDS_FEWER, ROUNDS_MORE = 3, 3
"""How far the curve goes beside the winner."""


def cheapest_that_suffices(instance: Instance, won: Winner, tries: Sequence[Choice], bound: int) -> Winner:
    """A cheaper choice where that suffices too, though the years that choices are tried on spoke against it.

    One that suffices on the winner's years is evaluated on years
    of its own: a choice is never told by those it was chosen on.
    """
    while (better := _that_suffices_too(instance, won, _perhaps_cheaper(instance, won, tries, bound))) is not None:
        won = better
    return won


def by_rounds(instance: Instance, won: Winner) -> tuple[Choice, ...]:
    """With fewer and with more rounds, each the best that exchanges find, on the winner's own scenarios."""
    if instance.around.over:
        instance.questions.note(complete=False)
        return (won.choice,)
    size = len(won.chosen)
    choices = {size: won.chosen}
    for number in range(size - 1, max(-1, size - ROUNDS_FEWER - 1), -1):
        choices[number] = improved(instance, with_one_fewer(instance, choices[number + 1]))
    for number in range(size + 1, size + ROUNDS_MORE + 1):
        if (more := with_one_more(instance, choices[number - 1])) is None:
            break
        choices[number] = improved(instance, more)
    own = won.choice
    if not instance.questions.fast:
        outcomes = won.outcomes[: len(_years(instance, won))]
        own = choice_of(instance, won.chosen, figures(outcomes, instance.options.goals))
    several = (chosen for _, chosen in sorted(choices.items()))
    return tuple(own if chosen == won.chosen else _beside(instance, won, chosen) for chosen in several)


def _beside(instance: Instance, won: Winner, chosen: frozenset[str]) -> Choice:
    """Another choice on the winner's years, or on the first of them where years take long."""
    if chosen not in won.beside:
        doing = "Räknar med fler och färre omgångar"
        answers = instance.questions.ask(Question.OUTCOME, chosen, _years(instance, won), doing)
        outcomes = [outcome for outcome, _ in answers]
        difference = None
        if won.outcomes:
            difference = paired([one.share for one in won.outcomes], [one.share for one in outcomes])
        won.beside[chosen] = choice_of(instance, chosen, figures(outcomes, instance.options.goals), difference)
    return won.beside[chosen]


def _years(instance: Instance, won: Winner) -> range:
    return won.numbers if instance.questions.fast else won.numbers[: instance.options.years.as_known]


def _that_suffices_too(instance: Instance, won: Winner, choices: Iterable[frozenset[str]]) -> Winner | None:
    """The cheapest of some choices that suffices on the winner's
    years and on its own; among equals that with the largest share.
    """
    goals = instance.options.goals
    beside = [_beside(instance, won, chosen) for chosen in choices]
    enough = [(one.cost, -one.figures.share, one.chosen) for one in beside if one.figures and goals.met_by(one.figures)]
    for _, _, chosen in sorted(enough)[:MOST_EVALUATIONS]:
        better = evaluate(instance, frozenset(chosen))
        if goals.met_by(better.choice.figures):
            return better
    return None


def _perhaps_cheaper(instance: Instance, won: Winner, tries: Sequence[Choice], bound: int) -> Iterator[frozenset[str]]:
    """Choices that neither the bound nor the years on which they
    were tried rule out; none beside a winner that does not suffice.
    """
    goals, cost = instance.options.goals, instance.candidates.cost
    if bound >= won.choice.cost or not goals.met_by(won.choice.figures):
        return
    found = {frozenset(one.chosen) for one in tries if goals.not_surely_missed_by(one.figures)}
    if won.chosen:
        found.add(improved(instance, with_one_fewer(instance, won.chosen)))
    for other in sorted(found, key=sorted):
        if bound <= cost(other) < won.choice.cost and not instance.around.over:
            yield other
