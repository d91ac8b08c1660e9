"""A model as one program, hires who are alike merged into one column
each: what the large engine works in, and the way there and back.

Hires are alike when nothing tells them apart but their names: the same offers, weights and limits, and places in the
same shared rows (SPEED.md, point 6). Their columns are added up, their own rows taken as often as there are of them. An
assignment of the whole becomes one of the merged by adding, so that bounds stay valid. The way back deals the sums out
(docs/adr/203-large-models.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scheduler.linear.excerpt import Excerpt, Mask, excerpt_of
from scheduler.linear.model import Linear, LinearModel, Values, nothing
from scheduler.linear.program import Floats, Goal, Places, Program, goal_of, program_of
from scheduler.search.large.alike_hires import AlikeHires, alike_hires_of, owners_of
from scheduler.search.large.cut_pool import CutPool
from scheduler.search.large.disaggregation import OwnRow, disaggregated
from scheduler.search.large.exclusions import exclusion_rows
from scheduler.seats.variables import Variables
from scheduler.solvers.cp_sat import never

FEWEST_MERGED = 0.1
"""Least share of the decisions that merging must save; below it merging only costs time."""


@dataclass(frozen=True)
class MergedModel:
    """A program in which hires who are alike share their columns, and the way to it and back.

    ``whole`` is the program over all variables of the linear model, ``exclusions`` are rows over them for what one hire
    cannot have together; ``program`` is the merged one, and ``cuts`` holds it with such rows for relaxations.
    ``columns`` are the variables that have a column there, ``column_of`` says in which column each variable is counted,
    ``owner_of`` to which hire it belongs. By column: ``decides`` marks decisions, ``ruled`` what the rows of hard rules
    name; ``depends[h, v]``: h is made of v.
    """

    variables: Variables
    whole: Program
    exclusions: sparse.csr_array
    program: Program
    cuts: CutPool
    columns: Places
    column_of: Places
    kinds: tuple[AlikeHires, ...]
    owner_of: NDArray[np.int32]
    decides: Mask
    ruled: Mask
    depends: sparse.csr_array

    @property
    def nothing(self) -> Values:
        """The assignment that books nothing."""
        return self.variables.linear_model.complete(())

    @cached_property
    def part_of(self) -> Places:
        """By column the number of its block, of whose places one is taken; every helper is a part of its own."""
        blocks = self.variables.block_numbers.astype(np.intp)
        found = int(blocks.max(initial=-1)) + 1 + np.arange(len(self.columns))
        found[self.decides] = blocks[self.columns[self.decides]]
        return found

    @cached_property
    def need_of(self) -> Places:
        """By decision, which come first among the columns, the number of the requirement that it is for."""
        numbers: dict[tuple[str, str], int] = {}
        every = np.array([numbers.setdefault(c.need.key, len(numbers)) for c in self.variables.candidates], np.intp)
        return every[self.columns[self.decides]]

    def goal(self, goal: Linear) -> Goal:
        """A goal over the columns."""
        whole = goal_of(goal, len(self.column_of))
        return Goal(whole.costs[self.columns], whole.constant)

    def point(self, values: Values) -> Floats:
        """An assignment of the linear model as values of the columns."""
        return np.bincount(self.column_of, np.array(values, np.float64), len(self.columns)).astype(np.float64)

    def values(self, x: Floats) -> tuple[Values | None, tuple[AlikeHires, ...]]:
        """The assignment of the linear model with its helpers; None where it breaks a row.

        The second value is the kinds among whom not everything could
        be dealt out: then seats are left over, or rows are broken.
        """
        if self.kinds:
            taken, not_dealt = self._dealt_out(x)
        else:
            taken, not_dealt = np.flatnonzero((x > 0.5) & self.decides).tolist(), ()
        values = self.variables.linear_model.complete(taken)
        return values if self.whole.holds(np.array(values, np.float64)) else None, not_dealt

    def apart(self, kinds: Iterable[AlikeHires]) -> MergedModel:
        """The model with the hires of some kinds in columns of their own."""
        gone = {kind.number for kind in kinds}
        return _merged_model(
            self.variables,
            self.whole,
            self.exclusions,
            self.owner_of,
            tuple(k for k in self.kinds if k.number not in gone),
        )

    def by_column(self, by_variable: Mask) -> Mask:
        """A mask over the variables of the linear model as one over the columns."""
        return by_variable[self.columns]

    def needed_for(self, goals: Iterable[Goal]) -> Mask:
        """The columns that hard rules or these goals are about: other helpers may be left out."""
        found = self.decides | self.ruled
        for goal in goals:
            found = found | (goal.costs != 0)
        while not np.array_equal(found, more := found | ((found.astype(np.int32) @ self.depends) > 0)):
            found = more
        return found

    def needed_and_limits(
        self, goals: Iterable[Goal], kept: Iterable[tuple[Goal, int]]
    ) -> tuple[Mask, list[tuple[Goal, int]]]:
        """The columns that the goals and those kept need, and of
        these with their values all that any column counts in.
        """
        limits = [(above, value) for above, value in kept if above.costs.any()]
        return self.needed_for([*goals, *(above for above, _ in limits)]), limits

    def excerpt_for(self, goals: Iterable[Goal], kept: Iterable[tuple[Goal, int]]) -> Excerpt:
        """The columns that the goals and those kept need, with each of these at most its value."""
        needed, limits = self.needed_and_limits(goals, kept)
        return excerpt_of(self.program, needed).with_limits(limits)

    def behind(self, column: int) -> Places:
        """The columns of the decisions that a column is made of: itself,
        if it is one. Only those rows of ``depends`` are looked at.
        """
        starts, sources = self.depends.indptr, self.depends.indices
        found, waiting = {column}, [column]
        while waiting:
            helper = waiting.pop()
            below = set(sources[starts[helper] : starts[helper + 1]].tolist()) - found
            found |= below
            waiting += below
        columns = np.fromiter(found, np.intp, len(found))
        return columns[self.decides[columns]]

    def with_helpers(self, decisions: Mask) -> Mask:
        """A mask of some decisions and of every helper that depends on any of them."""
        found = decisions
        while not np.array_equal(found, more := found | ((self.depends @ found.astype(np.int32)) > 0)):
            found = more
        return found

    def _dealt_out(self, x: Floats) -> tuple[list[int], tuple[AlikeHires, ...]]:
        single = self.decides[self.column_of]
        for kind in self.kinds:
            single[kind.members] = False
        taken: list[int] = np.flatnonzero(single & (x[self.column_of] > 0.5)).tolist()
        matrix = self.whole.matrix.tocsr()
        not_dealt = []
        for kind in self.kinds:
            totals = np.rint(x[self.column_of[kind.members[0]]]).astype(int)
            active = np.flatnonzero(totals)
            shares = disaggregated(
                totals[active].tolist(), _own_rows(self.whole, matrix, kind, active), len(kind.members)
            )
            before = len(taken)
            for member, share in zip(kind.members, shares, strict=True):
                taken += member[active[list(share)]].tolist()
            if len(taken) - before < totals.sum():
                not_dealt.append(kind)
        return taken, tuple(not_dealt)


def merged_model_of(
    variables: Variables,
    goals: Sequence[Linear],
    look: Callable[[], None] = nothing,
    ended: Callable[[], bool] = never,
) -> MergedModel:
    """The program of a model with these goals, merged where that saves enough.

    ``look`` is called now and then; what it raises ends that. What
    hires cannot have together is worked out until it has ``ended``.
    """
    linear_model = variables.linear_model
    whole = program_of(linear_model)
    look()
    width = len(whole.low)
    owners = owners_of(variables, width)
    decides = np.arange(width) < len(variables.candidates)
    kinds = alike_hires_of(whole, owners, decides, [goal_of(goal, width) for goal in goals], look)
    saved = sum(kind.members[1:].size for kind in kinds)
    kinds = kinds if saved >= FEWEST_MERGED * len(variables.candidates) else ()
    merged = np.zeros(width, np.bool_)
    for kind in kinds:
        merged[kind.members] = True
    exclusions = exclusion_rows(whole, owners, variables.block_numbers.tolist(), merged, look, ended=ended)
    return _merged_model(variables, whole, exclusions, owners, kinds)


def _merged_model(
    variables: Variables,
    whole: Program,
    exclusions: sparse.csr_array,
    owners: NDArray[np.int32],
    kinds: tuple[AlikeHires, ...],
) -> MergedModel:
    columns, column_of = _merged_columns(kinds, len(whole.low))
    program = _merged(whole, kinds, columns) if kinds else whole
    depends = _depends(variables.linear_model)
    return MergedModel(
        variables,
        whole,
        exclusions,
        program,
        CutPool(program, exclusions[:, columns] if kinds else exclusions),
        columns,
        column_of,
        kinds,
        owners,
        columns < len(variables.candidates),
        _ruled(variables)[columns],
        depends[columns][:, columns].tocsr(),
    )


def _merged_columns(kinds: Sequence[AlikeHires], width: int) -> tuple[Places, Places]:
    """The first hire of each kind stands for all."""
    stands_for = np.arange(width)
    for kind in kinds:
        stands_for[kind.members] = kind.members[0]
    columns = np.flatnonzero(stands_for == np.arange(width))
    return columns, np.searchsorted(columns, stands_for)


def _merged(whole: Program, kinds: Sequence[AlikeHires], columns: Places) -> Program:
    kept = np.ones(len(whole.row_low), np.bool_)
    times, rows_times = np.ones(len(whole.low)), np.ones(len(whole.row_low))
    for kind in kinds:
        times[kind.members[0]] = len(kind.members)
        rows_times[kind.rows] = len(kind.members)
        kept[kind.other_rows] = False
    scaled = Program(
        whole.matrix, whole.row_low * rows_times, whole.row_high * rows_times, whole.low * times, whole.high * times
    )
    represents = np.zeros(len(whole.low), np.bool_)
    represents[columns] = True
    return scaled.slice(kept, represents)


def _ruled(variables: Variables) -> Mask:
    found = np.zeros(len(variables.linear_model.low), np.bool_)
    found[variables.linear_model.rows.named_by_rules()] = True
    for need in variables.needs:  # a helper of which the rows say that a requirement is booked in full or not at all
        found[variables.booked(need).variables] = True
    return found


def _depends(linear_model: LinearModel) -> sparse.csr_array:
    helpers = list(linear_model.helpers())
    lengths = np.fromiter((len(support) for _, support in helpers), np.intp, len(helpers))
    rows = np.repeat(np.fromiter((helper for helper, _ in helpers), np.int32, len(helpers)), lengths)
    columns = np.fromiter(chain.from_iterable(support for _, support in helpers), np.int32, lengths.sum())
    width = len(linear_model.low)
    return sparse.coo_array((np.ones(len(rows), np.int32), (rows, columns)), shape=(width, width)).tocsr()


def _own_rows(whole: Program, matrix: sparse.csr_array, kind: AlikeHires, active: Places) -> list[OwnRow]:
    """The rows of each hire of a kind, over the active among her decisions."""
    place = {int(variable): number for number, variable in enumerate(kind.members[0][active])}
    rows = []
    for row in kind.rows:
        begin, end = matrix.indptr[row], matrix.indptr[row + 1]
        entries = zip(matrix.indices[begin:end].tolist(), matrix.data[begin:end].tolist(), strict=True)
        terms = [(place[v], c) for v, c in entries if v in place]
        if terms:
            places, coefs = zip(*terms, strict=True)
            rows.append(OwnRow(places, coefs, float(whole.row_low[row]), float(whole.row_high[row])))
    return rows
