"""What became different between two plans, in words: by person, whom one tells, and by round, for its trainers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from models.change import Change, ChangeKind, PlanDiff
from models.plan import Booking, Plan
from models.problem import TermProblem
from outputs.by_hand import ByHand
from outputs.change_groups import Group, RoundChanges, by_cause, by_person, by_round, in_order_of_names
from outputs.words import (
    CHANGE_KINDS,
    change_cause,
    count,
    details_changed,
    listed,
    module_name,
    seat,
    short_day,
    swedish_order,
    told_apart,
)

PEOPLE_SHOWN = 25
_WITHOUT_CAUSE = "Nya platser och ändrade uppgifter:"
_LOST_WITHOUT_CAUSE = "Andra flyttade och inställda platser:"
_COUNTED = {
    ChangeKind.NEW: ("ny", "nya"),
    ChangeKind.MOVED: ("flyttad", "flyttade"),
    ChangeKind.DETAILS: ("ändrad", "ändrade"),
    ChangeKind.CANCELLED: ("inställd", "inställda"),
}


def in_short(changes: PlanDiff) -> str:
    """``Platser: 3 nya, 1 flyttad, 0 ändrade, 2 inställda, 500 oförändrade.``"""
    found = Counter(change.kind for change in changes.changes)
    parts = [count(found[kind], one, many) for kind, (one, many) in _COUNTED.items()]
    return f"Platser: {', '.join(parts)}, {count(changes.unchanged, 'oförändrad', 'oförändrade')}."


def short_list(changes: PlanDiff, names: Mapping[str, str], problem: TermProblem) -> Iterator[str]:
    """The first people with what happened to each of their
    programmes, under what caused it; how many more there are.
    """
    shown: set[str] = set()
    for cause, groups in by_cause(changes, lambda group: _heading_of_cause(group, names, problem)).items():
        lines = list(_under_cause(groups, names, problem, shown))
        if lines:
            yield cause or _WITHOUT_CAUSE
            yield from lines
    if (more := len({change.hire for change in changes.changes}) - len(shown)) > 0:
        yield f"… och {count(more, 'person', 'personer')} till: se bladet Ändringar i plan.xlsx."


def cause_list(changes: PlanDiff, names: Mapping[str, str], problem: TermProblem) -> Iterator[str]:
    """Each cause once, with the people whom it cost a seat; those without a known cause are left out."""
    apart = told_apart(names)
    for cause, groups in by_cause(changes, lambda group: _cause(group, names, problem)).items():
        if cause:
            yield from (cause, f"  {_people({group.hire for group in groups}, apart)}")


def _under_cause(
    groups: Iterable[Group], names: Mapping[str, str], problem: TermProblem, shown: set[str]
) -> Iterator[str]:
    """A line for each group, as long as there is room for its person."""
    mine: dict[str, list[Group]] = {}
    for group in groups:
        mine.setdefault(group.hire, []).append(group)
    for hire in in_order_of_names(mine, names):
        if hire in shown or len(shown) < PEOPLE_SHOWN:
            shown.add(hire)
            for group in mine[hire]:
                yield f"  {names.get(hire, hire)} ({hire}): {_heading(group, problem)}: {_days(group)}"


def full_list(changes: PlanDiff, names: Mapping[str, str], problem: TermProblem) -> Iterator[str]:
    """Everybody, with a line for each changed seat; why is told by ``cause_list``."""
    for hire, groups in _ordered(changes, names):
        yield f"{names.get(hire, hire)} ({hire})"
        for group in groups:
            yield f"  {_heading(group, problem)}."
            yield from (f"    moment {change.module}: {_seats(change)}" for change in group.changes)


def round_list(
    changes: PlanDiff, names: Mapping[str, str], before: Plan, after: Plan, problem: TermProblem
) -> Iterator[str]:
    """Each round with who is new, came from another, went to another, or lost the seat and why."""
    apart = told_apart(names)
    for found in by_round(changes, before, after):
        yield f"{found.round}: {count(found.unchanged, 'deltagare som förut', 'deltagare som förut')}"
        yield from (f"  {line}" for line in _in_round(found, apart, problem))


def rounds_as_data(changes: PlanDiff, before: Plan, after: Plan) -> list[Mapping[str, object]]:
    """What became different in each round, for ``--json``: ids only."""
    return [
        {
            "round": found.round,
            "new": sorted(found.new),
            "from": {round_: sorted(hires) for round_, hires in sorted(found.arrived.items())},
            "to": {round_: sorted(hires) for round_, hires in sorted(found.left.items())},
            "cancelled": sorted(found.cancelled),
            "details": sorted({change.hire for change in found.details}),
            "unchanged": found.unchanged,
        }
        for found in by_round(changes, before, after)
    ]


def hand_list(
    decided: Iterable[ByHand], gone: Iterable[ByHand], names: Mapping[str, str], problem: TermProblem
) -> Iterator[str]:
    """What has been decided by hand since, and what no longer is."""
    apart = told_apart(names)
    for row in decided:
        yield f"{apart.get(row.hire, row.hire)}, {module_name(problem, row.programme, None)}: {row.note}"
    for row in gone:
        yield f"{apart.get(row.hire, row.hire)}, {module_name(problem, row.programme, None)}: inte längre {row.note}"


def hand_data(rows: Iterable[ByHand]) -> list[Mapping[str, object]]:
    """What was decided by hand, for ``--json``: ids only."""
    return [asdict(row) for row in rows]


def names_in(*problems: TermProblem | None) -> Mapping[str, str]:
    """Names by id, also of those who have left; the later problem's wins."""
    return {hire.id: hire.name for problem in problems if problem for hire in problem.hires}


