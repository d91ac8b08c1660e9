"""The whole of a dimensioning: choose, try, evaluate, prove, and
see how it goes as things become known (docs/spec/DIMENSION.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import islice, product
from math import floor

from models.dimensioning import Choice, Difference, Dimensioning, Figures, SeatsLeft
from scheduler.dimensioning.catalogue import Catalogue
from scheduler.dimensioning.choice import Cheapest, Search, candidates_of
from scheduler.dimensioning.evaluation import Evaluation, Outcome
from scheduler.dimensioning.findings import Goals, by_month, figures, mean_shares, seats_left
from scheduler.dimensioning.forecast import outside
from scheduler.dimensioning.planned import Planned
from scheduler.dimensioning.sample import Sample
from scheduler.dimensioning.side_by_side import LOT, Question, SideBySide
from scheduler.dimensioning.statistics import most_bad, paired
from scheduler.dimensioning.task import Task
from scheduler.solvers.clock import Clock

CHOOSING, TRYING, PROVING = 1 << 40, 2 << 40, 3 << 40
"""Numbers of the first scenarios of each sample: none is used for
two purposes. Those that the winner is evaluated on begin at 0.
"""
MOST_TO_CHOOSE_ON, MOST_TO_TRY_ON, MOST_TO_PROVE_ON = 200, 400, 500
FEWER_BESIDE_EACH_OTHER = 100
"""Scenarios to choose on where several programmes compete: each takes longer."""
MOST_EVALUATIONS = 3
"""Of winners that turn out not to suffice, each on years of its own."""
YEARS_TO_CLIMB_ON = 20
"""To tell which further round helps most where programmes hinder each other, and flows by themselves do not tell."""
MOST_EXCHANGES = 40
"""Of one round for another, of which each is planned in full on those years."""
YEARS_AS_KNOWN = 200
COPIED_TAKES, WHOLE_MODEL_TAKES, CROWD = 5, 25, 1000
"""Times as long as by flows, a year made of copies and one by the
whole model; the expected starts by which each takes twice as long.
"""
ROUNDS_FEWER, ROUNDS_MORE = 3, 3
"""How far the curve goes beside the winner."""
SHARE_TO_CHOOSE, SHARE_TO_PROVE, SHARE_AFTER_CLIMBING = 0.15, 0.2, 0.4
"""Of the time that there is in all; the last is what is left over when no further round is tried."""
_FULL_YEARS = range(TRYING, TRYING + YEARS_TO_CLIMB_ON)
_CLIMBING = "Prövar andra veckor och en omgång till"


@dataclass(frozen=True)
class Options:
    """What the user asks for."""

    goals: Goals
    scenarios: int = 1000


@dataclass(frozen=True)
class Step:
    """How far it has come: what is done at the moment, and so many scenarios of how many."""

    doing: str
    done: int = 0
    of: int = 0


@dataclass(frozen=True)
class Surroundings:
    """What the front door lends: workers, time, whom to tell, and whether the user wants to stop."""

    executor: Executor
    workers: int
    clock: Clock
    tell: Callable[[Step], None]
    should_stop: Callable[[], bool]

    @property
    def over(self) -> bool:
        """No time is left, or the user wants to stop."""
        return self.clock.left == 0 or self.should_stop()


def dimension(task: Task, options: Options, around: Surroundings) -> Dimensioning:
    """The cheapest choice of candidates that suffices, how it fares, and what no sufficient choice is cheaper than."""
    return _Dimensioning(task, options, around).run()


class _Dimensioning:
    """One run."""

    def __init__(self, task: Task, options: Options, around: Surroundings) -> None:
        self._task, self._options, self._around = task, options, around
        self._goals = options.goals
        around.tell(Step("Läser vad som kan bokas"))
        self._evaluation = Evaluation(Catalogue(task.nameless()))
        self._workers = SideBySide(
            around.executor, task, around.workers, around.clock, around.should_stop, lot=self._lot(task)
        )
        parts = len(self._evaluation.relaxation.alternatives)
        self._to_choose_on = MOST_TO_CHOOSE_ON if parts < 2 else FEWER_BESIDE_EACH_OTHER
        self._to_prove_on = MOST_TO_PROVE_ON if parts < 2 else MOST_TO_CHOOSE_ON
        around.tell(Step("Drar möjliga år"))
        self._sample = self._sampled(CHOOSING, self._to_choose_on)
        self._candidates = candidates_of(self._sample)
        self._complete = True
        self._won: list[Outcome] = []
        self._numbers = range(0)
        self._evaluations = 0
        self._tries: list[Choice] = []
        self._beside: dict[frozenset[str], Choice] = {}

    def run(self) -> Dimensioning:
        """Everything, in the order of what one wants to know first if time is short."""
        cheapest = self._search(self._sample, self._spare(self._to_choose_on), SHARE_TO_CHOOSE)
        self._complete &= cheapest.complete
        tried = self._try([self._improved(choice) for choice in self._worth_trying(cheapest)])
        won, plans = self._evaluated(tried, may_climb=cheapest.chosen is not None)
        bound, impossible = self._prove()
        won, plans = self._cheaper(won, plans, bound or 0)
        if self._goals.met_by(won.figures) and (impossible or (bound or 0) > won.cost):
            bound, impossible = (
                won.cost,
                False,
            )  # the years of the proof were worse; what is claimed is that nothing cheaper will do
        winner = frozenset(won.chosen)
        as_known = self._as_known(winner)
        ladder = self._ladder(winner, won)
        return Dimensioning(
            complete=self._complete,
            goal=float(self._goals.share),
            wanted=float(self._goals.probability),
            seed=self._task.seed,
            priced=any(r.cost is not None for r in self._task.candidates),
            winner=won,
            sufficient=self._goals.met_by(won.figures),
            as_known=as_known,
            bound=bound,
            impossible=impossible,
            proven_on=0 if bound is None and not impossible else self._to_prove_on,
            chosen_on=self._to_choose_on,
            tried_on=max((t.figures.scenarios for t in tried if t.figures), default=0),
            by_rounds=ladder,
            by_programme=mean_shares([plan.programmes for plan in plans]),
            by_organisation=mean_shares([plan.organisations for plan in plans]),
            by_month=by_month(plans),
            seats=tuple(self._left(winner, plans)),
            expected=sum(cell.expected for cell in self._task.cells),
            outside=outside(self._task.cells, self._task.problem),
        )

    def _lot(self, task: Task) -> int:
        """Scenarios that a worker is given at once: so few that some seconds are waited for at most when time is up."""
        each = 1 if self._fast else COPIED_TAKES if self._evaluation.catalogue.plain else WHOLE_MODEL_TAKES
        crowd = 1 + sum(cell.expected for cell in task.cells) / CROWD
        return max(1, floor(LOT / (each * crowd)))

    def _sampled(self, first: int, number: int) -> Sample:
        return Sample(self._evaluation, range(first, first + number), self._goals.share)

    def _spare(self, number: int) -> int:
        """Years of so many that may be bad by the goal itself."""
        return floor(number * (1 - self._goals.probability))

    def _search(self, sample: Sample, bad_years: int, share_of_time: float) -> Cheapest:
        around = self._around
        clock = around.clock.limited(min(around.clock.left, share_of_time * around.clock.max_seconds))
        self._around.tell(Step("Söker den billigaste lösning som räcker"))
        return Search(sample, self._candidates, bad_years, self._task.seed).run(clock, around.should_stop)

    def _worth_trying(self, cheapest: Cheapest) -> Iterator[frozenset[str]]:
        """The cheapest on the sample, that with half as many bad years,
        and one round more; what comes closest where none suffices.
        """
        if cheapest.chosen is None:
            yield self._closest()
            return
        yield cheapest.chosen
        safer = self._search(self._sample, self._spare(self._to_choose_on) // 2, SHARE_TO_CHOOSE)
        self._complete &= safer.complete
        if safer.chosen is not None and safer.chosen != cheapest.chosen:
            yield safer.chosen
        if (more := self._with_one_more(cheapest.chosen)) is not None:
            yield more

    def _closest(self) -> frozenset[str]:
        """Candidates one by one, each the one that helps most, as long
        as that helps: where no choice suffices, or no time was left.
        """
        own = frozenset[str]()
        while (more := self._with_one_more(own)) is not None and self._sample.share(more) > self._sample.share(own):
            own = more
        return own

    def _improved(self, chosen: frozenset[str]) -> frozenset[str]:
        """Of choices as cheap, one that has a larger share: rounds are exchanged one by one as long as that helps."""
        best, share = chosen, self._sample.share(chosen)
        self._around.tell(Step("Prövar andra veckor till samma kostnad"))
        while not self._around.over:
            tried = ((-self._sample.share(other), sorted(other)) for other in self._exchanged(best))
            better, ids = min(tried, default=(0.0, []))
            if -better <= share:
                break
            share, best = -better, frozenset(ids)
        return best

    def _exchanged(self, chosen: frozenset[str]) -> Iterator[frozenset[str]]:
        """One round for another of the same programme that costs no more."""
        rounds = self._task.problem.round_by_id
        for old, new in product(sorted(chosen), self._candidates.ids):
            other = (chosen - {old}) | {new}
            alike = rounds[old].programme == rounds[new].programme
            cheap = self._candidates.costs[new] <= self._candidates.costs[old]
            if new not in chosen and alike and cheap and self._candidates.allow(other) and not self._around.over:
                yield other

    def _with_one_more(self, chosen: frozenset[str]) -> frozenset[str] | None:
        others = [chosen | {id_} for id_ in self._candidates.ids if id_ not in chosen]
        allowed = [other for other in others if self._candidates.allow(other)]
        return max(allowed, key=lambda c: (self._sample.share(c), -self._candidates.cost(c)), default=None)

    def _with_one_fewer(self, chosen: frozenset[str]) -> frozenset[str]:
        fewer = [chosen - {id_} for id_ in sorted(chosen)]
        return max(fewer, key=lambda c: (self._sample.share(c), -self._candidates.cost(c)))

    def _asked(
        self, question: Question, chosen: Collection[str], numbers: Sequence[int], doing: str
    ) -> list[tuple[Outcome, Planned | None]]:
        """The answers of the workers; where some are missing the run is not complete.

        Where time is up already only the winner is asked for: what is
        begun is waited for, and without any figures there is no answer.
        """
        if self._around.over and question is not Question.PLANNED:
            self._complete = False
            return []
        found = self._workers.ask(question, chosen, numbers, lambda done, of: self._around.tell(Step(doing, done, of)))
        self._complete &= len(found) == len(numbers)
        return found

    def _tried(self, chosen: frozenset[str], numbers: Sequence[int], doing: str) -> Choice:
        answers = self._asked(Question.OUTCOME, chosen, numbers, doing)
        outcomes = [outcome for outcome, _ in answers]
        beside = paired([one.share for one in self._won], [one.share for one in outcomes]) if self._won else None
        return self._choice(chosen, figures(outcomes, self._goals), beside)

    def _choice(self, chosen: Collection[str], found: Figures | None, beside: Difference | None = None) -> Choice:
        cost = self._candidates.cost(chosen)
        return Choice(chosen=tuple(sorted(chosen)), cost=cost, figures=found, beside_winner=beside)

    def _try(self, choices: Sequence[frozenset[str]]) -> list[Choice]:
        """Each choice on all scenarios of one sample."""
        number = min(MOST_TO_TRY_ON, self._options.scenarios)
        numbers = range(TRYING, TRYING + number)
        several = sorted(dict.fromkeys(choices), key=lambda c: (self._candidates.cost(c), sorted(c)))
        found = [self._tried(chosen, numbers, "Prövar de bästa lösningarna") for chosen in several]
        self._tries += found
        return found

    def _evaluated(self, tried: Sequence[Choice], *, may_climb: bool) -> tuple[Choice, list[Planned]]:
        """The winner on scenarios that nothing was chosen on; where
        it does not suffice there, the next one, on others again.

        Further rounds are tried where some choice sufficed by flows alone (``may_climb``): else none would do.
        """
        left = list(tried)
        cheapest = min(left, key=lambda one: (one.cost, one.chosen))
        if may_climb and not self._fast and not self._around.over and not self._goals.met_by(cheapest.figures):
            left += self._exchanged_in_full(frozenset(cheapest.chosen))
        for _ in range(MOST_EVALUATIONS):
            while may_climb and not self._any_enough(left) and (more := self._climbed(left)) is not None:
                left.append(more)
            won, plans = self._evaluate(self._winner(left))
            if self._goals.met_by(won.figures) or self._around.over:
                break
            following = [one for one in left if one.cost >= won.cost and one.chosen != won.chosen]
            if not self._any_enough(following):
                more = self._climbed([won]) if may_climb else None
                if more is None:
                    break
                following = [more]
            left = following
        return won, plans

    def _any_enough(self, tried: Sequence[Choice]) -> bool:
        return any(self._goals.met_by(one.figures) for one in tried)

    def _climbed(self, tried: Sequence[Choice]) -> Choice | None:
        """The best of some choices with the round that helps it most, tried; None where none is left, or no time."""
        clock = self._around.clock
        if self._around.over or clock.left < SHARE_AFTER_CLIMBING * clock.max_seconds:
            self._complete = False
            return None
        best = self._winner(tried)
        more = self._with_one_more(best) if self._fast else self._with_one_more_in_full(best)
        if more is None:
            return None
        return next(iter(self._try([more])))

    def _exchanged_in_full(self, chosen: frozenset[str]) -> Iterator[Choice]:
        """By a few years planned in full: one round for another of the
        programme that is worst off, where that suffices on them; tried.
        """
        for programme in self._worst_off(chosen)[:1]:
            exchanges = (
                c for c in self._exchanged(chosen) if any(self._of(round_) == programme for round_ in c - chosen)
            )
            better, found = self._best_in_full(list(islice(exchanges, MOST_EXCHANGES)))
            if better is not None and self._goals.met_by(found):
                yield from self._try([better])

    def _with_one_more_in_full(self, chosen: frozenset[str]) -> frozenset[str] | None:
        """As ``_with_one_more``, by a few years planned in full: a
        round of the programme that is worst off and has any left.
        """
        for programme in self._worst_off(chosen):
            others = [chosen | {r} for r in self._candidates.ids if r not in chosen and self._of(r) == programme]
            more, _ = self._best_in_full([other for other in others if self._candidates.allow(other)])
            if more is not None:
                return more
        return None

    def _worst_off(self, chosen: frozenset[str]) -> list[str]:
        """Programmes with anybody late, the one with most of them first."""
        late = Counter[str]()
        for _, plan in self._asked(Question.PLANNED, chosen, _FULL_YEARS, _CLIMBING):
            if plan is not None:
                late.update({programme: of - good for programme, (good, of) in plan.programmes.items()})
        return [programme for programme, number in sorted(late.items(), key=lambda one: (-one[1], one[0])) if number]

    def _best_in_full(self, choices: Sequence[frozenset[str]]) -> tuple[frozenset[str] | None, Figures | None]:
        """Of some choices the one with the best years, then the cheapest, then by ids; with its figures."""
        best: tuple[tuple[int, int, list[str]], frozenset[str], Figures | None] | None = None
        for choice in choices:
            outcomes = [outcome for outcome, _ in self._asked(Question.OUTCOME, choice, _FULL_YEARS, _CLIMBING)]
            if len(outcomes) == len(_FULL_YEARS):
                rank = sum(one.value for one in outcomes), self._candidates.cost(choice), sorted(choice)
                if best is None or rank < best[0]:
                    best = rank, choice, figures(outcomes, self._goals)
        return (None, None) if best is None else best[1:]

    def _of(self, round_: str) -> str:
        return self._task.problem.round_by_id[round_].programme

    def _winner(self, tried: Sequence[Choice]) -> frozenset[str]:
        """The cheapest that suffices; among equals the one with
        the largest share, then by ids; the best where none does.
        """
        known = [(one, one.figures) for one in tried if one.figures is not None]
        if not known:
            return frozenset(tried[0].chosen)
        enough = [(one, found) for one, found in known if self._goals.met_by(found)]
        if enough:
            return frozenset(min(enough, key=lambda one: (one[0].cost, -one[1].share, one[0].chosen))[0].chosen)
        return frozenset(min(known, key=lambda one: (-one[1].good, -one[1].share, one[0].chosen))[0].chosen)

    def _cheaper(self, won: Choice, plans: list[Planned], bound: int) -> tuple[Choice, list[Planned]]:
        """A cheaper choice where that suffices too, though the years that choices are tried on spoke against it.

        One that suffices on the winner's years is evaluated on years
        of its own: a choice is never told by those it was chosen on.
        """
        while (better := self._that_suffices_too(self._perhaps_cheaper(won, bound))) is not None:
            won, plans = better
        return won, plans

    def _that_suffices_too(self, choices: Iterable[frozenset[str]]) -> tuple[Choice, list[Planned]] | None:
        """The cheapest of some choices that suffices on the winner's
        years and on its own; among equals that with the largest share.
        """
        beside = [self._beside_winner(chosen) for chosen in choices]
        enough = [
            (one.cost, -one.figures.share, one.chosen)
            for one in beside
            if one.figures and self._goals.met_by(one.figures)
        ]
        for _, _, chosen in sorted(enough)[:MOST_EVALUATIONS]:
            before = self._won, self._numbers, self._beside
            better, plans = self._evaluate(frozenset(chosen))
            if self._goals.met_by(better.figures):
                return better, plans
            self._won, self._numbers, self._beside = before
        return None

    def _perhaps_cheaper(self, won: Choice, bound: int) -> Iterator[frozenset[str]]:
        """Choices that neither the bound nor the years on which they
        were tried rule out; none beside a winner that does not suffice.
        """
        if bound >= won.cost or not self._goals.met_by(won.figures):
            return
        found = {frozenset(one.chosen) for one in self._tries if self._goals.not_surely_missed_by(one.figures)}
        if won.chosen:
            found.add(self._improved(self._with_one_fewer(frozenset(won.chosen))))
        for other in sorted(found, key=sorted):
            if bound <= self._candidates.cost(other) < won.cost and not self._around.over:
                yield other

    def _evaluate(self, winner: frozenset[str]) -> tuple[Choice, list[Planned]]:
        """The winner on scenarios of its own; ``self._won`` are its outcomes, beside which other choices are put."""
        first = self._evaluations * self._options.scenarios
        self._numbers = range(first, first + self._options.scenarios)
        self._evaluations, self._beside = self._evaluations + 1, {}
        answers = self._asked(Question.PLANNED, winner, self._numbers, "Räknar på år som ingenting valdes efter")
        self._won = [outcome for outcome, _ in answers]
        return self._choice(winner, figures(self._won, self._goals)), [plan for _, plan in answers if plan is not None]

    def _prove(self) -> tuple[int | None, bool]:
        """A lower bound with 95 % confidence, and whether with this confidence no choice suffices at all."""
        allowed = most_bad(self._to_prove_on, self._goals.probability)
        if self._around.over:
            self._complete = False
            return None, False
        self._around.tell(Step("Bevisar att färre inte räcker"))
        found = self._search(self._sampled(PROVING, self._to_prove_on), allowed, SHARE_TO_PROVE)
        self._complete &= found.complete
        impossible = found.complete and found.chosen is None
        return (None if impossible else found.bound), impossible

    def _as_known(self, winner: frozenset[str]) -> Figures | None:
        doing = "Planerar månad för månad"
        numbers = range(self._numbers.start, self._numbers.start + YEARS_AS_KNOWN)
        answers = self._asked(Question.AS_KNOWN, winner, numbers, doing)
        return figures([outcome for outcome, _ in answers], self._goals, proven=False)

    def _ladder(self, winner: frozenset[str], won: Choice) -> tuple[Choice, ...]:
        """With fewer and with more rounds, each the best that exchanges find, on the winner's own scenarios."""
        if self._around.over:
            self._complete = False
            return (won,)
        choices = {len(winner): winner}
        for number in range(len(winner) - 1, max(-1, len(winner) - ROUNDS_FEWER - 1), -1):
            choices[number] = self._improved(self._with_one_fewer(choices[number + 1]))
        for number in range(len(winner) + 1, len(winner) + ROUNDS_MORE + 1):
            if (more := self._with_one_more(choices[number - 1])) is None:
                break
            choices[number] = self._improved(more)
        number = len(self._years_beside)
        own = won if self._fast else self._choice(winner, figures(self._won[:number], self._goals))
        return tuple(own if chosen == winner else self._beside_winner(chosen) for _, chosen in sorted(choices.items()))

    def _beside_winner(self, chosen: frozenset[str]) -> Choice:
        """Another choice on the winner's years, or on the first of them where years take long."""
        if chosen not in self._beside:
            self._beside[chosen] = self._tried(chosen, self._years_beside, "Räknar med fler och färre omgångar")
        return self._beside[chosen]

    @property
    def _years_beside(self) -> range:
        return self._numbers if self._fast else self._numbers[:YEARS_AS_KNOWN]

    @property
    def _fast(self) -> bool:
        """Years are told by flows alone."""
        catalogue = self._evaluation.catalogue
        return (
            catalogue.plain and self._evaluation.relaxation.exact_for_independent and bool(catalogue.independent.all())
        )

    def _left(self, winner: frozenset[str], plans: Sequence[Planned]) -> Iterator[SeatsLeft]:
        """Seats and how many of them are used, of the rounds that are held."""
        catalogue = self._evaluation.catalogue
        for place, id_ in enumerate(catalogue.rounds):
            if plans and (catalogue.fixed[place] or id_ in winner):
                yield seats_left(id_, catalogue.problem.round_by_id[id_].seats, plans)
