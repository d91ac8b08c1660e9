"""What a year comes to under a choice of rounds: exactly, by flows where they tell it, else by the whole model."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from models.ids import Level
from models.problem import TermProblem
from scheduler.dimensioning.catalogue import Catalogue, Ints
from scheduler.dimensioning.flows import Relaxation
from scheduler.dimensioning.grouped import Kinds
from scheduler.dimensioning.seating import Seating, people_of
from scheduler.dimensioning.task import decided
from scheduler.dimensioning.years import Year, copies
from scheduler.model.build import build
from scheduler.solvers.cp_sat import Engine

MOST_WORK = 20.0
"""For CP-SAT's proof of a year, in its deterministic time: the clock must not decide what comes out."""
MOST_WORK_TOGETHER = 0.5
"""The same for hires of one kind taken together, which is soon proven or of no use."""
FOR_EVER = 1e6


@dataclass(frozen=True)
class Outcome:
    """A year's value of ``on_time`` in the plan found, the bound proven, and the weight of its counting requirements."""

    value: int
    bound: int
    weight: int

    @property
    def proven(self) -> bool:
        """No plan is better."""
        return self.value == self.bound

    @property
    def share(self) -> float:
        """Of the weight that is on time; of a year without any it is 1."""
        return 1 - self.value / self.weight if self.weight else 1.0


class Evaluation:
    """Years of one task under choices of rounds."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.relaxation = Relaxation(catalogue)
        self._kinds = Kinds(catalogue)

    def open_rounds(self, chosen: Collection[str]) -> Ints:
        """1 for each round that is fixed or chosen."""
        own = [fixed or round_ in chosen for fixed, round_ in zip(self.catalogue.fixed, self.catalogue.rounds, strict=True)]
        return np.array(own, np.int64)

    def outcome(self, number: int, chosen: Collection[str]) -> Outcome:
        """Scenario ``number`` under the choice."""
        catalogue = self.catalogue
        year, open_rounds = catalogue.year(number), self.open_rounds(chosen)
        weight = catalogue.weight(year)
        if not catalogue.plain:
            return self._by_whole_model(year, chosen, weight)
        least = self.relaxation.value(self.relaxation.demands(year), open_rounds)
        if self._exact(year):
            return Outcome(least, least, weight)
        people, seating = people_of(year), Seating(catalogue, open_rounds)
        seating.seat(people)
        found = seating.value(people)
        if found > least:
            least = max(least, self._kinds.least(year, open_rounds, MOST_WORK_TOGETHER))
        return Outcome(found, least, weight) if found == least else self._by_whole_model(year, chosen, weight)

    def _exact(self, year: Year) -> bool:
        """The flows leave nothing out: each hire has one block to book, and nobody else sits where she could."""
        independent = self.catalogue.independent
        return self.relaxation.exact_for_independent and all(independent[profile] for profile, _ in year)

    def _by_whole_model(self, year: Year, chosen: Collection[str], weight: int) -> Outcome:
        model = build(self.problem_of(year, chosen), self.catalogue.task.planning_date, None, levels=(Level.ON_TIME,))
        linear_model, goal = model.variables.linear_model, model.objectives[Level.ON_TIME]
        engine = Engine(linear_model.low, linear_model.high, linear_model.rows, self.catalogue.task.seed)
        answer = engine.minimise(goal, hint=model.start, seconds=FOR_EVER, work=MOST_WORK)
        value = goal.value(model.start) if answer.value is None else answer.value
        return Outcome(value, max(0, answer.bound or 0), weight)

    def problem_of(self, year: Year, chosen: Collection[str]) -> TermProblem:
        """The year as a problem of its own, with the chosen rounds fixed."""
        catalogue = self.catalogue
        number_drawn = len(catalogue.years.profiles)
        drawn = [(profile, number) for profile, number in year if profile < number_drawn]
        hires = (hire for profile, number in drawn for hire in copies(catalogue.profiles[profile], number))
        base = decided(catalogue.task.problem, chosen)
        return base.model_copy(update={"hires": tuple(sorted((*base.hires, *hires), key=lambda h: h.id))})


def shares(outcomes: Sequence[Outcome]) -> list[float]:
    """The share of each year."""
    return [outcome.share for outcome in outcomes]
