"""Which hires cannot influence each other's plan: groups that
are planned one by one, or side by side (SPEED.md, point 6).

What links hires: a round that is open to both, or in which both have seats; proposals that share a trainer or a room;
and their administration, whose units and whose share of late requirements are counted as one. Between groups nothing is
left but level ``equity``, the largest share of all administrations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from models.ids import RoundStatus
from models.plan import Plan
from models.problem import TermProblem
from scheduler.linear.model import nothing
from scheduler.seat_rules import closed, shared
from scheduler.situation.requirements import Need, needs_of
from scheduler.situation.settled import History, read_history

_Node = tuple[str, str]
"""("förvaltning" or "omgång", id)."""


@dataclass(frozen=True)
class Group:
    """Hires that nobody outside influences, by id; in the first group also those who have left.

    ``size`` is about how many bookings there are to choose among.
    """

    hires: tuple[str, ...]
    size: int


def groups_of(
    problem: TermProblem, planning_date: date, previous: Plan | None, look: Callable[[], None] = nothing
) -> tuple[Group, ...]:
    """All hires in as many groups as there can be, by their first
    hire; those with nothing to choose are put to the first group.

    ``look`` is called now and then; what it raises ends that.
    """
    history = read_history(problem, planning_date, previous)
    needs = [need for need in needs_of(problem, history, look) if need.blocks]
    links = (*_open(problem, needs), *_seated(problem, history), *_proposals_that_share(problem))
    component_of = _components((_administration(hire.organisation) for hire in problem.hires), links)
    members: dict[_Node, list[str]] = defaultdict(list)
    for hire in problem.hires:
        members[component_of[_administration(hire.organisation)]].append(hire.id)
    sizes = _sizes(problem, needs)
    found = [Group(tuple(sorted(hires)), sum(sizes[h] for h in hires)) for hires in members.values()]
    left = {row.hire for row in previous.bookings} - problem.hire_by_id.keys() if previous else set()
    return _without_idle(sorted(found, key=lambda group: group.hires), left)


def narrowed(problem: TermProblem, group: Group) -> TermProblem:
    """The term with the hires of one group only: all rounds
    stay, so that reasons name those that are closed to her too.
    """
    own = frozenset(group.hires)
    return problem.model_copy(
        update={
            "hires": tuple(h for h in problem.hires if h.id in own),
            "absences": tuple(row for row in problem.absences if row.hire in own),
            "bookings": tuple(row for row in problem.bookings if row.hire in own),
            "barred": tuple(row for row in problem.barred if row.hire in own),
            "attendance": tuple(row for row in problem.attendance if row.hire in own),
        }
    )


def narrowed_plan(previous: Plan, group: Group) -> Plan:
    """An earlier plan as far as it concerns a re-plan of one group: its seats."""
    own = frozenset(group.hires)
    kept = tuple(row for row in previous.bookings if row.hire in own)
    return previous.model_copy(update={"bookings": kept, "cancelled": (), "requirements": (), "events": ()})


def _components(nodes: Iterable[_Node], links: Sequence[tuple[_Node, _Node]]) -> Mapping[_Node, _Node]:
    """Of each node one that stands for its connected component; links may name others.

    By hand: scipy's graphs load its linear algebra, which takes longer than the rest (docs/adr/215).
    """
    above = {node: node for node in (*nodes, *chain.from_iterable(links))}

    def top(node: _Node) -> _Node:
        while above[node] != node:
            above[node] = node = above[above[node]]
        return node

    for one, other in links:
        above[top(one)] = top(other)
    return {node: top(node) for node in above}


def _administration(id_: str) -> _Node:
    return "förvaltning", id_


def _round(id_: str) -> _Node:
    return "omgång", id_


def _open(problem: TermProblem, needs: Sequence[Need]) -> Iterator[tuple[_Node, _Node]]:
    """Rounds in which somebody of the administration may be booked, as far as the administration decides."""
    asked = dict.fromkeys((need.hire.organisation, need.programme.id) for need in needs)
    for organisation, programme in asked:
        for round_ in problem.rounds_of[programme]:
            if not closed.forbids_round(round_, organisation):
                yield _administration(organisation), _round(round_.id)


def _seated(problem: TermProblem, history: History) -> Iterator[tuple[_Node, _Node]]:
    """Rounds in which somebody of the administration has held, given or published seats."""
    seats = {(hire, session.id) for hire, facts in history.facts.items() for session in facts} | history.settled
    for hire_id, session_id in seats:
        session = problem.session_by_id.get(session_id)
        if session is not None:
            yield _administration(problem.hire_by_id[hire_id].organisation), _round(session.round)


def _proposals_that_share(problem: TermProblem) -> Iterator[tuple[_Node, _Node]]:
    """Beside a fixed round there is nothing to choose: the proposal never runs, whoever plans it."""
    proposed = {r.id for r in problem.rounds if r.status is RoundStatus.PROPOSED}
    for one, other in shared.conflicts(problem):
        if {one, other} <= proposed:
            yield _round(one), _round(other)


def _sizes(problem: TermProblem, needs: Sequence[Need]) -> dict[str, int]:
    """Bookings to choose among, by hire: rounds that are open to her administration, for each block that she needs."""
    choices: dict[tuple[str, str, tuple[int, ...]], int] = {}
    found: dict[str, int] = defaultdict(int)
    for need in needs:
        for block in need.blocks:
            key = (need.programme.id, need.hire.organisation, block.modules)
            if key not in choices:
                open_ = (
                    r
                    for r in problem.rounds_of[need.programme.id]
                    if not closed.forbids_round(r, need.hire.organisation)
                )
                choices[key] = sum(all((r.id, m) in problem.meetings for m in block.modules) for r in open_)
            found[need.hire.id] += choices[key]
    return found


def _without_idle(groups: Sequence[Group], left: set[str]) -> tuple[Group, ...]:
    """Groups with something to choose; everybody else goes with the first of them."""
    first, *others = [group for group in groups if group.size] or [Group((), 0)]
    idle = [hire for group in groups if not group.size for hire in group.hires]
    return Group(tuple(sorted({*first.hires, *idle, *left})), first.size), *others
