"""Moving somebody by hand: both answers are those of trying all plans, and what stands in the way is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from models.ids import Level, Stability
from models.moving import BarWish, MoveOutcome, MoveWish, Wishes
from models.plan import Plan
from models.problem import TermProblem
from scheduler.answers.wishes import WishedProblem, WishError, with_wishes
from scheduler.plan.moving import Answered, try_moves
from scheduler.plan.outcome import Options
from scheduler.plan.term import plan_term
from scheduler.verify import check
from scheduler.verify.needs import applies
from tests.scheduler.brute_force import Best, TooLargeError, best_plan
from tests.scheduler.random_problems import case, replan_case

CASES = int(os.environ.get("TERMINSPLAN_CASES", "500")) // 8
CHUNK = 20
OPTIONS = Options(max_seconds=60.0, suggestions=False)


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_both_answers_are_those_of_planning_anew_with_the_wish(first: int) -> None:
    tried = 0
    for seed in range(first, min(first + CHUNK, CASES)):
        for wished, stability in _wished_problems(seed):
            tried += _agrees(wished, stability, seed)
    assert tried >= CHUNK // 4


def _wished_problems(seed: int) -> Iterator[tuple[WishedProblem, Stability]]:
    """Wishes against a first plan, and against a re-plan of it with any stability."""
    now, rng = case(seed), Random(seed)
    plan = plan_term(now.problem, now.planning_date, input_sha256="", options=OPTIONS).plan
    if plan is None:
        return
    yield from ((wished, Stability.CAREFUL) for wished in _random_wishes(rng, now.problem, plan))
    later, stability = replan_case(seed, now, plan), rng.choice(list(Stability))
    options = replace(OPTIONS, stability=stability)
    again = plan_term(later.problem, later.planning_date, input_sha256="", options=options, previous=plan).plan
    if again is not None:
        yield from ((wished, stability) for wished in _random_wishes(rng, later.problem, again))


def _random_wishes(rng: Random, problem: TermProblem, plan: Plan) -> Iterator[WishedProblem]:
    for moves, bars in ((1, 0), (2, 0), (0, 1), (1, 1)):
        wished = Wishes(
            moves=tuple(_wish(rng, problem) for _ in range(moves)),
            bars=tuple(_bar(rng, problem, plan) for _ in range(bars)),
        )
        try:
            yield with_wishes(problem, plan, wished)
        except WishError:
            continue


def _wish(rng: Random, problem: TermProblem) -> MoveWish:
    hire = rng.choice(problem.hires)
    held = [programme for programme in problem.programmes if problem.rounds_of[programme.id]]
    programme = rng.choice([programme for programme in held if applies(programme, hire)] or held)
    module = None if programme.cohort or rng.random() < 0.5 else rng.choice(programme.modules).number
    rounds = problem.rounds_of[programme.id]
    return MoveWish(hire=hire.id, programme=programme.id, module=module, round=rng.choice(rounds).id)


def _bar(rng: Random, problem: TermProblem, plan: Plan) -> BarWish:
    """From a round in which she has a seat, if anybody has any."""
    seats = [(row.hire, row.round) for row in plan.bookings] or [(problem.hires[0].id, problem.rounds[0].id)]
    hire, round_ = rng.choice(seats)
    return BarWish(hire=hire, round=round_)


def _agrees(wished: WishedProblem, stability: Stability, seed: int) -> bool:
    """Whether all plans could be tried."""
    told = f"seed {seed}: {wished.wishes}"
    make = Answered.BEST if seed % 2 else Answered.ALONE
    tried = try_moves(wished, options=OPTIONS, stability=stability, make=make)
    if tried.outcome is not None and tried.outcome.plan is not None:
        assert check(wished.problem, tried.outcome.plan, wished.plan).violations == (), told
    for outcome in (tried.price.alone, tried.price.best):
        assert outcome.possible == (outcome.obstacle is None), told
        assert all(level.proven for level in outcome.levels), told
    if wished.past:
        assert not tried.price.best.possible, told
        return False
    try:
        best = best_plan(wished.problem, wished.plan.planning_date, wished.plan)
        alone = best_plan(wished.problem, wished.plan.planning_date, wished.plan, free=wished.wishes.hires)
    except TooLargeError:
        return False
    assert _after(tried.price.best) == _levels(best), told
    assert _after(tried.price.alone) == _levels(alone), told
    return True


def _after(outcome: MoveOutcome) -> dict[Level, int] | None:
    return {level.name: level.after for level in outcome.levels} if outcome.possible else None


def _levels(best: Best | None) -> dict[Level, int] | None:
    return None if best is None else dict(best.levels)