def as_data(changes: PlanDiff) -> Mapping[str, object]:
    """For ``--json``."""
    return changes.model_dump(mode="json")


def _ordered(changes: PlanDiff, names: Mapping[str, str]) -> list[tuple[str, tuple[Group, ...]]]:
    people = by_person(changes)
    return [(hire, people[hire]) for hire in in_order_of_names(people, names)]


def _heading(group: Group, problem: TermProblem) -> str:
    rounds = " → ".join(dict.fromkeys(round_ for round_ in (group.before, group.after) if round_))
    return f"{CHANGE_KINDS[group.kind]}: {module_name(problem, group.programme, None)} {rounds}"


def _cause(group: Group, names: Mapping[str, str], problem: TermProblem) -> str:
    return change_cause(group.first, told_apart(names), problem)


def _heading_of_cause(group: Group, names: Mapping[str, str], problem: TermProblem) -> str:
    lost = group.kind in (ChangeKind.MOVED, ChangeKind.CANCELLED)
    return _cause(group, names, problem) or (_LOST_WITHOUT_CAUSE if lost else "")


def _days(group: Group) -> str:
    old = [change.before for change in group.changes if change.before]
    new = [change.after for change in group.changes if change.after]
    if group.kind is ChangeKind.DETAILS:
        return "; ".join(f"{short_day(c.after.start.date())} {details_changed(c)}" for c in group.changes if c.after)
    return " → ".join(_dates(rows) for rows in (old, new) if rows)


def _dates(rows: Iterable[Booking]) -> str:
    return listed(short_day(row.start.date()) for row in rows)


def _seats(change: Change) -> str:
    if change.kind is ChangeKind.DETAILS and change.after:
        return f"{seat(change.after)}; {details_changed(change)}"
    return " → ".join(seat(row) for row in (change.before, change.after) if row)


def _in_round(found: RoundChanges, names: Mapping[str, str], problem: TermProblem) -> Iterator[str]:
    if found.new:
        yield f"Nya: {_people(found.new, names)}"
    yield from (f"Hit från {round_}: {_people(hires, names)}" for round_, hires in sorted(found.arrived.items()))
    yield from (f"Härifrån till {round_}: {_people(hires, names)}" for round_, hires in sorted(found.left.items()))
    for cause, hires in _causes(found.cancelled.values(), names, problem).items():
        yield f"Inte längre här: {_people(hires, names)}. {cause}".rstrip()
    for text, hires in _details(found.details).items():
        yield f"Ändrat, {text}: {_people(hires, names)}"


def _causes(changes: Iterable[Change], names: Mapping[str, str], problem: TermProblem) -> Mapping[str, set[str]]:
    """Who lost the seat, by why."""
    found: dict[str, set[str]] = {}
    for change in changes:
        found.setdefault(change_cause(change, names, problem), set()).add(change.hire)
    return found


def _details(changes: Iterable[Change]) -> Mapping[str, set[str]]:
    """Who is concerned, by what is another; all participants of a session most often see the same."""
    found: dict[str, set[str]] = {}
    for change in changes:
        found.setdefault(f"moment {change.module}, {details_changed(change)}", set()).add(change.hire)
    return found


def _people(hires: Iterable[str], names: Mapping[str, str]) -> str:
    return listed(sorted((names.get(h, h) for h in hires), key=swedish_order))
