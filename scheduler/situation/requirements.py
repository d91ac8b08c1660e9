"""Which programmes apply to whom, what remains of each, in
which pieces it is booked (INPUT.md, "What counts as done").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from dateutil.relativedelta import relativedelta

from models.background import Background, applies, background_of
from models.problem import Hire, Programme, Round, Session, TermProblem
from scheduler.situation.settled import History


@dataclass(frozen=True)
class Block:
    """Modules that are booked in one round in one piece; a retake stands alone, free of the cohort and of rule 10."""

    modules: tuple[int, ...]
    retake: bool = False


@dataclass(frozen=True)
class Need:
    """One hire's requirement of one programme. Without blocks nothing
    is to be booked: it is done, or taken ``alone`` and not done yet.

    ``facts`` are her held seats in it, ``attended`` the sessions where she was present without a seat, ``held`` the
    round in which she sat through each module. ``ever_missed`` are the days on which modules were missed, ``missed``
    those of modules that remain. ``left`` are the modules, each with its round, that she sat through in a round which
    is not open to her any more, or barred: no most days are asked from there to what is booked. ``leaves``: unbooked
    she is neither missing nor waiting, for she will be gone.
    """

    hire: Hire
    programme: Programme
    blocks: tuple[Block, ...]
    facts: tuple[Session, ...]
    attended: tuple[Session, ...]
    held: tuple[tuple[int, str], ...]
    ever_missed: tuple[tuple[int, date], ...]
    missed: tuple[tuple[int, date], ...]
    left: frozenset[tuple[int, str]]
    deadline: date | None
    counts: bool
    leaves: bool
    alone: bool

    @property
    def key(self) -> tuple[str, str]:
        """(hire id, programme id)."""
        return self.hire.id, self.programme.id

    @property
    def has_dates(self) -> bool:
        """The dates of some of her modules are settled: held, or attended without a seat."""
        return bool(self.facts or self.attended)

    @property
    def done(self) -> bool:
        """Nothing remains of it."""
        return not self.blocks and not self.alone

    @property
    def weight(self) -> int:
        """How much it weighs in the levels."""
        return self.programme.weight * self.hire.priority


def needs_of(problem: TermProblem, history: History, look: Callable[[], None] = lambda: None) -> tuple[Need, ...]:
    """All requirements, done ones too, by hire id and programme id; ``look`` is called for every hire and may raise."""
    programmes = sorted(problem.programmes, key=lambda p: p.id)
    barred = frozenset((row.hire, row.round) for row in problem.barred)

    @cache
    def required(background: Background) -> list[Programme]:
        return [programme for programme in programmes if applies(programme, background)]

    found: list[Need] = []
    for hire in sorted(problem.hires, key=lambda h: h.id):
        look()
        found += (_need(problem, history, barred, hire, programme) for programme in required(background_of(hire)))
    return tuple(found)


def add_months(day: date, months: int) -> date:
    """That day so many calendar months later, or the last of a shorter month (31 Oct + 4 months = 28 Feb)."""
    later: date = day + relativedelta(months=months)
    return later


def _need(
    problem: TermProblem, history: History, barred: Collection[tuple[str, str]], hire: Hire, programme: Programme
) -> Need:
    facts, attended = (
        tuple(s for s in of_hire.get(hire.id, ()) if problem.round_by_id[s.round].programme == programme.id)
        for of_hire in (history.facts, history.attended)
    )
    held = _held(problem, facts)
    numbers = [m.number for m in programme.modules]
    remaining = tuple(m for m in numbers if (hire.id, programme.id, m) not in history.credited and m not in held)
    ever_missed = {m: day for m in numbers if (day := history.missed.get((hire.id, programme.id, m)))}
    missed = {m: day for m, day in ever_missed.items() if m in remaining}
    deadline = add_months(hire.deadlines_count_from, programme.deadline_months) if programme.deadline_months else None
    end = problem.settings.horizon_end
    leaves_before = hire.ends is not None and (deadline is None or hire.ends < deadline)
    return Need(
        hire=hire,
        programme=programme,
        blocks=() if programme.own_time else _blocks(programme, remaining, missed),
        facts=facts,
        attended=attended,
        held=tuple(held.items()),
        ever_missed=tuple(ever_missed.items()),
        missed=tuple(missed.items()),
        left=frozenset((m, r) for m, r in held.items() if _has_left(hire, problem.round_by_id[r], barred)),
        deadline=deadline,
        counts=not programme.own_time and deadline is not None and deadline <= end and not leaves_before,
        leaves=leaves_before and hire.ends is not None and hire.ends <= end,
        alone=programme.own_time and bool(remaining),
    )


def _has_left(hire: Hire, round_: Round, barred: Collection[tuple[str, str]]) -> bool:
    """The round is not open to her administration now, or it
    is barred to her; one that is cancelled she has not left.
    """
    return (hire.id, round_.id) in barred or (
        bool(round_.organisations) and hire.organisation not in round_.organisations
    )


def _held(problem: TermProblem, facts: tuple[Session, ...]) -> Mapping[int, str]:
    """Modules of which she sat through every meeting in some
    round; one cancelled before its day leaves the module open.
    """
    ids = {s.id for s in facts}
    return {
        s.module: s.round
        for s in sorted(facts, key=lambda s: s.id)
        if all(meeting.id in ids for meeting in problem.meetings[s.round, s.module])
    }


def _blocks(programme: Programme, remaining: tuple[int, ...], missed: dict[int, date]) -> tuple[Block, ...]:
    rest = tuple(m for m in remaining if m not in missed)
    together = (rest,) if programme.cohort and rest else tuple((m,) for m in rest)
    retakes = tuple(Block((m,), retake=True) for m in missed)
    return tuple(sorted((*(Block(modules) for modules in together), *retakes), key=lambda b: b.modules))
