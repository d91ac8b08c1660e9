"""Rule 8 ``krock``: two meetings of one hire never overlap; one may start when the other ends. Hard."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.ids import Rule
from models.problem import Session
from scheduler.draft import total

if TYPE_CHECKING:
    from scheduler.variables import Candidate, Variables


def overlap(one: Session, other: Session) -> bool:
    """Half-open: 12:00 and 12:00 touch, they do not overlap."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def within(sessions: Sequence[Session]) -> bool:
    """Two of the meetings of one offer, given in order of start, overlap."""
    return any(later.starts_at < earlier.ends_at for earlier, later in itertools.pairwise(sessions))


def post(variables: Variables) -> None:
    """At most one of all meetings that run at one moment, for each hire."""
    by_hire: dict[str, dict[date, list[tuple[Session, Candidate]]]] = defaultdict(lambda: defaultdict(list))
    for candidate in variables.candidates:
        for session in candidate.offer.sessions:
            by_hire[candidate.need.hire.id][session.day].append((session, candidate))
    for days in by_hire.values():
        seen: set[tuple[int, ...]] = set()
        for meetings in days.values():
            for clique in _cliques(meetings):
                members = tuple(sorted({c.variable for c in clique}))
                if members not in seen and _several_blocks(clique):
                    seen.add(members)
                    variables.draft.at_most(total(members), 1, Rule.CLASH)


def _cliques(meetings: list[tuple[Session, Candidate]]) -> Iterator[list[Candidate]]:
    """The largest sets of meetings that share a moment: one whenever a meeting ends after another has begun since the last."""
    active: list[tuple[Session, Candidate]] = []
    grown = False
    for session, candidate in sorted(meetings, key=lambda m: (m[0].starts_at, m[0].id, m[1].variable)):
        still = [m for m in active if m[0].ends_at > session.starts_at]
        if grown and len(still) < len(active):
            yield [c for _, c in active]
        active = [*still, (session, candidate)]
        grown = True
    if grown:
        yield [c for _, c in active]


def _several_blocks(clique: list[Candidate]) -> bool:
    return len({(c.need.key, c.block.modules) for c in clique}) > 1
