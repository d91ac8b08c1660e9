"""Mentors (MODEL.md): level by level, against a second reading and against all matchings there are."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from models.ids import MentorLevel
from models.plan import MentorPair, Plan
from models.problem import TermProblem
from scheduler.mentors.capacity import at_one_time, most_in_all
from scheduler.mentors.matching import Matching
from scheduler.mentors.pairs import company_of
from scheduler.verify.mentors import mentor_values, mentors
from tests.scheduler.mentors.people import (
    changed,
    company,
    day,
    hire,
    matched,
    mentor,
    plan_with,
    random_company,
    told,
)

CASES, CHUNK = 200, 50
ANNA, BO = hire("anna", unit="u"), hire("bo", unit="u")


def _wrong(problem: TermProblem, plan: Plan, previous: Plan | None) -> list[str]:
    return [violation.message for violation in mentors(problem, plan, previous)]


def _ranking(problem: TermProblem, plan: Plan, previous: Plan | None) -> tuple[int, ...]:
    values = mentor_values(problem, plan, previous)
    return tuple(values[level] for level in MentorLevel)


def _every_matching(problem: TermProblem) -> Iterator[tuple[MentorPair, ...]]:
    ids = [None, *(m.id for m in problem.mentors)]
    for choice in itertools.product(ids, repeat=len(problem.hires)):
        yield tuple(MentorPair(hire=h.id, mentor=m) for h, m in zip(problem.hires, choice, strict=True))


def _may_be(problem: TermProblem, plan: Plan) -> bool:
    """Nothing is wrong with who is paired with whom; what the rows say besides is not asked."""
    return not any("inte är där" in line or "högst" in line for line in _wrong(problem, plan, None))


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_no_matching_is_better_on_any_level_with_those_above_it_kept(first: int) -> None:
    for seed in range(first, first + CHUNK):
        before, previous = random_company(seed), None
        for problem in (before, changed(seed, before)):
            found = matched(problem, previous)
            plan = plan_with(found, problem)
            assert _wrong(problem, plan, previous) == [], seed
            assert all(level.proven for level in found.levels), seed
            tried = (plan_with(Matching(pairs, ()), problem) for pairs in _every_matching(problem))
            best = min(_ranking(problem, other, previous) for other in tried if _may_be(problem, other))
            assert _ranking(problem, plan, previous) == best, seed
            previous = plan


def test_without_the_table_there_is_nothing() -> None:
    assert matched(company(ANNA)) == Matching()


def test_somebody_without_a_mentor_learns_whether_none_was_there_or_all_were_taken() -> None:
    late = mentor("maj", first=day("08-18"))
    assert told(matched(company(ANNA, late)).pairs) == "anna: none_there"
    assert told(matched(company(ANNA, BO, mentor("maj"))).pairs) in ("anna-maj, bo: all_full", "anna: all_full, bo-maj")
    assert told(matched(company(ANNA, mentor("maj", at_most=0))).pairs) == "anna: all_full"


def test_a_mentor_is_there_on_the_first_day_or_not_at_all() -> None:
    for fields in ({"first": day("08-17")}, {"last": day("08-17")}):
        assert told(matched(company(ANNA, mentor("maj", **fields))).pairs) == "anna-maj"
    for fields in ({"first": day("08-18")}, {"last": day("08-14")}):
        assert told(matched(company(ANNA, mentor("maj", **fields))).pairs) == "anna: none_there"


def test_a_pair_ends_the_day_before_the_anniversary() -> None:
    for starts, pairs in (("2027-08-16", "all_full"), ("2027-08-17", "anna-maj")):
        after = hire("zoe", starts=starts)
        found = told(matched(company(hire("anna"), after, mentor("maj"))).pairs)
        assert ("zoe-maj" in found and "anna-maj" in found) == (pairs == "anna-maj"), found


def test_a_pair_ends_with_the_last_day_of_the_hire() -> None:
    gone = hire("anna", ends=day("09-30"))
    assert "all_full" in told(matched(company(gone, hire("bo", starts="09-30"), mentor("maj"))).pairs)
    assert told(matched(company(gone, hire("bo", starts="10-01"), mentor("maj"))).pairs) == "anna-maj, bo-maj"


def test_a_pair_of_the_former_plan_stays_though_another_mentor_would_suit_better() -> None:
    one = company(ANNA, mentor("maj", "B"))
    before = plan_with(matched(one), one)
    two = company(ANNA, BO, mentor("maj", "B"), mentor("ulf", at_most=2))
    found = matched(two, before)
    assert told(found.pairs) == "anna-maj, bo-ulf"
    assert [pair.kept for pair in found.pairs] == [True, False]


def test_pairs_of_somebody_who_has_left_are_not_lost() -> None:
    one = company(ANNA, BO, mentor("maj", at_most=2))
    before = plan_with(matched(one), one)
    lost = {level.name: level.value for level in matched(company(BO, mentor("maj")), before).levels}[MentorLevel.LOST]
    assert lost == 0


@pytest.mark.parametrize(
    ("wish", "unit", "cost"),
    [
        *(("annan", "u", 1), ("annan", "v", 0), ("annan", None, 0)),
        *(("samma", "u", 0), ("samma", "v", 1), ("samma", None, 1)),
        *(("valfri", "u", 0), ("valfri", "v", 0), ("valfri", None, 0)),
    ],
)
def test_the_unit_wished_for(wish: str, unit: str | None, cost: int) -> None:
    found = matched(company(ANNA, mentor("maj", unit=unit), mentor_unit=wish))
    assert {level.name: level.value for level in found.levels}[MentorLevel.UNIT] == cost


def test_a_unit_of_another_administration_is_another_unit_whatever_its_name() -> None:
    found = matched(company(ANNA, mentor("maj", "B", unit="u"), mentor_unit="samma"))
    assert {level.name: level.value for level in found.levels}[MentorLevel.UNIT] == 1


def test_pairs_are_spread_evenly() -> None:
    people = [hire(f"h{number}") for number in range(4)]
    found = matched(company(*people, mentor("maj", at_most=4), mentor("ulf", at_most=4)))
    assert {level.name: level.value for level in found.levels}[MentorLevel.EVENNESS] == 8


def test_the_order_of_the_rows_decides_nothing() -> None:
    problem = random_company(7)
    turned = problem.model_copy(update={"hires": problem.hires[::-1], "mentors": problem.mentors[::-1]})
    assert matched(problem) == matched(turned)


def test_what_one_mentor_can_have_in_all_is_known_exactly() -> None:
    for seed in range(100):
        problem = random_company(seed)
        for one in problem.mentors:
            pairs = [pair for pair in company_of(problem, {}).pairs if pair.mentor.id == one.id]
            limits = list(at_one_time(pairs))
            subsets = (
                chosen
                for size in range(len(pairs) + 1)
                for chosen in itertools.combinations(range(len(pairs)), size)
                if all(len({*limit} & {*chosen}) <= one.at_most for limit in limits)
            )
            assert most_in_all(pairs, one.at_most) == max(map(len, subsets)), seed
