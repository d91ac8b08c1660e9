"""Which further round, or which other one, helps most where programmes hinder each other.

Flows by themselves do not tell that, so a few years are planned in full under each choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from models.dimensioning import Choice, Figures
from scheduler.dimensioning.by_flows import exchanged
from scheduler.dimensioning.findings import figures
from scheduler.dimensioning.instance import TRYING, Instance
from scheduler.dimensioning.side_by_side import Question
from scheduler.dimensioning.trying import tried

YEARS_TO_CLIMB_ON = 20
"""To tell which further round helps most."""
MOST_EXCHANGES = 40
"""Of one round for another, of which each is planned in full on those years."""
_YEARS = range(TRYING, TRYING + YEARS_TO_CLIMB_ON)
_DOING = "Prövar andra veckor och en omgång till"


def exchanged_in_full(instance: Instance, chosen: frozenset[str]) -> list[Choice]:
    """One round for another of the programme that is worst off, where that suffices on those years; tried."""
    for programme in _worst_off(instance, chosen)[:1]:
        exchanges = (
            c
            for c in exchanged(instance, chosen)
            if any(_programme_of(instance, round_) == programme for round_ in c - chosen)
        )
        better, found = _best(instance, list(islice(exchanges, MOST_EXCHANGES)))
        if better is not None and instance.options.goals.met_by(found):
            return tried(instance, [better])
    return []


def with_one_more_in_full(instance: Instance, chosen: frozenset[str]) -> frozenset[str] | None:
    """The choice with a round more of the programme that is worst off and has any left; None where none has."""
    candidates = instance.candidates
    for programme in _worst_off(instance, chosen):
        own = [r for r in candidates.ids if r not in chosen and _programme_of(instance, r) == programme]
        others = [chosen | {r} for r in own]
        more, _ = _best(instance, [other for other in others if candidates.allow(other)])
        if more is not None:
            return more
    return None


def _worst_off(instance: Instance, chosen: frozenset[str]) -> list[str]:
    """Programmes with anybody late, the one with most of them first."""
    late = Counter[str]()
    for _, plan in instance.questions.ask(Question.PLANNED, chosen, _YEARS, _DOING):
        if plan is not None:
            late.update({programme: of - good for programme, (good, of) in plan.programmes.items()})
    return [programme for programme, number in sorted(late.items(), key=lambda one: (-one[1], one[0])) if number]


def _best(instance: Instance, choices: Sequence[frozenset[str]]) -> tuple[frozenset[str] | None, Figures | None]:
    """Of some choices the one with the best years, then the cheapest, then by ids; with its figures."""
    best: tuple[tuple[int, int, list[str]], frozenset[str], Figures | None] | None = None
    for choice in choices:
        outcomes = [outcome for outcome, _ in instance.questions.ask(Question.OUTCOME, choice, _YEARS, _DOING)]
        if len(outcomes) == len(_YEARS):
            rank = sum(one.value for one in outcomes), instance.candidates.cost(choice), sorted(choice)
            if best is None or rank < best[0]:
                best = rank, choice, figures(outcomes, instance.options.goals)
    return (None, None) if best is None else best[1:]


def _programme_of(instance: Instance, round_: str) -> str:
    return instance.task.problem.round_by_id[round_].programme
