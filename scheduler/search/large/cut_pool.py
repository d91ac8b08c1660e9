"""Rows that every plan keeps and a relaxation may break, told to
relaxations only once one has broken them: a pool of cuts.

All of them at once make each step of PDLP slower, and where
few are broken that is all they do (docs/adr/213).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from scheduler.linear.program import Floats, Program

BROKEN_BY = 0.05
"""How much above 1 a sum must be: what PDLP returns keeps rows only nearly."""


class CutPool:
    """``rows`` are sums of columns of which every plan makes at most 1.

    ``program`` is the one for relaxations: that of all plans, then the rows that have been broken so far.
    """

    def __init__(self, program: Program, rows: sparse.csr_array) -> None:
        self.program = program
        self._waiting = rows

    def add_broken(self, x: Floats) -> int:
        """Take up the rows that ``x``, over all columns, breaks; returns how many."""
        broken = self._waiting @ x > 1 + BROKEN_BY
        number = int(np.count_nonzero(broken))
        if number == 0:
            return 0
        self.program = self.program.with_rows(self._waiting[broken], np.ones(number))
        self._waiting = self._waiting[~broken]
        return number
