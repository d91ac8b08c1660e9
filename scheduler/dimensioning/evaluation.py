"""What a year comes to under a choice of rounds: exactly, by flows where they tell it, else by the whole model."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from models.ids import Level
from models.problem import TermProblem
from scheduler.dimensioning.catalogue import Catalogue
from scheduler.dimensioning.copied import CopiedYear, Seated, Templates
from scheduler.dimensioning.flows import Relaxation
from scheduler.dimensioning.networks import Ints
from scheduler.dimensioning.planned import Kept, Planned, fullest, planned
from scheduler.dimensioning.seating import Person, Seating, people_of
from scheduler.dimensioning.task import decided
from scheduler.dimensioning.years import Year, copies
from scheduler.linear.model import Values
from scheduler.model.build import Model, build
from scheduler.solvers.cp_sat import Engine

MOST_WORK = 20.0
"""For CP-SAT's proof of a year, in its deterministic time: the clock must not decide what comes out."""
MOST_WORK_COPIED = 2.0
"""For the proof of a year made of copies, in the same time: a city's takes about 0.05."""
FOR_EVER = 1e6


@dataclass(frozen=True)
class Outcome:
    """A year's value of ``on_time`` in the plan found, the
    bound proven, and the weight of its counting requirements.
    """

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
        self.templates = Templates(catalogue)

    def open_rounds(self, chosen: Collection[str]) -> Ints:
        """1 for each round that is fixed or chosen."""
        catalogue = self.catalogue
        own = [fixed or one in chosen for fixed, one in zip(catalogue.fixed, catalogue.rounds, strict=True)]
        return np.array(own, np.int64)

    def outcome(self, number: int, chosen: Collection[str]) -> Outcome:
        """Scenario ``number`` under the choice."""
        catalogue = self.catalogue
        year, open_rounds = catalogue.year(number), self.open_rounds(chosen)
        weight = catalogue.weight(year)
        if not catalogue.plain:
            return self._by_whole_model(year, chosen, weight)[0]
        least = self.relaxation.value(self.relaxation.demands(year), open_rounds)
        if self.is_exact(year):
            return Outcome(least, least, weight)
        people, seating = self._seated(year, open_rounds)
        return self._best(year, open_rounds, weight, least, self._of_seating(people, seating))[0]

    def planned(self, number: int, chosen: Collection[str]) -> tuple[Outcome, Planned]:
        """Scenario ``number`` under the choice, with a plan of the year."""
        catalogue = self.catalogue
        year, open_rounds = catalogue.year(number), self.open_rounds(chosen)
        weight = catalogue.weight(year)
        if not catalogue.plain:
            outcome, model, values = self._by_whole_model(year, chosen, weight)
            return outcome, _of_model(model, values)
        people, seating = self._seated(year, open_rounds)
        least = self.relaxation.value(self.relaxation.demands(year), open_rounds)
        return self._best(year, open_rounds, weight, least, self._of_seating(people, seating))

    def problem_of(self, year: Year, chosen: Collection[str]) -> TermProblem:
        """The year as a problem of its own, with the chosen rounds fixed."""
        catalogue = self.catalogue
        number_drawn = len(catalogue.years.profiles)
        drawn = [(profile, number) for profile, number in year if profile < number_drawn]
        hires = (hire for profile, number in drawn for hire in copies(catalogue.profiles[profile], number))
        base = decided(catalogue.task.problem, chosen)
        return base.model_copy(update={"hires": tuple(sorted((*base.hires, *hires), key=lambda h: h.id))})

    def is_exact(self, year: Year) -> bool:
        """The flows leave nothing out: each hire has one block to book, and nobody else sits where she could."""
        independent = self.catalogue.independent
        return self.relaxation.exact_for_independent and all(independent[profile] for profile, _ in year)

    def _seated(self, year: Year, open_rounds: Ints) -> tuple[list[Person], Seating]:
        people, seating = people_of(year), Seating(self.catalogue, open_rounds)
        seating.seat(people)
        return people, seating

    def _best(self, year: Year, open_rounds: Ints, weight: int, least: int, found: Planned) -> tuple[Outcome, Planned]:
        """The plan found where the flows prove it the best; else the best of copies."""
        if found.value == least:
            return Outcome(least, least, weight), found
        people = [Seated(profile) for profile, number in year for _ in range(number)]
        solved = CopiedYear(self.templates, people, open_rounds).solve(MOST_WORK_COPIED)
        plan = min(solved.plan, found, key=lambda plan: plan.value)
        return Outcome(plan.value, max(least, solved.bound), weight), plan

    def _by_whole_model(self, year: Year, chosen: Collection[str], weight: int) -> tuple[Outcome, Model, Values]:
        day = self.catalogue.task.planning_date
        model = build(self.problem_of(year, chosen), day, None, levels=(Level.ON_TIME,))
        engine, goal = engine_of(model, self.catalogue.task.seed), model.objectives[Level.ON_TIME]
        answer = engine.minimise(goal, hint=model.start, seconds=FOR_EVER, work=MOST_WORK)
        values = model.start if answer.values is None else answer.values
        return Outcome(goal.value(values), max(0, answer.bound or 0), weight), model, values

    def _of_seating(self, people: Sequence[Person], seating: Seating) -> Planned:
        catalogue = self.catalogue
        requirements, seats = [], []
        for person in people:
            hire = catalogue.profiles[person.profile]
            seats += [(catalogue.rounds[place], module) for place, module in seating.seats_of(person)]
            requirements += [
                Kept(catalogue.programmes[w.programme], hire.organisation, hire.starts, w.weight, person.has(w))
                for w in catalogue.wants[person.profile]
            ]
        return planned(requirements, fullest(seats))


def engine_of(model: Model, seed: int) -> Engine:
    """CP-SAT with the whole model of a year."""
    linear_model = model.variables.linear_model
    return Engine(linear_model.low, linear_model.high, linear_model.rows, seed)


def _of_model(model: Model, values: Values) -> Planned:
    seats = [(c.offer.round.id, module) for c in model.chosen(values) for module in c.block.modules]
    requirements = (
        Kept(
            need.programme.id,
            need.hire.organisation,
            need.hire.starts,
            need.weight,
            bool(model.variables.on_time(need).value(values)),
        )
        for need in model.variables.needs
        if need.counts
    )
    return planned(requirements, fullest(seats))
