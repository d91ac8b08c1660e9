"""Rule 8 ``krock``: two meetings of one hire never overlap; one may start when the other ends. Hard."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from typing import TYPE_CHECKING

from models.ids import Rule
from models.problem import Session
from scheduler.draft import total

if TYPE_CHECKING:
    from scheduler.eligibility import Offer
    from scheduler.variables import Kind, Variables

Meeting = tuple[time, time, int]
"""Start, end, and the place of its candidate."""


def overlap(one: Session, other: Session) -> bool:
    """Half-open: 12:00 and 12:00 touch, they do not overlap."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def within(sessions: Sequence[Session]) -> bool:
    """Two of the meetings of one offer, given in order of start, overlap."""
    return any(later.starts_at < earlier.ends_at for earlier, later in itertools.pairwise(sessions))


def post(variables: Variables) -> None:
    """At most one of all meetings that run at one moment, for each hire; worked out once for all who are offered the same."""
    meetings: dict[Offer, Sequence[tuple[date, time, time]]] = {}
    for kind in variables.kinds:
        for candidate in kind.candidates:
            if candidate.offer not in meetings:
                meetings[candidate.offer] = [(s.day, s.start, s.end) for s in candidate.offer.sessions]
        cliques = _cliques(kind, meetings)
        for first in kind.firsts:
            for clique in cliques:
                variables.draft.at_most(total([first + place for place in clique]), 1, Rule.CLASH)


def _cliques(kind: Kind, meetings: Mapping[Offer, Sequence[tuple[date, time, time]]]) -> Sequence[Sequence[int]]:
    """Places of candidates that share a moment; none that lies within another. Most weeks are alike, and looked at once."""
    by_day: dict[date, list[Meeting]] = defaultdict(list)
    for place, candidate in enumerate(kind.candidates):
        for day, start, end in meetings[candidate.offer]:
            by_day[day].append((start, end, place))
    days = dict.fromkeys(tuple(sorted(day)) for day in by_day.values() if len(day) > 1)
    found = dict.fromkeys(clique for day in days for clique in _at_one_moment(day))
    kept: list[frozenset[int]] = []
    for clique in sorted(found, key=len, reverse=True):
        if _several_blocks(kind, clique) and not any(clique <= larger for larger in kept):
            kept.append(clique)
    return [sorted(clique) for clique in kept]


def _at_one_moment(meetings: Sequence[Meeting]) -> Iterator[frozenset[int]]:
    """The largest sets of meetings that share a moment: one whenever a meeting ends after another has begun since the last."""
    active: list[Meeting] = []
    for meeting in meetings:
        still = [other for other in active if other[1] > meeting[0]]
        if len(still) < len(active):
            yield frozenset(place for _, _, place in active)
        active = [*still, meeting]
    yield frozenset(place for _, _, place in active)


def _several_blocks(kind: Kind, clique: Iterable[int]) -> bool:
    chosen = (kind.candidates[place] for place in clique)
    return len({(c.need.key, c.block.modules) for c in chosen}) > 1
