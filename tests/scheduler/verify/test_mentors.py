"""The second reading of mentors: hand-made wrong pairs, each beside one that is just right."""

from __future__ import annotations

import pytest

from models.ids import MentorLevel, MentorReason
from models.plan import MentorPair
from scheduler.mentors.matching import Matching
from scheduler.verify.mentors import mentors
from tests.scheduler.mentors.people import company, day, hire, matched, mentor, plan_with

ANNA, BO = hire("anna"), hire("bo", starts="09-01")
MAJ, ULF = mentor("maj"), mentor("ulf", first=day("08-18"))
PROBLEM = company(ANNA, BO, MAJ, ULF)
RIGHT = matched(PROBLEM)


def _told(*pairs: MentorPair) -> str:
    rows = list(mentors(PROBLEM, plan_with(Matching(pairs, RIGHT.levels), PROBLEM), None))
    return " ".join(row.message for row in rows)


def _pair(hire_: str, mentor_: str | None, **fields: object) -> MentorPair:
    return MentorPair.model_validate(
        {"hire": hire_, "mentor": mentor_, **({"kept": False} if mentor_ else {}), **fields}
    )


def test_what_was_matched_is_right() -> None:
    assert _told(*RIGHT.pairs) == ""
    assert _told(_pair("anna", "maj"), _pair("bo", "ulf")) == ""


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ((_pair("anna", "maj"),), "inte en rad för varje"),
        ((_pair("bo", "ulf"), _pair("anna", "maj")), "inte en rad för varje"),
        ((_pair("anna", "ulf"), _pair("bo", "maj")), "inte är där på hennes första dag"),
        ((_pair("anna", "maj"), _pair("bo", "maj")), "maj är mentor för 2 den 2026-09-01, men högst 1"),
        ((_pair("anna", "maj"), _pair("bo", "eva")), "eva, som inte finns"),
        ((_pair("anna", "maj", kept=True), _pair("bo", "ulf")), "en ny mentor"),
        (
            (_pair("anna", "maj"), _pair("bo", None, reason=MentorReason.NONE_THERE)),
            "skälet är att alla mentorer",
        ),
        (
            (_pair("anna", "maj"), _pair("bo", None, reason=MentorReason.ALL_FULL)),
            "utan mentor” är 1",
        ),
    ],
)
def test_wrong_pairs_are_named(pairs: tuple[MentorPair, ...], message: str) -> None:
    assert message in _told(*pairs)


def test_a_wrong_level_is_named() -> None:
    first, *others = RIGHT.levels
    assert first.name is MentorLevel.WITHOUT
    for fields, message in (
        ({"value": 1}, "nivå ”nyanställda utan mentor” är 0"),
        ({"bound": 1}, "högre än värdet"),
        ({"bound": None}, "sägs vara bevisad"),
    ):
        spoilt = Matching(RIGHT.pairs, (first.model_copy(update=fields), *others))
        assert message in " ".join(row.message for row in mentors(PROBLEM, plan_with(spoilt, PROBLEM), None))
    missing = Matching(RIGHT.pairs, tuple(others))
    assert "ska vara" in " ".join(row.message for row in mentors(PROBLEM, plan_with(missing, PROBLEM), None))


def test_mentors_that_the_input_lacks_are_named() -> None:
    problem = company(ANNA, BO)
    assert list(mentors(problem, plan_with(Matching(), problem), None)) == []
    assert [row.message for row in mentors(problem, plan_with(RIGHT, problem), None)]
