"""Seats of one programme as a flow: those who need the same
block, by class, into the rounds where each class is in time.

Whole numbers in, whole numbers out. Where more weighs more (``priority``), each
threshold of weight is a flow of its own: the seats of a programme are a transversal
matroid, whose best basis is best above every threshold at once (Edmonds 1971).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.graph.python import max_flow, min_cost_flow

from scheduler.dimensioning.catalogue import Catalogue
from scheduler.dimensioning.networks import Ints, Network
from scheduler.dimensioning.years import Year


@dataclass(frozen=True)
class Cut:
    """A proof that seats are too few: ``classes`` (a mask of a
    network's) have no places in time but those in ``rounds`` (a mask).
    """

    classes: bytes
    rounds: bytes


class Flow:
    """The flow of one network, with other demands and other rounds open each time it is asked."""

    def __init__(self, network: Network) -> None:
        self.network = network
        number, rounds = len(network.classes), len(network.seats)
        self._rounds = rounds
        arcs = [(one, place) for one, places in enumerate(network.classes) for place in places]
        self._class_of = np.array([one for one, _ in arcs], np.int64)
        self._round_of = np.array([place for _, place in arcs], np.int64)
        self._source, self._sink = 0, 1 + number + rounds
        self._tails = np.concatenate(
            [np.zeros(number, np.int64), 1 + self._class_of, 1 + number + np.arange(rounds)]
        ).astype(np.int32)
        self._heads = np.concatenate(
            [1 + np.arange(number), 1 + number + self._round_of, np.full(rounds, self._sink)]
        ).astype(np.int32)
        self._number = number

    def demand(self, year: Year, catalogue: Catalogue, least_priority: int = 1) -> Ints:
        """How many of the year there are in each class."""
        found = np.zeros(self._number, np.int64)
        for profile, hires in year:
            if (one := self.network.of_profile[profile]) >= 0 and catalogue.priorities[profile] >= least_priority:
                found[one] += hires
        return found

    def seated(self, demand: Ints, seats: Ints) -> int:
        """The most who can be in time with so many seats a round."""
        return int(self._solved(demand, seats).optimal_flow())

    def cut(self, demand: Ints, seats: Ints) -> Cut:
        """The classes for whom seats are too few, and the rounds that they could take."""
        side = set(self._solved(demand, seats).get_source_side_min_cut())
        classes = np.array([1 + one in side for one in range(self._number)], np.bool_)
        return Cut(classes.tobytes(), self.reached(classes).tobytes())

    def reached(
        self, classes: np.ndarray[tuple[int], np.dtype[np.bool_]]
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """The rounds in which some of the classes are in time."""
        found = np.zeros(self._rounds, np.bool_)
        found[self._round_of[classes[self._class_of]]] = True
        return found

    def placed(self, demand: Ints, seats: Ints, costs: Ints) -> Ints:
        """How many of each class sit in each round, as many as can be, and among such at the least costs of rounds."""
        unit = np.concatenate(
            [np.zeros(self._number, np.int64), costs[self._round_of], np.zeros(self._rounds, np.int64)]
        )
        solver = min_cost_flow.SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(self._tails, self._heads, self._capacities(demand, seats), unit)
        solver.set_node_supply(self._source, int(demand.sum()))
        solver.set_node_supply(self._sink, -int(demand.sum()))
        status = solver.solve_max_flow_with_min_cost()
        assert status == solver.OPTIMAL
        first = self._number
        flows = solver.flows(np.arange(first, first + len(self._class_of), dtype=np.int32))
        found = np.zeros((self._number, self._rounds), np.int64)
        found[self._class_of, self._round_of] = flows
        return found

    def _solved(self, demand: Ints, seats: Ints) -> max_flow.SimpleMaxFlow:
        solver = max_flow.SimpleMaxFlow()
        solver.add_arcs_with_capacity(self._tails, self._heads, self._capacities(demand, seats))
        status = solver.solve(self._source, self._sink)
        assert status == solver.OPTIMAL
        return solver

    def _capacities(self, demand: Ints, seats: Ints) -> Ints:
        return np.concatenate([demand, demand[self._class_of], seats])


@dataclass(frozen=True)
class Piece:
    """The part of a year's value that one flow tells: ``weight`` for each of those who are not in time."""

    flow: Flow
    weight: int
    least_priority: int


class Relaxation:
    """What a year's value is at least: each programme by itself, of each requirement the block with the fewest seats.

    ``alternatives`` are lists of pieces, of which the one with
    the largest value counts; the value is the sum over the lists.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        groups: dict[tuple[int, tuple[tuple[int, ...], ...], int], list[Piece]] = {}
        thresholds = sorted({int(p) for p in catalogue.priorities})
        for network in catalogue.networks:
            flow = Flow(network)
            for below, least in zip([0, *thresholds], thresholds, strict=False):
                weight = catalogue.programme_weights[network.programme] * (least - below)
                key = network.programme, network.signature, least
                groups.setdefault(key, []).append(Piece(flow, weight, least))
        self.alternatives: tuple[tuple[Piece, ...], ...] = tuple(tuple(pieces) for pieces in groups.values())

    @property
    def exact_for_independent(self) -> bool:
        """Whether the value is exact where each hire has one block
        to book: nobody has another part of the programme left.
        """
        signatures = {(network.programme, network.signature) for network in self.catalogue.networks}
        return len(signatures) == len({programme for programme, _ in signatures})

    def value(self, demands: Sequence[Sequence[Ints]], open_rounds: Ints) -> int:
        """The least that the year's value can be; ``demands`` as
        from ``demands``, ``open_rounds`` 1 for each that is open.
        """
        return sum(
            max(self._unserved(piece, demand, open_rounds) for piece, demand in zip(pieces, own, strict=True))
            for pieces, own in zip(self.alternatives, demands, strict=True)
        )

    def demands(self, year: Year) -> tuple[tuple[Ints, ...], ...]:
        """The year's demand of each piece."""
        return tuple(
            tuple(piece.flow.demand(year, self.catalogue, piece.least_priority) for piece in pieces)
            for pieces in self.alternatives
        )

    def _unserved(self, piece: Piece, demand: Ints, open_rounds: Ints) -> int:
        number = int(demand.sum())
        if not number:
            return 0
        return piece.weight * (number - piece.flow.seated(demand, piece.flow.network.seats * open_rounds))
