"""What would help: changes of the input, each tried by solving, with what it gives (MODEL.md, Reasons).

Whoever counts and is not on time is tried first: the gain of a change is how many more of these are on time in the best plan (level 1)
under it. For those who wait, the levels above theirs are kept, and the gain is how many fewer wait. Trials are limited in number and
in work (CP-SAT's deterministic time), never by the clock, so that the same input gives the same suggestions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product
from math import inf

from models.ids import Level, RoundStatus, Rule, State
from models.plan import Reason, Suggestion
from models.problem import Hire, Round, Session, TermProblem
from scheduler.assemble import state_of
from scheduler.draft import UNBOUNDED, Row, Values
from scheduler.engine import Engine
from scheduler.model import Model, build_again
from scheduler.probe import Probe, at_most
from scheduler.requirements import Need
from scheduler.variables import Candidate

NeedKey = tuple[str, str]
Place = tuple[NeedKey, tuple[int, ...], str]
"""(requirement, modules of a block, round id): a candidate, whatever its model."""
MOST_SEAT_TRIALS = 6
MOST_PROPOSAL_TRIALS = 3
MOST_RERUN_TRIALS = 5
MOST_CASELOAD_TRIALS = 2
MOST_PER_REQUIREMENT = 3
MOST_WAYS = 12
WORK_A_TRIAL = 2.0
WORK_IN_ALL = 5.0
"""For all trials together; those that help fewest are tried last."""
MOST_DAYS_AWAY = 140
"""How far from an existing round another running of it is looked for."""
EXTRA_ID = "ny omgång"


@dataclass(frozen=True)
class Trial:
    """A change of the input as rows of a model, with the plan as it is in that model; ``for_whom`` are the requirements it might help."""

    suggestion: Suggestion
    round_id: str
    model: Model
    rows: Sequence[Row]
    values: Values
    for_whom: tuple[NeedKey, ...]


class Suggester:
    """Tries changes against one plan and says which help whom."""

    def __init__(self, probe: Probe, reasons: Mapping[NeedKey, tuple[Reason, ...]], seed: int) -> None:
        self._probe = probe
        self._model = probe.model
        self._values = probe.values
        self._reasons = reasons
        self._seed = seed
        self._on_time = _on_time(self._model, self._values)
        self._worked = 0.0

    def suggestions(
        self, on_trial: Callable[[], None], should_stop: Callable[[], bool]
    ) -> Mapping[NeedKey, tuple[Suggestion, ...]]:
        """By requirement, those with most gain over the whole plan first; none for very large models."""
        found: dict[NeedKey, list[Suggestion]] = defaultdict(list)
        if self._reasons and not self._probe.quiet:
            for trial in self._trials():
                if should_stop() or self._worked > WORK_IN_ALL:
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
        """One more seat in a round that is full, or whose seats went to others."""
        for round_id, keys in self._wanted({Rule.FULL, Rule.OUTRANKED}, MOST_SEAT_TRIALS):
            if self._status(round_id) is RoundStatus.FIXED or self._runs(round_id):
                rows = [_one_more(row) if row.round == round_id else row for row in self._model.variables.draft.rows]
                yield Trial(_suggest("plats", round_id), round_id, self._model, rows, self._values, keys)

    def _proposals(self) -> Iterator[Trial]:
        """A proposal that did not open, let run for however few."""
        for round_id, keys in self._wanted({Rule.OUTRANKED}, MOST_PROPOSAL_TRIALS):
            if self._status(round_id) is RoundStatus.PROPOSED and not self._runs(round_id):
                rows = [_any_number(row, round_id) for row in self._model.variables.draft.rows]
                yield Trial(_suggest("förslag", round_id), round_id, self._model, rows, self._values, keys)

    def _reruns(self) -> Iterator[Trial]:
        """Another running of a round, or of one module where modules are free, in the week where most could use it."""
        ideas = sorted(self._rerun_ideas(), key=lambda idea: (*self._counting_first(idea[3]), idea[0].id, idea[1]))
        for template, modules, days, keys in ideas[:MOST_RERUN_TRIALS]:
            problem = _with_rerun(self._model.problem, template, modules, days)
            first = min(s.day for s in _sessions(problem, EXTRA_ID, modules))
            suggestion = _suggest("ny_omgång", template.id, modules[0] if len(modules) == 1 else None, _monday(first))
            yield self._rebuilt(suggestion, EXTRA_ID, problem, keys)

    def _later_caseloads(self) -> Iterator[Trial]:
        """A caseload start moved past a round that her weekly cap with cases closes."""
        tried = 0
        for key, reasons in self._reasons.items():
            need = self._need(key)
            capped = [r.round for r in reasons if r.rule is Rule.WEEKLY_CAP]
            if capped and need.hire.caseload_start and tried < MOST_CASELOAD_TRIALS:
                tried += 1
                last = max(s.day for s in self._model.problem.sessions if s.round == capped[0])
                start = _monday(last) + timedelta(days=7)
                problem = _with_caseload_start(self._model.problem, need.hire, start)
                yield self._rebuilt(_suggest("ärendestart", capped[0], None, start), capped[0], problem, (key,))

    def _rebuilt(self, suggestion: Suggestion, round_id: str, problem: TermProblem, keys: tuple[NeedKey, ...]) -> Trial:
        model = build_again(self._model, problem)
        values = _carry(model, self._model.chosen(self._values))
        return Trial(suggestion, round_id, model, model.variables.draft.rows, values, keys)

    # --- trying --------------------------------------------------------------------------------------------------

    def _try(self, trial: Trial) -> Iterator[tuple[NeedKey, Suggestion]]:
        """The requirements that the change helps: they can sit there with everybody else in place, or do in the best plan."""
        counting = [key for key in trial.for_whom if self._need(key).counts]
        waiting = [key for key in trial.for_whom if not self._need(key).counts]
        for keys, level in ((counting, Level.ON_TIME), (waiting, Level.WAITING)):
            best = self._best(trial, level) if keys else None
            if best is None:
                continue
            won = _on_time(trial.model, best)
            gain = len([k for k in won - self._on_time if self._need(k).counts == (level is Level.ON_TIME)])
            gain -= len([k for k in self._on_time - won if self._need(k).counts == (level is Level.ON_TIME)])
            for key in keys:
                if key in won or self._fits(trial, key):
                    yield key, trial.suggestion.model_copy(update={"helps": True, "more_on_time": max(gain, 0)})

    def _best(self, trial: Trial, level: Level) -> Values | None:
        """The best plan of a trial for one level, those above it kept as they are; None where it is no better."""
        model, draft = trial.model, trial.model.variables.draft
        order = list(self._probe.order)
        kept = [at_most(model.objectives[above], self._allowed(trial, above)) for above in order[: order.index(level)]]
        engine = Engine(draft.low, draft.high, [*trial.rows, *kept], self._seed)
        goal = model.objectives[level]
        from_below = level is Level.ON_TIME
        answer = engine.minimise(goal, hint=trial.values, seconds=inf, work=WORK_A_TRIAL, from_below=from_below)
        self._worked += answer.work
        better = answer.value is not None and answer.value < self._model.objectives[level].value(self._values)
        return answer.values if better else None

    def _allowed(self, trial: Trial, level: Level) -> int:
        opened = level is Level.ROUNDS and trial.suggestion.kind == "förslag"
        return self._model.objectives[level].value(self._values) + opened

    def _fits(self, trial: Trial, key: NeedKey) -> bool:
        """She can be on time in the round of the trial while everybody else stays."""
        variables = trial.model.variables
        need = variables.need_by_key[key]
        own = {c.variable: 0 for block in need.blocks for c in variables.of_block(need, block)}
        for way in islice(self._ways(trial, need), MOST_WAYS):
            flips = {v: x for v, x in (own | dict.fromkeys(way, 1)).items() if x != trial.values[v]}
            if variables.draft.flipped(trial.values, flips, trial.rows)[1]:
                return True
        return False

    def _ways(self, trial: Trial, need: Need) -> Iterator[tuple[int, ...]]:
        """Ways to book the requirement on time with a seat in the round of the trial, what she has already first."""
        options = []
        for block in need.blocks:
            own = [c for c in trial.model.variables.of_block(need, block) if _punctual(c)]
            own.sort(key=lambda c: (not trial.values[c.variable], c.offer.round.id != trial.round_id, c.offer.last))
            options.append(own)
        for way in product(*options):
            if any(c.offer.round.id == trial.round_id for c in way):
                yield tuple(c.variable for c in way)

    # --- looking -------------------------------------------------------------------------------------------------

    def _wanted(self, rules: set[Rule], most: int) -> list[tuple[str, tuple[NeedKey, ...]]]:
        """Rounds that such reasons name, those that most are waiting for first."""
        wanted: dict[str, list[NeedKey]] = defaultdict(list)
        for key, reasons in self._reasons.items():
            for reason in reasons:
                if reason.rule in rules:
                    wanted[reason.round].append(key)
        ranked = sorted(wanted.items(), key=lambda item: (-len(item[1]), item[0]))
        return [(round_id, tuple(keys)) for round_id, keys in ranked[:most]]

    def _rerun_ideas(self) -> Iterator[tuple[Round, tuple[int, ...], int, tuple[NeedKey, ...]]]:
        """(round to repeat, modules, days later or earlier, whom it could bring in on time), the best shift of each."""
        for template in _templates(self._model.problem):
            programme = self._model.problem.programme_by_id[template.programme]
            numbers = tuple(m.number for m in programme.modules)
            for modules in [numbers] if programme.cohort else [(n,) for n in numbers]:
                if idea := self._best_shift(template, modules):
                    yield template, modules, *idea

    def _counting_first(self, keys: Sequence[NeedKey]) -> tuple[int, int]:
        return -len([key for key in keys if self._need(key).counts]), -len(keys)

    def _best_shift(self, template: Round, modules: tuple[int, ...]) -> tuple[int, tuple[NeedKey, ...]] | None:
        needs = [self._need(key) for key in self._reasons if key[1] == template.programme]
        needs = [need for need in needs if any(set(block.modules) & set(modules) for block in need.blocks)]
        meetings = _sessions(self._model.problem, template.id, modules)
        if not needs or not meetings:
            return None
        # The same weekdays first; other ones may reach those who do not work on these.
        reach = {days: self._reached(needs, meetings, days) for days in range(-MOST_DAYS_AWAY, MOST_DAYS_AWAY + 1)}
        best = min(reach, key=lambda days: (*self._counting_first(reach[days]), days % 7 != 0, abs(days), days))
        return (best, reach[best]) if reach[best] else None

    def _reached(self, needs: Sequence[Need], meetings: Sequence[Session], days: int) -> tuple[NeedKey, ...]:
        shifted = [_shift(s, s.round, days) for s in meetings]
        eligibility = self._model.variables.eligibility
        return tuple(
            need.key
            for need in needs
            if (need.deadline is None or max(s.day for s in shifted) <= need.deadline)
            and not any(eligibility.impossible(s, need.hire, need.programme) for s in shifted)
            and all(s.day >= self._model.history.notice_end for s in shifted)
        )

    def _need(self, key: NeedKey) -> Need:
        return self._model.variables.need_by_key[key]

    def _status(self, round_id: str) -> RoundStatus:
        return self._model.problem.round_by_id[round_id].status

    def _runs(self, round_id: str) -> bool:
        return any(c.offer.round.id == round_id for c in self._model.chosen(self._values))


def _suggest(kind: str, round_id: str, module: int | None = None, week: date | None = None) -> Suggestion:
    return Suggestion(kind=kind, round=round_id, module=module, week=week, helps=False, more_on_time=0)


def _rank(suggestion: Suggestion) -> tuple[int, str, str]:
    return -suggestion.more_on_time, suggestion.kind, suggestion.round or ""


def _punctual(candidate: Candidate) -> bool:
    deadline = candidate.need.deadline
    return deadline is None or candidate.offer.last <= deadline


def _carry(model: Model, chosen: Iterable[Candidate]) -> Values:
    """The same plan in another model, as far as it has the same candidates."""
    places = {_place(c) for c in chosen}
    return model.variables.draft.complete(c.variable for c in model.variables.candidates if _place(c) in places)


def _place(candidate: Candidate) -> Place:
    return candidate.need.key, candidate.block.modules, candidate.offer.round.id


def _on_time(model: Model, values: Values) -> frozenset[NeedKey]:
    return frozenset(need.key for need in model.needs if state_of(model, need, values) is State.ON_TIME)


def _one_more(row: Row) -> Row:
    """A seat more in a row that counts seats."""
    if row.rule not in (Rule.SEATS, Rule.QUOTA):
        return row
    return Row(row.variables, row.coefs, row.low, row.high + 1, row.rule, row.round)


def _any_number(row: Row, round_id: str) -> Row:
    """No least number of participants in the round."""
    if (row.rule, row.round) != (Rule.MIN_PARTICIPANTS, round_id):
        return row
    return Row(row.variables, row.coefs, row.low, UNBOUNDED, row.rule, row.round)


def _templates(problem: TermProblem) -> list[Round]:
    """One round of each programme and circle of administrations that may be run again: the first."""
    found: dict[tuple[str, tuple[str, ...]], Round] = {}
    for round_ in sorted(problem.rounds, key=lambda r: r.id):
        if round_.status is not RoundStatus.CANCELLED:
            found.setdefault((round_.programme, round_.organisations), round_)
    return list(found.values())


def _sessions(problem: TermProblem, round_id: str, modules: tuple[int, ...]) -> list[Session]:
    return [s for s in problem.sessions if s.round == round_id and s.module in modules and not s.cancelled]


def _shift(session: Session, round_id: str, days: int) -> Session:
    return session.model_copy(
        update={
            "id": f"{round_id}-{session.id}",
            "round": round_id,
            "day": session.day + timedelta(days=days),
            "trainers": (),
            "room": None,
        }
    )


def _with_rerun(problem: TermProblem, template: Round, modules: tuple[int, ...], days: int) -> TermProblem:
    extra = template.model_copy(
        update={"id": EXTRA_ID, "status": RoundStatus.FIXED, "min_participants": 0, "reserve": 0}
    )
    meetings = [_shift(s, EXTRA_ID, days) for s in _sessions(problem, template.id, modules)]
    return problem.model_copy(update={"rounds": (*problem.rounds, extra), "sessions": (*problem.sessions, *meetings)})


def _with_caseload_start(problem: TermProblem, hire: Hire, start: date) -> TermProblem:
    moved = hire.model_copy(update={"caseload_start": start})
    return problem.model_copy(update={"hires": tuple(moved if h.id == hire.id else h for h in problem.hires)})


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
