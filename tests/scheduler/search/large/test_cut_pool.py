"""A relaxation is told the rows that it breaks, and no others."""

from __future__ import annotations

from math import inf

import numpy as np
from scipy import sparse

from scheduler.search.large.cut_pool import CutPool
from tests.scheduler.search.large.programs import program

ROOM = program([[1, 1, 1, 1]], [-inf], [3], [1, 1, 1, 1])
ROWS = sparse.csr_array(np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]]))


def test_only_what_is_broken_is_taken_up_and_once() -> None:
    pool = CutPool(ROOM, ROWS)
    assert pool.add_broken(np.array([0.5, 0.5, 1, 0])) == 0
    assert pool.program is ROOM
    assert pool.add_broken(np.array([1, 0.5, 0.5, 0.5])) == 1
    assert pool.program.matrix.toarray().tolist() == [[1, 1, 1, 1], [1, 1, 0, 0]]
    assert (pool.program.row_low.tolist(), pool.program.row_high.tolist()) == ([-inf, -inf], [3, 1])
    assert pool.add_broken(np.array([1, 0.5, 0.5, 0.5])) == 0
    assert pool.add_broken(np.array([1, 0.5, 1, 1])) == 1
    assert pool.program.matrix.toarray()[2:].tolist() == [[0, 0, 1, 1]]


def test_what_is_broken_by_less_than_a_relaxation_is_exact_is_not_broken() -> None:
    assert CutPool(ROOM, ROWS).add_broken(np.array([0.5, 0.52, 0, 0])) == 0
