"""Choices of rounds tried on years that they were not chosen on, and which of them is the best."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from models.dimensioning import Choice, Difference, Figures
from scheduler.dimensioning.findings import figures
from scheduler.dimensioning.instance import TRYING, Instance
from scheduler.dimensioning.side_by_side import Question


def choice_of(
    instance: Instance, chosen: Collection[str], found: Figures | None, beside: Difference | None = None
) -> Choice:
    """A choice with its cost and its figures; ``beside`` is how it fares beside the winner."""
    return Choice(
        chosen=tuple(sorted(chosen)), cost=instance.candidates.cost(chosen), figures=found, beside_winner=beside
    )


def tried(instance: Instance, choices: Sequence[frozenset[str]]) -> list[Choice]:
    """Each choice on all scenarios of one sample, the cheapest first."""
    numbers = range(TRYING, TRYING + min(instance.options.years.to_try_on, instance.options.scenarios))
    several = sorted(dict.fromkeys(choices), key=lambda c: (instance.candidates.cost(c), sorted(c)))
    return [_tried(instance, chosen, numbers) for chosen in several]


def best_of(instance: Instance, choices: Sequence[Choice]) -> frozenset[str]:
    """The cheapest that suffices; among equals the one with
    the largest share, then by ids; the best where none does.
    """
    known = [(one, one.figures) for one in choices if one.figures is not None]
    if not known:
        return frozenset(choices[0].chosen)
    enough = [(one, found) for one, found in known if instance.options.goals.met_by(found)]
    if enough:
        return frozenset(min(enough, key=lambda one: (one[0].cost, -one[1].share, one[0].chosen))[0].chosen)
    return frozenset(min(known, key=lambda one: (-one[1].good, -one[1].share, one[0].chosen))[0].chosen)


def any_suffices(instance: Instance, choices: Sequence[Choice]) -> bool:
    """One of them at least, by its point estimate."""
    return any(instance.options.goals.met_by(one.figures) for one in choices)


def _tried(instance: Instance, chosen: frozenset[str], numbers: Sequence[int]) -> Choice:
    answers = instance.questions.ask(Question.OUTCOME, chosen, numbers, "Prövar de bästa lösningarna")
    return choice_of(instance, chosen, figures([outcome for outcome, _ in answers], instance.options.goals))
