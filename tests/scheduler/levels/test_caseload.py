"""Level 5, ``caseload``, alone."""

from scheduler.levels import caseload
from tests.scheduler.build import cost, credited, day, hire, problem, programme, round_

BASICS = programme("P", before_cases=True, weight=2)
ROUNDS = (round_("R1", "P", "1 09-14"), round_("R2", "P", "1 09-15"), round_("R3", "P", "1 09-18"))


def test_days_are_counted_from_the_caseload_start_to_completion_both_included() -> None:
    term = problem(BASICS, *ROUNDS, hire("anna", caseload_start=day("09-15"), priority=3), hire("bo"))
    assert cost(term, caseload.objective, "anna R1") == 0
    assert cost(term, caseload.objective, "anna R2") == 6
    assert cost(term, caseload.objective, "anna R3", "bo R3") == 24


def test_unbooked_it_is_counted_to_the_end_of_the_horizon() -> None:
    term = problem(BASICS, *ROUNDS, hire("anna", caseload_start=day("09-15")), horizon_end="2026-09-24")
    assert cost(term, caseload.objective) == 20


def test_unbooked_it_is_counted_to_her_last_day_if_that_is_earlier() -> None:
    start = day("09-15")
    early = problem(BASICS, *ROUNDS, hire("anna", ends=day("09-20"), caseload_start=start), horizon_end="2026-09-24")
    late = problem(BASICS, *ROUNDS, hire("anna", ends=day("09-30"), caseload_start=start), horizon_end="2026-09-24")
    gone = problem(BASICS, *ROUNDS, hire("anna", ends=day("09-14"), caseload_start=start), horizon_end="2026-09-24")
    assert cost(early, caseload.objective) == 12
    assert cost(late, caseload.objective) == 20
    assert cost(gone, caseload.objective) == 0


def test_a_caseload_start_beyond_the_horizon_costs_nothing() -> None:
    term = problem(BASICS, *ROUNDS, hire("anna", caseload_start=day("2027-02-01")))
    assert cost(term, caseload.objective) == 0


def test_only_programmes_before_cases_and_hires_with_a_caseload_start_count() -> None:
    term = problem(programme("P"), *ROUNDS, hire("anna", caseload_start=day("09-15")))
    assert cost(term, caseload.objective, "anna R3") == 0
    assert cost(problem(BASICS, *ROUNDS, hire("anna")), caseload.objective, "anna R3") == 0


def test_it_counts_without_a_deadline_too_but_not_when_done() -> None:
    endless = programme("P", before_cases=True, deadline_months=0)
    start = day("09-15")
    term = problem(
        endless, *ROUNDS, hire("anna", caseload_start=start), hire("bo", credits=credited("P"), caseload_start=start)
    )
    assert cost(term, caseload.objective, "anna R3") == 4


def test_the_last_module_to_be_completed_decides() -> None:
    modules = programme("P", modules=2, cohort=False, ordered=False, before_cases=True)
    rounds = (round_("R1", "P", "1 09-15", "2 09-14"), round_("R2", "P", "1 09-21", "2 09-16"))
    term = problem(modules, *rounds, hire("anna", caseload_start=day("09-15")))
    assert cost(term, caseload.objective, "anna R1-1", "anna R1-2") == 1
    assert cost(term, caseload.objective, "anna R1-1", "anna R2-2") == 2
    assert cost(term, caseload.objective, "anna R2-1", "anna R1-2") == 7
