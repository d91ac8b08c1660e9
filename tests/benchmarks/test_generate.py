"""The benchmarks say what they promise: terms of the sizes named, from a seed, and peers that keep every hard rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks import by_hand, by_mip, itc2019
from benchmarks.generate import PLANNING_DATE, city, nation, region
from benchmarks.itc2019 import Instance
from benchmarks.tables import write_folder
from inputs.read import read_problem
from models.ids import Level, State
from models.problem import TermProblem
from scheduler.model.build import build
from scheduler.verify import check

SMALL: Instance = {
    "name": "small",
    "people": [
        {"id": "s1", "requires": ["algebra", "logic"]},
        {"id": "s2", "requires": ["algebra"]},
        {"id": "s3", "requires": ["logic", "algebra"]},
    ],
    "programmes": [
        {
            "id": "algebra",
            "rounds": [
                {
                    "id": "1",
                    "capacity": 1,
                    "sessions": [("2026-09-07T08:00", "2026-09-07T10:00"), ("2026-09-12T08:00", "2026-09-12T10:00")],
                },
                {"id": "2", "capacity": 1, "sessions": [("2026-09-08T08:00", "2026-09-08T10:00")]},
            ],
        },
        {
            "id": "logic",
            "rounds": [{"id": "3", "capacity": 3, "sessions": [("2026-09-08T09:00", "2026-09-08T11:00")]}],
        },
    ],
}
"""Three ask for algebra, which has two seats; its second class collides with logic."""


def test_the_same_seed_gives_the_same_problem_and_another_seed_another() -> None:
    assert city(7) == city(7)
    assert city(7) != city(8)
    assert region(2).hires == region(2).hires


@pytest.mark.parametrize("seed", range(1, 11))
def test_a_city_hires_between_110_and_130_in_six_administrations(seed: int) -> None:
    problem = city(seed)
    assert 110 <= len(problem.hires) <= 130
    assert {h.organisation for h in problem.hires} == {o.id for o in problem.organisations}
    assert len(problem.organisations) == 6
    assert 30 <= len(problem.rounds) <= 60


def test_a_region_has_a_thousand_hires_of_36_municipalities() -> None:
    problem = region(1)
    assert len(problem.hires) == 1000
    assert len({h.organisation for h in problem.hires}) == 36
    assert 270 <= len(problem.rounds) <= 400


def test_the_nation_has_ten_thousand_hires_in_21_regions_that_share_no_round() -> None:
    problem = nation(1)
    assert 9_990 <= len(problem.hires) <= 10_010
    assert len(problem.organisations) == 290
    assert 2_500 <= len(problem.rounds) <= 3_500
    assert len({o.id.split("-")[0] for o in problem.organisations}) == 21
    assert all(len({o.split("-")[0] for o in r.organisations}) == 1 for r in problem.rounds)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_seats_are_too_few_in_every_programme(seed: int) -> None:
    problem = city(seed)
    plan = by_hand.deal(problem, PLANNING_DATE)
    for programme in problem.programmes:
        seats = sum(r.seats for r in problem.rounds_of[programme.id])
        needed = sum(r.programme == programme.id and r.state is not State.DONE for r in plan.requirements)
        assert 0.5 * needed < seats < needed


def test_a_generated_term_reads_back_from_its_folder_as_it_was(tmp_path: Path) -> None:
    problem = city(1)
    write_folder(problem, tmp_path)
    reading = read_problem(tmp_path)
    assert reading.errors == ()
    assert reading.problem == problem


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_seats_dealt_by_hand_break_no_hard_rule_and_count_as_the_check_counts(seed: int) -> None:
    problem = city(seed)
    plan = by_hand.deal(problem, PLANNING_DATE)
    assert plan.bookings
    assert check(problem, plan).violations == ()


def test_by_hand_serves_those_who_started_first() -> None:
    problem = _with_starts(itc2019.term_of(SMALL), {"s3": date(2026, 8, 30)})
    booked = {
        b.hire for b in by_hand.deal(problem, itc2019.planning_date(problem)).bookings if b.programme == "algebra"
    }
    assert "s3" in booked


def test_an_instance_of_itc_2019_becomes_a_term_in_which_every_request_counts(tmp_path: Path) -> None:
    problem = itc2019.term_of(SMALL)
    write_folder(problem, tmp_path)
    reading = read_problem(tmp_path)
    assert reading.errors == ()
    assert reading.problem == problem
    plan = by_hand.deal(problem, itc2019.planning_date(problem))
    assert itc2019.requests(problem) == 5
    assert check(problem, plan).levels[Level.ON_TIME] == 5 - itc2019.requests_met(problem, plan)


def test_only_seats_and_collisions_keep_anyone_out_of_a_class() -> None:
    problem = itc2019.term_of(SMALL)
    model = build(problem, itc2019.planning_date(problem), None)
    assert len(model.variables.candidates) == 8  # 3 x 2 of algebra, 2 of logic; 12 September is a Saturday


def test_the_mip_of_a_small_instance_finds_and_proves_the_most_requests() -> None:
    problem = itc2019.term_of(SMALL)
    model = build(problem, itc2019.planning_date(problem), None)
    answer = by_mip.lexicographic_solve(model, 60)
    # Algebra's seats go to s2 and one of the others; the other's second class would collide with her logic.
    assert [(row.level, row.value, row.bound) for row in answer.levels] == [
        (Level.ON_TIME, 1, 1),
        (Level.MISSING, 1, 1),
    ]


def _with_starts(problem: TermProblem, starts: dict[str, date]) -> TermProblem:
    hires = tuple(h.model_copy(update={"starts": starts.get(h.id, h.starts)}) for h in problem.hires)
    return problem.model_copy(update={"hires": hires})
