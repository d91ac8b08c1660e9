"""Changed seats put together as one tells of them: a person's
seats of one programme, and who comes to and leaves a round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from models.change import Change, ChangeKind, PlanDiff
from models.plan import Booking, Plan
from models.problem import TermProblem
from outputs.words import swedish_order, told_apart


@dataclass(frozen=True)
class Group:
    """Changes of one kind, for one reason, from one round to one round, in one hire's programme; in order of module."""

    hire: str
    programme: str
    kind: ChangeKind
    before: str | None
    after: str | None
    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        """The change that speaks for all: they have the same cause."""
        return self.changes[0]


@dataclass
class RoundChanges:
    """Hires who are new in a round, came from or went to another, or lost a seat, and how many stay as they were."""

    round: str
    new: set[str] = field(default_factory=set)
    arrived: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    left: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    cancelled: dict[str, Change] = field(default_factory=dict)
    details: list[Change] = field(default_factory=list)
    unchanged: int = 0


def names_of(problem: TermProblem, diff: PlanDiff) -> Mapping[str, str]:
    """Names by id, also of those who have left; with the id where two share a name."""
    return told_apart({f.hire: f.name for f in diff.former} | {h.id: h.name for h in problem.hires})


def employers_of(problem: TermProblem, diff: PlanDiff) -> Mapping[str, str]:
    """Names of administrations by hire, also of those who have left."""
    owners = {h.id: h.organisation for h in problem.hires} | {f.hire: f.organisation for f in diff.former}
    names = {o.id: o.name for o in problem.organisations}
    return {hire: names.get(organisation, organisation) for hire, organisation in owners.items()}


def in_order_of_names(hires: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """As a Swedish list of names goes; who has none stands by her id."""
    return sorted(hires, key=lambda hire: (swedish_order(names.get(hire, hire)), hire))


def by_person(diff: PlanDiff) -> Mapping[str, tuple[Group, ...]]:
    """Each hire's groups, in the order of her programmes and modules."""
    found: dict[str, tuple[Group, ...]] = {}
    for hire, changes in groupby(diff.changes, key=lambda c: c.hire):
        found[hire] = tuple(_groups(changes))
    return found


def by_cause(diff: PlanDiff, cause: Callable[[Group], str]) -> Mapping[str, tuple[Group, ...]]:
    """Groups by what caused them, as worded by ``cause``: the widest cause first, and those without one last."""
    found: dict[str, list[Group]] = defaultdict(list)
    for groups in by_person(diff).values():
        for group in groups:
            found[cause(group)].append(group)
    order = sorted(found, key=lambda text: (not text, -len({g.hire for g in found[text]}), text))
    return {text: tuple(found[text]) for text in order}


def by_round(diff: PlanDiff, before: Plan, after: Plan) -> tuple[RoundChanges, ...]:
    """Every round in which something changed, by id."""
    found: dict[str, RoundChanges] = {}
    touched: dict[str, set[str]] = defaultdict(set)
    for change in diff.changes:
        for round_ in {row.round for row in (change.before, change.after) if row}:
            touched[round_].add(change.hire)
            _note(found.setdefault(round_, RoundChanges(round_)), change)
    for round_, changes in found.items():
        stayed = _upcoming(before, after, round_) & _upcoming(after, after, round_)
        changes.unchanged = len(stayed - touched[round_])
    return tuple(found[round_] for round_ in sorted(found))


def _groups(changes: Iterable[Change]) -> Iterator[Group]:
    together: dict[tuple[object, ...], list[Change]] = defaultdict(list)
    for change in changes:
        together[_likeness(change)].append(change)
    for same in together.values():
        one = same[0]
        yield Group(one.hire, one.programme, one.kind, _round(one.before), _round(one.after), tuple(same))


def _likeness(change: Change) -> tuple[object, ...]:
    before, after = _round(change.before), _round(change.after)
    return change.programme, change.kind, before, after, change.forced_by, change.given_up_for, change.unneeded


def _round(booking: Booking | None) -> str | None:
    return booking.round if booking else None


def _note(changes: RoundChanges, change: Change) -> None:
    before, after = _round(change.before), _round(change.after)
    if before == after:
        changes.details.append(change)
    elif before is None:
        changes.new.add(change.hire)
    elif after is None:
        changes.cancelled.setdefault(change.hire, change)
    elif changes.round == after:
        changes.arrived[before].add(change.hire)
    else:
        changes.left[after].add(change.hire)


def _upcoming(plan: Plan, later: Plan, round_: str) -> set[str]:
    return {b.hire for b in plan.bookings if b.round == round_ and b.start.date() >= later.planning_date}
