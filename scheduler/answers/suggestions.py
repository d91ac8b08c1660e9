"""What would help: changes of the input, each tried by solving, with what it gives (MODEL.md, Reasons).

A change is tried on a small part of the model: those who might profit and those who sit in the round in question are free to move, all
others stay. So what is found is a plan of everybody, and it repeats itself; where more could be won by moving more people, that is left
unsaid. The gain for those who count is how many more of these are on time (level 1); for those who wait, the levels above theirs are
kept, and the gain is how many fewer wait. Where a level is not proven, what the same people could win without the change is not
counted. What small parts save is told in docs/adr/103.

Trials are limited in number and in work (CP-SAT's deterministic time), never by the clock but for the time limit of the whole run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product
from math import inf

from models.ids import Level, RoundStatus, Rule, State
from models.plan import Reason, Suggestion
from models.problem import TermProblem
from scheduler.answers.probe import Probe, as_is, flips_for
from scheduler.answers.rerun import Idea, ideas, monday, sessions_of, with_reruns
from scheduler.linear.model import UNBOUNDED, Linear, Row, Values, at_most, total
from scheduler.linear.part import Part
from scheduler.model.assignment import state_of
from scheduler.model.build import Model, build_again
from scheduler.seats.candidates import Candidate
from scheduler.situation.requirements import Need
from scheduler.solvers.cp_sat import Engine

NeedKey = tuple[str, str]
MOST_SEAT_TRIALS = 6
MOST_PROPOSAL_TRIALS = 3
MOST_RERUN_TRIALS = 5
MOST_CASELOAD_TRIALS = 2
MOST_PER_REQUIREMENT = 3
MOST_WAYS = 12
FEWEST_CANDIDATES = 200
"""Up to this size everybody may move in a trial."""
WORK_A_TRIAL = 0.03
WORK_IN_ALL = 0.3
"""For all trials together; those that help fewest are tried last."""
EXTRA_ID = "ny omgång"


@dataclass(frozen=True)
class Trial:
    """A change of the input: a plan's probe in the changed model, or ``changed`` rows of the same one.

    ``for_whom`` are the requirements it might help; ``apart`` are rounds, and hires, of other trials in that model.
    """

    suggestion: Suggestion
    round_id: str
    probe: Probe
    for_whom: tuple[NeedKey, ...]
    changed: Callable[[Row], Row] = as_is
    apart: frozenset[str] = frozenset()


class Suggester:
    """Tries changes against one plan and says which help whom. ``proven`` are the levels that cannot be better without a change."""

    def __init__(self, probe: Probe, reasons: Mapping[NeedKey, tuple[Reason, ...]], proven: Collection[Level]) -> None:
        self._probe = probe
        self._model = probe.model
        self._values = probe.values
        self._reasons = reasons
        self._proven = proven
        self._small = len(self._model.variables.candidates) <= FEWEST_CANDIDATES
        self._worked = 0.0

    def suggestions(self, on_trial: Callable[[], None]) -> Mapping[NeedKey, tuple[Suggestion, ...]]:
        """By requirement, those with most gain over the whole plan first; none where the probe is quiet."""
        found: dict[NeedKey, list[Suggestion]] = defaultdict(list)
        if self._reasons and not self._probe.quiet:
            for trial in self._trials():
                if self._probe.quiet or self._worked > WORK_IN_ALL:
                    break
                on_trial()
                for key, suggestion in self._try(trial):
                    found[key].append(suggestion)
        return {key: tuple(sorted(rows, key=_rank)[:MOST_PER_REQUIREMENT]) for key, rows in found.items()}

    def _trials(self) -> Iterator[Trial]:
        yield from self._seats()
        yield from self._proposals()
        yield from self._reruns()
        yield from self._later_caseloads()

    # --- the four kinds ------------------------------------------------------------------------------------------

    def _seats(self) -> Iterator[Trial]:
        """One more seat in a round that is full: where seats are free, others are in the way."""
        for round_id, keys in self._wanted(Rule.FULL, MOST_SEAT_TRIALS):
            if self._status(round_id) is RoundStatus.FIXED or self._runs(round_id):
                yield Trial(_suggest("plats", round_id), round_id, self._probe, keys, _one_more_in(round_id))

    def _proposals(self) -> Iterator[Trial]:
        """A proposal that did not open, let run for however few."""
        for round_id, keys in self._wanted(Rule.OUTRANKED, MOST_PROPOSAL_TRIALS):
            if self._status(round_id) is RoundStatus.PROPOSED and not self._runs(round_id):
                yield Trial(_suggest("förslag", round_id), round_id, self._probe, keys, _any_number_in(round_id))

    def _reruns(self) -> Iterator[Trial]:
        """Another running of a round, or of one module where modules are free, in the week where most could use it.

        One model has them all: whose turn it is not stays empty, as nobody there is free.
        """
        found = ideas(self._model, self._values, self._reasons.keys())[:MOST_RERUN_TRIALS]
        chosen = {f"{EXTRA_ID} {number}": idea for number, idea in enumerate(found, 1)}
        if chosen:
            probe = self._rebuilt(with_reruns(self._model.problem, chosen))
            for round_id, idea in chosen.items():
                yield Trial(self._rerun(idea), round_id, probe, idea.for_whom, apart=frozenset(chosen) - {round_id})

    def _rerun(self, idea: Idea) -> Suggestion:
        first = sessions_of(self._model.problem, idea.template.id, idea.modules)[0].day + timedelta(days=idea.days)
        module = idea.modules[0] if len(idea.modules) == 1 else None
        return _suggest("ny_omgång", idea.template.id, module, monday(first))

    def _later_caseloads(self) -> Iterator[Trial]:
        """A caseload start moved past a round that her weekly cap with cases closes; one model with all of these hires."""
        wishes: dict[str, tuple[NeedKey, str, date]] = {}
        for key, reasons in self._reasons.items():
            need = self._need(key)
            capped = [r.round for r in reasons if r.rule is Rule.WEEKLY_CAP]
            if capped and need.hire.caseload_start and len(wishes) < MOST_CASELOAD_TRIALS:
                last = max(s.day for s in self._model.problem.sessions if s.round == capped[0])
                wishes.setdefault(need.hire.id, (key, capped[0], monday(last) + timedelta(days=7)))
        if wishes:
            starts = {hire: start for hire, (_, _, start) in wishes.items()}
            probe = self._rebuilt(_with_caseload_starts(self._model.problem, starts))
            for hire, (key, round_id, start) in wishes.items():
                suggestion = _suggest("ärendestart", round_id, None, start)
                yield Trial(suggestion, round_id, probe, (key,), apart=frozenset(wishes) - {hire})

    def _rebuilt(self, problem: TermProblem) -> Probe:
        model = build_again(self._model, problem)
        values = model.booking(c.place for c in self._model.chosen(self._values))
        return Probe(model, values, self._probe.order, self._probe.seed, should_stop=self._probe.should_stop)

    # --- trying --------------------------------------------------------------------------------------------------

    def _try(self, trial: Trial) -> Iterator[tuple[NeedKey, Suggestion]]:
        """The requirements that the change helps: they can sit there with everybody else in place, or do in the best plan found."""
        counting = tuple(key for key in trial.for_whom if self._need(key).counts)
        waiting = tuple(key for key in trial.for_whom if not self._need(key).counts)
        for keys, level in ((counting, Level.ON_TIME), (waiting, Level.WAITING)):
            if not keys:
                continue
            free = _Free(trial, keys, self._seated(trial.round_id), everybody=self._small)
            before = self._values if level in self._proven else self._best(self._probe, free, level, None)
            after = self._best(trial.probe, free, level, trial)
            if trial.probe.model.objectives[level].value(after) >= self._model.objectives[level].value(before):
                continue
            won, had = free.booked(trial.probe.model, after, level), free.booked(self._model, before, level)
            gain = len(won) - len(had)
            for key in keys:
                if key not in had and (key in won or self._fits(trial, key, level)):
                    yield key, trial.suggestion.model_copy(update={"helps": True, "more_on_time": max(gain, 0)})

    def _best(self, probe: Probe, free: _Free, level: Level, trial: Trial | None) -> Values:
        """The best plan for one level with these seats free; of the model as it is without a trial."""
        model = probe.model
        part = Part(model.variables.linear_model, probe.values, free.decisions(model))
        above = probe.order[: probe.order.index(level)]
        goals = [part.shrink(self._goal(model, up, trial)) for up in above]
        rows = part.rows if trial is None else [trial.changed(row) for row in part.rows]
        kept = (self._model.objectives[up].value(self._values) for up in above)
        caps = [at_most(goal, value) for goal, value in zip(goals, kept, strict=True)]
        last = part.shrink(model.objectives[level])
        found = self._solved(part, [*rows, *caps], [last])
        if trial and above and last.value(found) < last.value(part.hint):
            # A change that lets a level above fall as well serves that one first, and may leave nothing for this one.
            firm = [goal for goal, up in zip(goals, above, strict=True) if up in self._proven]
            found = self._solved(part, [*rows, *caps], [*firm, last])
        return part.expand(found)

    def _goal(self, model: Model, level: Level, trial: Trial | None) -> Linear:
        """A level under the change: a proposal that is let run is not counted among rounds any more."""
        goal = model.objectives[level]
        if level is not Level.ROUNDS or trial is None or trial.suggestion.kind != "förslag":
            return goal
        runs = model.variables.runs(model.problem.round_by_id[trial.round_id])
        return goal if runs is None else Linear().add(goal).add(total([runs], -1))

    def _solved(self, part: Part, rows: Sequence[Row], goals: Sequence[Linear]) -> Values:
        """The goals in their order, each as low as it gets within the work, from the plan as it is: a change takes nothing away."""
        engine = Engine(part.low, part.high, rows, self._probe.seed)
        best = part.hint
        for goal in goals:
            if goal.value(best) > goal.constant + sum(c for c in goal.coefs if c < 0):
                answer = engine.minimise(
                    goal, hint=best, seconds=inf, work=WORK_A_TRIAL, should_stop=self._probe.should_stop
                )
                self._worked += answer.work
                best = answer.values or best
            engine.cap(goal, goal.value(best))
        return best

    def _fits(self, trial: Trial, key: NeedKey, level: Level) -> bool:
        """She can be on time in the round of the trial while everybody else stays and no level down to hers is worse."""
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

    # --- looking -------------------------------------------------------------------------------------------------

    def _wanted(self, rule: Rule, most: int) -> list[tuple[str, tuple[NeedKey, ...]]]:
        """Rounds that such a reason names, those that most are waiting for first."""
        wanted: dict[str, list[NeedKey]] = defaultdict(list)
        for key, reasons in self._reasons.items():
            for reason in reasons:
                if reason.rule is rule:
                    wanted[reason.round].append(key)
        ranked = sorted(wanted.items(), key=lambda item: (-len(item[1]), item[0]))
        return [(round_id, tuple(keys)) for round_id, keys in ranked[:most]]

    def _need(self, key: NeedKey) -> Need:
        return self._model.variables.need_by_key[key]

    def _status(self, round_id: str) -> RoundStatus:
        return self._model.problem.round_by_id[round_id].status

    def _runs(self, round_id: str) -> bool:
        return bool(self._seated(round_id))

    def _seated(self, round_id: str) -> Collection[NeedKey]:
        return {c.need.key for c in self._model.chosen_in(self._values, round_id)}


class _Free:
    """Who may move in a trial: those whom it might help, with all they have, and those who sit there, with what they sit there for.

    In small terms everybody.
    """

    def __init__(self, trial: Trial, keys: Iterable[NeedKey], seated: Collection[NeedKey], *, everybody: bool) -> None:
        self._hires = {hire for hire, _ in keys}
        self._seated = seated
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
        return self._everybody or key[0] in self._hires or key in self._seated


def _suggest(kind: str, round_id: str, module: int | None = None, week: date | None = None) -> Suggestion:
    return Suggestion(kind=kind, round=round_id, module=module, week=week, helps=False, more_on_time=0)


def _rank(suggestion: Suggestion) -> tuple[int, str, str]:
    return -suggestion.more_on_time, suggestion.kind, suggestion.round or ""


def _punctual(candidate: Candidate) -> bool:
    deadline = candidate.need.deadline
    return deadline is None or candidate.offer.last <= deadline


def _one_more_in(round_id: str) -> Callable[[Row], Row]:
    """A seat more in the rows that count seats there."""

    def changed(row: Row) -> Row:
        if row.round != round_id or row.rule not in (Rule.SEATS, Rule.QUOTA):
            return row
        return Row(row.variables, row.coefs, row.low, row.high + 1, row.rule, row.round)

    return changed


def _any_number_in(round_id: str) -> Callable[[Row], Row]:
    """No least number of participants there."""

    def changed(row: Row) -> Row:
        if (row.rule, row.round) != (Rule.MIN_PARTICIPANTS, round_id):
            return row
        return Row(row.variables, row.coefs, row.low, UNBOUNDED, row.rule, row.round)

    return changed


def _with_caseload_starts(problem: TermProblem, starts: Mapping[str, date]) -> TermProblem:
    moved = (h.model_copy(update={"caseload_start": starts[h.id]}) if h.id in starts else h for h in problem.hires)
    return problem.model_copy(update={"hires": tuple(moved)})
