"""Rule 11, ``efter``, alone."""

from scheduler.rules import after
from tests.scheduler.build import allows, booked, credited, day, hire, problem, programme, round_

BASICS, SCHOOL = programme("B"), programme("S", after=("B",))


def test_it_may_start_when_the_programme_before_it_ends_and_not_earlier() -> None:
    rounds = (
        round_("B1", "B", "1 09-08 9-12"),
        round_("S1", "S", "1 09-08 12-15"),
        round_("S2", "S", "1 09-08 11:59-15"),
        round_("S3", "S", "1 09-07"),
    )
    term = problem(BASICS, SCHOOL, *rounds, hire("anna"), hire("bo", programmes=("S",)))
    assert allows(term, after.post, "anna B1", "anna S1", "bo S3")
    assert not allows(term, after.post, "anna B1", "anna S2")
    assert not allows(term, after.post, "anna B1", "anna S3")


def test_without_the_programme_before_it_it_is_not_booked() -> None:
    term = problem(BASICS, SCHOOL, round_("B1", "B", "1 09-07"), round_("S1", "S", "1 09-08"), hire("anna"))
    assert not allows(term, after.post, "anna S1")
    assert allows(term, after.post, "anna B1", "anna S1")
    assert allows(term, after.post, "anna B1")


def test_the_programme_before_it_must_be_hers_to_count() -> None:
    rounds = (round_("B1", "B", "1 09-15"), round_("S1", "S", "1 09-08"))
    term = problem(BASICS, SCHOOL, *rounds, hire("anna", programmes=("S",)), hire("bo"))
    assert allows(term, after.post, "anna S1", "bo B1")
    assert not allows(term, after.post, "bo S1", "bo B1")


def test_a_programme_already_done_lets_all_follow() -> None:
    rounds = (round_("B1", "B", "1 09-15"), round_("S1", "S", "1 09-08"))
    credit = hire("anna", credits=credited("B"))
    assert allows(problem(BASICS, SCHOOL, *rounds, credit), after.post, "anna S1")
    held = (round_("B1", "B", "1 09-01"), round_("S1", "S", "1 09-08"))
    attended = problem(BASICS, SCHOOL, *held, hire("anna"), booked("anna", "B1-1"))
    assert allows(attended, after.post, "anna S1", today=day("09-02"))


def test_every_meeting_waits_for_the_last_meeting_of_every_module() -> None:
    basics = programme("B", modules=2, cohort=False)
    school = programme("S", modules=2, cohort=False, after=("B",))
    rounds = (
        round_("B1", "B", "1 09-01", "1 09-10"),
        round_("B2", "B", "2 09-03"),
        round_("S1", "S", "1 09-11"),
        round_("S2", "S", "2 09-14"),
        round_("S3", "S", "1 09-09"),
        round_("S4", "S", "2 09-10"),
    )
    term = problem(basics, school, *rounds, hire("anna"))
    both = ("anna B1", "anna B2")
    assert allows(term, after.post, *both, "anna S1", "anna S2")
    assert not allows(term, after.post, *both, "anna S3", "anna S2")
    assert not allows(term, after.post, *both, "anna S1", "anna S4")


def test_the_last_module_is_waited_for_whichever_it_is() -> None:
    basics = programme("B", modules=2, cohort=False)
    rounds = (
        round_("B1", "B", "1 09-01"),
        round_("B2", "B", "2 09-10"),
        round_("S1", "S", "1 09-09"),
        round_("S2", "S", "1 09-11"),
    )
    term = problem(basics, SCHOOL, *rounds, hire("anna"))
    assert not allows(term, after.post, "anna B1", "anna B2", "anna S1")
    assert allows(term, after.post, "anna B1", "anna B2", "anna S2")


def test_a_chain_of_programmes_is_kept_link_by_link() -> None:
    last = programme("T", after=("B", "S"))
    rounds = (
        round_("B1", "B", "1 09-01"),
        round_("S1", "S", "1 09-08"),
        round_("T1", "T", "1 09-09"),
        round_("T2", "T", "1 09-07"),
    )
    term = problem(BASICS, SCHOOL, last, *rounds, hire("anna"))
    assert allows(term, after.post, "anna B1", "anna S1", "anna T1")
    assert not allows(term, after.post, "anna B1", "anna S1", "anna T2")
    assert not allows(term, after.post, "anna B1", "anna T1")


def test_what_is_left_of_a_half_held_programme_waits_no_longer_than_needed() -> None:
    basics = programme("B", modules=2)
    rounds = (round_("B1", "B", "1 09-01", "2 09-08"), round_("S1", "S", "1 09-07"), round_("S2", "S", "1 09-09"))
    term = problem(basics, SCHOOL, *rounds, hire("anna"), booked("anna", "B1-1"))
    assert not allows(term, after.post, "anna B1", "anna S1", today=day("09-02"))
    assert allows(term, after.post, "anna B1", "anna S2", today=day("09-02"))
