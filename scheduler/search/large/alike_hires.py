"""Hires whom nothing tells apart but their names (SPEED.md,
point 6): found by fingerprints of all that the program says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.linear.model import nothing
from scheduler.linear.program import Floats, Goal, Places, Program
from scheduler.seats.variables import Variables

SHARED = -1
"""The owner of what belongs to no single hire."""
Prints = NDArray[np.uint64]
ENTRIES_AT_A_TIME = 1 << 18


@dataclass(frozen=True)
class AlikeHires:
    """Hires who are alike.

    ``number`` tells the kind from others of the same model. ``members[m]`` are the decisions of the m-th, in one and
    the same order; ``rows`` are the own rows of the first, ``other_rows`` those of the others.
    """

    number: int
    members: NDArray[np.intp]
    rows: Places
    other_rows: Places


def owners_of(variables: Variables, width: int) -> NDArray[np.int32]:
    """The number of the hire whose decision each variable is, or who alone decides it; SHARED for others."""
    numbers = {hire.id: number for number, hire in enumerate(variables.problem.hires)}
    owners = [numbers[c.need.hire.id] for c in variables.candidates]
    owners += [SHARED] * (width - len(owners))
    for helper, support in variables.linear_model.helpers():
        found = {owners[v] for v in support}
        owners[helper] = found.pop() if len(found) == 1 else SHARED
    return np.array(owners, np.int32)


def alike_hires_of(
    program: Program,
    owners: NDArray[np.int32],
    decides: NDArray[np.bool_],
    goals: Sequence[Goal],
    look: Callable[[], None] = nothing,
) -> tuple[AlikeHires, ...]:
    """Hires who are alike, two at least of each kind; those with helpers of their own are left as they are.

    ``look`` is called now and then; what it raises ends that.
    """
    rows_of = owners_of_rows(program, owners, look)
    prints = _fingerprints(program, owners, rows_of, goals, look)
    with_helpers = set(np.unique(owners[~decides]).tolist())
    own = places_by_owner(owners)
    own_rows = places_by_owner(rows_of)
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for owner, places in own.items():
        if owner not in with_helpers:
            found[int(prints[owner]), len(places)].append(owner)
    none = np.array([], np.intp)
    return tuple(
        AlikeHires(
            number,
            np.stack([own[owner] for owner in alike]),
            own_rows.get(alike[0], none),
            np.concatenate([own_rows.get(owner, none) for owner in alike[1:]]),
        )
        for number, alike in enumerate(alike for alike in found.values() if len(alike) > 1)
    )


def owners_of_rows(
    program: Program, owners: NDArray[np.int32], look: Callable[[], None] = nothing
) -> NDArray[np.int32]:
    """The only owner of all that a row names; SHARED where there are several."""
    lowest = np.full(len(program.row_low), np.iinfo(np.int32).max, np.int32)
    highest = np.full(len(program.row_low), SHARED, np.int32)
    for rows, columns, _ in _entries(program, look):
        np.minimum.at(lowest, rows, owners[columns])
        np.maximum.at(highest, rows, owners[columns])
    return np.where(lowest == highest, lowest, SHARED)


def _fingerprints(
    program: Program,
    owners: NDArray[np.int32],
    rows_of: NDArray[np.int32],
    goals: Sequence[Goal],
    look: Callable[[], None],
) -> Prints:
    """A number for each owner: equal for hires who are alike, and for others with a probability of about 2^-64 only."""
    place = _rank_within(owners)
    of_rows, of_columns = np.zeros(len(rows_of), np.uint64), np.zeros(len(owners), np.uint64)
    for rows, columns, coefs in _entries(program, look):
        # An own row is known by what it says of its owner's columns in their order, a shared row by its number.
        shared = rows_of[rows] == SHARED
        own = ~shared
        np.add.at(of_rows, rows[own], _mixed(place[columns[own]], coefs[own]))
        np.add.at(of_columns, columns[shared], _mixed(rows[shared], coefs[shared]))
    of_rows = _mixed(of_rows, program.row_low, program.row_high)
    of_columns += _mixed(place, program.low, program.high)
    for number, goal in enumerate(goals):
        of_columns += _mixed(np.full(len(of_columns), number), goal.costs)
    number = int(owners.max(initial=SHARED)) + 1
    mine, owned = owners != SHARED, rows_of != SHARED
    of_owners = _sums(_mixed(of_columns)[mine], owners[mine], number)
    return _mixed(of_owners, _sums(of_rows[owned], rows_of[owned], number))


def _entries(program: Program, look: Callable[[], None]) -> Iterator[tuple[NDArray[np.int32], Places, Floats]]:
    """The entries of the matrix, many at a time: their rows, columns
    and coefficients. All at once would take several times its size.
    """
    matrix = program.matrix
    for begin in range(0, matrix.nnz, ENTRIES_AT_A_TIME):
        look()
        end = min(begin + ENTRIES_AT_A_TIME, matrix.nnz)
        columns = np.searchsorted(matrix.indptr, np.arange(begin, end), side="right") - 1
        yield matrix.indices[begin:end], columns, matrix.data[begin:end]


def _rank_within(owners: NDArray[np.int32]) -> Places:
    """The place of each variable among those of its owner."""
    order = np.argsort(owners, kind="stable")
    ordered = owners[order]
    first = np.searchsorted(ordered, ordered)
    ranks = np.empty(len(owners), np.intp)
    ranks[order] = np.arange(len(owners)) - first
    return ranks


def places_by_owner(owners: NDArray[np.int32]) -> dict[int, Places]:
    """The places of what each owner has; what is shared is left out."""
    order = np.argsort(owners, kind="stable")
    found, begins = np.unique(owners[order], return_index=True)
    parts = np.split(order, begins)[1:]
    return {int(owner): part for owner, part in zip(found, parts, strict=True) if owner != SHARED}


def _mixed(*parts: Prints | Floats | NDArray[np.integer[Any]]) -> Prints:
    """Hash numbers to 64 bits (splitmix64); several arrays are combined in their order."""
    result = np.zeros(len(parts[0]), np.uint64)
    for part in parts:
        bits: Prints = part if part.dtype == np.uint64 else np.ascontiguousarray(part, np.float64).view(np.uint64)  # type: ignore[assignment]
        result *= np.uint64(0x9E3779B97F4A7C15)
        result += bits
        result += np.uint64(0x632BE59BD9B4E019)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            result ^= result >> np.uint64(shift)
            result *= np.uint64(factor)
        result ^= result >> np.uint64(31)
    return result


def _sums(prints: Prints, groups: NDArray[np.integer[Any]], number: int) -> Prints:
    """Sums modulo 2^64 over groups."""
    sums = np.zeros(number, np.uint64)
    np.add.at(sums, groups, prints)
    return sums
