"""What became different between two plans, in words: by person, whom one tells, and by round, for its trainers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from models.change import Change, ChangeKind, PlanDiff
from models.problem import TermProblem
from outputs.figures import swedish_order
from outputs.words import CHANGE_KINDS, change_cause, count, listed, module_name, seat

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


def by_person(changes: PlanDiff, names: Mapping[str, str], problem: TermProblem) -> Iterator[str]:
    """A heading for each hire, in the order of names, and a line for each of her changes."""
    mine: dict[str, list[Change]] = defaultdict(list)
    for change in changes.changes:
        mine[change.hire].append(change)
    for hire in sorted(mine, key=lambda h: (swedish_order(names.get(h, h)), h)):
        yield f"{names.get(hire, hire)} ({hire})"
        yield from (f"  {_line(change, problem)}" for change in mine[hire])


def by_round(changes: PlanDiff, names: Mapping[str, str]) -> Iterator[str]:
    """Who comes to and who leaves each round."""
    comes: dict[str, set[str]] = defaultdict(set)
    leaves: dict[str, set[str]] = defaultdict(set)
    for change in changes.changes:
        before = change.before.round if change.before else None
        after = change.after.round if change.after else None
        if before != after:
            if after is not None:
                comes[after].add(change.hire)
            if before is not None:
                leaves[before].add(change.hire)
    for round_ in sorted(comes.keys() | leaves.keys()):
        parts = [*_people("till", comes[round_], names), *_people("bort", leaves[round_], names)]
        yield f"{round_}: {'; '.join(parts)}"


def names_in(*problems: TermProblem) -> Mapping[str, str]:
    """Names by id, also of those who have left; the later problem's wins."""
    return {hire.id: hire.name for problem in problems for hire in problem.hires}


def as_data(changes: PlanDiff) -> Mapping[str, object]:
    """For ``--json``."""
    return changes.model_dump(mode="json")


def _line(change: Change, problem: TermProblem) -> str:
    what = f"{CHANGE_KINDS[change.kind]}: {module_name(problem, change.programme, change.module)}"
    before = seat(change.before) if change.before else None
    after = seat(change.after) if change.after else None
    where = f"{before} → {after}" if before and after else after or before
    return f"{what}: {where}. {change_cause(change)}".rstrip()


def _people(word: str, hires: Iterable[str], names: Mapping[str, str]) -> Iterator[str]:
    found = sorted((names.get(h, h) for h in hires), key=swedish_order)
    if found:
        yield f"{word} {listed(found)}"
