"""Rule 12, ``tillgänglig``, alone."""

from models.ids import Rule
from tests.scheduler.build import at, hire, problem, programme, refusal, round_

STAIRS, LIFT = round_("R1", "P", "1 09-01", at("2 09-08", accessible=False)), round_("R2", "P", "1 09-02", "2 09-09")


def test_who_needs_an_accessible_room_sits_in_such_rooms_only() -> None:
    term = problem(programme(modules=2), STAIRS, LIFT, hire("anna", needs_accessible=True), hire("bo"))
    assert refusal(term, "anna", "R1") is Rule.ACCESSIBLE
    assert refusal(term, "anna", "R2") is None
    assert refusal(term, "bo", "R1") is None
