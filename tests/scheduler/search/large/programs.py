"""Small random programs of whole numbers, and their optimum by trying everything."""

from __future__ import annotations

from itertools import product
from math import inf

import numpy as np
from hypothesis import strategies as st
from scipy import sparse

from scheduler.linear.excerpt import Excerpt, excerpt_of
from scheduler.linear.program import Goal, Program
from scheduler.solvers.pdlp import here
from scheduler.solvers.relaxation import Relaxer
from tests.scheduler.clocks import PaperClock


def whole(of: Program) -> Excerpt:
    """All of a program."""
    return excerpt_of(of, np.ones(len(of.low), np.bool_))


RELAX = Relaxer(here, PaperClock())
"""In this process."""
SMALL = st.integers(-4, 4)


def program(rows: list[list[int]], row_low: list[float], row_high: list[float], high: list[int]) -> Program:
    """Columns from nought to ``high``."""
    matrix = sparse.csc_array(np.array(rows, np.float64).reshape(len(rows), len(high)))
    numbers = [np.array(part, np.float64) for part in (row_low, row_high, [0] * len(high), high)]
    return Program(matrix, *numbers)


@st.composite
def programs(draw: st.DrawFn) -> tuple[Program, Goal]:
    """Up to four columns and four rows, every row with one or two sides."""
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(SMALL, min_size=width, max_size=width), max_size=4))
    lows = [draw(st.sampled_from((-inf, -3.0, 0.0, 1.0))) for _ in rows]
    highs = [inf if low > -inf and draw(st.booleans()) else max(low, 0) + draw(st.integers(0, 5)) for low in lows]
    high = draw(st.lists(st.integers(1, 3), min_size=width, max_size=width))
    costs = draw(st.lists(SMALL, min_size=width, max_size=width))
    return program(rows, lows, highs, high), Goal(np.array(costs, np.float64), draw(SMALL))


def optimum(of: Program, goal: Goal) -> int | None:
    """The least value of the goal; None where nothing holds."""
    points = (np.array(x, np.float64) for x in product(*(range(int(high) + 1) for high in of.high)))
    return min((goal.value(x) for x in points if of.holds(x)), default=None)
