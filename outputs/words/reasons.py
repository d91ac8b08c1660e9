"""Why a round is not hers: one plain sentence for each rule of MODEL.md, with the facts of the case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from models.ids import Level, RoundStatus, Rule, State
from models.plan import Reason, Requirement
from models.problem import Hire, Programme, Round, Session, TermProblem
from outputs.words.dates import day, short_day, weekday_list
from outputs.words.numbers import count, decimal, listed

MOST_NAMED = 5


class _Case(NamedTuple):
    """What a sentence may speak of; looked up only when it does, since there may be a million reasons."""

    problem: TermProblem
    requirement: Requirement
    why: Reason
    planned: date | None

    @property
    def hire(self) -> Hire:
        return self.problem.hire_by_id[self.requirement.hire]

    @property
    def programme(self) -> Programme:
        return self.problem.programme_by_id[self.requirement.programme]

    @property
    def sessions(self) -> tuple[Session, ...]:
        meetings = self.problem.meetings
        return tuple(s for m in self.programme.modules for s in meetings.get((self.why.round, m.number), ()))

    @property
    def subject(self) -> str:
        """The round with its first day."""
        days = [s.day for s in self.sessions]
        return self.why.round + (f" (från {short_day(min(days))})" if days else "")

    @property
    def predicate(self) -> str:
        if self.why.locked is not None:
            return f"kommer inte i fråga: platsen i {self.why.locked} är låst för hand"
        return self.why.rule.words.predicate or WITH_FACTS[self.why.rule](self)


def reason(problem: TermProblem, requirement: Requirement, why: Reason, planned: date | None = None) -> str:
    """The sentence; it begins with the round's id and first day.
    ``planned``, the planning date, tells what has been held.
    """
    case = _Case(problem, requirement, why, planned)
    return f"{case.subject} {case.predicate}."


def reasons(problem: TermProblem, planned: date, requirement: Requirement) -> tuple[str, ...]:
    """A sentence for each of the requirement's reasons."""
    return tuple(reason(problem, requirement, why, planned) for why in requirement.reasons)


class ReasonLines:
    """Reasons in as few sentences as may be: rounds of one and
    the same reason in one, those closed to her employer last.

    What is closed is worded once for each round and administration: there may be millions of such reasons.
    """

    def __init__(self, problem: TermProblem, planned: date) -> None:
        self._problem = problem
        self._planned = planned
        self._closed: dict[str, dict[str, str]] = defaultdict(dict)
        self._subjects: dict[tuple[str, str], str] = {}
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, requirement: Requirement) -> tuple[str, ...]:
        """The sentences about one requirement, made once: workbook and page tell the same."""
        key = requirement.hire, requirement.programme
        if key not in self._known:
            self._known[key] = tuple(self._sentences(requirement))
        return self._known[key]

    def _sentences(self, requirement: Requirement) -> Iterator[str]:
        found: dict[str, list[Reason]] = defaultdict(list)
        closed: dict[str, list[Reason]] = defaultdict(list)
        worded = self._closed[self._problem.hire_by_id[requirement.hire].organisation]
        for why in requirement.reasons:
            if why.rule is not Rule.CLOSED:
                found[self._case(requirement, why).predicate].append(why)
                continue
            if why.round not in worded:
                worded[why.round] = self._case(requirement, why).predicate
            closed[worded[why.round]].append(why)
        for predicate, whys in closed.items():
            found[predicate].extend(whys)
        return (f"{self._together(requirement, whys)} {predicate}." for predicate, whys in found.items())

    def _together(self, requirement: Requirement, whys: list[Reason]) -> str:
        subjects = [self._subject(requirement, why) for why in whys[:MOST_NAMED]]
        more = len(whys) - len(subjects)
        return listed([*subjects, count(more, "omgång till", "omgångar till")] if more else subjects)

    def _subject(self, requirement: Requirement, why: Reason) -> str:
        key = requirement.programme, why.round
        if key not in self._subjects:
            self._subjects[key] = self._case(requirement, why).subject
        return self._subjects[key]

    def _case(self, requirement: Requirement, why: Reason) -> _Case:
        return _Case(self._problem, requirement, why, self._planned)


def _closed(case: _Case) -> str:
    known = case.problem.round_by_id.get(case.why.round)
    if known is not None and known.status is RoundStatus.CANCELLED:
        return "har ställts in"
    if known is not None and known.organisations and case.hire.organisation not in known.organisations:
        return f"tar inte emot {_employer(case)}"
    if cancelled := sorted({s.day for s in case.sessions if s.cancelled}):
        many = "inställda tillfällen" if len(cancelled) > 1 else "ett inställt tillfälle"
        return f"har {many}, {listed(short_day(d) for d in cancelled)}"
    return "ligger utanför terminen"


