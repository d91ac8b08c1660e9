"""What a year comes to: flows and groups agree with the whole model, and with what becomes known month by month."""

from __future__ import annotations

import random
from datetime import date

import pytest

from models.problem import Hire, Quota
from scheduler.dimensioning.as_known import as_known, by_copies, by_seating, by_whole_models
from scheduler.dimensioning.catalogue import Catalogue
from scheduler.dimensioning.evaluation import Evaluation
from tests.scheduler.dimensioning.terms import random_task, term


def chosen_by(chance: random.Random, evaluation: Evaluation) -> set[str]:
    return {id_ for id_ in evaluation.catalogue.rounds if chance.random() < 0.6}


@pytest.mark.parametrize("seed", range(12))
def test_every_way_to_count_a_year_gives_the_whole_models_value(seed: int) -> None:
    chance = random.Random(seed)
    evaluation = Evaluation(Catalogue(random_task(chance)))
    for number in range(3):
        chosen = chosen_by(chance, evaluation)
        year = evaluation.catalogue.year(number)
        quick, (whole, _, _) = evaluation.outcome(number, chosen), evaluation._by_whole_model(year, chosen, 0)
        assert (quick.value, quick.bound) == (whole.value, whole.bound)
        assert whole.proven
        least = evaluation.relaxation.value(evaluation.relaxation.demands(year), evaluation.open_rounds(chosen))
        assert least <= whole.value
        outcome, plan = evaluation.planned(number, chosen)
        assert outcome == quick
        assert plan.value >= quick.value
        assert plan.weight == quick.weight
        assert as_known(evaluation, number, chosen).value >= quick.value


def test_one_programme_in_one_piece_is_told_by_flows_alone() -> None:
    evaluation = Evaluation(Catalogue(term()))
    assert evaluation.catalogue.independent.all()
    assert evaluation.relaxation.exact_for_independent


def test_who_weighs_more_goes_first() -> None:
    urgent = Hire(id="k", name="k", organisation="A", starts=date(2027, 1, 4), priority=3)
    evaluation = Evaluation(Catalogue(term(seats=(1,), expected=3.0, hires=(urgent,))))
    outcomes = [evaluation.outcome(number, {"P0-0"}) for number in range(5)]
    for number, outcome in enumerate(outcomes):
        year = evaluation.catalogue.year(number)
        assert outcome.value == outcome.weight - 3
        assert outcome.value == evaluation._by_whole_model(year, {"P0-0"}, 0)[0].value


def test_quotas_are_left_to_the_whole_model() -> None:
    quotas = (Quota(round="P0-0", organisation="A", at_most=0), Quota(round="P0-1", organisation="A", at_most=0))
    evaluation = Evaluation(Catalogue(term(seats=(9, 9), expected=2.0, quotas=quotas)))
    assert not evaluation.catalogue.plain
    outcome, plan = evaluation.planned(1, {"P0-0", "P0-1"})
    assert outcome.proven
    assert plan.organisations["A"][0] == 0
    assert plan.organisations["B"][0] > 0
    assert as_known(evaluation, 1, {"P0-0", "P0-1"}).value >= outcome.value


@pytest.mark.parametrize("cohort", [True, False])
def test_month_by_month_is_the_whole_models_way_where_one_programme_is_in_one_piece(cohort: bool) -> None:
    evaluation = Evaluation(Catalogue(term(seats=(2, 2, 2), cohort=cohort)))
    for number in range(3):
        year, chosen = evaluation.catalogue.year(number), {"P0-0", "P0-2"}
        found = {way(evaluation, year, chosen) for way in (by_seating, by_whole_models, by_copies)}
        if cohort:
            assert len(found) == 1
        assert min(found) >= evaluation.outcome(number, chosen).value


def test_month_by_month_who_is_known_from_the_first_has_her_seats_in_both_programmes() -> None:
    first = Hire(id="a", name="a", organisation="A", starts=date(2027, 1, 4))
    task = term(seats=(1,), programmes=2, shift_days=40, expected=0.0, hires=(first,))
    evaluation = Evaluation(Catalogue(task))
    year = evaluation.catalogue.year(0)
    assert by_copies(evaluation, year, {"P0-0", "P1-0"}) == evaluation.outcome(0, {"P0-0", "P1-0"}).value == 0


def test_the_seats_of_a_round_are_counted_in_its_fullest_meeting() -> None:
    evaluation = Evaluation(Catalogue(term(seats=(3, 3), cohort=False, programmes=2, expected=4.0)))
    for number in range(3):
        _, plan = evaluation.planned(number, set(evaluation.catalogue.rounds))
        assert plan.participants
        assert max(plan.participants.values()) <= 3


def test_a_year_without_anybody_is_a_good_one() -> None:
    evaluation = Evaluation(Catalogue(term(expected=0.0)))
    assert evaluation.outcome(0, set()).share == 1.0
