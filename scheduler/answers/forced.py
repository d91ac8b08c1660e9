"""Which seats of an earlier plan had to go, asked of the rows of
the re-plan's model: each row carries its rule (MODEL.md, Reasons).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.ids import Rule
from scheduler.linear.model import LinearModel, Values
from scheduler.linear.rows import Row

_SHARED_BY_MANY = frozenset({Rule.SEATS, Rule.QUOTA})
_RANK = {rule: rank for rank, rule in enumerate(Rule)}


@dataclass(frozen=True)
class Overfull:
    """A round too small for the earlier plan: ``earlier`` are the
    decisions of that plan there, ``most`` so many of them fit.
    """

    earlier: tuple[int, ...]
    most: int


@dataclass(frozen=True)
class HadToGo:
    """``rules`` name by decision what forced it. ``given_up`` are
    those lost from a round that was too small, beyond what it forced.
    """

    rules: Mapping[int, Rule]
    given_up: Mapping[int, Overfull]


def had_to_go(linear_model: LinearModel, kept: Iterable[int], lost: Sequence[int]) -> HadToGo:
    """What of ``lost`` had to go even if nobody else had come in: of each row only as many as it is too small for.

    ``kept`` and ``lost`` together are the earlier plan as far as it is still possible. Rows about one person's own
    seats are asked before those that many share.
    """
    decisions = {*kept, *lost}
    values = linear_model.complete(decisions)
    rules: dict[int, Rule] = {}
    given_up: dict[int, Overfull] = {}
    for row, rule in _broken(linear_model.rows_with(linear_model.closure(lost)), values):
        among = linear_model.support(row.variables) & decisions
        going = [variable for variable in lost if variable in among and variable not in rules]
        rules |= dict.fromkeys(_mending(linear_model, row, going, values), rule)
        if rule in _SHARED_BY_MANY:
            overfull = Overfull(tuple(sorted(among)), sum(values[variable] for variable in among))
            given_up |= {variable: overfull for variable in going if variable not in rules}
    return HadToGo(rules, {variable: row for variable, row in given_up.items() if variable not in rules})


def _broken(rows: Iterable[Row], values: Values) -> list[tuple[Row, Rule]]:
    """The rows that the assignment breaks and that only fewer seats can mend, since all that they count takes room."""
    found = [
        (row, row.rule)
        for row in rows
        if row.rule is not None and min(row.coefs) >= 0 and row.activity(values) > row.high
    ]
    return sorted(found, key=lambda pair: (pair[1] in _SHARED_BY_MANY, _RANK[pair[1]]))


def _mending(linear_model: LinearModel, row: Row, going: Iterable[int], values: Values) -> Iterable[int]:
    """The first of these decisions without which the row holds; they are taken out of the assignment."""
    for variable in going:
        before = row.activity(values)
        if before <= row.high:
            return
        linear_model.follow(values, {variable: 0})
        if row.activity(values) < before:
            yield variable
        else:
            linear_model.follow(values, {variable: 1})
