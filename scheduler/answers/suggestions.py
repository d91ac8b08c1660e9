"""What would help: changes of the input, each tried by solving, with what it gives (MODEL.md, Reasons).

A change is tried on a small part of the model: those who might profit and those who sit in the round
in question are free to move, all others stay. So what is found is a plan of everybody, and it repeats
itself; where more could be won by moving more people, that is left unsaid. Those who count are tried
on level 1, those who wait on theirs, with the levels above kept; what is told of the change is one
number for all of them, how many more requirements are on time. Where a level is not proven, what the
same people could win without the change is not counted. What small parts save is told in docs/adr/103.

Trials are limited in number and in work (CP-SAT's deterministic
time), never by the clock but for the time limit of the whole run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import inf

from models.ids import Level, State
from models.plan import Reason, Suggestion
from scheduler.answers.beside import worked_beside
from scheduler.answers.flips import flips_for
from scheduler.answers.probe import Probe
from scheduler.answers.trials import Trial, Trials
from scheduler.linear.model import Linear, Values, at_most, total
from scheduler.linear.part import Part
from scheduler.linear.rows import Row
from scheduler.model.assignment import state_of
from scheduler.model.build import Model
from scheduler.seats.candidates import Candidate
from scheduler.situation.requirements import Need
from scheduler.solvers.cp_sat import Answer, Engine

NeedKey = tuple[str, str]
MOST_PER_REQUIREMENT = 3
MOST_WAYS = 12
FEWEST_CANDIDATES = 200
"""Up to this size everybody may move in a trial."""
WORK_A_TRIAL = 0.03
WORK_IN_ALL = 0.3
"""For all trials together; those that help fewest are tried last."""


@dataclass(frozen=True)
class _Helped:
    """Whom a change brings in of those it was tried for, and how many more of all it brings in on their level."""

    keys: tuple[NeedKey, ...]
    more: int


@dataclass(frozen=True)
class _Best:
    """The best plan that was found, and the work that it took."""

    values: Values
    work: float = 0.0


@dataclass(frozen=True)
class _Attempt:
    """A change tried on one level for some requirements: the best
    plans without it and with it, and the work that they took.
    """

    keys: tuple[NeedKey, ...]
    level: Level
    free: _Free
    before: Values
    after: Values
    work: float


class Suggester:
    """Tries changes against one plan and says which help whom.
    ``proven`` are the levels that cannot be better without a change.
    """

    def __init__(self, probe: Probe, reasons: Mapping[NeedKey, tuple[Reason, ...]], proven: Collection[Level]) -> None:
        self._probe = probe
        self._model = probe.model
        self._values = probe.values
        self._reasons = reasons
        self._trials = Trials(probe, reasons)
        self._proven = proven
        self._small = len(self._model.variables.candidates) <= FEWEST_CANDIDATES
        self._worked = 0.0

    def suggestions(self, on_trial: Callable[[], None]) -> Mapping[NeedKey, tuple[Suggestion, ...]]:
        """By requirement, those with most gain over the whole plan first; none where the probe is quiet."""
        found: dict[NeedKey, list[tuple[int, Suggestion]]] = defaultdict(list)
        if self._reasons and not self._probe.asks_no_solver:
            for trial, attempts in worked_beside(self._trials, self._attempts):
                if self._probe.asks_no_solver or self._worked > WORK_IN_ALL:
                    break
                on_trial()
                self._worked += sum(attempt.work for attempt in attempts)
                for key, more, suggestion in self._told(trial, attempts):
                    found[key].append((more, suggestion))
        return {
            key: tuple(idea for _, idea in sorted(rows, key=_rank)[:MOST_PER_REQUIREMENT])
            for key, rows in found.items()
        }

    def _attempts(self, trial: Trial) -> Sequence[_Attempt]:
        """The solving of a trial, which changes nothing here: it runs beside the making of the next trial."""
        counting = tuple(key for key in trial.for_whom if self._need(key).counts)
        waiting = tuple(key for key in trial.for_whom if not self._need(key).counts)
        both = ((counting, Level.ON_TIME), (waiting, Level.WAITING))
        return [self._attempt(trial, keys, level) for keys, level in both if keys]

    def _attempt(self, trial: Trial, keys: tuple[NeedKey, ...], level: Level) -> _Attempt:
        free = _Free(trial, keys, self._movable(trial, level), everybody=self._small)
        before = _Best(self._values) if level in self._proven else self._best(self._probe, free, level, None)
        after = self._best(trial.probe, free, level, trial)
        return _Attempt(keys, level, free, before.values, after.values, before.work + after.work)

    def _told(self, trial: Trial, attempts: Sequence[_Attempt]) -> Iterator[tuple[NeedKey, int, Suggestion]]:
        """The requirements that the change helps: they can sit there
        with everybody else in place, or do in the best plan found.

        With each, how many it brings in of those who count, or else of those who wait. The suggestion is one and the
        same for all: it says how many more requirements are on time.
        """
        found: list[tuple[NeedKey, int]] = []
        more_on_time = 0
        for attempt in attempts:
            if helped := self._helped(trial, attempt):
                found += [(key, helped.more) for key in helped.keys]
                more_on_time = helped.more if attempt.level is Level.ON_TIME and helped.keys else more_on_time
        for key, more in found:
            yield key, more, trial.suggestion.model_copy(update={"helps": True, "more_on_time": more_on_time})

    def _helped(self, trial: Trial, attempt: _Attempt) -> _Helped | None:
        """Whom of these it brings in, on their level; None where it brings in nobody."""
        model, level, before, after = trial.probe.model, attempt.level, attempt.before, attempt.after
        if model.objectives[level].value(after) >= self._model.objectives[level].value(before):
            return None

        won, had = attempt.free.booked(model, after, level), attempt.free.booked(self._model, before, level)
        helped = tuple(key for key in attempt.keys if key not in had and (key in won or self._fits(trial, key, level)))
        return _Helped(helped, max(len(won) - len(had), 0))

    def _best(self, probe: Probe, free: _Free, level: Level, trial: Trial | None) -> _Best:
        """The best plan for one level with these seats free; of the model as it is without a trial."""
        model = probe.model
        part = Part(model.variables.linear_model, probe.values, free.decisions(model), asked=probe.asked(level))
        above = probe.order[: probe.order.index(level)]
        goals = [part.shrink(self._goal(model, up, trial)) for up in above]
        rows = part.rows if trial is None else [trial.changed(row) for row in part.rows]
        kept = [self._model.objectives[up].value(self._values) for up in above]
        caps = [at_most(goal, value) for goal, value in zip(goals, kept, strict=True)]
        solve = _Solve(part, [*rows, *caps], self._probe)
        last = part.shrink(model.objectives[level])
        found = solve.lowest(last, part.hint)
        if trial and above and last.value(found) < last.value(part.hint):
            # A change that lets a level above fall as well serves that one first, and may leave nothing for this one.
            firm = [n for n, up in enumerate(above) if up in self._proven]
            if any(goals[n].value(part.hint) < kept[n] for n in firm) or solve.may_fall([goals[n] for n in firm]):
                found = solve.one_by_one([*(goals[n] for n in firm), last])
        return _Best(part.followed(found), solve.work)

    def _goal(self, model: Model, level: Level, trial: Trial | None) -> Linear:
        """A level under the change: a proposal that is let run is not counted among rounds any more."""
        goal = model.objectives[level]
        if level is not Level.ROUNDS or trial is None or trial.suggestion.kind != "förslag":
            return goal
        runs = model.variables.runs(model.problem.round_by_id[trial.round_id])
        return goal if runs is None else Linear().add(goal).add(total([runs], -1))

    def _fits(self, trial: Trial, key: NeedKey, level: Level) -> bool:
        """She can be on time in the round of the trial while
        everybody else stays and no level down to hers is worse.
        """
        model, values, order = trial.probe.model, trial.probe.values, list(self._probe.order)
        need = model.variables.need_by_key[key]
        for way in islice(self._ways(trial, need), MOST_WAYS):
            step = trial.probe.step(flips_for(model, values, need, way), trial.changed)
            opened = trial.suggestion.kind == "förslag" and step.worse is Level.ROUNDS
            if step.holds and (step.worse is None or opened or order.index(step.worse) > order.index(level)):
                return True
        return False

    def _ways(self, trial: Trial, need: Need) -> Iterator[tuple[int, ...]]:
        """Ways to book the requirement on time with a seat in the round of the trial, what she has already first."""
        options = []
        for block in need.blocks:
            own = [c for c in trial.probe.model.variables.of_block(need, block) if _punctual(c)]
            own = [c for c in own if c.offer.round.id not in trial.apart]
            own.sort(
                key=lambda c: (not trial.probe.values[c.variable], c.offer.round.id != trial.round_id, c.offer.last)
            )
            options.append(own)
        for way in product(*options):
            if any(c.offer.round.id == trial.round_id for c in way):
                yield tuple(c.variable for c in way)

    def _movable(self, trial: Trial, level: Level) -> Collection[NeedKey]:
        """Who may change places besides: those who sit in the round,
        and for a deadline all of a programme where they are few.
        """
        programme = trial.probe.model.problem.round_by_id[trial.round_id].programme
        own = [c.need.key for c in self._model.variables.candidates if c.need.programme.id == programme]
        few = level is Level.ON_TIME and len(own) <= FEWEST_CANDIDATES
        return frozenset(own) if few else self._trials.seated(trial.round_id)

    def _need(self, key: NeedKey) -> Need:
        return self._model.variables.need_by_key[key]


class _Solve:
    """A part of the model solved for one goal after another, and the work that it took."""

    def __init__(self, part: Part, rows: Sequence[Row], probe: Probe) -> None:
        self._hint = part.hint
        self._engine = Engine(part.low, part.high, rows, probe.seed)
        self._should_stop = probe.should_stop
        self.work = 0.0

    def lowest(self, goal: Linear, hint: Values) -> Values:
        """The goal as low as it gets within the work, from the plan as it is: a change takes nothing away."""
        if goal.value(hint) <= goal.constant + sum(c for c in goal.coefs if c < 0):
            return hint
        return self._minimised(goal, hint).values or hint

    def may_fall(self, goals: Sequence[Linear]) -> bool:
        """Whether one of these goals can be lower than in the plan as
        it is while none is higher; so when that is not known.
        """
        together = Linear()
        for goal in goals:
            together.add(goal)
        answer = self._minimised(together, self._hint)
        return answer.bound is None or answer.bound < together.value(self._hint)

    def one_by_one(self, goals: Sequence[Linear]) -> Values:
        """The best plan for the goals in their order."""
        best = self._hint
        for goal in goals:
            best = self.lowest(goal, best)
            self._engine.cap(goal, goal.value(best))
        return best

    def _minimised(self, goal: Linear, hint: Values) -> Answer:
        answer = self._engine.minimise(goal, hint=hint, seconds=inf, work=WORK_A_TRIAL, should_stop=self._should_stop)
        self.work += answer.work
        return answer


class _Free:
    """Who may move in a trial: those whom it might help, with
    all they have, and some others with the requirements named.

    In small terms everybody.
    """

    def __init__(self, trial: Trial, keys: Iterable[NeedKey], others: Collection[NeedKey], *, everybody: bool) -> None:
        self._hires = {hire for hire, _ in keys}
        self._others = others
        self._apart = trial.apart
        self._everybody = everybody

    def decisions(self, model: Model) -> Iterator[int]:
        """The free seats."""
        for c in model.variables.candidates:
            if self._has(c.need.key) and c.need.hire.id not in self._apart and c.offer.round.id not in self._apart:
                yield c.variable

    def booked(self, model: Model, values: Values, level: Level) -> frozenset[NeedKey]:
        """Which of them are on time, among those whom the level is about."""
        own = (n for n in model.variables.needs if self._has(n.key) and n.counts == (level is Level.ON_TIME))
        return frozenset(need.key for need in own if state_of(model, need, values) is State.ON_TIME)

    def _has(self, key: NeedKey) -> bool:
        return self._everybody or key[0] in self._hires or key in self._others


def _rank(row: tuple[int, Suggestion]) -> tuple[int, str, str]:
    more, suggestion = row
    return -more, suggestion.kind, suggestion.round or ""


def _punctual(candidate: Candidate) -> bool:
    deadline = candidate.need.deadline
    return deadline is None or candidate.offer.last <= deadline
