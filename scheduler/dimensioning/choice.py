"""The cheapest choice of rounds that suffices on a sample of years, and what no sufficient choice can be cheaper than.

Sample average approximation of a chance constraint (Luedtke and Ahmed 2008): so many years of the
sample may be bad, all others must be good. Whether a year is good is told by cuts (Benders): a set
of rounds, and the hires who have no other place in time. For each set of rounds only the years that
ask for most of it can be let go, and what the next one asks for is needed by every choice (Luedtke,
Ahmed and Nemhauser 2010). All of it is whole numbers in CP-SAT, so that its bound is a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from math import gcd

from scheduler.dimensioning.sample import PieceCut, Sample
from scheduler.linear.model import Linear, total
from scheduler.seat_rules.shared import blocked_proposals, conflicts
from scheduler.solvers.clock import Clock
from scheduler.solvers.cp_sat import Engine, never

MOST_SECONDS = 1e6
CUTS_A_TURN = 12
"""Years of which a cut is asked in one turn, the worst first."""


@dataclass(frozen=True)
class Candidates:
    """The rounds to choose among: in id order, with their costs,
    those that cannot run at all, and pairs that do not run both.
    """

    ids: tuple[str, ...]
    costs: Mapping[str, int]
    never: frozenset[str]
    apart: tuple[tuple[str, str], ...]

    def cost(self, chosen: Collection[str]) -> int:
        """What a choice costs."""
        return sum(self.costs[round_] for round_ in chosen)

    def allow(self, chosen: Collection[str]) -> bool:
        """All of them can run beside each other."""
        own = set(chosen)
        return not own & self.never and not any(own.issuperset(pair) for pair in self.apart)


def candidates_of(sample: Sample) -> Candidates:
    """Those of the sample's task; where no candidate has a cost each costs 1."""
    task = sample.evaluation.catalogue.task
    ids = tuple(r.id for r in task.candidates)
    pairs = tuple(pair for pair in sorted(conflicts(task.problem)) if set(pair) <= set(ids))
    costs = {r.id: 1 if r.cost is None else r.cost for r in task.candidates}
    return Candidates(ids, costs, blocked_proposals(task.problem, ()), pairs)


@dataclass(frozen=True)
class Cheapest:
    """``chosen`` is None where no choice suffices on the sample; ``bound`` holds however it ended, None without any.

    ``complete``: the search came to its end.
    """

    chosen: frozenset[str] | None
    bound: int | None
    complete: bool


