"""A task that no branch and cut comes to an end with: Cornuéjols and Dawande's market split (IPCO 1998).

Fifty yes-or-no decisions, and six sums that shall each be half of all. The relaxation is 0 until nearly all decisions
are made, so that 2^50 of them are left to try, on a fast machine as on a slow one.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from scheduler.linear.program import Goal, Program
from scheduler.solvers.mip import MipTask, task_of

ROWS, DECISIONS, LARGEST = 6, 50, 100


def market_split(seconds: float) -> MipTask:
    """Minimise how far the sums are from half of all, with so much time."""
    shares = np.random.default_rng(1).integers(0, LARGEST, (ROWS, DECISIONS)).astype(np.float64)
    half = np.floor(shares.sum(axis=1) / 2)
    apart = np.eye(ROWS)
    width = DECISIONS + 2 * ROWS
    high = np.concatenate([np.ones(DECISIONS), np.full(2 * ROWS, float(DECISIONS * LARGEST))])
    program = Program(sparse.csc_array(np.hstack([shares, apart, -apart])), half, half, np.zeros(width), high)
    costs = np.concatenate([np.zeros(DECISIONS), np.ones(2 * ROWS)])
    return task_of(program, Goal(costs, 0), None, seconds)
