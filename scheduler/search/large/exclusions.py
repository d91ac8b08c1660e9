"""Which decisions of one hire exclude each other, and rows that say
it of many at once: without them a relaxation halves her seats.

A relaxation gives half a seat here and half a seat there wherever rows look at one
moment or one week at a time. A decision of one block excludes whole sets of another's,
each through some other row; one row over both sets is far tighter (docs/adr/213).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scheduler.linear.model import nothing
from scheduler.linear.program import Floats, Places, Program
from scheduler.search.large.alike_hires import SHARED, owners_of_rows, places_by_owner
from scheduler.seats.kinds import places
from scheduler.solvers.cp_sat import never

MOST_WORK = 1_000_000_000
"""Most looks at a row for a pair of decisions, over all hires;
a model with more is left as it is, for that would take minutes.
"""
HELPER_STEPS = 2
"""Number of steps from a decision to the helpers that follow from
it: its days, and from these whether it is a week with cases.
"""
MOST_STEPS = 4
"""Most times that all rows are gone through for what excludes each other because of what was found."""
_NOT_EXACT = 1e-6


def exclusion_rows(
    program: Program,
    owners: NDArray[np.int32],
    blocks: Sequence[int],
    left_out: NDArray[np.bool_],
    look: Callable[[], None] = nothing,
    *,
    ended: Callable[[], bool] = never,
) -> sparse.csr_array:
    """A row for each large set of decisions of one hire of which no
    assignment takes two: their sum over all columns, at most 1.

    The first columns are the decisions, of which ``blocks`` tells the number of their block; at most one of a block is
    taken. Hires whose columns are ``left_out`` get no rows, nor do those who are left once it has ``ended``: every row
    stands for itself. ``look`` is called for each hire; what it raises ends all.
    """
    found = list(_exclusive_sets(program, owners, np.asarray(blocks), left_out, look, ended=ended))
    lengths = [len(one) for one in found]
    columns = np.concatenate([np.zeros(0, np.intp), *found])
    entries = np.repeat(np.arange(len(found)), lengths), columns
    return sparse.coo_array(
        (np.ones(len(columns), program.matrix.dtype), entries), shape=(len(found), len(program.low))
    ).tocsr()


def _exclusive_sets(
    program: Program,
    owners: NDArray[np.int32],
    blocks: NDArray[np.intp],
    left_out: NDArray[np.bool_],
    look: Callable[[], None],
    *,
    ended: Callable[[], bool],
) -> Iterator[Places]:
    columns, rows = (
        places_by_owner(np.where(left_out, SHARED, owners)),
        places_by_owner(owners_of_rows(program, owners, look)),
    )
    decided = {owner: own[own < len(blocks)] for owner, own in columns.items() if owner in rows}
    if sum(len(own) ** 2 * len(rows[owner]) for owner, own in decided.items()) > MOST_WORK:
        return
    matrix = program.matrix.tocsr()
    for owner, own in decided.items():
        look()
        if ended():
            return
        those = columns[owner]
        small = Program(
            matrix[rows[owner]][:, those],
            program.row_low[rows[owner]],
            program.row_high[rows[owner]],
            program.low[those],
            program.high[those],
        )
        for members in _cliques(_OneHire(small, blocks[own]).adjacent(), blocks[own]):
            yield own[members]


class _OneHire:
    """The own rows of one hire, all as sum <= room once every column
    is where it takes least; the first columns are her decisions.
    """

    def __init__(self, program: Program, blocks: NDArray[np.intp]) -> None:
        matrix: Floats = program.matrix.toarray().astype(np.float64)
        above, below = np.isfinite(program.row_high), np.isfinite(program.row_low)
        matrix = np.concatenate([matrix[above], -matrix[below]])
        least = np.maximum(matrix, 0) @ program.low + np.minimum(matrix, 0) @ program.high
        self._room = np.concatenate([program.row_high[above], -program.row_low[below]]) - least
        self._takes = np.maximum(matrix, 0) * (1 - program.low)
        self._gives = np.maximum(-matrix, 0) * (program.high - program.low)
        self._helpers = np.arange(len(program.low)) >= len(blocks)
        self._yes_or_no = (program.low == 0) & (program.high == 1)
        self._same = blocks[:, None] == blocks
        self._follows = self._what_follows()
        self._uses = _used(self._follows, self._takes)

    def adjacent(self) -> NDArray[np.bool_]:
        """Which pairs of her decisions are never taken together, those of one block among them."""
        found: NDArray[np.bool_] = self._same & ~np.eye(len(self._same), dtype=np.bool_)
        for row in np.flatnonzero(2 * self._uses.max(axis=0, initial=0) > self._room + _NOT_EXACT).tolist():
            found |= self._together(row) > self._room[row] + _NOT_EXACT
        needing = np.flatnonzero(self._gives.any(axis=1) & ~self._gives[:, self._helpers].any(axis=1)).tolist()
        needs = [(self._gives[row], self._room[row] + _NOT_EXACT - self._together(row)) for row in needing]
        for _ in range(MOST_STEPS):
            before = found.sum()
            for gives, most_gone in needs:
                _add_left_without(gives, most_gone, found)
            if found.sum() == before:
                break
        return found

    def _together(self, row: int) -> Floats:
        """What two decisions take of a row's room, what follows
        from both counted once; nothing where neither takes any.
        """
        uses, named = self._uses[:, row], np.flatnonzero(self._takes[row])
        those = self._follows[:, named]
        sums: Floats = uses[:, None] + uses - _used(those * self._takes[row, named], those)
        return sums

    def _what_follows(self) -> Floats:
        """By decision: 1 for itself and for each helper of 0 or 1 that is 1 whenever it is taken."""
        follows = np.eye(len(self._same), self._takes.shape[1])
        rows, helpers = np.nonzero((self._gives > 0) & self._yes_or_no & self._helpers)
        least = self._room[rows] - self._gives[rows, helpers] + _NOT_EXACT
        for _ in range(HELPER_STEPS):
            decision, entry = np.nonzero(_used(follows, self._takes)[:, rows] > least)
            follows[decision, helpers[entry]] = 1
        return follows


def _add_left_without(gives: Floats, most_gone: Floats, found: NDArray[np.bool_]) -> None:
    """Add the pairs that leave a row too little of what it needs, as one that books all modules or none does.

    ``gives`` is what each column gives the row, ``most_gone`` how much of that each pair of decisions may exclude.
    """
    givers = np.flatnonzero(gives)
    left = np.where(found[:, givers], 0.0, 1.0)
    found |= gives.sum() - _used(left * gives[givers], left) > most_gone
    impossible = np.flatnonzero(found.diagonal())
    found[impossible] = True
    found[:, impossible] = True


def _used(one: Floats, other: Floats) -> Floats:
    """one @ other.T for matrices so small that the threads of a BLAS cost more than they save."""
    product: Floats = np.einsum("ij,kj->ik", one, other)
    return product


def _cliques(adjacent: NDArray[np.bool_], blocks: NDArray[np.intp]) -> Iterator[Sequence[int]]:
    """Sets of places over two blocks at least, all of them adjacent or of one block; as large as can be, each once."""
    same = blocks[:, None] == blocks
    beside = [_mask(row) for row in adjacent & ~same]
    together = [_mask(row) for row in adjacent | same]
    of_block = {int(block): _mask(blocks == block) for block in np.unique(blocks)}
    known = {0}
    for block, own in of_block.items():
        for other, members in of_block.items():
            for theirs in dict.fromkeys(beside[place] & members for place in places(own)) if other != block else ():
                # All of the one block that exclude so much of the other, then whatever excludes them all.
                ours = sum(1 << place for place in places(own) if beside[place] & theirs == theirs)
                clique = _grown(theirs | ours, together) if theirs else 0
                if clique not in known:
                    known.add(clique)
                    yield list(places(clique))


def _grown(clique: int, together: Sequence[int]) -> int:
    """The set with whatever fits beside all of it, one after the other."""
    common = ~clique
    for place in places(clique):
        common &= together[place]
    while common:
        place = (common & -common).bit_length() - 1
        clique |= 1 << place
        common &= together[place] & ~(1 << place)
    return clique


def _mask(those: NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(those, bitorder="little").tobytes(), "little")
