"""Questions about years under a choice of rounds, put to the workers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import count
from math import floor

from scheduler.dimensioning.evaluation import Evaluation
from scheduler.dimensioning.options import Options, Step, Surroundings
from scheduler.dimensioning.side_by_side import LOT, Answers, Question, SideBySide
from scheduler.dimensioning.task import Task

COPIED_TAKES, WHOLE_MODEL_TAKES, CROWD = 5, 25, 1000
"""Times as long as by flows, a year made of copies and one by the
whole model; the expected starts by which each takes twice as long.
"""


class Questions:
    """Asks the workers of one run.

    ``fast`` says that years are told by flows alone. ``complete`` turns
    False once anything was left out, as time was up or the user wanted to stop.
    """

    def __init__(self, task: Task, options: Options, evaluation: Evaluation, around: Surroundings) -> None:
        self.fast = _is_fast(evaluation)
        self.complete = True
        self._around = around
        self._scenarios = options.scenarios
        self._evaluations = count()
        lot = _lot(task, evaluation, fast=self.fast)
        self._workers = SideBySide(around.executor, task, around.workers, around.clock, around.should_stop, lot=lot)

    def note(self, *, complete: bool) -> None:
        """A part of the work has come to its end, or has not."""
        self.complete &= complete

    def fresh_years(self) -> range:
        """Scenarios that nothing was chosen on, and that no winner was evaluated on before."""
        first = next(self._evaluations) * self._scenarios
        return range(first, first + self._scenarios)

    def ask(self, question: Question, chosen: Collection[str], numbers: Sequence[int], doing: str) -> Answers:
        """The answers of the workers; where some are missing the run is not complete.

        Where time is up already only the winner is asked for: what is
        begun is waited for, and without any figures there is no answer.
        """
        if self._around.over and question is not Question.PLANNED:
            self.complete = False
            return []
        found = self._workers.ask(question, chosen, numbers, lambda done, of: self._around.tell(Step(doing, done, of)))
        self.note(complete=len(found) == len(numbers))
        return found


def _is_fast(evaluation: Evaluation) -> bool:
    catalogue = evaluation.catalogue
    return catalogue.plain and evaluation.relaxation.exact_for_independent and bool(catalogue.independent.all())


def _lot(task: Task, evaluation: Evaluation, *, fast: bool) -> int:
    """Scenarios that a worker is given at once: so few that some seconds are waited for at most when time is up."""
    each = 1 if fast else COPIED_TAKES if evaluation.catalogue.plain else WHOLE_MODEL_TAKES
    crowd = 1 + sum(cell.expected for cell in task.cells) / CROWD
    return max(1, floor(LOT / (each * crowd)))
