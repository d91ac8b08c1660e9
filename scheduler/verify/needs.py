"""Requirements as they stand on the planning date: who is to go through what, by when, and what of it remains."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.problem import Hire, Programme, TermProblem
from scheduler.verify.held import Held, held_in
from scheduler.verify.keys import Key


@dataclass(frozen=True)
class Need:
    """A requirement as it stands on the planning date.

    ``remaining`` are the modules still to be attended, in number order; ``missed`` those among them that she was
    absent from; ``held`` says in which round each module was held that she has attended in full.
    """

    hire: Hire
    programme: Programme
    remaining: tuple[int, ...]
    missed: frozenset[int]
    held: Mapping[int, str]
    deadline: date | None
    counts: bool

    @property
    def is_own_time(self) -> bool:
        """Taken alone: in no rule and no level."""
        return self.programme.own_time

    @property
    def key(self) -> Key:
        """Hire and programme."""
        return Key(self.hire.id, self.programme.id)

    @property
    def weight(self) -> int:
        """``vikt`` x ``prioritet``."""
        return self.programme.weight * self.hire.priority

    @property
    def together(self) -> tuple[int, ...]:
        """The modules that a cohort takes in one round: all that remain but the missed ones."""
        return tuple(module for module in self.remaining if module not in self.missed)


def needs_of(problem: TermProblem, held: Held) -> Mapping[str, tuple[Need, ...]]:
    """Every requirement, those that are done too, by hire and sorted by programme."""
    credited = _credited(problem, held)
    return {
        hire.id: tuple(
            sorted(
                (_need(problem, held, credited, hire, one) for one in problem.programmes if applies(one, hire)),
                key=lambda need: need.key,
            )
        )
        for hire in problem.hires
    }


def applies(programme: Programme, hire: Hire) -> bool:
    """Whether the hire is to go through the programme: her own list, else the programme's rules."""
    if hire.programmes is not None:
        return programme.id in hire.programmes
    if programme.organisations and hire.organisation not in programme.organisations:
        return False
    if programme.inexperienced_only and hire.experienced:
        return False
    return not programme.target_groups or not set(programme.target_groups).isdisjoint(hire.target_groups)


def months_after(day: date, months: int) -> date:
    """That day so many calendar months later, or the last day of that month: 31 Oct + 4 months is 28 Feb."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _credited(problem: TermProblem, held: Held) -> Mapping[Key, frozenset[int]]:
    """Modules that count as done without a seat: ``tillgodoräknas``, and presence without a booking."""
    found: dict[Key, set[int]] = defaultdict(set)
    for hire in problem.hires:
        for credit in hire.credits:
            programme = problem.programme_by_id[credit.programme]
            modules = [module.number for module in programme.modules]
            found[Key(hire.id, programme.id)].update(modules if credit.module is None else [credit.module])
    for key, sessions in held.present_without_seat.items():
        found[key].update(session.module for session in sessions)
    return {key: frozenset(modules) for key, modules in found.items()}


def _need(
    problem: TermProblem, held: Held, credited: Mapping[Key, frozenset[int]], hire: Hire, programme: Programme
) -> Need:
    key = Key(hire.id, programme.id)
    in_full, done = held_in(problem, held, key), credited.get(key, frozenset())
    remaining = tuple(
        number
        for number in sorted(module.number for module in programme.modules)
        if number not in in_full and number not in done
    )
    counted_from = hire.starts if hire.deadline_from is None else hire.deadline_from
    deadline = None if programme.deadline_months == 0 else months_after(counted_from, programme.deadline_months)
    return Need(
        hire=hire,
        programme=programme,
        remaining=remaining,
        missed=frozenset(remaining) & frozenset(held.missed_on.get(key, ())),
        held=in_full,
        deadline=deadline,
        counts=not programme.own_time
        and deadline is not None
        and deadline <= problem.settings.horizon_end
        and (hire.ends is None or hire.ends >= deadline),
    )
