"""A sample of years, as demands on seats: what every choice
of rounds comes to on each of them at least, by flows alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scheduler.dimensioning.evaluation import Evaluation
from scheduler.dimensioning.flows import Piece

PieceCut = tuple[int, bytes]
"""The number of a piece, and a mask of its rounds: those who have no other place in time are as many as they are."""


@dataclass(frozen=True)
class Shortage:
    """Too few seats: in every year, weight not on time is at least
    ``least`` of that year less what ``seats`` of the candidates hold.
    """

    least: NDArray[np.int64]
    seats: NDArray[np.int64]


class Sample:
    """Scenarios by number; ``goal`` is the share that a good year has at least."""

    def __init__(self, evaluation: Evaluation, numbers: Sequence[int], goal: Fraction) -> None:
        self.evaluation = evaluation
        self.numbers = tuple(numbers)
        catalogue, relaxation = evaluation.catalogue, evaluation.relaxation
        years = [catalogue.year(number) for number in numbers]
        self.weights = np.array([catalogue.weight(year) for year in years], np.int64)
        self.allowed = np.array([int(int(weight) * (1 - goal)) for weight in self.weights], np.int64)
        demands = [relaxation.demands(year) for year in years]
        self._groups: list[list[int]] = []
        self._pieces: list[Piece] = []
        self._demands: list[NDArray[np.int64]] = []
        for place, pieces in enumerate(relaxation.alternatives):
            self._groups.append(list(range(len(self._pieces), len(self._pieces) + len(pieces))))
            self._pieces += pieces
            self._demands += [np.array([own[place][one] for own in demands]) for one in range(len(pieces))]
        self._known: dict[tuple[int, bytes], NDArray[np.int64]] = {}

    def values(self, chosen: Collection[str]) -> NDArray[np.int64]:
        """What each year comes to at least under the choice."""
        open_rounds = self.evaluation.open_rounds(chosen)
        found = np.zeros(len(self.numbers), np.int64)
        for group in self._groups:
            found += np.max([self._unserved(piece, open_rounds) for piece in group], axis=0)
        return found

    def bad(self, chosen: Collection[str]) -> NDArray[np.intp]:
        """Places of the years that are not good, the worst first."""
        over = self.values(chosen) - self.allowed
        return np.array(sorted(np.flatnonzero(over > 0), key=lambda k: (-over[k], k)), np.intp)

    def share(self, chosen: Collection[str]) -> float:
        """The mean share of all years, at most."""
        values = self.values(chosen)
        return float(np.mean([1 - v / w if w else 1.0 for v, w in zip(values, self.weights, strict=True)]))

    def over(self, chosen: Collection[str]) -> int:
        """By how much all years together fall short of being good."""
        return int(np.maximum(self.values(chosen) - self.allowed, 0).sum())

    @property
    def parts(self) -> int:
        """Programmes, or remainders of such, that fall short each by itself."""
        return len(self._groups)

    def part_of(self, cut: Sequence[PieceCut]) -> Iterator[tuple[int, PieceCut]]:
        """Each piece of a cut with the part that it tells of."""
        for piece in cut:
            yield next(part for part, group in enumerate(self._groups) if piece[0] in group), piece

    def cut(self, place: int, chosen: Collection[str]) -> tuple[PieceCut, ...]:
        """Where seats are too few in a year under the choice."""
        open_rounds = self.evaluation.open_rounds(chosen)
        found = []
        for group in self._groups:
            piece = max(group, key=lambda one: (self._unserved(one, open_rounds)[place], -one))
            if self._unserved(piece, open_rounds)[place] > 0:
                flow = self._pieces[piece].flow
                cut = flow.cut(self._demands[piece][place], flow.network.seats * open_rounds)
                found.append((piece, cut.rounds))
        return tuple(found)

    def shortage(self, cut: Sequence[PieceCut], *, of_goal: bool = True) -> Shortage:
        """The cut as a row for each year, over all rounds; ``of_goal``
        counts only what is beyond what a good year may miss.
        """
        rounds = len(self.evaluation.catalogue.rounds)
        least, seats = (-self.allowed if of_goal else 0 * self.allowed), np.zeros(rounds, np.int64)
        for piece, mask in cut:
            weight, flow = self._pieces[piece].weight, self._pieces[piece].flow
            reached = np.frombuffer(mask, np.bool_)
            inside = np.array([all(reached[p] for p in places) for places in flow.network.classes], np.bool_)
            least = least + weight * self._demands[piece][:, inside].sum(axis=1)
            seats += weight * flow.network.seats * reached
        fixed = self.evaluation.catalogue.fixed
        return Shortage(least - int(seats[fixed].sum()), np.where(fixed, 0, seats))

    def _unserved(self, piece: int, open_rounds: NDArray[np.int64]) -> NDArray[np.int64]:
        """By year; kept, since choices that are tried one after the other share most of their programmes."""
        one = self._pieces[piece]
        seats = one.flow.network.seats * open_rounds
        key = piece, seats.tobytes()
        if key not in self._known:
            demands = self._demands[piece]
            self._known[key] = one.weight * np.array(
                [int(own.sum()) - one.flow.seated(own, seats) for own in demands], np.int64
            )
        return self._known[key]
