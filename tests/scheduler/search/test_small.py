"""Proof and search in turn: the same answers as the engine alone, found sooner, the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from time import monotonic

import pytest

from benchmarks import generate
from models.ids import Level, RoundStatus
from scheduler.levels import SOLVING
from scheduler.linear.model import Linear, Values
from scheduler.model.build import Model, build
from scheduler.search import small as turns
from scheduler.search.bundles import bundles_of
from scheduler.search.lexicographic import Minimiser
from scheduler.search.neighbourhoods import Neighbourhoods
from scheduler.search.relaxed_bounds import RelaxedBounds
from scheduler.search.small import FEW_LOOKS, SmallModelEngine
from scheduler.solvers.clock import Clock
from scheduler.solvers.cp_sat import Answer, Engine, never, unwatched
from scheduler.solvers.mip import Mip, MipAnswer, MipRun, MipTask, Way
from scheduler.solvers.pdlp import here
from terminsplan.mip_beside import highs_processes
from tests.scheduler.build import EARLY, hire, problem, programme, round_


def crowd() -> Model:
    """Six hires, two rounds of two seats and a proposal of three."""
    rounds = [round_(f"R{n}", "P", f"1 09-0{n}", f"2 09-1{n}", seats=2) for n in (1, 2)]
    proposal = round_("R3", "P", "1 09-03", "2 09-13", seats=3, min_participants=3, status=RoundStatus.PROPOSED)
    everybody = [hire(f"h{n}") for n in range(6)]
    return build(problem(programme(modules=2, cohort=False), *rounds, proposal, *everybody), EARLY, None)


def plain(model: Model) -> Engine:
    linear_model = model.variables.linear_model
    return Engine(linear_model.low, linear_model.high, linear_model.rows, 1)


def turns_of(
    model: Model,
    mip: Mip = highs_processes,
    relaxed: RelaxedBounds | None = None,
    *,
    replanning: bool = False,
) -> SmallModelEngine:
    order = [level for level in model.objectives if level is not Level.CHANGES]
    return SmallModelEngine(
        model.variables,
        list(bundles_of(order, model.objectives, SOLVING, large=False)),
        model.objectives[Level.ROUNDS],
        1,
        clock=Clock.start(monotonic),
        mip=mip,
        replanning=replanning,
        relaxed=relaxed,
    )


@dataclass(frozen=True)
class Said:
    """Somebody who says the same to every task, or never anything."""

    found: MipAnswer | None
    left: list[MipTask] = field(default_factory=list)
    looks: int = 0

    def __call__(self, task: MipTask) -> MipRun:
        self.left.append(task)
        return self

    def answer(self, seconds: float) -> MipAnswer | None:
        return self.found

    def leave(self) -> None:
        self.left.clear()


@pytest.fixture
def not_easy(monkeypatch: pytest.MonkeyPatch) -> None:
    """CP-SAT alone comes to no proof."""
    monkeypatch.setattr(turns, "FIRST_WORK", 0.0)


def solved(engine: Minimiser, goal: Linear, hint: Values | None) -> Answer:
    return engine.minimise(goal, hint=hint, seconds=60, from_below=False, watch=unwatched, should_stop=never)


def assert_proven_alike(model: Model, in_turns: SmallModelEngine, levels: Sequence[Level]) -> None:
    """Level by level, each kept for the next ones, what the engine alone proves."""
    engine, hint = plain(model), model.start
    for level in levels:
        goal = model.objectives[level]
        ours, theirs = solved(in_turns, goal, hint), solved(engine, goal, hint)
        assert ours.proven
        assert ours.value == theirs.value
        assert ours.values is not None
        hint = ours.values
        for each in (in_turns, engine):
            each.cap(goal, goal.value(hint))


def test_turns_prove_what_the_engine_proves_level_by_level() -> None:
    model = crowd()
    levels = (Level.ON_TIME, Level.MISSING, Level.ROUNDS, Level.STAFFING, Level.DAYS)
    assert_proven_alike(model, turns_of(model), levels)


@pytest.mark.usefixtures("not_easy")
def test_what_cp_sat_leaves_open_highs_proves() -> None:
    model = crowd()
    in_turns, engine = turns_of(model), plain(model)
    for level in (Level.ON_TIME, Level.MISSING, Level.ROUNDS, Level.DAYS):
        goal = model.objectives[level]
        ours, theirs = solved(in_turns, goal, model.start), solved(engine, goal, model.start)
        assert ours.proven
        assert ours.value == theirs.value
        assert ours.values is not None
        assert ours.values == model.variables.linear_model.complete(c.variable for c in model.chosen(ours.values))


@pytest.mark.usefixtures("not_easy")
def test_levels_that_are_proven_together_are_not_asked_for_again() -> None:
    model = crowd()
    tasks: list[MipTask] = []

    def counted(task: MipTask) -> MipRun:
        tasks.append(task)
        return highs_processes(task)

    assert_proven_alike(model, turns_of(model, counted), (Level.ON_TIME, Level.MISSING, Level.EQUITY))
    assert len(tasks) == 1


@pytest.mark.usefixtures("not_easy")
def test_a_plan_from_floating_point_numbers_is_taken_only_if_it_is_one() -> None:
    model = crowd()
    goal = model.objectives[Level.ON_TIME]
    everybody_everywhere = [1] * len(model.variables.linear_model.low)
    answer = solved(turns_of(model, Said(MipAnswer(everybody_everywhere, 0))), goal, model.start)
    assert answer.values is not None
    assert all(row.low <= row.activity(answer.values) <= row.high for row in model.variables.linear_model.rows)
    assert not answer.proven


@pytest.mark.usefixtures("not_easy")
def test_without_an_answer_the_parts_make_the_plan_better_and_nobody_is_left_at_work() -> None:
    model = crowd()
    goal, nobody = model.objectives[Level.ON_TIME], Said(None)
    answer = turns_of(model, nobody).minimise(goal, hint=model.start, seconds=2)
    assert answer.value is not None
    assert answer.value < goal.value(model.start)
    assert nobody.left == []


@pytest.mark.usefixtures("not_easy")
@pytest.mark.parametrize("level", [Level.ON_TIME, Level.DAYS])
def test_a_goal_on_which_highs_is_long_at_work_is_bounded_by_its_relaxation(
    monkeypatch: pytest.MonkeyPatch, level: Level
) -> None:
    monkeypatch.setattr(turns, "SHARE_BEFORE_BOUND", 0.0)
    rounds = [round_(f"R{n}", "P", f"1 09-0{n}", seats=2) for n in (1, 2)]
    model = build(problem(programme(), *rounds, *(hire(f"h{n}") for n in range(6))), EARLY, None)
    goal, goals = model.objectives[level], list(model.objectives.values())
    guides = [
        model.objectives[one] for one, how in SOLVING.items() if how.sum_over_requirements and one in model.objectives
    ]
    hint = solved(plain(model), model.objectives[Level.ON_TIME], model.start).values
    answers = []
    for relaxed in (None, RelaxedBounds(model.variables, goals, guides, relaxing=here)):
        in_turns = turns_of(model, Said(None), relaxed)
        if level is not Level.ON_TIME:
            in_turns.cap(model.objectives[Level.ON_TIME], 2)
        answers.append(in_turns.minimise(goal, hint=hint, seconds=1))
    engine = plain(model)
    engine.cap(model.objectives[Level.ON_TIME], 2)
    least = solved(engine, goal, hint).value
    assert least
    assert [answers[0].bound or 0, answers[1].bound] == [0, least]


@dataclass(frozen=True)
class Divided:
    """Tasks that are branched on go to one, all others to another; ``at_once`` are these others."""

    branched: Mip
    others: Mip
    at_once: list[MipTask] = field(default_factory=list)

    def __call__(self, task: MipTask) -> MipRun:
        if task.way is Way.BRANCHED:
            return self.branched(task)
        self.at_once.append(task)
        return self.others(task)


@pytest.mark.usefixtures("not_easy")
def test_a_proof_by_branching_ends_the_solver_at_once_beside_it() -> None:
    model = crowd()
    goal, at_once = model.objectives[Level.STAFFING], Said(None, looks=FEW_LOOKS + 1)
    answer = solved(turns_of(model, Divided(highs_processes, at_once)), goal, model.start)
    assert answer.proven
    assert answer.value == solved(plain(model), goal, model.start).value
    assert at_once.left == []


@pytest.mark.usefixtures("not_easy")
def test_a_proof_at_once_after_a_few_looks_ends_the_branching() -> None:
    model = crowd()
    goal, branched = model.objectives[Level.STAFFING], Said(None)
    answer = solved(turns_of(model, Divided(branched, highs_processes)), goal, model.start)
    assert answer.proven
    assert answer.value == solved(plain(model), goal, model.start).value
    assert branched.left == []


@dataclass
class Looking:
    """Somebody at work without end, who looks at the limits each time that he is asked."""

    looks: int = 0

    def __call__(self, task: MipTask) -> MipRun:
        return self

    def answer(self, seconds: float) -> MipAnswer | None:
        self.looks += 1
        return None

    def leave(self) -> None:
        pass


@pytest.mark.usefixtures("not_easy")
def test_a_proof_by_branching_waits_until_none_at_once_can_count_before_it() -> None:
    model = crowd()
    goal, at_once = model.objectives[Level.STAFFING], Looking()
    assert solved(turns_of(model, Divided(highs_processes, at_once)), goal, model.start).proven
    assert at_once.looks > FEW_LOOKS


@pytest.mark.usefixtures("not_easy")
def test_without_a_proof_by_branching_the_solver_at_once_is_waited_for() -> None:
    model = crowd()
    goal, mip = model.objectives[Level.STAFFING], Divided(Said(MipAnswer(None, 0)), highs_processes)
    answer = solved(turns_of(model, mip), goal, model.start)
    assert answer.proven
    assert answer.value == solved(plain(model), goal, model.start).value
    assert len(mip.at_once) == 1


@dataclass(frozen=True)
class Recorded:
    """HiGHS, with the tasks that it was given and the number of
    those that were left before anybody had asked for an answer.
    """

    tasks: list[MipTask] = field(default_factory=list)
    left: list[MipTask] = field(default_factory=list)

    def __call__(self, task: MipTask) -> MipRun:
        self.tasks.append(task)
        return RecordedRun(self, task, highs_processes(task))


@dataclass(frozen=True)
class RecordedRun:
    recorded: Recorded
    task: MipTask
    run: MipRun

    @property
    def looks(self) -> int:
        return self.run.looks

    def answer(self, seconds: float) -> MipAnswer | None:
        return self.run.answer(seconds)

    def leave(self) -> None:
        self.recorded.left.append(self.task)
        self.run.leave()


FIRST_BUNDLE = (Level.ON_TIME, Level.MISSING, Level.EQUITY)


@pytest.mark.usefixtures("not_easy")
def test_in_a_replan_the_next_bundle_begins_before_its_turn_and_is_solved_once() -> None:
    model, highs = crowd(), Recorded()
    in_turns = turns_of(model, highs, replanning=True)
    assert_proven_alike(model, in_turns, (*FIRST_BUNDLE, Level.CASELOAD))
    assert len(highs.tasks) == 3  # of levels that had their turns two
    assert_proven_alike(model, turns_of(model, highs := Recorded()), (*FIRST_BUNDLE, Level.CASELOAD))
    assert len(highs.tasks) == 2
    in_turns.finish()


@pytest.mark.usefixtures("not_easy")
def test_a_bundle_begun_before_its_turn_gives_the_plan_that_it_gives_in_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def last_plan() -> Values:
        model = crowd()
        in_turns, values = turns_of(model, replanning=True), model.start
        for level in (level for level in model.objectives if level is not Level.CHANGES):
            answer = solved(in_turns, goal := model.objectives[level], values)
            assert answer.values is not None
            values = answer.values
            in_turns.cap(goal, goal.value(values))
        in_turns.finish()
        return values

    begun_before = last_plan()
    monkeypatch.setattr(turns, "next_turn", lambda *_: None)
    assert begun_before == last_plan()


@pytest.mark.usefixtures("not_easy")
def test_what_was_begun_with_other_values_kept_is_left_and_solved_anew() -> None:
    model, highs = crowd(), Recorded()
    in_turns, values = turns_of(model, highs, replanning=True), model.start
    for level in (*FIRST_BUNDLE, Level.CASELOAD):
        found = solved(in_turns, model.objectives[level], values).values
        assert found is not None
        values = found
        in_turns.cap(model.objectives[level], model.objectives[level].value(values) + 1)
    answer = solved(in_turns, model.objectives[Level.STAFFING], values)
    assert answer.proven
    assert highs.tasks[2] in highs.left
    in_turns.finish()


@pytest.mark.usefixtures("not_easy")
def test_nothing_is_at_work_for_levels_that_never_have_their_turn() -> None:
    model, highs = crowd(), Recorded()
    in_turns = turns_of(model, highs, replanning=True)
    assert_proven_alike(model, in_turns, (*FIRST_BUNDLE, Level.CASELOAD))
    in_turns.finish()
    assert highs.left == highs.tasks[2:]


@pytest.mark.usefixtures("not_easy")
def test_highs_is_told_to_leave_out_what_saves_nothing_in_a_small_model() -> None:
    model, highs = crowd(), Recorded()
    assert solved(turns_of(model, highs), model.objectives[Level.STAFFING], model.start).proven
    assert {task.plain for task in highs.tasks} == {True}


def test_parts_make_a_plan_better_and_keep_every_row_and_the_levels_above() -> None:
    term = generate.city(1)
    model = build(term, generate.PLANNING_DATE, None)
    linear_model = model.variables.linear_model
    goal = model.objectives[Level.ON_TIME]

    def improved() -> Values:
        parts = Neighbourhoods(model.variables, seed=1)
        return parts.improve(model.start, (), goal, enough=goal.value(model.start) - 30, idle=3, go_on=lambda: True)

    better = improved()
    assert goal.value(better) <= goal.value(model.start) - 30
    assert all(row.low <= row.activity(better) <= row.high for row in linear_model.rows)
    assert better == linear_model.complete(c.variable for c in model.chosen(better))
    assert better == improved()


def test_a_plan_that_is_good_enough_is_left_alone() -> None:
    model = crowd()
    goal = model.objectives[Level.ON_TIME]
    parts = Neighbourhoods(model.variables, seed=1)
    enough = goal.value(model.start)
    assert parts.improve(model.start, (), goal, enough=enough, idle=9, go_on=lambda: True) is model.start
    assert parts.improve(model.start, (), goal, enough=0, idle=9, go_on=lambda: False) is model.start


def test_what_cannot_be_is_said_to_be_impossible() -> None:
    model = crowd()
    goal, in_turns = model.objectives[Level.ON_TIME], turns_of(model)
    in_turns.cap(goal, -1)
    answer = solved(in_turns, goal, model.start)
    assert answer.values is None
    assert answer.infeasible


def test_a_stop_ends_the_turns_with_the_best_so_far() -> None:
    model = crowd()
    goal = model.objectives[Level.DAYS]
    answer = turns_of(model).minimise(goal, hint=model.start, seconds=inf, should_stop=lambda: True)
    assert answer.value is not None
    assert answer.value <= goal.value(model.start)
