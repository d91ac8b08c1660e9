"""Hires of one kind taken together: what a year's value is at least, all programmes and the conflicts between their rounds seen at once.

A kind are all who need the same, have the same places in time, and the same pairs of places that do not go together. What one hire may
not do, half of a kind may: so it only relaxes. It is asked where programmes hinder each other, and flows by themselves are too kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from scheduler.dimensioning.catalogue import Catalogue, Ints, Part, Want
from scheduler.dimensioning.years import Year
from scheduler.linear.model import Linear, Row, total
from scheduler.solvers.cp_sat import Engine

_FAR = 1 << 40
_Key = tuple[int, int, int]
"""(place of a requirement among a hire's, place of its block, round)."""


@dataclass(frozen=True, eq=False)
class Kind:
    """``wants`` are those of its first profile; ``apart`` are pairs of places that one hire cannot have both."""

    wants: tuple[Want, ...]
    apart: frozenset[tuple[_Key, _Key]]


class Kinds:
    """The kinds of a catalogue's profiles, and models of years made from them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kind_of: dict[int, Kind] = {}
        self._known: dict[tuple[object, ...], Kind] = {}

    def least(self, year: Year, open_rounds: Ints, work: float) -> int:
        """A bound on the year's value, from so much work of CP-SAT's."""
        numbers: dict[Kind, int] = defaultdict(int)
        for profile, number in year:
            numbers[self._of(profile)] += number
        model = _Model()
        for kind, number in numbers.items():
            model.add(kind, number, open_rounds)
        model.limit_seats(self._catalogue)
        engine = Engine([0] * len(model.high), model.high, model.rows, self._catalogue.task.seed)
        answer = engine.minimise(model.goal, hint=None, seconds=1e6, work=work)
        return max(0, answer.bound or 0)

    def _of(self, profile: int) -> Kind:
        if profile not in self._kind_of:
            wants = self._catalogue.wants[profile]
            apart = frozenset(self._apart(profile, wants))
            shape = tuple((w.programme, w.weight, tuple((p.modules, p.places) for p in w.parts)) for w in wants)
            self._kind_of[profile] = self._known.setdefault((shape, apart), Kind(wants, apart))
        return self._kind_of[profile]

    def _apart(self, profile: int, wants: Sequence[Want]) -> Iterator[tuple[_Key, _Key]]:
        """Pairs of places of different blocks that break a rule together, though neither does alone."""
        parts = [(number, place, part) for number, want in enumerate(wants) for place, part in enumerate(want.parts)]
        for (one, at, part), (other, beside, second) in combinations(parts, 2):
            for here, variable in zip(part.places, part.variables, strict=True):
                for there, further in zip(second.places, second.variables, strict=True):
                    if self._break_together(profile, variable, further):
                        yield (one, at, here), (other, beside, there)

    def _break_together(self, profile: int, variable: int, further: int) -> bool:
        """Breaks a rule that a third seat could not mend: ``efter`` may be mended, so it is no conflict of the two."""
        fits = self._catalogue.fits
        alone = fits(profile, frozenset([variable])) and fits(profile, frozenset([further]))
        return alone and not fits(profile, frozenset([variable, further]))


class _Model:
    """How many of each kind sit where."""

    def __init__(self) -> None:
        self.high: list[int] = []
        self.rows: list[Row] = []
        self.goal = Linear()
        self._in_session: dict[tuple[int, int], list[int]] = defaultdict(list)

    def add(self, kind: Kind, number: int, open_rounds: Ints) -> None:
        """So many of a kind."""
        places: dict[_Key, int] = {}
        for one, want in enumerate(kind.wants):
            sums = []
            for at, part in enumerate(want.parts):
                own = {place: self._variable(number) for place in part.places if open_rounds[place]}
                places |= {(one, at, place): variable for place, variable in own.items()}
                self._note(part, own)
                sums.append(total(own.values()))
                self._at_most(total(own.values()), number)
            self._count(want, number, sums)
        for here, there in kind.apart:
            if here in places and there in places:
                self._at_most(total([places[here], places[there]]), number)

    def limit_seats(self, catalogue: Catalogue) -> None:
        """Seats of each module of each round."""
        for (place, module), variables in self._in_session.items():
            meetings = catalogue.problem.meetings[catalogue.rounds[place], module]
            self._at_most(total(variables), min(session.seats for session in meetings))

    def _variable(self, high: int) -> int:
        self.high.append(high)
        return len(self.high) - 1

    def _note(self, part: Part, own: dict[int, int]) -> None:
        for place, variable in own.items():
            for module in part.modules:
                self._in_session[place, module].append(variable)

    def _count(self, want: Want, number: int, sums: Sequence[Linear]) -> None:
        """Those on time are no more than those seated in any block."""
        self.goal.constant += want.weight * number
        if len(sums) == 1:
            self.goal.add(sums[0], -want.weight)
            return
        on_time = self._variable(number)
        self.goal.add(total([on_time]), -want.weight)
        for seated in sums:
            self._at_most(total([on_time]).add(seated, -1), 0)

    def _at_most(self, expression: Linear, high: int) -> None:
        if expression.variables:
            self.rows.append(Row(expression.variables, expression.coefs, -_FAR, high - expression.constant))
