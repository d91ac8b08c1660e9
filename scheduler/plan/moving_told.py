"""What is told of a re-plan with somebody moved by hand: what each
level came to, and who else has another seat, for which level.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.ids import Level
from models.moving import LevelCost, MoveOutcome, Obstacle, SeatMove
from scheduler.answers.flips import flips_for
from scheduler.answers.probe import Probe
from scheduler.answers.wishes import WishedProblem
from scheduler.linear.model import Values
from scheduler.model.build import Model
from scheduler.plan.results import level_results
from scheduler.search.lexicographic import Solution
from scheduler.solvers.cp_sat import never


@dataclass(frozen=True)
class MovesTold:
    """Tells of solutions of ``model``, in which the plan of ``wished``
    is ``before``; ``alone`` is the one with everybody else in place.
    """

    wished: WishedProblem
    model: Model
    before: Values
    alone: Solution
    order: Sequence[Level]
    seed: int

    def outcome(self, solution: Solution, obstacle: Obstacle | None) -> MoveOutcome:
        """What the solution costs; ``obstacle`` is told where there is none."""
        if solution.values is None:
            return MoveOutcome(possible=False, obstacle=obstacle)
        results = level_results(self.model, solution.values, solution)
        before = {level.name: level.value for level in self.wished.plan.levels} | {Level.CHANGES: 0}
        moves, named = list(self._moves(solution.values)), self.wished.wishes.hires
        return MoveOutcome(
            possible=True,
            levels=tuple(
                LevelCost(name=row.name, before=before.get(row.name, row.value), after=row.value, proven=row.proven)
                for row in results
            ),
            own=tuple(move for move in moves if move.hire in named),
            others=tuple(self._explained([move for move in moves if move.hire not in named], solution.values)),
        )

    def _moves(self, values: Values) -> Iterator[SeatMove]:
        """Every module from the planning date on whose round is another than before."""
        old = _rounds_before(self.wished)
        new = {
            (*candidate.need.key, module): candidate.offer.round.id
            for candidate in self.model.chosen(values)
            for module in candidate.block.modules
        }
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                hire, programme, module = key
                yield SeatMove(hire=hire, programme=programme, module=module, before=old.get(key), after=new.get(key))

    def _explained(self, others: Sequence[SeatMove], values: Values) -> Iterator[SeatMove]:
        """The moves of the others, each with the level that it is for."""
        if not others:
            return
        probe = Probe(self.model, values, self.order, self.seed, should_stop=never)
        needs = self.model.variables.need_by_key
        former: dict[tuple[str, str], list[int]] = defaultdict(list)
        for candidate in self.model.chosen(self.before):
            former[candidate.need.key].append(candidate.variable)
        in_all = self._first_better(values)
        for move in others:
            need = needs[move.hire, move.programme]
            step = probe.step(flips_for(self.model, values, need, former[need.key]))
            yield move.model_copy(update={"level": step.worse if step.holds else in_all})

    def _first_better(self, values: Values) -> Level | None:
        """The first level that is better than alone; None where alone is no plan."""
        if self.alone.values is None:
            return None
        goals = self.model.objectives
        return next((lv for lv in self.order if goals[lv].value(values) < goals[lv].value(self.alone.values)), None)


def _rounds_before(wished: WishedProblem) -> Mapping[tuple[str, str, int], str]:
    """The round of each module that is not held yet, by hire, programme and module."""
    sessions, today = wished.before.session_by_id, wished.plan.planning_date
    rows = (row for row in wished.plan.bookings if sessions[row.session].day >= today)
    return {(row.hire, row.programme, row.module): row.round for row in rows}
