"""Three weeks later there is something to re-plan for."""

from __future__ import annotations

from benchmarks import generate
from benchmarks.later import LATER, three_weeks_later
from models.ids import RoundStatus


def test_new_hires_have_begun_no_earlier_than_today_and_one_round_to_come_is_cancelled() -> None:
    before = generate.city(1)
    after, today = three_weeks_later(before, generate.PLANNING_DATE)
    assert today == generate.PLANNING_DATE + LATER
    known = {hire.id for hire in before.hires}
    late = [hire for hire in after.hires if hire.id not in known]
    assert 3 <= len(late) <= 6
    assert all(hire.starts >= today for hire in late)
    status = {round_.id: round_.status for round_ in before.rounds}
    (gone,) = [round_ for round_ in after.rounds if round_.status is not status[round_.id]]
    assert gone.status is RoundStatus.CANCELLED
    assert all(session.day > today for session in before.sessions if session.round == gone.id)
