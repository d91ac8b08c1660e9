"""What it costs to let people keep their seats: the re-plan
that was asked for against those of the other stabilities.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from models.change import StabilityOutcome
from models.ids import Level, Stability
from outputs.figures import Figures
from terminsplan.planning import Made, try_stability
from terminsplan.stopping import Stop
from terminsplan.terminal import Terminal


def with_costs(made: Made, terminal: Terminal, stop: Stop) -> Made:
    """A re-plan with what the other stabilities give; without, where it is a first plan or the user wanted to stop."""
    if made.changes is None:
        return made
    tried = [made]
    for stability in Stability:
        if stability is not made.plan_input.options.stability and not stop.asked():
            other = try_stability(made.plan_input, stability, terminal, stop)
            tried += [other] if other else []
    return made if stop.asked() else compared(made, tried)


def compared(made: Made, tried: Iterable[Made]) -> Made:
    """The plan beside all that were tried, itself the chosen one."""
    assert made.changes is not None
    chosen = made.plan_input.options.stability
    rows = {row.stability: row for row in (_outcome(other, chosen) for other in tried)}
    found = tuple(rows[stability] for stability in Stability if stability in rows)
    return replace(made, changes=made.changes.model_copy(update={"stability": found}))


def _outcome(made: Made, chosen: Stability) -> StabilityOutcome:
    figures = Figures(made.plan_input.problem, made.plan)
    hires_on_time, hires = figures.people_on_time
    return StabilityOutcome(
        stability=made.plan_input.options.stability,
        chosen=made.plan_input.options.stability is chosen,
        on_time=figures.total.on_time,
        counting=figures.total.counted,
        hires_on_time=hires_on_time,
        hires=hires,
        moved=made.levels[Level.CHANGES],
        proven=all(level.proven for level in made.plan.levels),
    )
