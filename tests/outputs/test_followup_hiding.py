"""What a follow-up tells of groups, put together in every way
that totals allow: no group of fewer than five people comes out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import product

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from models.problem import Hire, Organisation
from outputs.followup.data import as_data
from outputs.followup.figures import follow_up, term_of
from outputs.followup.hiding import FEWEST
from tests.outputs.test_followup import followed, ids

ORGANISATIONS = tuple(Organisation(id=id_, name=f"Förvaltning {id_}") for id_ in "ABCD")
UNITS = ("x", "y", "z")
MONTHS = (date(2025, 9, 1), *(date(2026, month, 1) for month in (3, 5, 8, 9)))
ATOMS = tuple(product("ABCD", UNITS, MONTHS))
"""The smallest groups that any table can tell of: an administration, a unit in it, a month of start."""
LEVELS: Mapping[str, tuple[tuple[str, ...], Callable[[str, str, date], tuple[str, ...]]]] = {
    "by_organisation": (("organisation",), lambda o, _, __: (o,)),
    "by_unit": (("organisation", "unit"), lambda o, u, _: (o, u)),
    "by_start_term": (("start_term",), lambda _, __, m: (term_of(m),)),
    "by_start_month": (("start_term", "start_month"), lambda _, __, m: (term_of(m), f"{m:%Y-%m}")),
    "by_organisation_and_start_term": (("organisation", "start_term"), lambda o, _, m: (o, term_of(m))),
}


def people_of(chance: random.Random) -> list[Hire]:
    """Some dozens, unevenly: many groups of few."""
    weights = [chance.choice((0, 0, 1, 1, 2, 6)) for _ in ATOMS]
    if not any(weights):
        weights[0] = 1
    chosen = chance.choices(ATOMS, weights, k=chance.randint(5, 70))
    return [
        Hire(id=f"h{n:02}", name=f"h{n}", organisation=organisation, unit=unit, starts=month)
        for n, (organisation, unit, month) in enumerate(chosen)
    ]


def members(table: str, key: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """1 for each atom of the group."""
    return np.array([LEVELS[table][1](*atom) == key for atom in ATOMS], float)


@pytest.mark.parametrize("seed", range(16))
def test_how_many_are_in_a_hidden_group_does_not_follow_from_all_that_is_shown(seed: int) -> None:
    people = people_of(random.Random(seed))
    found = as_data(follow_up([followed(people, ids(people[::3]), organisations=ORGANISATIONS)]))
    rows, sums = [np.ones(len(ATOMS))], [float(len(people))]
    closed: list[tuple[str, tuple[str, ...]]] = []
    for table, (columns, _) in LEVELS.items():
        listed = found[table]
        assert isinstance(listed, list)
        for row in listed:
            key = tuple(row[column] for column in columns)
            if row["hidden"]:
                closed.append((table, key))
            else:
                assert row["people"] >= FEWEST
                rows.append(members(table, key))
                sums.append(row["people"])
    shown = [LinearConstraint(np.array(rows), sums, sums)]
    if closed:  # nobody is listed whom there is none of
        shown.append(LinearConstraint(np.array([members(*one) for one in closed]), 1, np.inf))
    for table, key in closed:
        number = sum(LEVELS[table][1](h.organisation, h.unit or "", h.starts) == key for h in people)
        if number < FEWEST:
            least, most = (_extreme(sign * members(table, key), shown) * sign for sign in (1, -1))
            assert least < most, (table, key, number)


def _extreme(goal: np.ndarray[tuple[int], np.dtype[np.float64]], shown: Sequence[LinearConstraint]) -> int:
    solved = milp(goal, constraints=shown, integrality=np.ones(len(ATOMS)), bounds=Bounds(0, np.inf))
    assert solved.success
    return round(float(solved.fun))
