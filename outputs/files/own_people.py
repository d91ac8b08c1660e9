"""A plan as one administration may read it: its own hires and no one else's, and no figure that tells of others (OUTPUT.md).

What is left out is left out here, before anything is written, so that no writer can forget it. Rounds, sessions, breaks and the
names of administrations are not people; trainers and mentors may be named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from models.change import PlanDiff
from models.plan import Plan, Requirement
from models.problem import Hire, TermProblem
from outputs.files.kinds import Planned

_Row = TypeVar("_Row")
_Key = TypeVar("_Key", bound=Hashable)


def by_administration(planned: Planned) -> Iterator[tuple[str, Planned]]:
    """Each administration of the input with its part of the plan, in order of ids; the plan before is not part of it."""
    problem, plan, changes = planned.problem, planned.plan, planned.changes
    hires = _grouped(problem.hires, lambda hire: hire.organisation)
    rows = {name: _by_hire(getattr(problem, name)) for name in _tables_of_people(problem)}
    quotas = _grouped(problem.quotas, lambda quota: quota.organisation)
    bookings, cancelled = _by_hire(plan.bookings), _by_hire(plan.cancelled)
    requirements = _by_hire(plan.requirements)
    differences = None if changes is None else _by_hire(changes.changes)
    for organisation in sorted(o.id for o in problem.organisations):
        own = hires.get(organisation, [])
        ids = [hire.id for hire in own]
        shown = plan.model_copy(
            update={
                "bookings": _of(bookings, ids),
                "cancelled": _of(cancelled, ids),
                "requirements": tuple(_told(r) for r in _of(requirements, ids)),
                "rounds": (),
                "levels": (),
                "events": (),
                "used_sessions": (),
                "files": {},
            }
        )
        tables = {name: _of(found, ids) for name, found in rows.items()}
        limited = problem.model_copy(
            update={"hires": tuple(own), "quotas": tuple(quotas.get(organisation, ())), **tables}
        )
        diff = (
            None if changes is None or differences is None else _changes(changes, differences, organisation, own, shown)
        )
        yield organisation, Planned(limited, shown, diff)


def _tables_of_people(problem: TermProblem) -> Iterator[str]:
    """The tables of the input whose rows are each about one hire."""
    for name in type(problem).model_fields:
        rows = getattr(problem, name)
        if isinstance(rows, tuple) and rows and hasattr(rows[0], "hire"):
            yield name


def _told(requirement: Requirement) -> Requirement:
    """Of what would help only that it helps her: how many more it helps tells of others."""
    helpful = tuple(s.model_copy(update={"more_on_time": 0}) for s in requirement.suggestions if s.helps)
    return requirement.model_copy(update={"suggestions": helpful}) if requirement.suggestions else requirement


def _changes(
    changes: PlanDiff, by_hire: Mapping[str, list[Any]], organisation: str, own: Iterable[Hire], plan: Plan
) -> PlanDiff:
    former = tuple(person for person in changes.former if person.organisation == organisation)
    ids = {hire.id for hire in own} | {person.hire for person in former}
    found = tuple(
        change.model_copy(update={"in_favour_of": tuple(hire for hire in change.in_favour_of if hire in ids)})
        for change in _of(by_hire, sorted(ids))
    )
    upcoming = {
        (b.hire, b.programme, b.module, b.meeting) for b in plan.bookings if b.start.date() >= plan.planning_date
    }
    changed = {(c.hire, c.programme, c.module, c.meeting) for c in found if c.after is not None}
    return PlanDiff(changes=found, unchanged=len(upcoming - changed), former=former)


def _by_hire(rows: Iterable[_Row]) -> Mapping[str, list[_Row]]:
    return _grouped(rows, lambda row: row.hire)  # type: ignore[attr-defined]


def _grouped(rows: Iterable[_Row], key: Callable[[_Row], _Key]) -> Mapping[_Key, list[_Row]]:
    found: dict[_Key, list[_Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _of(rows: Mapping[str, list[_Row]], hires: Iterable[str]) -> tuple[_Row, ...]:
    return tuple(row for hire in hires for row in rows.get(hire, ()))
