"""What every step of one dimensioning works with: the task, years to choose on, the candidates, and the workers."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from scheduler.dimensioning.catalogue import Catalogue
from scheduler.dimensioning.choice import Candidates, Cheapest, Search, candidates_of
from scheduler.dimensioning.evaluation import Evaluation
from scheduler.dimensioning.options import Options, Step, Surroundings
from scheduler.dimensioning.questions import Questions
from scheduler.dimensioning.sample import Sample
from scheduler.dimensioning.task import Task

CHOOSING, TRYING, PROVING = 1 << 40, 2 << 40, 3 << 40
"""Numbers of the first scenarios of each sample: none is used for
two purposes. Those that the winner is evaluated on begin at 0.
"""


@dataclass(frozen=True)
class Instance:
    """One run; ``sample`` are the years to choose on."""

    task: Task
    options: Options
    around: Surroundings
    evaluation: Evaluation
    questions: Questions
    sample: Sample
    candidates: Candidates

    @property
    def years_to_prove_on(self) -> int:
        """Their number."""
        years = self.options.years
        return years.to_choose_on if _several(self.evaluation) else years.to_prove_on

    def spare(self, number: int) -> int:
        """Years of so many that may be bad by the goal itself."""
        return floor(number * (1 - self.options.goals.probability))

    def search(self, sample: Sample, bad_years: int, share_of_time: float) -> Cheapest:
        """The cheapest choice on a sample of which so many years may be bad, within a share of the time in all."""
        around = self.around
        clock = around.clock.limited(min(around.clock.left, share_of_time * around.clock.max_seconds))
        around.tell(Step("Söker den billigaste lösning som räcker"))
        found = Search(sample, self.candidates, bad_years, self.task.seed).run(clock, around.should_stop)
        self.questions.note(complete=found.complete)
        return found

    def proving_sample(self) -> Sample:
        """Years on which nothing else was looked at, for the proof."""
        return _sampled(self.evaluation, self.options, PROVING, self.years_to_prove_on)


def instance_of(task: Task, options: Options, around: Surroundings) -> Instance:
    """What can be booked is read, and years to choose on are drawn."""
    around.tell(Step("Läser vad som kan bokas"))
    evaluation = Evaluation(Catalogue(task.nameless()))
    questions = Questions(task, options, evaluation, around)
    around.tell(Step("Drar möjliga år"))
    years = options.years
    number = years.to_choose_among_several if _several(evaluation) else years.to_choose_on
    sample = _sampled(evaluation, options, CHOOSING, number)
    return Instance(task, options, around, evaluation, questions, sample, candidates_of(sample))


def _several(evaluation: Evaluation) -> bool:
    """More programmes than one, or remainders of such, fall short each by itself."""
    return len(evaluation.relaxation.alternatives) > 1


def _sampled(evaluation: Evaluation, options: Options, first: int, number: int) -> Sample:
    return Sample(evaluation, range(first, first + number), options.goals.share)
