"""Hires to whom just the same is offered, and what follows from these offers alone, worked out once for all of them.

Sets of candidates are bit masks: bit i stands for the candidate at place i.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property
from itertools import combinations, groupby

from models.problem import Hire
from scheduler.seats.candidates import Candidate
from scheduler.situation.requirements import Need

Meeting = tuple[time, time, int]
"""Start, end, and the place of its candidate."""


@dataclass(frozen=True)
class Kind:
    """For each ``(hire, first)`` of the ``members``, variable ``first``
    + i stands for ``candidates[i]``, which is the first one's.

    Whoever has a seat already is a kind of her own. ``promised``: seats
    were promised to her that rules may give way to (MODEL.md rule 7).
    """

    members: tuple[tuple[Hire, int], ...]
    candidates: Sequence[Candidate]
    promised: bool

    @cached_property
    def on_day(self) -> Mapping[date, Sequence[int]]:
        """Places of the candidates with a meeting that day, in date order."""
        found: dict[date, list[int]] = defaultdict(list)
        for place, candidate in enumerate(self.candidates):
            for day in candidate.offer.days:
                found[day].append(place)
        return dict(sorted(found.items()))

    @cached_property
    def at_one_moment(self) -> Sequence[int]:
        """The largest sets of candidates with meetings at one moment. Most weeks are alike, and looked at once."""
        by_day: dict[date, list[Meeting]] = defaultdict(list)
        for place, candidate in enumerate(self.candidates):
            for day, start, end in candidate.offer.meetings:
                by_day[day].append((start, end, place))
        days = dict.fromkeys(tuple(sorted(day)) for day in by_day.values() if len(day) > 1)
        return list(dict.fromkeys(together for day in days for together in _sweep(day)))

    @cached_property
    def blocks(self) -> Sequence[int]:
        """Of each candidate: those of the same block, itself too."""
        keys = [(c.need.key, c.block.modules) for c in self.candidates]
        masks: dict[tuple[tuple[str, str], tuple[int, ...]], int] = defaultdict(int)
        for place, key in enumerate(keys):
            masks[key] |= 1 << place
        return [masks[key] for key in keys]

    @cached_property
    def overlapping(self) -> Sequence[int]:
        """Of each candidate: those of other blocks with a meeting that overlaps one of its own."""
        found = [0] * len(self.candidates)
        for together in self.at_one_moment:
            for place in places(together):
                found[place] |= together
        return [mask & ~same for mask, same in zip(found, self.blocks, strict=True)]

    @cached_property
    def in_sequence(self) -> Sequence[int]:
        """Of each candidate: those that the order of modules, their distances, or ``efter`` exclude beside it."""
        found = [0] * len(self.candidates)
        if not self.promised:
            for one, other in self._out_of_sequence():
                found[one] |= 1 << other
                found[other] |= 1 << one
        return found

    @cached_property
    def exclusive(self) -> Sequence[int]:
        """Of each candidate: those that no plan books beside it,
        of the same block, in sequence, or at the same time.
        """
        if self.promised:
            return self.blocks
        parts = zip(self.blocks, self.in_sequence, self.overlapping, strict=True)
        return [same | sequence | time_ for same, sequence, time_ in parts]

    @cached_property
    def groups_on(self) -> Mapping[date, Sequence[Sequence[int]]]:
        """The places of each day, in few groups of which at most one is booked."""
        known: dict[tuple[int, ...], Sequence[Sequence[int]]] = {}
        return {day: known.setdefault(tuple(own), self.groups(own)) for day, own in self.on_day.items()}

    @cached_property
    def bookable(self) -> int:
        """The candidates that a plan may book: beside each of them every block of its requirement has a place left.

        A requirement is booked with all of its blocks. Where seats were promised rules may give way to them, and all
        candidates are among these.
        """
        own = {candidate.need.key: 0 for candidate in self.candidates}
        for place, candidate in enumerate(self.candidates):
            own[candidate.need.key] |= 1 << place
        left, before = (1 << len(self.candidates)) - 1, -1
        while left != before and not self.promised:
            before = left
            for place in places(left):
                others = own[self.candidates[place].need.key] & ~self.blocks[place]
                free = left & ~self.exclusive[place]
                if any(not self.blocks[other] & free for other in places(others)):
                    left &= ~(1 << place)
        return left

    def deciding(self, own: Sequence[int]) -> Sequence[int]:
        """Places of which one is booked whenever any of these is: those left out are never booked without another.

        Where all other places of a block are excluded beside a place, the block is booked in the one that is left.
        """
        left = [place for place in own if self.bookable >> place & 1]
        for place in () if self.promised else sorted(left, reverse=True):
            free = self.bookable & ~self.exclusive[place]
            others = [other for other in left if self._of_one_requirement(place, other)]
            if any(self.blocks[other] & free == 1 << other for other in others):
                left.remove(place)
        return left

    def _of_one_requirement(self, place: int, other: int) -> bool:
        return other != place and self.candidates[place].need.key == self.candidates[other].need.key

    def groups(self, own: Sequence[int]) -> Sequence[Sequence[int]]:
        """Places, in few groups of which at most one is booked."""
        found: list[tuple[int, list[int]]] = []
        for place in own:
            for number, (common, group) in enumerate(found):
                if common >> place & 1:
                    group.append(place)
                    found[number] = common & self.exclusive[place], group
                    break
            else:
                found.append((self.exclusive[place], [place]))
        return [group for _, group in found]

    def _out_of_sequence(self) -> Iterator[tuple[int, int]]:
        own = {
            programme: [place for place, _ in group]
            for programme, group in groupby(enumerate(self.candidates), key=lambda pair: pair[1].need.programme.id)
        }
        for later in own.values():
            need = self.candidates[later[0]].need
            yield from self._too_near(need, later)
            for before in need.programme.after:
                for one in own.get(before, ()):
                    end = self.candidates[one].offer.end
                    yield from ((one, other) for other in later if self.candidates[other].offer.start < end)

    def _too_near(self, need: Need, own: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Pairs of modules of one requirement in the wrong order, or with too few days between."""
        least = max(need.programme.min_gap_days, int(need.programme.ordered))
        if least == 0 or len(need.blocks) == 1 or need.has_dates or need.ever_missed:
            return
        gap = timedelta(days=least)
        dated = sorted((self._span(place), place) for place in own)
        if need.programme.ordered:
            dated.sort(key=lambda pair: pair[0][2])
        for (one, place), (other, later) in combinations(dated, 2):
            if one[2] != other[2] and other[0] < one[1] + gap:
                yield place, later

    def _span(self, place: int) -> tuple[date, date, int]:
        """First and last day of a candidate of one module, and its number: as it stands in date order."""
        candidate = self.candidates[place]
        return candidate.offer.days[0], candidate.offer.last, candidate.block.modules[0]


def places(mask: int) -> Iterator[int]:
    """The places of a set, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _sweep(meetings: Sequence[Meeting]) -> Iterator[int]:
    """Meetings of a day in order of start: a set whenever one ends after another has begun since the last."""
    active: list[Meeting] = []
    for meeting in meetings:
        still = [other for other in active if other[1] > meeting[0]]
        if len(still) < len(active):
            yield _mask(active)
        active = [*still, meeting]
    yield _mask(active)


def _mask(meetings: Iterable[Meeting]) -> int:
    mask = 0
    for _, _, place in meetings:
        mask |= 1 << place
    return mask
