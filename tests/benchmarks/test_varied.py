"""The varied terms are read without a complaint, and differ in all that their traits name."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from benchmarks import by_hand
from benchmarks.draw import Draw
from benchmarks.tables import write_folder
from benchmarks.varied import traits_of, varied_city, varied_region
from inputs.read import read_problem
from models.ids import RoundStatus
from scheduler.verify import check


def test_the_same_seed_gives_the_same_problem_and_another_seed_another() -> None:
    assert varied_city(7) == varied_city(7)
    assert varied_city(7) != varied_city(8)


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_a_varied_city_reads_back_from_its_folder_as_it_was(tmp_path: Path, seed: int) -> None:
    problem = varied_city(seed)
    write_folder(problem, tmp_path)
    reading = read_problem(tmp_path)
    assert reading.errors == ()
    assert reading.problem == problem


def test_twenty_seeds_show_every_trait_in_more_than_one_way() -> None:
    drawn = [traits_of(Draw(str(seed))) for seed in range(20)]
    for trait in fields(drawn[0]):
        assert len({getattr(traits, trait.name) for traits in drawn}) > 1, trait.name


def test_twenty_cities_have_caps_of_one_and_two_days_quotas_and_none_and_few_and_many_proposals() -> None:
    cities = [varied_city(seed) for seed in range(1, 21)]
    assert {city.settings.weekly_cap_with_cases for city in cities} == {1, 2}
    assert {bool(city.quotas) for city in cities} == {True, False}
    proposed = [sum(r.status is RoundStatus.PROPOSED for r in city.rounds) / len(city.rounds) for city in cities]
    assert min(proposed) < 0.2
    assert max(proposed) > 0.6


def test_a_varied_region_has_about_a_thousand_hires_of_twenty_municipalities_or_more() -> None:
    problem = varied_region(1)
    assert 900 <= len(problem.hires) <= 1100
    assert len({h.organisation for h in problem.hires}) == len(problem.organisations) >= 20


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_seats_of_a_varied_city_dealt_by_hand_break_no_hard_rule(seed: int) -> None:
    problem = varied_city(seed)
    assert problem.settings.planning_date is not None
    plan = by_hand.deal(problem, problem.settings.planning_date)
    assert plan.bookings
    assert check(problem, plan).violations == ()
