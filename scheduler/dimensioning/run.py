"""The whole of a dimensioning: choose, try, evaluate, prove, and
see how it goes as things become known (docs/spec/DIMENSION.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.dimensioning import Choice, Dimensioning, Figures, SeatsLeft
from scheduler.dimensioning.beside_winner import by_rounds, cheapest_that_suffices
from scheduler.dimensioning.by_flows import cheapest_by_flows, improved, worth_trying
from scheduler.dimensioning.findings import by_month, figures, mean_shares, seats_left
from scheduler.dimensioning.forecast import outside
from scheduler.dimensioning.instance import Instance, instance_of
from scheduler.dimensioning.options import Options, Step, Surroundings
from scheduler.dimensioning.side_by_side import Question
from scheduler.dimensioning.statistics import most_bad
from scheduler.dimensioning.task import Task
from scheduler.dimensioning.trying import tried
from scheduler.dimensioning.winner import Winner, winner_of

SHARE_TO_PROVE = 0.2
"""Of the time that there is in all."""


def dimension(task: Task, options: Options, around: Surroundings) -> Dimensioning:
    """The cheapest choice of candidates that suffices, how it fares, and what no sufficient choice is cheaper than.

    In the order of what one wants to know first if time is short.
    """
    instance = instance_of(task, options, around)
    cheapest = cheapest_by_flows(instance)
    first = tried(instance, [improved(instance, choice) for choice in worth_trying(instance, cheapest)])
    won, tries = winner_of(instance, first, may_climb=cheapest.chosen is not None)
    proof = _proof(instance)
    won = cheapest_that_suffices(instance, won, tries, proof.bound or 0)
    proof = _no_more_than(proof, won, sufficient=options.goals.met_by(won.choice.figures))
    return _told(instance, won, first, proof)


@dataclass(frozen=True)
class _Proof:
    """A lower bound with 95 % confidence, and whether with this confidence no choice suffices at all."""

    bound: int | None
    impossible: bool


def _proof(instance: Instance) -> _Proof:
    """Nothing is proven where time is up."""
    allowed = most_bad(instance.years_to_prove_on, instance.options.goals.probability)
    if instance.around.over:
        instance.questions.note(complete=False)
        return _Proof(None, impossible=False)
    instance.around.tell(Step("Bevisar att färre inte räcker"))
    found = instance.search(instance.proving_sample(), allowed, SHARE_TO_PROVE)
    impossible = found.complete and found.chosen is None
    return _Proof(None if impossible else found.bound, impossible)


def _no_more_than(proof: _Proof, won: Winner, *, sufficient: bool) -> _Proof:
    """Where the years of the proof were worse than the winner's, what is claimed is that nothing cheaper will do."""
    if sufficient and (proof.impossible or (proof.bound or 0) > won.choice.cost):
        return _Proof(won.choice.cost, impossible=False)
    return proof


def _told(instance: Instance, won: Winner, first: Sequence[Choice], proof: _Proof) -> Dimensioning:
    """All that is found; ``first`` are the choices that were tried first."""
    task, goals = instance.task, instance.options.goals
    as_known = _as_known(instance, won)
    ladder = by_rounds(instance, won)
    return Dimensioning(
        complete=instance.questions.complete,
        goal=float(goals.share),
        wanted=float(goals.probability),
        seed=task.seed,
        priced=any(r.cost is not None for r in task.candidates),
        winner=won.choice,
        sufficient=goals.met_by(won.choice.figures),
        as_known=as_known,
        bound=proof.bound,
        impossible=proof.impossible,
        proven_on=0 if proof.bound is None and not proof.impossible else instance.years_to_prove_on,
        chosen_on=len(instance.sample.numbers),
        tried_on=max((t.figures.scenarios for t in first if t.figures), default=0),
        by_rounds=ladder,
        by_programme=mean_shares([plan.programmes for plan in won.plans]),
        by_organisation=mean_shares([plan.organisations for plan in won.plans]),
        by_month=by_month(won.plans),
        seats=tuple(_seats(instance, won)),
        expected=sum(cell.expected for cell in task.cells),
        outside=outside(task.cells, task.problem),
    )


def _as_known(instance: Instance, won: Winner) -> Figures | None:
    """How the winner fares when each month is planned with those known by then."""
    first = won.numbers.start
    numbers = range(first, first + instance.options.years.as_known)
    answers = instance.questions.ask(Question.AS_KNOWN, won.chosen, numbers, "Planerar månad för månad")
    return figures([outcome for outcome, _ in answers], instance.options.goals, proven=False)


def _seats(instance: Instance, won: Winner) -> Iterator[SeatsLeft]:
    """Seats and how many of them are used, of the rounds that are held."""
    catalogue = instance.evaluation.catalogue
    for place, id_ in enumerate(catalogue.rounds):
        if won.plans and (catalogue.fixed[place] or id_ in won.chosen):
            yield seats_left(id_, catalogue.problem.round_by_id[id_].seats, won.plans)
