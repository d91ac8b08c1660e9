"""A reason is true: were it not for what it names, the seat could
have been had (MODEL.md, Reasons); tried by solving on random terms.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache

import pytest

from models.ids import RoundStatus, Rule
from models.plan import Plan, Reason
from models.problem import Credit, Hire, Programme, Round, Session, TermProblem
from scheduler.answers.probe import Probe
from scheduler.answers.reasons import Explainer
from scheduler.linear.model import Linear, at_least, total
from scheduler.model.build import build
from scheduler.situation.offers import Offer
from scheduler.situation.requirements import Block
from scheduler.solvers.cp_sat import Engine
from tests.scheduler.build import outcome_of
from tests.scheduler.random_problems import case, rebuilt

CASES = int(os.environ.get("TERMINSPLAN_CASES", "500")) // 10
SEEDS = (*range(CASES), 121, 197, 298)
"""The last ones have the reasons that are rare: ``avstånd`` and ``ordning``."""
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
ORDER = tuple(Rule)
NAMED = ORDER[: ORDER.index(Rule.SEATS)]
"""Reasons that name what stands against her: closed to her, or her own other bookings."""


@dataclass(frozen=True)
class Told:
    """A reason of a plan, with the term that it was made for."""

    term: TermProblem
    today: date
    plan: Plan
    hire: str
    programme: str
    reason: Reason

    @property
    def round(self) -> Round:
        return self.term.round_by_id[self.reason.round]

    @property
    def sessions(self) -> tuple[Session, ...]:
        return tuple(s for s in self.term.sessions if s.round == self.reason.round)


# --- taking away what a reason names


def _rounds(told: Told, **fields: object) -> TermProblem:
    rows = (r.model_copy(update=fields) if r.id == told.round.id else r for r in told.term.rounds)
    return rebuilt(told.term, rounds=tuple(rows))


def _sessions(told: Told, **fields: object) -> TermProblem:
    rows = (s.model_copy(update=fields) if s.round == told.round.id else s for s in told.term.sessions)
    return rebuilt(told.term, sessions=tuple(rows))


def _hire(told: Told, **fields: object) -> TermProblem:
    rows = (h.model_copy(update=fields) if h.id == told.hire else h for h in told.term.hires)
    return rebuilt(told.term, hires=tuple(rows))


def _programmes(told: Told, change: Callable[[Programme], dict[str, object]]) -> TermProblem:
    return rebuilt(told.term, programmes=tuple(p.model_copy(update=change(p)) for p in told.term.programmes))


def _programme(told: Told, **fields: object) -> TermProblem:
    return _programmes(told, lambda p: fields if p.id == told.programme else {})


def _settings(told: Told, **fields: object) -> TermProblem:
    return rebuilt(told.term, settings=told.term.settings.model_copy(update=fields))


def _opened(told: Told) -> TermProblem:
    days = [s.day for s in told.sessions]
    first, last = told.term.settings.horizon_start, told.term.settings.horizon_end
    status = RoundStatus.FIXED if told.round.status is RoundStatus.CANCELLED else told.round.status
    wide = _settings(told, horizon_start=min(first, *days), horizon_end=max(last, *days))
    there = replace(told, term=wide)
    held = replace(told, term=_sessions(there, cancelled=False))
    return _rounds(held, organisations=(), status=status)


def _employed(told: Told) -> TermProblem:
    own = told.term.hire_by_id[told.hire]
    return _hire(told, starts=min(own.starts, *(s.day for s in told.sessions)), ends=None)


def _every_day_open(told: Told) -> TermProblem:
    return rebuilt(_settings(told, open_weekdays=EVERY_DAY), breaks=(), holidays=())


def _without_quota(told: Told) -> TermProblem:
    return rebuilt(told.term, quotas=tuple(q for q in told.term.quotas if q.round != told.round.id))


def _alone(told: Told) -> TermProblem:
    """Without her other requirements, and with a round whose own meetings do not overlap."""
    own = {s.id: hour for hour, s in enumerate(sorted(told.sessions, key=lambda s: (s.starts_at, s.id)))}
    moved = (
        s.model_copy(update={"start": time(6 + own[s.id]), "end": time(6 + own[s.id], 30)}) if s.id in own else s
        for s in told.term.sessions
    )
    apart = rebuilt(told.term, sessions=tuple(moved))
    return _hire(replace(told, term=apart), programmes=(told.programme,))


def _without_others(told: Told) -> TermProblem:
    """Without what comes before and after in the rule of ``efter``."""
    return _programmes(told, lambda p: {"after": ()})


WITHOUT: Mapping[str, Callable[[Told], TermProblem]] = {
    "spärr": lambda told: rebuilt(told.term, barred=()),
    Rule.CLOSED: _opened,
    Rule.BREAK: _every_day_open,
    Rule.ABSENCE: lambda told: rebuilt(told.term, absences=()),
    Rule.WEEKDAY: lambda told: _hire(told, weekdays=EVERY_DAY),
    Rule.EMPLOYED: _employed,
    Rule.EARLIEST: lambda told: _programme(told, earliest_day=0),
    Rule.NOTICE: lambda told: _sessions(told, day=told.today + timedelta(days=told.term.settings.notice_days)),
    Rule.ACCESSIBLE: lambda told: _hire(told, needs_accessible=False),
    Rule.SHARED: lambda told: _sessions(told, trainers=(), room=None),
    Rule.QUOTA: _without_quota,
    Rule.AFTER_DEADLINE: lambda told: _programme(told, deadline_months=0),
    Rule.CLASH: _alone,
    Rule.WEEKLY_CAP: lambda told: _settings(told, weekly_cap=7, weekly_cap_with_cases=7),
    Rule.ORDER: lambda told: _programme(told, ordered=False),
    Rule.GAP: lambda told: _programme(told, min_gap_days=0, max_gap_days=None),
    Rule.AFTER: _without_others,
}


# --- asking anew


@cache
def _stories(seed: int) -> tuple[Told, ...]:
    now = case(seed)
    plan = outcome_of(now.problem, now.planning_date).plan
    if plan is None:
        return ()
    return tuple(
        Told(now.problem, now.planning_date, plan, row.hire, row.programme, reason)
        for row in plan.requirements
        for reason in row.reasons
    )


def _reason_now(told: Told, term: TermProblem) -> tuple[Rule | None, Block | None]:
    """The reason against her sitting there in a changed term, with
    everybody as the plan has them, and the block that it is about.

    A clash is with any of her bookings, which are left out then.
    """
    model = build(term, told.today, None)
    alone = told.reason.rule is Rule.CLASH
    booked = {(b.hire, b.session) for b in told.plan.bookings if not (alone and b.hire == told.hire)}
    chosen = [
        c.place
        for c in model.variables.candidates
        if all((c.need.hire.id, session.id) in booked for session in c.offer.sessions)
    ]
    need = model.variables.need_by_key.get((told.hire, told.programme))
    if need is None:
        return None, None
    explainer = Explainer(Probe(model, model.booking(chosen), (), 1, should_stop=lambda: True))
    for block in need.blocks:
        offer: Offer | None = model.variables.eligibility.offer(need, block, term.round_by_id[told.round.id])
        if offer is not None:
            return explainer.rule_against(need, block, offer), block
    return None, None


def _can_be_had(told: Told, term: TermProblem, block: Block) -> bool:
    """Some plan has her there, whoever else must move, with seats
    enough, nothing decided and no other module asked of her.
    """
    programme = term.programme_by_id[told.programme]
    rest = tuple(
        Credit(programme=programme.id, module=m.number) for m in programme.modules if m.number not in block.modules
    )
    undecided = replace(told, term=rebuilt(term, bookings=()))
    roomy = replace(told, term=_sessions(undecided, seats=99))
    open_to_all = replace(told, term=_rounds(roomy, seats=99, min_participants=0, status=RoundStatus.FIXED))
    apart = replace(told, term=_without_quota(open_to_all))
    own: Hire = term.hire_by_id[told.hire]
    model = build(_hire(apart, credits=(*own.credits, *rest)), told.today, None)
    there = [
        c.variable
        for c in model.variables.candidates
        if c.need.key == (told.hire, told.programme) and c.offer.round.id == told.round.id
    ]
    linear_model = model.variables.linear_model
    if not there:
        return False
    rows = [*linear_model.rows, at_least(total(there), 1)]
    engine = Engine(linear_model.low, linear_model.high, rows, seed=1)
    return engine.minimise(Linear(), hint=None, seconds=60.0).values is not None


def test_what_every_reason_names_can_be_taken_away() -> None:
    assert {str(rule) for rule in NAMED} <= {str(rule) for rule in WITHOUT}


@pytest.mark.parametrize("seed", SEEDS)
def test_without_what_a_reason_names_a_later_one_holds_or_the_seat_can_be_had(seed: int) -> None:
    for told in _stories(seed):
        rule = told.reason.rule
        if rule not in NAMED:
            continue
        term = WITHOUT[rule](told)
        now, block = _reason_now(told, term)
        case_told = f"seed {seed}: {told.hire} {told.programme} {told.round.id} {rule} -> {now}"
        # Who is given another day may come into a break on it.
        assert now is not rule if rule is Rule.NOTICE else now is None or ORDER.index(now) > ORDER.index(rule), (
            case_told
        )
        if now is not None and now not in NAMED and block is not None:
            assert _can_be_had(told, term, block), case_told


def test_the_random_terms_have_reasons_of_every_kind() -> None:
    assert set(NAMED) <= {told.reason.rule for seed in SEEDS for told in _stories(seed)}
