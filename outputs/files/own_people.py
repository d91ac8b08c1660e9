"""A plan as one may read it who has some of its hires: her own people
and no one else's, and no figure that tells of others (OUTPUT.md).

What is left out is left out here, before anything is written, so that no writer can forget it. Rounds, sessions, breaks
and the names of administrations are not people; trainers and mentors may be named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from models.change import PlanDiff
from models.plan import Plan, Requirement
from models.problem import TermProblem
from outputs.files.kinds import Planned

_Row = TypeVar("_Row")
_Key = TypeVar("_Key", bound=Hashable)


class OwnPeople:
    """Parts of a plan, each of some hires. Rows are put together by hire once, since there may be hundreds of parts."""

    def __init__(self, planned: Planned) -> None:
        problem, plan = planned.problem, planned.plan
        self._planned = planned
        self._hires = {hire.id: hire for hire in problem.hires}
        self._tables = {name: _by_hire(getattr(problem, name)) for name in _tables_of_people(problem)}
        self._quotas = _grouped(problem.quotas, lambda quota: quota.organisation)
        self._bookings, self._cancelled = _by_hire(plan.bookings), _by_hire(plan.cancelled)
        self._requirements, self._mentors = _by_hire(plan.requirements), _by_hire(plan.mentors)
        self._changes = _by_hire(planned.changes.changes) if planned.changes else {}

    def administrations(self) -> Iterator[tuple[str, Planned]]:
        """Each administration of the input with its part, in order of ids."""
        problem, changes = self._planned.problem, self._planned.changes
        hires = _grouped(problem.hires, lambda hire: hire.organisation)
        former = _grouped(changes.former if changes else (), lambda person: person.organisation)
        for organisation in sorted(o.id for o in problem.organisations):
            own = [hire.id for hire in hires.get(organisation, ())]
            yield organisation, self.of(organisation, [*own, *(person.hire for person in former.get(organisation, ()))])

    def of(self, organisation: str, hires: Iterable[str]) -> Planned:
        """The part of these hires of one administration, former ones among them; the plan before is not part of it."""
        ids = sorted(set(hires))
        problem, plan = self._planned.problem, self._planned.plan
        shown = plan.model_copy(
            update={
                "bookings": _of(self._bookings, ids),
                "cancelled": _of(self._cancelled, ids),
                "requirements": tuple(_told(requirement) for requirement in _of(self._requirements, ids)),
                "rounds": (),
                "levels": (),
                "mentors": _of(self._mentors, ids),
                "mentor_levels": (),
                "events": (),
                "tasks": (),
                "used_sessions": (),
                "files": {},
            }
        )
        tables: dict[str, tuple[Any, ...]] = {name: _of(found, ids) for name, found in self._tables.items()}
        tables["hires"] = tuple(self._hires[id_] for id_ in ids if id_ in self._hires)
        tables["quotas"] = tuple(self._quotas.get(organisation, ()))
        return Planned(problem.with_fewer_rows(tables), shown, self._own_changes(ids, shown))

    def _own_changes(self, ids: list[str], plan: Plan) -> PlanDiff | None:
        changes = self._planned.changes
        if changes is None:
            return None
        own = set(ids)
        found = tuple(
            change.model_copy(update={"in_favour_of": tuple(hire for hire in change.in_favour_of if hire in own)})
            for change in _of(self._changes, ids)
        )
        upcoming = {
            (b.hire, b.programme, b.module, b.meeting) for b in plan.bookings if b.start.date() >= plan.planning_date
        }
        changed = {(c.hire, c.programme, c.module, c.meeting) for c in found if c.after is not None}
        former = tuple(person for person in changes.former if person.hire in own)
        return PlanDiff(changes=found, unchanged=len(upcoming - changed), former=former)


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


def _by_hire(rows: Iterable[Any]) -> Mapping[str, list[Any]]:
    return _grouped(rows, lambda row: row.hire)


def _grouped(rows: Iterable[_Row], key: Callable[[_Row], _Key]) -> Mapping[_Key, list[_Row]]:
    found: dict[_Key, list[_Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _of(rows: Mapping[str, list[_Row]], hires: Iterable[str]) -> tuple[_Row, ...]:
    return tuple(row for hire in hires for row in rows.get(hire, ()))
