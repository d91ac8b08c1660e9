"""Meetings as bits: overlaps and weekly days, as the rules count them."""

from datetime import date, time
from itertools import product

import pytest

from models.problem import Session, Settings
from scheduler.answers.busy import Calendar
from scheduler.seat_rules import clash

MONDAY = date(2026, 8, 17)
CAPS = Settings(horizon_start=MONDAY, horizon_end=date(2026, 12, 18), weekly_cap=2, weekly_cap_with_cases=1)


def meeting(day: int, start: int, end: int) -> Session:
    """In days from a Monday and full hours."""
    name = f"R {day} {start} {end}"
    when = date.fromordinal(MONDAY.toordinal() + day)
    return Session(
        id=name, round="R", module=1, meeting=1, day=when, start=time(start), end=time(end), place="", seats=1
    )


def test_meetings_overlap_just_when_the_rule_says_so() -> None:
    own = [meeting(*parts) for parts in product((0, 1), (9, 10, 12), (13, 15))] + [meeting(0, 8, 9)]
    calendar = Calendar(own, None)
    for one, other in product(own, own):
        assert calendar.at([one]).overlaps(calendar.at([other])) is clash.overlap(one, other)


@pytest.mark.parametrize(
    ("there", "others", "over"),
    [
        ((0, 1), (), False),
        ((0, 1), (1,), False),
        ((0, 1), (2,), True),
        ((6,), (4, 5), True),
        # Sunday and Monday are days of two weeks.
        ((6, 7), (5,), False),
        # A week without a day of the offer is nobody's question here.
        ((0,), (7, 8, 9), False),
    ],
)
def test_the_cap_counts_days_in_weeks_of_the_offer(there: tuple[int, ...], others: tuple[int, ...], over: bool) -> None:
    own, rest = ([meeting(day, 9, 12) for day in days] for days in (there, others))
    calendar = Calendar([*own, *rest], None)
    assert calendar.over_cap(calendar.at(own), calendar.at(rest), CAPS, None) is over


def test_the_cap_falls_in_the_week_in_which_a_day_lies_after_the_caseload_start() -> None:
    own = [meeting(0, 9, 12), meeting(2, 9, 12)]
    calendar = Calendar(own, None)
    busy, nothing = calendar.at(own), calendar.at(())
    assert calendar.over_cap(busy, nothing, CAPS, own[1].day)
    assert not calendar.over_cap(busy, nothing, CAPS, date.fromordinal(own[1].day.toordinal() + 1))
    assert calendar.over_cap(busy, nothing, CAPS, date(2026, 1, 1))


def test_a_day_of_few_minutes_is_half_a_course_day_however_many_meetings_it_has() -> None:
    halves = [meeting(0, 9, 11), meeting(0, 11, 13), meeting(1, 9, 13), meeting(2, 9, 13)]
    longer, whole = meeting(3, 9, 13), meeting(3, 13, 14)
    calendar = Calendar([*halves, longer, whole], 240)
    there = calendar.at(halves)
    assert not calendar.over_cap(there, calendar.at([longer]), CAPS, None)
    assert calendar.over_cap(there, calendar.at([longer, whole]), CAPS, None)
