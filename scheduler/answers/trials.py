"""The changes of the input that are tried (MODEL.md, Reasons): on
the model as it is with other rows, or on that of a changed input.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.ids import Level, RoundStatus, Rule
from models.plan import Reason, Suggestion
from models.problem import TermProblem
from scheduler.answers.new_dates import new_dates, with_new_dates
from scheduler.answers.probe import Probe, as_is
from scheduler.answers.rerun import Idea, ideas, monday, sessions_of, with_reruns
from scheduler.linear.model import UNBOUNDED
from scheduler.linear.rows import Row
from scheduler.model.build import build_again
from scheduler.situation.requirements import Need

NeedKey = tuple[str, str]
MOST_QUOTA_TRIALS = 3
MOST_SEAT_TRIALS = 6
MOST_PROPOSAL_TRIALS = 3
MOST_DATE_TRIALS = 3
MOST_RERUN_TRIALS = 5
MOST_CASELOAD_TRIALS = 2
EXTRA_ID = "ny omgång"
LAST_LEVEL = Level.WAITING
"""The last level that a change is tried on; those below it need not be in the model of a changed input."""


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


class Trials:
    """What may be worth trying for those whom these reasons are about."""

    def __init__(self, probe: Probe, reasons: Mapping[NeedKey, tuple[Reason, ...]]) -> None:
        self._probe = probe
        self._model = probe.model
        self._values = probe.values
        self._reasons = reasons

    def __iter__(self) -> Iterator[Trial]:
        yield from self._quotas()
        yield from self._seats()
        yield from self._proposals()
        yield from self._new_dates()
        yield from self._reruns()
        yield from self._later_caseloads()

    def seated(self, round_id: str) -> Collection[NeedKey]:
        """The requirements that the plan books there."""
        return {c.need.key for c in self._model.chosen_in(self._values, round_id)}

    def _seats(self) -> Iterator[Trial]:
        """One more seat in a round that is full: where seats are free, others are in the way."""
        for round_id, keys in self._wanted(Rule.FULL, MOST_SEAT_TRIALS):
            runs = self._status(round_id) is RoundStatus.FIXED or self.seated(round_id)
            if runs and not self._keeps_seats_empty(round_id):
                yield Trial(_suggest("plats", round_id), round_id, self._probe, keys, _one_more_in(round_id))

    def _quotas(self) -> Iterator[Trial]:
        """No seats kept in a round where they stay empty; whoever wants
        a seat in the programme may profit, since others may move there.
        """
        programmes = {programme for _, programme in self._reasons}
        rounds = [r for r in self._model.problem.rounds if r.programme in programmes and self._keeps_seats_empty(r.id)]
        for round_ in rounds[:MOST_QUOTA_TRIALS]:
            keys = tuple(key for key in self._reasons if key[1] == round_.programme)
            yield Trial(_suggest("kvot", round_.id), round_.id, self._probe, keys, _nothing_kept_in(round_.id))

    def _keeps_seats_empty(self, round_id: str) -> bool:
        """People sit in the round, in no session of it are all
        seats taken, and a quota keeps some for an administration.
        """
        if not any(quota.round == round_id and quota.at_least for quota in self._model.problem.quotas):
            return False
        offers = [c.offer for c in self._model.chosen_in(self._values, round_id)]
        taken = Counter(session.id for offer in offers for session in offer.sessions)
        sessions = [s for s in self._model.problem.sessions if s.id in taken]
        return bool(sessions) and all(taken[s.id] < s.seats for s in sessions)

    def _proposals(self) -> Iterator[Trial]:
        """A proposal that did not open, let run for however few."""
        for round_id, keys in self._wanted(Rule.OUTRANKED, MOST_PROPOSAL_TRIALS):
            if self._status(round_id) is RoundStatus.PROPOSED and not self.seated(round_id):
                yield Trial(_suggest("förslag", round_id), round_id, self._probe, keys, _any_number_in(round_id))

    def _new_dates(self) -> Iterator[Trial]:
        """A cancelled session held on another day near by; one
        model has them all, and whose turn it is not stays empty.
        """
        found = new_dates(self._model, self._values, self._reasons.keys())[:MOST_DATE_TRIALS]
        if found:
            days = {idea.session.id: idea.day for idea in found}
            probe = self._rebuilt(with_new_dates(self._model.problem, days))
            rounds = frozenset(idea.session.round for idea in found)
            for idea in found:
                round_id = idea.session.round
                suggestion = _suggest("nytt_datum", round_id, idea.session.module, idea.day)
                yield Trial(suggestion, round_id, probe, idea.for_whom, apart=rounds - {round_id})

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
        """A caseload start moved past a round that her weekly
        cap with cases closes; one model with all of these hires.
        """
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
        order = self._probe.order[: self._probe.order.index(LAST_LEVEL) + 1]
        model = build_again(self._model, problem, order)
        values = model.booking(c.place for c in self._model.chosen(self._values))
        return Probe(model, values, order, self._probe.seed, should_stop=self._probe.should_stop)

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


def _suggest(kind: str, round_id: str, module: int | None = None, week: date | None = None) -> Suggestion:
    return Suggestion(kind=kind, round=round_id, module=module, week=week, helps=False, more_on_time=0)


def _one_more_in(round_id: str) -> Callable[[Row], Row]:
    """A seat more in the rows that count seats there."""

    def changed(row: Row) -> Row:
        if row.round != round_id or row.rule not in (Rule.SEATS, Rule.QUOTA):
            return row
        return Row(row.variables, row.coefs, row.low, row.high + 1, row.rule, row.round)

    return changed


def _nothing_kept_in(round_id: str) -> Callable[[Row], Row]:
    """No seats are kept there for any administration."""
    return _without(Rule.QUOTA, round_id)


def _any_number_in(round_id: str) -> Callable[[Row], Row]:
    """No least number of participants there."""
    return _without(Rule.MIN_PARTICIPANTS, round_id)


def _without(rule: Rule, round_id: str) -> Callable[[Row], Row]:
    def changed(row: Row) -> Row:
        if (row.rule, row.round) != (rule, round_id):
            return row
        return Row(row.variables, row.coefs, row.low, UNBOUNDED, row.rule, row.round)

    return changed


def _with_caseload_starts(problem: TermProblem, starts: Mapping[str, date]) -> TermProblem:
    moved = (h.model_copy(update={"caseload_start": starts[h.id]}) if h.id in starts else h for h in problem.hires)
    return problem.model_copy(update={"hires": tuple(moved)})