class Search:
    """The search for the cheapest choice on one sample.

    Where several programmes fall short each by itself, ``_part`` holds what each does in each year, so that what is
    learnt of one is not learnt again beside everything that another may do.
    """

    def __init__(self, sample: Sample, candidates: Candidates, bad_years: int, seed: int) -> None:
        self._sample = sample
        self._candidates = candidates
        self._bad_years = bad_years
        rounds = sample.evaluation.catalogue.rounds
        self._places = [rounds.index(id_) for id_ in candidates.ids]
        number, years, parts = len(candidates.ids), len(sample.numbers), sample.parts
        self._first_year = number
        self._first_part = number + years
        shared = parts if parts > 1 else 0
        self._none = number + years + years * shared
        self._too_dear = sum(candidates.costs.values()) + 1
        most = int(sample.weights.max(initial=0))
        high = [1] * (number + years) + [most] * (years * shared) + [1]
        self._engine = Engine([0] * len(high), high, (), seed)
        self._engine.cap(total(range(number, number + years)), bad_years)
        place = {id_: variable for variable, id_ in enumerate(candidates.ids)}
        for pair in candidates.apart:
            self._engine.cap(total(place[id_] for id_ in pair), 1)
        self._engine.cap(total(place[id_] for id_ in candidates.never), 0)
        for year in range(years if shared else 0):
            slack = int(sample.weights[year] - sample.allowed[year])
            whole = total(self._part(year, part) for part in range(parts))
            whole.add(total([self._first_year + year, self._none], -slack))
            self._engine.cap(whole, int(sample.allowed[year]))
        self._cost = Linear(
            [*range(number), self._none], [*(candidates.costs[id_] for id_ in candidates.ids), self._too_dear]
        )
        self._cuts: set[tuple[PieceCut, ...]] = set()
        self._part_cuts: set[tuple[int, PieceCut]] = set()

    def run(self, clock: Clock, should_stop: Callable[[], bool] = never) -> Cheapest:
        """The cheapest choice, as long as there is time."""
        bound: int | None = None
        best: frozenset[str] | None = None
        while clock.left > 0 and not should_stop():
            answer = self._engine.minimise(
                self._cost, hint=None, seconds=min(clock.left, MOST_SECONDS), should_stop=should_stop
            )
            if answer.bound is not None:
                bound = max(bound or 0, answer.bound)
            if answer.values is None or not answer.proven:
                break
            if answer.values[self._none]:
                return Cheapest(None, self._too_dear, complete=True)
            chosen = frozenset(id_ for v, id_ in enumerate(self._candidates.ids) if answer.values[v])
            bad = self._sample.bad(chosen)
            if len(bad) <= self._bad_years:
                return Cheapest(chosen, bound, complete=True)
            best = self._cheaper(best, self._mended(chosen, clock))
            if best is not None and self._candidates.cost(best) == bound:
                return Cheapest(best, bound, complete=True)
            let_go = {k for k in range(len(self._sample.numbers)) if answer.values[self._first_year + k]}
            self._learn(chosen, [int(k) for k in bad if k not in let_go])
        return Cheapest(best, bound, complete=False)

    def _cheaper(self, one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
        """The cheaper of two choices that suffice; of equal ones
        the first by ids, so that the order of finding is no matter.
        """
        found = [choice for choice in (one, other) if choice is not None]
        return min(found, key=lambda c: (self._candidates.cost(c), sorted(c)), default=None)

    def _mended(self, chosen: frozenset[str], clock: Clock) -> frozenset[str] | None:
        """A choice that is not enough, with the candidates added
        that help most, and without those that are not needed then.
        """
        own = set(chosen)
        while len(self._sample.bad(own)) > self._bad_years:
            others = [id_ for id_ in self._candidates.ids if id_ not in own and self._candidates.allow({*own, id_})]
            if not others or clock.left == 0:
                return None
            own.add(min(others, key=lambda id_: (self._sample.over({*own, id_}), self._candidates.costs[id_], id_)))
        for id_ in sorted(own, key=lambda id_: (-self._candidates.costs[id_], id_)):
            if len(self._sample.bad(own - {id_})) <= self._bad_years:
                own.discard(id_)
        return frozenset(own)

    def _learn(self, chosen: frozenset[str], years: list[int]) -> None:
        """Cuts that the choice breaks."""
        new = 0
        for year in years:
            cut = self._sample.cut(year, chosen)
            if cut not in self._cuts:
                self._cuts.add(cut)
                self._add(cut)
                new += 1
            if self._sample.parts > 1:
                for part, one in self._sample.part_of(cut):
                    self._add_part(part, one)
            if new == CUTS_A_TURN:
                return

    def _part(self, year: int, part: int) -> int:
        return self._first_part + year * self._sample.parts + part

    def _add_part(self, part: int, cut: PieceCut) -> None:
        """In every year, what the part falls short by is at least those of the cut less their seats."""
        if (part, cut) in self._part_cuts:
            return
        self._part_cuts.add((part, cut))
        shortage = self._sample.shortage((cut,), of_goal=False)
        terms = [(v, int(shortage.seats[place])) for v, place in enumerate(self._places) if shortage.seats[place]]
        for year, least in enumerate(shortage.least):
            if least > 0:
                held = Linear([v for v, _ in terms], [-min(seats, int(least)) for _, seats in terms])
                held.add(total([self._part(year, part)], -1))
                self._engine.cap(held, -int(least))

    def _add(self, cut: tuple[PieceCut, ...]) -> None:
        """What the cut asks of every choice, and what it asks of those that let one of the worst years not go."""
        shortage = self._sample.shortage(cut)
        seats = [int(shortage.seats[place]) for place in self._places]
        unit = gcd(*seats) or 1
        worst = sorted(((-(-int(n) // unit), k) for k, n in enumerate(shortage.least)), key=lambda w: (-w[0], w[1]))
        # Of the worst years so many may be let go; what the next one asks for cannot.
        least = max(0, worst[min(self._bad_years, len(worst) - 1)][0]) if self._bad_years < len(worst) else 0
        self._at_least(seats, unit, least, {})
        for asked, year in worst[: self._bad_years]:
            if asked > least:
                self._at_least(seats, unit, asked, {self._first_year + year: asked - least})

    def _at_least(self, seats: list[int], unit: int, least: int, excuses: Mapping[int, int]) -> None:
        """seats of what is chosen >= least, in units, or as much less as an excuse is worth; or no choice at all."""
        variables, coefs = [], []
        for variable, coef in _terms(seats, unit, least, excuses, self._none):
            variables.append(variable)
            coefs.append(-coef)
        if least > 0:
            self._engine.cap(Linear(variables, coefs), -least)


def _terms(seats: list[int], unit: int, least: int, excuses: Mapping[int, int], none: int) -> Iterator[tuple[int, int]]:
    """Coefficients, none larger than what is asked for: more than enough is enough."""
    yield from ((variable, min(number // unit, least)) for variable, number in enumerate(seats) if number)
    yield from excuses.items()
    yield none, least
