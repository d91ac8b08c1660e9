"""Rows about one hire's own seats, and which of her seats may stand beside each other by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from models.ids import Rule
from scheduler.linear.rows import Row
from scheduler.model.build import Model

_SHARED = (Rule.SEATS, Rule.QUOTA, Rule.MIN_PARTICIPANTS, Rule.SHARED)
"""Rules of rows that are not about one hire's own seats."""


class OwnRows:
    """Rows by hire in ``of``: those of rules, and those by which helpers mean what they do."""

    def __init__(self, model: Model) -> None:
        self._linear_model = model.variables.linear_model
        self.of = _rows_by_hire(model)
        self._of_rules = {hire: [row for row in rows if row.rule is not None] for hire, rows in self.of.items()}
        self._empty = self._linear_model.complete(())
        self._known: dict[tuple[str, frozenset[int]], bool] = {}

    def fits(self, hire: str, variables: frozenset[int]) -> bool:
        """Whether a hire may have all of these seats beside each other."""
        rows = self._of_rules.get(hire)
        if not rows or not variables:
            return True
        key = hire, variables
        if key not in self._known:
            self._known[key] = self._holds(rows, variables)
        return self._known[key]

    def _holds(self, rows: Sequence[Row], variables: frozenset[int]) -> bool:
        """Helpers follow from the seats; afterwards all is as it was."""
        values = self._empty
        before = self._linear_model.follow(values, dict.fromkeys(variables, 1))
        held = all(row.low <= row.activity(values) <= row.high for row in rows)
        for variable, value in before.items():
            values[variable] = value
        return held


def _rows_by_hire(model: Model) -> Mapping[str, list[Row]]:
    linear_model, candidates = model.variables.linear_model, model.variables.candidates
    found: dict[str, list[Row]] = defaultdict(list)
    for row in linear_model.rows:
        if row.rule not in _SHARED:
            for decision in sorted(linear_model.support(row.variables))[:1]:  # none: about nothing that is offered
                found[candidates[decision].need.hire.id].append(row)
    return found