def _weekday(case: _Case) -> str:
    return f"har ett tillfälle på en dag som inte är arbetsdag (arbetar {weekday_list(case.hire.weekdays)})"


def _employed(case: _Case) -> str:
    if any(s.day < case.hire.starts for s in case.sessions):
        return f"börjar före anställningens första dag, {day(case.hire.starts)}"
    return "slutar efter anställningens sista dag" + (f", {day(case.hire.ends)}" if case.hire.ends else "")


def _earliest(case: _Case) -> str:
    first = case.hire.starts + timedelta(days=case.programme.earliest_day)
    return f"börjar för tidigt: {case.programme.name} kan börja tidigast {day(first)}"


def _notice(case: _Case) -> str:
    days = [s.day for s in case.sessions]
    if days and case.planned is not None and min(days) < case.planned:
        return "har redan hållits" if max(days) < case.planned else "har redan börjat"
    notice = case.problem.settings.notice_days
    return f"ligger för nära: ingen kallas eller flyttas med mindre än {notice} dagars varsel"


def _quota(case: _Case) -> str:
    return f"har enligt kvoten ingen plats för {_employer(case)}"


def _after_deadline(case: _Case) -> str:
    deadline = case.requirement.deadline
    return "slutar efter fristen" + (f", {day(deadline)}" if deadline else "")


def _weekly_cap(case: _Case) -> str:
    settings = case.problem.settings
    caps = f"högst {decimal(settings.weekly_cap)}, och {decimal(settings.weekly_cap_with_cases)} sedan ärendena börjat"
    return f"ger för många kursdagar på en vecka ({caps})"


def _gap(case: _Case) -> str:
    least = count(case.programme.min_gap_days, "dag", "dagar")
    most = case.programme.max_gap_days
    asked = f"minst {least}" if most is None else f"minst {least} och högst {most}"
    return f"ligger på fel avstånd från ett annat moment (ska vara {asked})"


def _after(case: _Case) -> str:
    names = listed(case.problem.programme_by_id[p].name for p in case.programme.after)
    return f"börjar innan {names or 'en utbildning som ska gå före'} är klar"


def _full(case: _Case) -> str:
    kept = case.why.round in case.problem.rounds_with_quotas
    return "har inga lediga platser: alla är tagna" + (" eller hålls av en kvot" if kept else "")


def _min_participants(case: _Case) -> str:
    known = case.problem.round_by_id.get(case.why.round)
    return "skulle få för få deltagare" + (f" (minst {known.min_participants})" if known else "")


def _outranked(case: _Case) -> str:
    known = case.problem.round_by_id.get(case.why.round)
    if case.why.level is Level.ROUNDS and known is not None and known.status is RoundStatus.PROPOSED:
        return _unopened(case, known)
    cost = case.why.level.words.cost if case.why.level else "planen blir sämre för andra"
    return f"går att få, men skulle göra att {cost}"


def _unopened(case: _Case, proposal: Round) -> str:
    """What she misses would be worth opening it for, if enough others could come; what can wait is not."""
    if case.requirement.state is State.WAITING:
        return "öppnas inte bara för krav som kan vänta till nästa termin"
    if case.requirement.state is State.LEAVES:
        return "öppnas inte bara för krav utan frist att hålla under terminen"
    least = proposal.min_participants
    return "blir inte av: för få kan gå den" + (f" (minst {least} deltagare behövs)" if least > 1 else "")


def _employer(case: _Case) -> str:
    return case.problem.organisation_by_id[case.hire.organisation].name


WITH_FACTS: Mapping[Rule, Callable[[_Case], str]] = {
    Rule.CLOSED: _closed,
    Rule.WEEKDAY: _weekday,
    Rule.EMPLOYED: _employed,
    Rule.EARLIEST: _earliest,
    Rule.NOTICE: _notice,
    Rule.QUOTA: _quota,
    Rule.AFTER_DEADLINE: _after_deadline,
    Rule.WEEKLY_CAP: _weekly_cap,
    Rule.GAP: _gap,
    Rule.AFTER: _after,
    Rule.MIN_PARTICIPANTS: _min_participants,
    Rule.FULL: _full,
    Rule.OUTRANKED: _outranked,
}
"""Predicates of rules that say more than their name: verbs only,
no adjectives, since one stands after one round or after several.
"""
